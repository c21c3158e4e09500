"""Items gathered into groups for the most benefit: papers into sessions.

An iterated local search whose every result is mended by exact means: annealing from the best
found finds another way to group, then a few bins at a time are divided anew as well as can be
(`grouping_part`). Iterated local search with set partitioning is how Correia, Subramanian,
Bulhoes and Penna (2021) schedule conferences; here the partition is of a part only, and its
groups come from column generation.
"""

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import inf
from operator import itemgetter

import numpy as np

from .grouping_columns import Ints
from .grouping_part import Grouping, Parts
from .local import LOOK, Chain, falling, temperatures
from .local_problem import broken_rules

__all__ = ["Grouped", "Grouping", "gather"]

FIRST = 1_000  # looks at each item in the first local search
REHEAT = 60  # and in the following ones
WARM = 0.5, 1.8  # of the melting temperature: from there they cool down
COLD = 0.1
SMALL, LARGE = 4, 12  # bins divided anew
GROWS, SHRINKS = 0.25, 0.5  # bins, after a part that was looked through, and one too large
FAILURES = 4  # of parts, after which it is enough
LESS, LEAST = 0.85, 0.2  # trust in it, after it was in vain
LOSSES, GOOD = 20, 0.3  # searches remembered, and how many of them are looked into
FRUITLESS = 40  # rounds, after which it is better to begin anew
ELITE = 6  # ends of such runs that are crossed with later ones
CROSSED = 14  # bins that two may differ in


@dataclass(frozen=True, slots=True)
class Grouped:
    assignment: Ints  # item -> bin
    worth: float
    broken: int  # rules that do not hold; 0 unless the first search found nothing better
    rounds: int


def gather(
    grouping: Grouping,
    *,
    seed: int = 0,
    rounds: int = 100,
    stop: Callable[[], bool] | None = None,
    progress: Callable[[float], None] | None = None,
) -> Grouped:
    """Return the best grouping found in so many rounds, one local search each.

    The same grouping, seed and rounds give the same answer, unless `stop` ends it. `progress`
    gets the benefit of each better one.
    """
    search = _Search(grouping, seed, stop or (lambda: False), progress or (lambda _worth: None))
    done = 0
    while done < rounds:
        done += 1
        search.round()
        if search.is_over():
            break
    return Grouped(search.best, search.best_worth, search.broken, done)


class _Search:
    """Where the search stands, and the best it has seen."""

    def __init__(
        self,
        grouping: Grouping,
        seed: int,
        is_over: Callable[[], bool],
        progress: Callable[[float], None],
    ):
        self.grouping, self.is_over, self.progress = grouping, is_over, progress
        self.problem = grouping.local_problem()
        self.dice = np.random.default_rng(seed)
        self.parts = Parts(grouping)
        self.best, self.best_worth, self.broken = np.empty(0, dtype=np.intp), -inf, -1
        self._fruitless = FRUITLESS
        self.here: Ints = self.best  # where the search stands
        self.here_worth: float = -inf
        self.run, self.run_worth = self.best, -inf  # the best of this run
        self._size = float(SMALL)
        self._trust = 1.0
        self._losses: deque[float] = deque([0.0], maxlen=LOSSES)
        self._elite: list[tuple[float, Ints]] = []

    def round(self) -> None:
        """Find another way to group, and mend it."""
        if self._fruitless >= FRUITLESS:
            self._cross()
            self._begin()
            return
        after, worth = self._elsewhere()
        self._fruitless += 1
        self._losses.append(max(0.0, min(self.here_worth - worth, abs(self.here_worth))))
        good = float(np.quantile(self._losses, GOOD))
        if worth < self.here_worth - good:
            return
        if self.dice.random() < self._trust:
            before = worth
            after, worth = self._mended(after, changed(self.here, after))
            self._trust = 1.0 if worth > before else max(LEAST, self._trust * LESS)
        if worth > self.run_worth:
            self.run, self.run_worth, self._fruitless = after, worth, 0
        if worth > self.here_worth - good * self.dice.random() ** 2:
            self.here, self.here_worth = after, worth

    def _cross(self) -> None:
        """Divide anew where the best of this run and those of others before differ."""
        if self.run_worth == -inf:
            return
        for _worth, other in list(self._elite):
            bins = changed(other, self.run).tolist()
            if 1 < len(bins) <= CROSSED and not self.is_over():
                self.parts.know(other)
                after, _whole = self.parts.better(self.run, bins)
                if after is not None:
                    self.run, self.run_worth = after, self.grouping.worth(after)
                    self._note(self.run, self.run_worth)
        self._elite = sorted([*self._elite, (self.run_worth, self.run)], key=itemgetter(0))[-ELITE:]

    def _begin(self) -> None:
        items, bins = len(self.grouping.benefit), len(self.grouping.kinds)
        self.chain = Chain(self.problem, self.dice.integers(bins, size=items), self.dice)
        self._cool(temperatures(self.chain, -(-FIRST * items // LOOK)))
        self.here = self.chain.best
        self.here_worth = self.grouping.worth(self.here)
        self._fruitless, self.run_worth = 0, -inf
        if self.chain.keeps_rules():
            self._note(self.here, self.here_worth)
            every = np.arange(bins)
            self.here, self.here_worth = self._mended(self.here, every)
            self.run, self.run_worth = self.here, self.here_worth
        else:
            self._fruitless = FRUITLESS
            if self.broken:
                self.best, self.best_worth = self.here, self.here_worth
                self.broken = broken_rules(self.problem, self.here)

    def _cool(self, falling: Iterable[float]) -> None:
        for temperature in falling:
            self.chain.look(temperature)
            if self.is_over():
                break

    def _elsewhere(self) -> tuple[Ints, float]:
        """Return where the chain comes to from here."""
        chain = self.chain
        chain.back_to(self.here, -self.here_worth)
        hot = chain.melts * float(self.dice.uniform(*WARM))
        looks = -(-REHEAT * len(self.here) // LOOK)
        warm = falling(hot, chain.melts * COLD, looks)
        self._cool(warm[: looks // 3])
        chain.recent_cost = inf  # forget where it came from
        self._cool(warm[looks // 3 :])
        if chain.recent_cost > chain.hard / 2:
            return self.here, -inf
        worth = self.grouping.worth(chain.recent)
        self._note(chain.recent, worth)
        return chain.recent, worth

    def _mended(self, assignment: Ints, first: Ints) -> tuple[Ints, float]:
        """Divide some bins anew, one of `first` among them, until that wins nothing any more."""
        worth, failed = self.grouping.worth(assignment), 0
        while len(first) and failed < FAILURES and not self.is_over():
            bins = self._near(assignment, int(self.dice.choice(first)), round(self._size))
            after, is_whole = self.parts.better(assignment, bins)
            size = self._size + (GROWS if is_whole else -SHRINKS)
            self._size = min(max(size, SMALL), LARGE)
            failed += 1
            if after is not None:
                assignment, failed = after, 0
                worth = self.grouping.worth(after)
                self._note(after, worth)
        return assignment, worth

    def _near(self, assignment: Ints, first: int, count: int) -> list[int]:
        """Draw bins whose items have much to do with those of the first one."""
        bins = len(self.grouping.kinds)
        inside = np.equal.outer(np.arange(bins), assignment).astype(float)
        between = inside @ self.grouping.benefit @ inside.T
        found = [first]
        while len(found) < min(count, bins):
            luck = (between[found].sum(axis=0) + 1) * self.dice.random(bins)
            luck[found] = -1
            found.append(int(luck.argmax()))
        return sorted(found)

    def _note(self, assignment: Ints, worth: float) -> None:
        if worth > self.best_worth or self.broken:
            self.best, self.best_worth, self.broken = assignment.copy(), worth, 0
            self.progress(worth)


def changed(before: Ints, after: Ints) -> Ints:
    """Return the bins that hold a group that there was not before."""
    groups = {np.flatnonzero(before == bin_).tobytes() for bin_ in np.unique(before)}
    new = [
        b for b in np.unique(after).tolist() if np.flatnonzero(after == b).tobytes() not in groups
    ]
    return np.array(new, dtype=np.intp)
