"""What every move and every swap would cost, kept up to date: the memory of the local search.

`table[b, i]` is what item i would cost in bin b while all others stay. A swap of i (in a) and j
(in b) then costs `table[b, i] - table[a, i] + table[a, j] - table[b, j]`, corrected by what the
two weigh on each other; so one vector expression holds all swaps of one item.
"""

import numpy as np

from talks.solver.local_problem import Floats, Ints, LocalProblem, Relation
from talks.solver.local_room import Room

Group = tuple[Floats, Relation]  # weights of items, relation of bins; both symmetric


class Table:
    """The cost of every assignment that is one exchange away from the present one.

    `hard` is the price of one broken rule.
    """

    def __init__(self, problem: LocalProblem, start: Ints, hard: float) -> None:
        self.items, self.bins = problem.costs.shape
        self.bin = start.copy()
        self.groups = _merged(problem, hard)
        self._turns = [_turn(relation) for _, relation in self.groups]
        self._partners = _partners(problem, hard, self.items)
        self._pinned = np.array(problem.pinned, dtype=np.intp)
        self.table = self._first_table(problem, hard)
        self._room = Room(problem, start, hard)
        self._flat = start * self.items + np.arange(self.items)
        self._key = start * self._room.kinds + self._room.kind
        self._here = self.table.ravel().take(self._flat)
        self._options = np.empty(self.items + self.bins)
        self._spare = np.empty(self.items)

    def _first_table(self, problem: LocalProblem, hard: float) -> Floats:
        table = np.where(np.isinf(problem.costs), hard, problem.costs).T.copy()
        for weights, relation in self.groups:
            table += relation[:, self.bin] @ weights
        for item, partners in enumerate(self._partners):
            for other, relation in partners:
                table[:, other] += relation[self.bin[item]]
        return table

    def weigh(self, item: int) -> Floats:
        """Return what changes when `item` changes places with each item, or moves to each bin.

        Items first, then bins; inf for what is no change. The array is used again by each call.
        """
        home, kind, room = self.bin[item], self._room.kind[item], self._room
        away = room.fits[kind] + (self.table[:, item] - self._here[item])[:, None]
        for other, pools in room.shared[home]:  # where nothing changes
            prices = room.prices[pools]
            away[other] -= (prices[:, kind] + prices[:, :, kind]).sum(axis=0)
        away[home] = np.inf
        back = room.fits[:, home, kind]
        options = self._options
        swaps = options[: self.items]
        away.ravel().take(self._key, out=swaps, mode="clip")
        swaps += self.table[home]
        swaps -= self._here
        if room.kinds > 2:
            swaps += back.take(room.kind, out=self._spare, mode="clip")
        self._correct(item, home, swaps)
        swaps[self._pinned] = np.inf
        np.add(away[:, 0], back[0], out=options[self.items :])
        return options

    def _correct(self, item: int, home: int, swaps: Floats) -> None:
        """Take what `item` and each other weigh on each other out of the cost of swapping them."""
        for (weights, _), turn in zip(self.groups, self._turns, strict=True):
            if isinstance(turn, float):
                np.multiply(weights[item], turn, out=self._spare)
            else:
                np.multiply(weights[item], turn[home].take(self.bin), out=self._spare)
            swaps += self._spare
        for other, relation in self._partners[item]:
            there = self.bin[other]
            swaps[other] += relation[there, home] + relation[home, there]
            swaps[other] -= relation[home, home] + relation[there, there]

    def take(self, item: int, option: int) -> None:
        """Make the exchange that stands at `option` in what `weigh(item)` returned."""
        home = int(self.bin[item])
        other = option if option < self.items else None
        there = option - self.items if other is None else int(self.bin[other])
        for weights, relation in self.groups:
            change = weights[item] if other is None else weights[item] - weights[other]
            _add(self.table, relation[there] - relation[home], change)
        self._put(item, home, there)
        if other is not None:
            self._put(other, there, home)
        self._room.exchange(item, other, home, there)
        self.table.ravel().take(self._flat, out=self._here, mode="clip")

    def _put(self, item: int, home: int, there: int) -> None:
        for partner, relation in self._partners[item]:
            self.table[:, partner] += relation[there] - relation[home]
        self.bin[item] = there
        self._flat[item] = there * self.items + item
        self._key[item] = there * self._room.kinds + self._room.kind[item]


def _merged(problem: LocalProblem, hard: float) -> list[Group]:
    """Return the symmetric pairs and rules, those of one relation added up."""
    groups: dict[bytes, Group] = {}

    def weights_of(relation: Floats) -> Floats:
        empty = np.zeros((len(problem.costs), len(problem.costs)))
        return groups.setdefault(relation.tobytes(), (empty, relation))[0]

    for weights, relation in problem.pairs:
        weights_of(np.asarray(relation, dtype=float))[:] += weights
    for pairs, relation in problem.apart:
        if (relation == relation.T).all():
            weights = weights_of(np.asarray(relation, dtype=float))
            first, second = pairs.T
            np.add.at(weights, (first, second), hard)
            np.add.at(weights, (second, first), hard)
    for weights, _ in groups.values():
        np.fill_diagonal(weights, 0)
    return list(groups.values())


def _partners(problem: LocalProblem, hard: float, items: int) -> list[list[tuple[int, Floats]]]:
    """Return for each item the others it has a one-sided rule with, as seen from its side."""
    partners: list[list[tuple[int, Floats]]] = [[] for _ in range(items)]
    for pairs, relation in problem.apart:
        if (relation == relation.T).all():
            continue
        price = hard * np.asarray(relation, dtype=float)
        for first, second in pairs.tolist():
            partners[first].append((second, price))
            partners[second].append((first, price.T))
    return partners


def _turn(relation: Floats) -> Floats | float:
    """Return what a pair's weight counts too often in a swap, by bins; a number if always so."""
    own = np.diagonal(relation)
    turn = 2 * relation - own[:, None] - own[None]
    others = turn[~np.eye(len(turn), dtype=bool)]
    return float(others[0]) if len(others) and (others == others[0]).all() else turn


def _add(table: Floats, rows: Floats, change: Floats) -> None:
    """Add the change to each row of the table, times what the row says."""
    found = np.flatnonzero(rows)
    if len(found) > 4:
        table[found] += rows[found, None] * change
        return
    for row in found.tolist():
        times = rows[row]
        if times == 1:
            table[row] += change
        else:
            table[row] += times * change
