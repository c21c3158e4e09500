"""The calendar entries of a programme: what a calendar shows, and what of it people notice.

A session all of whose placements have a start gives an entry for each of them and none for
itself; any other session gives one entry, with its talks in the text.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Literal
from zoneinfo import ZoneInfo

from talks.records import (
    EventRecord,
    ImportantDate,
    Placement,
    Programme,
    Role,
    Session,
    Talk,
    Track,
)

Status = Literal["planned", "cancelled"]

CANCELLED = "cancelled"
MOMENT = timedelta(minutes=30)  # how long the entry of a moment is; it ends at the moment
FOR_ITS_TALKS = frozenset({"talks", "panel"})  # kinds of sessions that nothing else happens in
ANYWHERE_ON_EARTH = "Etc/GMT+12"
LAST_MINUTE = time(23, 59)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a calendar: a talk at its own time, or a whole session (no placement)."""

    uid: str
    session: Session
    placement: Placement | None
    start: datetime
    end: datetime
    status: Status

    @property
    def is_cancelled(self) -> bool:
        return self.status == CANCELLED

    @property
    def talk(self) -> Talk | None:
        """The talk the entry is about; of a whole session, its only one."""
        if self.placement is not None:
            return self.placement.talk
        placements = self.session.placements
        return placements[0].talk if len(placements) == 1 else None

    @property
    def title(self) -> str:
        """Never empty: an untitled session is called after its talk, its track or its kind."""
        if self.placement is not None and self.placement.talk.title.strip():
            return self.placement.talk.title
        return self.session.title.strip() or (
            (self.talk.title.strip() if self.talk else "")
            or (self.session.track.name if self.session.track else "")
            or self.session.kind.capitalize()
        )

    @property
    def kind(self) -> str:
        return self.placement.talk.kind if self.placement else self.session.kind

    @property
    def track(self) -> Track | None:
        return (self.talk.track if self.talk else None) or self.session.track

    @property
    def board(self) -> str:
        return self.placement.board if self.placement else ""


def entries(programme: Programme) -> list[Entry]:
    """Every entry, by start, end and UID."""
    domain = programme.event.uid_domain
    return _in_order(entry for s in programme.sessions for entry in _entries_of(s, domain))


def whole_event_entries(programme: Programme) -> list[Entry]:
    """What the feed of the whole event holds: every entry, of a large event one a session."""
    return session_entries(programme) if programme.is_by_session else entries(programme)


def session_entries(programme: Programme) -> list[Entry]:
    """One entry for each session, whatever its placements, in the same order."""
    domain = programme.event.uid_domain
    return _in_order(_session_entry(session, domain) for session in programme.sessions)


def has_own_times(session: Session) -> bool:
    """True when the talks of the session stand in calendars instead of the session."""
    return bool(session.placements) and all(p.start is not None for p in session.placements)


def is_off(session: Session) -> bool:
    """True when a session is cancelled, or every talk is for which alone people would come."""
    talks = [placement.talk.status for placement in session.placements]
    is_empty = session.kind in FOR_ITS_TALKS and bool(talks) and set(talks) == {CANCELLED}
    return is_empty or session.status == CANCELLED


def visible(entry: Entry) -> dict[str, object]:
    """Everything people see in the entry, to compare: it moves LAST-MODIFIED.

    The event's own place, language and zone stand in every entry and are not repeated here.
    """
    talk, session = entry.talk, entry.session
    return {
        "title": entry.title,
        "subtitle": talk.subtitle if talk else "",
        "talk": talk.title if talk else "",
        "kind": entry.kind,
        "start": entry.start.astimezone(UTC),
        "end": entry.end.astimezone(UTC),
        "room": session.room.name if session.room else "",
        "status": entry.status,
        "track": entry.track.name if entry.track else "",
        "board": entry.board,
        "people": _people(talk.roles if talk else ()),
        "chairs": _people(session.chairs),
        "abstract": talk.abstract if talk else "",
        "language": talk.language if talk else "",
        "links": tuple((k.kind, k.label, k.url, k.file) for k in talk.links) if talk else (),
        "stream": session.stream,
        "talks": () if entry.placement else tuple(_line(p) for p in session.placements),
    }


def foreign_language(entry: Entry, event: EventRecord) -> str:
    """The talk's language where it is not the event's, else empty: only that is printed."""
    language = entry.talk.language if entry.talk else ""
    return language if language != event.language else ""


def scheduled(entry: Entry) -> tuple[object, ...]:
    """When, where and whether: what raises SEQUENCE (RFC 5546, section 2.1.4)."""
    room = entry.session.room
    return (
        entry.start.astimezone(UTC),
        entry.end.astimezone(UTC),
        room.code if room else None,
        entry.status,
    )


def date_uid(programme: Programme, date: ImportantDate) -> str:
    return f"{date.code}@{programme.event.uid_domain}"


def moment_of(date: ImportantDate) -> datetime | None:
    """The moment of a date by its own clock, None for a whole day.

    Anywhere on Earth a day is a moment too: its last second, and so is 23:59.
    """
    if date.zone != ANYWHERE_ON_EARTH:
        return datetime.combine(date.on, date.time, ZoneInfo(date.zone)) if date.time else None
    at = date.time if date.time and date.time < LAST_MINUTE else LAST_MINUTE.replace(second=59)
    return datetime.combine(date.on, at, ZoneInfo(date.zone))


def date_title(date: ImportantDate) -> str:
    """The label; a moment anywhere on Earth says which day and hour, as no calendar can."""
    moment = moment_of(date)
    if date.zone != ANYWHERE_ON_EARTH or moment is None:
        return date.label
    return f"{date.label} ({date.on.isoformat()}, {moment:%H:%M} AoE)"


def date_span(date: ImportantDate, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Start and end in `zone`, the event's: a whole day, or the half hour before the moment."""
    moment = moment_of(date)
    if moment is None:
        return midnight(date.on, zone), midnight(date.on + timedelta(days=1), zone)
    end = moment.astimezone(UTC)
    return (end - MOMENT).astimezone(zone), end.astimezone(zone)


def date_visible(date: ImportantDate) -> dict[str, object]:
    """Everything people see in the entry of an important date, to compare."""
    return {
        "label": date.label,
        "on": date.on,
        "time": date.time,
        "zone": date.zone,
        "announced": date.announced,
    }


def date_scheduled(date: ImportantDate) -> tuple[object, ...]:
    """What raises SEQUENCE: the day, or the moment. The event's zone touches neither."""
    moment = moment_of(date)
    return (moment.astimezone(UTC) if moment else date.on,)


def midnight(day: date, zone: tzinfo) -> datetime:
    """The first moment of a day, also where the clock leaves midnight out."""
    return datetime.combine(day, time(), zone).astimezone(UTC).astimezone(zone)


def printed(role: Role) -> str:
    """A name as printed for the role, with the affiliation in brackets."""
    where = role.printed_affiliation
    return f"{role.printed_name} ({where})" if where else role.printed_name


def _in_order(found: Iterable[Entry]) -> list[Entry]:
    return sorted(found, key=lambda e: (e.start.astimezone(UTC), e.end.astimezone(UTC), e.uid))


def _entries_of(session: Session, domain: str) -> Iterable[Entry]:
    if not has_own_times(session):
        return [_session_entry(session, domain)]
    return [
        _placement_entry(session, placement, placement.start, domain)
        for placement in session.placements
        if placement.start is not None
    ]


def _session_entry(session: Session, domain: str) -> Entry:
    status: Status = "cancelled" if is_off(session) else "planned"
    return Entry(f"{session.code}@{domain}", session, None, session.start, session.end, status)


def _placement_entry(session: Session, placement: Placement, start: datetime, domain: str) -> Entry:
    """Minutes are counted in UTC, so that an hour over a change of the clock is an hour."""
    end = start.astimezone(UTC) + timedelta(minutes=placement.talk.minutes)
    return Entry(
        uid=f"{placement.code}@{domain}",
        session=session,
        placement=placement,
        start=start,
        end=end.astimezone(start.tzinfo),
        status=_status(session.status, placement.talk.status),
    )


def _status(*statuses: str) -> Status:
    return "cancelled" if CANCELLED in statuses else "planned"


def _people(roles: Iterable[Role]) -> tuple[tuple[str, str], ...]:
    return tuple((role.role, printed(role)) for role in roles)


def _line(placement: Placement) -> tuple[object, ...]:
    """What the text of a session's entry says of one of its talks."""
    start = placement.start.astimezone(UTC) if placement.start else None
    talk = placement.talk
    return (start, placement.board, talk.title, talk.status, _names(talk.roles))


def _names(roles: Iterable[Role]) -> tuple[str, ...]:
    return tuple(role.printed_name for role in roles)
