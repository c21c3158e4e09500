"""Places sessions by the thousand: times, then rooms, then better times for what people want."""

from collections.abc import Mapping

from ortools.sat.python import cp_model
from ortools.sat.python.cp_model_helper import LinearExpr

from talks.solver.limits import Limits, Solved, stopping
from talks.solver.problem import PlacedTalk, Problem, Timetable, in_utc
from talks.solver.rules import costs
from talks.solver.scope import Scope

from .beginning import first_starts
from .build import build
from .improving import improved
from .model import quick_solver
from .plenaries import Plenaries
from .room_model import Shortage
from .rooming import Rooming
from .slots import MANY
from .wishes import RoomCost, placed

FOUND = (cp_model.OPTIMAL, cp_model.FEASIBLE)
EFFORT = 60.0  # at least, for any timetable at all
ALL = 1 << 30  # starts: none is left out

Places = dict[str, tuple[int, str]]  # of a unit: start, and room or ""


def solve(
    problem: Problem,
    present: Timetable,
    scope: Scope,
    limits: Limits,
    may_leave: bool = False,
) -> Solved:
    """Place the sessions in scope with their talks, which go along; all else stays.

    `may_leave`: as many as can be placed. With effort 0 the first timetable is the answer. The
    effort does not limit how long that is looked for: without `seconds` at least a minute.
    """
    for many in (MANY, ALL):
        search = _Search(problem, present, scope, limits, may_leave, many)
        places = search.places()
        if places is not None:
            return search.solved(places)
        if search.bulk.slots.are_all or limits.is_over:
            break
    return Solved(None, is_impossible=search.is_impossible, was_stopped=limits.is_over)


class _Search:
    """The model of one problem, and what came of it."""

    def __init__(
        self,
        problem: Problem,
        present: Timetable,
        scope: Scope,
        limits: Limits,
        may_leave: bool,
        many: int,
    ):
        self.problem, self.present, self.limits = problem, present, limits
        self.bulk, self.counts = build(problem, present, scope, may_leave=may_leave, many=many)
        self.ground = self.bulk.ground
        self.cost = RoomCost(self.ground)
        self.is_impossible = False
        self.effort = max(EFFORT, limits.effort)
        self.may_leave = may_leave
        if may_leave:
            every = [literal for at in self.bulk.at.values() for literal in at.values()]
            self.bulk.model.maximize(LinearExpr.sum(every))

    def places(self) -> Places | None:
        """Return times that have rooms, and these; None when there are none, or none was found."""
        starts = None if self.may_leave else first_starts(self.counts, self.cost, self.limits)
        while (starts := starts or self._starts()) is not None:
            rooms, short = Rooming(self.counts, starts).assign(self.cost, self.limits)
            if not short:
                return self._better(starts, rooms)
            for shortage in short:
                self._forbid(shortage, starts)
            starts = None
        return None

    def _starts(self) -> dict[str, int] | None:
        if self.effort <= 0 or self.limits.is_over:
            return None
        solver = quick_solver(self.limits, self.effort)
        with stopping(solver, self.limits.stop):
            status = solver.solve(self.bulk.model)
        self.effort -= solver.response_proto.deterministic_time
        self.is_impossible = status == cp_model.INFEASIBLE and self.bulk.slots.are_all
        return self.bulk.starts_of(solver) if status in FOUND else None

    def _forbid(self, shortage: Shortage, starts: Mapping[str, int]) -> None:
        """Add what the rooms have refused as one more rule about the times."""
        if shortage.moment is not None:
            self.counts.post_set(shortage.moment, shortage.rooms)
            return
        at = self.bulk.at
        self.bulk.any_of(at[code][starts[code]].negated() for code in shortage.codes)

    def _better(self, starts: dict[str, int], rooms: dict[str, str]) -> Places:
        """Look for better times, and take them when they have rooms."""
        if self.limits.effort > 0:
            after = improved(self.counts, starts, self.cost, self.limits)
            if after != starts:
                there, short = Rooming(self.counts, after).assign(self.cost, self.limits)
                if not short:
                    starts, rooms = after, there
        rooms = Plenaries(self.counts, starts, rooms).housed(self.cost)
        return {code: (start, rooms.get(code, "")) for code, start in starts.items()}

    def solved(self, places: Places) -> Solved:
        """Return the timetable; its cost is that of the rules that need not hold."""
        timetable = self._timetable(places)
        cost = sum(costs(self.problem, timetable).values())
        self.limits.tell(cost, None)
        return Solved(timetable, cost=cost, was_stopped=self.limits.is_over)

    def _timetable(self, places: Places) -> Timetable:
        units = self.ground.units
        found = [one for one in self.present.sessions if one.session not in units]
        found += [
            placed(self.ground, units[code], start, room) for code, (start, room) in places.items()
        ]
        found.sort(key=lambda one: (in_utc(one.start), one.session))
        waiting = {
            code: talks for code, talks in self.present.waiting.items() if code not in places
        }
        for code in units.keys() - places.keys() - waiting.keys():
            if held := self.ground.placed[code].talks if code in self.ground.placed else ():
                waiting[code] = tuple(PlacedTalk(one.talk, None, one.board) for one in held)
        return Timetable(tuple(found), waiting)
