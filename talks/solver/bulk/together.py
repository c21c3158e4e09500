"""The rules that keep units from sharing time: people, pairs never parallel, and plenaries."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, product

from ortools.sat.python.cp_model_helper import Literal

from talks.solver.problem import Kind
from talks.solver.reasons import Reason
from talks.solver.rules.sessions import PAUSES, TO_HEAR, excludes

from .model import BulkModel
from .units import Ground, Stage, Unit
from .wishes import OF_PAIRS, talk_pairs, tracks

APART = (("alone", "pause"), ("alone", "heard"), ("alone", "seen"), ("pause", "heard"))
Use = tuple[Unit, Stage]  # what a unit takes of somebody's time


def post(bulk: BulkModel) -> None:
    """Post that nobody is in two places at once, and what may not run beside each other."""
    ground = bulk.ground
    uses = _people(bulk.ground.units.values())
    for person, used in uses.items():
        if ground.must("person_twice"):
            post_one_at_a_time(bulk, used, Reason("person_twice", person))
        if ground.person_gap:
            post_one_at_a_time(bulk, used, Reason("buffer", person), ground.person_gap)
    alone = [(u, whole(u)) for u in ground.units.values() if ground.is_one_place(u)]
    post_one_at_a_time(bulk, alone, Reason("one_place"))
    for reason in never_parallel(ground):
        for one, other in product(ground.holding(reason.of), ground.holding(reason.codes[0])):
            _post_apart(bulk, one, other, reason)
    for reason, one, other in tracks_apart(ground):
        _post_apart(bulk, one, other, reason)
    if ground.must("plenary_alone"):
        _post_plenaries(bulk)


def _people(units: Iterable[Unit]) -> dict[str, list[Use]]:
    uses: dict[str, list[Use]] = defaultdict(list)
    for unit in units:
        for person, stage in unit.people:
            if (unit, stage) not in uses[person]:
                uses[person].append((unit, stage))
    return {person: used for person, used in uses.items() if len({u.code for u, _ in used}) > 1}


def never_parallel(ground: Ground) -> Iterator[Reason]:
    """Yield why two talks, the reason's `of` and its first code, must not share time."""
    if ground.must("never_parallel"):
        for relation in ground.problem.relations:
            if relation.kind is Kind.NEVER_PARALLEL:
                yield Reason("never_parallel", relation.first, (relation.second,))
    for rule in OF_PAIRS:
        for (one, other), _amount in talk_pairs(ground.problem, rule) if ground.must(rule) else ():
            yield Reason(rule, one, (other,))


def tracks_apart(ground: Ground) -> Iterator[tuple[Reason, Use, Use]]:
    """Yield the units of one track, where they must not share time."""
    units = (*ground.units.values(), *ground.fixed.values())
    for one, other in combinations(units, 2) if ground.must("track_parallel") else ():
        for track in sorted(tracks(ground.problem, one) & tracks(ground.problem, other)):
            yield Reason("track_parallel", track), (one, whole(one)), (other, whole(other))


def whole(unit: Unit) -> Stage:
    """Return all the time of a unit."""
    return Stage(0, unit.minutes)


def _post_apart(bulk: BulkModel, one: Use, other: Use, reason: Reason) -> None:
    free = [use for use in (one, other) if use[0].code in bulk.at]
    if one[0].code == other[0].code or not free:
        return
    if len(free) == 2:
        post_one_at_a_time(bulk, free, reason)
    else:
        _post_beside_fixed(bulk, free[0], other if free[0] is one else one, reason)


def _post_beside_fixed(bulk: BulkModel, use: Use, fixed: Use, reason: Reason) -> None:
    first = (fixed[0].start or 0) + fixed[1].offset
    unit, stage = use
    for minute, literal in bulk.at[unit.code].items():
        start = minute + stage.offset
        if start < first + fixed[1].minutes and first < start + stage.minutes:
            bulk.any_of([literal.negated()], reason)


def post_one_at_a_time(bulk: BulkModel, uses: Sequence[Use], reason: Reason, gap: int = 0) -> None:
    """Let no two units take somebody's time at once, or less than a gap after each other.

    Two stretches share time when one has begun and not ended at the beginning of the other.
    """
    stretches = sorted(
        (minute + stage.offset, minute + stage.offset + stage.minutes + gap, unit.code, minute)
        for unit, stage in uses
        if stage.minutes > 0
        for minute in bulk.at[unit.code]
    )
    running: list[tuple[int, int, str, int]] = []
    for place, stretch in enumerate(stretches):
        moment = stretch[0]
        running = [one for one in running if one[1] > moment]
        running.append(stretch)
        if place + 1 < len(stretches) and stretches[place + 1][0] == moment:
            continue
        if len({code for _start, _end, code, _minute in running}) > 1:
            taken = {(code, minute) for _start, _end, code, minute in running}
            bulk.at_most(1, [bulk.at[code][minute] for code, minute in sorted(taken)], reason)


def _post_plenaries(bulk: BulkModel) -> None:
    """Post by moment which of four sorts of sessions run, and which sorts exclude each other."""
    units = bulk.ground.units.values()
    if not any(unit.session.is_for_all for unit in units):
        return
    moments = sorted({minute for at in bulk.at.values() for minute in at})
    for moment, running in zip(moments, covering(bulk, moments), strict=True):
        _post_moment(bulk, moment, running)


def _post_moment(bulk: BulkModel, moment: int, running: Sequence[tuple[Unit, Literal]]) -> None:
    sorts: dict[str, Literal] = {}
    alone = []
    for unit, literal in running:
        sort = _sort(unit)
        if sort not in sorts:
            sorts[sort] = bulk.model.new_bool_var(f"{sort} at {moment}")
        reason = Reason("plenary_alone", unit.code) if unit.session.is_for_all else None
        bulk.any_of([literal.negated(), sorts[sort]], reason)
        if sort == "alone":
            alone.append((unit.code, literal))
    if len({code for code, _literal in alone}) > 1:
        bulk.at_most(1, [one for _code, one in alone], Reason("plenary_alone", alone[0][0]))
    for one, other in APART:
        if one in sorts and other in sorts:
            bulk.model.add_bool_or([sorts[one].negated(), sorts[other].negated()])


def _sort(unit: Unit) -> str:
    if excludes(unit.session, unit.session):
        return "alone"
    if unit.session.kind in PAUSES:
        return "pause"
    return "heard" if unit.session.kind in TO_HEAR else "seen"


def covering(bulk: BulkModel, moments: Sequence[int]) -> Iterator[list[tuple[Unit, Literal]]]:
    """Yield for each moment the units, with the literals of the starts at which they run then."""
    found: list[list[tuple[Unit, Literal]]] = [[] for _ in moments]
    for code, unit in bulk.ground.units.items():
        for minute, literal in bulk.at[code].items():
            for index in range(
                bisect_left(moments, minute), bisect_left(moments, minute + unit.minutes)
            ):
                found[index].append((unit, literal))
    yield from found
