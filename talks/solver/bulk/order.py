"""The rules of what comes before what, and of what goes on from what."""

from collections.abc import Sequence

from ortools.sat.python.cp_model_helper import Literal

from talks.solver.problem import Kind, Relation
from talks.solver.reasons import Reason

from .model import BulkModel
from .units import Stage, Unit


def post(bulk: BulkModel) -> None:
    """Post precedences and parts between units, and between units and what is fixed."""
    if not bulk.ground.must("in_order"):
        return
    for relation in bulk.ground.problem.relations:
        if relation.kind in {Kind.BEFORE, Kind.PART}:
            _post_relation(bulk, relation)


def linked(bulk: BulkModel) -> list[tuple[str, str]]:
    """Return the pairs of sessions that are to be in one room, as parts of one thing."""
    if not bulk.ground.must("in_order"):
        return []
    return [
        (first.code, second.code)
        for relation in bulk.ground.problem.relations
        if relation.kind is Kind.PART
        for first, _one in bulk.ground.holding(relation.first)
        for second, _other in bulk.ground.holding(relation.second)
        if first.code != second.code
    ]


def _post_relation(bulk: BulkModel, relation: Relation) -> None:
    reason = Reason("in_order", relation.first, (relation.second,))
    for first, one in bulk.ground.holding(relation.first):
        for second, other in bulk.ground.holding(relation.second):
            moves = first.code in bulk.at or second.code in bulk.at
            if first.code == second.code or not moves:
                continue
            if relation.kind is Kind.BEFORE:
                _post_before(bulk, (first, one), (second, other), reason)
            else:
                _post_part(bulk, first, second, reason)


def _at(bulk: BulkModel, unit: Unit) -> dict[int, Literal]:
    """Return the starts of a unit; what is fixed starts where it stands."""
    if unit.code in bulk.at:
        return bulk.at[unit.code]
    return {unit.start or 0: bulk.model.new_constant(1)}


def _post_before(
    bulk: BulkModel, first: tuple[Unit, Stage], second: tuple[Unit, Stage], reason: Reason
) -> None:
    """Let the second begin by a moment only if the first does not end after that moment.

    By each moment one linear rule over all starts (Christofides et al., 1987), which says more
    to the search than one rule for each pair of starts.
    """
    (one, early), (other, late) = first, second
    ends = [(minute + early.offset + early.minutes, y) for minute, y in _at(bulk, one).items()]
    begins = sorted(
        (minute + late.offset, index, y)
        for index, (minute, y) in enumerate(_at(bulk, other).items())
    )
    for place, (moment, _index, _literal) in enumerate(begins):
        after = [literal for end, literal in ends if end > moment]
        if after:
            begun = [literal for _moment, _i, literal in begins[: place + 1]]
            bulk.at_most(1, [*begun, *after], reason)


def _post_part(bulk: BulkModel, first: Unit, second: Unit, reason: Reason) -> None:
    """Let the second start where the first ends, or after a gap in which nothing else fits."""
    one, other = _at(bulk, first), _at(bulk, second)
    times = sorted(
        {(at, unit.minutes) for unit in bulk.ground.units.values() for at in bulk.at[unit.code]}
    )
    gaps = {
        (before, after)
        for before in one
        for after in other
        if after >= before + first.minutes and not _fits(times, before + first.minutes, after)
    }
    for minute, literal in one.items():
        then = [other[after] for before, after in gaps if before == minute]
        bulk.any_of([literal.negated(), *then], reason)
    for minute, literal in other.items():
        then = [one[before] for before, after in gaps if after == minute]
        bulk.any_of([literal.negated(), *then], reason)


def _fits(times: Sequence[tuple[int, int]], first: int, end: int) -> bool:
    """Whether a session could be between two moments."""
    return any(first <= start and start + minutes <= end for start, minutes in times)
