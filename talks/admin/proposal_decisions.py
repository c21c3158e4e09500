"""What an organizer decides about a proposal: done, and said what came of it."""

from zoneinfo import ZoneInfo

from django.contrib import messages
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from eventsite.writing import Conflict
from talks.findings import sentence
from talks.proposals import Clashing, StaleProposal, ask, cancel, drop, take, wish_of

from .access import EDITORS, may
from .proposal_forms import AGAIN, CANCEL, DROP
from .proposal_shown import ALIVE

TOLD = 50  # clashes, at most


class Refused(Exception):
    """Nothing was done; the sentences say why."""

    def __init__(self, sentences):
        super().__init__(" ".join(sentences))
        self.sentences = sentences


def asked(request, event, wish):
    """Ask for a timetable, unless the same is looked for already; return the proposal."""
    alive = event.proposals.filter(state__in=ALIVE)
    same = next((row for row in alive if wish_of(row) == wish), None)
    if same:
        messages.info(request, _("This is looked for already."))
    return same or ask(event, wish, request.user)


def decide(request, proposal, form):
    """Do what a valid form says; return the proposal to be shown next. Raises Refused."""
    action = form.cleaned_data["action"]
    if action == AGAIN:
        return asked(request, proposal.event, wish_of(proposal))
    if action == CANCEL:
        stop(request, proposal)
    elif action == DROP:
        drop(proposal)
        messages.success(request, _("It is let be: nothing was changed."))
    else:
        made(request, proposal, form.chosen)
    return proposal


def stop(request, proposal):
    if proposal.state not in ALIVE:
        messages.info(request, _("It had ended already."))
        return
    cancel(proposal)
    if proposal.state in ALIVE:
        messages.success(request, _("It stops as soon as it hears of it."))
    else:
        messages.success(request, _("It is cancelled."))


def made(request, proposal, chosen):
    """Take the moves that were chosen, or all. Raises Refused when they clash without the others.

    Of what was changed meanwhile the page of the proposal tells.
    """
    try:
        number = take(proposal, chosen, request.user)
    except Clashing as clashing:
        zone = ZoneInfo(proposal.event.zone)
        raise Refused([sentence(clash, zone) for clash in clashing.clashes[:TOLD]]) from clashing
    except StaleProposal:
        messages.error(
            request,
            _(
                "Nothing was changed: it was decided on by somebody else, the timetable has"
                " changed, or something of this has begun since the proposal was made."
            ),
        )
        return
    except Conflict:
        text = _("Nothing was changed: somebody saved something at the same moment. Look again.")
        messages.error(request, text)
        return
    messages.success(request, said(request, proposal.event, number))


def said(request, event, number):
    """Say how many rows changed, and lead on to publishing whoever may publish."""
    text = ngettext("%d row of the draft is changed.", "%d rows of the draft are changed.", number)
    if not may(request, event, EDITORS):
        return text % number
    address = reverse("admin:talks_event_publish", args=[event.pk])
    words = _("See what publishing would change")
    return format_html('{} <a href="{}">{}</a>', text % number, address, words)
