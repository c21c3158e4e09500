"""The rules of a timetable, each written once: `(problem, timetable) -> clashes`.

The check before publishing, an attendee's agenda and whoever searches for a timetable read the
same functions. What ends when the next begins is no clash.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeAlias, TypeVar

from .problem import (
    Clash,
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
Rule: TypeAlias = Callable[[Problem, Timetable], Iterator[Clash]]

MINUTE = timedelta(minutes=1)


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


def room_twice(problem: Problem, timetable: Timetable) -> Iterator[Clash]:
    """A room holds one session at a time."""
    held: dict[str, list[Taken]] = defaultdict(list)
    for placed in timetable.sessions:
        if placed.room:
            held[placed.room].append(_taken(placed, _session(problem, placed)))
    for code in sorted(held):
        room = Named(code, problem.rooms[code].name)
        for one, other in overlaps(held[code]):
            yield Clash("room_twice", room, (one.part, other.part))


def person_twice(problem: Problem, timetable: Timetable) -> Iterator[Clash]:
    """Nobody is on stage in two sessions at once: as speaker, moderator, panelist or chair.

    Within one session a person may do several things, so also stand at two of its posters.
    """
    for person, taken in _on_stage(problem, timetable):
        for one, other in overlaps(taken):
            yield Clash("person_twice", person, (one.part, other.part))


def person_away(problem: Problem, timetable: Timetable) -> Iterator[Clash]:
    """Nobody is on stage when they cannot be there; of several such times the first is told."""
    for person, taken in _on_stage(problem, timetable):
        told: set[Part] = set()
        times = [Span("", time.start, time.end) for time in problem.people[person.code].away]
        for pair in overlaps([*times, *taken]) if times else ():
            [part] = [one.part for one in pair if isinstance(one, Taken)][:1]
            away = next((one for one in pair if not isinstance(one, Taken)), None)
            if away and part not in told:
                told.add(part)
                yield Clash("person_away", person, (part,), away=away)


def talk_fits_session(problem: Problem, timetable: Timetable) -> Iterator[Clash]:
    """The talks of a session take no longer than the session, and one follows the other.

    Posters stand side by side: a poster must only end with its session.
    """
    for placed in timetable.sessions:
        session = Named(placed.session, problem.sessions[placed.session].title)
        yield from _outside(problem, session, placed)
        yield from _into_the_next(problem, session, placed)
        yield from _too_long(problem, session, placed)


RULES: tuple[Rule, ...] = (room_twice, person_twice, person_away, talk_fits_session)


def clashes(problem: Problem, timetable: Timetable) -> Iterator[Clash]:
    """Yield what breaks any of the rules, rule by rule."""
    for rule in RULES:
        yield from rule(problem, timetable)


def _outside(problem: Problem, session: Named, placed: PlacedSession) -> Iterator[Clash]:
    """The talks with a start of their own that begin before the session or end after it."""
    start, end = in_utc(placed.start), in_utc(placed.end)
    for one in placed.talks:
        part = _talk(problem, placed, one)
        if in_utc(part.start) < start or in_utc(part.end) > end:
            both = (part, _session(problem, placed))
            yield Clash("talk_fits_session", session, both, "outside")


def _into_the_next(problem: Problem, session: Named, placed: PlacedSession) -> Iterator[Clash]:
    """The talks that are not over when another starts: those with starts of their own."""
    timed = [
        Taken(one.talk, part.start, part.end, part)
        for one in _spoken(problem, placed)
        if one.start and (part := _talk(problem, placed, one))
    ]
    for first, second in overlaps(timed):
        yield Clash("talk_fits_session", session, (first.part, second.part), "overlap")


def _too_long(problem: Problem, session: Named, placed: PlacedSession) -> Iterator[Clash]:
    """More minutes than the session has, where a talk without a start must find room in it."""
    spoken = _spoken(problem, placed)
    if all(one.start for one in spoken):
        return
    needed = sum(problem.talks[one.talk].minutes for one in spoken)
    over = needed - (in_utc(placed.end) - in_utc(placed.start)) // MINUTE
    if over > 0:
        parts = (_talk(problem, placed, one) for one in spoken)
        yield Clash("talk_fits_session", session, tuple(parts), "too_long", over)


def _spoken(problem: Problem, placed: PlacedSession) -> list[PlacedTalk]:
    return [one for one in placed.talks if not problem.talks[one.talk].is_poster]


def _on_stage(problem: Problem, timetable: Timetable) -> Iterator[tuple[Named, list[Taken]]]:
    """Yield who is on stage, by code, and when: for a talk without a start all of its session."""
    found: dict[str, list[Taken]] = defaultdict(list)
    for placed in timetable.sessions:
        for person in problem.sessions[placed.session].people:
            found[person].append(_taken(placed, _session(problem, placed)))
        for one in placed.talks:
            for person in problem.talks[one.talk].people:
                found[person].append(_taken(placed, _talk(problem, placed, one)))
    for code in sorted(found):
        yield Named(code, problem.people[code].name), found[code]


def _taken(placed: PlacedSession, part: Part) -> Taken:
    """The part's time, under the session's code: within one session nothing clashes."""
    return Taken(placed.session, part.start, part.end, part)


def _session(problem: Problem, placed: PlacedSession) -> Part:
    return Part(placed.session, problem.sessions[placed.session].title, placed.start, placed.end)


def _talk(problem: Problem, placed: PlacedSession, one: PlacedTalk) -> Part:
    talk = problem.talks[one.talk]
    if one.start is None:
        return Part(talk.code, talk.title, placed.start, placed.end)
    end = in_utc(one.start) + talk.minutes * MINUTE
    return Part(talk.code, talk.title, one.start, end)
