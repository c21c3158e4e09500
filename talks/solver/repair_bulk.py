"""Repairs by the thousand sessions: as many as possible stay, at their time and in their room.

Each clash takes a session away from where it is, so that no repair moves fewer than hit all
clashes. First only what clashes may move, then more besides; whoever moves no more than that is
proven to move the fewest. Rooms are counted first; what then has none comes back as a rule.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from random import Random

from ortools.sat.python import cp_model
from ortools.sat.python.cp_model_helper import LinearExpr

from .bulk.build import build
from .bulk.room_model import Shortage
from .bulk.rooming import Rooming
from .bulk.wishes import placed as placed_unit
from .limits import Limits, Solved, solver_for, stopping
from .misplaced import Trouble, troubles
from .problem import PlacedSession, Problem, Span, Timetable, in_utc
from .rules.changes import costs_of
from .rules.reading import share_time
from .scope import Scope

FOUND = (cp_model.OPTIMAL, cp_model.FEASIBLE)
EFFORT = 1e6  # for all sessions: the clock ends the search
GLANCE = 5.0  # effort for a part of them
BESIDE = (0, 100)  # sessions that may move beside those that clash, before all may


def fewest_in_bulk(
    problem: Problem, present: Timetable, scope: Scope, at_most: int, limits: Limits
) -> Solved:
    """Return the timetable with the fewest sessions moved, talks and all.

    Its cost and bound are the number of moves. When there were too many starts to look at all,
    the bound is what the clashes by themselves ask for.
    """
    trouble = troubles(problem, present, scope)
    best = Solved(None)
    for part, effort in _parts(scope, trouble, limits.seed):
        repair = _Repair(problem, present, part, at_most, limits)
        found = repair.solve(effort, trouble.least, None if best.timetable is None else best.cost)
        if part == scope and found.timetable is None and best.timetable is None:
            return found
        if found.timetable is not None and (best.timetable is None or found.cost <= best.cost):
            best = found
        least = max(trouble.least, found.bound if part == scope else 0)
        best = replace(best, bound=min(best.cost, least))
        if best.is_proven or limits.is_over:
            break
    return best


def _parts(scope: Scope, trouble: Trouble, seed: int) -> Iterator[tuple[Scope, float]]:
    others = sorted(scope.sessions - trouble.sessions)
    for count in BESIDE:
        if count < len(others):
            some = Random(seed).sample(others, count)
            yield replace(scope, sessions=trouble.sessions | frozenset(some)), GLANCE
    yield scope, EFFORT


class _Repair:
    """The model of what may move, and of what else stays."""

    def __init__(
        self, problem: Problem, present: Timetable, scope: Scope, at_most: int, limits: Limits
    ):
        self.problem, self.present, self.limits = problem, present, limits
        self.bulk, self.counts = build(problem, present, scope, with_stays=True)
        self.model, self.units = self.bulk.model, self.bulk.ground.units
        self._keep_near(at_most)
        placed = self.bulk.ground.placed
        self.stays = {
            code: literal
            for code, literal in self.bulk.stays.items()
            if self._length(placed[code]) == self.units[code].minutes
        }

    def _length(self, placed: PlacedSession) -> int:
        clock = self.bulk.ground.clock
        return clock.minute(placed.end) - clock.minute(placed.start)

    def solve(self, effort: float, least: int, most: int | None) -> Solved:
        """Return the fewest moves: at least `least`, and fewer than `most` if that is given."""
        moved = len(self.units) - LinearExpr.sum(list(self.stays.values()))
        self.model.add(moved >= least)
        if most is not None:
            self.model.add(moved < most)
        weight, heaviest = self._weight()
        self.model.minimize((heaviest + 1) * moved + weight)
        bound = least
        while True:
            solver = solver_for(self.limits, effort)
            with stopping(solver, self.limits.stop):
                status = solver.solve(self.model)
            if status not in FOUND:
                return self._nothing(status, most)
            if self.bulk.slots.are_all:
                light = round(solver.best_objective_bound) - heaviest
                bound = max(bound, -(-light // (heaviest + 1)))
            starts = self.bulk.starts_of(solver)
            stay = {code for code, one in self.stays.items() if solver.boolean_value(one)}
            rooms, short = Rooming(self.counts, starts, stay).assign(self._room_cost, self.limits)
            if not short:
                timetable = self._timetable(starts, rooms)
                cost = self._moved(timetable)
                self.limits.tell(cost, bound)
                return Solved(timetable, cost, bound)
            for shortage in short:
                self._forbid(shortage, starts, stay)
            self.limits.tell(None, bound)

    def _moved(self, timetable: Timetable) -> int:
        """Count what moved, also what needs no room and lost it to others."""
        there, stays = timetable.by_code(), self.bulk.ground.placed
        return sum(not _is_same(stays.get(code), there[code]) for code in self.units)

    def _weight(self) -> tuple[LinearExpr | int, int]:
        """Return what the moves weigh, and the most that they can: times more than rooms."""
        costs = costs_of(self.problem)
        same_time = [
            self.bulk.at[code][unit.start]
            for code, unit in self.units.items()
            if unit.start in self.bulk.at[code]
        ]
        heaviest = len(same_time) * max(costs["time"], costs["room"])
        if not same_time:
            return 0, 0
        elsewhere = costs["room"] * LinearExpr.sum(list(self.stays.values()))
        another_time = (costs["time"] - costs["room"]) * LinearExpr.sum(same_time)
        return len(same_time) * costs["time"] - elsewhere - another_time, heaviest

    def _nothing(self, status: cp_model.CpSolverStatus, most: int | None) -> Solved:
        """Return that there is none with fewer than `most` moves, if that is so."""
        is_sure = status == cp_model.INFEASIBLE and self.bulk.slots.are_all
        bound = most if is_sure and most is not None else 0
        return Solved(None, bound=bound, is_impossible=is_sure, was_stopped=self.limits.is_over)

    def _keep_near(self, at_most: int) -> None:
        """Let nothing start in the past, nor more than so many minutes from where it was."""
        now = self.bulk.ground.clock.minute(self.problem.now) if self.problem.now else -1
        for code, unit in self.units.items():
            for minute, literal in self.bulk.at[code].items():
                is_far = at_most and unit.start is not None and abs(minute - unit.start) > at_most
                if minute != unit.start and (minute <= now or is_far):
                    self.model.add(literal == 0)

    def _room_cost(self, code: str, _start: int, room: str) -> int:
        return int(room != self.units[code].room)

    def _forbid(self, shortage: Shortage, starts: Mapping[str, int], stay: set[str]) -> None:
        """Add what the rooms have refused as one more rule."""
        if shortage.moment is not None:
            self.counts.post_set(shortage.moment, shortage.rooms)
            return
        self.bulk.any_of(
            (self.stays[code] if code in stay else self.bulk.at[code][starts[code]]).negated()
            for code in shortage.codes
        )

    def _timetable(self, starts: Mapping[str, int], rooms: Mapping[str, str]) -> Timetable:
        found = [one for one in self.present.sessions if one.session not in self.units]
        for code, start in starts.items():
            room = rooms.get(code, "")
            found.append(placed_unit(self.bulk.ground, self.units[code], start, room))
        found.sort(key=lambda one: (in_utc(one.start), one.session))
        waiting = {c: held for c, held in self.present.waiting.items() if c not in starts}
        return Timetable(tuple(self._housed(found, starts, rooms)), waiting)

    def _housed(
        self,
        found: Sequence[PlacedSession],
        starts: Mapping[str, int],
        rooms: Mapping[str, str],
    ) -> Iterator[PlacedSession]:
        """Keep what needs no room in the room where it was, where that is open and free."""
        for placed in found:
            code = placed.session
            room = self.units[code].room if code in self.units and code not in rooms else ""
            if not room:
                yield placed
                continue
            there = [one for one in found if one.room == room]
            taken = [*self.problem.rooms[room].closed, *map(_span, there)]
            is_free = not any(share_time(one, _span(placed)) for one in taken)
            yield replace(placed, room=room) if is_free else placed


def _span(placed: PlacedSession) -> Span:
    return Span(placed.session, placed.start, placed.end)


def _is_same(was: PlacedSession | None, placed: PlacedSession) -> bool:
    if was is None or was.room != placed.room:
        return False
    moments = (was.start, placed.start), (was.end, placed.end)
    return all(in_utc(one) == in_utc(other) for one, other in moments)
