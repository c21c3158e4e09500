"""Rules about a session and what is in it."""

from collections import defaultdict
from collections.abc import Iterator

from talks.solver.kinds import holds
from talks.solver.problem import (
    MINUTE,
    Clash,
    Named,
    Part,
    PlacedSession,
    Problem,
    Session,
    Timetable,
    in_utc,
)

from .about import rule
from .reading import Taken, overlaps, session_part, spoken, taken, talk_part

PAUSES = frozenset({"break", "social"})
TO_HEAR = frozenset({"talks", "panel", "opening"})  # kinds that nobody should miss for a pause


@rule(must=True)
def placed_once(problem: Problem, timetable: Timetable) -> Iterator[Clash]:
    """Every session has a time and a room, and every talk stands in one session that has.

    A poster may be shown several times. What is for all, like a break, needs no room.
    """
    placed = timetable.by_code()
    for code, session in problem.sessions.items():
        of = Named(code, session.title)
        if code not in placed:
            yield Clash("placed_once", of, fault="no_time")
        elif problem.rooms and not placed[code].room and not session.is_for_all:
            yield Clash("placed_once", of, (session_part(problem, placed[code]),), "no_room")
    shown: dict[str, list[Part]] = defaultdict(list)
    for each in timetable.sessions:
        for one in each.talks:
            shown[one.talk].append(talk_part(problem, each, one))
    for code, talk in problem.talks.items():
        of = Named(code, talk.title)
        if code not in shown:
            yield Clash("placed_once", of, fault="unplaced")
        elif len(shown[code]) > 1 and not talk.is_poster:
            yield Clash("placed_once", of, tuple(shown[code]), "twice")


@rule(must=True)
def talk_fits_session(problem: Problem, timetable: Timetable) -> Iterator[Clash]:
    """The talks of a session take no longer than the session, and one follows the other.

    Posters stand side by side: a poster must only end with its session.
    """
    for placed in timetable.sessions:
        session = Named(placed.session, problem.sessions[placed.session].title)
        yield from _outside(problem, session, placed)
        yield from _into_the_next(problem, session, placed)
        yield from _too_long(problem, session, placed)


def _outside(problem: Problem, session: Named, placed: PlacedSession) -> Iterator[Clash]:
    """The talks with a start of their own that begin before the session or end after it."""
    start, end = in_utc(placed.start), in_utc(placed.end)
    for one in placed.talks:
        part = talk_part(problem, placed, one)
        if in_utc(part.start) < start or in_utc(part.end) > end:
            both = (part, session_part(problem, placed))
            yield Clash("talk_fits_session", session, both, "outside")


def _into_the_next(problem: Problem, session: Named, placed: PlacedSession) -> Iterator[Clash]:
    """The talks that are not over when another starts: those with starts of their own."""
    timed = [
        Taken(one.talk, part.start, part.end, part)
        for one in spoken(problem, placed)
        if one.start and (part := talk_part(problem, placed, one))
    ]
    for first, second in overlaps(timed):
        yield Clash("talk_fits_session", session, (first.part, second.part), "overlap")


def _too_long(problem: Problem, session: Named, placed: PlacedSession) -> Iterator[Clash]:
    """More minutes than the session has, where a talk without a start must find room in it."""
    held = spoken(problem, placed)
    if all(one.start for one in held):
        return
    needed = sum(problem.talks[one.talk].minutes for one in held)
    over = needed - _minutes(placed)
    if over > 0:
        parts = (talk_part(problem, placed, one) for one in held)
        yield Clash("talk_fits_session", session, tuple(parts), "too_long", over)


def _minutes(placed: PlacedSession) -> int:
    return (in_utc(placed.end) - in_utc(placed.start)) // MINUTE


@rule(must=True)
def session_length(problem: Problem, timetable: Timetable) -> Iterator[Clash]:
    """A session takes the minutes that it is meant to take, where that is said."""
    for placed in timetable.sessions:
        session = problem.sessions[placed.session]
        over = _minutes(placed) - session.minutes if session.minutes else 0
        if over:
            of, parts = Named(session.code, session.title), (session_part(problem, placed),)
            fault = "short" if over < 0 else "long"
            yield Clash("session_length", of, parts, fault, abs(over))


@rule(must=True)
def talk_kind_fits(problem: Problem, timetable: Timetable) -> Iterator[Clash]:
    """A talk stands in a session of a kind that takes it: posters among posters."""
    for placed in timetable.sessions:
        session = problem.sessions[placed.session]
        for one in placed.talks:
            if not holds(session.kind, problem.talks[one.talk]):
                of = Named(session.code, session.title)
                yield Clash("talk_kind_fits", of, (talk_part(problem, placed, one),))


@rule(must=True, options={"first": "", "last": "", "step": 5})
def in_hours(problem: Problem, timetable: Timetable) -> Iterator[Clash]:
    """A session lies within the hours of one day, where hours are known.

    `first` and `last` are the wall clock's, as "09:00", for every day of the event; empty: as
    the timetable uses its days. `step`: minutes from one possible start to the next.
    """
    for placed in timetable.sessions:
        within = any(
            in_utc(span.start) <= in_utc(placed.start) and in_utc(placed.end) <= in_utc(span.end)
            for span in problem.hours
        )
        if problem.hours and not within:
            part = session_part(problem, placed)
            yield Clash("in_hours", Named(part.code, part.name), (part,))


@rule(must=True)
def plenary_alone(problem: Problem, timetable: Timetable) -> Iterator[Clash]:
    """Beside what is for all runs nothing, and beside a break or a social nothing to hear.

    Posters, other breaks and socials may run beside a break.
    """
    held = [taken(placed, session_part(problem, placed)) for placed in timetable.sessions]
    for one, other in overlaps(held):
        for alone, beside in ((one, other), (other, one)):
            session = problem.sessions[alone.code]
            if excludes(session, problem.sessions[beside.code]):
                of = Named(session.code, session.title)
                yield Clash("plenary_alone", of, (alone.part, beside.part))
                break


def excludes(session: Session, other: Session) -> bool:
    """Whether the other must not run beside a session, because of that session."""
    if session.is_plenary or session.kind == "opening":
        return True
    return session.kind in PAUSES and other.kind in TO_HEAR
