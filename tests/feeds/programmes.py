"""Random events as rows: hostile text in every column, odd zones, days on which clocks change.

Hypothesis draws the plan; the rows are drawn from the plan's seed, in bulk, so that there can be
thousands of them.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from random import Random
from zoneinfo import ZoneInfo

from django.db import connection
from hypothesis import strategies as st

from talks.models import (
    Award,
    Event,
    EventRole,
    ImportantDate,
    Person,
    Placement,
    Room,
    Session,
    SessionRole,
    Talk,
    TalkLink,
    TalkRole,
    Track,
)
from talks.models.programme import TalkKind
from talks.models.timetable import SessionKind
from tests.feeds.said import one_line

ZONES = (
    *("Europe/Berlin", "Asia/Kathmandu", "America/St_Johns", "Africa/Casablanca"),
    *("Europe/Dublin", "Pacific/Chatham", "Asia/Jerusalem", "America/Santiago"),
    *("America/Los_Angeles", "Australia/Lord_Howe", "Pacific/Kiritimati", "Asia/Kolkata"),
    *("Africa/Cairo", "America/Sao_Paulo", "UTC", "Pacific/Apia"),
)
HOSTILE = (
    "Plain words",
    "BEGIN:VEVENT\r\nEND:VEVENT\nX-EVIL:1\rSTATUS:CANCELLED",
    'a;b,c:d"e^f\\g ^n ^\' "',
    "nul\x00 bell\x07 escape\x1b[31m del\x7f next\x85line \u2028 \u2029",
    "\u202eright to left\u202c \u2066isolated\u2069 \ufeff\u200b",
    "👩‍👩‍👧‍👦🏳️‍🌈👍🏽" * 12,
    "שלום עולם · 深層学習の最前線 · Привет, мир",
    '=cmd|"/c calc"!A0',
    "<script>alert(1)</script> {{ 7|add:7 }} %s %(a)s",
    "Ünïcödé é́́́ " * 30,
    "wide " * 2000,
    "x" * 10_000,
)
TWISTED = ("\\n \\; \\, \\\\n", *HOSTILE)  # what some readers take for a line end, or a comma
MARKDOWN = "# Head\n\nA [link](https://example.org/?a=1&b=2) and <b>bold</b>.\n\n* one\n* two\n\n"
HOURS = (0, 6, 8, 9, 9, 10, 10, 11, 13, 14, 15, 16, 18, 22, 23, 1, 2, 3)
STEP = timedelta(minutes=5)

numbers = count(1)


@dataclass(frozen=True)
class Plan:
    seed: int
    zone: str
    year: int
    days: int
    sessions: int
    texts: tuple[str, ...]


def plans(sessions, texts=TWISTED):
    """Plans of programmes with as many sessions as one of these."""
    letters = st.characters(exclude_categories=["Cs"], exclude_characters="\\")
    printable = st.text(letters, min_size=1, max_size=60).filter(one_line)  # else a kind is said
    text = st.sampled_from(texts) | printable
    return st.builds(
        Plan,
        seed=st.integers(0, 2**32),
        zone=st.sampled_from(ZONES),
        year=st.sampled_from([2029, 2017, 2030, 2012]),
        days=st.integers(1, 4),
        sessions=st.sampled_from(sessions),
        texts=st.lists(text, min_size=2, max_size=5).map(tuple),
    )


def make_programme(plan):
    """Make the rows of a plan and return their event; nothing is published."""
    return _Maker(plan).event


def wall(day, clock, zone):
    """The moment that a wall clock means; where the clock leaves it out, the hour after."""
    moment = datetime.combine(day, clock, zone)
    return moment.astimezone(UTC)


def kept(model, **values):
    """The values as the database can hold them: PostgreSQL counts letters and takes no NUL."""
    if connection.vendor == "sqlite":
        return values
    for field in model._meta.concrete_fields:
        if isinstance(value := values.get(field.name), str):
            values[field.name] = value.replace("\0", "")[: field.max_length]
    return values


def changing_day(zone, year):
    """The first day of a year from March on at whose end the clock has another offset."""
    day = date(year, 3, 1)
    while day.year == year:
        ends = [datetime.combine(day + timedelta(d), time(), zone).utcoffset() for d in (0, 1)]
        if ends[0] != ends[1]:
            return day
        day += timedelta(days=1)
    return date(year, 3, 26)


class _Maker:
    def __init__(self, plan):
        self.plan, self.random = plan, Random(plan.seed)
        self.zone = ZoneInfo(plan.zone)
        change = changing_day(self.zone, plan.year)
        self.first = change - timedelta(days=self.random.randrange(plan.days))
        self.event = self.make_event()
        self.rooms = self.make(Room, 4, lambda n: {"name": self.named(n), "position": n})
        self.tracks = self.make(Track, 3, lambda n: {"name": self.named(n), "position": n})
        self.people = self.make(Person, 3 + plan.sessions // 2, self.person)
        self.sessions = self.make(Session, plan.sessions, self.session)
        self.talks = self.make(Talk, 2 * plan.sessions, self.talk)
        self.place()
        self.make_rest()

    def text(self):
        """One of the plan's; the longest seldom in full, else the feed would hold little else."""
        text = self.random.choice((*self.plan.texts, "Plain words"))
        return text if self.chance(0.02) else text[:300]

    def named(self, number):
        """A name that no other row has, also when the text is cut."""
        return f"{number} {self.text()}"

    def chance(self, share):
        return self.random.random() < share

    def make(self, model, count, values):
        rows = [
            model(event=self.event, **kept(model, **values(number)))
            for number in range(1, count + 1)
        ]
        return model.objects.bulk_create(rows)

    def make_event(self):
        values = kept(
            Event,
            name=self.text(),
            acronym=self.text()[:40],
            place=self.text()[:200],
            address=self.text(),
            contact=self.text(),
            about=self.text(),
        )
        return Event.objects.create(
            slug=f"generated-{next(numbers)}",
            zone=self.plan.zone,
            starts_on=self.first,
            ends_on=self.first + timedelta(days=self.plan.days - 1),
            uid_domain="events.example.org",
            **values,
        )

    def person(self, number):
        return {"name": self.named(number), "affiliation": self.text(), "about": self.text()}

    def session(self, number):
        start = end = None
        if not self.chance(0.1):
            start = self.moment()
            end = start + STEP * self.random.choice([1, 6, 12, 12, 18, 36, 120])
        return {
            "kind": self.random.choice(SessionKind.values),
            "title": self.random.choice([self.named(number), self.text(), ""]),
            "room": self.random.choice([None, *self.rooms]),
            "track": self.random.choice([None, *self.tracks]),
            "start": start,
            "end": end,
            "status": "cancelled" if self.chance(0.1) else "planned",
            "stream": "https://example.org/live?a=1;b,2" if self.chance(0.2) else "",
        }

    def moment(self):
        day = self.first + timedelta(days=self.random.randrange(self.plan.days))
        clock = time(self.random.choice(HOURS), 5 * self.random.randrange(12))
        return wall(day, clock, self.zone)

    def talk(self, number):
        return {
            "kind": self.random.choice(TalkKind.values),
            "title": self.named(number),
            "subtitle": self.random.choice(["", self.text()]),
            "abstract": self.random.choice(["", MARKDOWN + self.text() * 3]),
            "language": self.random.choice(["", "en", "fr"]),
            "minutes": self.random.choice([1, 10, 20, 45, 90]),
            "track": self.random.choice([None, *self.tracks]),
            "status": "cancelled" if self.chance(0.1) else "planned",
        }

    def place(self):
        """Talks in sessions: all with own times, none, or some; a few in two sessions."""
        waiting = list(self.talks)
        placements = []
        for session in self.sessions:
            mine, waiting = waiting[: (n := self.random.randrange(5))], waiting[n:]
            if self.talks and self.chance(0.15):
                other = self.random.choice(self.talks)
                mine += [] if other in mine else [other]
            placements += self.placements(session, mine, self.random.choice([1.0, 0.0, 0.7]))
        Placement.objects.bulk_create(placements)
        roles = [
            TalkRole(
                talk=talk,
                person=person,
                position=position,
                role=self.random.choice(["speaker", "author", "moderator", "panelist"]),
                **kept(TalkRole, name=self.random.choice(["", self.text()])),
            )
            for talk in self.talks
            for position, person in enumerate(self.random.sample(self.people, 2))
        ]
        TalkRole.objects.bulk_create(roles)
        chairs = [s for s in self.sessions if self.chance(0.2)]
        SessionRole.objects.bulk_create(
            SessionRole(session=s, person=self.random.choice(self.people)) for s in chairs
        )

    def placements(self, session, talks, timed):
        at = session.start
        for position, talk in enumerate(talks, start=1):
            start = at if at and self.chance(timed) else None
            at = at + timedelta(minutes=talk.minutes) if at else None
            board = f"A;{position}" if session.kind == "posters" else ""
            yield Placement(talk=talk, session=session, position=position, start=start, board=board)

    def make_rest(self):
        days = self.random.choice([0, 1, 4])
        self.make(ImportantDate, days, self.important_date)
        self.make(Award, days, lambda n: {"name": self.named(n), "text": self.text()})
        EventRole.objects.create(person=self.people[0])
        address = "https://example.org/a;b,c?d=e%20f"
        TalkLink.objects.bulk_create(
            TalkLink(talk=talk, url=address, **kept(TalkLink, label=self.text()))
            for talk in self.talks
            if self.chance(0.2)
        )

    def important_date(self, number):
        clock, zone = self.random.choice(
            [(None, ""), (time(23, 59), "Etc/GMT+12"), (time(12), self.plan.zone), (time(4), "UTC")]
        )
        on = self.first - timedelta(days=self.random.randrange(100))
        announced = self.random.choice(["", self.text()])
        return {
            "label": self.named(number),
            "on": on,
            "time": clock,
            "zone": zone,
            "announced": announced,
        }
