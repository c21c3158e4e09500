"""Random programmes of one small event, as its tables might stand after any number of edits."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st

from talks.records import Award, Person, Placement, Programme, Role, Room, Session, Talk, Track
from tests.talks.records import at, make_date, make_event

FEW = st.integers(0, 1)


def some(most):
    """Numbers of things that a row names, each once."""
    return st.lists(st.integers(0, most), max_size=2, unique=True)


SESSION = st.fixed_dictionaries(
    {
        "hour": st.sampled_from([None, 8, 9, 10]),
        "word": FEW,
        "room": st.sampled_from([None, 0, 1]),
        "track": st.sampled_from([None, 0]),
        "chairs": some(2),
        "status": st.sampled_from(["planned", "planned", "cancelled"]),
    }
)
TALK = st.fixed_dictionaries(
    {
        "word": FEW,
        "minutes": st.sampled_from([20, 30]),
        "track": st.sampled_from([None, 0, 1]),
        "roles": some(2),
        "status": st.sampled_from(["planned", "planned", "cancelled"]),
    }
)
PLACEMENT = st.fixed_dictionaries(
    {
        "talk": st.sampled_from([None, 0, 1, 2]),
        "session": st.integers(0, 2),
        "minute": st.sampled_from([None, 0, 20]),
    }
)
WORLD = st.fixed_dictionaries(
    {
        "place": FEW,
        "names": st.lists(FEW, min_size=3, max_size=3),
        "halls": st.lists(FEW, min_size=2, max_size=2),
        "sessions": st.lists(SESSION, min_size=3, max_size=3),
        "talks": st.lists(TALK, min_size=3, max_size=3),
        "placements": st.lists(PLACEMENT, min_size=4, max_size=4),
        "dates": st.lists(st.sampled_from([None, 3, 4]), min_size=2, max_size=2),
        "awards": st.lists(st.none() | some(2), min_size=2, max_size=2),
        "organizers": some(2),
    }
)


def code(letter, number):
    return f"{letter}2222222{'ABCDEFGH'[number]}"


def draft(world):
    """Return what `talks.drafting` would make of these tables."""
    return _Draft(world).programme()


class _Draft:
    def __init__(self, world):
        self.world = world
        self.rooms, self.tracks, self.people, self.talks = {}, {}, {}, {}

    def programme(self):
        sessions = [
            s for n, row in enumerate(self.world["sessions"]) if (s := self.session(n, row))
        ]
        organizers = tuple(self.role(n, "organizer") for n in sorted(self.world["organizers"]))
        awards = [a for n, row in enumerate(self.world["awards"]) if (a := self.award(n, row))]
        event = make_event(place=f"Place {self.world['place']}")
        return Programme(
            event=event,
            rooms=tuple(sorted(self.rooms.values(), key=lambda r: (r.position, r.name))),
            tracks=tuple(sorted(self.tracks.values(), key=lambda t: (t.position, t.name))),
            people=tuple(sorted(self.people.values(), key=lambda p: (p.sort_name, p.name, p.code))),
            talks=tuple(sorted(self.talks.values(), key=lambda t: (t.title, t.code))),
            sessions=tuple(sorted(sessions, key=lambda s: (s.start, s.end, s.code))),
            dates=tuple(
                make_date(code=code("D", n), on=date(2017, 11, day), position=n)
                for n, day in enumerate(self.world["dates"])
                if day
            ),
            awards=tuple(awards),
            organizers=organizers,
        )

    def session(self, number, row):
        if row["hour"] is None:
            return None
        start = at(f"{row['hour']}:00")
        room = None if row["room"] is None else self.room(row["room"])
        placed = [
            self.placement(n, p, start)
            for n, p in enumerate(self.world["placements"])
            if p["session"] == number and p["talk"] is not None
        ]
        return Session(
            code=code("S", number),
            kind="talks",
            title=f"Session {row['word']}",
            room=room,
            track=None if row["track"] is None else self.track(row["track"]),
            start=start,
            end=start + timedelta(hours=1),
            is_plenary=False,
            status=row["status"],
            stream="",
            chairs=tuple(self.role(n, "chair") for n in row["chairs"]),
            placements=tuple(placed),
        )

    def placement(self, number, row, start):
        own = None if row["minute"] is None else start + timedelta(minutes=row["minute"])
        return Placement(code("C", number), self.talk(row["talk"]), number, own, "")

    def talk(self, number):
        row = self.world["talks"][number]
        if number not in self.talks:
            self.talks[number] = Talk(
                code=code("T", number),
                kind="invited",
                title=f"Talk {row['word']}",
                subtitle="",
                abstract="",
                language="en",
                level="",
                minutes=row["minutes"],
                track=None if row["track"] is None else self.track(row["track"]),
                paper=None,
                status=row["status"],
                roles=tuple(self.role(n, "speaker") for n in row["roles"]),
                links=(),
            )
        return self.talks[number]

    def role(self, number, part):
        return Role(self.person(number), part, "", "")

    def person(self, number):
        name = f"Name {self.world['names'][number]}"
        made = Person(code("H", number), name, name, "", "", "")
        return self.people.setdefault(number, made)

    def room(self, number):
        made = Room(code("R", number), f"Hall {self.world['halls'][number]}", None, "", number)
        return self.rooms.setdefault(number, made)

    def track(self, number):
        return self.tracks.setdefault(number, Track(code("K", number), "Track", "", number))

    def award(self, number, won):
        if won is None:
            return None
        talks = tuple(self.talks[n] for n in sorted(won) if n in self.talks)
        if won and not talks:
            return None
        return Award(code("W", number), "Best talk", "", number, talks)


def without_stamps(programme):
    return replace(programme, stamps=(), gone=frozenset())
