"""Tests for the first times of many sessions, on generated programmes."""

from dataclasses import replace

import numpy as np
import pytest

from talks.solver import scope
from talks.solver.bulk import beginning, solve
from talks.solver.bulk.build import build
from talks.solver.bulk.wishes import RoomCost
from talks.solver.limits import Limits
from talks.solver.local import LocalProblem
from tests.benchmarks.programmes import Shape, programme
from tests.benchmarks.programmes_check import faults
from tests.benchmarks.timetables import places_of, problem_of

SMALL = Shape(talks=220, rooms=5, busy=25, panels=8, before=5, attendees=300)
SEEDED = Limits(seed=1)


def found_by(problem, present, limits=SEEDED):
    bulk, counts = build(problem, present, scope.everything(problem, present))
    return bulk, beginning.first_starts(counts, RoomCost(bulk.ground), limits)


@pytest.mark.parametrize("shape", [SMALL, replace(SMALL, rooms=6, doubles=40)])
def test_first_starts_are_found_without_an_exact_search_and_keep_the_rules(shape):
    made = programme(shape, 3)
    problem, present = problem_of(made)

    bulk, starts = found_by(problem, present)
    answer = solve(problem, present, scope.everything(problem, present), Limits(1, effort=0))

    assert all(minute in bulk.at[code] for code, minute in starts.items())
    assert len(starts) == len(made.talks)
    assert faults(made, places_of(answer.timetable)) == []


def test_the_same_seed_gives_the_same_starts():
    problem, present = problem_of(programme(SMALL, 3))

    assert found_by(problem, present)[1] == found_by(problem, present)[1]


def test_few_sessions_are_left_to_the_exact_search():
    problem, present = problem_of(programme(replace(SMALL, talks=beginning.MANY - 1), 3))

    assert found_by(problem, present)[1] is None


def test_a_search_that_is_over_has_no_starts():
    problem, present = problem_of(programme(SMALL, 3))

    assert found_by(problem, present, Limits(stop=lambda: True))[1] is None


def test_what_stands_wrong_is_what_a_broken_rule_is_about():
    problem = LocalProblem(
        costs=np.array([[0, 0], [0, 0], [np.inf, 0], [0, 0], [0, 0.0]]),
        sizes=np.array([[1, 0], [1, 0], [0, 1], [0, 1], [0, 0]]),
        capacities=np.array([[1, 5], [5, 5]]),
        apart=((np.array([[3, 4]]), np.eye(2)),),
    )

    def wrong(*places):
        return beginning.standing_wrong(problem, np.array(places)).tolist()

    assert wrong(0, 1, 1, 0, 1) == [False] * 5
    assert wrong(0, 0, 1, 0, 1) == [True, True, False, False, False]  # too many in one pool
    assert wrong(0, 1, 0, 0, 1) == [False, False, True, False, False]  # where it may not be
    assert wrong(0, 1, 1, 1, 1) == [False, False, False, True, True]  # both in one bin
