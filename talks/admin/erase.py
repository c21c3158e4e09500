"""The page on which an owner of an event erases a person, having read what that means."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talks.erasing import erase

from .access import OWNERS, may

# What was reached is called so, by its place.
PLACES = {
    "people": gettext_lazy("people"),
    "talks": gettext_lazy("talks that printed the name otherwise"),
    "keys": gettext_lazy("keys"),
    "releases": gettext_lazy("releases"),
    "history": gettext_lazy("saves in the history"),
    "files": gettext_lazy("pictures"),
    "proposals": gettext_lazy("proposals of timetables, all of the event"),
    "notes": gettext_lazy("notes beside findings"),
}


class ErasesPeople:
    """Adds "Erase…" to the form of people, for owners of the event alone."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.erase_view)
        return [
            path("<int:object_id>/erase/", view, name="talks_person_erase"),
            *super().get_urls(),
        ]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["may_erase"] = obj is not None and may(request, obj, OWNERS)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def erase_view(self, request, object_id):
        """Show what erasing would reach; on POST erase."""
        person = get_object_or_404(self.get_queryset(request), pk=object_id)
        if not may(request, person, OWNERS):
            raise PermissionDenied
        if request.method == "POST":
            tell(request, erase(person.event, person.code, request.user))
            address = reverse("admin:talks_person_change", args=[person.pk])
            return HttpResponseRedirect(address)
        erased = erase(person.event, person.code, dry_run=True)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Erase %(person)s") % {"person": person},
            "opts": self.opts,
            "person": person,
            "reached": [(PLACES[name], count) for name, count in erased.reached.items()],
            "mentions": erased.mentions,
        }
        return TemplateResponse(request, "admin/talks/erase.html", context)


def tell(request, erased):
    """Say that it is done, and where the name is left for people to remove."""
    messages.success(request, _("%(code)s is erased.") % {"code": erased.person_code})
    if erased.mentions:
        places = [f"{each.table} {each.code}: {each.field}" for each in erased.mentions]
        messages.warning(
            request,
            _("The name still stands as text in: %(places)s") % {"places": "; ".join(places)},
        )
