"""The timetable as the rules see it: what is to stand somewhere, and where it stands.

Plain values without tables or zones: every moment is compared in UTC, so that an hour that the
clocks repeat is two hours. Cancelled sessions and talks are not in it: they need no room and
nobody on stage.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time, its end not in it; spans of one code belong to the same thing."""

    code: str
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who is on stage; `away` are the times when they cannot be, in any order."""

    code: str
    name: str
    away: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Room:
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Talk:
    """A talk and the codes of the people on stage for it, each once."""

    code: str
    title: str
    minutes: int
    people: tuple[str, ...] = ()
    is_poster: bool = False  # posters stand beside each other and do not add up


@dataclass(frozen=True, slots=True)
class Session:
    """A session and the codes of the people on stage for all of it: its chairs."""

    code: str
    title: str
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """Everything that has to stand somewhere, by code."""

    people: Mapping[str, Person] = field(default_factory=dict)
    rooms: Mapping[str, Room] = field(default_factory=dict)
    sessions: Mapping[str, Session] = field(default_factory=dict)
    talks: Mapping[str, Talk] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PlacedTalk:
    """A talk in a session; without a start it comes at any time of the session."""

    talk: str
    start: datetime | None = None


@dataclass(frozen=True, slots=True)
class PlacedSession:
    """A session in a room, or in none yet, with its talks in order."""

    session: str
    start: datetime
    end: datetime
    room: str = ""
    talks: tuple[PlacedTalk, ...] = ()


@dataclass(frozen=True, slots=True)
class Timetable:
    sessions: tuple[PlacedSession, ...] = ()


@dataclass(frozen=True, slots=True)
class Named:
    """The room, person or session that a clash is about."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Part:
    """A talk or session that takes part in a clash, and when it is."""

    code: str
    name: str
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Clash:
    """A broken rule: what meets where it must not.

    `fault` tells apart the ways to break one rule; `minutes` is by how much, where that counts;
    `away` is when a person cannot be there.
    """

    rule: str
    of: Named
    parts: tuple[Part, ...]
    fault: str = ""
    minutes: int = 0
    away: Span | None = None

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of everything concerned, in order."""
        return tuple(sorted({self.of.code, *(part.code for part in self.parts)}))

    @property
    def key(self) -> tuple[str, ...]:
        """What the clash is known by wherever it is moved to."""
        return (self.rule, *self.codes)


def in_utc(moment: datetime) -> datetime:
    """Return a moment so that it compares by what it is, not by its wall clock."""
    return moment.astimezone(UTC)
