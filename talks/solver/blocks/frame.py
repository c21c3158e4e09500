"""A programme of tracks by number, as the model, the packing and the search read it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, combinations

import numpy as np
from numpy.typing import NDArray

from .problem import Programme

Ints = NDArray[np.int64]
Pairs = dict[tuple[int, int], int]
Prices = dict[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Frame:
    """The numbers of a programme. Talks i, tracks t, blocks s, rooms r count from 0.

    Rooms of one kind cost the same in everything, so that they can be exchanged; kinds count
    from 0 as well. Talks of one class can be exchanged too: alike in length and costs, nobody
    of them is needed elsewhere.
    """

    programme: Programme
    track_of: list[int]
    slots: list[int]
    position: list[int]  # 0 when of no account
    talks_of: list[list[int]]  # by track
    capacity: list[int]  # slots, by block
    cell_cost: Ints  # track, block, room
    talk_block: Ints
    talk_room: Ints
    alike: Pairs  # tracks a < b
    kind_of: list[int]  # by room
    rooms_of: list[list[int]]  # by kind, in order
    class_of: list[int]  # by talk
    people: list[dict[int, list[int]]]  # each needed in two tracks or more: track -> talks
    chaired: list[set[int]]  # of the same people: tracks
    inside: list[list[int]]  # talks of one track that one person needs, two or more
    beside: Prices  # talks i < j in different rooms: of one block, and for each slot they share
    apart: set[tuple[int, int]]  # tracks a < b that never share a block: of one chair

    @property
    def sizes(self) -> tuple[int, int, int]:
        """The numbers of tracks, blocks and rooms."""
        tracks, blocks, rooms = self.cell_cost.shape
        return tracks, blocks, rooms


def frame_of(programme: Programme, each_room: bool = False) -> Frame:
    """Number the programme; with `each_room` every room is a kind of its own."""
    track_at = {track.code: t for t, track in enumerate(programme.tracks)}
    track_of = [track_at[talk.track] for talk in programme.talks]
    talks_of: list[list[int]] = [[] for _ in programme.tracks]
    for i, t in enumerate(track_of):
        talks_of[t].append(i)
    talk_block, talk_room, cell_cost = _matrices(programme)
    kind_of, rooms_of = _kinds(cell_cost, talk_room, each_room)
    costs = programme.costs
    position = [talk.position if costs.position else 0 for talk in programme.talks]
    people, chaired, inside = _people(programme, track_of)
    beside = _beside(programme, track_of)
    needed = {i for person in people for group in person.values() for i in group}
    needed |= {i for group in inside for i in group} | {i for pair in beside for i in pair}
    needed |= {i for i, place in enumerate(position) if place}
    slots = [talk.slots for talk in programme.talks]
    return Frame(
        programme=programme,
        track_of=track_of,
        slots=slots,
        position=position,
        talks_of=talks_of,
        capacity=[block.slots for block in programme.blocks],
        cell_cost=cell_cost,
        talk_block=talk_block,
        talk_room=talk_room,
        alike=_alike(programme, track_at),
        kind_of=kind_of,
        rooms_of=rooms_of,
        class_of=_classes(track_of, slots, needed, talk_block, talk_room),
        people=people,
        chaired=chaired,
        inside=inside,
        beside=beside,
        apart=_chairs(programme, track_at) if programme.chairs_apart else set(),
    )


def _matrices(programme: Programme) -> tuple[Ints, Ints, Ints]:
    """Return the costs of a talk in a block, of a talk in a room, of a track in a cell."""
    costs = programme.costs
    talks = {talk.code: i for i, talk in enumerate(programme.talks)}
    tracks = {track.code: t for t, track in enumerate(programme.tracks)}
    blocks = {block.code: s for s, block in enumerate(programme.blocks)}
    rooms = {room: r for r, room in enumerate(programme.rooms)}
    talk_block = np.zeros((len(talks), len(blocks)), dtype=np.int64)
    talk_room = np.zeros((len(talks), len(rooms)), dtype=np.int64)
    cell = np.zeros((len(tracks), len(blocks), len(rooms)), dtype=np.int64)
    for (talk, block), cost in costs.talk_block.items():
        talk_block[talks[talk], blocks[block]] += cost
    for (talk, room), cost in costs.talk_room.items():
        talk_room[talks[talk], rooms[room]] += cost
    for (track, block), cost in costs.track_block.items():
        cell[tracks[track], blocks[block], :] += cost
    for (track, room), cost in costs.track_room.items():
        cell[tracks[track], :, rooms[room]] += cost
    for (block, room), cost in costs.block_room.items():
        cell[:, blocks[block], rooms[room]] += cost
    return talk_block, talk_room, cell


def _kinds(cell_cost: Ints, talk_room: Ints, each_room: bool) -> tuple[list[int], list[list[int]]]:
    found: dict[bytes, int] = {}
    kind_of = []
    for r in range(cell_cost.shape[2]):
        key = cell_cost[:, :, r].tobytes() + talk_room[:, r].tobytes()
        key += str(r).encode() if each_room else b""
        kind_of.append(found.setdefault(key, len(found)))
    rooms_of: list[list[int]] = [[] for _ in found]
    for r, kind in enumerate(kind_of):
        rooms_of[kind].append(r)
    return kind_of, rooms_of


def _classes(
    track_of: list[int], slots: list[int], needed: set[int], talk_block: Ints, talk_room: Ints
) -> list[int]:
    found: dict[tuple[object, ...], int] = {}
    return [
        found.setdefault(
            (i,)
            if i in needed
            else (track_of[i], slots[i], talk_block[i].tobytes(), talk_room[i].tobytes()),
            len(found),
        )
        for i in range(len(track_of))
    ]


def _alike(programme: Programme, track_at: dict[str, int]) -> Pairs:
    found: Pairs = defaultdict(int)
    for (one, other), cost in programme.costs.alike.items():
        a, b = sorted((track_at[one], track_at[other]))
        if a != b and cost:
            found[a, b] += cost
    if programme.costs.chairs and not programme.chairs_apart:
        for pair in _chairs(programme, track_at):
            found[pair] += programme.costs.chairs
    return dict(found)


def _chairs(programme: Programme, track_at: dict[str, int]) -> set[tuple[int, int]]:
    """The pairs of tracks that share a chair."""
    return {
        (track_at[one.code], track_at[other.code])
        for one, other in combinations(programme.tracks, 2)
        if one.chairs & other.chairs
    }


def _people(
    programme: Programme, track_of: list[int]
) -> tuple[list[dict[int, list[int]]], list[set[int]], list[list[int]]]:
    talks: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    chairs: dict[str, set[int]] = defaultdict(set)
    for i, talk in enumerate(programme.talks):
        for person in talk.people:
            talks[person][track_of[i]].append(i)
    for t, track in enumerate(programme.tracks):
        for person in track.chairs:
            chairs[person].add(t)
    busy = [p for p in sorted({*talks, *chairs}) if len({*talks[p], *chairs[p]}) > 1]
    inside = {tuple(group) for one in talks.values() for group in one.values() if len(group) > 1}
    return (
        [dict(talks[p]) for p in busy],
        [chairs[p] for p in busy],
        [list(group) for group in sorted(inside)],
    )


def _beside(programme: Programme, track_of: list[int]) -> Prices:
    """What pairs of talks cost that somebody wants, or needs, to be at both of."""
    costs = programme.costs
    watchers = _by_person([talk.watchers for talk in programme.talks])
    people = _by_person([talk.people for talk in programme.talks])
    chairs = _by_person([track.chairs for track in programme.tracks])
    found: Prices = {}

    def add(pairs: Iterable[tuple[int, int]], block: int, slot: int) -> None:
        for pair in {(min(pair), max(pair)) for pair in pairs}:
            before = found.get(pair, (0, 0))
            found[pair] = (before[0] + block, before[1] + slot)

    if costs.watch_block or costs.watch_slot:
        pairs = (_pairs(watchers[p], people[p], chairs[p], track_of) for p in sorted(watchers))
        add(chain.from_iterable(pairs), costs.watch_block, costs.watch_slot)
    if costs.people and programme.apart == "slot":
        pairs = (_pairs(people[p], set(), chairs[p], track_of) for p in sorted(people))
        add(chain.from_iterable(pairs), costs.people, 0)
    return found


def _by_person(groups: Iterable[frozenset[str]]) -> dict[str, set[int]]:
    """Number the groups; return which of them each person is in."""
    found: dict[str, set[int]] = defaultdict(set)
    for n, group in enumerate(groups):
        for person in group:
            found[person].add(n)
    return found


def _pairs(
    talks: set[int], others: set[int], chaired: set[int], track_of: list[int]
) -> Iterator[tuple[int, int]]:
    """Yield the pairs of talks, of one and another, of one and those of another track chaired."""
    yield from combinations(sorted(talks), 2)
    for i in talks:
        yield from ((i, j) for j in others if i != j)
        yield from ((i, j) for j, t in enumerate(track_of) if t in chaired and t != track_of[i])
