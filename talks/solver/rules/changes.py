"""The rule about what is public already: as little as possible is moved."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from talks.solver.problem import (
    MINUTE,
    Clash,
    Named,
    PlacedSession,
    PlacedTalk,
    Problem,
    Span,
    Timetable,
    in_utc,
)

from .about import rule, setting
from .reading import session_part, talk_part

Standing: TypeAlias = tuple[PlacedSession, PlacedTalk]

TOO_FAR = 100  # what it costs to move a session by more than the organizer allows


@rule(must=False, weight=10, options={"time": 3, "room": 1, "talk": 2, "order": 1, "at_most": 0})
def changed(problem: Problem, timetable: Timetable) -> Iterator[Clash]:
    """What was released stays at its time, in its room, in its session and at its place there.

    The options say what each change costs; when `at_most` is not 0, moving a session by more
    than so many minutes costs more than all of them. What is new, or stands nowhere now, costs
    nothing. `away` is when something was; `others` begin with the room that was
    announced, or are the session in which a talk is now.
    """
    released = problem.released or Timetable()
    before = released.by_code()
    for placed in timetable.sessions:
        if placed.session in before:
            yield from _counted(_moved(problem, before[placed.session], placed))
    places = released_places(released)
    for placed in timetable.sessions:
        for one in placed.talks:
            if one.talk in places:
                yield from _counted(_moved_talk(problem, places[one.talk], placed, one))


def released_places(released: Timetable) -> dict[str, dict[str, Standing]]:
    """Return where each talk stands that is public: by talk, then by session."""
    found: dict[str, dict[str, Standing]] = defaultdict(dict)
    for placed in released.sessions:
        for one in placed.talks:
            found[one.talk][placed.session] = placed, one
    return dict(found)


def costs_of(problem: Problem) -> dict[str, int]:
    """Return what each change costs, by fault, and `at_most` in minutes."""
    return {name: int(cost) for name, cost in setting(problem, "changed").options.items()}


def offset(place: Standing) -> int | None:
    """Return the minutes from the start of a session to that of a talk, if it has its own."""
    session, one = place
    return (in_utc(one.start) - in_utc(session.start)) // MINUTE if one.start else None


def _moved(problem: Problem, before: PlacedSession, placed: PlacedSession) -> Iterator[Clash]:
    costs, part = costs_of(problem), session_part(problem, placed)
    of, away = Named(part.code, part.name), Span(part.code, before.start, before.end)
    minutes = abs(in_utc(placed.start) - in_utc(before.start)) // MINUTE
    if minutes:
        yield Clash("changed", of, (part,), "time", costs["time"], away)
    if 0 < costs["at_most"] < minutes:
        yield Clash("changed", of, (part,), "too_far", TOO_FAR, away)
    if before.room and before.room != placed.room:
        fault = "room" if placed.room else "no_room"
        rooms = tuple(_room(problem, code) for code in (before.room, placed.room) if code)
        yield Clash("changed", of, (part,), fault, costs["room"], others=rooms)


def _moved_talk(
    problem: Problem, before: Mapping[str, Standing], placed: PlacedSession, one: PlacedTalk
) -> Iterator[Clash]:
    costs, part = costs_of(problem), talk_part(problem, placed, one)
    of = Named(part.code, part.name)
    if placed.session not in before:
        was = talk_part(problem, *next(iter(before.values())))
        away = Span(part.code, was.start, was.end)
        here = Named(placed.session, problem.sessions[placed.session].title)
        yield Clash("changed", of, (part,), "talk", costs["talk"], away, (here,))
        return
    was = talk_part(problem, *before[placed.session])
    offsets = offset(before[placed.session]), offset((placed, one))
    if None not in offsets and offsets[0] != offsets[1]:
        away = Span(part.code, was.start, was.end)
        yield Clash("changed", of, (part,), "order", costs["order"], away)


def _room(problem: Problem, code: str) -> Named:
    """Return a room by name; one that is gone from the event by its code."""
    known = problem.rooms.get(code)
    return Named(code, known.name if known else code)


def _counted(clashes: Iterable[Clash]) -> Iterator[Clash]:
    """Leave out the changes that cost nothing."""
    return (clash for clash in clashes if clash.amount)
