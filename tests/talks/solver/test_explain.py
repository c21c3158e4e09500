"""An explanation names reasons that cannot hold together, none of which could be left out."""

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from talks.solver import scope
from talks.solver.cores import Switches
from talks.solver.exact.reasons import with_reasons
from talks.solver.explain import explain
from talks.solver.limits import Limits
from talks.solver.problem import (
    Kind,
    Level,
    Person,
    Pinned,
    PlacedSession,
    PlacedTalk,
    Problem,
    Relation,
    Room,
    Session,
    Setting,
    Span,
    Talk,
    Timetable,
)
from talks.solver.reasons import Reason

from .worlds import problems, timetables


def friday(hour):
    return datetime(2027, 3, 26, hour, tzinfo=UTC)


def saturday(hour):
    return datetime(2027, 3, 27, hour, tzinfo=UTC)


HOURS = (Span("", friday(9), friday(12)), Span("", saturday(9), saturday(13)))
FRIDAY = Span("H1", friday(0), saturday(0))
AFTERNOON = Span("H1", saturday(11), saturday(20))
CLOSED = {code: Span(code, saturday(10), saturday(11)) for code in ("R1", "R2")}


def ada():
    """Two talks of one hour, and Ada there for two hours, in one of which no room is open."""
    problem = Problem(
        people={"H1": Person("H1", "Ada", away=(FRIDAY, AFTERNOON))},
        rooms={code: Room(code, code, closed=(CLOSED[code],)) for code in ("R1", "R2")},
        sessions={code: Session(code, code, minutes=60) for code in ("S1", "S2")},
        talks={code: Talk(code, code, 60, people=("H1",)) for code in ("T1", "T2")},
        hours=HOURS,
        step=30,
    )
    waiting = {"S1": (PlacedTalk("T1"),), "S2": (PlacedTalk("T2"),)}
    return problem, Timetable((), waiting)


def sessions_only(problem):
    return scope.Scope(frozenset(problem.sessions))


def names(reasons):
    return {(reason.rule, reason.of, reason.span) for reason in reasons}


ADAS = {
    ("placed_once", "S1", None),
    ("placed_once", "S2", None),
    ("person_twice", "H1", None),
    ("person_away", "H1", FRIDAY),
    ("person_away", "H1", AFTERNOON),
    ("room_closed", "R1", CLOSED["R1"]),
    ("room_closed", "R2", CLOSED["R2"]),
    ("in_hours", "", None),
}


def test_ada_is_told_what_keeps_her_two_talks_apart():
    problem, present = ada()

    found = explain(problem, present, sessions_only(problem))

    assert names(found.reasons) == ADAS
    assert found.is_irreducible
    assert found.is_smallest


def test_each_reason_of_ada_is_one_that_could_be_given_up():
    problem, present = ada()

    found = explain(problem, present, sessions_only(problem))

    assert names(found.relaxations) == ADAS
    assert found.undecided == ()


def test_free_talks_are_explained_like_sessions():
    problem, _present = ada()

    found = explain(problem, Timetable(), scope.everything(problem, Timetable()))

    placed = {("placed_once", code, None) for code in ("T1", "T2")}
    others = {one for one in ADAS if one[0] != "placed_once"}
    assert names(found.reasons) == placed | others


def test_what_is_possible_needs_no_explanation():
    problem, present = ada()
    open_again = {**problem.rooms, "R1": Room("R1", "R1")}

    found = explain(replace(problem, rooms=open_again), present, sessions_only(problem))

    assert found is None


def test_two_separate_contradictions_have_no_single_way_out():
    problem, present = ada()
    people = {
        **problem.people,
        "H2": Person("H2", "Ben", away=(Span("H2", friday(0), saturday(23)),)),
    }
    problem = replace(
        problem,
        people=people,
        sessions={**problem.sessions, "S3": Session("S3", "S3", minutes=60)},
        talks={**problem.talks, "T3": Talk("T3", "T3", 60, people=("H2",))},
    )
    waiting = {**present.waiting, "S3": (PlacedTalk("T3"),)}

    found = explain(problem, Timetable((), waiting), sessions_only(problem))

    assert names(found.reasons) == {
        ("placed_once", "S3", None),
        ("person_away", "H2", people["H2"].away[0]),
    }
    assert found.relaxations == ()


def test_a_feature_that_no_open_room_has_is_a_reason_of_its_talk():
    problem, _present = ada()
    problem = replace(
        problem,
        people={"H1": Person("H1", "Ada")},
        sessions={"S1": problem.sessions["S1"]},
        talks={"T1": replace(problem.talks["T1"], features=frozenset({"piano"}))},
    )

    found = explain(problem, Timetable((), {"S1": (PlacedTalk("T1"),)}), sessions_only(problem))

    assert names(found.reasons) == {("placed_once", "S1", None), ("room_suits", "T1", None)}


def test_a_pin_is_a_reason_that_could_be_given_up():
    problem, _present = ada()
    problem = replace(problem, pins={"S1": Pinned(friday(9), "R1")})
    placed = PlacedSession("S1", friday(9), friday(10), "R1", (PlacedTalk("T1", friday(9)),))
    problem = replace(
        problem, sessions={"S1": problem.sessions["S1"]}, talks={"T1": problem.talks["T1"]}
    )
    present = Timetable((placed,))

    found = explain(problem, present, scope.everything(problem, present))

    assert names(found.reasons) == {
        ("placed_once", "T1", None),
        ("person_away", "H1", FRIDAY),
        ("pinned", "S1", None),
    }
    assert ("pinned", "S1", None) in names(found.relaxations)


def test_relations_are_reasons_by_pair():
    problem, present = ada()
    problem = replace(
        problem,
        people={"H1": Person("H1", "Ada")},
        relations=(Relation(Kind.BEFORE, "T1", "T2"), Relation(Kind.BEFORE, "T2", "T1")),
    )

    found = explain(problem, present, sessions_only(problem))

    orders = {reason for reason in found.reasons if reason.rule == "in_order"}
    assert orders == {Reason("in_order", "T1", ("T2",)), Reason("in_order", "T2", ("T1",))}


def test_nothing_is_told_when_there_is_no_time():
    problem, present = ada()

    found = explain(problem, present, sessions_only(problem), seconds=0)

    assert found.reasons == ()
    assert not found.is_irreducible


@settings(max_examples=12, deadline=None, phases=[Phase.generate])
@given(st.data())
def test_each_reason_is_needed_and_together_they_are_enough(data):
    problem = data.draw(problems())
    problem = replace(
        problem,
        hours=problem.hours[:1],
        settings={rule: Setting(Level.BLOCK) for rule in ("preferences", "wanted_together")},
    )
    present = data.draw(timetables(problem))
    free = scope.everything(problem, present)

    found = explain(problem, present, free, seconds=30)

    if found is None:
        return
    whole = with_reasons(problem, present, free)
    switches = Switches(whole.model, whole.groups, Limits(seconds=30))
    core = [one for one in whole.groups if names([one]) <= names(found.reasons)]
    assert switches.conflict(core)
    for reason in found.reasons:
        left = [one for one in core if names([one]) != names([reason])]
        assert switches.conflict(left) is None
