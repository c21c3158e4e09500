"""The timetable as the rules see it: what is to stand somewhere, and where it stands.

Plain values without tables: every moment is compared in UTC, so that an hour that the clocks
repeat is two hours. Cancelled sessions and talks are not in it: they need no room and nobody on
stage. Sessions and talks that a timetable does not name are unplaced.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum

Option = str | int | bool
MINUTE = timedelta(minutes=1)


class Level(StrEnum):
    """What an organizer makes of a broken rule."""

    BLOCK = "block"  # nothing is published, and no proposal breaks it
    WARN = "warn"
    IGNORE = "ignore"


@dataclass(frozen=True, slots=True)
class Setting:
    """How much a rule matters at an event; `options` are the rule's own, by name."""

    level: Level = Level.WARN
    weight: int = 1
    options: Mapping[str, Option] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time, its end not in it; spans of one code belong to the same thing."""

    code: str
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Person:
    """Someone at the event; when they cannot be there, rather not, or like to, in any order."""

    code: str
    name: str
    away: tuple[Span, ...] = ()
    rather_not: tuple[Span, ...] = ()
    likes: tuple[Span, ...] = ()
    zone: str = ""  # IANA name of where they speak from, if that is not here


@dataclass(frozen=True, slots=True)
class Room:
    code: str
    name: str
    capacity: int | None = None
    features: frozenset[str] = frozenset()  # case-folded
    closed: tuple[Span, ...] = ()
    rather_not: tuple[Span, ...] = ()
    position: int = 0


@dataclass(frozen=True, slots=True)
class Track:
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
    kind: str = "contributed"
    moderators: tuple[str, ...] = ()  # of these people, those who moderate
    panelists: tuple[str, ...] = ()
    track: str = ""
    paper: str = ""
    demand: int | None = None  # persons expected: by the organizers, else by stars or a survey
    features: frozenset[str] = frozenset()  # of a room, case-folded
    rooms: frozenset[str] = frozenset()  # codes of those allowed; empty: any
    language: str = ""
    level: str = ""


@dataclass(frozen=True, slots=True)
class Session:
    """A session and the codes of the people on stage for all of it: its chairs."""

    code: str
    title: str
    people: tuple[str, ...] = ()
    kind: str = "talks"
    minutes: int | None = None  # how long it is meant to be
    track: str = ""
    is_plenary: bool = False

    @property
    def is_for_all(self) -> bool:
        """Whether everybody is meant to be there, so that nothing runs beside it."""
        return self.is_plenary or self.kind in {"break", "opening", "social"}


class Kind(StrEnum):
    """How two talks belong together."""

    BEFORE = "before"
    PART = "part"  # the second goes on from the first, in the same room
    NEVER_PARALLEL = "never_parallel"
    SAME_DAY = "same_day"
    REPEATS = "repeats"  # the second is the first again, on another day


@dataclass(frozen=True, slots=True)
class Relation:
    kind: Kind
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Pinned:
    """Where a session must stay: at a start, in a room, or both; None where it may move."""

    start: datetime | None = None
    room: str | None = None


@dataclass(frozen=True, slots=True)
class PinnedTalk:
    """The session in which a talk must stay, and its start there; None where that may move."""

    session: str
    start: datetime | None = None


@dataclass(frozen=True, slots=True)
class PlacedTalk:
    """A talk in a session; without a start it comes at any time of the session."""

    talk: str
    start: datetime | None = None
    board: str = ""


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
    """Where things stand; `waiting` are the talks of sessions that have no time yet."""

    sessions: tuple[PlacedSession, ...] = ()
    waiting: Mapping[str, tuple[PlacedTalk, ...]] = field(default_factory=dict)  # by session

    def by_code(self) -> dict[str, PlacedSession]:
        return {placed.session: placed for placed in self.sessions}


Pair = tuple[str, str]  # of codes, the smaller first


@dataclass(frozen=True, slots=True)
class Problem:
    """Everything that has to stand somewhere, by code, and what is known about it."""

    people: Mapping[str, Person] = field(default_factory=dict)
    rooms: Mapping[str, Room] = field(default_factory=dict)
    sessions: Mapping[str, Session] = field(default_factory=dict)
    talks: Mapping[str, Talk] = field(default_factory=dict)
    tracks: Mapping[str, Track] = field(default_factory=dict)
    relations: tuple[Relation, ...] = ()
    walks: Mapping[Pair, int] = field(default_factory=dict)  # minutes between two rooms
    pins: Mapping[str, Pinned] = field(default_factory=dict)  # by session
    talk_pins: Mapping[str, PinnedTalk] = field(default_factory=dict)  # by talk
    hours: tuple[Span, ...] = ()  # of each day, when sessions may be; empty: any time
    step: int = 5  # minutes from one possible start to the next
    zone: str = "UTC"  # in which days begin
    together: Mapping[Pair, int] = field(default_factory=dict)  # persons who want both talks
    alike: Mapping[Pair, int] = field(default_factory=dict)  # per cent, of talks
    released: Timetable | None = None  # what is public
    now: datetime | None = None  # what began before is past and never moves
    settings: Mapping[str, Setting] = field(default_factory=dict)  # by rule


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

    `fault` tells apart the ways to break one rule; `amount` is by how much, in what the rule
    counts (minutes, persons, times); `away` is when a person cannot be there, or a room is
    closed; `others` are further things that the sentence names.
    """

    rule: str
    of: Named
    parts: tuple[Part, ...] = ()
    fault: str = ""
    amount: int = 1
    away: Span | None = None
    others: tuple[Named, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of everything concerned, in order."""
        found = {self.of.code, *(part.code for part in self.parts)}
        return tuple(sorted((found | {other.code for other in self.others}) - {""}))

    @property
    def key(self) -> tuple[str, ...]:
        """What the clash is known by wherever it is moved to."""
        return (self.rule, self.fault, *self.codes)


def in_utc(moment: datetime) -> datetime:
    """Return a moment so that it compares by what it is, not by its wall clock."""
    return moment.astimezone(UTC)


def pair(one: str, other: str) -> Pair:
    return (one, other) if one < other else (other, one)
