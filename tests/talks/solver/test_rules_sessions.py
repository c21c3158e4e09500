"""The rules about sessions and what is in them, over plain values."""

from dataclasses import replace

import pytest

from talks.solver import rules
from talks.solver.problem import (
    PlacedSession,
    PlacedTalk,
    Problem,
    Room,
    Session,
    Talk,
    Timetable,
)

from .test_rules import at, held, span

PROBLEM = Problem(
    rooms={"R1": Room("R1", "Hall"), "R2": Room("R2", "Attic")},
    sessions={"S1": Session("S1", "Morning"), "S2": Session("S2", "Noon")},
    talks={
        "T1": Talk("T1", "One", 20),
        "T2": Talk("T2", "Poster", 60, is_poster=True, kind="poster"),
    },
)
MORNING = held("S1", room="R1", talks=[PlacedTalk("T1")])
NOON = held("S2", "11:00", "12:00", room="R1", talks=[PlacedTalk("T2")])


def found(rule, *sessions, problem=PROBLEM):
    return list(rule(problem, Timetable(sessions)))


def told(clashes):
    return [(clash.of.code, clash.fault) for clash in clashes]


def test_what_is_placed_once_does_not_clash():
    assert found(rules.placed_once, MORNING, NOON) == []


def test_session_without_a_time_and_its_talks_are_told():
    waiting = Timetable((MORNING,), {"S2": NOON.talks})

    clashes = rules.placed_once(PROBLEM, waiting)

    assert told(clashes) == [("S2", "no_time"), ("T2", "unplaced")]


def test_session_without_a_room_is_told_where_there_are_rooms():
    roomless = replace(NOON, room="")
    outside = replace(PROBLEM, rooms={})

    assert told(found(rules.placed_once, MORNING, roomless)) == [("S2", "no_room")]
    assert found(rules.placed_once, MORNING, roomless, problem=outside) == []


@pytest.mark.parametrize("kind", ["break", "social", "opening"])
def test_session_for_all_needs_no_room(kind):
    sessions = {**PROBLEM.sessions, "S2": Session("S2", "Lunch", kind=kind)}
    problem = replace(PROBLEM, sessions=sessions)

    assert found(rules.placed_once, MORNING, replace(NOON, room=""), problem=problem) == []


def test_talk_in_two_sessions_is_told_once_and_a_poster_is_not():
    both = (PlacedTalk("T1"), PlacedTalk("T2"))

    clashes = found(rules.placed_once, replace(MORNING, talks=both), replace(NOON, talks=both))

    assert told(clashes) == [("T1", "twice")]
    assert [part.start for part in clashes[0].parts] == [MORNING.start, NOON.start]


@pytest.mark.parametrize(("minutes", "fault", "amount"), [(70, "short", 10), (45, "long", 15)])
def test_session_of_another_length_than_meant_clashes_by_minutes(minutes, fault, amount):
    problem = replace(PROBLEM, sessions={"S1": Session("S1", "Morning", minutes=minutes)})

    [clash] = found(rules.session_length, MORNING, problem=problem)

    assert (clash.of.code, clash.fault, clash.amount) == ("S1", fault, amount)


@pytest.mark.parametrize("minutes", [None, 60])
def test_session_of_the_length_that_is_meant_does_not_clash(minutes):
    problem = replace(PROBLEM, sessions={"S1": Session("S1", "Morning", minutes=minutes)})

    assert found(rules.session_length, MORNING, problem=problem) == []


def test_session_in_the_night_of_the_change_of_clocks_has_its_true_length():
    problem = replace(PROBLEM, sessions={"S1": Session("S1", "Night", minutes=30)})
    night = PlacedSession("S1", at("1:30", 28), at("3:00", 28))

    assert found(rules.session_length, night, problem=problem) == []


def test_poster_among_talks_and_talk_among_posters_clash():
    sessions = {**PROBLEM.sessions, "S2": Session("S2", "Noon", kind="posters")}
    problem = replace(PROBLEM, sessions=sessions)
    wrong = replace(MORNING, talks=NOON.talks), replace(NOON, talks=MORNING.talks)

    clashes = found(rules.talk_kind_fits, *wrong, problem=problem)

    assert [(c.of.code, c.parts[0].code) for c in clashes] == [("S1", "T2"), ("S2", "T1")]
    assert found(rules.talk_kind_fits, MORNING, NOON, problem=problem) == []


HOURS = (span("", "9:00", "11:00"), span("", "11:00", "11:30"))


def test_session_outside_the_hours_of_a_day_clashes():
    problem = replace(PROBLEM, hours=HOURS)

    [clash] = found(rules.in_hours, MORNING, NOON, problem=problem)

    assert (clash.of.code, clash.amount) == ("S2", 1)


def test_session_across_two_days_hours_clashes():
    problem = replace(PROBLEM, hours=HOURS)
    across = replace(MORNING, end=at("11:15"))

    assert len(found(rules.in_hours, across, problem=problem)) == 1


def test_session_has_any_time_where_no_hours_are_known():
    assert found(rules.in_hours, MORNING, NOON) == []


def beside(one, other):
    """What is told of two sessions at once: the codes, the one that is for all first."""
    sessions = {"S1": replace(one, code="S1"), "S2": replace(other, code="S2")}
    problem = replace(PROBLEM, sessions=sessions)
    clashes = found(rules.plenary_alone, MORNING, replace(NOON, start=at("10:30")), problem=problem)
    return [(clash.of.code, *(part.code for part in clash.parts)) for clash in clashes]


TALKS, POSTERS, BREAK, SOCIAL, PANEL, OPENING = (
    Session("", kind, kind=kind)
    for kind in ("talks", "posters", "break", "social", "panel", "opening")
)
PLENARY = replace(TALKS, is_plenary=True)


@pytest.mark.parametrize("other", [TALKS, POSTERS, BREAK, SOCIAL, PANEL, OPENING, PLENARY])
@pytest.mark.parametrize("alone", [PLENARY, OPENING, replace(PANEL, is_plenary=True)])
def test_nothing_runs_beside_a_plenary_or_an_opening(alone, other):
    assert beside(alone, other) == [("S1", "S1", "S2")]


@pytest.mark.parametrize("pause", [BREAK, SOCIAL])
def test_nothing_to_hear_runs_beside_a_break_or_a_social(pause):
    assert beside(TALKS, pause) == [("S2", "S2", "S1")]
    assert beside(pause, PANEL) == [("S1", "S1", "S2")]
    assert beside(pause, POSTERS) == beside(BREAK, pause) == beside(pause, SOCIAL) == []


def test_sessions_of_talks_run_beside_each_other():
    assert beside(TALKS, PANEL) == beside(POSTERS, TALKS) == []


def test_what_follows_a_plenary_does_not_clash():
    problem = replace(PROBLEM, sessions={"S1": replace(PLENARY, code="S1"), "S2": TALKS})

    assert found(rules.plenary_alone, MORNING, NOON, problem=problem) == []
