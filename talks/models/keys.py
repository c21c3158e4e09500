"""What a random key opens: a preview of the draft, an agenda. Only the hash of a key is kept."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from eventsite.fields import is_one_of


class KeyKind(models.TextChoices):
    PREVIEW = "preview", _("preview")
    SPEAKER = "speaker", _("speaker")


class Key(models.Model):
    """Opens a part of an event to whoever holds it, until it is revoked.

    `key_hash` is the SHA-256 of the key, in hex; the key itself is shown once.
    """

    key_hash = models.CharField(max_length=64, unique=True)
    event = models.ForeignKey("talks.Event", on_delete=models.CASCADE, related_name="keys")
    kind = models.CharField(_("kind"), max_length=20, choices=KeyKind, default=KeyKind.PREVIEW)
    person = models.ForeignKey(
        "talks.Person",
        verbose_name=_("person"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="keys",
    )
    label = models.CharField(
        _("for whom"), max_length=100, blank=True, help_text=_("To know it again; for organizers")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    made = models.DateTimeField(_("made"))
    revoked = models.DateTimeField(_("revoked"), null=True, blank=True)

    class Meta:
        ordering = ["-made", "-pk"]
        constraints = [
            is_one_of("key", "kind", KeyKind),
            models.CheckConstraint(
                name="key_of_a_speaker",
                condition=Q(kind=KeyKind.SPEAKER, person__isnull=False)
                | (~Q(kind=KeyKind.SPEAKER) & Q(person__isnull=True)),
                violation_error_message=_("A speaker's key, and no other, names a person."),
            ),
        ]
        verbose_name = _("key")
        verbose_name_plural = _("keys")

    def __str__(self):
        return self.label or self.get_kind_display()


class Agenda(models.Model):
    """What one browser has starred at an event; `changed` only ever moves on."""

    key_hash = models.CharField(max_length=64, unique=True)
    event = models.ForeignKey("talks.Event", on_delete=models.CASCADE, related_name="agendas")
    created = models.DateTimeField()
    changed = models.DateTimeField()

    class Meta:
        verbose_name = _("agenda")
        verbose_name_plural = _("agendas")

    def __str__(self):
        return str(self.pk)


class Star(models.Model):
    """A released code that someone starred: of a session or a talk, never a foreign key."""

    agenda = models.ForeignKey(Agenda, on_delete=models.CASCADE, related_name="stars")
    code = models.CharField(max_length=9)
    added = models.DateTimeField()

    class Meta:
        ordering = ["added", "pk"]
        constraints = [models.UniqueConstraint(fields=["agenda", "code"], name="star_once")]
        verbose_name = _("star")
        verbose_name_plural = _("stars")

    def __str__(self):
        return self.code
