"""Small valid records; a test names only what matters to it."""

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from talks.records import (
    EventRecord,
    ImportantDate,
    Person,
    Placement,
    Programme,
    Role,
    Room,
    Session,
    Stamp,
    Talk,
    Track,
)
from talks.stamps import next_stamps

LOS_ANGELES = ZoneInfo("America/Los_Angeles")
LONG_AGO = datetime(2017, 11, 1, 9, tzinfo=UTC)


def at(clock: str, day: int = 9, zone: ZoneInfo = LOS_ANGELES) -> datetime:
    """A moment of December 2017, given as "8:10"."""
    hour, minute = map(int, clock.split(":"))
    return datetime(2017, 12, day, hour, minute, tzinfo=zone)


def make_event(**fields) -> EventRecord:
    event = EventRecord(
        code="E2222222A",
        slug="dlsc-17",
        kind="workshop",
        name="Deep Learning at Supercomputer Scale",
        acronym="DLSC",
        about="",
        zone="America/Los_Angeles",
        place="Long Beach",
        address="",
        contact="",
        links="",
        starts_on=date(2017, 12, 9),
        ends_on=date(2017, 12, 9),
        uid_domain="events.example.org",
        language="en",
        accent="",
    )
    return replace(event, **fields)


def make_room(name: str = "Hall A", code: str = "R2222222A") -> Room:
    return Room(code=code, name=name, capacity=None, features="", position=1)


def make_track(name: str = "Training", code: str = "K2222222A") -> Track:
    return Track(code=code, name=name, colour="", position=1)


def make_role(name: str = "Ada Lovelace", role: str = "speaker", affiliation: str = "") -> Role:
    person = Person(
        code="P" + "".join(c for c in name.upper() if c.isalpha())[:8].ljust(8, "2"),
        name=name,
        sort_name=name.split()[-1],
        affiliation=affiliation,
        about="",
        links="",
    )
    return Role(person=person, role=role, name=name, affiliation=affiliation)


def make_talk(title: str = "Generalization Gap", **fields) -> Talk:
    talk = Talk(
        code="T2222222A",
        kind="invited",
        title=title,
        subtitle="",
        abstract="",
        language="en",
        level="",
        minutes=20,
        track=None,
        paper=None,
        status="planned",
        roles=(),
        links=(),
    )
    return replace(talk, **fields)


def make_placement(talk: Talk, start: datetime | None = None, **fields) -> Placement:
    code = "L" + talk.code[1:]
    return replace(Placement(code=code, talk=talk, position=1, start=start, board=""), **fields)


def make_session(
    title: str = "Morning", start: str = "8:10", end: str = "9:50", **fields
) -> Session:
    session = Session(
        code="S2222222A",
        kind="talks",
        title=title,
        room=None,
        track=None,
        start=at(start),
        end=at(end),
        is_plenary=True,
        status="planned",
        stream="",
        chairs=(),
        placements=(),
    )
    return replace(session, **fields)


def make_date(label: str = "Submissions due", **fields) -> ImportantDate:
    day = ImportantDate(
        code="D2222222A",
        label=label,
        on=date(2017, 11, 3),
        time=None,
        zone="America/Los_Angeles",
        announced="",
        position=1,
    )
    return replace(day, **fields)


def make_programme(*sessions: Session, **fields) -> Programme:
    return Programme(event=fields.pop("event", make_event()), sessions=sessions, **fields)


def release(
    programme: Programme, after: Programme | None = None, now: datetime = LONG_AGO
) -> Programme:
    """The programme with the stamps that publishing would give it."""
    return replace(programme, stamps=next_stamps(after, programme, now))


def make_stamp(uid: str = "S2222222A@events.example.org", **fields) -> Stamp:
    stamp = Stamp(
        uid=uid,
        sequence=0,
        created=LONG_AGO,
        modified=LONG_AGO,
        withdrawn=None,
        title="Morning",
        start=at("8:10"),
        end=at("9:50"),
    )
    return replace(stamp, **fields)
