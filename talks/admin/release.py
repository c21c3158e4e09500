"""What was published, to be read and to be published again; publishing alone writes it."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talks.models import Release
from talks.publishing import Blocked, DifferenceMoved, preview_again, publish_again

from .access import ANY, EDITORS, OfMyEvents, may, roles
from .publish import PublishForm, in_words, refuse, tell


class AgainForm(PublishForm):
    """The digest of the difference that was shown, and a note: it is always everything."""

    code = None
    scope = None


@admin.register(Release)
class ReleaseAdmin(admin.ModelAdmin):
    list_display = ["event", "number", "published", "by", "note"]
    list_filter = [("event", OfMyEvents)]
    list_select_related = ["event", "by"]
    search_fields = ["event__name", "note"]
    fields = ["event", "number", "published", "by", "note", "digest"]
    readonly_fields = ["going_back"]
    ordering = ["-published"]

    def get_fields(self, request, obj=None):
        fields = super().get_fields(request, obj)
        return [*fields, "going_back"] if may(request, obj, EDITORS) else fields

    @admin.display(description=gettext_lazy("going back"))
    def going_back(self, obj):
        address = reverse("admin:talks_release_again", args=[obj.pk])
        return format_html('<a href="{}">{}</a>', address, _("Publish this release again"))

    def get_queryset(self, request):
        rows = super().get_queryset(request).defer("records")
        return rows if request.user.is_superuser else rows.filter(event__in=list(roles(request)))

    def get_urls(self):
        again = self.admin_site.admin_view(self.again_view)
        return [
            path("<int:object_id>/again/", again, name="talks_release_again"),
            *super().get_urls(),
        ]

    def again_view(self, request, object_id):
        """Show what going back to a release would change; on POST publish it again."""
        release = get_object_or_404(self.get_queryset(request), pk=object_id)
        if not may(request, release, EDITORS):
            raise PermissionDenied
        form = AgainForm(request.POST or None)
        if form.is_valid():
            note, expected = form.cleaned_data["note"], form.cleaned_data["expected"]
            try:
                made = publish_again(
                    release.event, release.number, request.user, note, expected=expected
                )
            except DifferenceMoved:
                messages.warning(request, _("Something changed meanwhile: look again."))
            except Blocked:
                refuse(request)
            else:
                tell(request, release.event, made)
                return HttpResponseRedirect(
                    reverse("admin:talks_event_change", args=[release.event.pk])
                )
        return self.show_again(request, release, form if form.errors else None)

    def show_again(self, request, release, form):
        found = preview_again(release.event, release.number)
        shown = {
            "expected": found.digest,
            "note": request.POST.get("note", _("Back to version %d") % release.number),
        }
        context = {
            **self.admin_site.each_context(request),
            "title": _("Go back to release %(number)d of %(event)s")
            % {"number": release.number, "event": release.event},
            "opts": self.opts,
            "release": release,
            "form": form or AgainForm(initial=shown),
            **in_words(release.event, found),
        }
        return TemplateResponse(request, "admin/talks/again.html", context)

    def lookup_allowed(self, lookup, value, request):
        return lookup == "event__id__exact"

    def has_module_permission(self, request):
        return may(request, None, ANY)

    def has_view_permission(self, request, obj=None):
        return may(request, obj, ANY)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
