"""The lists of rows on another row's form, and what a form of either kind offers."""

from django import forms
from django.contrib import admin
from django.contrib.admin.exceptions import NotRegistered
from django.db import models
from django.db.models import F

from . import writing
from .forms import OrderedFormSet, RowForm
from .inputs import DayInput, KeptFileInput, MomentField, MomentInput
from .models import Edited

PARKED = 1_000_000  # past every position, while rows change places
OVERRIDES: dict[type[models.Field], dict[str, object]] = {
    models.DateTimeField: {"form_class": MomentField, "widget": MomentInput},
    models.DateField: {"widget": DayInput},
    models.URLField: {"assume_scheme": "https"},
    models.FileField: {"widget": KeptFileInput},
}
NARROW: dict[type[models.Field], dict[str, object]] = {
    models.CharField: {"widget": forms.TextInput({"size": 14})},
    models.URLField: {"widget": forms.URLInput({"size": 18}), "assume_scheme": "https"},
}


def with_seen(fieldsets):
    """Put the hidden field of the version seen into the first fieldset."""
    (name, options), *others = fieldsets
    fields = [each for each in options["fields"] if each != "seen"]
    return [(name, {**options, "fields": [*fields, "seen"]}), *others]


class Scoped:
    """What a form offers is what the related table's own list shows to this user."""

    formfield_overrides = OVERRIDES

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        self.narrow(db_field, request, kwargs)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        self.narrow(db_field, request, kwargs)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def narrow(self, db_field, request, kwargs):
        try:
            related = self.admin_site.get_model_admin(db_field.remote_field.model)
        except NotRegistered:
            return
        kwargs.setdefault("queryset", related.get_queryset(request))


class ChildInline(Scoped, admin.TabularInline):
    """Rows that share the version of the row they belong to: who edits it edits them."""

    extra = 0
    formfield_overrides = {**OVERRIDES, **NARROW}

    def has_view_permission(self, request, obj=None):
        return self.parent_admin().has_view_permission(request, obj)

    def has_add_permission(self, request, obj=None):
        if obj is None:
            return self.parent_admin().has_add_permission(request)
        return self.parent_admin().has_change_permission(request, obj)

    def has_change_permission(self, request, obj=None):
        return self.has_add_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return self.has_add_permission(request, obj)

    def parent_admin(self):
        return self.admin_site.get_model_admin(self.parent_model)


class ReadInline(ChildInline):
    """Rows that are shown beside a row, and written elsewhere."""

    can_delete = False

    def has_add_permission(self, request, obj=None):
        return False


class RowInline(ChildInline):
    """Rows with a version of their own, on the form of the row they belong to."""

    form = RowForm

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        return with_seen(fieldsets) if self.has_change_permission(request, obj) else fieldsets


def save_rows(formset, by):
    """Save the rows of an inline: with a Change each where they have versions of their own.

    Rows that change places are parked first, so that no two stand in one place at any moment.
    """
    formset.save(commit=False)
    has_versions = issubclass(formset.model, Edited)
    forms = {form.instance.pk: form for form in formset.initial_forms}
    for row in formset.deleted_objects:
        if has_versions:
            writing.delete(row, forms[row.pk].cleaned_data.get("seen") or 0, by)
        else:
            row.delete()
    changed = [row for row, _fields in formset.changed_objects]
    before = [
        writing.claim(row, forms[row.pk].cleaned_data["seen"] or 0) if has_versions else None
        for row in changed
    ]
    if isinstance(formset, OrderedFormSet) and changed:
        park(formset.model, changed)
    for row in changed:
        row.save()
        forms[row.pk].save_m2m()
    for row in formset.new_objects:
        if has_versions:
            writing.create(row, by)
        else:
            row.save()
    for row, values in zip(changed, before, strict=True):
        if values is not None:
            writing.record(row, values, by)


def park(model, rows):
    pks = [row.pk for row in rows]
    model._base_manager.filter(pk__in=pks).update(position=F("position") + PARKED)
