"""Why no timetable can be made: reasons that cannot hold together, and which of them to give up."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from .bulk.build import build as build_bulk
from .cores import Switches, TimeIsUp
from .exact.reasons import Posted, with_reasons
from .limits import Limits, Stop, never
from .problem import Pair, Problem, Timetable
from .reasons import Reason
from .scope import Scope, is_past

SMALL = 150  # sessions that may move, up to which the exact model explains
FEW = 40  # sessions of a contradiction that the exact model can name
VAGUE = ("in_hours", "room_twice", "plenary_alone")  # what says little: left out where possible


@dataclass(frozen=True, slots=True)
class Explanation:
    """Reasons that cannot hold together; none when the time did not suffice to find any.

    `is_irreducible`: without any one of them the others can. `is_smallest`: no contradiction has
    fewer. `relaxations` are those without which all else can hold; of the `undecided` that is
    not known.
    """

    reasons: tuple[Reason, ...] = ()
    is_irreducible: bool = False
    is_smallest: bool = False
    relaxations: tuple[Reason, ...] = ()
    undecided: tuple[Reason, ...] = ()


def explain(
    problem: Problem,
    present: Timetable,
    scope: Scope,
    *,
    seconds: float = 10,
    seed: int = 0,
    stop: Stop = never,
) -> Explanation | None:
    """Return why nothing in scope can be placed as the rules ask; None when it can.

    What is pinned counts as if it could move, so that its pin is a reason like any other.
    """
    limits = Limits(seed=seed, seconds=seconds, stop=stop)
    scope = _unpinned(problem, present, scope)
    try:
        whole = _switches(problem, present, scope, limits)
        found = whole.conflict(whole.groups)
    except TimeIsUp:
        return Explanation()
    if found is None:
        return None
    explanation = _reduced(problem, present, scope, found, limits)
    return _relaxed(whole, explanation)


def _switches(problem: Problem, present: Timetable, scope: Scope, limits: Limits) -> Switches:
    if len(scope.sessions) <= SMALL:
        posted = with_reasons(problem, present, scope)
        return Switches(posted.model, posted.groups, limits)
    bulk, _counts = build_bulk(problem, present, scope, with_reasons=True)
    return Switches(bulk.model, bulk.groups, limits)


def _reduced(
    problem: Problem,
    present: Timetable,
    scope: Scope,
    found: Sequence[Reason],
    limits: Limits,
) -> Explanation:
    """Look for as few reasons as possible among what the first contradiction is about."""
    part, placed, moving = _part(problem, present, scope, found)
    if len(moving.sessions) > FEW:
        bulk, _counts = build_bulk(part, placed, moving, with_reasons=True)
        posted = Posted(bulk.model, bulk.groups)
    else:
        posted = with_reasons(part, placed, moving)
    switches = Switches(posted.model, posted.groups, limits)
    core: Sequence[Reason] = sorted(posted.groups, key=_vagueness)
    try:
        core = switches.conflict(core) or core
        core = switches.irreducible(core)
    except TimeIsUp:
        return Explanation(tuple(map(posted.named, core)))
    is_smallest = True
    try:
        core = switches.smallest(core)
    except TimeIsUp:
        is_smallest = False
    return Explanation(tuple(map(posted.named, core)), True, is_smallest)


def _relaxed(whole: Switches, explanation: Explanation) -> Explanation:
    """Say which reasons, given up alone, would make all the rest possible."""
    relaxations, undecided = [], []
    for reason in explanation.reasons:
        others = [one for one in whole.groups if not _is_part(one, reason)]
        try:
            if whole.conflict(others) is None:
                relaxations.append(reason)
        except TimeIsUp:
            undecided.append(reason)
    return replace(explanation, relaxations=tuple(relaxations), undecided=tuple(undecided))


def _is_part(one: Reason, reason: Reason) -> bool:
    """Whether a switch of the whole model is what a reason names, or a part of it."""
    if one.rule != reason.rule or one.span != reason.span:
        return False
    return not one.of or one.of == reason.of


def _vagueness(reason: Reason) -> tuple[bool, bool, str]:
    """Order reasons: those first that are the least worth telling."""
    return reason.rule not in VAGUE, reason.rule == "placed_once", str(reason)


def _unpinned(problem: Problem, present: Timetable, scope: Scope) -> Scope:
    past = {placed.session for placed in present.sessions if is_past(problem, placed)}
    pinned = {code for code in problem.pins if code in problem.sessions}
    return replace(scope, sessions=scope.sessions | (pinned - past))


def _part(
    problem: Problem, present: Timetable, scope: Scope, found: Iterable[Reason]
) -> tuple[Problem, Timetable, Scope]:
    """Return the part of a problem that a contradiction is about: what must be placed by it.

    What need not be placed cannot be in the way. A free talk may be put into any session.
    """
    must = {reason.of for reason in found if reason.rule == "placed_once"}
    talks = scope.talks & must
    sessions = set(problem.sessions) - scope.sessions | (scope.sessions if talks else must)
    left = frozenset(scope.sessions & sessions)
    placed = tuple(
        replace(one, talks=tuple(t for t in one.talks if t.talk not in scope.talks - must))
        for one in present.sessions
        if one.session in sessions
    )
    waiting = {code: held for code, held in present.waiting.items() if code in sessions}
    part = Timetable(placed, waiting)
    held = {one.talk for each in placed for one in each.talks} | talks
    held |= {one.talk for some in waiting.values() for one in some}
    smaller = replace(
        problem,
        sessions={code: one for code, one in problem.sessions.items() if code in sessions},
        talks={code: one for code, one in problem.talks.items() if code in held},
        relations=tuple(r for r in problem.relations if {r.first, r.second} <= held),
        together=_among(held, problem.together),
        alike=_among(held, problem.alike),
        pins={code: pin for code, pin in problem.pins.items() if code in sessions},
        talk_pins={code: pin for code, pin in problem.talk_pins.items() if code in held},
        released=None,
    )
    return smaller, part, Scope(left, talks)


def _among(held: set[str], pairs: Mapping[Pair, int]) -> dict[Pair, int]:
    return {pair: count for pair, count in pairs.items() if held.issuperset(pair)}
