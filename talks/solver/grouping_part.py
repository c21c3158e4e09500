"""Some bins divided anew, as well as can be: the exact half of the search for groups."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from heapq import nsmallest
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csc_matrix

from talks.solver.local_problem import LocalProblem

from .grouping_columns import Column, Columns, Floats, Group, Ints, Kind, worth

MOST = 2_000  # groups that a partition is chosen from: twice as many take ten times as long
PLACED = 4_000  # groups in places, when times have to be looked at
NODES = 200  # of the branch and bound
KEPT = 20_000  # groups remembered
LOSS = 2.0  # of those: at most
EPS = 1e-6

Place = tuple[Kind, int]  # a bin of some size at some time


@dataclass(frozen=True)
class Grouping:
    """Items to be gathered into bins, for as much benefit of pairs as possible.

    `apart` are pairs that are never in two bins of one time: in one bin they may be.
    """

    benefit: Floats  # items x items, symmetric
    kinds: tuple[Kind, ...]  # of each bin: the least and most items
    times: tuple[int, ...]  # of each bin
    apart: tuple[tuple[int, int], ...] = ()
    conflicts: NDArray[np.bool_] = field(init=False)

    def __post_init__(self) -> None:
        items = len(self.benefit)
        conflicts = np.zeros((items, items), dtype=bool)
        for one, other in self.apart:
            conflicts[one, other] = conflicts[other, one] = True
        benefit = self.benefit.copy()
        np.fill_diagonal(benefit, 0)  # an item is no pair with itself
        object.__setattr__(self, "benefit", benefit)
        object.__setattr__(self, "conflicts", conflicts)

    def local_problem(self) -> LocalProblem:
        """Return it as the local search has it."""
        bins = len(self.kinds)
        together = np.eye(bins)
        meanwhile = np.equal.outer(self.times, self.times) - together
        limits = np.array(self.kinds, dtype=np.intp)
        return LocalProblem(
            costs=np.zeros((len(self.benefit), bins)),
            sizes=np.ones((len(self.benefit), 1), dtype=np.intp),
            capacities=limits[:, 1:],
            minimums=limits[:, :1],
            pairs=((-self.benefit, together),),
            apart=((np.array(self.apart, dtype=np.intp).reshape(-1, 2), meanwhile),),
        )

    def worth(self, assignment: Ints) -> float:
        """Return the benefit of an assignment of items to bins."""
        same = assignment[:, None] == assignment[None]
        return float(self.benefit[same].sum()) / 2


class Parts:
    """Divides bins anew, and remembers groups that were good."""

    def __init__(self, grouping: Grouping):
        self.grouping = grouping
        self._known: dict[Group, int] = {}  # with their items as a mask

    def better(self, assignment: Ints, bins: Sequence[int]) -> tuple[Ints | None, bool]:
        """Return an assignment of more benefit that differs in some bins only, if one is found.

        The second value is False when not all groups that matter were looked at, as the bins
        were too many.
        """
        part = _Part(self.grouping, assignment, bins)
        columns = Columns(part.benefit, part.kinds, [*part.present, *self._within(part)])
        prices = columns.price()
        before = sum(worth(part.benefit, group) for group, _kind in part.present)
        self._remember(part, [c for c in columns.known if columns.loss(prices, c) <= LOSS])
        if prices.bound <= before + EPS:
            return None, True
        near = list(columns.near(prices, prices.bound - before, MOST))
        best = [column for column, _loss in nsmallest(MOST, near, itemgetter(1))]
        chosen = part.divided(best, before)
        after = None if chosen is None else part.put(assignment, chosen)
        return after, len(near) < MOST

    def know(self, assignment: Ints) -> None:
        """Remember the groups of an assignment."""
        for bin_ in np.unique(assignment):
            group = tuple(np.flatnonzero(assignment == bin_).tolist())
            self._known[group] = sum(1 << item for item in group)

    def _within(self, part: "_Part") -> Iterator[Column]:
        free = sum(1 << item for item in part.items)
        for group, mask in self._known.items():
            if not mask & ~free:
                own = tuple(part.index[item] for item in group)
                yield from ((own, k) for k in part.kinds if k[0] <= len(own) <= k[1])

    def _remember(self, part: "_Part", columns: list[Column]) -> None:
        if len(self._known) > KEPT:
            self._known.clear()
        for group, _kind in columns:
            items = tuple(part.items[place] for place in group)
            self._known[items] = sum(1 << item for item in items)


class _Part:
    """Some bins, their items counted from 0, and what the others leave them."""

    def __init__(self, grouping: Grouping, assignment: Ints, bins: Sequence[int]):
        self.grouping, self.bins = grouping, bins
        self.items: list[int] = np.flatnonzero(np.isin(assignment, bins)).tolist()
        self.index = {item: place for place, item in enumerate(self.items)}
        self.benefit = grouping.benefit[np.ix_(self.items, self.items)]
        self.kinds = Counter(grouping.kinds[bin_] for bin_ in bins)
        self.places = Counter((grouping.kinds[bin_], grouping.times[bin_]) for bin_ in bins)
        self.present: list[Column] = [
            (
                tuple(self.index[i] for i in np.flatnonzero(assignment == bin_).tolist()),
                grouping.kinds[bin_],
            )
            for bin_ in bins
        ]
        times = np.array(grouping.times)[assignment]
        fixed = ~np.isin(assignment, bins)
        self.barred: dict[int, NDArray[np.bool_]] = {
            time: self._barred(np.flatnonzero(fixed & (times == time)))
            for time in {grouping.times[bin_] for bin_ in bins}
        }

    def _barred(self, others: Ints) -> NDArray[np.bool_]:
        """Say of each item whether it must not be at the time of some others."""
        beside = self.grouping.conflicts[np.ix_(np.array(self.items), others)]
        return np.asarray(beside.any(axis=1))

    def divided(self, columns: list[Column], before: float) -> list[tuple[Group, Place]] | None:
        """Return groups and their places that are worth more than before.

        Times are looked at only when the best groups do not go into them.
        """
        groups = self._chosen([(g, (kind, 0)) for g, kind in columns], dict(self.kinds), before)
        if groups is None:
            return None
        best = [(group, kind) for group, (kind, _time) in groups]
        return self._timed(best, before) or self._timed(
            columns[: PLACED // len(self.places)], before
        )

    def _timed(self, columns: list[Column], before: float) -> list[tuple[Group, Place]] | None:
        placed = [
            (group, place)
            for group, kind in columns
            for place in self.places
            if place[0] == kind and not self.barred[place[1]][list(group)].any()
        ]
        return self._chosen(placed, None, before)

    def _chosen(
        self, columns: list[tuple[Group, Place]], kinds: dict[Kind, int] | None, before: float
    ) -> list[tuple[Group, Place]] | None:
        """Return the best partition: with `kinds` that of one time, else that of all places."""
        counts = {(kind, 0): n for kind, n in kinds.items()} if kinds else dict(self.places)
        rows, ends, low, high = self._rows(columns, counts, with_times=kinds is None)
        if not columns:
            return None
        found = milp(
            [-worth(self.benefit, group) for group, _place in columns],
            integrality=np.ones(len(columns)),
            bounds=Bounds(0, 1),
            constraints=LinearConstraint(
                csc_matrix((np.ones(len(rows)), rows, ends), shape=(len(low), len(columns))),
                low,
                high,
            ),
            options={"node_limit": NODES},
        )
        if found.x is None or -found.fun <= before + EPS:
            return None
        return [columns[place] for place in np.flatnonzero(found.x > 0.5).tolist()]

    def _rows(
        self, columns: list[tuple[Group, Place]], counts: dict[Place, int], with_times: bool
    ) -> tuple[list[int], list[int], list[int], list[int]]:
        """Return the rows of each column, where each ends, and the bounds of the rows."""
        items = len(self.items)
        row_of = {place: items + row for row, place in enumerate(counts)}
        high = [1] * items + list(counts.values())
        low = list(high)
        pairs = self._pairs() if with_times else {}
        at_once: dict[tuple[int, int, int], int] = {}
        rows, ends = [], [0]
        for group, place in columns:
            rows += [*group, row_of[place]]
            for pair in {pair for item in group for pair in pairs.get(item, ())}:
                rows.append(at_once.setdefault((*pair, place[1]), len(high) + len(at_once)))
            ends.append(len(rows))
        return rows, ends, low + [0] * len(at_once), high + [1] * len(at_once)

    def _pairs(self) -> dict[int, list[tuple[int, int]]]:
        found: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for pair in self.grouping.apart:
            if pair[0] in self.index and pair[1] in self.index:
                own = self.index[pair[0]], self.index[pair[1]]
                found[own[0]].append(own)
                found[own[1]].append(own)
        return found

    def put(self, assignment: Ints, chosen: list[tuple[Group, Place]]) -> Ints:
        """Return the assignment with the groups in bins of their places."""
        free: dict[Place, list[int]] = defaultdict(list)
        for bin_ in self.bins:
            free[self.grouping.kinds[bin_], self.grouping.times[bin_]].append(bin_)
        after = assignment.copy()
        for group, place in chosen:
            after[[self.items[item] for item in group]] = free[place].pop()
        return after
