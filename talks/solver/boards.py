"""Which poster stands on which board: a second stage, after each has its session.

Neighbours are to be alike: the posters of a track stand together, and within and between tracks
the row goes from one to the most similar. It begins with the nearest neighbour and is improved
by reversing stretches of it (2-opt: Croes 1958, "A Method for Solving Traveling-Salesman
Problems") and by exchanging two posters, until neither helps. Boards that wind through a hall
are one row here, in the natural order of their labels.
"""

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from itertools import count, islice

import numpy as np
from numpy.typing import NDArray

from .problem import PlacedSession, Problem, Timetable, pair
from .rules.posters import natural

UNALIKE = 100  # per cent
ROUNDS = 50  # of improving a row, at most
NUMBERED = re.compile(r"(.*?)(\d+)(\D*)", re.DOTALL)  # the last number of a label

Numbers = NDArray[np.int64]


def boards(problem: Problem, timetable: Timetable, talks: Container[str]) -> Timetable:
    """Return the timetable with a board in its session for every poster of `talks`.

    The other posters keep theirs. The labels that the given ones have are dealt out anew; more
    continue the numbers in use, or count from 1. The same input gives the same boards.
    """
    placed = (_of_session(problem, session, talks) for session in timetable.sessions)
    return replace(timetable, sessions=tuple(placed))


def _of_session(problem: Problem, placed: PlacedSession, talks: Container[str]) -> PlacedSession:
    held = list(placed.talks)
    posters = [at for at, one in enumerate(held) if problem.talks[one.talk].is_poster]
    moving = sorted((at for at in posters if held[at].talk in talks), key=lambda at: held[at].talk)
    staying = [at for at in posters if held[at].board and at not in moving]
    own = [held[at].board for at in moving if held[at].board]
    used = {held[at].board for at in posters} - {""}
    free = [*own, *islice(_more(used), len(moving) - len(own))]
    cells = [*((held[at].board, at) for at in staying), *((label, None) for label in free)]
    cells.sort(key=lambda cell: natural(cell[0]))
    fixed = [None if at is None else staying.index(at) for _label, at in cells]
    row = _row(_distances(problem, [held[at].talk for at in [*staying, *moving]]), fixed)
    for (label, _at), item in zip(cells, row, strict=True):
        at = [*staying, *moving][item]
        held[at] = replace(held[at], board=label)
    return replace(placed, talks=tuple(held))


def _more(used: set[str]) -> Iterator[str]:
    """Yield further labels: those missing among the numbers in use, and then the next ones."""
    last = max(used, key=natural, default="")
    before, _number, behind = _parts(last) or ("", "", "")
    alike = [parts for label in used if (parts := _parts(label)) and parts[::2] == (before, behind)]
    width = min((len(number) for _before, number, _behind in alike), default=1)
    first = min((int(number) for _before, number, _behind in alike), default=1)
    for number in count(first):
        label = f"{before}{number:0{width}}{behind}"
        if label not in used:
            yield label


def _parts(label: str) -> tuple[str, str, str] | None:
    """Return what stands before the last number of a label, the number, and what is behind."""
    found = NUMBERED.fullmatch(label)
    return (found[1], found[2], found[3]) if found else None


def _distances(problem: Problem, talks: Sequence[str]) -> Numbers:
    """Return how unlike each two posters are; the last row and column are for no poster: 0.

    Another track is further than all the rest together.
    """
    tracks = [problem.talks[code].track for code in talks]
    other_track = UNALIKE * (len(talks) + 1)
    found = np.zeros((len(talks) + 1, len(talks) + 1), dtype=np.int64)
    for one, code in enumerate(talks):
        for other in range(one):
            near = problem.alike.get(pair(code, talks[other]), 0)
            far = UNALIKE - near + (other_track if tracks[one] != tracks[other] else 0)
            found[one, other] = found[other, one] = far
    return found


def _row(distances: Numbers, fixed: Sequence[int | None]) -> list[int]:
    """Return which item stands in each cell of a row; items that are fixed in a cell stay."""
    row = _nearest(distances, fixed)
    is_free = np.array([item is None for item in fixed], dtype=bool)
    for _round in range(ROUNDS):
        found = [_reverse(distances, row, is_free), _exchange(distances, row, is_free)]
        if not any(found):
            break
    return [int(item) for item in row[1:-1]]


def _nearest(distances: Numbers, fixed: Sequence[int | None]) -> Numbers:
    """Return a row in which each free cell has the item nearest to its neighbours so far.

    At both ends stands the last item, which is none.
    """
    none = len(distances) - 1
    left = [item for item in range(none) if item not in fixed]
    row = [none]
    for at, item in enumerate(fixed):
        if item is None:
            behind = fixed[at + 1] if at + 1 < len(fixed) else None
            cost = distances[row[-1], left] + (0 if behind is None else distances[behind, left])
            item = left.pop(int(cost.argmin()))
        row.append(item)
    return np.array([*row, none])


def _reverse(distances: Numbers, row: Numbers, is_free: NDArray[np.bool_]) -> bool:
    """Reverse stretches without a fixed cell while that helps; return whether any was."""
    found = False
    for first in range(1, len(row) - 1):
        ends = np.arange(first, len(row) - 1)
        ends = ends[np.logical_and.accumulate(is_free[ends - 1])]
        if len(ends) < 2:
            continue
        before, item = row[first - 1], row[first]
        gain = distances[before, item] + distances[row[ends], row[ends + 1]]
        gain -= distances[before, row[ends]] + distances[item, row[ends + 1]]
        if gain.max() > 0:
            last = ends[gain.argmax()]
            row[first : last + 1] = row[first : last + 1][::-1].copy()
            found = True
    return found


def _exchange(distances: Numbers, row: Numbers, is_free: NDArray[np.bool_]) -> bool:
    """Exchange items of free cells that are not neighbours while that helps."""
    found = False
    cells = np.flatnonzero(is_free) + 1
    for cell in cells:
        others = cells[cells > cell + 1]
        if not len(others):
            continue
        gain = _beside(distances, row, cell, row[cell]) - _beside(distances, row, cell, row[others])
        gain += _beside(distances, row, others, row[others])
        gain -= _beside(distances, row, others, row[cell])
        if gain.max() > 0:
            other = others[gain.argmax()]
            row[cell], row[other] = row[other], row[cell]
            found = True
    return found


def _beside(
    distances: Numbers, row: Numbers, cells: Numbers | np.int64, items: Numbers | np.int64
) -> Numbers:
    """Return how far items would be from the neighbours of cells."""
    return np.asarray(distances[row[cells - 1], items] + distances[items, row[cells + 1]])
