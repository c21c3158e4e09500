"""The exact model asked for the fewest changes: first their number, then what they weigh."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from ortools.sat.python import cp_model

from talks.solver.limits import Limits, Solved, solver_for, stopping
from talks.solver.problem import Problem, Timetable
from talks.solver.rules.changes import costs_of
from talks.solver.scope import Scope, is_past

from .beginning import hint
from .logic import Expr, Literal
from .model import build, timetable_of
from .search import FOUND
from .variables import Variables

EFFORT = 1e6  # the clock ends the search for the fewest
POLISH = 2.0  # effort for what the changes weigh, and for what the wishes cost
WORKERS = 1


@dataclass(frozen=True, slots=True)
class Change:
    """Whether a session or talk is elsewhere than it was, and what that weighs."""

    is_made: Literal
    weight: Expr


def fewest(
    problem: Problem, present: Timetable, scope: Scope, at_most: int, limits: Limits
) -> Solved:
    """Return the timetable with the fewest changes; its cost and bound are their number."""
    v, wishes = build(problem, present, scope)
    hint(v, present)
    _keep_near(v, at_most)
    changes = [*_sessions(v), *_talks(v)]
    number: Expr = sum(change.is_made for change in changes)
    found = _least(v, number, limits, EFFORT)
    if found.timetable is None:
        return found
    best, aims = found, [number, sum(change.weight for change in changes), wishes]
    for aim, then in pairwise(aims):
        v.model.add(aim <= best.cost)
        better = _least(v, then, replace(limits, progress=_unheard), POLISH)
        if better.timetable is None:
            break
        best = better
    return replace(found, timetable=best.timetable)


def _unheard(_seconds: float, _cost: float | None, _bound: float | None) -> None:
    """What is only polished is not told: the number of moves does not change any more."""


def _least(v: Variables, aim: Expr, limits: Limits, effort: float) -> Solved:
    """Return the timetable with the least of something, and let the next search begin there."""
    v.model.minimize(aim)
    solver = solver_for(limits, effort, WORKERS)
    solver.best_bound_callback = lambda bound: limits.tell(None, bound)
    with stopping(solver, limits.stop):
        status = solver.solve(v.model)
    if status not in FOUND:
        return Solved(None, is_impossible=status == cp_model.INFEASIBLE, was_stopped=limits.is_over)
    v.model.clear_hints()
    for index in range(len(v.model.proto.variables)):
        variable = v.model.get_int_var_from_proto_index(index)
        v.model.add_hint(variable, solver.value(variable))
    bound = round(solver.best_objective_bound)
    cost = round(solver.objective_value)
    limits.tell(cost, bound)
    return Solved(timetable_of(v, solver), cost, bound, was_stopped=status != cp_model.OPTIMAL)


def _sessions(v: Variables) -> Iterator[Change]:
    weights, placed = costs_of(v.problem), v.present.by_code()
    for code in sorted(v.scope.sessions):
        if code not in placed:
            yield Change(v.sessions[code].present, 0)
            continue
        was = placed[code]
        minutes = v.clock.minute(was.end) - v.clock.minute(was.start)
        same_time = v.at[code].get(v.clock.minute(was.start), v.false)
        same_room = v.rooms[code].get(was.room, v.false)
        stays = [same_time, same_room] if minutes == v.minutes[code] else [v.false]
        weight = weights["time"] * v.negated(same_time) + weights["room"] * v.negated(same_room)
        yield Change(v.negated(v.all_of(stays)), weight)


def _talks(v: Variables) -> Iterator[Change]:
    weights, places = costs_of(v.problem), _places(v)
    for code in sorted(v.scope.talks):
        [stretch] = v.talks[code]
        if code not in places:
            yield Change(stretch.present, 0)
            continue
        session, offset = places[code]
        within = v.within[code].get(session, v.false)
        same_time = v.true
        if not v.problem.talks[code].is_poster:
            start = v.sessions[session].start
            same_time = v.false if offset is None else v.holds(stretch.start, "==", start + offset)
        weight = weights["talk"] * v.negated(within) + weights["order"] * v.negated(same_time)
        yield Change(v.negated(v.all_of([within, same_time])), weight)


def _places(v: Variables) -> Mapping[str, tuple[str, int | None]]:
    """Return of each talk that stands somewhere its session, and its minutes into it."""
    found = {}
    for placed in v.present.sessions:
        for one in placed.talks:
            start = v.clock.minute(one.start) if one.start else None
            offset = None if start is None else start - v.clock.minute(placed.start)
            found[one.talk] = (placed.session, offset)
    return found


def _keep_near(v: Variables, at_most: int) -> None:
    """Let nothing start in the past, nor more than so many minutes from where it was."""
    now = v.clock.minute(v.problem.now) if v.problem.now else -1
    for code in v.scope.sessions:
        placed = v.present.by_code().get(code)
        was = v.clock.minute(placed.start) if placed else None
        for minute, literal in v.at[code].items():
            is_far = bool(at_most) and was is not None and abs(minute - was) > at_most
            if literal is not v.true and (minute <= now or is_far) and minute != was:
                v.model.add(literal == 0)
    if at_most:
        _keep_talks_near(v, at_most)


def _keep_talks_near(v: Variables, at_most: int) -> None:
    for placed in v.present.sessions:
        for one in placed.talks if not is_past(v.problem, placed) else ():
            if one.talk in v.scope.talks and one.talk not in v.problem.talk_pins:
                [stretch] = v.talks[one.talk]
                was = v.clock.minute(one.start or placed.start)
                v.model.add(stretch.start >= was - at_most).only_enforce_if(stretch.present)
                v.model.add(stretch.start <= was + at_most).only_enforce_if(stretch.present)
