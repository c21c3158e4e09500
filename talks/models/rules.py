"""What an organizer decides about the rules of the timetable."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from eventsite.fields import is_one_of
from eventsite.models import Edited

DIGEST_LENGTH = 64  # a SHA-256 in hex


class RuleLevel(models.TextChoices):
    BLOCK = "block", _("block publishing")
    WARN = "warn", _("warn")
    IGNORE = "ignore", _("ignore")


class RuleSetting(Edited):
    """How much a rule matters at an event; without a row it warns.

    `rule` is its name in the solver, `weight` what one breach costs beside the other rules,
    `options` what else the rule wants to know (minutes of a pause, roles that count).
    """

    event = models.ForeignKey("talks.Event", on_delete=models.CASCADE, related_name="rules")
    rule = models.CharField(_("rule"), max_length=40)
    level = models.CharField(_("level"), max_length=10, choices=RuleLevel, default=RuleLevel.WARN)
    weight = models.PositiveIntegerField(
        _("weight"), default=1, help_text=_("What one breach costs beside the other rules")
    )
    options = models.JSONField(_("options"), default=dict, blank=True)

    class Meta:
        ordering = ["rule", "pk"]
        constraints = [
            is_one_of("rulesetting", "level", RuleLevel),
            models.CheckConstraint(name="rulesetting_rule", condition=~Q(rule="")),
            models.UniqueConstraint(
                fields=["event", "rule"],
                name="rulesetting_once",
                violation_error_message=_("This rule is set already."),
            ),
        ]
        verbose_name = _("rule of the timetable")
        verbose_name_plural = _("rules of the timetable")

    def __str__(self):
        return self.rule


class Acknowledged(models.Model):
    """A finding that an organizer has seen and lets stand, until it changes.

    `fingerprint` is the SHA-256, in hex, of what the finding is about.
    """

    event = models.ForeignKey("talks.Event", on_delete=models.CASCADE, related_name="acknowledged")
    rule = models.CharField(_("rule"), max_length=40)
    fingerprint = models.CharField(max_length=DIGEST_LENGTH)
    note = models.TextField(_("note"), blank=True, help_text=_("Why it may stand"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="acknowledged_fingerprint",
                condition=Q(Exact(Length("fingerprint"), DIGEST_LENGTH)),
            ),
            models.UniqueConstraint(
                fields=["event", "rule", "fingerprint"], name="acknowledged_once"
            ),
        ]
        verbose_name = _("acknowledged finding")
        verbose_name_plural = _("acknowledged findings")

    def __str__(self):
        return f"{self.rule} {self.fingerprint[:12]}"
