"""Calendar feeds and downloads (RFC 5545, 7986), as calendar programs read them in fact.

The icalendar package writes the octets; what it gets wrong is put right here and in what this
is made of: no UID of the calendar, DTSTAMP that stands still, names escaped, VALUE where RFC
7986 wants it.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from icalendar import Calendar, vDuration, vText, vUri

from talks.formats.feeds import Feed, Part
from talks.formats.octets import octets, size_of
from talks.formats.vevent import modified, vevents
from talks.formats.vtimezone import vtimezone
from talks.formats.wording import Words, one_line, uri
from talks.phases import Phase

__all__ = ["Feed", "Part", "Words", "dumps"]

PRODUCT = "-//eventsite//programme 1//EN"
END = b"END:VCALENDAR\r\n"
REFRESH = {
    Phase.FAR: timedelta(hours=6),
    Phase.NEAR: timedelta(hours=1),
    Phase.RUNNING: timedelta(minutes=15),
    Phase.OVER: timedelta(days=1),
}


def dumps(feed: Feed, *parts: Part) -> bytes:
    """Return the calendar, by start, end and UID; of nothing, the first event's zone alone.

    The same arguments give the same octets. Raises KeyError for an entry without a stamp.
    """
    found = sorted((timed for part in parts for timed in vevents(feed, part)), key=lambda t: t[0])
    return b"".join((_head(feed, parts), *(octets(entry) for _, entry in found), END))


def size(feed: Feed, *parts: Part) -> int:
    """Return at least as many octets as `dumps` makes, and few more, without making them."""
    entries = sum(size_of(entry) for part in parts for _, entry in vevents(feed, part))
    return size_of_frame(feed, *parts) + entries


def size_of_frame(feed: Feed, *parts: Part) -> int:
    """Return how many octets a calendar has beside its entries."""
    return len(_head(feed, parts)) + len(END)


def _head(feed: Feed, parts: Sequence[Part]) -> bytes:
    """The calendar's own properties and its zones, as far as its entries begin."""
    calendar = _calendar(feed, parts)
    for zone, first, last in _spans(parts):
        calendar.add_component(vtimezone(zone, first, last))
    return bytes(calendar.to_ical(sorted=False)).removesuffix(END)


def _calendar(feed: Feed, parts: Sequence[Part]) -> Calendar:
    """The calendar's own properties. No METHOD: with it, DTSTAMP would be the time of asking."""
    calendar = Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", PRODUCT)
    calendar.add("CALSCALE", "GREGORIAN")
    if not feed.is_single:
        _add_name(calendar, feed, parts)
    calendar.add("X-WR-TIMEZONE", parts[0].programme.event.zone)
    if page := uri(feed.page_url):
        calendar.add("URL", vUri(page), parameters={"VALUE": "URI"})
    stamped = [(stamp, part.changed) for part in parts for stamp in part.programme.stamps]
    if stamped:
        calendar.add("LAST-MODIFIED", max(modified(*one) for one in stamped))
    return calendar


def _add_name(calendar: Calendar, feed: Feed, parts: Sequence[Part]) -> None:
    """Name, description, address and how often to come again, each as two kinds of client ask."""
    name, about = one_line(feed.name), ". ".join(_about(feed, parts))
    for key, text in (("NAME", name), ("X-WR-CALNAME", name)):
        calendar.add(key, vText(f"{feed.words.draft}: {text}" if feed.is_draft else text))
    for key in ("DESCRIPTION", "X-WR-CALDESC"):
        calendar.add(key, vText(about))
    pause = vDuration(REFRESH[feed.phase])
    calendar.add("REFRESH-INTERVAL", pause, parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", vDuration(REFRESH[feed.phase]))
    if feed.feed_url:
        calendar.add("SOURCE", vUri(uri(feed.feed_url)), parameters={"VALUE": "URI"})


def _about(feed: Feed, parts: Sequence[Part]) -> Iterator[str]:
    """What the calendar is of: each event once, with its contact."""
    for event in dict.fromkeys(part.programme.event for part in parts):
        yield one_line(event.name)
        if event.contact:
            yield f"{feed.words.contact}: {one_line(event.contact)}"
    if feed.is_by_session:
        yield feed.words.by_session


def _spans(parts: Sequence[Part]) -> list[tuple[str, int, int]]:
    """Each event's zone once, with the first and last year its entries need."""
    years: dict[str, set[int]] = {}
    for part in parts:
        event = part.programme.event
        moments = [m.astimezone(event.tz) for e in part.entries for m in (e.start, e.end)]
        days = [event.starts_on, event.ends_on, *moments]
        years.setdefault(event.zone, set()).update(day.year for day in days)
    return [(zone, min(found), max(found)) for zone, found in years.items()]
