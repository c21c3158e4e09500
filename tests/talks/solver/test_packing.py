"""Talks follow each other without holes that nobody wanted."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from talks.solver.packing import pack
from talks.solver.problem import (
    Person,
    PlacedSession,
    PlacedTalk,
    Problem,
    Session,
    Span,
    Talk,
    Timetable,
)

TEN = datetime(2027, 3, 26, 10, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
ADA = Person("H1", "Ada")
PROBLEM = Problem(
    people={"H1": ADA},
    sessions={"S1": Session("S1", "Morning")},
    talks={"T1": Talk("T1", "One", 30, ("H1",)), "T2": Talk("T2", "Two", 20)},
)


def starting(*minutes):
    """A session of an hour whose talks start at these minutes of it."""
    talks = (PlacedTalk(f"T{n}", TEN + at * MINUTE) for n, at in enumerate(minutes, 1))
    return Timetable((PlacedSession("S1", TEN, TEN + 60 * MINUTE, "", tuple(talks)),))


def test_holes_are_closed_from_the_start_of_the_session():
    assert pack(PROBLEM, Timetable(), starting(1, 40), {"T1", "T2"}) == starting(0, 30)


def test_hole_that_a_speaker_needs_stays():
    late = replace(ADA, away=(Span("H1", TEN, TEN + 10 * MINUTE),))
    problem = replace(PROBLEM, people={"H1": late})

    assert pack(problem, Timetable(), starting(10, 40), {"T1", "T2"}) == starting(10, 40)


def test_session_with_times_set_by_hand_is_left_alone():
    assert pack(PROBLEM, Timetable(), starting(1, 40), {"T2"}) == starting(1, 40)


def test_session_whose_talks_stand_as_before_is_left_alone():
    assert pack(PROBLEM, starting(1, 40), starting(1, 40), {"T1", "T2"}) == starting(1, 40)
