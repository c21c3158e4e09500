"""Solves the exact model: any timetable that breaks no rule that must hold, then a better one."""

from dataclasses import replace

from ortools.sat.python import cp_model

from talks.solver.limits import Limits, Progress, Solved, silent, solver_for, stopping
from talks.solver.problem import Problem, Timetable
from talks.solver.rules import costs
from talks.solver.scope import Scope

from .beginning import hint
from .logic import Expr
from .model import build, timetable_of
from .variables import Variables

FOUND = (cp_model.OPTIMAL, cp_model.FEASIBLE)
MOST = 10**12  # that a timetable may cost
ALONE, TOGETHER = 1, 2  # workers
FIRST = 20.0  # effort, at least, for any timetable at all
STEPS = ((ALONE, 0.25), (TOGETHER, 0.5))  # workers, and their part of the effort


def solve(
    problem: Problem, present: Timetable, scope: Scope, limits: Limits, may_leave: bool = False
) -> Solved:
    """Place everything in scope at the least cost found, by the exact model.

    `may_leave`: or as much of it as can be placed. The effort does not limit how long any
    timetable at all is looked for.
    """
    v, cost = build(problem, present, scope, may_leave)
    hint(v, present)
    solver = solver_for(limits, max(FIRST, limits.effort))
    with stopping(solver, limits.stop):
        status = solver.solve(v.model)
    spent = solver.response_proto.deterministic_time
    if status not in FOUND:
        impossible = status == cp_model.INFEASIBLE
        return Solved(None, is_impossible=impossible, was_stopped=limits.is_over, spent=spent)
    _hint_found(v, solver)
    first, worth = timetable_of(v, solver), solver.value(cost)
    constant = sum(costs(problem, first).values()) - worth  # what nothing that moves can change
    found = Solved(first, worth, 0, False, limits.is_over, spent)
    limits = replace(limits, progress=_more_by(constant, limits.progress))
    limits.tell(worth, None)
    _minimize(v, cost)
    for workers, part in STEPS:
        if not found.is_proven and not limits.is_over:
            found = _improve(v, found, limits, limits.effort * part, workers)
    return replace(found, cost=found.cost + constant, bound=found.bound + constant)


def _more_by(constant: int, progress: Progress) -> Progress:
    """Return what tells of all that the rules cost, where the model knows of a part."""

    def tell(seconds: float, cost: float | None, bound: float | None) -> None:
        every = (None if one is None else one + constant for one in (cost, bound))
        progress(seconds, *every)

    return tell


def better(
    problem: Problem, present: Timetable, scope: Scope, limits: Limits, effort: float
) -> Solved:
    """Place what is in scope again, beginning where it stands; nothing is told meanwhile."""
    v, cost = build(problem, present, scope)
    hint(v, present)
    _minimize(v, cost)
    return _improve(v, Solved(None), replace(limits, progress=silent), effort, ALONE)


def _minimize(v: Variables, cost: Expr) -> None:
    total = v.model.new_int_var(0, MOST, "cost")  # never below 0, which it need not find out
    v.model.add(total == cost)
    v.model.minimize(total)


def _improve(v: Variables, found: Solved, limits: Limits, effort: float, workers: int) -> Solved:
    solver, watch = solver_for(limits, effort, workers), _Watch(limits)
    solver.best_bound_callback = watch.hear
    with stopping(solver, limits.stop):
        status = solver.solve(v.model, watch)
    spent = found.spent + solver.response_proto.deterministic_time
    if status not in FOUND:
        return replace(found, spent=spent)
    _hint_found(v, solver)
    return Solved(
        timetable_of(v, solver),
        cost=round(solver.objective_value),
        bound=max(found.bound, round(solver.best_objective_bound)),
        was_stopped=status != cp_model.OPTIMAL and limits.is_over,
        spent=spent,
    )


def _hint_found(v: Variables, solver: cp_model.CpSolver) -> None:
    """Begin with the timetable that was found."""
    v.model.clear_hints()
    for index in range(len(v.model.proto.variables)):
        variable = v.model.get_int_var_from_proto_index(index)
        v.model.add_hint(variable, solver.value(variable))


class _Watch(cp_model.CpSolverSolutionCallback):
    """Tells of each better timetable and each better bound."""

    def __init__(self, limits: Limits):
        super().__init__()
        self.limits = limits
        self.best: float | None = None

    def on_solution_callback(self) -> None:
        self.best = self.objective_value
        self.limits.tell(self.best, self.best_objective_bound)

    def hear(self, bound: float) -> None:
        self.limits.tell(self.best, bound)
