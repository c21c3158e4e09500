"""What each unit may do by itself: at which starts, in which rooms, and what forbids the others."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from talks.solver.problem import Room, Session, Talk, pair
from talks.solver.reasons import Reason
from talks.solver.rules.rooms import is_allowed
from talks.solver.rules.sessions import excludes

from .slots import Ints, Mask, Slots
from .units import Ground, Unit
from .wishes import BY_ITSELF, amount_of_start, has_wishes

Refusals = list[tuple[Reason, Mask]]  # the starts, as a mask, that a reason forbids


@dataclass(slots=True)
class Options:
    """The starts of a unit, what forbids some, and what forbids rooms (by index) at some."""

    unit: Unit
    starts: Ints
    refused: Refusals
    unsuitable: dict[int, Reason] = field(default_factory=dict)
    shut: dict[int, Refusals] = field(default_factory=dict)


class Choices:
    """The options of all units; rooms are known by their index in `rooms`, as bits of a mask."""

    def __init__(self, ground: Ground, slots: Slots):
        self.ground, self.slots = ground, slots
        self.rooms = list(ground.problem.rooms)
        self.bit = {code: 1 << index for index, code in enumerate(self.rooms)}
        self._shut: dict[tuple[int, bytes], dict[int, Refusals]] = {}
        self._busy = self._fixed_stages()
        self._for_all = [u for u in ground.fixed.values() if u.session.is_for_all]

    def of(self, unit: Unit) -> Options:
        found = self.slots.of(unit)
        refused = list(self._refused(unit, found))
        options = Options(unit, found, refused)
        return self.housed(options) if self.ground.needs_room(unit) else options

    def housed(self, options: Options) -> Options:
        """Say of some options, too, what forbids their rooms."""
        options.unsuitable = self._unsuitable(options.unit)
        options.shut = dict(self._shut_rooms(options.unit.minutes, options.starts))
        for index, reason, mask in self._too_far(options.unit, options.starts):
            options.shut[index] = [*options.shut.get(index, ()), (reason, mask)]
        return options

    # Starts.

    def _refused(self, unit: Unit, at: Ints) -> Iterator[tuple[Reason, Mask]]:
        """Yield what forbids some starts, of this unit alone or with things that are fixed."""
        pin = self.ground.problem.pins.get(unit.code)
        if pin and pin.start and self.ground.must("pinned"):
            yield Reason("pinned", unit.code), at != self.ground.clock.minute(pin.start)
        if self.ground.must("in_hours"):
            yield Reason("in_hours", unit.code), ~self._in_hours(unit, at)
        yield from self._away(unit, at)
        yield from self._unwished(unit, at)
        yield from self._with_fixed(unit, at)

    def _in_hours(self, unit: Unit, at: Ints) -> Mask:
        spans = [self.ground.clock.span(span) for span in self.ground.problem.hours]
        within: Mask = at != at
        for first, end in spans:
            within |= (at >= first) & (at + unit.minutes <= end)
        return within if spans else ~within

    def _away(self, unit: Unit, at: Ints) -> Iterator[tuple[Reason, Mask]]:
        if not self.ground.must("person_away"):
            return
        for person, stage in unit.people:
            for span in self.ground.problem.people[person].away:
                first, end = self.ground.clock.span(span)
                during = _shares(at + stage.offset, stage.minutes, first, end)
                if during.any():
                    yield Reason("person_away", person, (unit.code,), span), during

    def _unwished(self, unit: Unit, at: Ints) -> Iterator[tuple[Reason, Mask]]:
        """Yield what wishes forbid that an organizer has made rules."""
        for rule in BY_ITSELF if has_wishes(self.ground, unit) else ():
            if self.ground.must(rule):
                amounts = [amount_of_start(self.ground, unit, m, rule) for m in at.tolist()]
                yield Reason(rule, unit.code), np.array(amounts) > 0

    def _with_fixed(self, unit: Unit, at: Ints) -> Iterator[tuple[Reason, Mask]]:
        ground = self.ground
        for person, stage in unit.people if ground.must("person_twice") else ():
            for code, first, end in self._busy.get(person, ()):
                during = _shares(
                    at + stage.offset, stage.minutes, first, end, gap=ground.person_gap
                )
                yield Reason("person_twice", person, (unit.code, code)), during
        for other in ground.fixed.values() if ground.is_one_place(unit) else ():
            if ground.is_one_place(other) and other.start is not None:
                during = _shares(at, unit.minutes, other.start, other.start + other.minutes)
                yield Reason("one_place", other.code), during
        for other in self._for_all if ground.must("plenary_alone") else ():
            if may_not_run_beside(unit.session, other.session) and other.start is not None:
                during = _shares(at, unit.minutes, other.start, other.start + other.minutes)
                yield Reason("plenary_alone", other.code), during
        if unit.session.is_for_all and ground.must("plenary_alone"):
            for other in ground.fixed.values():
                if may_not_run_beside(unit.session, other.session) and other.start is not None:
                    during = _shares(at, unit.minutes, other.start, other.start + other.minutes)
                    yield Reason("plenary_alone", unit.code, (other.code,)), during

    def _fixed_stages(self) -> dict[str, list[tuple[str, int, int]]]:
        found: dict[str, list[tuple[str, int, int]]] = defaultdict(list)
        for unit in self.ground.fixed.values():
            for person, stage in unit.people:
                first = (unit.start or 0) + stage.offset
                found[person].append((unit.code, first, first + stage.minutes))
        return found

    # Rooms.

    def _unsuitable(self, unit: Unit) -> dict[int, Reason]:
        """Return the rooms in which a unit may never be, each with one reason."""
        rooms = self.ground.problem.rooms
        reasons = {index: self._why_not(unit, rooms[code]) for index, code in enumerate(self.rooms)}
        return {index: reason for index, reason in reasons.items() if reason is not None}

    def _why_not(self, unit: Unit, room: Room) -> Reason | None:
        problem, must = self.ground.problem, self.ground.must
        pin = problem.pins.get(unit.code)
        if pin and pin.room is not None and pin.room != room.code and must("pinned"):
            return Reason("pinned", unit.code)
        talks = [problem.talks[code] for code, _stage in unit.talks]
        for talk in talks if must("room_suits") else ():
            if talk.features - room.features or not is_allowed(talk, room.code):
                return Reason("room_suits", talk.code)
        seats = room.capacity if must("room_holds") else None
        if seats is not None and most_expected(talks) > seats:
            return Reason("room_holds", unit.code)
        return None

    def _shut_rooms(self, minutes: int, at: Ints) -> dict[int, Refusals]:
        """Return the rooms that are closed, or held by what is fixed, at some of the starts."""
        key = (minutes, at.tobytes())
        if key not in self._shut:
            self._shut[key] = {
                index: found
                for index, code in enumerate(self.rooms)
                if (found := list(self._shut_room(code, minutes, at)))
            }
        return self._shut[key]

    def _shut_room(self, code: str, minutes: int, at: Ints) -> Iterator[tuple[Reason, Mask]]:
        ground = self.ground
        closed = ground.problem.rooms[code].closed if ground.must("room_closed") else ()
        for span in closed:
            during = _shares(at, minutes, *ground.clock.span(span))
            if during.any():
                yield Reason("room_closed", code, (), span), during
        disliked = ground.problem.rooms[code].rather_not if ground.must("preferences") else ()
        for span in disliked:
            during = _shares(at, minutes, *ground.clock.span(span))
            if during.any():
                yield Reason("preferences", code, (), span), during
        for unit in ground.fixed.values() if ground.must("room_twice") else ():
            if unit.room == code and unit.start is not None:
                end = unit.start + unit.minutes
                during = _shares(at, minutes, unit.start, end, gap=ground.room_gap)
                if during.any():
                    yield Reason("room_twice", code, (unit.code,)), during

    def _too_far(self, unit: Unit, at: Ints) -> Iterator[tuple[int, Reason, Mask]]:
        """Yield the rooms from which somebody cannot come in time to or from what is fixed."""
        walks = self.ground.problem.walks if self.ground.must("buffer") else {}
        for person, stage in unit.people if walks else ():
            for code, first, end in self._busy.get(person, ()):
                for index, room in enumerate(self.rooms):
                    minutes = walks.get(pair(room, self.ground.fixed[code].room), 0)
                    near = _shares(at + stage.offset, stage.minutes, first, end, gap=minutes)
                    if near.any():
                        yield index, Reason("buffer", person, (code,)), near

    def causes_at(self, code: str, moment: int) -> list[Reason]:
        """Return why a room is not free at a moment, be the sessions as they may."""
        at = np.array([moment], dtype=np.int64)
        return [reason for reason, mask in self._shut_room(code, 1, at) if mask.any()]


def most_expected(talks: Sequence[Talk]) -> int:
    """Return how many persons a room must hold: those of one talk, or of all posters."""
    posters = sum(talk.demand or 0 for talk in talks if talk.is_poster)
    return max([posters, *(talk.demand or 0 for talk in talks if not talk.is_poster)])


def may_not_run_beside(one: Session, other: Session) -> bool:
    """Whether the rule `plenary_alone` keeps two sessions from sharing time."""
    return excludes(one, other) or excludes(other, one)


def _shares(at: Ints, minutes: int, first: int, end: int, gap: int = 0) -> Mask:
    """Return which starts make a stretch share time with first to end, or come nearer than gap."""
    if first >= end or minutes <= 0:
        return at != at
    found: Mask = (at < end + gap) & (first < at + minutes + gap)
    return found
