"""Tables -> the timetable as rules and search see it: what is to stand somewhere, and where it is.

A constant number of queries, however much there is. Nothing that is cancelled is in it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Prefetch

from .alikeness import alike
from .hours import hours_of, step_of
from .models import (
    Event,
    Person,
    PersonTime,
    Placement,
    Room,
    RoomTime,
    Session,
    SessionRole,
    Talk,
    TalkRelation,
    TalkRole,
    Walk,
)
from .models.people import TimeLevel
from .models.programme import TalkKind, TalkPart
from .models.timetable import Pin, RoomLevel, Status
from .rule_settings import told
from .solver import problem as plain
from .solver.problem import (
    Kind,
    Pinned,
    PinnedTalk,
    PlacedSession,
    PlacedTalk,
    Problem,
    Relation,
    Setting,
    Span,
    Timetable,
    pair,
)
from .solver.rules import setting
from .wishes import Wishes, wishes

PARTS = {  # of a talk, with the option of `person_twice` that says whether it counts
    TalkPart.SPEAKER: "speakers",
    TalkPart.MODERATOR: "moderators",
    TalkPart.PANELIST: "panelists",
    TalkPart.AUTHOR: "authors",
}
TIMED = {Pin.TIME, Pin.BOTH}
HOUSED = {Pin.ROOM, Pin.BOTH}


@dataclass(frozen=True, slots=True)
class Standing:
    """What an event has to place, and where everything stands in the tables."""

    problem: Problem
    timetable: Timetable


def standing(event: Event, now: datetime | None = None) -> Standing:
    """Return the draft of an event; what began before `now` is past."""
    reader = _Reader(event)
    timetable = reader.timetable()
    return Standing(replace(reader.problem(timetable), now=now), timetable)


class _Reader:
    """Reads the tables of one event once."""

    def __init__(self, event: Event):
        self.event = event
        planned = {"event": event, "status": Status.PLANNED}
        roles = SessionRole.objects.select_related("person").order_by("position", "pk")
        placements = Placement.objects.filter(talk__status=Status.PLANNED)
        self.sessions = list(
            Session.objects.filter(**planned)
            .select_related("track", "room")
            .prefetch_related(
                Prefetch("roles", roles),
                Prefetch("placements", placements.select_related("talk")),
            )
            .order_by("pk")
        )
        parts = TalkRole.objects.select_related("person").order_by("position", "pk")
        self.talks = list(
            Talk.objects.filter(**planned)
            .select_related("track", "paper")
            .prefetch_related(Prefetch("roles", parts), "rooms")
            .order_by("pk")
        )
        self.given = Problem(settings=settings_of(event))

    def timetable(self) -> Timetable:
        placed, waiting = [], {}
        for row in self.sessions:
            talks = tuple(
                PlacedTalk(each.talk.code, each.start, each.board)
                for each in sorted(row.placements.all(), key=lambda p: (p.position, p.pk))
            )
            if row.start is None or row.end is None:
                waiting[row.code] = talks
                continue
            room = row.room.code if row.room else ""
            placed.append(PlacedSession(row.code, row.start, row.end, room, talks))
        placed.sort(key=lambda one: (one.start, one.session))
        return Timetable(tuple(placed), {code: held for code, held in waiting.items() if held})

    def problem(self, timetable: Timetable) -> Problem:
        wanted = wishes(self.event, self.held_in())
        return Problem(
            people={person.code: person for person in self.people()},
            rooms={room.code: room for room in self.rooms()},
            sessions={row.code: self.session(row) for row in self.sessions},
            talks={row.code: self.talk(row, wanted) for row in self.talks},
            tracks={row.code: plain.Track(row.code, row.name) for row in self.event.tracks.all()},
            relations=tuple(self.relations()),
            walks=self.walks(),
            pins={row.code: pin for row in self.sessions if (pin := pinned(row))},
            talk_pins=dict(self.talk_pins()),
            hours=hours_of(self.event, self.given, timetable),
            step=step_of(self.given),
            zone=self.event.zone,
            together=wanted.together,
            alike=alike(self.talks),
            settings=self.given.settings,
        )

    def held_in(self) -> dict[str, list[str]]:
        """Return by session the talks that stand in it."""
        return {row.code: [p.talk.code for p in row.placements.all()] for row in self.sessions}

    def people(self) -> Iterator[plain.Person]:
        times: dict[tuple[str, str], list[Span]] = defaultdict(list)
        rows = PersonTime.objects.filter(person__event=self.event).order_by("start", "end")
        for code, level, start, end in rows.values_list("person__code", "level", "start", "end"):
            times[code, level].append(Span(code, start, end))
        for row in Person.objects.filter(event=self.event).only("code", "name", "zone"):
            away, rather_not, likes = (
                tuple(times[row.code, level])
                for level in (TimeLevel.CANNOT, TimeLevel.RATHER_NOT, TimeLevel.LIKES)
            )
            yield plain.Person(row.code, row.name, away, rather_not, likes, row.zone)

    def rooms(self) -> Iterator[plain.Room]:
        times: dict[tuple[str, str], list[Span]] = defaultdict(list)
        rows = RoomTime.objects.filter(room__event=self.event).order_by("start", "end")
        for code, level, start, end in rows.values_list("room__code", "level", "start", "end"):
            times[code, level].append(Span(code, start, end))
        for position, row in enumerate(Room.objects.filter(event=self.event)):
            yield plain.Room(
                code=row.code,
                name=row.name,
                capacity=row.capacity,
                features=features_of(row.features),
                closed=tuple(times[row.code, RoomLevel.CLOSED]),
                rather_not=tuple(times[row.code, RoomLevel.RATHER_NOT]),
                position=position,
            )

    def session(self, row: Session) -> plain.Session:
        counts = setting(self.given, "person_twice").options["chairs"]
        return plain.Session(
            code=row.code,
            title=row.title,
            people=once(role.person.code for role in row.roles.all()) if counts else (),
            kind=row.kind,
            minutes=row.minutes,
            track=row.track.code if row.track else "",
            is_plenary=row.is_plenary,
        )

    def talk(self, row: Talk, wanted: Wishes) -> plain.Talk:
        options = setting(self.given, "person_twice").options
        parts = [(role.role, role.person.code) for role in row.roles.all()]
        return plain.Talk(
            code=row.code,
            title=row.title,
            minutes=row.minutes,
            people=once(code for part, code in parts if options[PARTS[TalkPart(part)]]),
            is_poster=row.kind == TalkKind.POSTER,
            kind=row.kind,
            moderators=once(code for part, code in parts if part == TalkPart.MODERATOR),
            panelists=once(code for part, code in parts if part == TalkPart.PANELIST),
            track=row.track.code if row.track else "",
            paper=row.paper.code if row.paper else "",
            demand=row.demand if row.demand is not None else wanted.persons.get(row.code),
            features=features_of(row.features),
            rooms=frozenset(room.code for room in row.rooms.all()),
            language=row.language,
            level=row.level,
        )

    def relations(self) -> Iterator[Relation]:
        planned = {f"{side}__status": Status.PLANNED for side in ("first", "second")}
        rows = TalkRelation.objects.filter(first__event=self.event, **planned).order_by("pk")
        for kind, first, second in rows.values_list("kind", "first__code", "second__code"):
            yield Relation(Kind(kind), first, second)

    def walks(self) -> dict[plain.Pair, int]:
        rows = Walk.objects.filter(a__event=self.event)
        return {
            pair(one, other): minutes
            for one, other, minutes in rows.values_list("a__code", "b__code", "minutes")
        }

    def talk_pins(self) -> Iterator[tuple[str, PinnedTalk]]:
        for row in self.sessions:
            for each in row.placements.all():
                if each.pin != Pin.NONE:
                    start = each.start if each.pin in TIMED else None
                    yield each.talk.code, PinnedTalk(row.code, start)


def settings_of(event: Event) -> dict[str, Setting]:
    """Return what the organizers set of the rules, by rule: one query."""
    return dict(told(event).settings)


def pinned(row: Session) -> Pinned | None:
    """Return where a session must stay: where it stands, as far as it is pinned."""
    start = row.start if row.pin in TIMED else None
    room = (row.room.code if row.room else "") if row.pin in HOUSED else None
    return Pinned(start, room) if start is not None or room is not None else None


def features_of(text: str) -> frozenset[str]:
    """Return the features that a text separates by commas, as they are compared."""
    return frozenset(name for part in text.split(",") if (name := part.strip().casefold()))


def once(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(codes))
