"""Exact models of what the packing cannot do by hand: some tracks in their rooms of one block."""

from dataclasses import dataclass
from itertools import combinations

from ortools.sat.python import cp_model

from .frame import Frame
from .part import Term

EFFORT = 0.3  # for each model, in CP-SAT's deterministic time
Spot = tuple[int, int]  # room, start
Group = tuple[int, tuple[int, ...], tuple[int, ...], int]  # track, talks, rooms, talks before


@dataclass(slots=True)
class _Cells:
    """An exact model of some tracks in one block."""

    frame: Frame
    capacity: int
    groups: list[Group]
    cp: cp_model.CpModel
    starts: dict[tuple[int, int, int], cp_model.IntVar]  # talk, room, slot
    costs: list[Term]

    def spots(self, i: int) -> list[tuple[Spot, cp_model.IntVar]]:
        """Where a talk can be, in order of room, then slot."""
        return sorted(
            (((room, at), one) for (j, room, at), one in self.starts.items() if j == i),
            key=lambda spot: spot[0],
        )

    def runs(self, i: int, slot: int) -> Term:
        """Whether a talk runs in a slot."""
        first = slot - self.frame.slots[i]
        return sum(one for (_, at), one in self.spots(i) if first < at <= slot)

    def inside(self, i: int, room: int) -> Term:
        return sum(one for (r, _), one in self.spots(i) if r == room)

    def both(self, one: Term, other: Term, each: int) -> None:
        """What it costs that both hold."""
        both = self.cp.new_bool_var("")
        self.cp.add(both >= one + other - 1)
        self.costs.append(each * both)


def pack_exactly(
    frame: Frame, s: int, groups: list[Group]
) -> tuple[int, int, dict[int, Spot] | None]:
    """Place the talks of some tracks in their rooms of a block; return status, cost, how."""
    cells = _Cells(frame, frame.capacity[s], groups, cp_model.CpModel(), {}, [])
    for group in groups:
        _add_group(cells, group)
        _add_positions(cells, group)
    _add_people(cells)
    _add_beside(cells)
    cells.cp.minimize(sum(cells.costs))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_deterministic_time = EFFORT
    status = int(solver.solve(cells.cp))
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return status, 0, None
    return (
        status,
        round(solver.objective_value),
        {i: (room, at) for (i, room, at), one in cells.starts.items() if solver.boolean_value(one)},
    )


def _add_group(cells: _Cells, group: Group) -> None:
    """Each talk once, one at a time in a room, no room empty."""
    frame, cp = cells.frame, cells.cp
    _, talks, rooms, _ = group
    for i in talks:
        for room in rooms:
            for at in range(cells.capacity - frame.slots[i] + 1):
                one = cp.new_bool_var("")
                cells.starts[i, room, at] = one
                if frame.talk_room[i, room]:
                    cells.costs.append(int(frame.talk_room[i, room]) * one)
        cp.add_exactly_one([one for _, one in cells.spots(i)])
    for room in rooms:
        cp.add_bool_or([cells.starts[i, r, at] for i, r, at in cells.starts if r == room])
        for slot in range(cells.capacity):
            running = [
                one
                for (i, r, at), one in cells.starts.items()
                if r == room and slot - frame.slots[i] < at <= slot
            ]
            cp.add_at_most_one(running)


def _add_positions(cells: _Cells, group: Group) -> None:
    """What talks cost out of position, or beside another talk with a position."""
    frame, each = cells.frame, cells.frame.programme.costs.position
    _, talks, rooms, before = group
    ordered = [i for i in talks if frame.position[i]]
    for i in ordered:
        wrong = cells.cp.new_bool_var("")
        cells.costs.append(each * wrong)
        for (room, at), one in cells.spots(i):
            earlier = [
                other
                for (j, r, start), other in cells.starts.items()
                if j in talks and (r, start) < (room, at)
            ]
            wanted = frame.position[i] - before - 1
            cells.cp.add(sum(earlier) == wanted).only_enforce_if(one, wrong.negated())
    for i, j in combinations(ordered, 2) if len(rooms) > 1 else ():
        for slot in range(cells.capacity):
            cells.both(cells.runs(i, slot), cells.runs(j, slot), each)


def _add_people(cells: _Cells) -> None:
    """Nobody in two rooms: in the block, or in a slot where the programme says so."""
    frame = cells.frame
    track = {i: t for t, talks, _, _ in cells.groups for i in talks}
    rooms = {t: held for t, _, held, _ in cells.groups}
    for group in frame.inside:
        here = [i for i in group if i in track]
        if frame.programme.apart == "slot":
            _never_at_once(cells, here)
            continue
        for i, j in combinations(here, 2):
            for room in rooms[track[i]]:
                cells.cp.add(cells.inside(i, room) == cells.inside(j, room))
    if frame.programme.apart == "block":
        return
    for person, chaired in zip(frame.people, frame.chaired, strict=True):
        here = [i for talks in person.values() for i in talks if i in track]
        _never_at_once(cells, here)
        for i in here:
            for j in track:
                if track[j] in chaired and track[j] != track[i]:
                    _never_at_once(cells, [i, j])


def _never_at_once(cells: _Cells, talks: list[int]) -> None:
    for slot in range(cells.capacity if len(talks) > 1 else 0):
        cells.cp.add(sum(cells.runs(i, slot) for i in talks) <= 1)


def _add_beside(cells: _Cells) -> None:
    """What pairs cost that somebody would be at both of."""
    frame = cells.frame
    track = {i: t for t, talks, _, _ in cells.groups for i in talks}
    rooms = {t: held for t, _, held, _ in cells.groups}
    for (i, j), (block, each) in sorted(frame.beside.items()):
        if i not in track or j not in track:
            continue
        if track[i] == track[j] and len(rooms[track[i]]) > 1 and block:
            for room in rooms[track[i]]:
                cells.both(cells.inside(i, room), 1 - cells.inside(j, room), block)
        for slot in range(cells.capacity if each else 0):
            cells.both(cells.runs(i, slot), cells.runs(j, slot), each)
