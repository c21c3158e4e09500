"""The public catalogue in columns of numbers: what filters keep, and how often each value occurs.

A paper is a row, counted from 0. A facet holds a pair (row, value) for each value of each paper,
so that counting a value among the papers that were kept is one pass over the pairs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Numbers: TypeAlias = NDArray[np.int64]
Rows: TypeAlias = NDArray[np.bool_]  # of each paper whether it is kept


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to sort papers into values, each with the key that addresses use."""

    keys: Sequence[str]
    labels: Sequence[str]
    rows: Numbers  # of the pairs
    values: Numbers  # of the pairs, as places in `keys`
    places: Mapping[str, int]

    def has(self, key: str) -> bool:
        return key in self.places

    def label(self, key: str) -> str:
        return self.labels[self.places[key]]

    def keep(self, key: str, size: int) -> Rows:
        """Return of each paper whether it has a value."""
        kept = np.zeros(size, dtype=np.bool_)
        kept[self.rows[self.values == self.places[key]]] = True
        return kept

    def count(self, kept: Rows) -> Numbers:
        """Return how many of the papers have each value."""
        return np.bincount(self.values[kept[self.rows]], minlength=len(self.keys))


def facet(
    pairs: Sequence[tuple[int, int]],
    names: Mapping[int, tuple[str, str]],
    papers: Numbers,
    *,
    unused: bool = False,
) -> Facet:
    """Make a facet of pairs (key of a paper, value), and key and label of each value.

    `papers` are the keys of the papers, ascending. Other papers and values without a name are
    left out; so are values that no paper has, unless `unused`. Values keep the order of the names.
    """
    given = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    known = np.array(list(names), dtype=np.int64)
    rows, has_row = places_of(given[:, 0], papers)
    values, has_name = places_of(given[:, 1], np.sort(known))
    values = np.argsort(known, kind="stable")[values[has_row & has_name]]
    once = np.unique(rows[has_row & has_name] * len(known) + values)
    rows, values = np.divmod(once, max(len(known), 1))
    used = np.arange(len(known)) if unused else np.unique(values)
    named = list(names.values())
    keys = [named[at][0] for at in used]
    places = {key: place for place, key in enumerate(keys)}
    labels = [named[at][1] for at in used]
    return Facet(keys, labels, rows, np.searchsorted(used, values), places)


def places_of(wanted: Numbers, among: Numbers) -> tuple[Numbers, Rows]:
    """Return where each number stands among ascending ones, and whether it does at all."""
    if not len(among):
        return np.zeros(len(wanted), np.int64), np.zeros(len(wanted), np.bool_)
    places = np.minimum(np.searchsorted(among, wanted), len(among) - 1)
    return places, among[places] == wanted


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every public paper: its primary key, its place in each order, its values."""

    keys: Numbers  # ascending
    orders: Mapping[str, Numbers]  # by name: the rows as that order has them
    facets: Mapping[str, Facet]

    def rows_of(self, found: Sequence[tuple[int, int]]) -> tuple[Numbers, Numbers]:
        """Return the rows and the ranks of what a search found; hidden papers are left out."""
        keys, ranks = np.array(found, dtype=np.int64).reshape(-1, 2).T
        rows, is_here = places_of(keys, self.keys)
        return rows[is_here], ranks[is_here]


class Selection:
    """The papers that pass filters and perhaps a search, and what they could be narrowed to."""

    def __init__(
        self,
        catalogue: Catalogue,
        chosen: Mapping[str, str],
        found: Sequence[tuple[int, int]] | None = None,
    ):
        self.catalogue = catalogue
        size = len(catalogue.keys)
        self.searched = np.ones(size, dtype=np.bool_)
        self.ranks = np.zeros(size, dtype=np.int64)
        if found is not None:
            rows, ranks = catalogue.rows_of(found)
            self.searched[:] = False
            self.searched[rows] = True
            self.ranks[rows] = ranks
        self.masks = {name: catalogue.facets[name].keep(key, size) for name, key in chosen.items()}
        self.kept = self.without("")

    def without(self, name: str) -> Rows:
        """Return what is kept by the search and every filter but one."""
        kept = self.searched.copy()
        for other, mask in self.masks.items():
            if other != name:
                kept &= mask
        return kept

    def counts(self, name: str) -> Numbers:
        """Return how many papers each value of a facet would leave, in the place of its own."""
        kept = self.without(name) if name in self.masks else self.kept
        return self.catalogue.facets[name].count(kept)

    def sorted_by(self, order: str) -> Numbers:
        """Return the primary keys of the papers; by "best" those that match better come first."""
        rows = self.catalogue.orders["newest" if order == "best" else order]
        rows = rows[self.kept[rows]]
        if order == "best":
            rows = rows[np.argsort(self.ranks[rows], kind="stable")]
        return self.catalogue.keys[rows]
