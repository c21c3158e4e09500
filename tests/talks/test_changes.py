"""Differences in people's words."""

from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from talks.changes import KINDS, TABLES, Line, described, grouped
from talks.difference import TABLES as LISTED
from talks.difference import Difference
from talks.field_changes import Field

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def changed(*fields, kind="reworded", table="talks", title="Scaling"):
    return Difference(kind, table, "T2222222A", title, fields)


def line(*field):
    """The one line of a difference of one field."""
    [row] = described([changed(Field(*field))], BERLIN)
    [line] = row.lines
    return (line.name, line.before, line.after)


def place(start, end, **fields):
    return {"start": start, "end": end, "room": None, **fields}


HOUR = ("2027-03-26T10:00:00+01:00", "2027-03-26T11:00:00+01:00")


def test_row_says_kind_and_table_in_words():
    [row] = described([changed(kind="withdrawn")], BERLIN)

    assert (row.kind_words, row.table_words, row.title, row.is_loss) == (
        "Withdrawn",
        "talk",
        "Scaling",
        True,
    )
    assert (row.kind, row.table, row.code, row.sentence) == ("withdrawn", "talks", "T2222222A", "")


def test_place_says_when_where_and_on_which_board():
    before = place(*HOUR, session="Morning", board="")
    after = place(*HOUR) | {"room": "Hall", "session": "Posters", "board": "7"}

    assert line("when_and_where", before, after) == (
        "when and where",
        "Fri 26 March 2027, 10:00–11:00, Morning",
        "Fri 26 March 2027, 10:00–11:00, Hall, Posters, board 7",
    )


def test_place_over_midnight_says_both_days():
    night = place("2027-03-26T22:00:00+01:00", "2027-03-27T01:00:00+01:00")

    assert line("when_and_where", None, night) == (
        *("when and where", "–"),
        "Fri 26 March 2027, 22:00 – Sat 27 March 2027, 01:00",
    )


def test_hour_that_the_clocks_repeat_says_which():
    first = place("2027-10-31T02:00:00+02:00", "2027-10-31T03:30:00+01:00")
    second = place("2027-10-31T02:00:00+01:00", "2027-10-31T03:30:00+01:00")

    assert line("when_and_where", first, second)[1:] == (
        "Sun 31 October 2027, 02:00 UTC+2–03:30",
        "Sun 31 October 2027, 02:00 UTC+1–03:30",
    )


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("person", {"name": "Ada", "affiliation": "", "role": "speaker"}, "Ada, speaker"),
        (
            "person",
            {"name": "Ada", "affiliation": "Society", "role": "chair"},
            "Ada (Society), chair",
        ),
        ("link", {"kind": "slides", "label": "", "url": "https://a.org"}, "Slides: https://a.org"),
        ("order", ["One", "Two"], "One; Two"),
        ("talks", [], "–"),
        ("minutes", 0, "0"),
        ("capacity", None, "–"),
        ("is_plenary", True, "yes"),
        ("is_plenary", False, "no"),
        ("kind", "contributed", "contributed talk"),
        ("on", "2027-03-26", "Fri 26 March 2027"),
        ("picture", "0123abcd/ada.png", "ada.png"),
        ("abstract", "Plain text", "Plain text"),
    ],
)
def test_value_is_told_as_people_read_it(name, value, text):
    assert line(name, None, value)[2] == text


def test_field_has_a_name_in_words():
    assert line("starts_on", None, "2027-03-26")[0] == "first day"


def test_line_tells_what_is_added_and_what_is_gone():
    lines = [Line("x", "–", "b"), Line("x", "a", "–"), Line("x", "a", "b"), Line("x", "–", "–")]

    assert [(one.is_added, one.is_gone) for one in lines] == [
        (True, False),
        (False, True),
        (False, False),
        (False, False),
    ]


ZONE = changed(Field("zone", "Europe/Berlin", "Asia/Tokyo"), table="event")


def test_new_zone_is_told_in_a_sentence():
    [row] = described([ZONE], ZoneInfo("Asia/Tokyo"))

    assert row.lines == ()
    assert row.sentence == (
        "The time zone changes from Europe/Berlin to Asia/Tokyo:"
        " every session keeps its hour on the clock."
    )


def test_new_zone_in_which_something_moves_says_so():
    rows = described([ZONE, changed(kind="moved")], ZoneInfo("Asia/Tokyo"))

    assert rows[0].sentence == (
        "The time zone changes from Europe/Berlin to Asia/Tokyo:"
        " every session keeps its hour on the clock, but for what is listed as moved."
    )


def test_zone_of_a_date_is_a_field_like_others():
    [row] = described([changed(Field("zone", "UTC", "Asia/Tokyo"), table="dates")], BERLIN)

    assert (row.sentence, row.lines) == ("", (Line("time zone", "UTC", "Asia/Tokyo"),))


def test_what_no_page_prints_is_told_in_a_sentence():
    [row] = described([changed()], BERLIN)

    assert row.sentence == "Details that are not printed, like its place in a list."


def test_rows_are_grouped_by_kind_and_what_matters_most_comes_first():
    rows = described(
        [changed(kind=kind) for kind in ("reworded", "new", "cancelled", "new")], BERLIN
    )

    groups = [(group.kind, group.words, len(group.rows)) for group in grouped(rows)]

    assert groups == [("cancelled", "Cancelled", 1), ("new", "New", 2), ("reworded", "Changed", 1)]


def test_every_table_and_every_kind_has_a_word():
    kinds = ("new", "back", "withdrawn", "cancelled", "planned", "moved", "reworded")
    every = [changed(kind=kind, table=table) for kind in kinds for table in TABLES]

    assert {*LISTED, "event", "organizers"} == {*TABLES}
    assert len(described(every, BERLIN)) == len(KINDS) * len(TABLES)


def test_long_texts_are_told_from_where_they_differ():
    before, after = ("word " * 100 + end for end in ("alpha.", "omega."))
    field = Field("abstract", before, after)

    (row,) = described([Difference("reworded", "talks", "T1", "Talk", (field,))], BERLIN)

    (line,) = row.lines
    assert (line.before, line.after) == ("…" + before[-66:], "…" + after[-66:])


def test_hours_and_anywhere_on_earth_are_told_as_people_write_them():
    fields = (Field("time", "16:59:00", None), Field("zone", "Etc/GMT+12", "Europe/Berlin"))

    (row,) = described([Difference("reworded", "dates", "D1", "Due", fields)], BERLIN)

    assert [line.before for line in row.lines] == ["16:59", "anywhere on Earth"]
