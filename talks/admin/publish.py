"""The page on which an organizer sees what attendees will see change, and publishes it."""

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talks.models import Event, Release
from talks.publishing import DifferenceMoved, Preview, preview, publish

# What a difference is called in the list, by its kind.
KINDS = {
    "new": gettext_lazy("New"),
    "back": gettext_lazy("Back again"),
    "moved": gettext_lazy("Moved"),
    "cancelled": gettext_lazy("Cancelled"),
    "planned": gettext_lazy("No longer cancelled"),
    "withdrawn": gettext_lazy("Withdrawn"),
    "reworded": gettext_lazy("Changed"),
}
TABLES = {
    "event": gettext_lazy("event"),
    "organizers": gettext_lazy("organizers"),
    "sessions": gettext_lazy("session"),
    "talks": gettext_lazy("talk"),
    "people": gettext_lazy("person"),
    "rooms": gettext_lazy("room"),
    "tracks": gettext_lazy("track"),
    "dates": gettext_lazy("important date"),
    "awards": gettext_lazy("award"),
}


class PublishForm(forms.Form):
    """What is to be published, and the digest of the difference that was shown."""

    ONLY, EVERYTHING = "only", "everything"

    code = forms.CharField(required=False, max_length=9, widget=forms.HiddenInput)
    scope = forms.ChoiceField(
        label=gettext_lazy("What to publish"),
        choices=[
            (ONLY, gettext_lazy("only this change")),
            (EVERYTHING, gettext_lazy("everything that has changed")),
        ],
        widget=forms.RadioSelect,
    )
    expected = forms.CharField(max_length=64, widget=forms.HiddenInput)
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Public: it stands in the list of versions. It may be empty."),
    )

    @property
    def only(self) -> str:
        """The code whose change alone is to be published; empty for everything."""
        return self.cleaned_data["code"] if self.cleaned_data["scope"] == self.ONLY else ""


def publish_page(request: HttpRequest, site: admin.AdminSite, event: Event) -> HttpResponse:
    """Show the difference; on POST publish it, unless it has moved since it was shown."""
    code = request.POST.get("code") or request.GET.get("code", "")
    if request.method != "POST":
        scope = request.GET.get("scope") or (PublishForm.ONLY if code else PublishForm.EVERYTHING)
        return _show(request, site, event, code, scope)
    form = PublishForm(request.POST)
    if not form.is_valid():
        return _show(request, site, event, code, PublishForm.EVERYTHING, form)
    try:
        release = publish(
            event,
            request.user,
            form.cleaned_data["note"],
            code=form.only,
            expected=form.cleaned_data["expected"],
        )
    except DifferenceMoved:
        messages.warning(
            request,
            _("Something changed since this page was shown. Nothing is published: look again."),
        )
        return _show(request, site, event, code, form.cleaned_data["scope"])
    _tell(request, event, release)
    return HttpResponseRedirect(reverse("admin:talks_event_change", args=[event.pk]))


def _show(
    request: HttpRequest,
    site: admin.AdminSite,
    event: Event,
    code: str,
    scope: str,
    form: PublishForm | None = None,
) -> HttpResponse:
    is_first = not event.releases.exists()
    only = code if scope == PublishForm.ONLY and not is_first else ""
    found = preview(event, only)
    initial = {"code": code, "scope": PublishForm.ONLY if only else PublishForm.EVERYTHING}
    form = form or PublishForm(
        initial={**initial, "expected": found.digest, "note": request.POST.get("note", "")}
    )
    context = {
        **site.each_context(request),
        "title": _("Publish %(event)s") % {"event": event},
        "opts": Event._meta,
        "event": event,
        "form": form,
        "code": code,
        "only": only,
        "is_first": is_first,
        "rows": rows(found),
    }
    return TemplateResponse(request, "admin/talks/publish.html", context)


def rows(found: Preview) -> list[dict[str, object]]:
    """Return the differences in the organizer's words."""
    return [
        {
            "kind": KINDS[difference.kind],
            "is_loss": difference.kind in ("withdrawn", "cancelled"),
            "table": TABLES[difference.table],
            "title": difference.title,
            "fields": [
                (field.name.replace("_", " "), as_text(field.before), as_text(field.after))
                for field in difference.fields
            ],
        }
        for difference in found.differences
    ]


def as_text(value: object) -> str:
    """Return a plain value as an organizer reads it."""
    if isinstance(value, list):
        return "; ".join(as_text(one) for one in value) or "–"
    if isinstance(value, dict):
        return ", ".join(as_text(one) for one in value.values() if one not in (None, "", []))
    return "–" if value in (None, "") else str(value)


def _tell(request: HttpRequest, event: Event, release: Release | None) -> None:
    if release is None:
        messages.info(request, _("Nothing has changed since the last release."))
        return
    messages.success(
        request,
        _("Release %(number)d of %(event)s is published.")
        % {"number": release.number, "event": event},
    )
