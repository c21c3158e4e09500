"""The rule about what is public, over plain values; no database."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from talks.solver import rules
from talks.solver.problem import (
    Level,
    PlacedSession,
    PlacedTalk,
    Problem,
    Room,
    Session,
    Setting,
    Talk,
    Timetable,
)

BERLIN = ZoneInfo("Europe/Berlin")


def at(clock, day=26):
    hour, minute = map(int, clock.split(":"))
    return datetime(2027, 3, day, hour, minute, tzinfo=BERLIN)


def held(session="S1", start="9:00", end="10:00", room="R1", talks=(), day=26):
    placed = tuple(PlacedTalk(code, clock and at(clock, day)) for code, clock in talks)
    return PlacedSession(session, at(start, day), at(end, day), room, placed)


TALKS = [("T1", "9:00"), ("T2", "9:30")]
PROBLEM = Problem(
    rooms={"R1": Room("R1", "Hall"), "R2": Room("R2", "Attic")},
    sessions={code: Session(code, f"Session {code}") for code in ("S1", "S2")},
    talks={code: Talk(code, f"Talk {code}", 30) for code in ("T1", "T2")},
    released=Timetable((held(talks=TALKS),)),
)


def found(*sessions, problem=PROBLEM):
    """What is found: of what, the fault, what it costs, and what else is named."""
    return [
        (clash.of.code, clash.fault, clash.amount, *(other.name for other in clash.others))
        for clash in rules.changed(problem, Timetable(sessions))
    ]


def setting(problem=PROBLEM, **options):
    return replace(problem, settings={"changed": Setting(Level.WARN, 1, options)})


@pytest.mark.parametrize(
    ("session", "clashes"),
    [
        (held(talks=TALKS), []),
        (held("S1", "9:05"), [("S1", "time", 3)]),
        (held("S1", "9:00", "10:30"), []),
        (held(room="R2"), [("S1", "room", 1, "Hall", "Attic")]),
        (held(room=""), [("S1", "no_room", 1, "Hall")]),
        (held("S2", "12:00", "13:00", "R2"), []),
        (held(talks=[("T2", "9:00"), ("T1", "9:30")]), [("T2", "order", 1), ("T1", "order", 1)]),
        (held(talks=[("T2", None), ("T1", None)]), []),
    ],
)
def test_what_is_public_stays_where_it_is(session, clashes):
    assert found(session) == clashes


def test_talks_that_go_along_with_their_session_are_not_told_again():
    moved = held("S1", "12:00", "13:00", talks=[("T1", "12:00"), ("T2", "12:30")])

    assert found(moved) == [("S1", "time", 3)]


def test_talk_in_another_session_is_told_with_the_session_and_when_it_was():
    other = held("S2", "9:00", "10:00", "R2", talks=[("T2", "9:00")])

    [clash] = rules.changed(PROBLEM, Timetable((held(talks=TALKS[:1]), other)))

    assert (clash.of.code, clash.fault, clash.amount) == ("T2", "talk", 2)
    assert [named.name for named in clash.others] == ["Session S2"]
    assert (clash.away.start, clash.away.end) == (at("9:30"), at("10:00"))


def test_room_that_was_not_announced_is_no_change():
    problem = replace(PROBLEM, released=Timetable((held(room=""),)))

    assert found(held(), problem=problem) == []


def test_room_that_is_gone_from_the_event_is_known_by_its_code():
    problem = replace(PROBLEM, rooms={"R2": PROBLEM.rooms["R2"]})

    assert found(held(room="R2"), problem=problem) == [("S1", "room", 1, "R1", "Attic")]


def test_what_is_no_longer_planned_or_stands_nowhere_is_no_change():
    problem = replace(PROBLEM, sessions={"S2": PROBLEM.sessions["S2"]})

    assert found() == []
    assert found(held("S2"), problem=problem) == []


def test_nothing_is_changed_before_the_first_release():
    assert found(held("S1", "12:00", "13:00"), problem=replace(PROBLEM, released=None)) == []


@pytest.mark.parametrize(
    ("start", "clashes"),
    [
        ("9:30", [("S1", "time", 3)]),
        ("9:31", [("S1", "time", 3), ("S1", "too_far", 100)]),
        ("8:29", [("S1", "time", 3), ("S1", "too_far", 100)]),
    ],
)
def test_session_that_moves_by_more_than_is_allowed_costs_much(start, clashes):
    assert found(held("S1", start), problem=setting(at_most=30)) == clashes


def test_change_that_costs_nothing_is_not_told():
    free = setting(time=0, room=0, order=0, talk=0)
    other = held("S2", "12:00", "13:00", talks=[("T2", "12:00")])

    assert found(held("S1", "9:30", room="R2"), other, problem=free) == []


def test_session_that_keeps_its_hour_on_the_clock_keeps_its_start():
    """In the night to 28 March the clocks go from 2 to 3; a moment is told apart by what it is."""
    utc = at("9:00", 28).astimezone(ZoneInfo("UTC"))
    problem = replace(PROBLEM, released=Timetable((held(day=28),)))

    assert found(replace(held(day=28), start=utc), problem=problem) == []
    assert found(replace(held(day=28), start=utc.replace(hour=8)), problem=problem) == [
        ("S1", "time", 3)
    ]
