"""The programme as plain values: what a release holds, and what pages and feeds are made from.

Records point at each other; in JSON they name each other by code. Every start and end is an
aware datetime in the event's zone. A programme holds nothing that is not public.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class EventRecord:
    """The event's own fields.

    `prefix` stands before its addresses and in no release: empty, or "/preview/<key>".
    """

    code: str
    slug: str
    kind: str
    name: str
    acronym: str
    about: str  # Markdown
    zone: str  # IANA name
    place: str
    address: str
    contact: str
    links: str  # one on each line: label, space, URL
    starts_on: date
    ends_on: date
    uid_domain: str
    language: str
    accent: str  # "#rrggbb" or empty
    prefix: str = field(default="", metadata={"is_released": False})

    @property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.zone)


@dataclass(frozen=True, slots=True)
class Room:
    code: str
    name: str
    capacity: int | None
    features: str
    position: int


@dataclass(frozen=True, slots=True)
class Track:
    code: str
    name: str
    colour: str  # "#rrggbb" or empty
    position: int


@dataclass(frozen=True, slots=True)
class Person:
    """Someone at this event; the e-mail address and the organizers' notes stay in the tables."""

    code: str
    name: str
    sort_name: str
    affiliation: str
    about: str  # Markdown
    links: str
    picture: str = ""  # "<digest>/<name>", served under the event's files/


@dataclass(frozen=True, slots=True)
class Role:
    """A person in a role; name and affiliation only where they are printed otherwise for it."""

    person: Person
    role: str
    name: str
    affiliation: str

    @property
    def printed_name(self) -> str:
        return self.name or self.person.name

    @property
    def printed_affiliation(self) -> str:
        return self.affiliation or self.person.affiliation


@dataclass(frozen=True, slots=True)
class TalkLink:
    """An address, or a file of ours under the event's files/; the other is empty."""

    kind: str
    url: str
    label: str
    file: str = ""  # "<digest>/<name>"


@dataclass(frozen=True, slots=True)
class PaperRef:
    """Of a paper, a release holds its code and title."""

    code: str
    title: str


@dataclass(frozen=True, slots=True)
class Talk:
    code: str
    kind: str
    title: str
    subtitle: str
    abstract: str  # Markdown
    language: str
    level: str
    minutes: int
    track: Track | None
    paper: PaperRef | None
    status: str
    roles: tuple[Role, ...]
    links: tuple[TalkLink, ...]


@dataclass(frozen=True, slots=True)
class Placement:
    """A talk in a session; `start` is its own, None where the session's time is all there is."""

    code: str
    talk: Talk
    position: int
    start: datetime | None
    board: str


@dataclass(frozen=True, slots=True)
class Session:
    code: str
    kind: str
    title: str
    room: Room | None
    track: Track | None
    start: datetime
    end: datetime
    is_plenary: bool
    status: str
    stream: str
    chairs: tuple[Role, ...]
    placements: tuple[Placement, ...]


@dataclass(frozen=True, slots=True)
class ImportantDate:
    """A day, or with `time` a moment, in `zone`; `announced` is the text as announced."""

    code: str
    label: str
    on: date
    time: time | None
    zone: str
    announced: str
    position: int


@dataclass(frozen=True, slots=True)
class Award:
    code: str
    name: str
    text: str  # Markdown
    position: int
    talks: tuple[Talk, ...]


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the calendar remembers of an entry that ever stood in a release.

    `withdrawn` is when a release left it out, None while it stands. `title`, `start` and `end`
    are what its tombstone says, as they were last released (a day has a start at midnight), and
    `codes` of which session, talks, people, room and tracks it was, and `kinds`: the feeds that
    ask by them tell of it too. Whatever moves `modified` moves `revision` by one.
    """

    uid: str
    sequence: int
    created: datetime
    modified: datetime
    withdrawn: datetime | None
    title: str
    start: datetime
    end: datetime
    codes: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    revision: int = 0


@dataclass(frozen=True)
class Programme:
    """One release: sessions by start, end and code; everything else by position or name.

    `gone` holds the codes that stood in an earlier release and stand in this one no more. The
    last two are decided when it is published, so that its feeds are not too large for clients.
    """

    event: EventRecord
    rooms: tuple[Room, ...] = ()
    tracks: tuple[Track, ...] = ()
    people: tuple[Person, ...] = ()
    talks: tuple[Talk, ...] = ()
    sessions: tuple[Session, ...] = ()
    dates: tuple[ImportantDate, ...] = ()
    awards: tuple[Award, ...] = ()
    organizers: tuple[Role, ...] = ()
    stamps: tuple[Stamp, ...] = ()
    gone: frozenset[str] = frozenset()
    abstract_length: int = 600  # characters of an abstract in an entry of a calendar
    is_by_session: bool = False  # the feed of the whole event has one entry for each session
