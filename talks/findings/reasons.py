"""Why there is no timetable, in the organizer's words, and what could be given up."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from talks.solver.explain import Explanation
from talks.solver.problem import Kind, Problem
from talks.solver.reasons import Reason

from .names import LABELS
from .wording import quoted, when

# What each rule asks for. `of` is what it is about, `others` what else is concerned.
REASONS: dict[str, str | Promise] = {
    "placed_once": gettext_lazy("%(of)s needs a place."),
    "person_twice": gettext_lazy("%(of)s cannot be in two places at once: %(others)s."),
    "person_away": gettext_lazy("%(of)s is not there %(when)s."),
    "room_closed": gettext_lazy("The room %(of)s is closed %(when)s."),
    "room_twice": gettext_lazy("The room %(of)s holds one session at a time: %(others)s."),
    "room_suits": gettext_lazy("Not every room suits %(of)s."),
    "room_holds": gettext_lazy("The room must hold all who are expected for %(of)s."),
    "in_hours": gettext_lazy("Sessions lie within the hours of the days."),
    "before": gettext_lazy("%(of)s comes before %(others)s."),
    "part": gettext_lazy("%(others)s goes on from %(of)s, in the same room."),
    "never_parallel": gettext_lazy("%(of)s and %(others)s are never at the same time."),
    "plenary_alone": gettext_lazy("Nothing that people would miss runs beside %(of)s."),
    "pinned": gettext_lazy("%(of)s is pinned."),
    "talk_fits_session": gettext_lazy("The talks of %(of)s fit into it."),
}
WAYS_OUT: dict[str, str | Promise] = {
    "placed_once": gettext_lazy("Leave out %(of)s."),
    "person_away": gettext_lazy("Have %(of)s there %(when)s."),
    "room_closed": gettext_lazy("Open the room %(of)s %(when)s."),
    "room_suits": gettext_lazy("Ask less of the room for %(of)s."),
    "room_holds": gettext_lazy("Let %(of)s be in a room that is too small."),
    "in_hours": gettext_lazy("Begin earlier or end later."),
    "before": gettext_lazy("Let %(of)s come after %(others)s."),
    "part": gettext_lazy("Part %(others)s from %(of)s."),
    "never_parallel": gettext_lazy("Let %(of)s and %(others)s be at the same time."),
    "plenary_alone": gettext_lazy("Let something run beside %(of)s."),
    "pinned": gettext_lazy("Let %(of)s move."),
}
ORDER = ("placed_once", "person_twice", "person_away", "room_closed")  # others come behind


def explanation_sentences(
    explanation: Explanation, problem: Problem
) -> tuple[list[str], list[str]]:
    """Return what cannot be had together, and each single way out, on the event's clock.

    Behind what cannot be had together comes what is not known of it.
    """
    zone = ZoneInfo(problem.zone)
    because = [reason_sentence(one, problem, zone) for one in _in_order(explanation.reasons)]
    ways = (way_out(one, problem, zone) for one in _in_order(explanation.relaxations))
    return [*because, *_remarks(explanation)], list(dict.fromkeys(way for way in ways if way))


def reason_sentence(reason: Reason, problem: Problem, zone: ZoneInfo) -> str:
    """Return what one reason asks for; for a rule of its own kind its name and whom it concerns."""
    form = REASONS.get(_form(reason, problem))
    facts = _facts(reason, problem, zone)
    if form is None or (reason.rule == "room_twice" and not reason.of):
        named = ", ".join(name for name in (facts["of"], facts["others"]) if name)
        rule = str(LABELS[reason.rule].name)
        return _("%(rule)s: %(named)s.") % {"rule": rule, "named": named} if named else f"{rule}."
    return str(form % facts)


def way_out(reason: Reason, problem: Problem, zone: ZoneInfo) -> str:
    """Return what to do to give up one reason; "" when that is not for anybody to decide."""
    if reason.rule in {"person_twice", "room_twice", "talk_fits_session"}:
        return ""
    form = WAYS_OUT.get(_form(reason, problem))
    if form is None:
        return _("Give up the rule “%s”.") % LABELS[reason.rule].name
    return str(form % _facts(reason, problem, zone))


def _form(reason: Reason, problem: Problem) -> str:
    """Return under what a reason is told: an order is a precedence, or a part of one thing."""
    if reason.rule != "in_order":
        return reason.rule
    pairs = {(r.first, r.second) for r in problem.relations if r.kind is Kind.PART}
    return "part" if (reason.of, *reason.codes) in pairs else "before"


def _facts(reason: Reason, problem: Problem, zone: ZoneInfo) -> dict[str, str]:
    others = [name for code in reason.codes if (name := _name(code, problem))]
    return {
        "of": _name(reason.of, problem),
        "others": _listed(list(dict.fromkeys(others))),
        "when": when(reason.span, zone) if reason.span else "",
    }


def _listed(names: list[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    first, last = ", ".join(names[:-1]), names[-1]
    return pgettext("a list", "%(first)s and %(last)s") % {"first": first, "last": last}


def _name(code: str, problem: Problem) -> str:
    """Return what somebody or something is called; titles stand in quotes."""
    if code in problem.people:
        return problem.people[code].name
    if code in problem.rooms:
        return problem.rooms[code].name
    if code in problem.talks:
        return quoted(problem.talks[code].title)
    if code in problem.sessions:
        return quoted(problem.sessions[code].title or code)
    return ""


def _in_order(reasons: tuple[Reason, ...]) -> list[Reason]:
    def place(reason: Reason) -> tuple[int, bool]:
        known = reason.rule in ORDER
        return (ORDER.index(reason.rule) if known else len(ORDER)), reason.span is None

    return sorted(reasons, key=lambda r: (*place(r), r.span.start.timestamp() if r.span else 0))


def _remarks(explanation: Explanation) -> Iterator[str]:
    if not explanation.reasons:
        yield _("In the time given it was not found out why.")
        return
    if not explanation.is_irreducible:
        yield _("Some of these reasons may not be needed: the time did not suffice to find out.")
    if not explanation.relaxations and not explanation.undecided:
        yield _("Giving up one of them is not enough: there are other contradictions.")
    if explanation.undecided:
        yield _("Of some of them it is not known whether giving up one is enough.")
