"""Every group that may matter: column generation for papers gathered into sessions.

A group (a set of items in one bin) is worth the sum of the benefits of its pairs. The linear
programme over all groups gives each item and each kind of bin a price; only groups that are
worth nearly what they cost at these prices can be part of a better partition. Groups are found
by growing them from pairs, exactly (see `groups_worth`), not by sampling.
"""

from collections.abc import Mapping, Sequence
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
CHUNK = 10_000
SMOOTH = 0.5  # of the prices of the round before
EPS = 1e-6


@dataclass(frozen=True, slots=True)
class Priced:
    """The linear programme, solved."""

    bound: float  # no partition is worth more, if `is_exact`
    items: Floats  # the price of each item
    kinds: Mapping[Kind, float]  # and of a bin of each kind
    is_exact: bool


def worth(benefit: Floats, group: Sequence[int]) -> float:
    """Return the benefit of all pairs of a group."""
    return float(benefit[np.ix_(group, group)].sum()) / 2


def groups_worth(
    benefit: Floats, prices: Floats, size: int, least: float, most: int
) -> tuple[Ints, Floats, bool]:
    """Return the groups of a size that are worth `least` more than their prices, and how much.

    With the prices spread over its pairs a group is a clique of weighted edges, and as the best
    part of it is no worse than the mean of all its parts, it has one of t items that is worth
    t(t-1)/size(size-1) of it: so all are found by growing pairs that are worth enough. Of more
    than `most` at a time the best are kept, and the last value is False.
    """
    items = len(benefit)
    edges = benefit - (prices[:, None] + prices[None]) / (size - 1)
    np.fill_diagonal(edges, -np.inf)
    members = np.argwhere(np.triu(np.ones((items, items), dtype=bool), 1))
    value = edges[members[:, 0], members[:, 1]]
    is_exact = True
    for count in range(2, size + 1):
        if count > 2:
            members, value = _grown(edges, members, value, _share(least, count, size))
        else:
            enough = value >= _share(least, 2, size)
            members, value = members[enough], value[enough]
        if len(members) > most:
            best = np.argpartition(-value, most)[:most]
            members, value, is_exact = members[best], value[best], False
    return members, value, is_exact


def _share(least: float, count: int, size: int) -> float:
    return least * count * (count - 1) / (size * (size - 1)) - EPS


def _grown(edges: Floats, members: Ints, value: Floats, least: float) -> tuple[Ints, Floats]:
    """Return the groups with one item more that are worth enough, each once."""
    grown, values = [np.empty((0, members.shape[1] + 1), dtype=np.intp)], [np.empty(0)]
    for begin in range(0, len(members), CHUNK):
        some = members[begin : begin + CHUNK]
        total = value[begin : begin + CHUNK, None] + sum(edges[column] for column in some.T)
        row, item = np.nonzero(total >= least)
        grown.append(np.sort(np.hstack([some[row], item[:, None]]), axis=1))
        values.append(total[row, item])
    every, value = np.concatenate(grown), np.concatenate(values)
    key = every @ (len(edges) ** np.arange(every.shape[1]))
    _keys, first = np.unique(key, return_index=True)
    return every[first], value[first]


class Columns:
    """The groups known so far of some items, and the linear programme over them."""

    def __init__(self, benefit: Floats, kinds: Mapping[Kind, int], known: Sequence[Column]):
        self.benefit, self.kinds = benefit, kinds
        self.known: dict[Column, float] = {
            (group, kind): worth(benefit, group) for group, kind in known
        }

    def price(self) -> Priced:
        """Solve the linear programme over all groups; the known ones must allow a partition."""
        old, most = None, MOST[0]
        for _ in range(ROUNDS):
            bound, prices, bins = self._solve()
            smooth = prices if old is None else SMOOTH * old[0] + (1 - SMOOTH) * prices
            level = bins if old is None else SMOOTH * old[1] + (1 - SMOOTH) * bins
            if not self._add(smooth, level, prices, bins, most):
                smooth, level = prices, bins
                if not self._add(prices, bins, prices, bins, most):
                    if most == MOST[1] or self.exact:
                        break
                    most = MOST[1]
            old = smooth, level
        return Priced(bound, prices, dict(zip(self.kinds, bins.tolist(), strict=True)), self.exact)

    def near(self, priced: Priced, gap: float, most: int) -> tuple[list[Column], bool]:
        """Return the groups that lose at most `gap` at these prices, the `most` best of a size.

        All that is worth more than `priced.bound - gap` is made of these alone. False: some were
        left out.
        """
        found, whole = [], True
        for size, kinds in self._by_size().items():
            least = min(priced.kinds[kind] for kind in kinds) - gap
            members, value, is_exact = groups_worth(self.benefit, priced.items, size, least, most)
            whole &= is_exact
            for kind in kinds:
                enough = value >= priced.kinds[kind] - gap - EPS
                found += [(tuple(row), kind) for row in members[enough].tolist()]
        return found, whole

    def _by_size(self) -> dict[int, list[Kind]]:
        sizes: dict[int, list[Kind]] = {}
        for kind in self.kinds:
            for size in range(kind[0], kind[1] + 1):
                sizes.setdefault(size, []).append(kind)
        return sizes

    def _add(self, items: Floats, bins: Floats, true: Floats, own: Floats, most: int) -> int:
        """Add the groups that the first prices find and the true ones confirm."""
        added, self.exact = 0, True
        level = dict(zip(self.kinds, zip(bins, own, strict=True), strict=True))
        for size, kinds in self._by_size().items():
            least = min(level[kind][0] for kind in kinds)
            members, value, is_exact = groups_worth(self.benefit, items, size, least, most)
            self.exact &= is_exact
            gain = value + (items - true)[members].sum(axis=1)
            for kind in kinds:
                more = gain - level[kind][1]
                best = np.argsort(-more)[:NEW]
                for place in best[more[best] > EPS].tolist():
                    group = tuple(members[place].tolist())
                    if (group, kind) not in self.known:
                        self.known[group, kind] = worth(self.benefit, group)
                        added += 1
        return added

    def _solve(self) -> tuple[float, Floats, Floats]:
        """Return the value, the prices of items and those of kinds."""
        items, place = len(self.benefit), {kind: row for row, kind in enumerate(self.kinds)}
        rows = [row for group, kind in self.known for row in (*group, items + place[kind])]
        ends = np.cumsum([0, *(len(group) + 1 for group, _kind in self.known)])
        matrix = csc_matrix(
            (np.ones(len(rows)), rows, ends), shape=(items + len(place), len(ends) - 1)
        )
        right = np.array([1.0] * items + [float(count) for count in self.kinds.values()])
        value = np.array(list(self.known.values()))
        lacking = eye_array(len(right))  # so that there is a solution whatever is known
        matrix = hstack([matrix, lacking, -lacking])
        fine = np.full(2 * len(right), max(1.0, 2 * value.max()))
        solved = linprog(np.hstack([-value, fine]), A_eq=matrix, b_eq=right, method="highs")
        prices = -np.asarray(solved.eqlin.marginals)
        self.x = solved.x
        self.x = np.asarray(solved.x)[:len(value)]
        return -float(solved.fun), prices[:items], prices[items:]
