"""The page on which organizers give a survey of what people want to hear.

Between looking and deciding the votes wait in a file without names; the sheet is not kept.
"""

import json
from collections import Counter

from django import forms
from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from eventsite.cells import Unreadable
from eventsite.waiting import Folder
from talks import survey
from talks.models import Event, Vote

SALT = "talks.admin.survey"
HOUR = 3600  # seconds
MOST_SHOWN = 100  # of what cannot be read
LOOK, TAKE, FORGET = "look", "take", "forget"


class SurveyForm(forms.Form):
    """A sheet to look at, what was looked at and is to be taken, or that all is to be forgotten."""

    action = forms.ChoiceField(choices=[(name, name) for name in (LOOK, TAKE, FORGET)])
    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        help_text=gettext_lazy(
            "CSV, XLSX or JSON: columns “voter” and “talk” with a row for each vote, or a row for"
            " each voter and a column for each talk. A talk is told by its code, its number"
            " elsewhere or its exact title."
        ),
    )
    waiting = forms.CharField(required=False, max_length=1000, widget=forms.HiddenInput)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("action") == LOOK and not cleaned.get("file") and "file" not in self.errors:
            self.add_error("file", _("Choose a file."))
        return cleaned


def survey_page(request, site, event, may_edit):
    """Show how many voted; on POST look at a sheet, take what was looked at, or forget all."""
    if not may_edit and request.method == "POST":
        raise PermissionDenied
    form = SurveyForm(request.POST or None, request.FILES or None)
    found, waiting = None, ""
    if form.is_valid():
        action = form.cleaned_data["action"]
        if action != LOOK:
            done = take if action == TAKE else forget
            done(request, event, form.cleaned_data["waiting"])
            return HttpResponseRedirect(request.path)
        found = looked_at(event, form)
        if found and found.choices and not found.skipped:
            waiting = keep(request, event, found)
    present = Vote.objects.filter(event=event)
    context = {
        **site.each_context(request),
        "title": _("Survey of %(event)s") % {"event": event},
        "opts": Event._meta,
        "event": event,
        "form": form,
        "found": found,
        "skipped": found.skipped[:MOST_SHOWN] if found else (),
        "waiting": waiting,
        "wanted": wanted(event, found) if waiting else [],
        "votes": present.count(),
        "voters": present.values("voter").distinct().count(),
        "may_edit": may_edit,
    }
    response = TemplateResponse(request, "admin/talks/survey.html", context)
    response["Cache-Control"] = "no-store"
    return response


def looked_at(event, form):
    """Return what a sheet says; the form tells why it cannot be read."""
    file = form.cleaned_data["file"]
    try:
        if file.size > survey.MOST_BYTES:
            raise Unreadable(
                _("The file is larger than %d MB.") % (survey.MOST_BYTES // 1024 // 1024)
            )
        found = survey.read(event, file.name, file.read())
    except Unreadable as reason:
        form.add_error("file", str(reason))
        return None
    if not found.choices and not found.skipped:
        form.add_error("file", _("There is no vote in this file."))
    return found


def wanted(event, found):
    """Return how many want each talk, the most wanted first, as (title, persons)."""
    persons = Counter(found.persons())
    titles = dict(event.talks.values_list("code", "title"))
    return [(titles[code], number) for code, number in persons.most_common()]


def keep(request, event, found):
    """Let votes wait for an hour; return by what name, signed for one user and event."""
    folder = Folder()
    folder.save(json.dumps(found.choices).encode())
    return signing.dumps(folder.name, salt=salt_of(request, event))


def salt_of(request, event):
    return f"{SALT}:{request.user.pk}:{event.pk}"


def take(request, event, waiting):
    """Put the votes that wait in the place of those that there are."""
    try:
        folder = Folder(signing.loads(waiting, salt=salt_of(request, event), max_age=HOUR))
        choices = [(voter, code) for voter, code in json.loads(folder.read())]
    except (signing.BadSignature, OSError):
        messages.error(request, _("Nothing was changed: upload the file again."))
        return
    number = survey.replace(event, choices)
    folder.remove()
    text = ngettext("%d vote is taken.", "%d votes are taken.", number) % number
    messages.success(request, text)


def forget(request, event, _waiting):
    number = survey.forget(event)
    text = ngettext("%d vote is forgotten.", "%d votes are forgotten.", number) % number
    messages.success(request, text)
