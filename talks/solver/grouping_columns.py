"""Every group that may matter: column generation for items gathered into groups.

A group, the items of one bin, is worth the benefits of its pairs. The linear programme over all
groups gives each item and each kind of bin a price; only groups that are worth nearly what they
cost at these prices can be part of a better partition. This is how the clustering model of
Bulhoes, Correia and Subramanian is priced (branch-cut-and-price), but groups are not sampled or
searched one by one: they are grown from pairs, all at once.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csc_matrix, eye_array, hstack

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
Kind = tuple[int, int]  # least and most items of a bin
Group = tuple[int, ...]  # items, rising
Column = tuple[Group, Kind]

MOST = 4_000, 40_000  # groups looked at of one size: at first, and when that finds none
NEW = 40  # groups of a kind and size that come into the programme at a time
ROUNDS = 60
CHUNK = 10_000  # groups grown at a time, for memory
SMOOTH = 0.5  # of the prices of the round before
EPS = 1e-6


@dataclass(frozen=True, slots=True)
class Prices:
    """What the linear programme says."""

    bound: float  # no partition is worth more, when the last groups were all looked at
    items: Floats
    bins: Mapping[Kind, float]


def worth(benefit: Floats, group: Sequence[int]) -> float:
    """Return the benefit of all pairs of a group."""
    return float(benefit[np.ix_(group, group)].sum()) / 2


def groups_worth(
    benefit: Floats, prices: Floats, size: int, least: float, most: int
) -> tuple[Ints, Floats, bool]:
    """Return the groups of a size that are worth `least` more than their prices, and how much.

    With the prices spread over its pairs a group is a clique of weighted edges. As the best part
    of a clique is no worse than the mean of its parts, one part of t items is worth
    t(t-1)/size(size-1) of it: so all are found by growing pairs that are worth enough. Of more
    than `most` at a time the best are kept; then the last value is False.
    """
    items, is_whole = len(benefit), True
    if size < 2:
        members = np.arange(items)[:, None] if size else np.empty((1, 0), dtype=np.intp)
        value = -prices if size else np.zeros(1)
        return members[value >= least - EPS], value[value >= least - EPS], True
    edges = benefit - (prices[:, None] + prices[None]) / (size - 1)
    np.fill_diagonal(edges, -np.inf)
    members = np.argwhere(np.triu(np.ones((items, items), dtype=bool), 1))
    value = edges[members[:, 0], members[:, 1]]
    for count in range(2, size + 1):
        enough = least * count * (count - 1) / (size * (size - 1)) - EPS
        if count > 2:
            members, value = _grown(edges, members, value, enough)
        members, value = members[value >= enough], value[value >= enough]
        if len(members) > most:
            best = np.argpartition(-value, most)[:most]
            members, value, is_whole = members[best], value[best], False
    return members, value, is_whole


def _grown(edges: Floats, members: Ints, value: Floats, least: float) -> tuple[Ints, Floats]:
    """Return the groups with one item more that are worth enough, each once."""
    grown, values = [np.empty((0, members.shape[1] + 1), dtype=np.intp)], [np.empty(0)]
    for begin in range(0, len(members), CHUNK):
        some = members[begin : begin + CHUNK]
        total = edges[some].sum(axis=1) + value[begin : begin + CHUNK, None]
        row, item = np.nonzero(total >= least)
        grown.append(np.sort(np.hstack([some[row], item[:, None]]), axis=1))
        values.append(total[row, item])
    every, value = np.concatenate(grown), np.concatenate(values)
    key = every @ (len(edges) ** np.arange(every.shape[1]))
    _keys, first = np.unique(key, return_index=True)
    return every[first], value[first]


class Columns:
    """The groups known so far of some items, and the linear programme over them."""

    def __init__(self, benefit: Floats, bins: Mapping[Kind, int], known: Iterable[Column]):
        self.benefit, self.bins = benefit, bins
        self.known = {(group, kind): worth(benefit, group) for group, kind in known}
        self._sizes: dict[int, list[Kind]] = {}
        for kind in bins:
            for size in range(kind[0], kind[1] + 1):
                self._sizes.setdefault(size, []).append(kind)

    def price(self) -> Prices:
        """Solve the linear programme over all groups."""
        most = MOST[0]
        found = old = self._solve()
        for _ in range(ROUNDS):
            smooth = _between(old, found)
            added, is_whole = self._add(smooth, found, most)
            if not added:
                smooth = found
                added, is_whole = self._add(found, found, most)
            if not added:
                if is_whole or most == MOST[1]:
                    break
                most = MOST[1]
            found, old = self._solve(), smooth
        return found

    def near(self, prices: Prices, gap: float, most: int) -> Iterator[tuple[Column, float]]:
        """Yield the groups that lose at most `gap`, the `most` best of a size, and what they lose.

        What is worth more than `prices.bound - gap` is made of these, if none was left out.
        """
        for size, kinds in self._sizes.items():
            least = min(prices.bins[kind] for kind in kinds) - gap
            members, value, _whole = groups_worth(self.benefit, prices.items, size, least, most)
            for kind in kinds:
                loss = prices.bins[kind] - value
                near = loss <= gap + EPS
                for row, lost in zip(members[near].tolist(), loss[near].tolist(), strict=True):
                    yield (tuple(row), kind), lost

    def loss(self, prices: Prices, column: Column) -> float:
        """Return by how much a group is worth less than its prices."""
        group, kind = column
        return float(prices.items[list(group)].sum()) + prices.bins[kind] - self.known[column]

    def _add(self, rough: Prices, true: Prices, most: int) -> tuple[int, bool]:
        """Add groups that rough prices find and the true ones confirm; say if all were seen."""
        before, seen = len(self.known), True
        for size, kinds in self._sizes.items():
            least = min(rough.bins[kind] for kind in kinds)
            members, value, is_whole = groups_worth(self.benefit, rough.items, size, least, most)
            seen &= is_whole
            gain = value + (rough.items - true.items)[members].sum(axis=1)
            for kind in kinds:
                more = gain - true.bins[kind]
                best = np.argsort(-more)[:NEW]
                for row in members[best[more[best] > EPS]].tolist():
                    self.known.setdefault((tuple(row), kind), worth(self.benefit, row))
        return len(self.known) - before, seen

    def _solve(self) -> Prices:
        matrix = matrix_of(list(self.known), len(self.benefit), list(self.bins))
        right = np.array([1.0] * len(self.benefit) + [float(n) for n in self.bins.values()])
        value = np.array(list(self.known.values()))
        spare = eye_array(len(right))  # so that there is a solution whatever is known
        fine = np.full(2 * len(right), max(1.0, 2 * float(value.max())))
        solved = linprog(
            np.hstack([-value, fine]),
            A_eq=hstack([matrix, spare, -spare]),
            b_eq=right,
            method="highs",
        )
        prices = -np.asarray(solved.eqlin.marginals)
        own, bins = prices[: len(self.benefit)], prices[len(self.benefit) :].tolist()
        return Prices(-float(solved.fun), own, dict(zip(self.bins, bins, strict=True)))


def matrix_of(columns: Sequence[Column], items: int, kinds: Sequence[Kind]) -> csc_matrix:
    """Return the matrix of rows (items, then kinds) and columns that says what is in what."""
    place = {kind: items + row for row, kind in enumerate(kinds)}
    rows = [row for group, kind in columns for row in (*group, place[kind])]
    ends = np.cumsum([0, *(len(group) + 1 for group, _kind in columns)])
    return csc_matrix((np.ones(len(rows)), rows, ends), shape=(items + len(kinds), len(columns)))


def _between(old: Prices, new: Prices) -> Prices:
    """Return prices between two: those of a linear programme jump, which costs rounds."""
    bins = {kind: SMOOTH * old.bins[kind] + (1 - SMOOTH) * new.bins[kind] for kind in new.bins}
    return Prices(new.bound, SMOOTH * old.items + (1 - SMOOTH) * new.items, bins)
