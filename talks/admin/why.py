"""The page that says why a session or talk is where it is, and what it would cost elsewhere."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django import forms
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from talks.changes import clock
from talks.findings import sentence
from talks.findings.names import LABELS
from talks.models import Event
from talks.proposals import ground_now
from talks.solver.moving import Target, cost_there, why_here
from talks.solver.rules import must_hold

from .proposal_shown import Alone, Cost, alone, costs_of, total

FIRST_YEAR, LAST_YEAR = 1970, 2200


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Another place in words, and what each rule would cost more there."""

    place: str
    total: Alone
    costs: tuple[Alone, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What it would cost to put something there; `broken` are rules that must hold."""

    place: str
    costs: tuple[Cost, ...]
    total: Cost
    broken: tuple[str, ...]
    new: tuple[str, ...]
    gone: tuple[str, ...]


class WhyForm(forms.Form):
    """What is asked about."""

    code = forms.ChoiceField(label=gettext_lazy("Session or talk"))

    def __init__(self, problem, *args, **options):
        super().__init__(*args, **options)
        self.fields["code"].choices = [
            ("", "–"),
            (_("sessions"), titles(problem.sessions)),
            (_("talks"), titles(problem.talks)),
        ]


class ThereForm(forms.Form):
    """Where something is thought to be put: another time, another room, or another session."""

    start = forms.DateTimeField(
        label=gettext_lazy("Start"),
        required=False,
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
    )
    room = forms.ChoiceField(label=gettext_lazy("Room"), required=False)
    session = forms.ChoiceField(label=gettext_lazy("Session"), required=False)

    def __init__(self, here, code, *args, **options):
        super().__init__(*args, **options)
        problem, placed = here.problem, here.timetable.by_code()
        as_it_is = [("", _("as it is"))]
        if code in problem.sessions:
            self.is_placed = code in placed
            del self.fields["session"]
            rooms = [(room.code, room.name) for room in problem.rooms.values()]
            self.fields["room"].choices = as_it_is + rooms
        else:
            self.is_placed = any(code in {t.talk for t in one.talks} for one in placed.values())
            del self.fields["room"]
            held = {one: problem.sessions[one] for one in placed}
            self.fields["session"].choices = as_it_is + titles(held)

    def clean(self):
        """What stands nowhere has no time or session that could stay as it is."""
        cleaned = super().clean()
        needed = "session" if "session" in self.fields else "start"
        if (start := cleaned.get("start")) and not FIRST_YEAR <= start.year < LAST_YEAR:
            self.add_error("start", _("No event is in this year."))
        if not self.is_placed and needed not in self.errors and not cleaned.get(needed):
            self.add_error(needed, _("It stands nowhere yet: say where it would be."))
        return cleaned

    def target(self):
        """Return the place that was given."""
        said = self.cleaned_data
        names = ("start", "room", "session")
        return Target(**{name: said[name] for name in names if said.get(name)})


def titles(rows):
    """Return sessions or talks as a field offers them, in order of their titles."""
    named = [(code, row.title or code) for code, row in rows.items()]
    return sorted(named, key=lambda one: (one[1].casefold(), one[0]))


@require_safe
def why_page(request, site, event, may_edit):
    """Say why something is where it is, and what it would cost where it is thought to be put."""
    here, _ground = ground_now(event)
    zone = ZoneInfo(event.zone)
    chosen = WhyForm(here.problem, request.GET if "code" in request.GET else None)
    code = chosen.cleaned_data["code"] if chosen.is_valid() else ""
    context = {
        **site.each_context(request),
        "title": _("Why is it here? %(event)s") % {"event": event},
        "opts": Event._meta,
        "event": event,
        "form": chosen,
        "code": code,
        "may_edit": may_edit,
    }
    with timezone.override(zone):
        if code:
            context |= about(request, here, code, zone)
        return TemplateResponse(request, "admin/talks/why.html", context).render()


def about(request, here, code, zone):
    """Return what is known of one session or talk, and the answer when one was asked for."""
    is_asked = any(name in request.GET for name in ("start", "room", "session"))
    there = ThereForm(here, code, request.GET if is_asked else None)
    answer = None
    if is_asked and there.is_valid():
        target = there.target()
        answer = answered(here, code, target, zone)
    known = here.problem.sessions.get(code) or here.problem.talks[code]
    return {
        "name": known.title or code,
        "place": place_of(here, code, zone),
        "there": there,
        "answer": answer,
        **(reasons(here, code, zone) if there.is_placed else {}),
    }


def reasons(here, code, zone):
    """Return what holds something where it is."""
    held = why_here(here.problem, here.timetable, code)
    return {
        "held": held,
        "is_best": all(one.cost >= 0 for one in held.best),
        "best": [
            Elsewhere(words(here, one.target, zone), Alone("", one.cost), alone(one.costs))
            for one in held.best
        ],
        "forbidden": [(name_of(rule), number) for rule, number in held.forbidden.items()],
    }


def answered(here, code, target, zone):
    """Return what it would cost to put something there."""
    found = cost_there(here.problem, here.timetable, code, target)
    pairs = {rule: (found.before[rule], found.after[rule]) for rule in found.costs}
    every = {rule: (found.before[rule], found.after[rule]) for rule in found.after}
    broken = {clash.rule for clash in found.new if must_hold(here.problem, clash.rule)}
    return Answer(
        place=words(here, target, zone),
        costs=tuple(costs_of(here.problem, pairs)),
        total=total(costs_of(here.problem, every)),
        broken=tuple(str(name_of(rule)) for rule in sorted(broken)),
        new=tuple(sentence(clash, zone) for clash in found.new),
        gone=tuple(sentence(clash, zone) for clash in found.gone),
    )


def words(here, target, zone):
    """Return a place in words; what stays as it is is not said."""
    parts = []
    if target.session:
        session = here.problem.sessions[target.session]
        placed = here.timetable.by_code()[target.session]
        parts.append(_("in “%s”") % (session.title or session.code))
        parts.append(span(placed, zone))
    if target.start:
        parts.append(date_format(target.start.astimezone(zone), "D j F Y, H:i"))
    if target.room is not None:
        room = here.problem.rooms.get(target.room)
        parts.append(room.name if room else _("in no room"))
    return ", ".join(parts) or _("as it is")


def place_of(here, code, zone):
    """Return where something stands, in words; empty when that is nowhere."""
    placed = here.timetable.by_code()
    if code in placed:
        room = here.problem.rooms.get(placed[code].room)
        return ", ".join([span(placed[code], zone), *([room.name] if room else [])])
    held = [one for one in placed.values() if code in {talk.talk for talk in one.talks}]
    targets = [words(here, Target(session=one.session), zone) for one in held]
    return "; ".join(targets)


def span(placed, zone):
    return clock(placed.start.astimezone(zone), placed.end.astimezone(zone), zone)


def name_of(rule):
    return LABELS[rule].name
