"""Tests for gathering items into groups, beside all groups and all partitions of a few items."""

from itertools import combinations, product

import numpy as np
import pytest

from talks.solver.grouping import Grouping, changed, gather
from talks.solver.grouping_columns import Columns, groups_worth, worth
from talks.solver.grouping_part import Parts

KINDS = ((2, 3), (2, 3), (1, 2))


def benefits(seed, items=7):
    """A random symmetric matrix of 0 to 9."""
    half = np.triu(np.random.default_rng(seed).integers(10, size=(items, items)), 1)
    return (half + half.T).astype(float)


def made(seed, apart=((0, 1), (2, 3), (0, 4))):
    return Grouping(benefits(seed), KINDS, times=(0, 0, 1), apart=apart)


def is_allowed(grouping, places):
    sizes = [places.count(bin_) for bin_ in range(len(grouping.kinds))]
    fits = all(a <= size <= b for size, (a, b) in zip(sizes, grouping.kinds, strict=True))
    return fits and all(
        places[one] == places[other] or grouping.times[places[one]] != grouping.times[places[other]]
        for one, other in grouping.apart
    )


def best_of_all(grouping):
    bins = range(len(grouping.kinds))
    every = product(bins, repeat=len(grouping.benefit))
    return max(grouping.worth(np.array(p)) for p in every if is_allowed(grouping, p))


@pytest.mark.parametrize("size", [0, 1, 2, 3, 4])
@pytest.mark.parametrize("least", [-20.0, 0.0, 3.0])
def test_all_groups_that_are_worth_enough_are_found(size, least):
    benefit, prices = benefits(1), np.random.default_rng(2).uniform(0, 8, 7)
    gains = {
        group: worth(benefit, group) - prices[list(group)].sum()
        for group in combinations(range(7), size)
    }

    members, value, is_whole = groups_worth(benefit, prices, size, least, 1_000)

    found = dict(zip(map(tuple, members.tolist()), value.round(6).tolist(), strict=True))
    assert is_whole
    assert found == {group: round(gain, 6) for group, gain in gains.items() if gain >= least}


def test_too_many_groups_are_cut_to_the_best_and_said_so():
    benefit = benefits(1)

    members, value, is_whole = groups_worth(benefit, np.zeros(7), 2, 0.0, 3)

    assert not is_whole
    assert sorted(value) == sorted(benefit[np.triu_indices(7, 1)])[-3:]
    assert len(members) == 3


@pytest.mark.parametrize("seed", range(5))
def test_no_partition_is_worth_more_than_the_bound_and_the_best_is_made_of_near_groups(seed):
    grouping = made(seed, apart=())
    columns = Columns(grouping.benefit, {(2, 3): 2, (1, 2): 1}, [((0, 1, 2), (2, 3))])
    best = best_of_all(grouping)

    prices = columns.price()

    near = {group for (group, _kind), _loss in columns.near(prices, prices.bound - best, 1_000)}
    assert prices.bound >= best - 1e-6
    partitions = (
        parts for parts in combinations(near, 3) if sorted(sum(parts, ())) == list(range(7))
    )
    assert best in {sum(worth(grouping.benefit, group) for group in p) for p in partitions}


@pytest.mark.parametrize("seed", range(5))
def test_all_bins_divided_anew_are_divided_as_well_as_can_be(seed):
    grouping = made(seed)
    every = [p for p in product(range(3), repeat=7) if is_allowed(grouping, p)]
    start = np.array(min(every, key=lambda places: grouping.worth(np.array(places))))

    after, is_whole = Parts(grouping).better(start, [0, 1, 2])

    assert is_allowed(grouping, tuple(after.tolist()))
    assert grouping.worth(after) == best_of_all(grouping)
    assert is_whole
    assert Parts(grouping).better(after, [0, 1, 2]) == (None, True)


def test_what_is_in_other_bins_stays_and_is_minded():
    grouping = made(3)
    start = np.array([0, 0, 1, 1, 0, 1, 2])

    after, _is_whole = Parts(grouping).better(start, [1, 2])

    changed_ = start if after is None else after
    assert (changed_ == 0).tolist() == (start == 0).tolist()
    assert is_allowed(grouping, tuple(changed_.tolist()))


@pytest.mark.parametrize("seed", range(3))
def test_the_best_of_all_groupings_is_found(seed):
    grouping, told = made(seed), []

    found = gather(grouping, seed=seed, rounds=5, progress=told.append)

    assert found.broken == 0
    assert is_allowed(grouping, tuple(found.assignment.tolist()))
    assert found.worth == told[-1] == best_of_all(grouping)


def test_the_same_seed_and_rounds_give_the_same_grouping():
    grouping = Grouping(benefits(4, 24), ((3, 4),) * 6, times=(0, 0, 0, 1, 1, 1))

    first, second = (gather(grouping, seed=5, rounds=4) for _ in range(2))

    assert first.assignment.tolist() == second.assignment.tolist()
    assert (first.worth, first.rounds) == (second.worth, 4)


def test_rules_that_cannot_hold_are_counted():
    grouping = Grouping(benefits(0, 3), ((1, 1), (1, 1)), times=(0, 1))

    found = gather(grouping, rounds=2)

    assert found.broken == 1  # three items, two places


def test_a_search_that_is_stopped_gives_what_it_has():
    found = gather(made(1), rounds=1_000, stop=lambda: True)

    assert found.rounds == 1
    assert len(found.assignment) == 7


def test_bins_with_other_groups_are_found_whatever_their_numbers():
    before, after = np.array([0, 0, 1, 1, 2]), np.array([2, 2, 0, 1, 0])

    assert changed(before, after).tolist() == [0, 1]
