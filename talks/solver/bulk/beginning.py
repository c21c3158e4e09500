"""First times for many sessions: a local search comes near, and CP-SAT mends what it left.

Where hundreds of sessions have room enough, moving them about until no rule is broken takes a
fraction of the time that an exact search does; but that search alone can end what is tight.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from talks.solver.limits import Limits
from talks.solver.local import improve
from talks.solver.local_problem import Ints, LocalProblem

from .counts import Counts
from .improving import Times
from .order import linked
from .wishes import RoomCost

MANY = 200  # units: fewer are placed by CP-SAT alone
PASSES = 10  # of the local search over all units
LOOSE = 0.2  # of the units that stand well: free to move too, when some do not


@dataclass(frozen=True, slots=True)
class Beginning:
    """Starts by unit, and those units that should be free to start at other times."""

    starts: dict[str, int]
    loose: frozenset[str]


def beginning(counts: Counts, cost: RoomCost, limits: Limits) -> Beginning | None:
    """Return where a local search for times that break no rule has come, if one is worth it."""
    bulk = counts.bulk
    fixed = any(unit.session.is_for_all for unit in bulk.ground.units.values())
    if len(bulk.at) < MANY or fixed or any(linked(bulk)) or not all(bulk.at.values()):
        return None
    dice = np.random.default_rng(limits.seed)
    drawn = {code: int(dice.choice(list(at))) for code, at in bulk.at.items()}
    times = Times(counts, drawn, cost)
    problem = rules_of(times.problem())
    left = float("inf") if limits.seconds is None else max(0.0, limits.seconds - limits.elapsed)
    found = improve(
        problem,
        times.start,
        seed=limits.seed,
        steps=PASSES * problem.items,
        seconds=left,
        stop=limits.stop,
    )
    places = found.assignment
    wrong = standing_wrong(problem, places)
    if wrong.any():
        wrong |= dice.random(problem.items) < LOOSE
    named = list(zip(times.codes, places.tolist(), strict=True))
    return Beginning(
        {code: times.bins[place][0] for code, place in named},
        frozenset(code for (code, _place), bad in zip(named, wrong, strict=True) if bad),
    )


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
    """Say of each item whether a rule about it is broken."""
    wrong = np.isinf(problem.costs[np.arange(problem.items), places])
    for pairs, relation in problem.apart:
        clashing = relation[places[pairs[:, 0]], places[pairs[:, 1]]] > 0
        wrong[pairs[clashing].ravel()] = True
    lacking = problem.used(places) > problem.capacities
    takes = problem.pools_of_bins()[places]
    return wrong | ((takes @ lacking) * problem.sizes > 0).any(axis=1)
