"""The history of the whole site, to be read: superusers look for what an import or a hand did."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from .models import Change


@admin.register(Change)
class ChangeAdmin(admin.ModelAdmin):
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
