"""Looks for a timetable: the exact model where it is small enough, else stage by stage.

Stages: the times and rooms of sessions, which talks go in which session, the boards of posters.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from . import bulk, exact, filling, rounds, rules
from .boards import boards
from .diff import Move, moves
from .faults import Faulty, faults
from .forms import keep_forms
from .limits import Limits, Solved, silent
from .packing import pack
from .problem import Clash, Problem, Timetable
from .scope import Scope

FIRST = 0.25  # part of the effort for all of it at once
QUICK = 4.0  # effort of each stage, at most, before the rounds
FEW_SESSIONS, FEW_PLACES = 80, 1_000  # of sessions, and of talks in each, for one exact model


class NoTimetable(Exception):
    """Raised when nothing was found; `is_proven`: there is nothing, so it can be explained."""

    def __init__(self, is_proven: bool):
        super().__init__("there is no timetable" if is_proven else "none was found in time")
        self.is_proven = is_proven


@dataclass(frozen=True, slots=True)
class Found:
    """A timetable and what it would move; costs are by rule, `left` what has no place in it.

    `bound`: no timetable costs less, as far as that is known. `was_stopped`: the clock or
    somebody ended the search, so that the same search may end otherwise another time. `stays`:
    clashes of rules that must hold, which no move can mend.
    """

    timetable: Timetable
    moves: tuple[Move, ...]
    before: dict[str, int]
    after: dict[str, int]
    left: tuple[str, ...] = ()
    bound: int | None = None
    is_proven: bool = False
    was_stopped: bool = False
    stays: tuple[Clash, ...] = ()


def search(
    problem: Problem, present: Timetable, scope: Scope, limits: Limits, may_leave: bool = False
) -> Found:
    """Place what the scope names; all else stays where it is.

    `may_leave`: as much of it as can be placed, where not all can be. Raises Faulty before any
    search, NoTimetable after it.
    """
    if reasons := faults(problem, present, scope):
        raise Faulty(reasons)
    solved = _first(problem, present, scope, limits, may_leave)
    if solved.timetable is None:
        raise NoTimetable(solved.is_impossible)
    if not solved.is_proven:
        solved = _improved(problem, scope, limits, solved)
    found = found_in(problem, present, scope, solved)
    if _amounts(broken(problem, found.timetable)) - _amounts(broken(problem, present)):
        raise NoTimetable(is_proven=False)  # rather none than one that breaks what must hold
    return found


def _first(
    problem: Problem, present: Timetable, scope: Scope, limits: Limits, may_leave: bool
) -> Solved:
    if not is_small(problem, scope):
        solved = _by_stages(problem, present, scope, limits, may_leave)
        if solved.timetable is not None or solved.is_impossible or limits.is_over:
            return solved
    first = replace(limits, effort=limits.effort * FIRST)
    return exact.search.solve(problem, present, scope, first, may_leave)


def _improved(problem: Problem, scope: Scope, limits: Limits, solved: Solved) -> Solved:
    """Improve a timetable with the effort that is left, part by part."""
    assert solved.timetable is not None
    placed = {placed.session for placed in solved.timetable.sessions}
    held = {one.talk for session in solved.timetable.sessions for one in session.talks}
    part = Scope(scope.sessions & placed, scope.talks & held)
    effort = limits.effort - solved.spent
    timetable = rounds.improved(problem, solved.timetable, part, limits, effort)
    return replace(solved, timetable=timetable, was_stopped=limits.is_over)


def is_small(problem: Problem, scope: Scope) -> bool:
    places = len(scope.talks) * len(problem.sessions)
    return len(scope.sessions) <= FEW_SESSIONS and places <= FEW_PLACES


def found_in(problem: Problem, present: Timetable, scope: Scope, solved: Solved) -> Found:
    """Return what a search ended with beside what is there now."""
    assert solved.timetable is not None
    posters = {code for code in scope.talks if problem.talks[code].is_poster}
    timetable = pack(problem, present, solved.timetable, scope.talks)
    timetable = keep_forms(problem, present, boards(problem, timetable, posters))
    return Found(
        timetable,
        moves(present, timetable),
        rules.costs(problem, present),
        rules.costs(problem, timetable),
        tuple(_left(problem, scope, timetable)),
        bound=solved.bound if solved.is_proven else None,
        is_proven=solved.is_proven,
        was_stopped=solved.was_stopped,
    )


def broken(problem: Problem, timetable: Timetable) -> list[Clash]:
    """Return the clashes of rules that must hold."""
    return [c for c in rules.clashes(problem, timetable) if rules.must_hold(problem, c.rule)]


def _amounts(clashes: list[Clash]) -> Counter[str]:
    """Return by how much each rule is broken."""
    found: Counter[str] = Counter()
    for clash in clashes:
        found[clash.rule] += clash.amount
    return found


def _by_stages(
    problem: Problem, present: Timetable, scope: Scope, limits: Limits, may_leave: bool
) -> Solved:
    """Give sessions their times with the talks that stay in them, then sessions the other talks."""
    solved = Solved(present)
    cleared = filling.without(present, scope.talks)
    quick = replace(limits, effort=min(QUICK, limits.effort * FIRST), progress=silent)
    if scope.sessions:
        fast = replace(quick, effort=quick.effort / 8)  # no talks are in them yet
        solved = bulk.solve(problem, cleared, Scope(scope.sessions), fast, may_leave)
    if scope.talks and solved.timetable is not None:
        filled = filling.fill(problem, solved.timetable, scope.talks, quick, may_leave)
        is_impossible = filled.is_impossible and not scope.sessions
        solved = replace(filled, is_impossible=is_impossible)
    return replace(solved, spent=quick.effort)


def _left(problem: Problem, scope: Scope, timetable: Timetable) -> Iterator[str]:
    placed = timetable.by_code()
    yield from sorted(code for code in scope.sessions if code not in placed)
    held = {one.talk for session in timetable.sessions for one in session.talks}
    yield from sorted(code for code in scope.talks if code not in held)
