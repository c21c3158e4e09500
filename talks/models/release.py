"""A published version of a programme."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from talks.querysets import ReleaseQuerySet


class Release(models.Model):
    """What the public sees: never changed once written, but for an erasure.

    `records` is the whole programme (`talks.records_json`), `digest` the SHA-256 of it,
    `summary` what lists of events show.
    """

    event = models.ForeignKey("talks.Event", on_delete=models.RESTRICT, related_name="releases")
    number = models.PositiveIntegerField(_("number"))
    note = models.TextField(_("note"), blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    published = models.DateTimeField(_("published"))
    digest = models.CharField(max_length=64)
    summary = models.JSONField(default=dict)
    records = models.JSONField()

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["event", "number"], name="release_number_once"),
            models.CheckConstraint(
                name="release_number",
                condition=Q(number__gte=1),
                violation_error_message=_("Releases are numbered from 1."),
            ),
        ]
        verbose_name = _("release")
        verbose_name_plural = _("releases")

    def __str__(self):
        return f"{self.event} {self.number}"

    @property
    def told(self):
        """When readers last met something new: when it was published, or somebody erased."""
        erased = self.summary.get("erased")
        return datetime.fromisoformat(erased) if erased else self.published


class Erasure(models.Model):
    """That a person was erased, by code alone: repeated after a restore."""

    event = models.ForeignKey("talks.Event", on_delete=models.CASCADE, related_name="erasures")
    person_code = models.CharField(max_length=9)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["event", "person_code"], name="erasure_once")
        ]
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")

    def __str__(self):
        return self.person_code
