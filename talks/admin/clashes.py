"""The page on which an organizer sees every clash of the draft, and decides about each."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from talks.acknowledging import acknowledge, findings, fingerprint, take_back
from talks.clash_list import counts, groups
from talks.models import Event
from talks.scheduling import findings_of

from .clash_shown import Things, shown

FEW, MANY = 20, 100  # findings of a rule that are shown among others, and when it is asked for
STANDS, NAGS = "acknowledge", "take_back"


class DecisionForm(forms.Form):
    """What is decided about a finding: it may stand, with a note, or may so no longer."""

    action = forms.ChoiceField(choices=[(name, name) for name in (STANDS, NAGS)])
    rule = forms.SlugField(max_length=40)
    fingerprint = forms.RegexField("^[0-9a-f]{64}$")
    note = forms.CharField(required=False, max_length=2000)


def clashes_page(request, site, event, may_edit):
    """List what clashes in the draft; on POST let a finding stand, or no longer."""
    if request.method == "POST":
        if not may_edit:
            raise PermissionDenied
        form = DecisionForm(request.POST)
        decide(request, event, form)
        rule = form.cleaned_data.get("rule", "")
        return HttpResponseRedirect(f"{request.get_full_path()}#{rule}")
    standing, found = findings_of(event, timezone.now())
    marked = findings(event, found)
    every = groups(standing.problem, marked)
    rule, code = (request.GET.get(name, "") for name in ("rule", "code"))
    things = Things(event, standing)
    context = {
        **site.each_context(request),
        "title": _("Clashes of %(event)s") % {"event": event},
        "opts": Event._meta,
        "event": event,
        "counts": counts(every),
        "every": every,
        "choices": things.choices(marked),
        "rule": rule,
        "code": code,
        "may_edit": may_edit,
        **listed(request, groups(standing.problem, asked_for(marked, rule, code)), things, event),
    }
    with timezone.override(event.zone):
        return TemplateResponse(request, "admin/talks/clashes.html", context).render()


def asked_for(marked, rule, code):
    """Keep the findings of a rule, and those about what has a code; empty keeps all."""
    return [
        one
        for one in marked
        if rule in ("", one.clash.rule) and (not code or code in one.clash.codes)
    ]


def listed(request, kept, things, event):
    """Return groups in words: the one rule that is asked for page by page, else a few of each."""
    if not request.GET.get("rule"):
        return {"shown": [shown(group, things, event, 0, FEW) for group in kept], "page": None}
    page = Paginator(kept[0].open if kept else (), MANY).get_page(request.GET.get("page"))
    first = max(page.start_index() - 1, 0)
    return {"shown": [shown(group, things, event, first, MANY) for group in kept], "page": page}


def decide(request, event, form):
    """Write a decision, unless the finding has changed since it was shown."""
    if not form.is_valid():
        messages.error(request, _("Nothing was written: the form was not as this page makes it."))
        return
    said = form.cleaned_data
    if said["action"] == NAGS:
        if take_back(event, said["rule"], said["fingerprint"]):
            messages.success(request, _("Taken back: the finding is told again."))
        else:
            messages.warning(request, _("This was taken back already."))
        return
    _standing, found = findings_of(event, timezone.now())
    clash = matching(found, said["rule"], said["fingerprint"])
    if clash is None:
        text = _("The finding changed since this page was shown. Nothing is written: look again.")
        messages.warning(request, text)
        return
    acknowledge(event, clash, said["note"], request.user)
    messages.success(request, _("It may stand, and is told below until it changes."))


def matching(found, rule, mark):
    """Return the clash of a rule that a fingerprint is of; None when there is none now."""
    return next((one for one in found if one.rule == rule and fingerprint(one) == mark), None)
