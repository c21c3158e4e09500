"""Searches for the timetable of an event, for a proposal and for the command line.

This module loads the solver; web processes do without it.
"""

import time
from dataclasses import dataclass, field
from datetime import date
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from eventsite.jobs import Failed, Running, Stopped
from eventsite.models import Job
from eventsite.writing import Plain

from .findings import sentence
from .findings.faults import fault_sentence
from .findings.reasons import explanation_sentences
from .grounds import mark_of
from .models import Move, Proposal
from .models.proposals import ProposalState
from .problems import Standing
from .proposals import Wish, ground_now, row_of, wish_of
from .solver import diff, rules, scope
from .solver.explain import explain
from .solver.faults import Faulty
from .solver.forms import keep_forms
from .solver.limits import Limits, Progress, Stop, never, silent
from .solver.repair import repair
from .solver.scope import Scope
from .solver.search import Found, NoTimetable, search

PATIENCE = 20.0  # seconds for an explanation
FEW = 60  # moves, of each of which it is said what it costs alone
TOLD = 0.5  # seconds between two points of the course
POINTS = 400  # of the course, at most

Point = list[float | None]  # seconds, cost, bound


class Unsolved(Exception):
    """There is no timetable, or none was found; the sentences say why."""

    def __init__(self, sentences: list[str], relaxations: list[str] | None = None):
        super().__init__(" ".join(sentences))
        self.sentences, self.relaxations = sentences, relaxations or []


@dataclass
class Course:
    """How cost and bound went, as [seconds, cost, bound], thinned out as it grows.

    Threads of the solver call `hear`; who may use the database calls `show` each second.
    """

    proposal: int
    seconds: int
    running: Running
    points: list[Point] = field(default_factory=list)
    newest: Point = field(default_factory=lambda: [0.0, None, None])
    shown: list[Point] = field(default_factory=list)
    began: float = field(default_factory=time.monotonic)

    def hear(self, seconds: float, cost: float | None, bound: float | None) -> None:
        """Remember what is known now; what is not said is as it was."""
        _at, last_cost, last_bound = self.newest
        cost = last_cost if cost is None else cost
        bound = last_bound if bound is None else bound
        self.newest = [round(seconds, 2), cost, bound]
        if not self.points or seconds - float(self.points[-1][0] or 0) >= TOLD:
            self.points.append(self.newest)
        if len(self.points) > POINTS:
            del self.points[1::2]

    @property
    def trace(self) -> list[Point]:
        """The course up to now; the newest point is always in it."""
        points = list(self.points)
        return points if not points or points[-1] is self.newest else [*points, self.newest]

    def show(self) -> None:
        """Say how far it is, and let who looks at the proposal see the course."""
        percent = min(99, round(100 * (time.monotonic() - self.began) / max(1, self.seconds)))
        _at, cost, bound = self.newest
        self.running.progress(percent, _line(cost, bound))
        if (trace := self.trace) != self.shown:
            _running(self.proposal).update(trace=trace)
            self.shown = trace

    def end(self, found: Found) -> None:
        """Add the end: what is proven is its own bound."""
        cost = self.newest[1]
        if found.is_proven and cost is not None:
            self.hear(time.monotonic() - self.began, cost, cost)


def run(job: Job, running: Running) -> str:
    """Do the job of a proposal; return the line that says what came of it."""
    proposal = _begun(job)
    wish = wish_of(proposal)
    course = Course(proposal.pk, wish.seconds, running)
    running.at_each_look = course.show
    here, ground = ground_now(proposal.event, wish.moment)
    mark = mark_of(proposal.event)
    try:
        found = solve(here, wish, course.hear, lambda: running.should_stop)
    except Unsolved as unsolved:
        running.check()
        explanation = {"sentences": unsolved.sentences, "relaxations": unsolved.relaxations}
        if not _running(proposal.pk).update(explanation=explanation, trace=course.trace):
            raise Stopped from unsolved
        raise Failed(str(unsolved)) from unsolved
    running.check()
    course.end(found)
    message = said(found, ZoneInfo(proposal.event.zone))
    with transaction.atomic():
        is_ours = _running(proposal.pk).update(
            state=ProposalState.DONE,
            ground=ground,
            score=score(found),
            trace=course.trace,
            message=message,
            settings={**proposal.settings, "mark": mark},
        )
        if not is_ours:
            raise Stopped
        store(proposal, here, found)
    return message


def _begun(job: Job) -> Proposal:
    """Say that the proposal of a job is being made. Raises Stopped when there is none any more."""
    waiting = Proposal.objects.filter(job=job, state=ProposalState.WAITING)
    proposal = waiting.select_related("event").first()
    if proposal is None or not waiting.update(state=ProposalState.RUNNING):
        raise Stopped
    return proposal


def _running(key: int) -> QuerySet[Proposal]:
    """A proposal while its search runs; not one that ended or went, or took its number."""
    return Proposal.objects.filter(pk=key, state=ProposalState.RUNNING)


def solve(here: Standing, wish: Wish, progress: Progress = silent, stop: Stop = never) -> Found:
    """Return the timetable that was asked for. Raises Unsolved."""
    limits = Limits(wish.seed, wish.effort, wish.seconds, progress, stop)
    asked = scope_of(here, wish)
    try:
        if wish.part == "repair":
            return _repaired(here, wish, limits)
        return search(here.problem, here.timetable, asked, limits, wish.may_leave)
    except Faulty as faulty:
        raise Unsolved([fault_sentence(fault) for fault in faulty.faults]) from faulty
    except NoTimetable as none:
        if not none.is_proven:
            text = _("No timetable was found in the time given. Allow more of it.")
            raise Unsolved([text]) from none
        raise _explained(here, asked, wish) from none


def scope_of(here: Standing, wish: Wish) -> Scope:
    """Return what may move. Raises Unsolved for a day, track or room that there is not."""
    problem, timetable = here.problem, here.timetable
    if wish.part == "day":
        if wish.which not in {span.code for span in problem.hours}:
            text = _("“%s” is no day of this event: write it as 2027-03-26.")
            raise Unsolved([text % wish.which])
        return scope.of_day(problem, timetable, date.fromisoformat(wish.which))
    if wish.part == "track" and wish.which in problem.tracks:
        return scope.of_track(problem, timetable, wish.which)
    if wish.part == "room" and wish.which in problem.rooms:
        return scope.of_room(problem, timetable, wish.which)
    if wish.part == "unplaced":
        return scope.unplaced(problem, timetable)
    if wish.part in {"everything", "repair"}:
        return scope.everything(problem, timetable)
    raise Unsolved([_("“%s” is not at this event.") % wish.which])


def _repaired(here: Standing, wish: Wish, limits: Limits) -> Found:
    """Return the fewest moves that mend the timetable."""
    mended = repair(
        here.problem,
        here.timetable,
        at_most=wish.at_most,
        seconds=limits.seconds,
        seed=limits.seed,
        stop=limits.stop,
        progress=limits.progress,
    )
    if mended.timetable is None:
        raise NoTimetable(mended.is_impossible)
    timetable = keep_forms(here.problem, here.timetable, mended.timetable)
    return Found(
        timetable,
        diff.moves(here.timetable, timetable),
        rules.costs(here.problem, here.timetable),
        rules.costs(here.problem, timetable),
        bound=mended.bound,
        is_proven=mended.is_proven,
        was_stopped=not mended.is_proven,
        stays=mended.left,
    )


def _explained(here: Standing, asked: Scope, wish: Wish) -> Unsolved:
    """Return why nothing can be found, and what would make it possible."""
    explanation = explain(here.problem, here.timetable, asked, seconds=PATIENCE)
    if explanation is None and wish.part == "repair" and wish.at_most:
        text = _("Nothing can be mended when nothing may move by more than %d minutes.")
        return Unsolved([text % wish.at_most], [_("Allow things to move further.")])
    if explanation is None:
        return Unsolved([_("There is no timetable, and no reason was found in time.")])
    because, relaxations = explanation_sentences(explanation, here.problem)
    return Unsolved(because, relaxations)


def store(proposal: Proposal, here: Standing, found: Found) -> None:
    """Write the moves of a proposal, each with what it costs alone when they are few."""
    rows = [row_of(proposal, number, move) for number, move in enumerate(found.moves)]
    if len(rows) <= FEW:
        for row, move in zip(rows, found.moves, strict=True):
            row.costs = costs_alone(here, found, move)
    Move.objects.bulk_create(rows)


def costs_alone(here: Standing, found: Found, move: diff.Move) -> dict[str, Plain]:
    """Return by rule what one move alone would add to the costs, where it changes any."""
    after = rules.costs(here.problem, diff.apply_moves(here.timetable, [move]))
    return {
        rule: cost - found.before[rule]
        for rule, cost in after.items()
        if cost != found.before[rule]
    }


def score(found: Found) -> dict[str, list[int]]:
    """Return by rule the cost before and after, of the rules that cost anything."""
    rules_known = found.before.keys() | found.after.keys()
    pairs = {rule: [found.before.get(rule, 0), found.after.get(rule, 0)] for rule in rules_known}
    return {rule: pairs[rule] for rule in sorted(pairs) if any(pairs[rule])}


def said(found: Found, zone: ZoneInfo) -> str:
    """Return what a search ended with, and what of it no move can mend."""
    number = len(found.moves)
    parts = [ngettext("%d move.", "%d moves.", number) % number]
    if found.left:
        left = len(found.left)
        text = ngettext("%d thing has no place.", "%d things have no place.", left)
        parts.append(text % left)
    parts += [_("No move mends this: %s") % sentence(clash, zone) for clash in found.stays]
    if found.is_proven:
        parts.append(_("Nothing better is possible."))
    elif found.was_stopped:
        parts.append(_("The clock ended the search: another run may end otherwise."))
    return " ".join(parts)


def _line(cost: float | None, bound: float | None) -> str:
    """Say how far a search is."""
    if cost is None:
        return _("Looking for a timetable…")
    if bound is None:
        return _("A timetable of cost %d is found; looking for a better one…") % cost
    return _("A timetable of cost %(cost)d is found; none can cost less than %(bound)d.") % {
        "cost": cost,
        "bound": max(0, bound),
    }
