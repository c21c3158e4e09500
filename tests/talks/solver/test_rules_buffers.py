"""The rule about time between things, over plain values; no database."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from talks.solver import rules
from talks.solver.problem import (
    Level,
    Person,
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


def held(session, start, end, room="", talk=None, day=26):
    talks = (PlacedTalk(talk),) if talk else ()
    return PlacedSession(session, at(start, day), at(end, day), room, talks)


PROBLEM = Problem(
    people={"H1": Person("H1", "Ada")},
    rooms={"R1": Room("R1", "Hall"), "R2": Room("R2", "Attic")},
    sessions={code: Session(code, f"Session {code}") for code in ("S1", "S2")}
    | {code: Session(code, f"Break {code}", kind="break") for code in ("S3", "S4")},
    talks={code: Talk(code, f"Talk {code}", 30, ("H1",)) for code in ("T1", "T2")},
    zone="Europe/Berlin",
)
WALK = {("R1", "R2"): 15}


def needing(walks=None, **minutes):
    return replace(PROBLEM, walks=walks or {}, settings={"buffer": Setting(Level.WARN, 1, minutes)})


def found(problem, *sessions):
    """What is found: of what, the fault, the missing minutes, who takes part, the rooms."""
    return [
        (
            *(clash.of.name, clash.fault, clash.amount),
            *(part.code for part in clash.parts),
            *(other.name for other in clash.others),
        )
        for clash in rules.buffer(problem, Timetable(sessions))
    ]


FIRST = held("S1", "9:00", "10:00", "R1", "T1")


def test_nothing_is_needed_when_nothing_is_said():
    assert found(PROBLEM, FIRST, held("S2", "10:00", "11:00", "R2", "T2")) == []


@pytest.mark.parametrize(
    ("start", "clashes"),
    [
        ("10:00", [("Ada", "person", 10, "T1", "T2")]),
        ("10:09", [("Ada", "person", 1, "T1", "T2")]),
        ("10:10", []),
        ("9:59", []),  # that is in two places at once
    ],
)
def test_person_needs_minutes_between_two_sessions(start, clashes):
    problem = needing(person_minutes=10)

    assert found(problem, held("S2", start, "11:00", "R1", "T2"), FIRST) == clashes


@pytest.mark.parametrize(
    ("room", "minutes", "clashes"),
    [
        ("R2", 0, [("Ada", "person", 10, "T1", "T2", "Hall", "Attic")]),
        ("R2", 20, [("Ada", "person", 15, "T1", "T2")]),
        ("R1", 0, []),
        ("", 0, []),
    ],
)
def test_walk_between_rooms_takes_its_time(room, minutes, clashes):
    problem = needing(WALK, person_minutes=minutes)

    assert found(problem, FIRST, held("S2", "10:05", "11:00", room, "T2")) == clashes


def test_talks_of_one_session_need_nothing_between_them():
    talks = (PlacedTalk("T1", at("9:00")), PlacedTalk("T2", at("9:30")))

    assert found(needing(person_minutes=10), replace(FIRST, talks=talks)) == []


@pytest.mark.parametrize(
    ("other", "clashes"),
    [
        (held("S2", "10:05", "11:00", "R1"), [("Hall", "room", 5, "S1", "S2")]),
        (held("S3", "10:05", "11:00", "R1"), [("Hall", "room", 5, "S1", "S3")]),
        (held("S2", "10:10", "11:00", "R1"), []),
        (held("S2", "10:05", "11:00", "R2"), []),
        (held("S2", "9:30", "11:00", "R1"), []),
    ],
)
def test_room_needs_minutes_between_two_sessions(other, clashes):
    assert found(needing(room_minutes=10), FIRST, other) == clashes


def test_two_breaks_and_sessions_without_a_room_need_nothing_between_them():
    breaks = [held("S3", "9:00", "10:00", "R1"), held("S4", "10:00", "11:00", "R1")]
    roomless = [held("S1", "12:00", "13:00"), held("S2", "13:00", "14:00")]

    assert found(needing(room_minutes=10), *breaks, *roomless) == []


def test_minutes_are_those_that_pass_when_the_clocks_change():
    """In the night to 28 March the clocks go from 2 to 3: from 1:55 to 3:05 are 10 minutes."""
    one, other = (
        held("S1", "1:00", "1:55", talk="T1", day=28),
        held("S2", "3:05", "4:00", talk="T2", day=28),
    )

    assert found(needing(person_minutes=10), one, other) == []
    assert found(needing(person_minutes=15), one, other) == [("Ada", "person", 5, "T1", "T2")]
