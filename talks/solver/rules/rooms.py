"""Rules about rooms."""

from collections import defaultdict
from collections.abc import Iterator

from talks.solver.kinds import RESTING
from talks.solver.problem import Clash, Named, PlacedSession, Problem, Room, Talk, Timetable, in_utc

from .about import rule
from .reading import Taken, overlaps, session_part, share_time, spoken, taken, talk_part


@rule(must=True)
def room_twice(problem: Problem, timetable: Timetable) -> Iterator[Clash]:
    """A room holds one session at a time."""
    held: dict[str, list[Taken]] = defaultdict(list)
    for placed in timetable.sessions:
        if placed.room:
            held[placed.room].append(taken(placed, session_part(problem, placed)))
    for code in sorted(held):
        for one, other in overlaps(held[code]):
            yield Clash("room_twice", _named(problem, code), (one.part, other.part))


@rule(must=True)
def one_place(problem: Problem, timetable: Timetable) -> Iterator[Clash]:
    """An event without rooms is in one place: one session at a time, except beside a break."""
    if problem.rooms:
        return
    resting = {code for code, session in problem.sessions.items() if session.kind in RESTING}
    held = [taken(placed, session_part(problem, placed)) for placed in timetable.sessions]
    for one, other in overlaps(held):
        if (one.code in resting) != (other.code in resting):
            continue
        yield Clash("one_place", Named(one.code, one.part.name), (one.part, other.part))


@rule(must=True)
def room_closed(problem: Problem, timetable: Timetable) -> Iterator[Clash]:
    """A session is in an open room; of several times when it is closed the first is told."""
    for placed, room in _housed(problem, timetable):
        part = session_part(problem, placed)
        for closed in sorted(room.closed, key=lambda span: in_utc(span.start)):
            if share_time(closed, part):
                yield Clash("room_closed", Named(room.code, room.name), (part,), away=closed)
                break


@rule(must=True)
def room_suits(problem: Problem, timetable: Timetable) -> Iterator[Clash]:
    """A talk is in one of the rooms that it may be in, and the room has what it needs."""
    for placed, room in _housed(problem, timetable):
        of = Named(room.code, room.name)
        for one in placed.talks:
            talk = problem.talks[one.talk]
            parts = (talk_part(problem, placed, one),)
            if lacking := tuple(Named("", name) for name in sorted(talk.features - room.features)):
                yield Clash("room_suits", of, parts, "feature", others=lacking)
            if not is_allowed(talk, room.code):
                allowed = tuple(
                    _named(problem, c) for c in sorted(talk.rooms & problem.rooms.keys())
                )
                yield Clash("room_suits", of, parts, "room", others=allowed)


def is_allowed(talk: Talk, room: str) -> bool:
    return not talk.rooms or room in talk.rooms


@rule(must=False, weight=1)
def room_holds(problem: Problem, timetable: Timetable) -> Iterator[Clash]:
    """A room holds all who are expected, counted in persons: of each talk, of all its posters."""
    for placed, room in _housed(problem, timetable):
        if room.capacity is None:
            continue
        expected = [
            (talk_part(problem, placed, one), problem.talks[one.talk].demand or 0)
            for one in spoken(problem, placed)
        ]
        posters = [problem.talks[one.talk] for one in placed.talks]
        visitors = sum(talk.demand or 0 for talk in posters if talk.is_poster)
        for part, persons in [*expected, (session_part(problem, placed), visitors)]:
            if persons > room.capacity:
                over = persons - room.capacity
                yield Clash("room_holds", Named(room.code, room.name), (part,), amount=over)


def _housed(problem: Problem, timetable: Timetable) -> Iterator[tuple[PlacedSession, Room]]:
    for placed in timetable.sessions:
        if placed.room:
            yield placed, problem.rooms[placed.room]


def _named(problem: Problem, code: str) -> Named:
    return Named(code, problem.rooms[code].name)
