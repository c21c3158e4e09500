"""What a calendar feed is, and what it takes from one programme or several."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from talks.entries import Entry
from talks.formats.wording import Words
from talks.phases import Phase
from talks.records import ImportantDate, Programme, Stamp


@dataclass(frozen=True, slots=True)
class Part:
    """What a feed takes from one programme; every entry and date has its stamp there.

    `changed` is when someone last chose what their own feed takes. `chosen` says by UID of a
    whole session which of its talks they took, by code; absent: the session as it is.
    """

    programme: Programme
    entries: Sequence[Entry] = ()
    dates: Sequence[ImportantDate] = ()
    tombstones: Sequence[Stamp] = ()
    changed: datetime | None = None
    chosen: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What a feed is, apart from its entries. Addresses are absolute, `base_url` without "/"."""

    name: str  # what calendars call it
    base_url: str
    page_url: str  # the page that shows the same
    feed_url: str = ""  # its own public address; empty for a private feed
    phase: Phase
    today: date  # in the event's zone
    words: Words = field(default_factory=Words)
    is_single: bool = False  # a download of one thing: no name, no hints to come again
    is_busy: bool = False  # entries block the time, as in a feed of one's own choice
    is_draft: bool = False  # nothing is settled: tentative, and the name says so
    is_by_session: bool = False  # the whole of a large event, one entry a session: it says so
    alarm: int | None = None  # minutes before the start
