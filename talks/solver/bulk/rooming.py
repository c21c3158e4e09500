"""Gives a room to each unit whose time is known: stage two."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

import numpy as np
from scipy.optimize import linear_sum_assignment

from talks.solver.limits import Limits
from talks.solver.problem import pair

from .counts import Counts
from .order import linked
from .room_model import NEVER, Bounds, Costs, Guest, RoomModel, Shortage, indices

Cost = Callable[[str, int, str], int]  # of a unit at a start in a room


class Rooming:
    """Units at their times, and what binds their rooms; `keep` are those that keep their room."""

    def __init__(self, counts: Counts, starts: Mapping[str, int], keep: Collection[str] = ()):
        self.counts, self.ground = counts, counts.bulk.ground
        self.rooms = counts.bulk.choices.rooms
        self.starts = starts
        bit = counts.bulk.choices.bit
        self.guests = {
            code: Guest(
                code,
                start,
                start + self.ground.units[code].minutes + self.ground.room_gap,
                bit[self.ground.units[code].room] if code in keep else counts.open[code][start],
            )
            for code, start in sorted(starts.items(), key=lambda each: (each[1], each[0]))
            if self.ground.needs_room(self.ground.units[code])
        }
        self.same = [two for two in linked(counts.bulk) if all(c in self.guests for c in two)]
        self.walks = list(self._walks())

    def assign(self, cost: Cost, limits: Limits) -> tuple[dict[str, str], list[Shortage]]:
        """Return the room of each unit that needs one, at the least cost, and what ran short."""
        found: dict[str, str] = {}
        short: list[Shortage] = []
        for guests in self._groups():
            got: Mapping[str, int] | Shortage
            if self._share_a_moment(guests):
                got = _matched(guests, self._costs(guests, cost))
            else:
                bounds = Bounds(self.same, self.walks, self._is_far)
                got = RoomModel(guests, self._costs(guests, cost), bounds).solve(limits)
            if isinstance(got, Shortage):
                short.append(got)
            else:
                found.update({code: self.rooms[index] for code, index in got.items()})
        return found, short

    def _costs(self, guests: Sequence[Guest], cost: Cost) -> Costs:
        table = np.full((len(guests), len(self.rooms)), NEVER, dtype=np.int64)
        for row, guest in enumerate(guests):
            for index, room in enumerate(self.rooms):
                if guest.rooms >> index & 1:
                    table[row, index] = cost(guest.code, guest.start, room)
        return table

    def _groups(self) -> Iterator[list[Guest]]:
        """Yield the units whose rooms depend on each other, in order of start."""
        parent = {code: code for code in self.guests}

        def root(code: str) -> str:
            while parent[code] != code:
                parent[code] = parent[parent[code]]
                code = parent[code]
            return code

        last: Guest | None = None
        for guest in self.guests.values():
            if last is not None and guest.start < last.end:
                parent[root(guest.code)] = root(last.code)
            if last is None or guest.end > last.end:
                last = guest
        for one, other in [*self.same, *((one, other) for one, other, _gap in self.walks)]:
            parent[root(other)] = root(one)
        groups: dict[str, list[Guest]] = {}
        for guest in self.guests.values():
            groups.setdefault(root(guest.code), []).append(guest)
        yield from groups.values()

    def _is_far(self, room: int, other: int, gap: int) -> bool:
        """Whether it takes longer than the gap to go from one room to another."""
        rooms = pair(self.rooms[room], self.rooms[other])
        return self.ground.problem.walks.get(rooms, 0) > gap

    def _share_a_moment(self, guests: Sequence[Guest]) -> bool:
        codes = {guest.code for guest in guests}
        bound = any(one in codes for one, *_rest in [*self.same, *self.walks])
        return not bound and max(g.start for g in guests) < min(g.end for g in guests)

    def _walks(self) -> Iterator[tuple[str, str, int]]:
        """Yield the units of one person with less time between them than the longest walk."""
        longest = max(self.ground.problem.walks.values(), default=0)
        times: dict[str, list[tuple[int, int, str]]] = {}
        for code, start in self.starts.items() if longest and self.ground.must("buffer") else ():
            for person, stage in self.ground.units[code].people:
                first = start + stage.offset
                times.setdefault(person, []).append((first, first + stage.minutes, code))
        for stretches in times.values():
            stretches.sort()
            for place, (_first, end, code) in enumerate(stretches):
                for start, _end, other in stretches[place + 1 :]:
                    both = code in self.guests and other in self.guests
                    if both and code != other and 0 <= start - end < longest:
                        yield code, other, start - end


def _matched(guests: Sequence[Guest], costs: Costs) -> dict[str, int] | Shortage:
    """Match units that share a moment with rooms, at the least cost."""
    rows, columns = linear_sum_assignment(costs)
    got = {
        guests[row].code: column
        for row, column in zip(rows.tolist(), columns.tolist(), strict=True)
        if costs[row, column] < NEVER
    }
    if len(got) == len(guests):
        return got
    return _shortage(guests, got)


def _shortage(guests: Sequence[Guest], got: Mapping[str, int]) -> Shortage:
    """Return a set of rooms that run short: all that is reached from who has none (Hall, 1935)."""
    holder = {room: code for code, room in got.items()}
    of = {guest.code: guest for guest in guests}
    lacking = [next(guest.code for guest in guests if guest.code not in got)]
    rooms = 0
    for code in lacking:
        for index in indices(of[code].rooms & ~rooms):
            rooms |= 1 << index
            lacking.append(holder[index])
    return Shortage(tuple(sorted(lacking)), max(guest.start for guest in guests), rooms)
