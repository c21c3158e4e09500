"""Calendar feeds and downloads (RFC 5545, 7986), as calendar programs read them in fact.

The icalendar package writes the octets; what it gets wrong is put right here: no UID of the
calendar, DTSTAMP that stands still, names escaped, VALUE where RFC 7986 wants it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from icalendar import Alarm, Calendar, Event, vDate, vDatetime, vDuration, vText, vUri

from talks.addresses import date_path, session_path, talk_path
from talks.entries import Entry, date_span, date_uid
from talks.formats.plaintext import EXCERPT
from talks.formats.vtimezone import vtimezone
from talks.formats.wording import (
    Words,
    date_description,
    date_summary,
    description,
    location,
    one_line,
    summary,
    tombstone_summary,
    uri,
)
from talks.phases import Phase
from talks.records import EventRecord, ImportantDate, Programme, Stamp
from talks.stamps import is_whole_day

PRODUCT = "-//eventsite//programme 1//EN"
REFRESH = {
    Phase.FAR: timedelta(hours=6),
    Phase.NEAR: timedelta(hours=1),
    Phase.RUNNING: timedelta(minutes=15),
    Phase.OVER: timedelta(days=1),
}
NEVER_BUSY = frozenset({"break", "social"})

Key = tuple[datetime, datetime, str]  # start and end in UTC, UID


@dataclass(frozen=True, slots=True)
class Part:
    """What a feed takes from one programme; every entry and date has its stamp there.

    `starred` says by UID when someone took an entry into their own feed: for them it is new
    then, so it is stamped with the later of the two.
    """

    programme: Programme
    entries: Sequence[Entry] = ()
    dates: Sequence[ImportantDate] = ()
    tombstones: Sequence[Stamp] = ()
    starred: Mapping[str, datetime] = field(default_factory=dict)


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
    alarm: int | None = None  # minutes before the start
    abstract_length: int = EXCERPT  # characters


def dumps(feed: Feed, *parts: Part) -> bytes:
    """Return the calendar, by start, end and UID; of nothing, the first event's zone alone.

    The same arguments give the same octets. Raises KeyError for an entry without a stamp.
    """
    calendar = _calendar(feed, parts)
    for zone, first, last in _spans(parts):
        calendar.add_component(vtimezone(zone, first, last))
    found = [timed for part in parts for timed in _events(feed, part)]
    for _, event in sorted(found, key=lambda timed: timed[0]):
        calendar.add_component(event)
    return bytes(calendar.to_ical(sorted=False))


def _calendar(feed: Feed, parts: Sequence[Part]) -> Calendar:
    """The calendar's own properties. No METHOD: with it, DTSTAMP would be the time of asking."""
    event = parts[0].programme.event
    calendar = Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", PRODUCT)
    calendar.add("CALSCALE", "GREGORIAN")
    if not feed.is_single:
        _add_name(calendar, feed, event)
    calendar.add("X-WR-TIMEZONE", event.zone)
    if page := uri(feed.page_url):
        calendar.add("URL", vUri(page), parameters={"VALUE": "URI"})
    if changed := [stamp.modified for part in parts for stamp in part.programme.stamps]:
        starred = [when for part in parts for when in part.starred.values()]
        calendar.add("LAST-MODIFIED", _utc(max(changed + starred)))
    return calendar


def _add_name(calendar: Calendar, feed: Feed, event: EventRecord) -> None:
    """Name, description, address and how often to come again, each as two kinds of client ask."""
    name, about = one_line(feed.name), one_line(event.name)
    if event.contact:
        about += f". {feed.words.contact}: {one_line(event.contact)}"
    for key, text in (("NAME", name), ("X-WR-CALNAME", name)):
        calendar.add(key, vText(text))
    for key in ("DESCRIPTION", "X-WR-CALDESC"):
        calendar.add(key, vText(about))
    pause = vDuration(REFRESH[feed.phase])
    calendar.add("REFRESH-INTERVAL", pause, parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", vDuration(REFRESH[feed.phase]))
    if feed.feed_url:
        calendar.add("SOURCE", vUri(uri(feed.feed_url)), parameters={"VALUE": "URI"})


def _spans(parts: Sequence[Part]) -> list[tuple[str, int, int]]:
    """Each event's zone once, with the first and last year its entries need."""
    years: dict[str, set[int]] = {}
    for part in parts:
        event = part.programme.event
        moments = [m.astimezone(event.tz) for e in part.entries for m in (e.start, e.end)]
        days = [event.starts_on, event.ends_on, *moments]
        years.setdefault(event.zone, set()).update(day.year for day in days)
    return [(zone, min(found), max(found)) for zone, found in years.items()]


def _events(feed: Feed, part: Part) -> Iterator[tuple[Key, Event]]:
    stamps = {stamp.uid: stamp for stamp in part.programme.stamps}
    zone = part.programme.event.tz
    for entry in part.entries:
        event = _entry_event(feed, part, entry, stamps[entry.uid])
        yield _key(entry.start, entry.end, entry.uid), event
    for day in part.dates:
        uid = date_uid(part.programme, day)
        yield _key(*date_span(day, zone), uid), _date_event(feed, part, day, stamps[uid])
    for stamp in part.tombstones:
        yield _key(stamp.start, stamp.end, stamp.uid), _tombstone(feed, part, stamp)


def _key(start: datetime, end: datetime, uid: str) -> Key:
    return start.astimezone(UTC), end.astimezone(UTC), uid


def _entry_event(feed: Feed, part: Part, entry: Entry, stamp: Stamp) -> Event:
    record = part.programme.event
    path = session_path(record, entry.session)
    if entry.placement is not None:
        path = talk_path(record, entry.placement.talk)
    page = uri(path, feed.base_url)
    event = _stamped(stamp, part.starred.get(entry.uid))
    _add_times(event, entry.start, entry.end, record)
    event.add("SUMMARY", summary(entry, feed.words))
    text = description(
        entry,
        record,
        words=feed.words,
        url=page,
        base_url=feed.base_url,
        abstract_length=feed.abstract_length,
    )
    event.add("DESCRIPTION", text)
    if place := location(entry, record):
        event.add("LOCATION", place)
    event.add("CATEGORIES", _categories(entry, feed.words))
    is_busy = feed.is_busy and not entry.is_cancelled and entry.session.kind not in NEVER_BUSY
    _add_state(event, page, is_cancelled=entry.is_cancelled, is_busy=is_busy)
    if not entry.is_cancelled:
        _add_stream(event, entry, feed.words)
        _add_alarm(event, feed, entry.end.astimezone(record.tz).date())
    return event


def _date_event(feed: Feed, part: Part, day: ImportantDate, stamp: Stamp) -> Event:
    """A whole day, or half an hour in UTC that ends at the moment."""
    record = part.programme.event
    page = uri(date_path(record, day), feed.base_url)
    event = _stamped(stamp, part.starred.get(stamp.uid))
    if day.time is None:
        _add_day(event, day.on)
    else:
        _add_utc(event, *date_span(day, record.tz))
    event.add("SUMMARY", date_summary(day))
    event.add("DESCRIPTION", date_description(day, words=feed.words, url=page))
    _add_state(event, page, is_cancelled=False, is_busy=False)
    _add_alarm(event, feed, day.on + timedelta(days=1))
    return event


def _tombstone(feed: Feed, part: Part, stamp: Stamp) -> Event:
    """What was withdrawn: its title and time, cancelled, and nobody's name.

    In UTC, so that it stays as it is when the event's zone is changed.
    """
    event = _stamped(stamp, None)
    if is_whole_day(stamp, part.programme):
        _add_day(event, stamp.start.astimezone(part.programme.event.tz).date())
    else:
        _add_utc(event, stamp.start, stamp.end)
    event.add("SUMMARY", tombstone_summary(stamp, feed.words))
    event.add("DESCRIPTION", feed.words.withdrawn)
    _add_state(event, "", is_cancelled=True, is_busy=False)
    return event


def _stamped(stamp: Stamp, starred: datetime | None) -> Event:
    """Without METHOD, DTSTAMP is the time of the last revision (RFC 5545, section 3.8.7.2)."""
    modified = _utc(max(stamp.modified, starred) if starred else stamp.modified)
    event = Event()
    event.add("UID", stamp.uid)
    event.add("DTSTAMP", modified)
    event.add("LAST-MODIFIED", modified)
    event.add("CREATED", _utc(stamp.created))
    event.add("SEQUENCE", stamp.sequence)
    return event


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)


def _add_times(event: Event, start: datetime, end: datetime, record: EventRecord) -> None:
    """By the event's clock; in UTC where that clock shows a time twice."""
    local = [moment.astimezone(UTC).astimezone(record.tz) for moment in (start, end)]
    if any(
        moment.replace(fold=0).utcoffset() != moment.replace(fold=1).utcoffset() for moment in local
    ):
        _add_utc(event, start, end)
        return
    for key, moment in zip(("DTSTART", "DTEND"), local, strict=True):
        value = vDatetime(moment.replace(tzinfo=None))
        event.add(key, value, parameters={"TZID": record.zone})


def _add_utc(event: Event, start: datetime, end: datetime) -> None:
    event.add("DTSTART", _utc(start))
    event.add("DTEND", _utc(end))


def _add_day(event: Event, day: date) -> None:
    """The end of a day is the day after (RFC 5545, section 3.6.1)."""
    for key, value in (("DTSTART", day), ("DTEND", day + timedelta(days=1))):
        event.add(key, vDate(value), parameters={"VALUE": "DATE"})


def _categories(entry: Entry, words: Words) -> list[str]:
    names = [entry.track.name if entry.track else "", words.kind(entry.kind)]
    return [text for text in map(one_line, names) if text]


def _add_state(event: Event, page: str, *, is_cancelled: bool, is_busy: bool) -> None:
    if page:
        event.add("URL", vUri(page), parameters={"VALUE": "URI"})
    event.add("STATUS", "CANCELLED" if is_cancelled else "CONFIRMED")
    event.add("TRANSP", "OPAQUE" if is_busy else "TRANSPARENT")


def _add_stream(event: Event, entry: Entry, words: Words) -> None:
    """RFC 7986, section 5.11; the package would quote the two features as one."""
    if address := uri(entry.session.stream):
        value = vUri(address)
        value.params["VALUE"] = "URI"
        value.params["FEATURE"] = ["AUDIO", "VIDEO"]
        value.params["LABEL"] = one_line(words.stream)
        event.add("CONFERENCE", value)


def _add_alarm(event: Event, feed: Feed, last_day: date) -> None:
    """None by default, and none for what is past."""
    if feed.alarm is None or last_day < feed.today:
        return
    alarm = Alarm()
    alarm.add("ACTION", "DISPLAY")
    alarm.add("DESCRIPTION", event["SUMMARY"])
    alarm.add("TRIGGER", vDuration(-timedelta(minutes=feed.alarm)))
    event.add_component(alarm)
