"""When each unit starts, as CP-SAT decides it: one variable per unit and start, rooms counted.

Every rule is posted under a `Reason`. With reasons each has a literal that switches it on, to be
assumed by an explanation; without, the rules are posted plainly, what is forbidden gets no
variable at all, and the model is small and fast.
"""

from collections.abc import Iterable, Mapping, Sequence

from ortools.sat.python import cp_model
from ortools.sat.python.cp_model_helper import LinearExpr, Literal

from talks.solver.limits import Limits, solver_for
from talks.solver.problem import Problem, Timetable
from talks.solver.reasons import Reason
from talks.solver.scope import Scope

from .options import Choices, Options
from .slots import MANY, Slots
from .units import Ground

Starts = Mapping[str, int]  # the minute at which each unit starts, by code


def quick_solver(limits: Limits, effort: float) -> cp_model.CpSolver:
    """Return a solver for models of many variables that are bound loosely.

    Measured on 1,000 to 2,000 sessions: one worker takes a third of what two need that take
    turns, and what is learnt by probing and from symmetries costs more than it brings.
    """
    solver = solver_for(limits, effort, workers=1)
    solver.parameters.cp_model_probing_level = 0
    solver.parameters.symmetry_level = 0
    return solver


class BulkModel:
    """The variables and rules of one problem; rules between units are posted by `bulk.build`.

    `at[code][minute]` says whether a unit starts there; `stays[code]`, made when `with_stays`,
    implies that it keeps its start and room. `groups` are the literals by reason.
    """

    def __init__(
        self,
        problem: Problem,
        present: Timetable,
        scope: Scope,
        *,
        with_reasons: bool = False,
        with_stays: bool = False,
        may_leave: bool = False,
        many: int = MANY,
    ):
        self.ground = Ground(problem, present, scope)
        self.model = cp_model.CpModel()
        self.with_reasons, self.with_stays = with_reasons, with_stays
        self.slots = Slots(self.ground, many)
        self.choices = Choices(self.ground, self.slots)
        self.groups: dict[Reason, Literal] = {}
        self.options: dict[str, Options] = {}
        self.at: dict[str, dict[int, Literal]] = {}
        self.stays: dict[str, Literal] = {}
        for code, unit in self.ground.units.items():
            self.options[code] = self.choices.of(unit)
            self.at[code] = self._starts(code)
            self.at_most(1, list(self.at[code].values()))
            if not may_leave:
                self.any_of(self.at[code].values(), Reason("placed_once", code))

    def _starts(self, code: str) -> dict[int, Literal]:
        """Make the literal of each start that is not forbidden, or is under a reason."""
        options = self.options[code]
        minutes = options.starts.tolist()
        if self.with_reasons:
            found: dict[int, Literal] = {
                minute: self.model.new_bool_var(f"{code}@{minute}") for minute in minutes
            }
            for reason, mask in options.refused:
                for minute in options.starts[mask].tolist():
                    self.any_of([found[minute].negated()], reason)
            return found
        free = options.starts == options.starts
        for _reason, mask in options.refused:
            free &= ~mask
        free_minutes = options.starts[free].tolist()
        return {minute: self.model.new_bool_var(f"{code}@{minute}") for minute in free_minutes}

    # What rules are posted with.

    def group(self, reason: Reason) -> Literal:
        """Return the literal that switches a reason on."""
        if reason not in self.groups:
            self.groups[reason] = self.model.new_bool_var(reason.rule)
        return self.groups[reason]

    def under(self, *reasons: Reason | None) -> list[Literal]:
        if not self.with_reasons:
            return []
        return [self.group(reason) for reason in reasons if reason is not None]

    def any_of(self, literals: Iterable[Literal], *reasons: Reason | None) -> None:
        """Let one of some literals be true, while the reasons are on."""
        self.model.add_bool_or([*literals, *(one.negated() for one in self.under(*reasons))])

    def at_most(
        self, most: int | LinearExpr, literals: Sequence[Literal], reason: Reason | None = None
    ) -> None:
        """Let no more than so many be true, while the reason is on."""
        if isinstance(most, int) and len(literals) <= most:
            return
        on = self.under(reason)
        if isinstance(most, int) and most == 1 and not on:
            self.model.add_at_most_one(literals)
            return
        bound = self.model.add(LinearExpr.sum(list(literals)) <= most)
        if on:
            bound.only_enforce_if(on)

    def starts_of(self, solver: cp_model.CpSolver) -> dict[str, int]:
        """Return when the units start that a solver has placed."""
        return {
            code: minute
            for code, at in self.at.items()
            for minute, literal in at.items()
            if solver.boolean_value(literal)
        }
