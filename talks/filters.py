"""What a schedule's address asks for: day, track, room, kind, person, words, and how to show it.

Tracks, rooms and people are named by code. Pages and feeds read the same query string.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import lru_cache
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from eventsite.zone_names import zone_names
from papers.folding import fold
from talks.entries import Entry
from talks.grid import days_of
from talks.records import Placement, Programme, Role, Session, Track

NAMES = ("day", "track", "room", "kind", "person", "q", "view", "tz", "at", "lang")
NARROWING = NAMES[:6]  # those that leave something out
VIEWS = ("grid", "list")
LONGEST = 500  # characters of a value


class Malformed(Exception):
    """A value that cannot be read; `name` is its parameter."""

    def __init__(self, name: str):
        super().__init__(name)
        self.name = name


class Unknown(Exception):
    """A value that names nothing here; `name` is its parameter."""

    def __init__(self, name: str, value: str):
        super().__init__(name, value)
        self.name, self.value = name, value


@dataclass(frozen=True, slots=True)
class Filters:
    """What is asked for; an empty value asks for everything."""

    zone: ZoneInfo  # what times are shown in, and what a day is
    day: date | None = None
    track: str = ""
    room: str = ""
    kind: str = ""
    person: str = ""
    q: str = ""
    view: str = ""
    at: datetime | None = None
    unknown_tz: str = ""
    given: Mapping[str, str] = field(default_factory=dict)  # as written in the address

    @property
    def narrowing(self) -> tuple[str, ...]:
        """The names of what leaves something out."""
        return tuple(name for name in NARROWING if self.given.get(name))

    def query(self, **changes: object) -> str:
        """Return "?…" with some values changed, those set to nothing left out."""
        values = {**self.given, **{name: str(value or "") for name, value in changes.items()}}
        return "?" + urlencode([(name, values[name]) for name in NAMES if values.get(name)])

    def asking(self, **changes: str) -> "Filters":
        """Return the same filters with other tracks, rooms, kinds, people or words."""
        made: Callable[..., Filters] = replace
        return made(self, **changes, given={**self.given, **changes})

    def keep(self, sessions: Iterable[Session]) -> tuple[Session, ...]:
        """Return what is asked for; a session that only some talks match keeps only those."""
        return tuple(self._kept(sessions))

    def keep_entries(self, found: Iterable[Entry]) -> list[Entry]:
        """Return the calendar entries of what `keep` keeps, each as it is in every feed."""
        return [entry for entry in found if self._takes_entry(entry)]

    def _kept(self, sessions: Iterable[Session]) -> Iterator[Session]:
        for session in sessions:
            if self._takes(session):
                yield session
            elif some := tuple(p for p in session.placements if self._takes_part(session, p)):
                yield replace(session, placements=some)

    def _takes_entry(self, entry: Entry) -> bool:
        session = entry.session
        parts = [entry.placement] if entry.placement else session.placements
        return self._takes(session) or any(self._takes_part(session, part) for part in parts)

    def _takes(self, session: Session) -> bool:
        return (
            self._takes_place(session)
            and self._has_track(session.track)
            and self.kind in ("", session.kind)
            and self._has_person(session.chairs)
            and self._has_words(_session_text(session))
        )

    def _takes_part(self, session: Session, placement: Placement) -> bool:
        """A talk has what its session has, but for a track of its own."""
        talk = placement.talk
        return (
            self._takes_place(session)
            and self._has_track(talk.track or session.track)
            and self.kind in ("", session.kind, talk.kind)
            and self._has_person((*talk.roles, *session.chairs))
            and self._has_words((*_talk_text(placement), *_session_text(session)))
        )

    def _takes_place(self, session: Session) -> bool:
        on = session.start.astimezone(self.zone).date()
        room = session.room.code if session.room else ""
        return self.day in (None, on) and self.room in ("", room)

    def _has_track(self, track: Track | None) -> bool:
        return not self.track or (track is not None and track.code == self.track)

    def _has_person(self, roles: Iterable[Role]) -> bool:
        return not self.person or any(role.person.code == self.person for role in roles)

    def _has_words(self, texts: tuple[str, ...]) -> bool:
        """Every word stands somewhere; what has no letter or digit stands nowhere."""
        if not self.q:
            return True
        words = fold(self.q).split()
        return bool(words) and all(word in _folded(texts) for word in words)


def read(
    values: Mapping[str, Sequence[str]], programme: Programme, kinds: Collection[str]
) -> Filters:
    """Read a query string; parameters of other names are left alone.

    Raises Malformed for what cannot be read, Unknown for what is not in the programme. An
    unknown zone shows the event's and stands in `unknown_tz`.
    """
    given = {name: _single(name, values.get(name, ())) for name in NAMES}
    zone, unknown_tz = _zone(given["tz"], programme)
    if unknown_tz:
        given["tz"] = ""
    return Filters(
        zone=zone,
        day=_day(given["day"], programme, zone),
        track=_code("track", given["track"], [track.code for track in programme.tracks]),
        room=_code("room", given["room"], [room.code for room in programme.rooms]),
        kind=_one_of("kind", given["kind"], kinds),
        person=_code("person", given["person"], [person.code for person in programme.people]),
        q=given["q"],
        view=_view(given["view"]),
        at=_moment(given["at"], programme),
        unknown_tz=unknown_tz,
        given={name: value for name, value in given.items() if value},
    )


def read_for_file(
    values: Mapping[str, Sequence[str]], programme: Programme, kinds: Collection[str]
) -> Filters:
    """As `read`, but an unknown zone is Unknown too: a file has nowhere to say so."""
    wanted = read(values, programme, kinds)
    if wanted.unknown_tz:
        raise Unknown("tz", wanted.unknown_tz)
    return wanted


def _single(name: str, found: Sequence[str]) -> str:
    """A value given twice would be half obeyed, so it is refused."""
    given = {value.strip() for value in found if value.strip()}
    value = given.pop() if given else ""
    if given or len(value) > LONGEST or "\0" in value:
        raise Malformed(name)
    return value


def _zone(name: str, programme: Programme) -> tuple[ZoneInfo, str]:
    if not name:
        return programme.event.tz, ""
    return (ZoneInfo(name), "") if name in zone_names() else (programme.event.tz, name)


def _day(value: str, programme: Programme, zone: ZoneInfo) -> date | None:
    """A day of the event, or one that a session starts on in the zone shown."""
    if not value:
        return None
    if not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise Malformed("day")
    try:
        day = date.fromisoformat(value)
    except ValueError as error:
        raise Malformed("day") from error
    event = programme.event
    if not event.starts_on <= day <= event.ends_on and day not in days_of(programme.sessions, zone):
        raise Unknown("day", value)
    return day


def _moment(value: str, programme: Programme) -> datetime | None:
    """A moment with its offset, or by the event's clock."""
    if not value:
        return None
    try:
        moment = datetime.fromisoformat(value)
        aware = moment if moment.tzinfo else moment.replace(tzinfo=programme.event.tz)
        return aware.astimezone(UTC).astimezone(programme.event.tz)
    except (ValueError, OverflowError) as error:
        raise Malformed("at") from error


def _view(value: str) -> str:
    if value not in ("", *VIEWS):
        raise Malformed("view")
    return value


def _code(name: str, value: str, known: Collection[str]) -> str:
    """Only the code of `<code>-<slug>` is read, in either case."""
    code = value.partition("-")[0].upper()
    if value and code not in known:
        raise Unknown(name, value)
    return code


def _one_of(name: str, value: str, known: Collection[str]) -> str:
    if value and value not in known:
        raise Unknown(name, value)
    return value


def _session_text(session: Session) -> tuple[str, ...]:
    return (session.title, *_people_text(session.chairs))


def _talk_text(placement: Placement) -> tuple[str, ...]:
    talk = placement.talk
    paper = talk.paper.title if talk.paper else ""
    return (talk.title, talk.subtitle, talk.abstract, paper, *_people_text(talk.roles))


def _people_text(roles: Iterable[Role]) -> tuple[str, ...]:
    return tuple(
        text for r in roles for text in (r.printed_name, r.person.name, r.printed_affiliation)
    )


@lru_cache(maxsize=8192)
def _folded(texts: tuple[str, ...]) -> str:
    """Folding abstracts is slow, and every search of a programme folds the same ones."""
    return " ".join(fold(text) for text in texts if text)
