"""Tests for placing many sessions: the same timetables are possible as by the exact model."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from ortools.sat.python import cp_model

from talks.solver import bulk, rules
from talks.solver.bulk.build import build as build_bulk
from talks.solver.exact.model import build
from talks.solver.limits import Limits
from talks.solver.problem import Kind, Level, Setting
from talks.solver.scope import Scope
from tests.talks.solver.worlds import problems, timetables

HARD = ("room_holds", "preferences", "local_hours", "wanted_together", "track_parallel")
LITTLE = Limits(effort=0.01)


def must_clashes(problem, timetable):
    return [c for c in rules.clashes(problem, timetable) if rules.must_hold(problem, c.rule)]


def of_moving(clashes, scope):
    """Those about something that may move: what is fixed clashes as it did."""
    return [clash for clash in clashes if scope.sessions & {part.code for part in clash.parts}]


def is_possible(problem, present, scope):
    v, _cost = build(problem, present, scope)
    return is_solvable(v.model)


def is_solvable(model):
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    return solver.solve(model) in (cp_model.OPTIMAL, cp_model.FEASIBLE)


def between_sessions(problem, timetable, kinds):
    """The problem with relations of some kinds, and only those that times of sessions change."""
    home = {one.talk: placed.session for placed in timetable.sessions for one in placed.talks}
    kept = tuple(
        one
        for one in problem.relations
        if one.kind in kinds and home.get(one.first, "") != home.get(one.second, "")
    )
    return replace(problem, relations=kept)


@st.composite
def tasks(draw, kinds=(Kind.BEFORE, Kind.NEVER_PARALLEL), rules=()):
    """A problem, where its sessions stand, and which of them may move."""
    gaps = draw(st.sampled_from([{}, {"person_minutes": 30}, {"room_minutes": 30}]))
    problem = draw(problems(session_count=4, buffer=gaps))
    present = draw(timetables(problem))
    problem = between_sessions(problem, present, kinds)
    blocking = draw(st.sets(st.sampled_from(rules))) if rules else ()
    levels = {rule: Setting(Level.BLOCK) for rule in blocking}
    moving = draw(st.sets(st.sampled_from(sorted(problem.sessions)), min_size=1))
    return (
        replace(problem, settings={**problem.settings, **levels}),
        present,
        Scope(frozenset(moving), frozenset()),
    )


@given(tasks())
@settings(max_examples=60, deadline=None)
def test_finds_a_timetable_exactly_when_the_exact_model_does(task):
    found = bulk.solve(*task, LITTLE)

    assert (found.timetable is not None) == is_possible(*task)
    assert found.is_impossible == (found.timetable is None)


@given(tasks(rules=HARD))
@settings(max_examples=60, deadline=None)
def test_wishes_that_an_organizer_has_made_rules_are_kept(task):
    found = bulk.solve(*task, LITTLE)

    assert (found.timetable is not None) == is_possible(*task)


@given(tasks(kinds=tuple(Kind), rules=HARD))
@settings(max_examples=60, deadline=None)
def test_what_is_found_breaks_nothing_that_must_hold(task):
    problem, _present, scope = task

    found = bulk.solve(*task, LITTLE)

    if found.timetable is not None:
        assert of_moving(must_clashes(problem, found.timetable), scope) == []
        assert found.cost == sum(rules.costs(problem, found.timetable).values())


@given(tasks())
@settings(max_examples=60, deadline=None)
def test_with_all_reasons_on_it_is_as_possible_as_without_reasons(task):
    plain, _counts = build_bulk(*task)
    reasoned, _counts = build_bulk(*task, with_reasons=True)
    reasoned.model.add_bool_and(reasoned.groups.values())

    assert is_solvable(reasoned.model) >= is_solvable(plain.model)
