"""Tests for what placing many sessions does with the small things."""

from datetime import UTC, datetime, timedelta

import pytest

from talks.solver import bulk
from talks.solver.limits import Limits
from talks.solver.problem import (
    Kind,
    Person,
    Pinned,
    PlacedSession,
    PlacedTalk,
    Problem,
    Relation,
    Room,
    Session,
    Span,
    Talk,
    Timetable,
)
from talks.solver.scope import Scope

NINE = datetime(2027, 3, 1, 9, tzinfo=UTC)
NONE = Timetable()


def at(hours):
    return NINE + timedelta(hours=hours)


def hours(first, end):
    return Span("", at(first), at(end))


def problem_of(count, people=None, rooms=("R1",), until=None, **fields):
    """A problem of talks of an hour, each in a session of its own, T1 in S1; on one day."""
    numbers = range(1, count + 1)
    on_stage = people or {}
    everybody = sorted({person for some in on_stage.values() for person in some})
    known = {code: Person(code, code) for code in everybody} | fields.pop("people_known", {})
    kind = fields.pop("kind", "talks")
    problem = Problem(
        people=known,
        rooms={code: Room(code, code) for code in rooms},
        sessions={f"S{n}": Session(f"S{n}", f"S{n}", minutes=60, kind=kind) for n in numbers},
        talks={f"T{n}": Talk(f"T{n}", f"T{n}", 60, tuple(on_stage.get(n, ()))) for n in numbers},
        hours=(hours(0, until or count),),
        step=fields.pop("step", 60),
        **fields,
    )
    waiting = {f"S{n}": (PlacedTalk(f"T{n}"),) for n in numbers}
    return problem, Timetable((), waiting)


def solve(problem, present, effort=0.01, **rest):
    scope = rest.pop("scope", Scope(frozenset(problem.sessions), frozenset()))
    return bulk.solve(problem, present, scope, Limits(effort=effort, seed=3), **rest)


def starts(found):
    return {one.session: (one.start - NINE) // timedelta(hours=1) for one in found.sessions}


def rooms(found):
    return {one.session: one.room for one in found.sessions}


def test_one_room_holds_one_session_at_a_time():
    found = solve(*problem_of(4))

    assert sorted(starts(found.timetable).values()) == [0, 1, 2, 3]


def test_more_sessions_than_rooms_and_hours_are_proven_impossible():
    found = solve(*problem_of(4, until=3))

    assert (found.timetable, found.is_impossible) == (None, True)


def test_as_many_as_possible_are_placed_when_some_may_be_left():
    problem, present = problem_of(4, until=3)

    found = solve(problem, present, may_leave=True)

    [left] = set(problem.sessions) - set(starts(found.timetable))
    assert found.timetable.waiting == {left: present.waiting[left]}


def test_a_talk_keeps_its_distance_from_the_start_of_its_session():
    problem, _present = problem_of(1, until=3, pins={"S1": Pinned(start=at(2))})
    talk = PlacedTalk("T1", at(0) + timedelta(minutes=10))
    present = Timetable((PlacedSession("S1", at(0), at(1), "R1", (talk,)),))

    [placed] = solve(problem, present).timetable.sessions

    assert placed.talks == (PlacedTalk("T1", at(2) + timedelta(minutes=10)),)


def test_a_talk_takes_its_speaker_only_for_its_own_minutes():
    problem, _present = problem_of(2, {1: ["H1"], 2: ["H1"]}, rooms=("R1", "R2"), until=2)
    problem.sessions["S1"] = Session("S1", "S1", minutes=120)
    early = PlacedSession("S1", at(0), at(2), "R1", (PlacedTalk("T1", at(0)),))
    present = Timetable((early,), {"S2": (PlacedTalk("T2"),)})

    found = solve(problem, present)

    assert starts(found.timetable) == {"S1": 0, "S2": 1}


@pytest.mark.parametrize(("minutes", "is_possible"), [(30, True), (90, False)])
def test_nobody_walks_longer_than_there_is_time(minutes, is_possible):
    problem, present = problem_of(
        2,
        {1: ["H1"], 2: ["H1"]},
        rooms=("R1", "R2"),
        pins={"S1": Pinned(at(0), "R1"), "S2": Pinned(at(2), "R2")},
        until=3,
        walks={("R1", "R2"): minutes},
    )

    assert (solve(problem, present).timetable is not None) == is_possible


def test_rooms_that_are_too_far_apart_for_a_speaker_are_not_given():
    problem, present = problem_of(
        2,
        {1: ["H1"], 2: ["H1"]},
        rooms=("R1", "R2"),
        until=2,
        walks={("R1", "R2"): 10},
    )

    assert len(set(rooms(solve(problem, present).timetable).values())) == 1


def test_parts_of_a_talk_follow_each_other_in_one_room():
    part = Relation(Kind.PART, "T2", "T1")
    problem, present = problem_of(6, rooms=("R1", "R2"), until=3, relations=(part,))

    found = solve(problem, present).timetable

    assert starts(found)["S1"] == starts(found)["S2"] + 1
    assert rooms(found)["S1"] == rooms(found)["S2"]


def test_without_rooms_there_is_one_session_at_a_time():
    found = solve(*problem_of(3, rooms=()), effort=0.1)

    assert sorted(starts(found.timetable).values()) == [0, 1, 2]


def test_talks_that_the_same_persons_want_are_at_different_times():
    problem, present = problem_of(
        4, rooms=("R1", "R2"), until=2, together={("T1", "T2"): 9, ("T3", "T4"): 9}
    )

    found = solve(problem, present, effort=0.1)

    assert found.cost == 0
    assert starts(found.timetable)["S1"] != starts(found.timetable)["S2"]


def test_the_largest_room_is_for_the_talk_that_most_want():
    problem, present = problem_of(2, rooms=("R1", "R2"), until=1)
    problem.rooms["R1"] = Room("R1", "R1", capacity=20)
    problem.rooms["R2"] = Room("R2", "R2", capacity=90)
    problem.talks["T1"] = Talk("T1", "T1", 60, demand=80)

    assert rooms(solve(problem, present).timetable) == {"S1": "R2", "S2": "R1"}


def test_a_plenary_with_a_talk_is_in_the_largest_room():
    problem, present = problem_of(2, rooms=("R1", "R2"), kind="opening")
    problem.rooms["R2"] = Room("R2", "R2", capacity=90)

    assert set(rooms(solve(problem, present).timetable).values()) == {"R2"}


def test_what_is_not_in_scope_stays_and_keeps_its_room():
    problem, _present = problem_of(2)
    fixed = PlacedSession("S1", at(1), at(2), "R1", (PlacedTalk("T1"),))
    present = Timetable((fixed,), {"S2": (PlacedTalk("T2"),)})

    found = solve(problem, present, scope=Scope(frozenset({"S2"})))

    assert fixed in found.timetable.sessions
    assert starts(found.timetable) == {"S1": 1, "S2": 0}


def test_a_closed_room_is_not_used():
    problem, present = problem_of(2, rooms=("R1", "R2"), until=1)
    problem.rooms["R1"] = Room("R1", "R1", closed=(hours(0.5, 2),))

    assert solve(problem, present).is_impossible


def test_sessions_that_overlap_in_part_get_rooms_that_are_free():
    problem, present = problem_of(3, rooms=("R1", "R2"), until=3, step=30)
    problem.sessions["S1"] = Session("S1", "S1", minutes=90)
    problem.sessions["S2"] = Session("S2", "S2", minutes=150)

    found = solve(problem, present).timetable

    assert {one.session for one in found.sessions} == {"S1", "S2", "S3"}


def test_many_possible_starts_are_thinned_to_those_that_leave_no_gap():
    problem, present = problem_of(20, until=20, step=5)

    found = solve(problem, present)

    assert sorted(starts(found.timetable).values()) == list(range(20))


def test_the_same_seed_gives_the_same_timetable():
    together = {(f"T{n}", f"T{n + 1}"): n for n in range(1, 9)}
    task = problem_of(20, rooms=("R1", "R2", "R3"), until=8, together=together)

    assert solve(*task, effort=0.1) == solve(*task, effort=0.1)
