"""What a timetable of a made programme breaks and costs: shares nothing with the solver.

Written apart from it, over minutes and codes, so that a mistake is not made twice.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from tests.benchmarks.programmes import Programme, Slot, Talk

Places = Mapping[str, tuple[int, str]]  # talk -> start (minutes), room


@dataclass(frozen=True, slots=True)
class Costs:
    together: int  # attendees who want two talks that overlap, by pair of talks
    tracks: int  # pairs of a track that overlap
    overflow: int  # persons more than there are seats

    @property
    def total(self) -> int:
        """The sum as the notes on scheduling weigh it."""
        return self.together + 3 * self.tracks + self.overflow


def costs(programme: Programme, places: Places) -> Costs:
    """Return what a timetable costs; talks that have no place cost nothing."""
    seats = {room.code: room.capacity for room in programme.rooms}
    pairs = list(_overlapping(programme, places))
    return Costs(
        together=sum(programme.together.get((a.code, b.code), 0) for a, b in pairs),
        tracks=sum(a.track == b.track for a, b in pairs),
        overflow=sum(
            max(0, talk.demand - seats[places[talk.code][1]])
            for talk in programme.talks
            if talk.code in places
        ),
    )


def faults(programme: Programme, places: Places) -> list[str]:
    """Return a sentence for each rule that is broken."""
    known = {talk.code for talk in programme.talks}
    found = [f"{code} is no talk" for code in places if code not in known]
    for talk in programme.talks:
        if talk.code in places:
            found += _faults_of(programme, talk, *places[talk.code])
        else:
            found.append(f"{talk.code} has no place")
    for one, other in _overlapping(programme, places):
        if places[one.code][1] == places[other.code][1]:
            found.append(f"{one.code} and {other.code} share a room")
        found += [
            f"{person} is in {one.code} and {other.code}"
            for person in sorted(set(one.people) & set(other.people))
        ]
    talks = {talk.code: talk for talk in programme.talks}
    for first, second in programme.before:
        if {first, second} <= places.keys() and (
            places[first][0] + talks[first].minutes > places[second][0]
        ):
            found.append(f"{first} is not before {second}")
    return found


def _faults_of(programme: Programme, talk: Talk, start: int, room_code: str) -> Iterator[str]:
    """Yield what is wrong with the place of one talk by itself."""
    rooms = {room.code: room for room in programme.rooms}
    if room_code not in rooms:
        yield f"{talk.code} is in no room"
    elif talk.features - rooms[room_code].features:
        yield f"{talk.code} lacks a feature in {room_code}"
    if talk.rooms and room_code not in talk.rooms:
        yield f"{talk.code} may not be in {room_code}"
    if start + talk.minutes > _last_moment(programme.slots, start):
        yield f"{talk.code} does not fit at {start}"
    for person in talk.people:
        for begin, end in programme.away.get(person, ()):
            if start < end and begin < start + talk.minutes:
                yield f"{person} is away during {talk.code}"


def _last_moment(slots: tuple[Slot, ...], start: int) -> int:
    """Return when what begins here must be over: the end of the slot, or of all it may run into."""
    for number, slot in enumerate(slots):
        if slot.start == start:
            while slots[number].joins:
                number += 1
            return slots[number].end
    return start


def _overlapping(programme: Programme, places: Places) -> Iterator[tuple[Talk, Talk]]:
    """Yield the pairs of talks that are at the same time, codes in order."""
    by_day = defaultdict(list)
    for talk in sorted(programme.talks, key=lambda talk: talk.code):
        if talk.code in places:
            by_day[places[talk.code][0] // (24 * 60)].append(talk)
    for talks in by_day.values():
        for one, other in combinations(talks, 2):
            start, begin = places[one.code][0], places[other.code][0]
            if start < begin + other.minutes and begin < start + one.minutes:
                yield one, other
