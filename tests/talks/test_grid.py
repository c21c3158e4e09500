from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talks.grid import days_of, timetable
from talks.records import Room
from tests.talks.records import LOS_ANGELES, at
from tests.talks.records import make_session as make_timed_session

TOKYO = ZoneInfo("Asia/Tokyo")


def make_session(title, **fields):
    """A session from and to any moments."""
    return replace(make_timed_session(title), **fields)


def room(number):
    return Room(f"R222222{number:02}", f"Room {number}", None, "", number)


def session(title, start="8:00", end="9:00", where=None, *, is_plenary=False, **fields):
    fields.setdefault("code", "S" + title.upper().ljust(8, "2"))
    held = room(where) if where is not None else None
    return make_timed_session(title, start, end, room=held, is_plenary=is_plenary, **fields)


def drawn(day):
    """A line for each row: its time, then its cells as "titles rows x columns"."""
    return [
        " | ".join([f"{row.start:%H:%M}", *(cell_text(cell) for cell in row.cells)])
        for row in day.rows
    ]


def cell_text(cell):
    titles = "+".join(slot.session.title for slot in cell.slots)
    size = "" if (cell.rows, cell.columns) == (1, 1) else f" {cell.rows}x{cell.columns}"
    return (titles or "-") + size


def test_rooms_are_columns_and_boundaries_are_rows():
    sessions = [session("A", where=1), session("B", where=2), session("C", "9:00", "10:00", 1)]

    (day,) = timetable(sessions, LOS_ANGELES)

    assert [r.name for r in day.columns] == ["Room 1", "Room 2"]
    assert drawn(day) == ["08:00 | A | B", "09:00 | C | -"]


def test_session_of_another_length_spans_the_rows_it_lasts():
    sessions = [
        session("long", "8:00", "10:00", 1),
        session("b", "8:00", "8:45", 2),
        session("c", "8:45", "10:00", 2),
    ]

    (day,) = timetable(sessions, LOS_ANGELES)

    assert drawn(day) == ["08:00 | long 2x1 | b", "08:45 | c"]


def test_plenary_session_spans_all_rooms():
    sessions = [
        session("key", where=1, is_plenary=True),
        session("a", "9:00", "10:00", 1),
        session("b", "9:00", "10:00", 2),
    ]

    (day,) = timetable(sessions, LOS_ANGELES)

    assert drawn(day) == ["08:00 | key 1x2", "09:00 | a | b"]
    assert day.rows[0].cells[0].is_wide


def test_plenary_session_with_something_beside_it_stays_in_its_room():
    sessions = [session("key", where=1, is_plenary=True), session("b", "8:30", "9:30", 2)]

    (day,) = timetable(sessions, LOS_ANGELES)

    assert drawn(day) == ["08:00 | key 2x1 | -", "08:30 | b 2x1", "09:00 | -"]


def test_session_without_room_beside_others_has_a_column_of_its_own():
    sessions = [session("a", where=1), session("walk", "8:00", "9:00")]

    (day,) = timetable(sessions, LOS_ANGELES)

    assert [r.name if r else None for r in day.columns] == ["Room 1", None]
    assert drawn(day) == ["08:00 | a | walk"]


def test_break_in_a_room_of_its_own_spans_all_rooms():
    sessions = [
        session("a", where=1),
        session("coffee", "9:00", "9:20", 9, kind="break"),
        session("b", "9:20", "10:00", 2),
    ]

    (day,) = timetable(sessions, LOS_ANGELES)

    assert drawn(day) == ["08:00 | a | -", "09:00 | coffee 1x2", "09:20 | - | b"]


def test_sessions_without_any_room_make_one_column():
    sessions = [session("a"), session("b", "9:00", "10:00")]

    (day,) = timetable(sessions, LOS_ANGELES)

    assert day.columns == (None,)
    assert drawn(day) == ["08:00 | a", "09:00 | b"]


def test_one_session_makes_one_cell():
    (day,) = timetable([session("only", where=3, is_plenary=True)], LOS_ANGELES)

    assert [r.name for r in day.columns] == ["Room 3"]
    assert drawn(day) == ["08:00 | only"]


def test_sessions_that_overlap_in_one_room_share_a_cell():
    sessions = [
        session("a", "8:00", "9:00", 1),
        session("b", "8:30", "9:30", 1),
        session("c", "9:30", "10:00", 1),
    ]

    (day,) = timetable(sessions, LOS_ANGELES)

    assert drawn(day) == ["08:00 | a+b 3x1", "08:30", "09:00", "09:30 | c"]


def test_time_in_which_nothing_runs_has_no_row():
    sessions = [session("a", "8:00", "9:00", 1), session("b", "14:00", "15:00", 1)]

    (day,) = timetable(sessions, LOS_ANGELES)

    assert drawn(day) == ["08:00 | a", "14:00 | b"]


def test_twenty_five_rooms_are_twenty_five_columns():
    (day,) = timetable([session(f"r{n}", where=n) for n in range(25)], LOS_ANGELES)

    assert [len(day.columns), len(day.rows), len(day.rows[0].cells)] == [25, 1, 25]


def test_session_over_midnight_belongs_to_the_day_it_starts_on():
    party = make_session("Party", code="S2PARTY22", start=at("22:00"), end=at("1:30", 10))
    early = make_session("Early", code="S2EARLY22", start=at("0:30", 10), end=at("1:00", 10))

    first, second = timetable([party, early], LOS_ANGELES)

    assert [first.on, second.on] == [date(2017, 12, 9), date(2017, 12, 10)]
    assert [slot.ends_on_another_day for slot in (*first.slots, *second.slots)] == [True, False]


def test_row_after_midnight_says_so():
    party = make_session("party", code="SA", room=room(1), start=at("22:00"), end=at("1:00", 10))
    other = make_session("talk", code="SB", room=room(2), start=at("23:00"), end=at("0:30", 10))

    (day,) = timetable([party, other], LOS_ANGELES)

    assert [(f"{row.start:%H:%M}", row.is_another_day) for row in day.rows] == [
        ("22:00", False),
        ("23:00", False),
        ("00:30", True),
    ]


def test_days_follow_the_zone_that_is_shown():
    sessions = [session("early", "6:00", "7:00"), session("late", "8:00", "9:00")]

    assert days_of(sessions, LOS_ANGELES) == [date(2017, 12, 9)]
    assert days_of(sessions, TOKYO) == [date(2017, 12, 9), date(2017, 12, 10)]


def test_hour_that_happens_twice_is_two_rows_in_the_right_order():
    berlin = ZoneInfo("Europe/Berlin")
    first = datetime(2027, 10, 31, 2, 30, tzinfo=berlin)
    again = datetime(2027, 10, 31, 2, 30, tzinfo=berlin, fold=1)
    sessions = [
        make_session("b", code="SB", is_plenary=False, start=again, end=again + timedelta(hours=1)),
        make_session("a", code="SA", is_plenary=False, start=first, end=again),
    ]

    (day,) = timetable(sessions, berlin)

    assert [slot.session.title for slot in day.slots] == ["a", "b"]
    assert [row.start.utcoffset() for row in day.rows] == [timedelta(hours=2), timedelta(hours=1)]


def test_moment_tells_past_now_and_next():
    sessions = [
        session("a"),
        session("b", "9:00", "10:00", 1),
        session("c", "10:00", "11:00", 1),
        session("d", "10:00", "11:00", 2),
        session("e", "11:00", "12:00", 1),
    ]

    (day,) = timetable(sessions, LOS_ANGELES, at("9:30"))

    assert [str(slot.state) for slot in day.slots] == ["past", "now", "next", "next", ""]


def test_without_a_moment_nothing_is_past():
    (day,) = timetable([session("a")], LOS_ANGELES)

    assert [slot.state for slot in day.slots] == [""]


def test_nothing_makes_no_day():
    assert timetable([], LOS_ANGELES) == ()


@st.composite
def programmes(draw):
    count = draw(st.integers(1, 12))
    made = []
    for number in range(count):
        start = datetime(2027, 3, 27, 12, tzinfo=UTC) + timedelta(
            minutes=15 * draw(st.integers(0, 150))
        )
        made.append(
            make_session(
                f"s{number}",
                code=f"S{number:08}",
                start=start.astimezone(LOS_ANGELES),
                end=(start + timedelta(minutes=15 * draw(st.integers(1, 30)))).astimezone(
                    LOS_ANGELES
                ),
                room=room(where) if (where := draw(st.integers(0, 4))) else None,
                is_plenary=draw(st.booleans()),
                kind=draw(st.sampled_from(["talks", "break"])),
            )
        )
    return made


@pytest.mark.parametrize("zone", [LOS_ANGELES, ZoneInfo("Europe/Berlin")])
@settings(deadline=None, max_examples=100)
@given(sessions=programmes())
def test_every_session_stands_once_and_every_row_is_full(zone, sessions):
    days = timetable(sessions, zone)

    shown = [s.session.code for d in days for r in d.rows for c in r.cells for s in c.slots]
    assert sorted(shown) == sorted(s.code for s in sessions)
    for day in days:
        filled = [0] * (len(day.rows) + 1)
        for number, row in enumerate(day.rows):
            for cell in row.cells:
                for below in range(cell.rows):
                    filled[number + below] += cell.columns
        assert filled[:-1] == [len(day.columns)] * len(day.rows)
