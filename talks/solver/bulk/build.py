"""The model whole: the variables, and every rule that must hold between units."""

from talks.solver.problem import Problem, Timetable
from talks.solver.scope import Scope

from . import order, together
from .counts import Counts
from .model import BulkModel
from .slots import MANY


def build(
    problem: Problem,
    present: Timetable,
    scope: Scope,
    *,
    with_reasons: bool = False,
    with_stays: bool = False,
    may_leave: bool = False,
    many: int = MANY,
) -> tuple[BulkModel, Counts]:
    """Return the variables bound by every rule that must hold, and what counts the rooms.

    `may_leave`: nothing has to be placed. `many`: see `Slots`.
    """
    bulk = BulkModel(
        problem,
        present,
        scope,
        with_reasons=with_reasons,
        with_stays=with_stays,
        may_leave=may_leave,
        many=many,
    )
    together.post(bulk)
    order.post(bulk)
    counts = Counts(bulk)
    counts.post()
    return bulk, counts
