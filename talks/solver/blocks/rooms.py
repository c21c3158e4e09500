"""Which room of its kind a track takes in each block, so that it moves as little as can be.

A track that takes one room in blocks in a row is an interval: in order of their starts, such
tracks never need more rooms than meet at once, and never move. What is left over after this is a
small exact model.
"""

from collections import defaultdict

from ortools.sat.python import cp_model

from .frame import Frame
from .layout import Layout
from .part import Draft

Needs = dict[int, dict[int, int]]  # track -> block -> rooms of this kind
Held = dict[int, dict[int, list[int]]]  # track -> block -> rooms

EFFORT = 0.5  # for the exact model of one kind of room, in CP-SAT's deterministic time


def rooms_for(
    frame: Frame, draft: Draft, like: Layout | None = None
) -> dict[tuple[int, int], tuple[int, ...]]:
    """Return the rooms of each track in each of its blocks, in order: (track, block) -> rooms."""
    needs: dict[int, Needs] = defaultdict(lambda: defaultdict(dict))
    for (t, s, k), n in draft.rooms.items():
        needs[k][t][s] = n
    before: dict[int, set[int]] = defaultdict(set)
    if like is not None:
        for (_, r), t in like.cells(frame).items():
            before[t].add(r)
    found: dict[tuple[int, int], list[int]] = defaultdict(list)
    for k, kind in needs.items():
        for t, blocks in _held(frame.rooms_of[k], kind, before).items():
            for s, rooms in blocks.items():
                found[t, s] += rooms
    return {key: tuple(sorted(rooms)) for key, rooms in found.items()}


def _held(rooms: list[int], needs: Needs, before: dict[int, set[int]]) -> Held:
    least = sum(max(blocks.values()) for blocks in needs.values())
    best: Held = {}
    for liked in (before, {}):
        held = _in_turn(rooms, needs, liked)
        if not best or _moves(held) < _moves(best):
            best = held
        if _moves(best) == least:
            return best
    return _exactly(rooms, needs, best, least)


def _moves(held: Held) -> int:
    """How many rooms the tracks have, one by one."""
    return sum(len({r for rooms in blocks.values() for r in rooms}) for blocks in held.values())


def _in_turn(rooms: list[int], needs: Needs, before: dict[int, set[int]]) -> Held:
    """Track by track in order of start: rooms it has, had, and that are free in most it needs."""
    taken: set[tuple[int, int]] = set()
    held: Held = {}
    for t in sorted(needs, key=lambda t: (min(needs[t]), -max(needs[t]), t)):
        blocks, mine = needs[t], set[int]()
        held[t] = {}
        for s in sorted(blocks):
            free = [r for r in rooms if (s, r) not in taken]
            free.sort(
                key=lambda r: (
                    r not in mine,
                    _misses(r, blocks, s, taken),
                    r not in before.get(t, ()),
                    _gap(r, s, taken),
                    r,
                )
            )
            held[t][s] = free[: blocks[s]]
            mine.update(held[t][s])
            taken |= {(s, r) for r in held[t][s]}
    return held


def _misses(r: int, blocks: dict[int, int], first: int, taken: set[tuple[int, int]]) -> int:
    return sum((s, r) in taken for s in blocks if s > first)


def _gap(r: int, s: int, taken: set[tuple[int, int]]) -> int:
    """How long the room has been empty before a block."""
    gap = 0
    while gap < s and (s - gap - 1, r) not in taken:
        gap += 1
    return gap


def _exactly(rooms: list[int], needs: Needs, hint: Held, least: int) -> Held:
    cp = cp_model.CpModel()
    has = {(t, r): cp.new_bool_var("") for t in needs for r in rooms}
    here = {
        (t, s, r): cp.new_bool_var("") for t, blocks in needs.items() for s in blocks for r in rooms
    }
    by_cell: dict[tuple[int, int], list[cp_model.IntVar]] = defaultdict(list)
    for (t, s, r), one in here.items():
        cp.add_implication(one, has[t, r])
        cp.add_hint(one, r in hint[t][s])
        by_cell[s, r].append(one)
    for t, blocks in needs.items():
        for s, n in blocks.items():
            cp.add(sum(here[t, s, r] for r in rooms) == n)
    for ones in by_cell.values():
        cp.add_at_most_one(ones)
    cp.add(sum(has.values()) >= least)
    cp.minimize(sum(has.values()))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_deterministic_time = EFFORT
    if solver.solve(cp) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return hint
    return {
        t: {s: [r for r in rooms if solver.boolean_value(here[t, s, r])] for s in blocks}
        for t, blocks in needs.items()
    }
