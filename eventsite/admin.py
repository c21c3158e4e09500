"""History, imports and jobs of the whole site, to be read: what was done to it, for superusers."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from .models import Change, Import, Job


class ReadAdmin(admin.ModelAdmin):
    """A table that superusers read, and nobody edits."""

    def has_module_permission(self, request):
        return request.user.is_superuser

    def has_view_permission(self, request, obj=None):
        return request.user.is_superuser

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Change)
class ChangeAdmin(ReadAdmin):
    """Organizers find the Changes of a row on the row's own history page."""

    list_display = ["at", "by", "table", "code", "version", "names", "event_code"]
    list_filter = ["table"]
    list_select_related = ["by"]
    list_per_page = 50
    search_fields = ["code", "event_code", "batch", "by__username"]
    fields = ["table", "code", "version", "fields", "by", "at", "batch", "event_code"]

    @admin.display(description=_("changed"))
    def names(self, change):
        return ", ".join(change.fields)


@admin.register(Import)
class ImportAdmin(ReadAdmin):
    """Who applied one finds its report where they applied it."""

    list_display = ["at", "by", "target", "source", "file_name", "format", "state"]
    list_filter = ["state", "format"]
    list_select_related = ["by"]
    list_per_page = 50
    search_fields = ["target", "source", "file_name", "by__username"]
    fields = [
        *("target", "source", "file_name", "sha256", "format", "mapping", "by", "at", "state"),
        "report",
    ]


@admin.register(Job)
class JobAdmin(ReadAdmin):
    """Who asked for one finds it where they asked."""

    list_display = ["made", "by", "kind", "event_code", "state", "progress", "message"]
    list_filter = ["state", "kind"]
    list_select_related = ["by"]
    list_per_page = 50
    search_fields = ["kind", "event_code", "message", "by__username"]
    fields = [
        *("kind", "event_code", "argument", "by", "made", "state", "progress", "message"),
        *("wants_stop", "started", "heartbeat", "finished", "host"),
    ]
