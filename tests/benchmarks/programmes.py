"""Programmes of any size with a seed, to measure the solver on: large, full, and feasible.

A hidden timetable is planted first, and every rule is drawn so that it holds there; `planted`
is never to be shown to a solver. Plain values that share nothing with `talks.solver`;
`programmes_check` says what a timetable is worth. The shape is that of a conference of 1,000
talks in 20 rooms on 5 days of 11 slots, 91 % of them taken.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from random import Random

DAY = 24 * 60
FEATURES = "video", "stage", "tables"
BLOCKS = 3, 3, 3, 2  # slots between two breaks
GAP, BREAK, MORNING = 5, 30, 9 * 60  # minutes


@dataclass(frozen=True, slots=True)
class Room:
    code: str
    capacity: int  # persons
    features: frozenset[str]


@dataclass(frozen=True, slots=True)
class Slot:
    start: int  # minutes since midnight before the first day
    minutes: int
    joins: bool  # what begins in it may run into the next slot

    @property
    def day(self) -> int:
        return self.start // DAY

    @property
    def end(self) -> int:
        return self.start + self.minutes


@dataclass(frozen=True, slots=True)
class Talk:
    code: str
    minutes: int
    track: str
    people: tuple[str, ...]  # speakers, or the panelists and the moderator
    demand: int  # persons expected
    features: frozenset[str]  # which its room must have
    rooms: frozenset[str]  # which it may be in; empty: all


@dataclass(frozen=True, slots=True)
class Shape:
    """What to make. Shares are of 1."""

    talks: int = 1_000
    rooms: int = 20
    days: int = 5
    slots: int = 11  # a day
    tracks: int = 25
    busy: int = 125  # people with two talks
    panels: int = 40
    before: int = 25  # precedences
    attendees: int = 3_000
    favourites: int = 12  # of each attendee, about
    away: float = 0.15  # of the people: a whole day
    late: float = 0.10  # of the people: not in the first two slots of a day
    choosy: float = 0.10  # of the talks: need a feature of their room
    bound: float = 0.02  # of the talks: may be in three rooms only
    doubles: int = 0  # talks that take two slots
    lengths: tuple[int, ...] = (40,)  # minutes of the slots, in turn


LARGE = Shape(talks=2_000, rooms=40, tracks=50, busy=250, panels=80, before=50, attendees=6_000)
DOUBLES = Shape(talks=950, doubles=50)
UNEQUAL = Shape(lengths=(60, 40, 20, 40, 40))


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme to be placed, and one way to place it."""

    rooms: tuple[Room, ...]
    slots: tuple[Slot, ...]
    talks: tuple[Talk, ...]
    away: Mapping[str, tuple[tuple[int, int], ...]]  # person -> (start, end) in minutes
    before: tuple[tuple[str, str], ...]  # the first ends before the second begins
    together: Mapping[tuple[str, str], int]  # attendees who want both; codes in order
    planted: Mapping[str, tuple[int, str]] = field(repr=False)  # talk -> start, room


@dataclass(slots=True)
class _Draft:
    """A talk while it is made, at its hidden place."""

    code: str
    slot: int
    taken: int  # slots
    room: Room
    track: str
    people: list[str] = field(default_factory=list)


def programme(shape: Shape, seed: int = 0) -> Programme:
    """Make a programme; the same for the same shape and seed. Raises ValueError when too full."""
    dice = Random(f"{seed} {shape}")
    rooms = tuple(_rooms(shape, dice))
    slots = tuple(_slots(shape))
    drafts = _planted(shape, dice, rooms, slots)
    _cast(shape, dice, drafts)
    favourites = list(_favourites(shape, dice, drafts))
    demand = Counter(code for chosen in favourites for code in chosen)
    wanted = Counter(pair for chosen in favourites for pair in combinations(sorted(chosen), 2))
    return Programme(
        rooms=rooms,
        slots=slots,
        talks=tuple(_talk(shape, dice, draft, slots, rooms, demand) for draft in drafts),
        away=_away(shape, dice, drafts, slots),
        before=_before(shape, dice, drafts),
        together=dict(wanted),
        planted={draft.code: (slots[draft.slot].start, draft.room.code) for draft in drafts},
    )


def _rooms(shape: Shape, dice: Random) -> Iterator[Room]:
    """Yield rooms from 800 seats down to 60, by equal ratios, in steps of 10."""
    for number in range(shape.rooms):
        part = number / max(1, shape.rooms - 1)
        features = frozenset(name for name in FEATURES if dice.random() < 0.5)
        yield Room(f"R{number + 1:02}", round(80 * (60 / 800) ** part) * 10, features)


def _slots(shape: Shape) -> Iterator[Slot]:
    ends = {sum(BLOCKS[: block + 1]) - 1 for block in range(len(BLOCKS))} | {shape.slots - 1}
    for day in range(shape.days):
        start = day * DAY + MORNING
        for number in range(shape.slots):
            minutes = shape.lengths[number % len(shape.lengths)]
            yield Slot(start, minutes, number not in ends)
            start += minutes + (BREAK if number in ends else GAP)


def _planted(
    shape: Shape, dice: Random, rooms: tuple[Room, ...], slots: tuple[Slot, ...]
) -> list[_Draft]:
    """Put each talk into a cell of its own: first those of two slots, then the others."""
    free = [(slot, room) for slot in range(len(slots)) for room in range(len(rooms))]
    dice.shuffle(free)
    taken: set[tuple[int, int]] = set()
    drafts: list[_Draft] = []
    for length, count in ((2, shape.doubles), (1, shape.talks - shape.doubles)):
        for slot, room in free:
            cells = [(slot + step, room) for step in range(length)]
            if count == 0:
                break
            if taken.isdisjoint(cells) and (length == 1 or slots[slot].joins):
                taken.update(cells)
                track = f"K{dice.randrange(shape.tracks) + 1:02}"
                drafts.append(_Draft(f"T{len(drafts) + 1:04}", slot, length, rooms[room], track))
                count -= 1
        if count:
            raise ValueError(f"{count} talks have no place")
    return drafts


def _cast(shape: Shape, dice: Random, drafts: list[_Draft]) -> None:
    """Give each talk a speaker, some speakers a second talk, and panels their five people."""
    busy: dict[str, set[int]] = defaultdict(set)

    def give(draft: _Draft, person: str) -> bool:
        during = set(range(draft.slot, draft.slot + draft.taken))
        if busy[person] & during:
            return False
        busy[person] |= during
        draft.people.append(person)
        return True

    order = dice.sample(drafts, len(drafts))
    panels, others = order[: shape.panels], order[shape.panels :]
    seconds, firsts = others[: shape.busy], others[shape.busy :]
    names = [f"P{number + 1:04}" for number in range(len(firsts))]
    for draft, name in zip(firsts, names, strict=True):
        give(draft, name)
    spare = dice.sample(names, len(names))
    for draft in seconds:
        spare.remove(next(name for name in spare if give(draft, name)))
    for draft in panels:
        while len(draft.people) < 5:
            give(draft, dice.choice(names))


def _favourites(shape: Shape, dice: Random, drafts: list[_Draft]) -> Iterator[set[str]]:
    """Yield what each attendee wants: the popular, and the tracks they care for."""
    codes = [draft.code for draft in drafts]
    fame = {draft.code: dice.lognormvariate(0, 1) for draft in drafts}
    tracks = sorted({draft.track for draft in drafts})
    for _ in range(shape.attendees):
        cares = set(dice.sample(tracks, min(3, len(tracks))))
        weights = [fame[draft.code] * (6 if draft.track in cares else 1) for draft in drafts]
        yield set(dice.choices(codes, weights, k=dice.randint(1, 2 * shape.favourites)))


def _talk(
    shape: Shape,
    dice: Random,
    draft: _Draft,
    slots: tuple[Slot, ...],
    rooms: tuple[Room, ...],
    demand: Mapping[str, int],
) -> Talk:
    last = slots[draft.slot + draft.taken - 1]
    features = sorted(draft.room.features)
    needs = {dice.choice(features)} if features and dice.random() < shape.choosy else set()
    allowed = {draft.room.code, *(room.code for room in dice.sample(rooms, min(2, len(rooms))))}
    return Talk(
        code=draft.code,
        minutes=last.end - slots[draft.slot].start,
        track=draft.track,
        people=tuple(draft.people),
        demand=demand[draft.code],
        features=frozenset(needs),
        rooms=frozenset(allowed if dice.random() < shape.bound else ()),
    )


def _away(
    shape: Shape, dice: Random, drafts: list[_Draft], slots: tuple[Slot, ...]
) -> dict[str, tuple[tuple[int, int], ...]]:
    """Draw who is away for a day or comes late, where nothing of theirs is planted."""
    there: dict[str, set[int]] = defaultdict(set)
    for draft in drafts:
        for person in draft.people:
            there[person] |= set(range(draft.slot, draft.slot + draft.taken))
    away: dict[str, tuple[tuple[int, int], ...]] = {}
    for person, taken in there.items():
        free = [day for day in range(shape.days) if day not in {slots[n].day for n in taken}]
        early = any(slot % shape.slots < 2 for slot in taken)
        spans = []
        if dice.random() < shape.away and free:
            day = dice.choice(free)
            spans.append((day * DAY, (day + 1) * DAY))
        if dice.random() < shape.late and not early:
            spans += [(n * DAY, slots[n * shape.slots + 2].start) for n in range(shape.days)]
        if spans:
            away[person] = tuple(spans)
    return away


def _before(shape: Shape, dice: Random, drafts: list[_Draft]) -> tuple[tuple[str, str], ...]:
    """Draw pairs of a track that are planted one after the other, no talk in two pairs."""
    pairs: list[tuple[str, str]] = []
    waiting: dict[str, _Draft] = {}
    for draft in dice.sample(drafts, len(drafts)):
        other = waiting.pop(draft.track, None)
        if other is None:
            waiting[draft.track] = draft
            continue
        first, second = sorted((other, draft), key=lambda one: one.slot)
        if len(pairs) < shape.before and first.slot + first.taken <= second.slot:
            pairs.append((first.code, second.code))
    return tuple(pairs)
