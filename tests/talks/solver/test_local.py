"""The local search against brute force, and what it must never do."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talks.solver.local import LocalProblem, improve
from talks.solver.local_problem import broken_rules, price_of_a_rule, soft_cost
from talks.solver.local_table import Table

ORDER = np.array([[float(first >= second) for second in range(3)] for first in range(3)])
SAME = np.eye(3)
NEAR = np.array([[1.0, 1, 0], [1, 1, 0], [0, 0, 1]])  # bins 0 and 1 are at the same time
WIDE = np.array([[1, 0], [0, 1], [1, 1]])  # bin 2 takes of the pools of both others


def numbers(*values):
    return np.array(values, dtype=np.intp)


def symmetric(size, dice, low, high):
    upper = np.triu(dice.integers(low, high, (size, size)), 1).astype(float)
    return upper + upper.T


def made(seed, items=5):
    """Make a tiny problem with everything in it: three bins, two resources."""
    dice = np.random.default_rng(seed)
    costs = dice.integers(-3, 4, (items, 3)).astype(float)
    costs[dice.random((items, 3)) < 0.1] = np.inf
    wide = bool(dice.integers(2))
    return LocalProblem(
        costs=costs,
        sizes=dice.integers(0, 3, (items, 2)),
        capacities=dice.integers(2, 6, (2 if wide else 3, 2)),
        pairs=((symmetric(items, dice, -4, 5), SAME), (symmetric(items, dice, -2, 3), NEAR)),
        apart=((np.array([[0, 1]]), NEAR), (np.array([[2, 3]]), ORDER)),
        minimums=dice.integers(0, 2, (2 if wide else 3, 2)),
        prices=np.array([np.inf, 2.0]),
        takes=WIDE if wide else None,
    )


def best_of_all(problem):
    """Return the least (rules broken, cost) that any assignment has."""
    every = (numbers(*bins) for bins in product(range(problem.bins), repeat=problem.items))
    return min((broken_rules(problem, one), soft_cost(problem, one)) for one in every)


def clique(size=12, bins=3):
    """Make items that gain by standing with those of their own third."""
    third = np.arange(size) % bins
    return LocalProblem(
        costs=np.zeros((size, bins)),
        sizes=np.ones((size, 1), dtype=np.intp),
        capacities=np.full((bins, 1), size // bins),
        pairs=((-(third[:, None] == third[None]).astype(float), np.eye(bins)),),
    )


@given(seed=st.integers(0, 10_000))
@settings(max_examples=10, deadline=None)
def test_tiny_problems_reach_the_optimum(seed):
    problem = made(seed)

    result = improve(problem, seed=seed, steps=20_000)

    assert (result.broken, result.cost) == best_of_all(problem)


@given(seed=st.integers(0, 10_000), picks=st.lists(st.integers(0, 10_000), min_size=1))
@settings(max_examples=60, deadline=None)
def test_every_option_costs_what_it_says(seed, picks):
    problem = made(seed, items=6)
    hard = price_of_a_rule(problem)

    def total(assignment):
        return soft_cost(problem, assignment) + hard * broken_rules(problem, assignment)

    table = Table(problem, numbers(*np.random.default_rng(seed).integers(3, size=6)), hard)
    for pick in picks[:8]:
        item = pick % 6
        options = table.weigh(item).copy()
        before, cost = table.bin.copy(), total(table.bin)
        possible = np.flatnonzero(np.isfinite(options))
        for option in possible.tolist():
            after = before.copy()
            if option < 6:
                after[[item, option]] = before[[option, item]]
            else:
                after[item] = option - 6
            assert total(after) - cost == options[option]
        if possible.size:
            table.take(item, int(possible[pick % possible.size]))


@pytest.mark.parametrize("seed", range(3))
def test_known_optimum_of_cliques_is_found(seed):
    assert improve(clique(), seed=seed, steps=5_000).cost == -18  # three times four choose two


def test_the_same_seed_and_steps_give_the_same_assignment():
    problem = made(7, items=12)

    first, second = (improve(problem, seed=3, steps=3_000) for _ in range(2))

    assert first.assignment.tolist() == second.assignment.tolist()
    assert (first.cost, first.steps) == (second.cost, second.steps)


def test_another_seed_goes_another_way():
    found = {tuple(improve(clique(), seed=seed, steps=2_000).assignment) for seed in range(5)}

    assert len(found) > 1


def test_pinned_items_stay_even_where_they_may_not_be():
    problem = clique()
    start = numbers(*[0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2])
    costs = problem.costs.copy()
    costs[0, 0] = np.inf
    pinned = LocalProblem(costs, problem.sizes, problem.capacities, problem.pairs, pinned=(0, 1, 2))

    result = improve(pinned, start, seed=1, steps=5_000)

    assert result.assignment[:3].tolist() == [0, 0, 0]
    assert result.broken == 1
    assert result.cost < soft_cost(pinned, start)


def test_when_all_is_pinned_nothing_is_searched():
    start = numbers(*[0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2])
    whole = clique()
    pinned = LocalProblem(
        whole.costs, whole.sizes, whole.capacities, whole.pairs, pinned=tuple(range(12))
    )

    result = improve(pinned, start)

    assert (result.assignment.tolist(), result.steps) == (start.tolist(), 0)


def test_rules_are_worth_more_than_any_benefit():
    greedy = symmetric(6, np.random.default_rng(1), -10_000_000, -9_000_000)
    problem = LocalProblem(
        costs=np.zeros((6, 3)),
        sizes=np.ones((6, 1), dtype=np.intp),
        capacities=np.array([[6], [6], [6]]),
        pairs=((greedy, SAME),),
        apart=((np.array([[0, 1], [2, 3]]), NEAR), (np.array([[4, 5]]), ORDER)),
    )

    result = improve(problem, seed=2, steps=4_000)

    assert result.broken == 0
    assert result.cost == best_of_all(problem)[1]


def test_a_start_is_never_made_worse():
    problem = clique()
    best = np.arange(12) % 3

    assert improve(problem, best, seed=1, steps=100).assignment.tolist() == best.tolist()


def test_what_cannot_hold_is_counted():
    crowded = LocalProblem(
        costs=np.zeros((5, 2)),
        sizes=np.ones((5, 1), dtype=np.intp),
        capacities=np.array([[2], [2]]),
    )

    assert improve(crowded, seed=1, steps=500).broken == 1


def test_stopping_ends_the_search_and_keeps_what_was_found():
    told = []

    result = improve(
        clique(),
        seed=1,
        steps=1_000_000,
        stop=lambda: len(told) == 3,
        progress=lambda cost, step: told.append((cost, step)),
    )

    assert [step for _, step in told] == [100, 200, 300]
    assert result.steps == 300
    assert result.cost <= told[-1][0]


def test_no_time_still_gives_an_answer():
    result = improve(clique(), seed=1, steps=1_000_000, seconds=0)

    assert (result.steps, result.broken) == (100, 0)
