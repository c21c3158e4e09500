import csv
import io
from zoneinfo import ZoneInfo

from talks.formats.schedule_csv import Columns, dumps
from tests.talks.formats.demo import demo_day
from tests.talks.formats.extracts import hostile_programme, make_extract
from tests.talks.records import at, make_placement, make_programme, make_session, make_talk


def read(body):
    return list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline=""), strict=True))


def test_every_entry_has_a_row():
    rows = read(dumps(make_extract(demo_day()), Columns()))

    assert [row["Title"] for row in rows][:3] == [
        "Welcome",
        "Generalization Gap",
        "Closing the Generalization Gap",
    ]
    assert len(rows) == 9
    assert rows[1] == {
        "Start": "2017-12-09T08:10:00-08:00",
        "End": "2017-12-09T08:30:00-08:00",
        "Room": "Hall A",
        "Track": "Training; scaling, speed",
        "Kind": "Invited",
        "Title": "Generalization Gap",
        "Subtitle": "",
        "People": "Nitish Keskar (Salesforce Research)",
        "Status": "Planned",
        "Board": "",
        "Address": "https://example.org/events/dlsc-17/talks/T222222A2-generalization-gap/",
    }


def test_times_are_those_of_the_zone_asked_for():
    (row,) = read(
        dumps(make_extract(make_programme(make_session()), zone=ZoneInfo("UTC")), Columns())
    )

    assert (row["Start"], row["End"]) == ("2017-12-09T16:10:00+00:00", "2017-12-09T17:50:00+00:00")


def test_cancelled_talk_keeps_its_title_and_says_so_beside_it():
    talk = make_talk("Gap", status="cancelled")
    programme = make_programme(make_session(placements=(make_placement(talk, at("8:10")),)))

    (row,) = read(dumps(make_extract(programme), Columns()))

    assert (row["Title"], row["Status"]) == ("Gap", "Cancelled")


def test_file_begins_with_the_mark_that_excel_knows_and_ends_lines_by_the_rfc():
    body = dumps(make_extract(demo_day()), Columns(start="Beginn"))

    assert body.startswith("\ufeffBeginn,End,".encode())
    assert (body.count(b"\r\n"), body.count(b"\n")) == (10, 10)


def test_no_cell_is_a_formula_and_none_breaks_its_row():
    body = dumps(make_extract(hostile_programme()), Columns())

    rows = read(body)
    cells = [cell for row in rows for cell in row.values()]
    assert len(rows) == 2
    assert [row["Title"][:3] for row in rows] == ["'=c", "'=c"]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == []
    assert body.count(b"\r\n") == 3
