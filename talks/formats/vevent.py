"""What each entry of a calendar says: a session, a talk, an important date, a tombstone."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from talks.addresses import date_path, session_path, talk_path
from talks.entries import Entry, date_span, date_uid, moment_of
from talks.formats.feeds import Feed, Part
from talks.formats.octets import Line, VEvent, address
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
from talks.records import EventRecord, ImportantDate, Stamp
from talks.stamps import is_whole_day

NEVER_BUSY = frozenset({"break", "social"})

Key = tuple[datetime, datetime, str]  # start and end in UTC, UID


def vevents(feed: Feed, part: Part) -> Iterator[tuple[Key, VEvent]]:
    """Yield what a feed takes from one programme, each with its place in the order.

    Raises KeyError for an entry or a date without a stamp.
    """
    stamps = {stamp.uid: stamp for stamp in part.programme.stamps}
    zone = part.programme.event.tz
    for entry in part.entries:
        event = _entry(feed, part, entry, stamps[entry.uid])
        yield _key(entry.start, entry.end, entry.uid), event
    for day in part.dates:
        uid = date_uid(part.programme, day)
        yield _key(*date_span(day, zone), uid), _date(feed, part, day, stamps[uid])
    for stamp in part.tombstones:
        yield _key(stamp.start, stamp.end, stamp.uid), _tombstone(feed, part, stamp)


def utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)


def _key(start: datetime, end: datetime, uid: str) -> Key:
    return start.astimezone(UTC), end.astimezone(UTC), uid


def _entry(feed: Feed, part: Part, entry: Entry, stamp: Stamp) -> VEvent:
    record = part.programme.event
    path = session_path(record, entry.session)
    if entry.placement is not None:
        path = talk_path(record, entry.placement.talk)
    page = uri(path, feed.base_url)
    title = summary(entry, feed.words)
    is_busy = feed.is_busy and not entry.is_cancelled and entry.session.kind not in NEVER_BUSY
    lines = (
        *_stamped(stamp, part.changed),
        *_times(entry.start, entry.end, record),
        Line("SUMMARY", title),
        Line("DESCRIPTION", _description(feed, part, entry, page)),
        *_location(entry, record),
        Line("CATEGORIES", _categories(entry, feed.words)),
        *_state(feed, page, is_cancelled=entry.is_cancelled, is_busy=is_busy),
    )
    if entry.is_cancelled:
        return VEvent(lines)
    lines = (*lines, *_stream(entry, feed.words))
    return VEvent(lines, _alarm(feed, title, entry.end.astimezone(record.tz).date()))


def _description(feed: Feed, part: Part, entry: Entry, page: str) -> str:
    return description(
        entry,
        part.programme.event,
        words=feed.words,
        url=page,
        base_url=feed.base_url,
        abstract_length=part.programme.abstract_length,
        chosen=part.chosen.get(entry.uid, frozenset()),
    )


def _date(feed: Feed, part: Part, day: ImportantDate, stamp: Stamp) -> VEvent:
    """A whole day, or half an hour in UTC that ends at the moment."""
    record = part.programme.event
    page = uri(date_path(record, day), feed.base_url)
    title = date_summary(day)
    lines = (
        *_stamped(stamp, part.changed),
        *(_day(day.on) if moment_of(day) is None else _span(*date_span(day, record.tz))),
        Line("SUMMARY", title),
        Line("DESCRIPTION", date_description(day, words=feed.words, url=page)),
        *_state(feed, page, is_cancelled=False, is_busy=False),
    )
    return VEvent(lines, _alarm(feed, title, day.on + timedelta(days=1)))


def _tombstone(feed: Feed, part: Part, stamp: Stamp) -> VEvent:
    """What was withdrawn: its title and time, cancelled, and nobody's name.

    In UTC, so that it stays as it is when the event's zone is changed.
    """
    times = _span(stamp.start, stamp.end)
    if is_whole_day(stamp, part.programme):
        times = _day(stamp.start.astimezone(part.programme.event.tz).date())
    lines = (
        *_stamped(stamp, part.changed),
        *times,
        Line("SUMMARY", tombstone_summary(stamp, feed.words)),
        Line("DESCRIPTION", feed.words.withdrawn),
        *_state(feed, "", is_cancelled=True, is_busy=False),
    )
    return VEvent(lines)


def modified(stamp: Stamp, changed: datetime | None) -> datetime:
    """When an entry was last revised: never less than it was, and more for each other text.

    In a feed of one's own either time may move it, and either may be ahead of the clock and of
    the other: so it is the later, and a second more for each revision.
    """
    if changed is None:
        return utc(stamp.modified)
    return utc(max(stamp.modified, changed)) + timedelta(seconds=stamp.revision)


def _stamped(stamp: Stamp, changed: datetime | None) -> tuple[Line, ...]:
    """Without METHOD, DTSTAMP is the time of the last revision (RFC 5545, section 3.8.7.2)."""
    moment = modified(stamp, changed)
    return (
        Line("UID", stamp.uid),
        Line("DTSTAMP", moment),
        Line("LAST-MODIFIED", moment),
        Line("CREATED", utc(stamp.created)),
        Line("SEQUENCE", stamp.sequence),
    )


def _times(start: datetime, end: datetime, record: EventRecord) -> tuple[Line, ...]:
    """By the event's clock; in UTC where that clock shows a time twice."""
    local = [moment.astimezone(UTC).astimezone(record.tz) for moment in (start, end)]
    if any(
        moment.replace(fold=0).utcoffset() != moment.replace(fold=1).utcoffset() for moment in local
    ):
        return _span(start, end)
    first, last = (moment.replace(tzinfo=None) for moment in local)
    zone = (("TZID", record.zone),)
    return Line("DTSTART", first, zone), Line("DTEND", last, zone)


def _span(start: datetime, end: datetime) -> tuple[Line, ...]:
    return Line("DTSTART", utc(start)), Line("DTEND", utc(end))


def _day(day: date) -> tuple[Line, ...]:
    """The end of a day is the day after (RFC 5545, section 3.6.1)."""
    is_date = (("VALUE", "DATE"),)
    return Line("DTSTART", day, is_date), Line("DTEND", day + timedelta(days=1), is_date)


def _location(entry: Entry, record: EventRecord) -> tuple[Line, ...]:
    place = location(entry, record)
    return (Line("LOCATION", place),) if place else ()


def _categories(entry: Entry, words: Words) -> tuple[str, ...]:
    names = [entry.track.name if entry.track else "", words.kind(entry.kind)]
    return tuple(text for text in map(one_line, names) if text)


def _state(feed: Feed, page: str, *, is_cancelled: bool, is_busy: bool) -> tuple[Line, ...]:
    planned = "TENTATIVE" if feed.is_draft else "CONFIRMED"
    return (
        *((address("URL", page),) if page else ()),
        Line("STATUS", "CANCELLED" if is_cancelled else planned),
        Line("TRANSP", "OPAQUE" if is_busy else "TRANSPARENT"),
    )


def _stream(entry: Entry, words: Words) -> tuple[Line, ...]:
    """RFC 7986, section 5.11: where it can be watched, with a name for the link."""
    found = uri(entry.session.stream)
    label = one_line(words.stream)
    if not found:
        return ()
    return (address("CONFERENCE", found, ("FEATURE", ("AUDIO", "VIDEO")), ("LABEL", label)),)


def _alarm(feed: Feed, title: str, last_day: date) -> tuple[Line, ...]:
    """None by default, and none for what is past."""
    if feed.alarm is None or last_day < feed.today:
        return ()
    return (
        Line("ACTION", "DISPLAY"),
        Line("DESCRIPTION", title),
        Line("TRIGGER", -timedelta(minutes=feed.alarm)),
    )
