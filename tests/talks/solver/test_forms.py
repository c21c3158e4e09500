"""Sessions keep their form: with times for talks, or as a whole."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from talks.solver.forms import keep_forms
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
HOUR = timedelta(hours=1)
ADA = Person("H1", "Ada")
PROBLEM = Problem(
    people={"H1": ADA},
    sessions={"S1": Session("S1", "Morning"), "S2": Session("S2", "Panel", kind="panel")},
    talks={"T1": Talk("T1", "One", 30, ("H1",)), "T2": Talk("T2", "Two", 30)},
)


def timetable(session, *starts):
    talks = tuple(PlacedTalk(f"T{number}", start) for number, start in enumerate(starts, 1))
    return Timetable((PlacedSession(session, TEN, TEN + HOUR, "", talks),))


TIMED = timetable("S1", TEN, TEN + HOUR / 2)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (timetable("S1", None), timetable("S1", None, None)),
        (timetable("S1", TEN), TIMED),
        (timetable("S1"), TIMED),
    ],
)
def test_talks_have_times_where_they_had_before(before, after):
    assert keep_forms(PROBLEM, before, TIMED) == after


def test_talk_of_a_panel_has_the_time_of_the_panel():
    found = timetable("S2", TEN)

    assert keep_forms(PROBLEM, Timetable(), found) == timetable("S2", None)


def test_talk_keeps_its_time_where_its_speaker_must_leave():
    leaves = replace(ADA, away=(Span("H1", TEN + HOUR / 2, TEN + 2 * HOUR),))
    problem = replace(PROBLEM, people={"H1": leaves})

    assert keep_forms(problem, timetable("S1", None), TIMED) == TIMED
