"""Our reading and scoring of CoSPLib against what its own checker said of published schedules."""

from collections import Counter
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.benchmarks import cosplib, cosplib_score, cosplib_workbook

DATA = Path(__file__).resolve().parents[4] / "shared/data/8-scheduling/cosplib"
PUBLISHED = sorted(DATA.glob("published-solutions-*/*.xlsx"))
INSTANCES = sorted(DATA.glob("instances/*.xlsx"))
TITLES = {
    "Evaluate Tracks|Sessions": "track_session",
    "Evaluate Tracks|Rooms": "track_room",
    "Evaluate Submissions|Timezones": "zone",
    "Evaluate Submissions|Sessions": "submission_session",
    "Evaluate Submissions|Rooms": "submission_room",
    "Evaluate Consecutive Tracks": "consecutive",
    "Evaluate Similar Tracks": "similar",
    "Evaluate NumberOfRoomsPerTrack": "rooms",
    "Evaluate Presenters Conflicts": "presenters",
    "Evaluate Chairs Conflicts": "chairs",
    "Evaluate Attendees Conflicts": "attendees",
}
# the least of the published, as the library scores it with the weights that are in the files now
SCORES = {
    "exact": {
        "GECCO19": 1_000_116,
        "GECCO20": 6_298,
        "GECCO21": 11_280,
        "N2OR": 2,
        "OR60F": 1_664,
        "OR60F2": 1_660,
    },
    "extended": {
        "GECCO19": 2_000_007,
        "GECCO20": 7_768,
        "GECCO21": 11_130,
        "N2OR": 2,
        "OR60F": 433,
    },
}

needs_data = pytest.mark.skipif(not PUBLISHED, reason="the library's files are not here")


def named(path):
    return f"{path.parent.name.split('-')[-1]}-{path.stem}"


def book_of(path):
    return cosplib_workbook.read(DATA / "instances" / path.name.replace("Solution", ""))


def violations(path):
    """What the library's checker wrote: penalty -> names, as often as they stand there."""
    rows = list(load_workbook(path)["violations"].iter_rows(values_only=True))
    return {
        TITLES[title]: Counter(
            row[at].strip() for row in rows[1:] if row[at] not in (None, "Total")
        )
        for at, title in enumerate(rows[0])
        if title in TITLES
    }


def cells(path):
    """The sheet `sol`, cell by cell; names with their blanks, which the checker minds."""
    rows = load_workbook(path)["sol"].iter_rows(values_only=True)
    return [tuple(value or None for value in row) for row in rows]


@needs_data
@pytest.mark.parametrize("path", PUBLISHED, ids=named)
def test_what_a_schedule_breaks_is_what_the_library_says_it_breaks(path):
    book, schedule = book_of(path), cosplib_score.read_schedule(path)

    found = cosplib_score.found_in(book, schedule)

    assert cosplib_score.broken(book, schedule) == []
    assert cosplib_score.presenter_conflicts(book, schedule) == ([], [])
    for name, said in violations(path).items():
        ours = Counter(label for label, _ in found[name]) if book.weights[name] else Counter()
        assert ours == said, name


@needs_data
@pytest.mark.parametrize("path", PUBLISHED, ids=named)
def test_a_published_schedule_scores_what_the_library_gives_it_now(path):
    kind, name = path.parent.name.split("-")[-1], path.stem.removesuffix("Solution")

    assert (
        cosplib_score.score(book_of(path), cosplib_score.read_schedule(path))
        == (SCORES[kind][name])
    )


@needs_data
@pytest.mark.parametrize("path", PUBLISHED, ids=named)
def test_a_schedule_is_written_as_it_was_read(path, tmp_path):
    book, schedule = book_of(path), cosplib_score.read_schedule(path)

    cosplib_score.write_schedule(book, schedule, tmp_path / "out.xlsx")

    assert cosplib_score.read_schedule(tmp_path / "out.xlsx") == schedule
    assert cells(tmp_path / "out.xlsx") == cells(path)


@needs_data
@pytest.mark.parametrize("name", ["N2OR", "GECCO20Poster"])
def test_a_small_instance_is_solved_written_and_nobody_is_in_two_places(name, tmp_path):
    done = cosplib.run(DATA / "instances" / f"{name}.xlsx", 30, tmp_path / "out.xlsx")

    assert (done["faults"], done["twice"]) == ([], (0, 0))
    assert done["score"] == done["plan"].cost == {"N2OR": 1, "GECCO20Poster": 0}[name]
    assert done["plan"].is_proven


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("GMT+2", 120), ("GMT-11", -660), ("GMT+5.5", 330), ("UTC+05:45", 345), ("GMT", 0), (None, 0)],
)
def test_a_zone_is_read_in_minutes_east(text, minutes):
    assert cosplib_workbook.zone(text) == minutes


@pytest.mark.parametrize(
    ("zone", "penalty"), [(0, 0), (-180, 1), (-300, 10), (600, 0), (660, 1), (780, 10)]
)
def test_hours_cost_by_the_clock_of_the_submission(zone, penalty):
    """A session from 11:00 to 11:30 where 09:30-21:30 suits and 07:00-23:00 can be borne."""
    hours = cosplib_workbook.Hours(0, (570, 1290), (420, 1380), 1, 10)

    assert hours.penalty(cosplib_workbook.Session("s", 2, 660, 690), zone) == penalty


SHEETS = {
    "submissions": [
        [
            "Reference",
            "Track",
            "Required Timeslots",
            "Order",
            "Time Zone",
            "Presenters",
            "Attendees",
        ],
        ["p1", "t1", 1, 0, None, "ann", None],
        ["p2", "t2", 1, 0, None, "ann", None],
    ],
    "tracks": [["Tracks", "Chairs"], ["t1"], ["t2"]],
    "sessions": [["Sessions", "Max"], ["s1", 2]],
    "rooms": [["Rooms"], ["r1"], ["r2"]],
}


def written(path, **changed):
    book = Workbook()
    book.remove(book.active)
    for title, rows in (SHEETS | changed).items():
        sheet = book.create_sheet(title)
        for row in rows or ():
            sheet.append(row)
    book.save(path)
    return path


def submission(*said):
    return [*SHEETS["submissions"], said]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"rooms": None}, "It has no sheet “rooms” with rows in it."),
        ({"sessions": [["Sessions", "Max"]]}, "It has no sheet “sessions” with rows in it."),
        ({"submissions": submission("p1", "t1", 1)}, "The submission “p1” stands there 2 times."),
        ({"submissions": submission("p3")}, "The submission “p3” has no track."),
        ({"submissions": submission("p3", "t1", "two")}, "“two” stands where a number should be."),
        ({"rooms": [["Rooms"], ["r1"], ["r1"]]}, "The room “r1” stands there 2 times."),
    ],
)
def test_a_workbook_that_is_no_instance_is_refused_with_a_sentence(
    changed, sentence, tmp_path, capsys
):
    code = cosplib.main([str(written(tmp_path / "bad.xlsx", **changed))])

    assert code == 2
    assert sentence in capsys.readouterr().out


def test_a_file_that_is_no_workbook_is_refused_with_a_sentence(tmp_path, capsys):
    (tmp_path / "bad.xlsx").write_text("no")

    assert cosplib.main([str(tmp_path / "bad.xlsx"), str(tmp_path / "none.xlsx")]) == 2
    assert capsys.readouterr().out.count("is no workbook") == 2


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({}, "do not all fit in, with nobody in two places"),
        ({"submissions": submission("p3", "t1", 3)}, "longer than every session: p3"),
        ({"rooms": [["Rooms"], ["r1"]]}, "do not all fit in"),
    ],
)
def test_what_cannot_be_scheduled_gets_a_sentence(changed, sentence, tmp_path, capsys):
    code = cosplib.main([str(written(tmp_path / "full.xlsx", **changed)), "--apart", "block"])

    assert code == 1
    assert sentence in capsys.readouterr().out


def test_a_person_may_change_rooms_in_a_session_when_only_slots_keep_people_apart(tmp_path, capsys):
    path, out = written(tmp_path / "one.xlsx"), tmp_path / "out.xlsx"

    assert cosplib.main([str(path), "--apart", "slot", "--out", str(out)]) == 0

    book, schedule = cosplib_workbook.read(path), cosplib_score.read_schedule(out)
    in_sessions, in_slots = cosplib_score.presenter_conflicts(book, schedule)
    assert (len(in_sessions), len(in_slots)) == (1, 0)


def test_what_nobody_knows_in_a_workbook_is_told_and_not_read(tmp_path, capsys):
    rows = [[*row, more] for row, more in zip(SHEETS["submissions"], ("Mood", 1, 2), strict=True)]
    path = written(tmp_path / "more.xlsx", submissions=rows, notes=[["a"]])

    cosplib.main([str(path), "--apart", "slot"])

    said = capsys.readouterr().err
    assert "the sheet “notes” is not read" in said
    assert "the column “Mood” of its submissions is not read" in said
