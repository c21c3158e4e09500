"""Mends a timetable by the fewest moves: somebody fell ill, a room is closed, a keynote is late."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from . import rules
from .diff import Move, moves
from .exact.repairs import fewest
from .limits import Limits, Progress, Stop, never, silent
from .problem import MINUTE, Clash, PlacedSession, Problem, Timetable, in_utc
from .repair_bulk import fewest_in_bulk
from .scope import Scope, everything, is_past

SMALL = 150  # sessions that may move, up to which the exact model repairs, talks and all


@dataclass(frozen=True, slots=True)
class Repaired:
    """The timetable with the fewest moves found; None when there is none, or no time to find it.

    `bound`: no timetable that keeps the rules moves fewer sessions and talks; `is_proven`: this
    one moves no more. `is_impossible`: it is proven that there is none. `left` are the clashes
    of things that cannot move.
    """

    timetable: Timetable | None = None
    moves: tuple[Move, ...] = ()
    bound: int = 0
    is_proven: bool = False
    is_impossible: bool = False
    left: tuple[Clash, ...] = ()


def repair(
    problem: Problem,
    present: Timetable,
    *,
    free: Scope | None = None,
    at_most: int = 0,
    seconds: float | None = None,
    seed: int = 0,
    stop: Stop = never,
    progress: Progress = silent,
) -> Repaired:
    """Move as few sessions and talks as possible so that every rule holds that must.

    Of equally many moves those are chosen that weigh the least, as the options of the rule
    "changed" say. When `at_most` is not 0 nothing starts more than so many minutes earlier or
    later. What is past never moves; what is pinned moves only to where it is pinned; what stands
    nowhere stays there, unless it is in `free`. `progress` hears of the number of moves.
    """
    limits = Limits(seed=seed, seconds=seconds, progress=progress, stop=stop)
    scope = free or movable(problem, present)
    solve = fewest if len(scope.sessions) <= SMALL else fewest_in_bulk
    found = solve(problem, present, scope, at_most, limits)
    if found.timetable is None:
        return Repaired(bound=found.bound, is_impossible=found.is_impossible)
    return Repaired(
        found.timetable,
        moves(present, found.timetable),
        found.bound,
        found.is_proven,
        left=tuple(_broken(problem, found.timetable)),
    )


def movable(problem: Problem, present: Timetable) -> Scope:
    """Return what a repair may move: what stands somewhere, is not past, and is not pinned there.

    What is pinned elsewhere than it stands may move to where it is pinned.
    """
    whole = everything(problem, present)
    standing = {one.session: one for one in present.sessions if not is_past(problem, one)}
    misplaced = {code for code, placed in standing.items() if _is_misplaced(problem, placed)}
    shown = {one.talk for placed in present.sessions for one in placed.talks}
    astray = set(_astray(problem, standing.values()))
    return replace(
        whole,
        sessions=frozenset(whole.sessions & standing.keys() | misplaced),
        talks=frozenset(whole.talks & shown | astray),
    )


def _is_misplaced(problem: Problem, placed: PlacedSession) -> bool:
    """Whether a session cannot stay as it stands, though it may be pinned."""
    minutes, pin = problem.sessions[placed.session].minutes, problem.pins.get(placed.session)
    if minutes and minutes * MINUTE != in_utc(placed.end) - in_utc(placed.start):
        return True
    if pin is None:
        return False
    is_late = pin.start is not None and in_utc(pin.start) != in_utc(placed.start)
    return is_late or (pin.room is not None and pin.room != placed.room)


def _astray(problem: Problem, standing: Iterable[PlacedSession]) -> Iterable[str]:
    """Yield the talks that are pinned elsewhere than they stand."""
    for placed in standing:
        for one in placed.talks:
            pin = problem.talk_pins.get(one.talk)
            if pin and (pin.session != placed.session or (pin.start and pin.start != one.start)):
                yield one.talk


def _broken(problem: Problem, timetable: Timetable) -> Iterable[Clash]:
    for name, about in rules.ABOUT.items():
        if rules.must_hold(problem, name):
            yield from about.check(problem, timetable)
