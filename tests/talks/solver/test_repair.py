"""A repair moves as little as possible, never what is past or pinned, and says what it proves."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from talks.solver import repair as repairing
from talks.solver import rules
from talks.solver.exact.repairs import fewest
from talks.solver.limits import Limits
from talks.solver.problem import (
    Person,
    Pinned,
    PlacedSession,
    PlacedTalk,
    Problem,
    Room,
    Session,
    Span,
    Talk,
    Timetable,
)
from talks.solver.repair import movable, repair
from talks.solver.repair_bulk import fewest_in_bulk
from talks.solver.scope import Scope

from .worlds import STEP, moment, problems, timetables


def at(hour, minute=0, day=26):
    return datetime(2027, 3, day, hour, minute, tzinfo=UTC)


def world(**changes):
    """Three sessions of an hour in two rooms, on a morning of three hours."""
    people = {code: Person(code, code) for code in ("H1", "H2", "H3")}
    problem = Problem(
        people=people,
        rooms={code: Room(code, code) for code in ("R1", "R2")},
        sessions={code: Session(code, code, minutes=60) for code in ("S1", "S2", "S3")},
        talks={f"T{n}": Talk(f"T{n}", f"T{n}", 60, people=(f"H{n}",)) for n in (1, 2, 3)},
        hours=(Span("", at(9), at(12)),),
        step=60,
    )
    return replace(problem, **changes)


def placed(code, hour, room="R1", minutes=60):
    talk = PlacedTalk("T" + code[1:], at(hour))
    end = at(hour) + timedelta(minutes=minutes)
    return PlacedSession(code, at(hour), end, room, (talk,))


PRESENT = Timetable((placed("S1", 9), placed("S2", 10), placed("S3", 11)))


def away(problem, person, first, last):
    people = {
        **problem.people,
        person: Person(person, person, (Span(person, at(first), at(last)),)),
    }
    return replace(problem, people=people)


def closed(problem, room, first, last):
    return replace(
        problem,
        rooms={**problem.rooms, room: Room(room, room, closed=(Span(room, at(first), at(last)),))},
    )


def moved(found):
    return [move.code for move in found.moves]


@pytest.fixture
def small(request, monkeypatch):
    monkeypatch.setattr(repairing, "SMALL", request.param)
    return request.param


both = pytest.mark.parametrize("small", [150, 0], indirect=True, ids=["exact", "bulk"])


@both
def test_nothing_moves_when_nothing_clashes(small):
    found = repair(world(), PRESENT)

    assert found.moves == ()
    assert found.is_proven


@both
def test_whoever_cannot_come_at_nine_is_moved_alone(small):
    found = repair(away(world(), "H1", 9, 10), PRESENT)

    assert moved(found) == ["S1"]
    assert (found.bound, found.is_proven) == (1, True)


@both
def test_a_session_leaves_a_closed_room_for_the_other_at_the_same_time(small):
    found = repair(closed(world(), "R1", 10, 11), PRESENT)

    assert moved(found) == ["S2"]
    assert found.timetable.by_code()["S2"] == placed("S2", 10, "R2")


@both
def test_two_change_places_when_there_is_no_room_beside(small):
    one_room = {"R1": Room("R1", "R1")}

    found = repair(away(world(rooms=one_room), "H1", 9, 10), PRESENT)

    assert len(found.moves) == 2
    assert {"S1", "T1"} & set(moved(found))
    assert found.is_proven


@both
def test_a_keynote_that_takes_longer_moves_what_follows_it(small):
    problem = world(rooms={"R1": Room("R1", "R1")}, hours=(Span("", at(9), at(14)),))
    longer = {**problem.sessions, "S1": Session("S1", "S1", minutes=90)}

    pins = {"S1": Pinned(at(9), "R1")}

    found = repair(replace(problem, sessions=longer, pins=pins, step=30), PRESENT)

    there = found.timetable.by_code()
    assert (there["S1"].start, there["S1"].end) == (at(9), at(10, 30))
    assert moved(found) == ["S1", "S2"]
    assert (found.bound, found.is_proven) == (2, True)


@both
def test_what_is_pinned_elsewhere_goes_there_and_what_is_pinned_here_stays(small):
    pins = {"S1": Pinned(at(10), "R1"), "S3": Pinned(at(11), "R1")}

    found = repair(world(pins=pins), PRESENT)

    there = found.timetable.by_code()
    assert there["S1"] == placed("S1", 10)
    assert there["S3"] == placed("S3", 11)
    assert there["S2"].start == at(10)
    assert moved(found) == ["S1", "S2"]


@both
def test_what_is_past_does_not_move_and_nothing_moves_into_the_past(small):
    problem = away(away(world(now=at(10)), "H3", 11, 12), "H1", 9, 10)

    found = repair(problem, PRESENT)

    assert found.timetable is None
    assert found.is_impossible


@both
def test_clashes_of_what_is_past_are_told_and_left(small):
    found = repair(away(world(now=at(9, 30)), "H1", 9, 10), PRESENT)

    assert found.moves == ()
    assert [(clash.rule, clash.of.code) for clash in found.left] == [("person_away", "H1")]


@both
def test_nothing_moves_farther_than_is_allowed(small):
    problem = away(world(), "H1", 9, 11)

    assert repair(problem, PRESENT).timetable.by_code()["S1"].start == at(11)
    assert repair(problem, PRESENT, at_most=60).is_impossible


@both
def test_what_stands_nowhere_stays_there_unless_it_is_asked_for(small):
    present = Timetable(PRESENT.sessions[:2], {"S3": (PlacedTalk("T3"),)})
    problem = world()

    assert repair(problem, present).moves == ()
    found = repair(problem, present, free=Scope(frozenset({"S3"})))
    assert moved(found) == ["S3"]


def test_a_talk_alone_goes_into_another_session():
    problem = world(
        sessions={code: Session(code, code, minutes=120) for code in ("S1", "S2")},
        hours=(Span("", at(9), at(13)),),
    )
    present = Timetable(
        (
            PlacedSession(
                "S1", at(9), at(11), "R1", (placed("S1", 9).talks[0], PlacedTalk("T2", at(10)))
            ),
            PlacedSession("S2", at(11), at(13), "R1", (PlacedTalk("T3", at(11)),)),
        )
    )

    found = repair(away(problem, "H2", 9, 11), present)

    assert [(move.kind, move.code) for move in found.moves] == [("talk", "T2")]
    assert found.moves[0].after.session == "S2"
    assert found.is_proven


def test_the_lighter_of_two_repairs_with_one_move_is_chosen():
    present = Timetable((placed("S1", 9), placed("S2", 9)))
    problem = world(sessions={c: Session(c, c, minutes=60) for c in ("S1", "S2")})

    found = repair(problem, present)

    assert len(found.moves) == 1
    assert {move.after.start for move in found.moves} == {at(9)}


# Against all timetables there are.


@st.composite
def tiny(draw):
    """A problem of two hours in two rooms, and where its three sessions stand."""
    problem = draw(problems())
    sessions = {code: replace(one, minutes=60) for code, one in problem.sessions.items()}
    problem = replace(problem, sessions=sessions, hours=(Span("", moment(0), moment(4)),))
    drawn = draw(timetables(problem))
    present = []
    for one in drawn.sessions:
        by = draw(st.integers(0, 2)) * timedelta(minutes=STEP) + moment(0) - one.start
        talks = tuple(replace(t, start=t.start and t.start + by) for t in one.talks)
        room = "" if problem.sessions[one.session].is_for_all else one.room
        present.append(replace(one, start=one.start + by, end=one.end + by, room=room, talks=talks))
    return problem, Timetable(tuple(present))


def ways(problem, one):
    rooms = list(problem.rooms)
    if problem.sessions[one.session].is_for_all:
        rooms.append("")
    for number, room in product(range(3), rooms):
        by = moment(number) - one.start
        talks = tuple(replace(t, start=t.start and t.start + by) for t in one.talks)
        yield replace(one, start=one.start + by, end=one.end + by, room=room, talks=talks)


def is_clean(problem, timetable):
    return not any(
        clash
        for name, about in rules.ABOUT.items()
        if rules.must_hold(problem, name) and name != "placed_once"
        for clash in about.check(problem, timetable)
    )


def least_by_trying_all(problem, present):
    counts = [
        sum(one != was for one, was in zip(tried, present.sessions, strict=True))
        for tried in product(*(ways(problem, one) for one in present.sessions))
        if is_clean(problem, Timetable(tried))
    ]
    return min(counts, default=None)


@pytest.mark.parametrize("solve", [fewest, fewest_in_bulk])
@settings(max_examples=25, deadline=None, phases=[Phase.generate])
@given(tiny())
def test_no_timetable_moves_fewer(solve, case):
    problem, present = case
    scope = Scope(movable(problem, present).sessions)

    found = solve(problem, present, scope, 0, Limits(seconds=30))

    least = least_by_trying_all(problem, present)
    if least is None:
        assert found.timetable is None
        assert found.is_impossible
    else:
        assert (found.cost, found.bound) == (least, least)
        assert is_clean(problem, found.timetable)
