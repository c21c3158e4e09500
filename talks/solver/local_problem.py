"""The problem that the local search solves: items, bins, what they offer, and what pairs cost.

It knows neither talks nor rooms. A bin may be a time slot, a session, or a start; an item a talk
or a paper. Items, bins, pools and resources are counted from 0.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
Relation = NDArray[np.float64]  # bins x bins, 0 where two bins have nothing to do with each other


@dataclass(frozen=True, slots=True)
class LocalProblem:
    """What is to be placed, and the sum that is to be small.

    The sum has `costs[i, bin of i]` for each item, `weights[i, j] * relation[bin of i, bin of j]`
    for each pair i < j and each of `pairs` (both matrices symmetric; below 0 for a benefit), and
    `prices[r]` for each unit of resource r that a pool lacks; a price of inf makes it a rule.

    `apart` are rules: `relation[bin of first, bin of second]` must be 0. "Never at the same time"
    is a symmetric relation, a precedence one that is not.

    Without `takes` each bin is a pool of its own. With it, an item in bin b takes what it needs
    of every pool p where `takes[b, p]` is 1: so a talk that fills two slots takes of both.
    """

    costs: Floats  # items x bins; inf where an item may not be
    sizes: Ints  # items x resources: what an item takes
    capacities: Ints  # pools x resources
    pairs: tuple[tuple[Floats, Relation], ...] = ()
    apart: tuple[tuple[Ints, Relation], ...] = ()  # rows of (first, second), relation of 0 and 1
    minimums: Ints | None = None  # pools x resources, always a rule
    prices: Floats | None = None  # by resource; None: all capacities are rules
    pinned: tuple[int, ...] = ()  # items that stay where the start has them
    takes: Ints | None = None  # bins x pools, of 0 and 1

    @property
    def items(self) -> int:
        """How many items there are."""
        return self.costs.shape[0]

    @property
    def bins(self) -> int:
        """How many bins there are."""
        return self.costs.shape[1]

    def pools_of_bins(self) -> Ints:
        """Return `takes`, written out."""
        return np.eye(self.bins, dtype=np.intp) if self.takes is None else self.takes

    def prices_of_resources(self) -> Floats:
        """Return `prices`, written out."""
        return np.full(self.sizes.shape[1], np.inf) if self.prices is None else self.prices

    def used(self, assignment: Ints) -> Ints:
        """Return what an assignment takes, pools x resources."""
        by_bin = np.zeros((self.bins, self.sizes.shape[1]), dtype=np.intp)
        np.add.at(by_bin, assignment, self.sizes)
        return self.pools_of_bins().T @ by_bin


def soft_cost(problem: LocalProblem, assignment: Ints) -> float:
    """Return the sum that is to be small, reckoned afresh; without what is forbidden."""
    own = problem.costs[np.arange(problem.items), assignment]
    cost = float(own[np.isfinite(own)].sum())
    for weights, relation in problem.pairs:
        both = weights * relation[np.ix_(assignment, assignment)]
        cost += float(both.sum() - np.trace(both)) / 2
    prices = problem.prices_of_resources()
    soft = np.isfinite(prices)
    lacking = np.maximum(problem.used(assignment) - problem.capacities, 0).sum(axis=0)
    return cost + float(lacking[soft] @ prices[soft])


def broken_rules(problem: LocalProblem, assignment: Ints) -> int:
    """Return how many rules do not hold, counted by item, pair and lacking unit."""
    own = problem.costs[np.arange(problem.items), assignment]
    broken = int(np.isinf(own).sum())
    for pairs, relation in problem.apart:
        first, second = assignment[pairs].T
        broken += int(relation[first, second].sum())
    used = problem.used(assignment)
    lacking = np.maximum(used - problem.capacities, 0).sum(axis=0)
    broken += int(lacking[np.isinf(problem.prices_of_resources())].sum())
    if problem.minimums is not None:
        broken += int(np.maximum(problem.minimums - used, 0).sum())
    return broken


def price_of_a_rule(problem: LocalProblem) -> float:
    """Return a power of 2 that is above four times what all soft costs together can be."""
    finite = np.abs(
        problem.costs, where=np.isfinite(problem.costs), out=np.zeros_like(problem.costs)
    )
    most = float(finite.max(axis=1, initial=0).sum())
    for weights, relation in problem.pairs:
        most += float(np.abs(weights).sum() / 2 * np.abs(relation).max(initial=0))
    prices = problem.prices_of_resources()
    most += float(problem.sizes.sum(axis=0) @ np.where(np.isfinite(prices), prices, 0)) * max(
        1, int(problem.pools_of_bins().sum(axis=1).max(initial=1))
    )
    return float(2.0 ** max(20, np.ceil(np.log2(4 * most + 1))))
