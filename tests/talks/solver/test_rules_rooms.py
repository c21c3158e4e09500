"""The rules about rooms, over plain values."""

from dataclasses import replace

import pytest

from talks.solver import rules
from talks.solver.problem import PlacedSession, PlacedTalk, Problem, Room, Session, Talk, Timetable

from .test_rules import at, held, span

PROBLEM = Problem(
    rooms={
        "R1": Room("R1", "Hall", capacity=100, features=frozenset({"beamer"})),
        "R2": Room("R2", "Attic"),
    },
    sessions={code: Session(code, f"Session {code}") for code in ("S1", "S2")},
    talks={
        "T1": Talk("T1", "One", 20, demand=130),
        "T2": Talk("T2", "Two", 30, features=frozenset({"piano", "beamer"})),
        "T3": Talk("T3", "Three", 40, rooms=frozenset({"R2"})),
        "T4": Talk("T4", "Poster", 90, is_poster=True, demand=60),
        "T5": Talk("T5", "Other poster", 90, is_poster=True, demand=50),
    },
)


def found(rule, *sessions, problem=PROBLEM):
    return list(rule(problem, Timetable(sessions)))


def closed(*times):
    hall = replace(PROBLEM.rooms["R1"], closed=times)
    return replace(PROBLEM, rooms={**PROBLEM.rooms, "R1": hall})


def test_session_in_a_closed_room_clashes_once_with_the_first_time():
    times = span("R1", "10:45", "12:00"), span("R1", "10:30", "10:40")

    [clash] = found(rules.room_closed, held("S1", room="R1"), problem=closed(*times))

    assert (clash.of.name, [part.code for part in clash.parts]) == ("Hall", ["S1"])
    assert (clash.away, clash.amount) == (times[1], 1)


def test_session_before_and_after_a_room_is_closed_does_not_clash():
    problem = closed(span("R1", "9:00", "10:00"), span("R1", "11:00", "12:00"))

    assert found(rules.room_closed, held("S1", room="R1"), problem=problem) == []
    assert (
        found(rules.room_closed, held("S1", room="R2"), problem=closed(span("R1", "9:00", "12:00")))
        == []
    )


def test_room_that_closes_in_the_night_of_the_change_of_clocks_is_open_before():
    night = span("R1", "3:00", "4:00")
    problem = closed(replace(night, start=at("3:00", 28), end=at("4:00", 28)))
    until = PlacedSession("S1", at("1:30", 28), at("3:00", 28), "R1")  # half an hour
    beyond = replace(until, end=at("3:01", 28))

    assert found(rules.room_closed, until, problem=problem) == []
    assert len(found(rules.room_closed, beyond, problem=problem)) == 1


def test_room_that_lacks_what_a_talk_needs_clashes():
    [clash] = found(rules.room_suits, held("S1", room="R1", talks=[PlacedTalk("T2")]))

    assert (clash.of.name, clash.fault, clash.parts[0].code) == ("Hall", "feature", "T2")
    assert [other.name for other in clash.others] == ["piano"]


def test_talk_in_a_room_that_is_not_allowed_clashes():
    [clash] = found(rules.room_suits, held("S1", room="R1", talks=[PlacedTalk("T3")]))

    assert (clash.of.name, clash.fault, clash.parts[0].code) == ("Hall", "room", "T3")
    assert [other.name for other in clash.others] == ["Attic"]


def test_allowed_room_that_is_not_in_the_problem_is_not_named():
    problem = replace(PROBLEM, rooms={"R1": PROBLEM.rooms["R1"]})
    session = held("S1", room="R1", talks=[PlacedTalk("T3")])

    [clash] = found(rules.room_suits, session, problem=problem)

    assert (clash.fault, clash.others) == ("room", ())


@pytest.mark.parametrize(("room", "talk"), [("R2", "T3"), ("R1", "T1"), ("", "T2"), ("", "T3")])
def test_talk_in_a_room_that_suits_or_in_none_yet_does_not_clash(room, talk):
    assert found(rules.room_suits, held("S1", room=room, talks=[PlacedTalk(talk)])) == []


def test_room_that_is_too_small_for_a_talk_clashes_by_persons():
    [clash] = found(rules.room_holds, held("S1", room="R1", talks=[PlacedTalk("T1")]))

    assert (clash.of.name, clash.parts[0].code, clash.amount) == ("Hall", "T1", 30)


def test_posters_of_a_session_are_visited_at_once():
    posters = [PlacedTalk("T4"), PlacedTalk("T5")]

    [clash] = found(rules.room_holds, held("S1", room="R1", talks=posters))

    assert (clash.of.name, clash.parts[0].code, clash.amount) == ("Hall", "S1", 10)
    assert found(rules.room_holds, held("S1", room="R1", talks=posters[:1])) == []


def test_room_of_unknown_size_holds_everybody():
    assert found(rules.room_holds, held("S1", room="R2", talks=[PlacedTalk("T1")])) == []


def test_talks_of_a_session_are_each_heard_alone():
    small = replace(PROBLEM.talks["T1"], demand=100)
    problem = replace(PROBLEM, talks={"T1": small, "T2": replace(small, code="T2")})
    session = held("S1", room="R1", talks=[PlacedTalk("T1"), PlacedTalk("T2")])

    assert found(rules.room_holds, session, problem=problem) == []
