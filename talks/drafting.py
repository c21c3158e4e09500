"""Tables -> records: the programme as it would be published now.

Only placed sessions enter; a talk with its first placement in one; a room, track, person or
award with the first thing that enters and names it; dates and organizers always.
"""

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Prefetch

from . import records
from .models import (
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
    TalkRole,
    Track,
)

MOST_READINGS = 20


def draft(event: Event) -> records.Programme:
    """Return the programme of what stands in the tables at one moment.

    Nine queries, however long, read twice: while others save, the nine may each see another
    state, so what was read counts once two readings agree.
    """
    before = _reading(event)
    for _attempt in range(MOST_READINGS):
        now = _reading(event)
        if now is not None and now == before:
            return now
        before = now
    return _Draft(event).programme()


def _reading(event: Event) -> records.Programme | None:
    """Read the tables once; None when something was deleted between two queries."""
    try:
        return _Draft(event).programme()
    except ObjectDoesNotExist:
        return None


class _Draft:
    """Makes each record once, so that what is named is what enters."""

    def __init__(self, event: Event):
        self.event = event
        self.zone = event_record(event).tz
        self.rooms: dict[int, records.Room] = {}
        self.tracks: dict[int, records.Track] = {}
        self.people: dict[int, records.Person] = {}
        self.talks: dict[int, records.Talk] = {}
        self.talk_rows: dict[int, Talk] = {}  # of what is placed

    def programme(self) -> records.Programme:
        sessions = tuple(self.session(row) for row in self._placed())
        organizers = tuple(self.organizer(role) for role in self._organizers())
        awards = tuple(self.award(row) for row in self._awards())
        return records.Programme(
            event=event_record(self.event),
            rooms=tuple(sorted(self.rooms.values(), key=lambda r: (r.position, r.name))),
            tracks=tuple(sorted(self.tracks.values(), key=lambda t: (t.position, t.name))),
            people=tuple(sorted(self.people.values(), key=lambda p: (p.sort_name, p.name, p.code))),
            talks=tuple(sorted(self.talks.values(), key=lambda t: (t.title, t.code))),
            sessions=sessions,
            dates=tuple(date_record(row) for row in self.event.dates.all()),
            awards=awards,
            organizers=organizers,
        )

    def _placed(self) -> "list[Session]":
        """Talks are read apart: Django asks for many by one OR each, and SQLite takes 1,000."""
        roles = TalkRole.objects.select_related("person").order_by("position", "pk")
        talks = Talk.objects.select_related("track", "paper").prefetch_related(
            Prefetch("roles", roles), "links"
        )
        placed = talks.filter(placements__session__event=self.event).distinct()
        self.talk_rows = {row.pk: row for row in placed}
        rows = (
            self.event.sessions.filter(start__isnull=False)
            .select_related("room", "track")
            .prefetch_related(
                Prefetch("placements", Placement.objects.order_by("position", "pk")),
                Prefetch("roles", SessionRole.objects.select_related("person")),
            )
        )
        return sorted(rows, key=lambda row: (row.start, row.end, row.code))

    def _organizers(self) -> "list[EventRole]":
        roles = EventRole.objects.filter(person__event=self.event).select_related("person")
        return list(roles.order_by("role", "position", "pk"))

    def _awards(self) -> "list[Award]":
        """Those that nobody has won yet, and those that something released has won."""
        rows = self.event.awards.prefetch_related("talks")
        return [
            row
            for row in rows
            if not row.talks.all() or any(talk.pk in self.talks for talk in row.talks.all())
        ]

    def session(self, row: Session) -> records.Session:
        assert row.start is not None
        assert row.end is not None
        return records.Session(
            code=row.code,
            kind=row.kind,
            title=row.title,
            room=self.room(row.room),
            track=self.track(row.track),
            start=row.start.astimezone(self.zone),
            end=row.end.astimezone(self.zone),
            is_plenary=row.is_plenary,
            status=row.status,
            stream=row.stream,
            chairs=tuple(self.role(role.person, role.role) for role in row.roles.all()),
            placements=tuple(self.placement(placement) for placement in row.placements.all()),
        )

    def placement(self, row: Placement) -> records.Placement:
        return records.Placement(
            code=row.code,
            talk=self.talk(self.talk_rows.get(row.talk_id) or row.talk),  # or one just made
            position=row.position,
            start=row.start.astimezone(self.zone) if row.start else None,
            board=row.board,
        )

    def talk(self, row: Talk) -> records.Talk:
        if row.pk not in self.talks:
            self.talks[row.pk] = records.Talk(
                code=row.code,
                kind=row.kind,
                title=row.title,
                subtitle=row.subtitle,
                abstract=row.abstract,
                language=row.language,
                level=row.level,
                minutes=row.minutes,
                track=self.track(row.track),
                paper=records.PaperRef(row.paper.code, row.paper.title) if row.paper else None,
                status=row.status,
                roles=tuple(
                    self.role(role.person, role.role, role.name, role.affiliation)
                    for role in row.roles.all()
                ),
                links=tuple(
                    records.TalkLink(link.kind, link.url, link.label, link.file.name or "")
                    for link in row.links.all()
                ),
            )
        return self.talks[row.pk]

    def award(self, row: Award) -> records.Award:
        won = [self.talks[talk.pk] for talk in row.talks.all() if talk.pk in self.talks]
        return records.Award(row.code, row.name, row.text, row.position, tuple(won))

    def organizer(self, row: EventRole) -> records.Role:
        return self.role(row.person, row.role, "", row.affiliation)

    def role(
        self, person: Person, role: str, name: str = "", affiliation: str = ""
    ) -> records.Role:
        return records.Role(self.person(person), role, name, affiliation)

    def person(self, row: Person) -> records.Person:
        made = records.Person(
            row.code,
            row.name,
            row.sort_name,
            row.affiliation,
            row.about,
            row.links,
            row.picture.name or "",
        )
        return self.people.setdefault(row.pk, made)

    def room(self, row: Room | None) -> records.Room | None:
        if row is None:
            return None
        made = records.Room(row.code, row.name, row.capacity, row.features, row.position)
        return self.rooms.setdefault(row.pk, made)

    def track(self, row: Track | None) -> records.Track | None:
        if row is None:
            return None
        made = records.Track(row.code, row.name, row.colour, row.position)
        return self.tracks.setdefault(row.pk, made)


def event_record(row: Event) -> records.EventRecord:
    return records.EventRecord(
        code=row.code,
        slug=row.slug,
        kind=row.kind,
        name=row.name,
        acronym=row.acronym,
        about=row.about,
        zone=row.zone,
        place=row.place,
        address=row.address,
        contact=row.contact,
        links=row.links,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        uid_domain=row.uid_domain,
        language=row.language,
        accent=row.accent,
    )


def date_record(row: ImportantDate) -> records.ImportantDate:
    return records.ImportantDate(
        code=row.code,
        label=row.label,
        on=row.on,
        time=row.time,
        zone=row.zone,
        announced=row.announced,
        position=row.position,
    )
