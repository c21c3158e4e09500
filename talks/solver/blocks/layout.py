"""Where every talk stands, and what that costs: read by the search, whatever made it."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import combinations

from .frame import Frame
from .problem import Place


@dataclass(frozen=True, slots=True)
class Layout:
    """Block, room and first slot of each talk, by number; see Frame."""

    block: list[int]
    room: list[int]
    start: list[int]

    def cells(self, frame: Frame) -> dict[tuple[int, int], int]:
        """Return the track of each cell that is not empty: (block, room) -> track."""
        places = zip(self.block, self.room, frame.track_of, strict=True)
        return {(s, r): t for s, r, t in places}

    def places(self, frame: Frame) -> tuple[Place, ...]:
        """Return the same in the words of the programme, talks in its order."""
        blocks, rooms = frame.programme.blocks, frame.programme.rooms
        return tuple(
            Place(talk.code, blocks[s].code, rooms[r], start)
            for talk, s, r, start in zip(
                frame.programme.talks, self.block, self.room, self.start, strict=True
            )
        )


def cost_of(frame: Frame, layout: Layout) -> int:
    """Return the sum of all costs of a layout that breaks nothing that must hold."""
    cells = layout.cells(frame)
    total = sum(int(frame.cell_cost[t, s, r]) for (s, r), t in cells.items())
    for i, (s, r) in enumerate(zip(layout.block, layout.room, strict=True)):
        total += int(frame.talk_block[i, s] + frame.talk_room[i, r])
    return total + _cells(frame, cells) + _positions(frame, layout) + _beside(frame, layout)


def _cells(frame: Frame, cells: dict[tuple[int, int], int]) -> int:
    costs = frame.programme.costs
    rooms: dict[int, set[int]] = defaultdict(set)
    blocks: dict[int, Counter[int]] = defaultdict(Counter)
    beside: dict[int, Counter[int]] = defaultdict(Counter)
    for (s, r), t in cells.items():
        rooms[t].add(r)
        blocks[t][s] += 1
        beside[s][t] += 1
    total = costs.room * sum(len(one) - 1 for one in rooms.values())
    for counts in blocks.values():
        total += costs.parallel * sum(count - 1 for count in counts.values())
        total += costs.gap * (max(counts) - min(counts) >= len(counts))
    for here in beside.values():
        for a, b in combinations(sorted(here), 2):
            total += frame.alike.get((a, b), 0) * here[a] * here[b]
    return total


def _positions(frame: Frame, layout: Layout) -> int:
    """What talks cost that are not at their position, or run at once with another such talk."""
    if not any(frame.position):
        return 0
    wrong = 0
    for talks in frame.talks_of:
        order = sorted(talks, key=lambda i: (layout.block[i], layout.room[i], layout.start[i]))
        wrong += sum(frame.position[i] not in (0, n) for n, i in enumerate(order, 1))
        for i, j in combinations([i for i in talks if frame.position[i]], 2):
            wrong += _shared(frame, layout, i, j)
    return frame.programme.costs.position * wrong


def _beside(frame: Frame, layout: Layout) -> int:
    total = 0
    for (i, j), (block, slot) in frame.beside.items():
        if layout.block[i] == layout.block[j] and layout.room[i] != layout.room[j]:
            total += block + slot * _shared(frame, layout, i, j)
    return total


def _shared(frame: Frame, layout: Layout, i: int, j: int) -> int:
    """How many slots two talks share in different rooms of one block."""
    if layout.block[i] != layout.block[j] or layout.room[i] == layout.room[j]:
        return 0
    ends = (layout.start[i] + frame.slots[i], layout.start[j] + frame.slots[j])
    return max(0, min(ends) - max(layout.start[i], layout.start[j]))
