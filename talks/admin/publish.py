"""The page on which an organizer sees what attendees will see change, and publishes it."""

from django import forms
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talks.changes import described, grouped
from talks.clash_list import told
from talks.models import Event
from talks.publishing import Blocked, DifferenceMoved, codes, notices, preview, publish

ONLY, EVERYTHING = "only", "everything"


class PublishForm(forms.Form):
    """What is to be published, and the digest of the difference that was shown."""

    code = forms.CharField(required=False, max_length=9, widget=forms.HiddenInput)
    scope = forms.ChoiceField(choices=[(ONLY, ONLY), (EVERYTHING, EVERYTHING)])
    expected = forms.CharField(max_length=64, widget=forms.HiddenInput)
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("It stands in the public list of versions. It may be empty."),
    )

    @property
    def only(self):
        """The code whose change alone is to be published; empty for everything."""
        return self.cleaned_data["code"] if self.cleaned_data["scope"] == ONLY else ""


def publish_page(request, site, event):
    """Show the difference; on POST publish it, unless it has moved since it was shown."""
    if request.method != "POST":
        code = request.GET.get("code", "")
        return show(request, site, event, code, request.GET.get("scope", ONLY))
    form = PublishForm(request.POST)
    if not form.is_valid():
        return show(request, site, event, "", EVERYTHING, form)
    note, expected = form.cleaned_data["note"], form.cleaned_data["expected"]
    try:
        release = publish(event, request.user, note, code=form.only, expected=expected)
    except DifferenceMoved as moved:
        warn(request, moved.preview)
        return show_again(request, site, event, form)
    except Blocked:
        refuse(request)
        return show_again(request, site, event, form)
    tell(request, event, release)
    return HttpResponseRedirect(reverse("admin:talks_event_change", args=[event.pk]))


def show_again(request, site, event, form):
    said = form.cleaned_data
    return show(request, site, event, said["code"], said["scope"])


def refuse(request):
    messages.error(request, _("Nothing is published: broken rules block it, as is said below."))


def warn(request, found):
    """Say why nothing was published: what is left to publish is another difference, or none."""
    if found.differences:
        text = _("Something changed since this page was shown. Nothing is published: look again.")
        messages.warning(request, text)
    else:
        messages.info(request, _("All of it has been published by now."))


def show(request, site, event, code, scope, form=None):
    """Show what publishing would do: only the change of the code's row, or everything."""
    is_first = not event.releases.exists()
    only = code if scope == ONLY and not is_first else ""
    found = preview(event, only)
    hidden = {"code": code, "expected": found.digest, "note": request.POST.get("note", "")}
    context = {
        **site.each_context(request),
        "title": _("Publish %(event)s") % {"event": event},
        "opts": Event._meta,
        "event": event,
        "form": form or PublishForm(initial=hidden),
        "code": code,
        "only": only,
        "is_first": is_first,
        **in_words(event, found),
        "is_absent": bool(only) and stands_nowhere(found, only),
    }
    return TemplateResponse(request, "admin/talks/publish.html", context)


def stands_nowhere(found, code):
    """Whether the row of a code is in neither programme: nothing placed names it."""
    programmes = [found.programme, found.previous]
    return not any(code in codes(each) for each in programmes) and (
        code != found.programme.event.code
    )


def in_words(event, found):
    """Return what publishing a preview changes, what clashes in it and what else is to be said."""
    zone = found.programme.event.tz
    rows = described(found.differences, zone)
    return {
        "rows": rows,
        "groups": grouped(rows),
        "told": told(event, found.programme),
        "notices": notices(found),
    }


def tell(request, event, release):
    if release is None:
        messages.info(request, _("Nothing has changed since the last release."))
        return
    messages.success(
        request,
        _("Release %(number)d of %(event)s is published.")
        % {"number": release.number, "event": event},
    )


class SavesAndPublishes:
    """Adds "Save and publish" to the form of a table whose rows stand in releases.

    The admin it is mixed into says who `may_publish`.
    """

    stands_in_releases = True

    def published_code(self, row):
        """Return the code under which a row's change is published by itself."""
        return row.code

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        event = getattr(obj, "event", None)
        context["may_save_and_publish"] = self.stands_in_releases and self.may_publish(
            request, event
        )
        return super().render_change_form(request, context, add, change, form_url, obj)

    def response_add(self, request, obj, post_url_continue=None):
        response = super().response_add(request, obj, post_url_continue)
        return self.to_publishing(request, obj) or response

    def response_change(self, request, obj):
        return self.to_publishing(request, obj) or super().response_change(request, obj)

    def to_publishing(self, request, obj):
        """Go from a saved row to the difference it makes, when that was asked for."""
        is_asked = "_publish" in request.POST and self.stands_in_releases
        if not is_asked or not self.may_publish(request, obj.event):
            return None
        address = reverse("admin:talks_event_publish", args=[obj.event.pk])
        return HttpResponseRedirect(f"{address}?{urlencode({'code': self.published_code(obj)})}")
