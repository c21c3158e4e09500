"""What a programme of tracks is made of: talks of tracks, to be placed in blocks and rooms.

A block is a stretch of time that all rooms share, counted in slots of one length. A block in a
room is a cell; a cell holds talks of one track only. No public word of any file format is here,
and no clock: who reads a format works out what a talk costs in a block.

All costs are whole numbers, not negative, and already weighted. The kinds of cost are those of
Kheiri, Pylyavskyy and Jacko, "CoSPLib" (2025), doi 10.1145/3712255.3726570.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Talk:
    """A talk that takes `slots` slots in a row of one cell.

    `position` is its wanted place among the talks of its track, counted from 1; 0 for any.
    `people` must be there; `watchers` would like to be.
    """

    code: str
    track: str
    slots: int = 1
    position: int = 0
    people: frozenset[str] = frozenset()
    watchers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Track:
    """Talks that belong together; `chairs` are at every talk of it."""

    code: str
    chairs: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Block:
    code: str
    slots: int


@dataclass(frozen=True, slots=True)
class Costs:
    """What is not wanted, and how little. Of pairs the mappings hold only what costs something.

    `talk_block` and `talk_room` are for the whole talk, however many slots it takes. A pair of
    `alike` tracks costs for each pair of their cells in one block; the pair's order is of no
    account. `room` is for each room of a track after its first, `parallel` for each cell of a
    track beside its first in a block, `gap` for a track whose blocks are not in a row, `position`
    for each talk that is not where it wants to be in its track (cells in order of block, then
    room) and, in each slot, for each pair of such talks of a track that run at once. `watch_block`
    is for each pair of talks in different rooms of one block that somebody wants to see both,
    `watch_slot` for each slot that they share. `people` is for each pair of talks in different
    rooms of one block that one person must be at, where only slots keep people apart; `chairs`
    for each pair of cells of two tracks of one chair in one block, where the programme allows it.
    """

    track_block: Mapping[tuple[str, str], int] = field(default_factory=dict)
    track_room: Mapping[tuple[str, str], int] = field(default_factory=dict)
    block_room: Mapping[tuple[str, str], int] = field(default_factory=dict)
    talk_block: Mapping[tuple[str, str], int] = field(default_factory=dict)
    talk_room: Mapping[tuple[str, str], int] = field(default_factory=dict)
    alike: Mapping[tuple[str, str], int] = field(default_factory=dict)
    room: int = 0
    parallel: int = 0
    gap: int = 0
    position: int = 0
    watch_block: int = 0
    watch_slot: int = 0
    people: int = 0
    chairs: int = 0


@dataclass(frozen=True, slots=True)
class Programme:
    """All there is to place, in the order in which blocks follow and rooms stand.

    Nobody is in two rooms in one block, or with `apart` "slot" in one slot: a talk's people, and
    a track's chairs against the people of talks of other tracks. `chairs_apart` says that also
    two tracks of one chair never share a block.
    """

    talks: tuple[Talk, ...]
    tracks: tuple[Track, ...]
    blocks: tuple[Block, ...]
    rooms: tuple[str, ...]
    costs: Costs = Costs()
    apart: Literal["block", "slot"] = "block"
    chairs_apart: bool = True


@dataclass(frozen=True, slots=True)
class Place:
    """Where a talk stands; `start` is its first slot in the block, counted from 0."""

    talk: str
    block: str
    room: str
    start: int


class NoPlan(Exception):
    """There is no way to place the talks, or none was found in time (`is_proven` tells)."""

    def __init__(self, is_proven: bool, codes: tuple[str, ...] = ()) -> None:
        super().__init__("proven" if is_proven else "not found", *codes)
        self.is_proven = is_proven
        self.codes = codes  # the talks or tracks that alone cannot be placed
