"""The rule about time between two things: to go from room to room, to set up a stage."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from talks.solver.problem import (
    MINUTE,
    Clash,
    Named,
    Problem,
    Timetable,
    in_utc,
    pair,
)

from .about import rule, setting
from .reading import Taken, on_stage, overlaps, session_part, taken


@rule(must=True, options={"person_minutes": 0, "room_minutes": 0})
def buffer(problem: Problem, timetable: Timetable) -> Iterator[Clash]:
    """Between two sessions people and rooms have the minutes that they need.

    A person needs the walk between the two rooms too, if that takes longer. What overlaps is not
    told here. The amount is the minutes that are missing; `others` are the rooms of a walk.
    """
    yield from _of_people(problem, timetable)
    yield from _of_rooms(problem, timetable)


def _of_people(problem: Problem, timetable: Timetable) -> Iterator[Clash]:
    minutes = person_minutes(problem)
    longest = max([minutes, *problem.walks.values()])
    placed = timetable.by_code()
    for person, times in on_stage(problem, timetable) if longest else ():
        for one, other, gap in _close(times, longest):
            rooms = [placed[each.code].room for each in (one, other)]
            walk = problem.walks.get(pair(*rooms), 0)
            missing = max(minutes, walk) - gap
            if missing > 0:
                named = [Named(code, problem.rooms[code].name) for code in rooms if walk > minutes]
                parts = (one.part, other.part)
                yield Clash("buffer", person, parts, "person", missing, others=tuple(named))


def _of_rooms(problem: Problem, timetable: Timetable) -> Iterator[Clash]:
    minutes = room_minutes(problem)
    held: dict[str, list[Taken]] = defaultdict(list)
    for placed in timetable.sessions if minutes else ():
        if placed.room:
            held[placed.room].append(taken(placed, session_part(problem, placed)))
    for code in sorted(held):
        room = Named(code, problem.rooms[code].name)
        for one, other, gap in _close(held[code], minutes):
            if not are_breaks(problem, one.code, other.code):
                yield Clash("buffer", room, (one.part, other.part), "room", minutes - gap)


def _close(times: Iterable[Taken], minutes: int) -> Iterator[tuple[Taken, Taken, int]]:
    """Yield what is less than so many minutes apart, with these minutes; not what overlaps."""
    lasting = (replace(one, end=in_utc(one.end) + minutes * MINUTE) for one in times)
    for one, other in overlaps(lasting):
        gap = in_utc(other.start) - in_utc(one.part.end)
        if gap >= 0 * MINUTE:
            yield one, other, gap // MINUTE


def are_breaks(problem: Problem, one: str, other: str) -> bool:
    return all(problem.sessions[code].kind == "break" for code in (one, other))


def person_minutes(problem: Problem) -> int:
    """Return the minutes that a person has between two sessions at least."""
    return int(setting(problem, "buffer").options["person_minutes"])


def room_minutes(problem: Problem) -> int:
    """Return the minutes that a room has between two sessions at least."""
    return int(setting(problem, "buffer").options["room_minutes"])
