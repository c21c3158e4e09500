"""What else follows when an event is saved: its old address, and where its papers are presented."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .models import Event, EventSlug
from .publishing import write_presentations


def is_free(slug: str, event: Event) -> None:
    """Refuse a slug that another event has, or once had."""
    taken = EventSlug.objects.filter(slug=slug).exclude(event=event.pk).exists()
    if taken or Event.objects.filter(slug=slug).exclude(pk=event.pk).exists():
        raise ValidationError(
            _("“%(slug)s” is, or once was, another event."), params={"slug": slug}
        )


def keeps_uids(event: Event) -> None:
    """Refuse another calendar domain once calendars hold entries under the one that was."""
    was = Event.objects.filter(pk=event.pk, releases__isnull=False).first()
    if was and was.uid_domain != event.uid_domain:
        raise ValidationError(
            _("Calendars hold entries under “%(domain)s”: it stays as it is."),
            params={"domain": was.uid_domain},
        )


def settle(event: Event, old: str) -> None:
    """Remember the slug that an event had before it was saved, and tell the catalogue.

    A hidden event presents nothing; one under a new slug presents its papers there.
    """
    EventSlug.objects.filter(slug=event.slug, event=event).delete()
    if old != event.slug:
        EventSlug.objects.get_or_create(slug=old, defaults={"event": event})
    write_presentations(event)


def uid_domain() -> str:
    """Return the calendar domain of a new event: the host of this site."""
    return urlsplit(settings.SITE_URL).hostname or ""
