"""The base of the admin of every table that people edit: all is saved through `writing`.

Hooks for a table: `derive(row)` fills what follows from other columns, `after_save(request, row)`
runs in the transaction once the row, its children and its Change are written.
"""

import logging
from zoneinfo import ZoneInfo

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from . import writing
from .forms import EditedForm
from .history import Words
from .inlines import Scoped, save_rows, with_seen
from .inputs import zone_of

logger = logging.getLogger(__name__)

LOOKUPS = {"", "__exact", "__id__exact", "__pk__exact", "__isnull"}


class EditedAdmin(Scoped, admin.ModelAdmin):
    """A table whose rows have a version."""

    form = EditedForm
    object_history_template = "admin/object_changes.html"
    list_per_page = 50
    save_on_top = False

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or not self.has_change_permission(request, obj):
            return fieldsets
        return with_seen(fieldsets)

    def get_fields(self, request, obj=None):
        return [name for name in super().get_fields(request, obj) if name != "seen"]

    def lookup_allowed(self, lookup, value, request):
        """Allow what the filters at the side ask, and nothing else."""
        for given in self.get_list_filter(request):
            if isinstance(given, type):
                name = given.parameter_name
            else:
                name = given if isinstance(given, str) else given[0]
            if lookup.startswith(name) and lookup.removeprefix(name) in LOOKUPS:
                return True
        return False

    def view_on_site(self, obj):
        address = getattr(obj, "get_absolute_url", None)
        return address() if address else None

    # Saving

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Show and save the form. Who loses a race meets the form's own conflict, or is told."""
        for _attempt in range(2):
            try:
                return super().changeform_view(request, object_id, form_url, extra_context)
            except (writing.Conflict, IntegrityError) as error:
                logger.warning("%s was not saved: %s", self.opts.label_lower, error)
        messages.error(
            request,
            _(
                "Nothing was saved: somebody else saved the same at the same moment, or two"
                " rows have a position or name that only one may have. Look and try again."
            ),
        )
        return HttpResponseRedirect(request.get_full_path())

    def derive(self, row):
        """Fill the columns that follow from others; before the row is saved."""

    def after_save(self, request, row):
        """Do what else belongs to a save, in its transaction; the Change is written."""

    def save_model(self, request, obj, form, change):
        self.derive(obj)
        form.before = None
        if change:
            form.before = writing.claim(obj, form.cleaned_data["seen"] or 0)
            obj.save()
        else:
            writing.create(obj, request.user)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if form.before is not None:
            writing.record(form.instance, form.before, request.user)
        self.after_save(request, form.instance)

    def save_formset(self, request, form, formset, change):
        save_rows(formset, request.user)

    def delete_model(self, request, obj):
        writing.delete(obj, obj.version, request.user)

    def delete_queryset(self, request, queryset):
        for row in queryset:
            writing.delete(row, row.version, request.user)

    def delete_view(self, request, object_id, extra_context=None):
        return self.or_tell(request, super().delete_view, object_id, extra_context)

    def changelist_view(self, request, extra_context=None):
        return self.or_tell(request, super().changelist_view, extra_context)

    def or_tell(self, request, view, *args):
        try:
            return view(request, *args)
        except writing.Conflict as conflict:
            messages.error(
                request, _("Not deleted, as somebody just changed it: %s") % conflict.row
            )
            return HttpResponseRedirect(request.get_full_path())

    # The Change is the history: no LogEntry beside it, which would also keep erased names

    def log_addition(self, request, obj, message):
        return None

    def log_change(self, request, obj, message):
        return None

    def log_deletions(self, request, queryset):
        return None

    # Showing

    def zone_for(self, obj):
        """Return the zone in which the times of a row are shown."""
        return zone_of(getattr(obj, "event", None))

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        response = super().render_change_form(request, context, add, change, form_url, obj)
        with timezone.override(self.zone_for(obj)):
            return response.render()

    def history_view(self, request, object_id, extra_context=None):
        row = self.get_object(request, unquote(object_id))
        if row is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        zone = self.zone_for(row)
        changes = self.get_paginator(request, writing.history(row).select_related("by"), 100)
        page = changes.get_page(request.GET.get("p", 1))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Change history: %s") % row,
            "subtitle": None,
            "saves": saves(self.model, page.object_list, zone),
            "zone": zone.key,
            "page": page,
            "object": row,
            "opts": self.opts,
            "module_name": self.opts.verbose_name_plural,
            **(extra_context or {}),
        }
        request.current_app = self.admin_site.name
        with timezone.override(zone):
            return TemplateResponse(request, self.object_history_template, context).render()


def saves(model, changes, zone: ZoneInfo):
    """Return Changes for the page of a row's history: who, when, and each field."""
    words = Words(model, zone)
    words.learn(change.fields for change in changes)
    return [
        {
            "at": change.at,
            "by": change.by,
            "version": change.version,
            "is_import": bool(change.batch),
            "lines": words.lines(change),
        }
        for change in changes
    ]
