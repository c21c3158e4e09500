"""Items into bins at the least sum of pairwise costs, where an exact model is weak.

Simulated annealing over moves and swaps. All exchanges of one item are weighed at once in vector
expressions, and one of them (or none) is drawn with the chances that a Metropolis chain would
come to, without its many refusals: the n-fold way of Bortz, Kalos and Lebowitz (1975), an item
at a time. A broken rule costs more than all that is soft, so a start that keeps the rules stays
so, and one that does not is mended on the way.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import inf, remainder
from time import monotonic

import numpy as np

from talks.solver.local_problem import (
    Floats,
    Ints,
    LocalProblem,
    Relation,
    broken_rules,
    price_of_a_rule,
    soft_cost,
)
from talks.solver.local_table import Table

__all__ = ["Floats", "Ints", "LocalProblem", "LocalResult", "Relation", "improve"]

LOOK = 100  # steps at one temperature, and between two looks at the clock
DEEP = 30.0  # in temperatures: what costs more is never drawn
MELTED, SMOOTH = 0.85, 5  # of the steps lead to a move, in the mean of so many looks
FROZEN, COLD = 0.1, 0.005  # of the temperature of melting: nearly, and surely
MEND, SWEEP, LEAST, REHEAT, QUENCH = 8, 40, 100, 20, 4  # passes over all items
CYCLE = 6  # looks at each pair of items in a cycle, and at least `LEAST` passes
FRUITLESS = 60  # reheats that win nothing, after which it is better to begin anew
TINY = 1e-6  # of cost: no difference


@dataclass(frozen=True, slots=True)
class LocalResult:
    assignment: Ints  # item -> bin
    cost: float  # the soft sum
    broken: int  # rules that do not hold, counted by item, pair and lacking unit
    steps: int  # how many were made


def improve(
    problem: LocalProblem,
    start: Ints | None = None,
    *,
    seed: int = 0,
    steps: int = 100_000,
    seconds: float = inf,
    stop: Callable[[], bool] | None = None,
    progress: Callable[[float, int], None] | None = None,
) -> LocalResult:
    """Return the best assignment seen in `steps` steps, a step being a look at one item.

    Steps are rounded up to hundreds. The same problem, start, seed and steps give the same
    assignment, unless `seconds` by the wall clock or `stop` end the search earlier. `progress`
    gets the best soft cost so far and the steps made. Without a start one is drawn.
    """
    dice = np.random.default_rng(seed)
    if start is None:
        start = dice.integers(problem.bins, size=problem.items)
    search = Chain(problem, np.array(start, dtype=np.intp), dice)
    end = monotonic() + seconds
    done = 0
    for temperature in temperatures(search, -(-steps // LOOK)):
        search.look(temperature)
        done += LOOK
        if progress is not None:
            progress(remainder(search.best_cost, search.hard), done)
        if monotonic() > end or (stop is not None and stop()):
            search.freeze()
            break
    best = search.best
    return LocalResult(best, soft_cost(problem, best), broken_rules(problem, best), done)


class Chain:
    """One chain: where it stands, and the best it has seen."""

    def __init__(self, problem: LocalProblem, start: Ints, dice: np.random.Generator) -> None:
        self.hard = price_of_a_rule(problem)
        self.movable = np.setdiff1d(np.arange(problem.items), problem.pinned)
        self.cost = soft_cost(problem, start) + self.hard * broken_rules(problem, start)
        self.best, self.best_cost = start.copy(), self.cost
        self.recent, self.recent_cost = self.best, self.cost  # the best of this cycle
        self.moves = 0  # made in the last look
        self.melts = 1.0  # the temperature, as soon as `temperatures` has found it
        self._table = Table(problem, start, self.hard)
        self._dice = dice

    @property
    def standing(self) -> Ints:
        """The assignment as it is now."""
        return self._table.bin

    def look(self, temperature: float) -> None:
        """Make `LOOK` steps at a temperature."""
        self.moves = 0
        items = self._dice.choice(self.movable, LOOK).tolist()
        for item, luck in zip(items, self._dice.random(LOOK).tolist(), strict=True):
            options = self._table.weigh(item)
            option = _drawn(options, temperature, luck)
            if option is None:
                continue
            self.moves += 1
            self.cost += float(options[option])
            self._table.take(item, option)
            if self.cost < self.recent_cost - TINY:
                self.recent, self.recent_cost = self._table.bin.copy(), self.cost
        if self.recent_cost < self.best_cost - TINY:
            self.best, self.best_cost = self.recent, self.recent_cost

    def keeps_rules(self) -> bool:
        """Say whether an assignment was seen that breaks no rule."""
        return self.best_cost < self.hard / 2

    def begin(self) -> None:
        """Forget what was best in the cycle before."""
        self.recent, self.recent_cost = self._table.bin.copy(), self.cost

    def back_to(self, assignment: Ints, cost: float) -> None:
        """Stand at an assignment again, of known cost."""
        for item in np.flatnonzero(self._table.bin != assignment).tolist():
            self._table.take(item, self._table.items + int(assignment[item]))
        self.cost = cost
        self.recent_cost = inf

    def chance(self) -> float:
        """Return a number from -1 to 1."""
        return float(self._dice.uniform(-1, 1))

    def freeze(self) -> None:
        """Go down from where it stands, in a fraction of a second: it may be cut short."""
        for _ in range(_looks(self, QUENCH)):
            self.look(self.hard / 2.0**40)

    def widest(self) -> float:
        """Return how much an exchange changes the soft cost at most, by a sample."""
        sample = self._dice.choice(self.movable, 30)
        options = np.abs([self._table.weigh(int(item)) for item in sample])
        return float(options[options < self.hard / 2].max(initial=0)) or 1.0


def _drawn(options: Floats, temperature: float, luck: float) -> int | None:
    """Draw an option, or None to stay, each with a weight of exp(-cost / temperature)."""
    near = np.flatnonzero(options < DEEP * temperature)
    if not near.size:
        return None
    costs = options[near]
    least = min(float(costs.min()), 0.0)
    chances = np.exp((least - costs) / temperature).cumsum()
    drawn = luck * (chances[-1] + np.exp(least / temperature))
    return int(near[chances.searchsorted(drawn, "right")]) if drawn < chances[-1] else None


def temperatures(search: Chain, looks: int) -> Iterator[float]:
    """Yield the temperature of each look: first down to where the problem melts, then cycles."""
    if not search.movable.size:
        return
    if not search.keeps_rules():
        mending = _mending(search, looks)
        looks -= len(mending)
        yield from mending
    hot, seen = search.widest(), [LOOK] * SMOOTH
    for lower in falling(hot, hot / 300, min(looks // 4, _looks(search, SWEEP))):
        yield (hot := lower)
        seen = [*seen[1:], search.moves]
        looks -= 1
        if sum(seen) < MELTED * SMOOTH * LOOK:
            break
    search.melts = hot
    while looks > 0:
        anneal = min(looks, _looks(search, max(LEAST, CYCLE * len(search.movable))))
        looks -= anneal
        quench = min(anneal // 5, _looks(search, QUENCH))
        search.begin()
        yield from falling(hot, hot * FROZEN, anneal - quench)
        yield from [hot * COLD] * quench
        for temperature in _reheats(search, hot, looks):
            looks -= 1
            yield temperature
        mending = _mending(search, looks)
        looks -= len(mending)
        yield from mending


def _reheats(search: Chain, hot: float, looks: int) -> Iterator[float]:
    """Yield short cycles from the best of this cycle, until many in a row have won nothing."""
    length, fruitless = _looks(search, REHEAT), 0
    kept, cost = search.recent, search.recent_cost
    while fruitless < FRUITLESS and looks >= length:
        looks -= length
        fruitless += 1
        search.back_to(kept, cost)
        yield from falling(hot * 2 ** search.chance(), hot * FROZEN / 2, length)
        if search.recent_cost < cost - TINY:
            fruitless = 0
        if search.recent_cost <= cost + TINY:
            kept, cost = search.recent, search.recent_cost


def _mending(search: Chain, looks: int) -> list[float]:
    """Return temperatures so hot that not even rules hold, falling until they do."""
    return falling(search.hard, search.hard / 50, min(looks // 4, 10 + _looks(search, MEND)))


def _looks(search: Chain, passes: int) -> int:
    """Return how many looks weigh each item so many times."""
    return -(-passes * len(search.movable) // LOOK)


def falling(hot: float, cold: float, looks: int) -> list[float]:
    """Return the temperatures of so many looks."""
    return np.geomspace(hot, cold, looks).tolist()
