"""Which part of a layout to free and solve anew: large neighbourhoods, after Shaw (1998).

A part is some tracks in all blocks, or all tracks in some blocks. Tracks that cost something come
first, with those that stand where they would like to be.
"""

import random
from collections import defaultdict
from collections.abc import Callable

from .frame import Frame
from .layout import Layout
from .part import Cell

Choice = Callable[[Frame, Layout, random.Random, int], set[Cell]]


def costs_by_track(frame: Frame, layout: Layout) -> list[int]:
    """Return what each track costs by itself and beside others; rough, to choose by."""
    tracks, _, _ = frame.sizes
    costs = frame.programme.costs
    found = [0] * tracks
    rooms: dict[int, set[int]] = defaultdict(set)
    blocks: dict[int, set[int]] = defaultdict(set)
    cells = layout.cells(frame)
    for (s, r), t in cells.items():
        found[t] += int(frame.cell_cost[t, s, r]) + costs.parallel
        rooms[t].add(r)
        blocks[t].add(s)
    for t in range(tracks):
        here = blocks[t]
        found[t] += costs.room * (len(rooms[t]) - 1) - costs.parallel * len(here)
        found[t] += costs.gap * (max(here) - min(here) >= len(here))
    for (a, b), cost in frame.alike.items():
        for t in (a, b):
            found[t] += cost * len(blocks[a] & blocks[b])
    for i, (s, r) in enumerate(zip(layout.block, layout.room, strict=True)):
        found[frame.track_of[i]] += int(frame.talk_block[i, s] + frame.talk_room[i, r])
    for t, talks in enumerate(frame.talks_of):
        order = sorted(talks, key=lambda i: (layout.block[i], layout.room[i], layout.start[i]))
        wrong = sum(frame.position[i] not in (0, n) for n, i in enumerate(order, 1))
        found[t] += costs.position * wrong
    for (i, j), prices in frame.beside.items():
        if layout.block[i] == layout.block[j] and layout.room[i] != layout.room[j]:
            found[frame.track_of[i]] += sum(prices)
            found[frame.track_of[j]] += sum(prices)
    return found


def costly_tracks(frame: Frame, layout: Layout, dice: random.Random, cells: int) -> set[Cell]:
    """A costly track and others, by chance more often costly ones."""
    found = costs_by_track(frame, layout)
    return _whole(frame, _drawn(dice, [min(cost, 1000) ** 0.5 + 0.3 for cost in found]), cells)


def meeting_tracks(frame: Frame, layout: Layout, dice: random.Random, cells: int) -> set[Cell]:
    """A costly track and those that share a block with it, or with which it shares people."""
    found = costs_by_track(frame, layout)
    [seed] = dice.choices(range(len(found)), [min(cost, 1000) ** 0.5 + 0.1 for cost in found])
    near = [0.1] * len(found)
    for (s, _), t in layout.cells(frame).items():
        near[t] += any(layout.block[i] == s for i in frame.talks_of[seed])
    for person, chaired in zip(frame.people, frame.chaired, strict=True):
        if seed in person or seed in chaired:
            for t in {*person, *chaired}:
                near[t] += 3
    near[seed] = 1e9
    return _whole(frame, _drawn(dice, near), cells)


def any_tracks(frame: Frame, layout: Layout, dice: random.Random, cells: int) -> set[Cell]:
    """Tracks by chance."""
    tracks, _, _ = frame.sizes
    return _whole(frame, dice.sample(range(tracks), tracks), cells)


def some_blocks(frame: Frame, layout: Layout, dice: random.Random, cells: int) -> set[Cell]:
    """All tracks in some blocks: in a row, or by chance."""
    tracks, blocks, _ = frame.sizes
    count = min(blocks, max(2, round(cells / tracks)))
    if dice.random() < 0.5:
        first = dice.randrange(blocks - count + 1)
        chosen = list(range(first, first + count))
    else:
        chosen = dice.sample(range(blocks), count)
    return {(t, s) for t in range(tracks) for s in chosen}


CHOICES: tuple[Choice, ...] = (costly_tracks, meeting_tracks, any_tracks, some_blocks)


def _drawn(dice: random.Random, weights: list[float]) -> list[int]:
    """Return everything in an order drawn by weight (Efraimidis and Spirakis, 2006)."""
    keys = [dice.random() ** (1 / weight) if weight > 0 else 0 for weight in weights]
    return sorted(range(len(weights)), key=lambda n: -keys[n])


def _whole(frame: Frame, order: list[int], cells: int) -> set[Cell]:
    _, blocks, _ = frame.sizes
    count = max(2, round(cells / blocks))
    return {(t, s) for t in order[:count] for s in range(blocks)}
