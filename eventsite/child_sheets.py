"""Sheets of rows that share their parent's version: roles, links, authorships, sections."""

from collections.abc import Callable
from typing import ClassVar

import tablib
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from . import columns, writing
from .cells import Unreadable
from .columns import Row, SheetField
from .models import Edited
from .sheets import SheetResource, loaded
from .writing import Values


class ChildResource(SheetResource):
    """Rows known by their parent and a natural key; `version` is the parent's.

    To change them is to change the parent: one Change for each parent, however many rows.
    `rows` are the parents that may be changed.
    """

    parent: ClassVar[str]
    natural: ClassVar[tuple[str, ...]]

    version = SheetField(column_name="version", widget=columns.Whole(), readonly=True)

    def __init__(
        self,
        user: User | None = None,
        rows: models.QuerySet | None = None,
        visible: Callable[[type[models.Model]], models.QuerySet] | None = None,
        may_add: bool = True,
    ):
        super().__init__(user, rows, visible)
        self.fields["version"].attribute = f"{self.parent}__version"
        owner = self._meta.model._meta.get_field(self.parent).related_model
        self.rows = owner._base_manager.all() if rows is None else rows
        self.claimed: dict[int, tuple[Edited, Values]] = {}
        self.versions: dict[int, int] = {}
        self.owner: Edited | None = None

    def check_sheet(self, dataset: tablib.Dataset) -> None:
        missing = {self.parent, "version", *self.natural} - set(dataset.headers or [])
        if missing:
            raise Unreadable(_("These columns are missing: %s.") % ", ".join(sorted(missing)))
        super().check_sheet(dataset)

    def key_in(self, row: Row) -> tuple[str, ...]:
        names = (self.parent, *self.natural)
        return tuple(columns.as_text(row.get(name)).strip() for name in names)

    def visible(self, model: type[models.Model]) -> models.QuerySet:
        owner = self._meta.model._meta.get_field(self.parent).related_model
        return self.rows if model is owner else super().visible(model)

    def get_instance(self, instance_loader: object, row: Row) -> models.Model | None:
        """Find the row of a parent that may be changed; notes parent, event and version."""
        owner = self.cell(self.parent, row)
        if not isinstance(owner, Edited):
            raise ValidationError({self.parent: _("Say which, by its code or slug.")})
        self.owner = owner
        self.event = getattr(owner, "event", None)
        self.check_version(self.as_it_was(owner), row)
        values = {name: self.cell(name, row) for name in self.natural}
        found = list(self._meta.model._base_manager.filter(**{self.parent: owner}, **values)[:2])
        if len(found) > 1:
            raise ValidationError({self.natural[0]: "; ".join(map(str, found))})
        return found[0] if found else None

    def event_of_new(self, instance: models.Model, row: Row) -> models.Model | None:
        """Return the event of the parent, on whose clock the row's moments are."""
        return getattr(self.owner, "event", None)

    def cell(self, name: str, row: Row) -> object:
        try:
            return self.fields[name].clean(row)
        except ValueError as refusal:
            raise ValidationError({name: str(refusal)}) from None

    def as_it_was(self, owner: Edited) -> Edited:
        """Return the parent with the version it had before this import."""
        owner.version = self.versions.setdefault(owner.pk, owner.version)
        return owner

    def do_instance_save(self, instance: models.Model, is_create: bool) -> None:
        owner = self.owner
        with transaction.atomic():
            if owner is not None and owner.pk not in self.claimed:
                self.claimed[owner.pk] = owner, writing.claim(owner, owner.version)
            instance.save(force_insert=is_create)

    def save_m2m(self, instance: models.Model, row: Row, **options: object) -> None:
        """Children have no relations of their own."""

    def after_import(self, dataset: tablib.Dataset, result: object, **options: object) -> None:
        super().after_import(dataset, result, **options)
        for owner, before in self.claimed.values():
            writing.record(owner, before, self.user, self.batch)

    def filter_export(self, queryset: models.QuerySet, **_options: object) -> models.QuerySet:
        """Return the children of the exported parents."""
        rows = self._meta.model._base_manager.filter(
            **{f"{self.parent}__in": queryset.order_by().values("pk")}
        )
        order = self._meta.model._meta.ordering
        return loaded(rows).order_by(self.parent, *order)
