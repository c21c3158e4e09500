"""Calendars of a coming release: made to fit, and the organizer told what that takes."""

from datetime import datetime

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from talks import addresses, labels
from talks.fitting import LIMITS, USUAL, Fitted, fitted
from talks.formats.ical import Feed
from talks.phases import Phase
from talks.records import EventRecord, Programme


def sized(previous: Programme | None, draft: Programme, published: datetime) -> Fitted:
    """Return a draft as the release after `previous` holds it: stamped, and fit for calendars."""
    event = draft.event
    language = event.language if event.language in dict(settings.LANGUAGES) else ""
    with translation.override(language or settings.LANGUAGE_CODE):
        return fitted(previous, draft, published, _whole_event_feed(event, published))


def notices(previous: Programme | None, draft: Programme, published: datetime) -> tuple[str, ...]:
    """Return what the organizer should know of the calendars before publishing, a sentence each."""
    return told(sized(previous, draft, published))


def told(found: Fitted) -> tuple[str, ...]:
    """Return what had to be left out of calendars, and what is too large all the same."""
    return tuple(filter(None, (_shortened(found), _by_session(found), _too_large(found))))


def _whole_event_feed(event: EventRecord, published: datetime) -> Feed:
    return Feed(
        name=event.acronym or event.name,
        base_url=settings.SITE_URL,
        page_url=settings.SITE_URL + addresses.schedule_path(event),
        feed_url=settings.SITE_URL + addresses.schedule_file_path(event, "ics"),
        phase=Phase.FAR,
        today=published.astimezone(event.tz).date(),
        words=labels.words(),
    )


def _shortened(found: Fitted) -> str:
    length = found.programme.abstract_length
    if length == USUAL:
        return ""
    if not length:
        sentence = _(
            "Calendar entries leave out abstracts, so that no feed is larger than %(octets)s"
            " octets."
        )
    else:
        sentence = _(
            "Calendar entries cut abstracts to %(length)d characters instead of %(usual)d, so that"
            " no feed is larger than %(octets)s octets."
        )
    return sentence % {"length": length, "usual": USUAL, "octets": f"{LIMITS.octets:,}"}


def _by_session(found: Fitted) -> str:
    if not found.programme.is_by_session:
        return ""
    return _(
        "The feed of the whole event has one entry for each session, with its talks in the text:"
        " calendars read no more than about %(entries)s entries. The feeds of each day and each"
        " track hold every talk."
    ) % {"entries": f"{LIMITS.entries:,}"}


def _too_large(found: Fitted) -> str:
    if not found.too_large:
        return ""
    names = ", ".join(name or _("the whole event") for name in found.too_large)
    return _(
        "Even without abstracts these feeds are larger than %(octets)s octets, so that some"
        " calendars will not read them: %(feeds)s."
    ) % {"octets": f"{LIMITS.octets:,}", "feeds": names}
