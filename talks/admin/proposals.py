"""The pages on which organizers ask for a timetable, watch the search, and take what it found."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from eventsite import jobs
from talks.models import Event
from talks.proposals import wish_of

from . import proposal_shown as shown
from .proposal_decisions import Refused, asked, decide
from .proposal_forms import DecisionForm, WishForm

ON_A_PAGE = 20


def proposals_page(request, site, event, may_edit):
    """List what was proposed; on POST ask for a timetable."""
    jobs.sweep()
    is_posted = request.method == "POST"
    if is_posted and not may_edit:
        raise PermissionDenied
    form = WishForm(event, request.POST if is_posted else None)
    if is_posted and form.is_valid():
        return to_proposal(asked(request, event, form.wish()))
    every = event.proposals.select_related("by", "job").defer("trace", "score", "explanation")
    page = Paginator(every, ON_A_PAGE).get_page(request.GET.get("page"))
    names = shown.names_of(event)
    context = {
        **site.each_context(request),
        "title": _("Proposals for %(event)s") % {"event": event},
        "opts": Event._meta,
        "event": event,
        "form": form,
        "page": page,
        "rows": [(row, shown.words_of(wish_of(row), names)) for row in page],
        "may_edit": may_edit,
    }
    return TemplateResponse(request, "admin/talks/proposals.html", context)


def to_proposal(proposal):
    address = reverse("admin:talks_event_proposal", args=[proposal.event_id, proposal.pk])
    return HttpResponseRedirect(address)


def proposal_page(request, site, event, may_edit, number):
    """Show a proposal; on POST cancel it, take it or some of it, let it be, or look again."""
    jobs.sweep()
    proposal = get_object_or_404(event.proposals.select_related("event", "by", "job"), pk=number)
    moves, chosen, refusals = list(proposal.moves.all()), None, []
    if request.method == "POST":
        if not may_edit:
            raise PermissionDenied
        form = DecisionForm(moves, request.POST)
        try:
            if form.is_valid():
                return to_proposal(decide(request, proposal, form))
            refusals = [error for errors in form.errors.values() for error in errors]
        except Refused as refused:
            refusals = refused.sentences
        chosen = set(form.cleaned_data.get("move") or ())
    context = {
        **site.each_context(request),
        "title": _("Proposal for %(event)s") % {"event": event},
        "opts": Event._meta,
        "event": event,
        "proposal": proposal,
        "wish": wish_of(proposal),
        "words": shown.wish_words(proposal),
        "is_alive": proposal.state in shown.ALIVE,
        "course": shown.course(proposal),
        "refusals": refusals,
        "may_edit": may_edit,
        **(shown.result(proposal, moves, chosen) if proposal.state in shown.WITH_MOVES else {}),
    }
    return TemplateResponse(request, "admin/talks/proposal.html", context)
