"""What calendars are told of every entry that ever stood in a release: numbers and times.

Clients take an update when SEQUENCE or LAST-MODIFIED has risen, and some only then, so both
rise with what people see and with nothing else (RFC 5545, sections 3.8.7.3 and 3.8.7.4).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from talks.entries import (
    Entry,
    date_scheduled,
    date_span,
    date_title,
    date_uid,
    date_visible,
    entries,
    foreign_language,
    midnight,
    scheduled,
    session_entries,
    visible,
)
from talks.formats.plaintext import excerpt
from talks.lookup import codes_of, kinds_of
from talks.records import ImportantDate, Programme, Stamp


@dataclass(frozen=True, slots=True)
class _Item:
    """An entry or a date: what a stamp remembers of it, and what of it can change."""

    title: str
    start: datetime
    end: datetime
    codes: tuple[str, ...]
    kinds: tuple[str, ...]
    scheduled: tuple[object, ...]
    rough: tuple[object, ...]  # equal only when nothing visible has changed
    exact: Callable[[], tuple[object, ...]]  # equal when what is printed is equal; slower


def next_stamps(previous: Programme | None, current: Programme, now: datetime) -> tuple[Stamp, ...]:
    """Return the stamps of `current`, by UID, given those of the release before.

    `current.stamps` is ignored. Times are UTC and whole seconds; a stamp that moves is at
    least a second later than it was, whatever the clock says.
    """
    now = now.astimezone(UTC).replace(microsecond=0)
    known = {stamp.uid: stamp for stamp in previous.stamps} if previous else {}
    before = _items(previous) if previous else {}
    items = _items(current)
    stamps = {
        uid: _withdrawn(_same_day(stamp, previous, current), before.get(uid), now)
        for uid, stamp in known.items()
        if uid not in items
    }
    for uid, item in items.items():
        stamps[uid] = _standing(uid, known.get(uid), before.get(uid), item, now)
    return tuple(stamps[uid] for uid in sorted(stamps))


def tombstones(programme: Programme, today: date) -> list[Stamp]:
    """Return what was withdrawn and is not over since yesterday, by start, end and UID.

    `today` is the date in the event's zone.
    """
    kept = [stamp for stamp in programme.stamps if _is_remembered(stamp, programme, today)]
    return sorted(kept, key=lambda s: (s.start.astimezone(UTC), s.end.astimezone(UTC), s.uid))


def tombstones_of(programme: Programme, codes: Iterable[str], today: date) -> list[Stamp]:
    """Return what was withdrawn of sessions, talks and people, though they may stand elsewhere."""
    wanted = frozenset(codes)
    return [stamp for stamp in tombstones(programme, today) if not wanted.isdisjoint(stamp.codes)]


def remembered_until(programme: Programme) -> date | None:
    """Return the last day on which anything that was withdrawn is told of; None: nothing was."""
    gone = [stamp for stamp in programme.stamps if stamp.withdrawn is not None]
    return max((_forgotten(stamp, programme) for stamp in gone), default=None)


def is_of_date(stamp: Stamp) -> bool:
    """True for an important date, whose code begins with "D": dates have a feed of their own."""
    return stamp.uid.startswith("D")


def is_whole_day(stamp: Stamp, programme: Programme) -> bool:
    """True when the stamp lies from midnight to midnight, as that of a day does."""
    zone = programme.event.tz
    return all(
        moment.astimezone(UTC) == midnight(moment.astimezone(zone).date(), zone).astimezone(UTC)
        for moment in (stamp.start, stamp.end)
    )


def _is_remembered(stamp: Stamp, programme: Programme, today: date) -> bool:
    return stamp.withdrawn is not None and today <= _forgotten(stamp, programme)


def _forgotten(stamp: Stamp, programme: Programme) -> date:
    """The day after its last, by the event's clock."""
    last = (stamp.end.astimezone(UTC) - timedelta(seconds=1)).astimezone(programme.event.tz)
    return last.date() + timedelta(days=1)


def _standing(
    uid: str, stamp: Stamp | None, before: _Item | None, item: _Item, now: datetime
) -> Stamp:
    """The stamp of what stands in the new release."""
    if stamp is None:
        stamp = Stamp(uid, 0, now, now, None, item.title, item.start, item.end)
        return _about(stamp, item)
    stamp = _about(stamp, item)
    if stamp.withdrawn is not None or before is None or before.scheduled != item.scheduled:
        return replace(_moved(stamp, now), sequence=stamp.sequence + 1, withdrawn=None)
    return _moved(stamp, now) if _looks_different(before, item) else stamp


def _withdrawn(stamp: Stamp, before: _Item | None, now: datetime) -> Stamp:
    """The stamp of what stood in an earlier release and stands no more."""
    if stamp.withdrawn is not None:
        return stamp
    stamp = replace(_moved(stamp, now), sequence=stamp.sequence + 1, withdrawn=now)
    return replace(stamp, codes=before.codes, kinds=before.kinds) if before else stamp


def _about(stamp: Stamp, item: _Item) -> Stamp:
    """The stamp with what its tombstone would say, and which feeds would tell it."""
    said = replace(stamp, title=item.title, start=item.start, end=item.end)
    return replace(said, codes=item.codes, kinds=item.kinds)


def _same_day(stamp: Stamp, previous: Programme | None, current: Programme) -> Stamp:
    """A whole day stays the day that it was when the event's zone changes."""
    if previous is None or not is_whole_day(stamp, previous):
        return stamp
    zones = previous.event.tz, current.event.tz
    start, end = (
        midnight(moment.astimezone(zones[0]).date(), zones[1])
        for moment in (stamp.start, stamp.end)
    )
    return replace(stamp, start=start, end=end)


def _moved(stamp: Stamp, now: datetime) -> Stamp:
    modified = max(now, stamp.modified + timedelta(seconds=1))
    return replace(stamp, modified=modified, revision=stamp.revision + 1)


def _looks_different(before: _Item, item: _Item) -> bool:
    return before.rough != item.rough and before.exact() != item.exact()


def _items(programme: Programme) -> dict[str, _Item]:
    """Entries and dates by UID; sessions too when the feed of the whole event is made of them.

    Those stand in that feed alone, so they have no codes.
    """
    items = {}
    for entry in session_entries(programme) if programme.is_by_session else ():
        items[entry.uid] = replace(_entry_item(programme, entry), codes=(), kinds=())
    for entry in entries(programme):
        items[entry.uid] = _entry_item(programme, entry)
    for day in programme.dates:
        items[date_uid(programme, day)] = _date_item(programme, day)
    return items


def _entry_item(programme: Programme, entry: Entry) -> _Item:
    event, length = programme.event, programme.abstract_length
    ground = (event.slug, event.place, event.address)
    looks = visible(entry) | {"language": foreign_language(entry, event)}

    def printed_now() -> tuple[object, ...]:
        abstract = entry.talk.abstract if entry.talk else ""
        return (ground, looks | {"abstract": excerpt(abstract, length)})

    return _Item(
        title=entry.title,
        start=entry.start,
        end=entry.end,
        codes=codes_of(entry),
        kinds=kinds_of(entry),
        scheduled=(*scheduled(entry), event.zone),
        rough=(ground, looks, length),
        exact=printed_now,
    )


def _date_item(programme: Programme, day: ImportantDate) -> _Item:
    start, end = date_span(day, programme.event.tz)
    looks = (programme.event.slug, date_visible(day))
    return _Item(date_title(day), start, end, (), (), date_scheduled(day), looks, lambda: looks)
