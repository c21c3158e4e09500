"""The exact model with a switch for each reason, so that it can be asked which exclude each other.

Hours, pins and lengths of days, which the model otherwise takes as given, are reasons here: a
session may start at any time of its days, and only the rules keep it from there.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta

from ortools.sat.python import cp_model

from talks.solver.problem import MINUTE, Problem, Span, Timetable, in_utc
from talks.solver.reasons import Reason
from talks.solver.rules import is_ignored, must_hold
from talks.solver.scope import Scope
from talks.solver.starts import length

from .logic import Literal
from .model import moving
from .stage import on_stage
from .terms import TERMS, Term
from .times import meets
from .variables import Variables

LONGER = timedelta(hours=3)  # by which a day might be longer, at either end
EACH = frozenset({"in_order", "never_parallel", "spread"})  # a reason for each pair of talks
ALL = frozenset({"in_hours"})  # one reason in all


@dataclass(slots=True)
class Posted:
    """A model and the literal that switches each reason on; `about` are the codes concerned."""

    model: cp_model.CpModel
    groups: dict[Reason, Literal] = field(default_factory=dict)
    about: dict[Reason, set[str]] = field(default_factory=lambda: defaultdict(set))

    def post(self, reason: Reason, term: Term) -> None:
        """Let the reason keep a term at nothing."""
        if reason not in self.groups:
            self.groups[reason] = self.model.new_bool_var(f"{reason.rule} {reason.of}")
        self.model.add(term.amount == 0).only_enforce_if(self.groups[reason])
        self.about[reason].update(term.codes)

    def named(self, reason: Reason) -> Reason:
        """Return a reason with the codes of all that it concerns here."""
        return replace(reason, codes=tuple(sorted(self.about[reason] - {reason.of})))


def with_reasons(problem: Problem, present: Timetable, scope: Scope) -> Posted:
    """Return the model in which every rule that must hold has its switches."""
    v = Variables(_open(problem, present), present, scope)
    v.problem = problem  # the rules read what is asked for
    posted = Posted(v.model)
    _forbid_past(v)
    for name in TERMS:
        if not is_ignored(problem, name) and must_hold(problem, name):
            found = SPECIAL[name](v) if name in SPECIAL else _grouped(v, name)
            for reason, term in found:
                posted.post(reason, term)
    return posted


def _grouped(v: Variables, name: str) -> Iterator[tuple[Reason, Term]]:
    for term in moving(v, TERMS[name](v)):
        if name in ALL:
            yield Reason(name), term
        elif name in EACH:
            yield Reason(name, term.of, tuple(c for c in term.codes if c != term.of)), term
        else:
            yield Reason(name, term.of), term


def _placed_once(v: Variables) -> Iterator[tuple[Reason, Term]]:
    """A talk that goes along with its session has no place of its own to be asked for."""
    for term in moving(v, TERMS["placed_once"](v)):
        if term.of in v.sessions or term.of in v.scope.talks:
            yield Reason("placed_once", term.of), term


def _person_away(v: Variables) -> Iterator[tuple[Reason, Term]]:
    """Each time that somebody cannot be there is a reason of its own."""
    for person, places in on_stage(v).items():
        for span in v.problem.people[person].away:
            for place in places:
                term = Term(meets(v, place, [v.clock.span(span)]), person, (place.code,))
                for one in moving(v, [term]):
                    yield Reason("person_away", person, span=span), one


def _room_closed(v: Variables) -> Iterator[tuple[Reason, Term]]:
    """Each time that a room is closed is a reason of its own."""
    for room in v.problem.rooms.values():
        for span in room.closed:
            first, last = v.clock.span(span)
            for code, minutes in v.minutes.items():
                here = v.rooms[code].get(room.code, v.false)
                during = [y for m, y in v.at[code].items() if m < last and first < m + minutes]
                term = Term(v.all_of([v.any_of(during), here]), room.code, (code,))
                for one in moving(v, [term]):
                    yield Reason("room_closed", room.code, span=span), one


SPECIAL = {
    "placed_once": _placed_once,
    "person_away": _person_away,
    "room_closed": _room_closed,
}


def _forbid_past(v: Variables) -> None:
    """Let nothing start before now; no reason can change that."""
    now = v.clock.minute(v.problem.now) if v.problem.now else -1
    for at in v.at.values():
        for minute, literal in at.items():
            if minute <= now and literal is not v.true:
                v.model.add(literal == 0)


def _open(problem: Problem, present: Timetable) -> Problem:
    """Return a problem with longer days and nothing pinned, on the same steps."""
    step = timedelta(minutes=problem.step)
    hours = list(problem.hours)
    for span in problem.hours:
        begin = span.start - LONGER // step * step
        hours.append(Span(span.code, begin, span.end + LONGER))
    for code, pin in problem.pins.items():
        if pin.start is not None and code in problem.sessions:
            end = in_utc(pin.start) + length(problem, code, present) * MINUTE
            hours.append(Span("", pin.start, end))
    return replace(problem, hours=tuple(hours), pins={}, talk_pins={})
