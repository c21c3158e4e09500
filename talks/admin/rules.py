"""The page on which organizers say how much each rule of the timetable matters at an event."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from eventsite.writing import Conflict
from talks.models import Event
from talks.rule_settings import told, write
from talks.solver.rules import ABOUT

from .rule_forms import RuleForm


def rules_page(request, site, event, may_edit):
    """Show the settings of all rules; on POST save those that were changed, all or none."""
    is_posted = request.method == "POST"
    if is_posted and not may_edit:
        raise PermissionDenied
    known = told(event)
    forms = [RuleForm(rule, known, request.POST if is_posted else None) for rule in ABOUT]
    changed = [form for form in forms if form.is_changed]
    wrong = [form for form in changed if not form.is_valid()]
    if is_posted and not wrong:
        save(request, event, changed)
        return HttpResponseRedirect(request.path)
    if wrong:
        messages.error(request, _("Nothing was saved: see what is said below."))
    context = {
        **site.each_context(request),
        "title": _("Rules of %(event)s") % {"event": event},
        "opts": Event._meta,
        "event": event,
        "sections": [
            (_("What must hold"), [form for form in forms if form.about.must]),
            (_("What is wished for"), [form for form in forms if not form.about.must]),
        ],
        "errors": [error for form in wrong for each in form.errors.values() for error in each],
        "has_conflict": any(form.non_field_errors() for form in wrong),
        "may_edit": may_edit,
    }
    return TemplateResponse(request, "admin/talks/rules.html", context)


def save(request, event, changed):
    """Save the rules of valid forms and say so; who loses a race is told."""
    try:
        number = write(event, {form.rule: form.wanted() for form in changed}, request.user)
    except (Conflict, IntegrityError):
        text = _("Nothing was saved: somebody else saved a rule at the same moment. Try again.")
        messages.error(request, text)
        return
    if number:
        text = ngettext("%d rule is saved.", "%d rules are saved.", number) % number
        messages.success(request, text)
    else:
        messages.info(request, _("Nothing was changed."))
