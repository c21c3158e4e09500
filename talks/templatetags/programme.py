"""Addresses and words of a programme, for its templates."""

import re
from collections.abc import Mapping
from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.text import capfirst

from talks import addresses, choices, labels, lookup
from talks.entries import ANYWHERE_ON_EARTH, CANCELLED, is_off, moment_of
from talks.filters import Filters
from talks.grid import Slot
from talks.lookup import Link
from talks.records import EventRecord, ImportantDate, Person, Session, Talk, TalkLink

register = template.Library()

Named = Session | Talk | Person

register.filter("kind_word", labels.kind)
register.filter("role_word", labels.role)
register.filter("parameter_word", choices.name_of)
register.filter("offset", labels.offset)
register.filter("board_of", lookup.board)
register.filter("only_talk", lookup.only_talk)
register.filter("moment_of", moment_of)


@register.filter
def title_of(session: Session) -> str:
    """Return what a session is called, its kind when nothing of it has a name."""
    return lookup.title(session) or capfirst(labels.kind(session.kind))


@register.filter
def is_cancelled(slot: Slot) -> bool:
    """True when a session is cancelled with all that is in it."""
    talk = lookup.only_talk(slot.session)
    return is_off(slot.session) or (talk is not None and talk.status == CANCELLED)


@register.filter
def is_same_day(one: datetime, other: datetime) -> bool:
    """Compare by the clock of the zone that is active."""
    return timezone.localdate(one) == timezone.localdate(other)


@register.filter
def contact_href(contact: str) -> str:
    """Return the address to link an event's contact to; empty for plain words."""
    if re.fullmatch(r"https?://\S+", contact):
        return contact
    return f"mailto:{contact}" if re.fullmatch(r"[^@\s]+@[^@\s]+", contact) else ""


@register.simple_tag
def within(event: EventRecord, path: str) -> str:
    """Return the address of a page of the event by its path there: "schedule/", "" for its own."""
    return addresses.event_path(event) + path


@register.filter
def held(found: Mapping[str, str], code: str) -> str:
    """Return what stands under a code; empty when nothing does."""
    return found.get(code, "")


@register.simple_tag
def path_of(event: EventRecord, record: Named) -> str:
    """Return the address of the page of a session, a talk or a person."""
    if isinstance(record, Session):
        return addresses.session_path(event, record)
    if isinstance(record, Talk):
        return addresses.talk_path(event, record)
    return addresses.person_path(event, record)


@register.simple_tag
def feed_of(event: EventRecord, record: Named) -> str:
    """Return the address of the calendar of a session, a talk or a person."""
    if isinstance(record, Session):
        return addresses.session_feed_path(event, record)
    if isinstance(record, Talk):
        return addresses.talk_feed_path(event, record)
    return addresses.person_feed_path(event, record)


@register.simple_tag
def file_of(event: EventRecord, name: str) -> str:
    return addresses.file_path(event, name)


@register.simple_tag
def query(filters: Filters, **changes: object) -> str:
    """Return the query string of the schedule with some values changed."""
    return filters.query(**changes)


@register.filter
def lines_of_links(text: str) -> list[Link]:
    """Return the links of a text that has one on each line."""
    return lookup.links(text)


@register.filter
def link_word(link: TalkLink) -> str:
    """Return what a link of a talk is called: its label, else its kind."""
    return link.label or labels.link_kind(link.kind)


@register.filter
def is_anywhere_on_earth(date: ImportantDate) -> bool:
    return date.zone == ANYWHERE_ON_EARTH
