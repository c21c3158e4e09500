"""What a timetable takes of rooms and people, as the rules read it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from talks.solver.problem import (
    MINUTE,
    Named,
    Part,
    PlacedSession,
    PlacedTalk,
    Problem,
    Span,
    Timetable,
    in_utc,
)

S = TypeVar("S", bound=Span)


@dataclass(frozen=True, slots=True)
class Taken(Span):
    """The time that a talk or session takes of a room or a person."""

    part: Part


def overlaps(spans: Iterable[S]) -> Iterator[tuple[S, S]]:
    """Yield the pairs of spans that share some time, in order of start; the earlier comes first.

    Spans of the same code never pair. The spans of an attendee's agenda are the sessions and
    talks that are starred: what pairs is what they cannot both see.
    """
    running: list[S] = []
    lasting = (span for span in spans if in_utc(span.start) < in_utc(span.end))
    for span in sorted(lasting, key=lambda s: (in_utc(s.start), in_utc(s.end), s.code)):
        running = [other for other in running if in_utc(other.end) > in_utc(span.start)]
        yield from ((other, span) for other in running if other.code != span.code)
        running.append(span)


def share_time(one: Span | Part, other: Span | Part) -> bool:
    """Whether there is a moment in both; what ends when the other begins shares none."""
    first, last = (
        max(in_utc(one.start), in_utc(other.start)),
        min(in_utc(one.end), in_utc(other.end)),
    )
    return first < last


def spoken(problem: Problem, placed: PlacedSession) -> list[PlacedTalk]:
    return [one for one in placed.talks if not problem.talks[one.talk].is_poster]


def on_stage(problem: Problem, timetable: Timetable) -> Iterator[tuple[Named, list[Taken]]]:
    """Yield who is on stage, by code, and when: for a talk without a start all of its session."""
    found: dict[str, list[Taken]] = defaultdict(list)
    for placed in timetable.sessions:
        for person in problem.sessions[placed.session].people:
            found[person].append(taken(placed, session_part(problem, placed)))
        for one in placed.talks:
            for person in problem.talks[one.talk].people:
                found[person].append(taken(placed, talk_part(problem, placed, one)))
    for code in sorted(found):
        yield Named(code, problem.people[code].name), found[code]


def taken(placed: PlacedSession, part: Part) -> Taken:
    """The part's time, under the session's code: within one session nothing clashes."""
    return Taken(placed.session, part.start, part.end, part)


def session_part(problem: Problem, placed: PlacedSession) -> Part:
    return Part(placed.session, problem.sessions[placed.session].title, placed.start, placed.end)


def talk_part(problem: Problem, placed: PlacedSession, one: PlacedTalk) -> Part:
    talk = problem.talks[one.talk]
    if one.start is None:
        return Part(talk.code, talk.title, placed.start, placed.end)
    end = in_utc(one.start) + talk.minutes * MINUTE
    return Part(talk.code, talk.title, one.start, end)
