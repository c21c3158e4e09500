"""Gives rooms to what could do without: what is for all, when all else has its room."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from talks.solver.problem import pair

from .counts import Counts
from .units import Unit
from .wishes import RoomCost

Stretch = tuple[int, int, str]  # start, end, room


class Plenaries:
    """Where everything stands, to see which rooms are left."""

    def __init__(self, counts: Counts, starts: Mapping[str, int], rooms: Mapping[str, str]):
        self.bulk, self.ground = counts.bulk, counts.bulk.ground
        self.starts, self.rooms = starts, dict(rooms)

    def housed(self, cost: RoomCost) -> dict[str, str]:
        """Return the rooms of all: what is for all stays in its room, talks get the best."""
        for code, start in self.starts.items():
            unit = self.ground.units[code]
            if not self.ground.needs_room(unit) and (unit.room or unit.talks):
                free = list(self._free_for(unit, start))
                if unit.room in free:
                    self.rooms[code] = unit.room
                elif free and unit.talks:
                    self.rooms[code] = min(free, key=lambda room: self._price(cost, unit, room))
        return self.rooms

    def _price(self, cost: RoomCost, unit: Unit, room: str) -> tuple[int, int]:
        seats = self.ground.problem.rooms[room].capacity
        return cost(unit.code, self.starts[unit.code], room), -(seats or 0)

    def _free_for(self, unit: Unit, start: int) -> Iterator[str]:
        """Yield the rooms that are free and open, suit, and are not too far for anybody."""
        options = self.bulk.choices.housed(self.bulk.options[unit.code])
        place = options.starts.searchsorted(start)
        taken = self._taken(unit, start)
        busy = self._busy(unit)
        for index, room in enumerate(self.bulk.choices.rooms):
            is_shut = any(mask[place] for _reason, mask in options.shut.get(index, ()))
            suits = index not in options.unsuitable and not is_shut
            if suits and room not in taken and not self._is_far(unit, start, room, busy):
                yield room

    def _taken(self, unit: Unit, start: int) -> set[str]:
        end, gap = start + unit.minutes, self.ground.room_gap
        return {
            room
            for code, room in self.rooms.items()
            if self.starts[code] < end + gap
            and start < self.starts[code] + self.ground.units[code].minutes + gap
        }

    def _busy(self, unit: Unit) -> dict[str, list[Stretch]]:
        """Return when the people of a unit are elsewhere, if it matters where."""
        found: dict[str, list[Stretch]] = defaultdict(list)
        must = self.ground.problem.walks and self.ground.must("buffer")
        people = {person for person, _stage in unit.people}
        for code, room in self.rooms.items() if must and people else ():
            for person, stage in self.ground.units[code].people:
                if person in people:
                    first = self.starts[code] + stage.offset
                    found[person].append((first, first + stage.minutes, room))
        return found

    def _is_far(self, unit: Unit, start: int, room: str, busy: Mapping[str, list[Stretch]]) -> bool:
        for person, stage in unit.people:
            first = start + stage.offset
            end = first + stage.minutes
            for begin, over, other in busy.get(person, ()):
                walk = self.ground.problem.walks.get(pair(room, other), 0)
                if begin < end + walk and first < over + walk:
                    return True
        return False
