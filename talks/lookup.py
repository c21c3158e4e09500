"""Questions that pages ask of a programme: where a talk stands, what a person does there."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby

from papers.folding import fold
from talks.entries import CANCELLED, Entry
from talks.records import Person, Placement, Programme, Role, Session, Talk

POSTER = "poster"
LINK = re.compile(r"(?:(?P<label>.*\S)\s+)?(?P<url>https?://\S+)$")


@dataclass(frozen=True, slots=True)
class Place:
    """A talk in a session, with the times to print: its own, else the session's."""

    session: Session
    placement: Placement
    start: datetime
    end: datetime

    @property
    def is_cancelled(self) -> bool:
        return CANCELLED in (self.session.status, self.placement.talk.status)


@dataclass(frozen=True, slots=True)
class Part:
    """What a person does: a role in a talk with its places, or in a session."""

    role: Role
    talk: Talk | None
    session: Session | None
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    url: str


def place(session: Session, placement: Placement) -> Place:
    """Minutes are counted in UTC, so that an hour over a change of the clock is an hour."""
    if placement.start is None:
        return Place(session, placement, session.start, session.end)
    minutes = timedelta(minutes=placement.talk.minutes)
    end = (placement.start.astimezone(UTC) + minutes).astimezone(placement.start.tzinfo)
    return Place(session, placement, placement.start, end)


def places(programme: Programme, talk: Talk) -> tuple[Place, ...]:
    """Return every place of a talk, by start."""
    found = [
        place(session, placement)
        for session in programme.sessions
        for placement in session.placements
        if placement.talk.code == talk.code
    ]
    return tuple(sorted(found, key=lambda one: one.start.astimezone(UTC)))


def board(found: Sequence[Place]) -> str:
    """Return the first board that a poster has."""
    return next((one.placement.board for one in found if one.placement.board), "")


def has_more_on_people(talk: Talk) -> bool:
    """True when a list of names alone would leave something out."""
    parts = {role.role for role in talk.roles}
    return len(parts) > 1 or any(role.printed_affiliation for role in talk.roles)


def posters(programme: Programme) -> list[tuple[Talk, tuple[Place, ...]]]:
    """Return posters with their places, by board as people count, then by title."""
    found: dict[str, list[Place]] = {}
    for session in programme.sessions:
        for placement in session.placements:
            found.setdefault(placement.talk.code, []).append(place(session, placement))
    listed = [(t, tuple(found.get(t.code, ()))) for t in programme.talks if t.kind == POSTER]
    return sorted(listed, key=lambda one: (_counted(board(one[1])), fold(one[0].title)))


def parts(programme: Programme, person: Person) -> list[Part]:
    """Return what a person does in talks and sessions, by start."""
    in_talks = [
        Part(role, talk, None, places(programme, talk))
        for talk in programme.talks
        for role in talk.roles
        if role.person.code == person.code
    ]
    in_sessions = [
        Part(role, None, session)
        for session in programme.sessions
        for role in session.chairs
        if role.person.code == person.code
    ]
    return sorted((*in_talks, *in_sessions), key=_part_start)


def offices(programme: Programme, person: Person) -> list[Role]:
    """Return what a person does for the event as a whole."""
    return [role for role in programme.organizers if role.person.code == person.code]


def roles_by_person(programme: Programme) -> dict[str, list[str]]:
    """Return the roles of each person, by code, each named once."""
    in_talks = (role for talk in programme.talks for role in talk.roles)
    in_sessions = (role for session in programme.sessions for role in session.chairs)
    found: dict[str, list[str]] = {}
    for role in (*in_talks, *in_sessions, *programme.organizers):
        held = found.setdefault(role.person.code, [])
        if role.role not in held:
            held.append(role.role)
    return found


def people_by_letter(people: Iterable[Person]) -> list[tuple[str, list[Person]]]:
    """Return people by the first letter of the name they are sorted by; "#" is no letter."""
    ordered = sorted(people, key=lambda person: (_letter(person), _sorted_by(person), person.code))
    return [(letter, list(group)) for letter, group in groupby(ordered, key=_letter)]


def only_talk(session: Session) -> Talk | None:
    """Return the one talk that a session is called after."""
    if len(session.placements) != 1:
        return None
    talk = session.placements[0].talk
    return talk if fold(session.title) in ("", fold(talk.title)) else None


def title(session: Session) -> str:
    """Return what a session is called; empty when nothing of it has a name."""
    talk = only_talk(session)
    track = session.track.name if session.track else ""
    return session.title.strip() or (talk.title if talk else "") or track


def entries_of(found: Iterable[Entry], code: str) -> list[Entry]:
    """Return the calendar entries that a session, a talk or a person has."""
    return [entry for entry in found if code in codes_of(entry)]


def links(text: str) -> list[Link]:
    """Return the links of a text that has one on each line: a label, a space, the address."""
    found = [LINK.match(line.strip()) for line in text.splitlines()]
    return [Link(match["label"] or match["url"], match["url"]) for match in found if match]


def codes_of(entry: Entry) -> tuple[str, ...]:
    """Return what the entry is of, each once: session, talks, people, room and tracks."""
    return tuple(sorted(set(_codes(entry))))


def kinds_of(entry: Entry) -> tuple[str, ...]:
    """Return the kinds of the entry's session and talks, each once."""
    return tuple(sorted({entry.session.kind, *(each.talk.kind for each in _placements(entry))}))


def _codes(entry: Entry) -> Iterator[str]:
    session = entry.session
    placements = _placements(entry)
    yield session.code
    yield from (role.person.code for role in session.chairs)
    for placement in placements:
        yield placement.talk.code
        yield from (role.person.code for role in placement.talk.roles)
    places = [session.room, session.track, *(each.talk.track for each in placements)]
    yield from (place.code for place in places if place)


def _placements(entry: Entry) -> Sequence[Placement]:
    return [entry.placement] if entry.placement else entry.session.placements


def _part_start(part: Part) -> tuple[bool, datetime]:
    moments = [one.start for one in part.places] + ([part.session.start] if part.session else [])
    first = min((moment.astimezone(UTC) for moment in moments), default=None)
    return (first is None, first or datetime.min.replace(tzinfo=UTC))


def _counted(text: str) -> tuple[object, ...]:
    """Order "2" before "10", "A2" before "A10", and what has no board last."""
    pieces = re.split("([0-9]+)", text)
    return (not text, [(int(p), "") if p.isdigit() else (0, p) for p in pieces])


def _sorted_by(person: Person) -> str:
    return fold(person.sort_name or person.name)


def _letter(person: Person) -> str:
    first = _sorted_by(person)[:1].upper()
    return first if first.isalpha() else "#"
