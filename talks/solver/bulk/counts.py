"""Rooms as the times see them: never more sessions at a moment than rooms that suit them.

By Hall (1935) sessions that share a moment have a room each exactly when, for every set of
rooms, those that only fit into this set are no more than its rooms. The sets that matter are
unions of what sessions may use; they are few, as rooms differ in few ways. Where sessions only
share some of their time this is necessary and not sufficient: what the rooms then refuse comes
back as one more rule.
"""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from ortools.sat.python.cp_model_helper import Literal

from talks.solver.reasons import Reason

from .model import BulkModel
from .options import Options
from .units import Unit

SETS = 40  # of rooms that are looked at by moment, beside all of them
ROOM_TWICE = Reason("room_twice")


@dataclass(frozen=True, slots=True)
class Way:
    """A unit that starts at a minute, in one of some rooms (a bit mask), until `end`.

    `literal` says so; `anyway` says that it starts then, be the rooms as they may.
    """

    code: str
    start: int
    end: int  # the room's gap is in it
    rooms: int
    literal: Literal
    anyway: Literal


class Counts:
    """What is needed of rooms by moment; `open` says by unit and start in which it may be."""

    def __init__(self, bulk: BulkModel):
        self.bulk = bulk
        self.all_rooms = (1 << len(bulk.choices.rooms)) - 1
        self.open = {
            code: open_rooms(options, self.all_rooms) for code, options in bulk.options.items()
        }
        self.ways = [way for options in bulk.options.values() for way in self._ways(options)]
        self.moments = sorted({way.start for way in self.ways})
        self._running: list[list[Way]] = [[] for _ in self.moments]
        for way in self.ways:
            first = bisect_left(self.moments, way.start)
            for index in range(first, bisect_left(self.moments, way.end)):
                self._running[index].append(way)

    def post(self) -> None:
        """Post at each moment the sets of rooms that could run short."""
        if not self.bulk.ground.must("room_twice"):
            return
        for moment, running in zip(self.moments, self._running, strict=True):
            for rooms in unions({way.rooms for way in running}):
                self.post_set(moment, rooms)

    def post_set(self, moment: int, rooms: int) -> None:
        """Let no more run at a moment that only fit into some rooms than these rooms are."""
        running = self._running[bisect_left(self.moments, moment)]
        inside = [
            way.anyway if rooms == self.all_rooms else way.literal
            for way in running
            if not way.rooms & ~rooms
        ]
        closed = self._closed(moment, rooms) if self.bulk.with_reasons else []
        most = rooms.bit_count() - sum(isinstance(one, int) for one in closed)
        literals = [one for one in closed if not isinstance(one, int)]
        self.bulk.at_most(most, [*inside, *literals], ROOM_TWICE)

    # The ways of a unit.

    def _ways(self, options: Options) -> Iterable[Way]:
        bulk, unit = self.bulk, options.unit
        if not bulk.ground.needs_room(unit):
            if bulk.with_stays and unit.start in bulk.at[unit.code]:
                bulk.stays[unit.code] = bulk.at[unit.code][unit.start]
            return
        length = unit.minutes + bulk.ground.room_gap
        for minute, literal in bulk.at[unit.code].items():
            rooms = self.open[unit.code][minute]
            if not rooms:
                bulk.any_of([literal.negated()], *_causes(options, minute, self.all_rooms))
            elif bulk.with_reasons:
                yield self._suited(options, minute, literal, length)
            elif bulk.with_stays and minute == unit.start and self._bit(unit.room) & rooms:
                yield from self._stay_or_move(unit, rooms, literal, length)
            else:
                yield Way(unit.code, minute, minute + length, rooms, literal, literal)

    def _bit(self, room: str) -> int:
        return self.bulk.choices.bit.get(room, 0)

    def _stay_or_move(self, unit: Unit, rooms: int, literal: Literal, length: int) -> Iterable[Way]:
        """What keeps its start either keeps its room, or is in any room."""
        model, code, minute = self.bulk.model, unit.code, unit.start or 0
        stay, move = model.new_bool_var(f"{code} stays"), model.new_bool_var(f"{code} changes room")
        model.add(stay + move == literal)
        self.bulk.stays[code] = stay
        yield Way(code, minute, minute + length, self._bit(unit.room), stay, stay)
        yield Way(code, minute, minute + length, rooms, move, move)

    def _suited(self, options: Options, minute: int, literal: Literal, length: int) -> Way:
        """While reasons are on that make rooms unsuitable, a literal that counts for the others."""
        rooms, bulk = self.all_rooms, self.bulk
        counts = literal
        for index in options.unsuitable:
            rooms &= ~(1 << index)
        if rooms != self.all_rooms:
            counts = bulk.model.new_bool_var("suited")
            reasons = dict.fromkeys(options.unsuitable.values())
            bulk.any_of([literal.negated(), counts], *reasons)
        return Way(options.unit.code, minute, minute + length, rooms, counts, literal)

    def _closed(self, moment: int, rooms: int) -> list[Literal | int]:
        """Return for each of the rooms that is not free at a moment 1, or the literal of why."""
        found: list[Literal | int] = []
        for index, code in enumerate(self.bulk.choices.rooms):
            if rooms >> index & 1:
                causes = self.bulk.choices.causes_at(code, moment)
                if any(cause.rule == "room_twice" for cause in causes):
                    found.append(1)
                elif causes:
                    found.append(self.bulk.group(causes[0]))
        return found


def open_rooms(options: Options, all_rooms: int) -> dict[int, int]:
    """Return by start the rooms, as a mask, that a unit may be in then."""
    suited = all_rooms
    for index in options.unsuitable:
        suited &= ~(1 << index)
    masks = [suited] * len(options.starts)
    for index, refusals in options.shut.items():
        for _reason, shut in refusals:
            for place in shut.nonzero()[0].tolist():
                masks[place] &= ~(1 << index)
    return dict(zip(options.starts.tolist(), masks, strict=True))


def _causes(options: Options, minute: int, all_rooms: int) -> list[Reason]:
    """Return for each room one reason why it is none for a unit that starts at a minute."""
    place = options.starts.tolist().index(minute)
    found = []
    for index in range(all_rooms.bit_length()):
        shut = [reason for reason, mask in options.shut.get(index, ()) if mask[place]]
        found += [options.unsuitable[index]] if index in options.unsuitable else shut[:1]
    return list(dict.fromkeys(found))


def unions(sets: set[int], most: int = SETS) -> list[int]:
    """Return the unions of some sets of rooms, at most so many, and the union of all."""
    found = set(sets)
    for one in sorted(sets):
        if len(found) > most:
            break
        found |= {one | other for other in found}
    whole = 0
    for one in sets:
        whole |= one
    return sorted({*found, whole})
