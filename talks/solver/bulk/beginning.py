"""First times for many sessions, by moving about those that stand wrong.

An exact search keeps every rule from its first decision on, and where the hours are nearly full
it has to take many back. Here all sessions stand somewhere at once, and half of the looks go to
those that break a rule, as WalkSAT does (Selman, Kautz and Cohen 1994): a fraction of the time.
It cannot say that there is no timetable; who gets None has to search exactly.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from talks.solver.limits import Limits
from talks.solver.local import LOOK, Chain
from talks.solver.local_problem import Ints, LocalProblem

from .counts import Counts
from .improving import Times
from .order import linked
from .wishes import RoomCost

MANY = 200  # units: fewer are placed exactly at once
PASSES = 40  # looks at each unit, at most
WARM = 0.1  # of the price of a rule: the temperature


def first_starts(counts: Counts, cost: RoomCost, limits: Limits) -> dict[str, int] | None:
    """Return starts that keep the rules which count rooms by moment; None: none were found."""
    bulk = counts.bulk
    has_pinned = any(unit.session.is_for_all for unit in bulk.ground.units.values())
    if len(bulk.at) < MANY or has_pinned or any(linked(bulk)) or not all(bulk.at.values()):
        return None
    dice = np.random.default_rng(limits.seed)
    drawn = {code: int(dice.choice(list(at))) for code, at in bulk.at.items()}
    times = Times(counts, drawn, cost)
    problem = rules_of(times.problem())
    chain = Chain(problem, times.start, dice)
    every = chain.movable
    for look in range(PASSES * problem.items // LOOK):
        if chain.keeps_rules() or limits.is_over:
            break
        wrong = np.flatnonzero(standing_wrong(problem, chain.standing))
        chain.movable = wrong if wrong.size and look % 2 == 0 else every
        chain.look(chain.hard * WARM)
    if not chain.keeps_rules():
        return None
    places = zip(times.codes, chain.best.tolist(), strict=True)
    return {code: times.bins[place][0] for code, place in places}


def rules_of(problem: LocalProblem) -> LocalProblem:
    """Return a problem without all that only costs."""
    rules = np.isinf(problem.prices_of_resources())
    return replace(
        problem,
        costs=np.where(np.isinf(problem.costs), np.inf, 0.0),
        sizes=problem.sizes[:, rules],
        capacities=problem.capacities[:, rules],
        pairs=(),
        prices=None,
    )


def standing_wrong(problem: LocalProblem, places: Ints) -> NDArray[np.bool_]:
    """Say of each item whether a rule about it is broken; of a pool that is too full, of all."""
    wrong: NDArray[np.bool_] = np.isinf(problem.costs[np.arange(problem.items), places])
    for pairs, relation in problem.apart:
        first, second = pairs.T
        wrong[pairs[relation[places[first], places[second]] > 0].ravel()] = True
    lacking = problem.used(places) > problem.capacities
    needs = problem.pools_of_bins()[places] @ lacking * problem.sizes
    wrong |= (needs > 0).any(axis=1)
    return wrong
