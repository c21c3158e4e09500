"""The rules about the shape of a day, on timetables made by hand."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from talks.solver import rules
from talks.solver.problem import Level, PlacedSession, Problem, Session, Setting, Timetable

BERLIN = ZoneInfo("Europe/Berlin")


def found(rule, *placed, longest=120):
    """What a rule finds of sessions, each given as kind, start and end, on the 26th."""
    sessions, stand = {}, []
    for number, (kind, start, end) in enumerate(placed, start=1):
        code = f"S{number}"
        sessions[code] = Session(code, f"Session {number}", kind=kind)
        stand.append(PlacedSession(code, at(start), at(end)))
    problem = Problem(
        sessions=sessions,
        zone="Europe/Berlin",
        settings={"breaks_in_time": Setting(Level.WARN, 1, {"longest": longest})},
    )
    clashes = rules.ABOUT[rule].check(problem, Timetable(tuple(stand)))
    return [(clash.of.name, clash.amount) for clash in clashes]


def at(text):
    day, _, clock = text.rpartition(" ")
    hour, minute = map(int, clock.split(":"))
    return datetime(2027, 3, int(day or 26), hour, minute, tzinfo=BERLIN)


def test_opening_after_another_session_clashes():
    assert found("opening_first", ("talks", "9:00", "10:00"), ("opening", "9:30", "9:40")) == [
        ("Session 2", 1)
    ]


def test_opening_at_the_same_time_as_another_is_first():
    assert found("opening_first", ("talks", "9:00", "10:00"), ("opening", "9:00", "9:10")) == []


def test_hole_in_a_day_is_counted_in_minutes():
    holes = found("no_idle_time", ("talks", "9:00", "10:00"), ("talks", "10:25", "11:00"))

    assert holes == [("2027-03-26", 25)]


def test_night_between_two_days_is_no_hole():
    assert (
        found("no_idle_time", ("talks", "9:00", "10:00"), ("talks", "27 10:00", "27 11:00")) == []
    )


def test_hole_beside_which_something_runs_is_none():
    sessions = [
        ("talks", "9:00", "10:00"),
        ("posters", "9:30", "11:00"),
        ("talks", "11:00", "12:00"),
    ]

    assert found("no_idle_time", *sessions) == []


def test_hour_that_the_clocks_leave_out_is_no_hole():
    assert (
        found("no_idle_time", ("talks", "28 1:00", "28 2:00"), ("talks", "28 3:00", "28 4:00"))
        == []
    )


@pytest.mark.parametrize(("end", "over"), [("11:00", []), ("11:10", [("2027-03-26", 10)])])
def test_two_hours_without_a_break_are_enough(end, over):
    sessions = [("talks", "9:00", "10:00"), ("panel", "10:00", end), ("break", "14:00", "14:30")]

    assert found("breaks_in_time", *sessions) == over


@pytest.mark.parametrize("kind", ["break", "social"])
def test_break_ends_what_is_counted(kind):
    sessions = [("talks", "9:00", "11:00"), (kind, "11:00", "11:20"), ("talks", "11:20", "13:00")]

    assert found("breaks_in_time", *sessions) == []


def test_event_without_breaks_is_not_told_to_have_any():
    assert found("breaks_in_time", ("talks", "9:00", "14:00")) == []


def test_posters_need_no_break():
    sessions = [
        ("talks", "9:00", "11:00"),
        ("posters", "11:00", "13:00"),
        ("break", "13:00", "14:00"),
    ]

    assert found("breaks_in_time", *sessions) == []


@pytest.mark.parametrize(
    ("sessions", "clashes"),
    [
        ([("talks", "9:00", "10:00"), ("talks", "10:20", "11:00")], []),
        ([("talks", "9:00", "10:00")], [("Session 1", 1)]),
        ([("talks", "10:20", "11:00")], [("Session 1", 1)]),
        ([("talks", "27 9:00", "27 10:00"), ("talks", "25 10:20", "25 11:00")], [("Session 1", 1)]),
    ],
)
def test_break_is_between_sessions_of_its_day(sessions, clashes):
    assert found("breaks_between", ("break", "10:00", "10:20"), *sessions) == clashes


def test_social_may_end_the_day():
    assert found("breaks_between", ("talks", "9:00", "10:00"), ("social", "18:00", "19:00")) == []
