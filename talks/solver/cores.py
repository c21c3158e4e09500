"""Which switches of a model exclude each other: an irreducible set of them, and a smallest."""

from collections.abc import Iterable, Mapping, Sequence

from ortools.sat.python import cp_model
from ortools.sat.python.cp_model_helper import Literal

from .limits import Limits, solver_for, stopping
from .reasons import Reason

EFFORT = 1e6  # the clock ends a question, not the effort
FOUND = (cp_model.OPTIMAL, cp_model.FEASIBLE)
AT_ONCE = 1.0  # effort for a question as it stands
GLANCE = 0.5  # effort to find out how many reasons might hold beside some


class TimeIsUp(Exception):
    """Raised when a question was not answered in time, or somebody ended the search."""


class Switches:
    """A model and what may be switched on in it; asks are answered by one worker."""

    def __init__(self, model: cp_model.CpModel, groups: Mapping[Reason, Literal], limits: Limits):
        self.model, self.groups, self.limits = model, groups, limits
        self._names = {literal.index: reason for reason, literal in groups.items()}

    def conflict(self, on: Iterable[Reason]) -> tuple[Reason, ...] | None:
        """Return those of some reasons that cannot hold together; None when they can.

        What comes back is enough for a contradiction, and may be more than is needed.
        """
        on = list(on)
        if self.limits.is_over:
            raise TimeIsUp
        self.model.clear_assumptions()
        self.model.add_assumptions([self.groups[reason] for reason in on])
        solver, status = self._solved(at_once=True)
        if status == cp_model.UNKNOWN:
            solver, status = self._solved(at_once=False)
        if status in FOUND:
            return None
        if status != cp_model.INFEASIBLE:
            raise TimeIsUp
        found = {self._names[n] for n in solver.sufficient_assumptions_for_infeasibility()}
        return tuple(reason for reason in on if reason in found)

    def _solved(self, at_once: bool) -> tuple[cp_model.CpSolver, cp_model.CpSolverStatus]:
        """Solve the model: at once, as it stands, or after it has been made simpler.

        Most questions are easy, and answered before their model would have been simpler.
        """
        solver = solver_for(self.limits, AT_ONCE if at_once else EFFORT)
        if at_once:
            solver.parameters.cp_model_presolve = False
            solver.parameters.cp_model_probing_level = 0
            solver.parameters.symmetry_level = 0
            solver.parameters.linearization_level = 0
        with stopping(solver, self.limits.stop):
            return solver, solver.solve(self.model)

    def irreducible(self, core: Sequence[Reason]) -> tuple[Reason, ...]:
        """Return a part of a contradiction of which each is needed; the first go first.

        Each is dropped once, and with it what the rest can do without (Bakker et al., 1993).
        """
        kept: list[Reason] = []
        left = list(core)
        while left:
            dropped = left.pop(0)
            smaller = self.conflict([*kept, *left])
            if smaller is None:
                kept.append(dropped)
            else:
                left = [reason for reason in left if reason in smaller]
        return tuple(kept)

    def smallest(self, core: Sequence[Reason]) -> tuple[Reason, ...]:
        """Return a contradiction with as few reasons as any; `core` when none has fewer.

        Every contradiction hits each set of reasons without which the others can hold, and the
        least set that hits all those found, if it is one, is a smallest (Ignatiev et al., 2015).
        """
        to_hit: list[set[Reason]] = []
        while True:
            chosen = self._least_hitting(to_hit)
            if len(chosen) >= len(core):
                return tuple(core)
            found = self.conflict(chosen)
            if found is not None:
                return found
            to_hit.append(self._left_out(chosen))

    def _least_hitting(self, to_hit: Sequence[set[Reason]]) -> list[Reason]:
        model = cp_model.CpModel()
        some = sorted(set().union(*to_hit), key=str)
        taken = {reason: model.new_bool_var("") for reason in some}
        for each in to_hit:
            model.add_bool_or([taken[reason] for reason in sorted(each, key=str)])
        model.minimize(sum(taken.values()))
        solver = solver_for(self.limits, EFFORT)
        if solver.solve(model) != cp_model.OPTIMAL:
            raise TimeIsUp
        return [reason for reason in some if solver.value(taken[reason])]

    def _left_out(self, on: Iterable[Reason]) -> set[Reason]:
        """Return the reasons without which all others hold, some of which surely do."""
        if self.limits.is_over:
            raise TimeIsUp
        model = self.model.clone()
        model.clear_assumptions()
        for reason in on:
            model.add(self.groups[reason] == 1)
        model.maximize(sum(self.groups.values()))
        solver = solver_for(self.limits, GLANCE)
        with stopping(solver, self.limits.stop):
            status = solver.solve(model)
        if status not in FOUND:
            raise TimeIsUp
        return {reason for reason, one in self.groups.items() if not solver.value(one)}
