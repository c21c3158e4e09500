"""Placing the talks of tracks in blocks and rooms: the way in.

    plan = solve(programme, Limits(seconds=60), seed=1)

See `problem` for what goes in, `search` for how it is done.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import prod

from .frame import Frame, frame_of
from .layout import Layout
from .packing import Packer
from .problem import NoPlan, Place, Programme
from .search import Limits, Search

SMALL = 1_500  # variables of the model: up to here the best can be proven at once
FEW = 2_000  # cells times tracks: up to here each room may count for itself
QUICK, START = 0.2, 0.15  # of the time for the whole model: to prove a small one, to begin
MORE_ROOMS = 2  # than a track needs at once, when looking for better
TRIES = 4


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a search is: seconds by its clock, the cost so far, no plan costs less than bound."""

    seconds: float
    cost: int
    bound: int


@dataclass(frozen=True, slots=True)
class Plan:
    """Where every talk stands, talks in the programme's order.

    `bound` holds for plans in which no track has more than MORE_ROOMS at once above what it needs;
    0 when the programme is too big for one that says anything.
    """

    places: tuple[Place, ...]
    cost: int
    bound: int
    seconds: float

    @property
    def is_proven(self) -> bool:
        """Whether no plan costs less."""
        return self.cost <= self.bound


def solve(
    programme: Programme,
    limits: Limits,
    seed: int = 0,
    workers: int = 2,
    progress: Callable[[Progress], None] = lambda _: None,
) -> Plan:
    """Place every talk, at the least cost found within the limits.

    Raises NoPlan when there is none. Where two tracks of one chair cannot be kept apart at all,
    they cost what the programme says.
    """
    begun = limits.clock()
    _check(programme)

    def report(cost: int, bound: int) -> None:
        progress(Progress(limits.clock() - begun, cost, bound))

    frame = frame_of(programme)
    search = Search(frame, limits, seed, workers, report, Packer(frame), begun)
    if not _run(search):
        if programme.chairs_apart and frame.apart:
            return solve(replace(programme, chairs_apart=False), limits, seed, workers, progress)
        raise NoPlan(is_proven=True)
    if search.layout is None:
        raise NoPlan(is_proven=False)
    seconds = limits.clock() - begun
    return Plan(search.layout.places(search.frame), search.cost, search.bound, seconds)


def _run(search: Search) -> bool:
    """Search until it is over; return whether there is a plan, as far as is known."""
    frame = search.frame
    if not frame.track_of:
        search.layout = Layout([], [], [])
        return True
    least = _least_rooms(frame)
    most = [n + MORE_ROOMS for n in least]
    if _variables(frame) <= SMALL and search.prove(most, QUICK):
        search.improve(most)
        return True
    for more in range(TRIES):
        if is_possible := search.solve_whole([n + more for n in least], START):
            break
    search.bound = 0  # it held for so few rooms only
    most = [n + max(MORE_ROOMS, more) for n in least]
    if search.draft is not None:
        search.solve_rooms(most)
        if prod(frame.sizes) <= FEW:
            search.tell_rooms_apart()
            search.solve_rooms(most)
        search.improve(most)
    return is_possible


def _variables(frame: Frame) -> int:
    """Return how many variables the model has, most of all."""
    tracks, blocks, _ = frame.sizes
    return blocks * (tracks * len(frame.rooms_of) + len(set(frame.class_of)))


def _least_rooms(frame: Frame) -> list[int]:
    """Return how many rooms each track needs at once for its slots, were all blocks its own."""
    total = sum(frame.capacity)
    needs = [sum(frame.slots[i] for i in talks) for talks in frame.talks_of]
    return [max(1, -(-need // total)) for need in needs]


def _check(programme: Programme) -> None:
    """Raise NoPlan for what can be seen without a search."""
    longest = max((block.slots for block in programme.blocks), default=0)
    long = tuple(talk.code for talk in programme.talks if talk.slots > longest)
    if long:
        raise NoPlan(True, long)
    there = sum(block.slots for block in programme.blocks) * len(programme.rooms)
    if sum(talk.slots for talk in programme.talks) > there:
        raise NoPlan(True)
