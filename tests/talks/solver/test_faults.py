"""What makes a search pointless is told before any begins."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from talks.solver.faults import Fault, Faulty, faults
from talks.solver.limits import Limits
from talks.solver.problem import (
    Kind,
    Named,
    Person,
    PlacedSession,
    Problem,
    Relation,
    Room,
    Session,
    Span,
    Talk,
    Timetable,
)
from talks.solver.scope import Scope, everything
from talks.solver.search import search

NINE = datetime(2027, 3, 26, 9, tzinfo=UTC)
NOTHING = Timetable()


def day(hours, number=0):
    start = NINE + timedelta(days=number)
    return Span("", start, start + timedelta(hours=hours))


def talk(code="T1", minutes=30, **more):
    return Talk(code, f"Talk {code}", minutes, **more)


def problem(*talks, **more):
    """A day of two hours with one session of an hour."""
    given = {
        "sessions": {"S1": Session("S1", "One", minutes=60)},
        "talks": {one.code: one for one in talks},
        "hours": (day(2),),
    }
    return Problem(**{**given, **more})


def faults_of(problem, present=NOTHING):
    return faults(problem, present, everything(problem, present))


def test_what_fits_has_no_faults():
    assert faults_of(problem(talk())) == []


def test_empty_event_is_told():
    assert faults_of(Problem()) == [Fault("empty")]


def test_talks_without_any_session_are_told():
    assert faults_of(problem(talk(), sessions={})) == [Fault("no_sessions")]


def test_scope_of_nothing_is_told():
    assert faults(problem(talk()), NOTHING, Scope()) == [Fault("nothing_to_move")]


@pytest.mark.parametrize("kind", [Kind.BEFORE, Kind.PART])
def test_circle_of_talks_is_told(kind):
    relations = (Relation(kind, "T1", "T2"), Relation(kind, "T2", "T1"))
    circular = problem(talk(), talk("T2"), relations=relations)

    [found] = faults_of(circular)

    assert found.kind == "circle"
    assert {other.code for other in found.others} == {"T1", "T2"}


def test_talks_in_order_are_no_circle():
    assert (
        faults_of(problem(talk(), talk("T2"), relations=(Relation(Kind.BEFORE, "T1", "T2"),))) == []
    )


def test_session_longer_than_every_day_is_told():
    long = problem(sessions={"S1": Session("S1", "One", minutes=121)})

    assert faults_of(long) == [Fault("session_too_long", Named("S1", "One"), (), 121, 120)]


def test_session_as_long_as_the_longest_day_is_fine():
    just = problem(sessions={"S1": Session("S1", "One", minutes=120)}, hours=(day(1), day(2, 1)))

    assert faults_of(just) == []


def test_talk_of_a_kind_that_no_session_takes_is_told():
    poster = talk(is_poster=True, kind="poster")

    assert faults_of(problem(poster)) == [Fault("no_session_for_kind", Named("T1", "Talk T1"))]


def test_talk_longer_than_every_session_is_told():
    found = faults_of(problem(talk(minutes=61)))

    assert found == [Fault("talk_too_long", Named("T1", "Talk T1"), (), 61, 60)]


def test_talk_that_needs_what_no_room_has_is_told():
    rooms = {"R1": Room("R1", "Room", features=frozenset({"beamer"}))}

    found = faults_of(problem(talk(features=frozenset({"piano"})), rooms=rooms))

    assert found == [Fault("no_room", Named("T1", "Talk T1"), (Named("", "piano"),))]


def test_talk_whose_allowed_rooms_are_gone_is_told():
    rooms = {"R1": Room("R1", "Room")}

    found = faults_of(problem(talk(rooms=frozenset({"R2"})), rooms=rooms))

    assert found == [Fault("no_room", Named("T1", "Talk T1"))]


def test_person_who_is_never_there_is_told():
    ada = Person("H1", "Ada", away=(day(1), Span("", NINE + timedelta(hours=1), day(3).end)))

    found = faults_of(problem(talk(people=("H1",)), people={"H1": ada}))

    assert found == [Fault("person_never", Named("H1", "Ada"), (Named("T1", "Talk T1"),))]


def test_person_who_is_there_for_a_minute_has_no_fault():
    ada = Person("H1", "Ada", away=(Span("", NINE, NINE + timedelta(minutes=119)),))

    assert faults_of(problem(talk(people=("H1",)), people={"H1": ada})) == []


def test_talks_that_take_more_than_their_sessions_are_told():
    found = faults_of(problem(talk(), talk("T2"), talk("T3")))

    assert found == [Fault("too_little_time", Named("", "contributed"), (), 90, 60)]


def test_bad_input_ends_before_any_search():
    heard = []
    crowded = problem(talk(minutes=61))
    limits = Limits(effort=1, progress=lambda *told: heard.append(told))

    with pytest.raises(Faulty) as told:
        search(crowded, NOTHING, everything(crowded, NOTHING), limits)

    assert [fault.kind for fault in told.value.faults] == ["talk_too_long"]
    assert heard == []


def test_session_that_stands_outside_the_days_has_no_fault():
    present = Timetable((PlacedSession("S1", NINE, NINE + timedelta(minutes=60)),))

    assert faults_of(replace(problem(), hours=()), present) == []
