"""The page on which organizers open the draft to themselves and to others, and close it again."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talks import previews
from talks.models import Event

MINE, LINK, REVOKE = "mine", "link", "revoke"


class PreviewForm(forms.Form):
    """What is to be done: see the draft oneself, make a link for somebody, or revoke one."""

    action = forms.ChoiceField(choices=[(name, name) for name in (MINE, LINK, REVOKE)])
    label = forms.CharField(
        label=gettext_lazy("For whom"),
        required=False,
        max_length=100,
        help_text=gettext_lazy("To know the link again when you want to revoke it."),
    )
    key = forms.IntegerField(required=False, min_value=1)

    def clean(self):
        """Whoever belongs to the event may look; a link for others is for a name."""
        cleaned = super().clean()
        if cleaned.get("action") == LINK and not cleaned.get("label"):
            self.add_error("label", _("Say for whom the link is."))
        return cleaned


def preview_page(request, site, event, may_share):
    """List the keys of an event; on POST make one, or revoke one."""
    form = PreviewForm(request.POST or None)
    made = ""
    if form.is_valid():
        action, label = form.cleaned_data["action"], form.cleaned_data["label"]
        if action == MINE:
            key = previews.open_to(event, request.user)
            return HttpResponseRedirect(previews.path(event, key))
        if not may_share:
            raise PermissionDenied
        if action == REVOKE:
            revoke(request, event, form.cleaned_data["key"])
            return HttpResponseRedirect(reverse("admin:talks_event_preview", args=[event.pk]))
        made = settings.SITE_URL + previews.path(event, previews.make(event, request.user, label))
    context = {
        **site.each_context(request),
        "title": _("Preview of %(event)s") % {"event": event},
        "opts": Event._meta,
        "event": event,
        "form": form if form.errors else PreviewForm(),
        "made": made,
        "may_share": may_share,
        "keys": previews.standing(event),
    }
    response = TemplateResponse(request, "admin/talks/preview.html", context)
    response["Cache-Control"] = "no-store"
    return response


def revoke(request, event, number):
    if number and previews.revoke(event, number):
        messages.success(request, _("The link is revoked: it opens nothing any more."))
    else:
        messages.warning(request, _("This link was not there any more."))
