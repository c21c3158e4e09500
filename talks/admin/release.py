"""What was published, to be read; publishing alone writes it."""

from django.contrib import admin

from talks.models import Release

from .access import ANY, OfMyEvents, may, roles


@admin.register(Release)
class ReleaseAdmin(admin.ModelAdmin):
    list_display = ["event", "number", "published", "by", "note"]
    list_filter = [("event", OfMyEvents)]
    list_select_related = ["event", "by"]
    search_fields = ["event__name", "note"]
    fields = ["event", "number", "published", "by", "note", "digest"]
    ordering = ["-published"]

    def get_queryset(self, request):
        rows = super().get_queryset(request).defer("records")
        return rows if request.user.is_superuser else rows.filter(event__in=list(roles(request)))

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
