"""What the capacities say to a move or a swap, kept up to date for the local search.

Items of the same sizes are of one kind, and `fits[kind in, bin, kind out]` is the price of such
an exchange in a bin. Kind 0 is nothing, so a move is an exchange with nothing.
"""

import numpy as np

from talks.solver.local_problem import Floats, Ints, LocalProblem


class Room:
    """What the capacities say to an exchange, by kind of item."""

    def __init__(self, problem: LocalProblem, start: Ints, hard: float) -> None:
        kinds, kind = np.unique(problem.sizes, axis=0, return_inverse=True)
        size = np.vstack([np.zeros_like(kinds[:1]), kinds])
        self.kind = kind.reshape(-1) + 1  # 0 is nothing
        self.kinds = len(size)
        self._step = size[:, None] - size[None]
        self._problem, self._hard = problem, hard
        takes = problem.pools_of_bins()
        self._pools = [np.flatnonzero(row) for row in takes]
        self._near = [np.flatnonzero(row).tolist() for row in takes @ takes.T]
        self.shared = [self._shared(home) for home in range(len(takes))]
        self.prices = np.empty((takes.shape[1], self.kinds, self.kinds))  # pool, kind in, kind out
        self._used = problem.used(start)
        self._seen: dict[tuple[int, bytes], Floats] = {}
        self._alike = _alike(problem)
        self.fits = np.empty((self.kinds, len(takes), self.kinds))  # kind in, bin, kind out
        for home in range(len(takes)):
            self._look(home)

    def _shared(self, home: int) -> list[tuple[int, Ints]]:
        """Return the other bins that share pools with one, and those pools."""
        return [
            (other, np.intersect1d(self._pools[home], self._pools[other]))
            for other in self._near[home]
            if other != home
        ]

    def exchange(self, item: int, other: int | None, home: int, there: int) -> None:
        """Move `item` from home to there, and `other`, if any, back."""
        came, went = self.kind[item], 0 if other is None else self.kind[other]
        if came != went:
            self._used[self._pools[home]] += self._step[went, came]
            self._used[self._pools[there]] += self._step[came, went]
            for bin_ in {*self._near[home], *self._near[there]}:
                self._look(bin_)

    def _look(self, bin_: int) -> None:
        pools = self._pools[bin_]
        for pool in pools.tolist():
            self.prices[pool] = self._price(pool)
        self.fits[:, bin_] = self.prices[pools].sum(axis=0)

    def _price(self, pool: int) -> Floats:
        """Return what each exchange would cost in one pool, kind in by kind out."""
        used = self._used[pool]
        key = self._alike[pool], used.tobytes()
        if key not in self._seen:
            after = _lack(self._problem, self._hard, pool, used + self._step)
            self._seen[key] = after - _lack(self._problem, self._hard, pool, used)
        return self._seen[key]


def _lack(problem: LocalProblem, hard: float, pool: int, used: Ints) -> Floats:
    """Return the price of what a pool lacks with so much used (last axis: resources)."""
    prices = np.where(np.isinf(problem.prices_of_resources()), hard, problem.prices_of_resources())
    price: Floats = np.maximum(used - problem.capacities[pool], 0) @ prices
    if problem.minimums is not None:
        price = price + np.maximum(problem.minimums[pool] - used, 0).sum(axis=-1) * hard
    return price


def _alike(problem: LocalProblem) -> list[int]:
    """Return for each pool the first pool that offers the same."""
    limits = problem.capacities
    if problem.minimums is not None:
        limits = np.hstack([limits, problem.minimums])
    first: dict[bytes, int] = {}
    return [first.setdefault(row.tobytes(), pool) for pool, row in enumerate(limits)]
