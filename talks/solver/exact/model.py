"""The exact model: variables, bound by the rules that must hold, and what the others cost."""

from collections.abc import Iterable, Iterator

from ortools.sat.python import cp_model

from talks.solver.problem import PlacedSession, PlacedTalk, Problem, Timetable
from talks.solver.rules import is_ignored, must_hold, setting
from talks.solver.scope import Scope

from . import (
    audience,
    buffers,
    changes,
    days,
    people,
    posters,
    relations,
    rooms,
    sessions,
    tracks,
    wishes,
)
from .binding import bind
from .logic import Expr
from .terms import TERMS, Term
from .variables import Variables

LEFT = 10_000  # the cost of what has no place, where that may be
# Imported for what they register.
PARTS = (
    people,
    relations,
    rooms,
    sessions,
    buffers,
    wishes,
    changes,
    audience,
    tracks,
    posters,
    days,
)


def build(
    problem: Problem, present: Timetable, scope: Scope, may_leave: bool = False
) -> tuple[Variables, Expr]:
    """Return the variables, bound by the rules that must hold, and the cost of all others.

    What is broken by things of which none can move is left alone. `may_leave`: things may stay
    without a place, at a cost above all others.
    """
    v = Variables(problem, present, scope)
    cost: list[Expr] = []
    for name in TERMS:
        if is_ignored(problem, name):
            continue
        must, weight = must_hold(problem, name), setting(problem, name).weight
        if may_leave and name == "placed_once":
            must, weight = False, LEFT
        if must:
            cost.extend(bind(v, name))
        else:
            cost.extend(weight * term.amount for term in moving(v, TERMS[name](v)))
    return v, sum(cost)


def build_rule(
    rule: str, problem: Problem, present: Timetable, scope: Scope
) -> tuple[Variables, list[Term]]:
    """Return the variables, bound by nothing, and the terms of one rule."""
    v = Variables(problem, present, scope)
    return v, list(TERMS[rule](v))


def moving(v: Variables, found: Iterable[Term]) -> Iterator[Term]:
    """Yield the terms that the search decides: those that are not constant."""
    for term in found:
        if not isinstance(term.amount, int) and not any(
            term.amount is one for one in (v.true, v.false)
        ):
            yield term


def fix(v: Variables, timetable: Timetable) -> bool:
    """Let the variables say a timetable; False when they cannot."""
    placed = timetable.by_code()
    for code in v.problem.sessions:
        start = v.clock.minute(placed[code].start) if code in placed else None
        room = placed[code].room if code in placed else None
        if start is not None and (start not in v.at[code] or room not in v.rooms[code]):
            return False
        for minute, literal in v.at[code].items():
            v.model.add(literal == (minute == start))
        if room is not None:
            v.model.add(v.rooms[code][room] == 1)
    for code, takers in v.within.items():
        if code in v.scope.talks and not _fix_talk(v, code, takers, timetable):
            return False
    return True


def _fix_talk(v: Variables, code: str, sessions: Iterable[str], timetable: Timetable) -> bool:
    places = [
        (placed.session, one)
        for placed in timetable.sessions
        for one in placed.talks
        if one.talk == code
    ]
    if len(places) > 1 or any(session not in v.within[code] for session, _one in places):
        return False
    for session in sessions:
        v.model.add(v.within[code][session] == (session in {s for s, _one in places}))
    [stretch] = v.talks[code]
    for _session, one in places:
        if one.start:
            v.model.add(stretch.start == v.clock.minute(one.start))
    return True


def timetable_of(v: Variables, solver: cp_model.CpSolver) -> Timetable:
    """Return the timetable that a solver found, sessions by start and code."""
    found, waiting = [], {}
    for code in v.problem.sessions:
        start = next((m for m, literal in v.at[code].items() if solver.value(literal)), None)
        talks = tuple(_talks(v, solver, code, start))
        if start is None:
            waiting[code] = talks
            continue
        room = next(room for room, literal in v.rooms[code].items() if solver.value(literal))
        end = v.clock.moment(start + v.minutes[code])
        found.append(PlacedSession(code, v.clock.moment(start), end, room, talks))
    found.sort(key=lambda placed: (placed.start, placed.session))
    return Timetable(tuple(found), {code: talks for code, talks in waiting.items() if talks})


def _talks(
    v: Variables, solver: cp_model.CpSolver, session: str, start: int | None
) -> Iterator[PlacedTalk]:
    """Yield what a session holds: by start, then what has none as it stood."""
    present = v.present.by_code().get(session)
    timed: list[tuple[int, PlacedTalk]] = []
    for one in v.held[session]:
        if one.talk in v.scope.talks:
            continue
        if one.start is None or start is None or present is None:
            timed.append((v.horizon, one))
            continue
        moved = start + v.clock.minute(one.start) - v.clock.minute(present.start)
        timed.append((moved, PlacedTalk(one.talk, v.clock.moment(moved), one.board)))
    boards = {one.talk: one.board for one in v.held[session]}
    for code in sorted(v.scope.talks):
        literal = v.within[code].get(session)
        if literal is not None and solver.value(literal):
            timed.append(_free(v, solver, code, boards.get(code, "")))
    yield from (one for _start, one in sorted(timed, key=lambda each: each[0]))


def _free(v: Variables, solver: cp_model.CpSolver, code: str, board: str) -> tuple[int, PlacedTalk]:
    if v.problem.talks[code].is_poster:
        return v.horizon, PlacedTalk(code, None, board)
    [stretch] = v.talks[code]
    minute = solver.value(stretch.start)
    return minute, PlacedTalk(code, v.clock.moment(minute))
