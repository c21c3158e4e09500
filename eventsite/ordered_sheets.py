"""Sheets of rows of which only one stands in each position."""

import tablib
from django.db import models, transaction
from django.db.models import F

from . import columns
from .columns import Row
from .inlines import PARKED
from .models import Edited
from .sheets import SheetResource


class OrderedResource(SheetResource):
    """The rows of one sheet may change places: all are parked first, as the forms do."""

    places: dict[int, int]  # where the rows of the sheet stood, by primary key

    def check_sheet(self, dataset: tablib.Dataset) -> None:
        super().check_sheet(dataset)
        keys = {columns.as_text(row[self.key]).strip() for row in dataset.dict}
        known = self.rows.filter(**{f"{self.key}__in": keys})
        self.places = dict(known.values_list("pk", "position"))
        self.stored(*self.places).update(position=F("position") + PARKED)

    def stored(self, *keys: int) -> models.QuerySet:
        return self._meta.model._base_manager.filter(pk__in=keys)

    def get_instance(self, instance_loader: object, row: Row) -> models.Model | None:
        found = super().get_instance(instance_loader, row)
        if found is not None:
            self.fields["position"].put(found, self.places[found.pk])
        return found

    def skip_row(
        self,
        instance: models.Model,
        original: models.Model,
        row: Row,
        import_validation_errors: object = None,
    ) -> bool:
        is_same = super().skip_row(instance, original, row, import_validation_errors)
        if is_same:
            with transaction.atomic():
                self.stored(instance.pk).update(position=self.places[instance.pk])
        return is_same

    def do_instance_save(self, instance: Edited, is_create: bool) -> None:
        super().do_instance_save(instance, is_create)
        if self.before:
            self.before["position"] = self.places[instance.pk]
