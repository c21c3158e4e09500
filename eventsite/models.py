"""What people edit has a version, and its history is a row of Change for every save."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .fields import VersionField


class Edited(models.Model):
    """A row that people edit, through `writing` alone.

    `child_sets` names the accessors of the rows that share its version.
    """

    child_sets: ClassVar[tuple[str, ...]] = ()

    version = VersionField()

    class Meta:
        abstract = True


class Change(models.Model):
    """One save of one row, with its children: written by `writing` and by nothing else.

    `fields` maps a name to [before, after]; a new row has none, a deleted one has its last
    values. `code` is the row's code, or its primary key where a table has no codes.
    """

    table = models.CharField(max_length=60)
    code = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    fields = models.JSONField(default=dict)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)
    batch = models.CharField(max_length=40, blank=True)
    event_code = models.CharField(max_length=9, blank=True, db_index=True)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["table", "code", "version"], name="change_row")]
        verbose_name = _("change")
        verbose_name_plural = _("changes")

    def __str__(self):
        return f"{self.table} {self.code} {self.version}"
