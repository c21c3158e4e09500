"""A schedule in the shape that frab, pretalx and their readers share, before it is written.

https://c3voc.de/wiki/schedule: a conference has days, a day rooms, a room events. `frab_xml` and
`schedule_json` write it. The shape has no place for a status, so a cancelled title says so.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from math import gcd
from uuid import UUID

from eventsite.slugs import slug
from talks.addresses import file_path, person_path
from talks.entries import Entry, entries, midnight
from talks.formats.extract import (
    Extract,
    abstract,
    code,
    guid,
    number,
    people,
    room_name,
    room_order,
    subtitle,
    track_name,
)
from talks.formats.wording import clean, one_line, summary, talk_lines, uri
from talks.records import EventRecord, Role, TalkLink

SHORTEST = 4  # characters of an acronym and of a slug, by the schema
USUAL_STEP = 5  # minutes


@dataclass(frozen=True, slots=True)
class Reference:
    """A link, or a file of ours."""

    url: str
    title: str
    kind: str  # of a TalkLink
    is_file: bool


@dataclass(frozen=True, slots=True)
class VocPerson:
    code: str
    number: int
    guid: UUID
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class VocEvent:
    code: str
    number: int
    guid: UUID
    start: datetime
    end: datetime
    minutes: int
    room: str
    slug: str
    url: str
    title: str
    subtitle: str
    track: str
    kind: str
    language: str
    abstract: str
    description: str
    persons: tuple[VocPerson, ...]
    references: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class VocRoom:
    """A room on a day; `guid` is None for what is in no room."""

    name: str
    guid: UUID | None
    events: tuple[VocEvent, ...]


@dataclass(frozen=True, slots=True)
class VocDay:
    """A day from midnight to midnight; `index` counts the days of the event from 1."""

    index: int
    on: date
    start: datetime
    end: datetime
    rooms: tuple[VocRoom, ...]


def days(extract: Extract) -> list[VocDay]:
    """Return the days that have events, and the first day when none has: one there must be."""
    every = all_days(extract)
    found: dict[date, list[Entry]] = {}
    for entry in extract.entries:
        found.setdefault(extract.start_of(entry).date(), []).append(entry)
    return [
        VocDay(
            index=every.index(on) + 1,
            on=on,
            start=midnight(on, extract.zone),
            end=midnight(on + timedelta(days=1), extract.zone),
            rooms=_rooms(extract, found.get(on, [])),
        )
        for on in sorted(found) or every[:1]
    ]


def all_days(extract: Extract) -> list[date]:
    """Return the days of the event and those on which something starts, whatever is asked."""
    event = extract.event
    length = (event.ends_on - event.starts_on).days + 1
    its_own = {event.starts_on + timedelta(days=n) for n in range(length)}
    starts = {session.start for session in extract.programme.sessions}
    return sorted(its_own | {start.astimezone(extract.zone).date() for start in starts})


def acronym(event: EventRecord) -> str:
    """Return the slug of the event in the letters that the schemas allow."""
    words = re.sub("[^a-z0-9]+", "_", event.slug.lower()).strip("_")
    return words if len(words) >= SHORTEST else f"event_{words}"


def step(extract: Extract) -> int:
    """Return the longest time in minutes of which all starts and lengths are multiples."""
    every = entries(extract.programme)
    starts = [entry.start.hour * 60 + entry.start.minute for entry in every]
    return gcd(*starts, *(_minutes(entry) for entry in every)) or USUAL_STEP


def clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _rooms(extract: Extract, found: Sequence[Entry]) -> tuple[VocRoom, ...]:
    """By position; last, under the name of the place, what is in no room."""
    ordered = sorted(found, key=room_order)
    names = dict.fromkeys(_place(extract, entry) for entry in ordered)
    return tuple(
        _room(extract, name, [entry for entry in ordered if _place(extract, entry) == name])
        for name in names
    )


def _place(extract: Extract, entry: Entry) -> str:
    return room_name(entry) or one_line(extract.event.place) or one_line(extract.event.name)


def _room(extract: Extract, name: str, found: Sequence[Entry]) -> VocRoom:
    room = found[0].session.room
    uid = f"{room.code}@{extract.event.uid_domain}" if room else ""
    return VocRoom(name, guid(uid) if uid else None, tuple(_event(extract, e) for e in found))


def _event(extract: Extract, entry: Entry) -> VocEvent:
    event, words = extract.event, extract.words
    several = () if entry.talk else entry.session.placements
    key = code(entry.uid)
    return VocEvent(
        code=key,
        number=number(key),
        guid=guid(entry.uid),
        start=extract.start_of(entry),
        end=extract.end_of(entry),
        minutes=_minutes(entry),
        room=_place(extract, entry),
        slug="-".join(filter(None, (acronym(event), key.lower(), slug(entry.title)))),
        url=extract.url_of(entry),
        title=summary(entry, words),
        subtitle=subtitle(entry),
        track=track_name(entry),
        kind=entry.kind,
        language=(entry.talk.language if entry.talk else "") or event.language,
        abstract=abstract(entry),
        description=clean("\n".join(talk_lines(several, event, words))),
        persons=tuple(_persons(extract, people(entry))),
        references=tuple(_references(extract, entry)),
    )


def _minutes(entry: Entry) -> int:
    return round((entry.end.astimezone(UTC) - entry.start.astimezone(UTC)).total_seconds() / 60)


def _persons(extract: Extract, roles: Iterable[Role]) -> Iterable[VocPerson]:
    event = extract.event
    for role in roles:
        person = role.person
        if name := one_line(role.printed_name):
            url = uri(person_path(event, person), extract.base_url)
            uid = f"{person.code}@{event.uid_domain}"
            yield VocPerson(person.code, number(person.code), guid(uid), name, url)


def _references(extract: Extract, entry: Entry) -> Iterable[Reference]:
    """The links of the talk that can be followed, and the stream unless all is cancelled."""
    for link in entry.talk.links if entry.talk else ():
        if url := _address(extract, link):
            title = one_line(link.label) or extract.words.kind(link.kind)
            yield Reference(url, title, link.kind, bool(link.file))
    if not entry.is_cancelled and (stream := uri(entry.session.stream)):
        yield Reference(stream, extract.words.stream, "stream", is_file=False)


def _address(extract: Extract, link: TalkLink) -> str:
    path = file_path(extract.event, link.file) if link.file else link.url
    return uri(path, extract.base_url)
