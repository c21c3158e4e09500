"""What no search could mend, told before any search begins."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from .clock import Clock, clock_for
from .kinds import takes
from .problem import Kind, Named, Problem, Session, Talk, Timetable
from .scope import Scope, is_past
from .starts import length, starts

NOTHING = Named("", "")


@dataclass(frozen=True, slots=True)
class Fault:
    """Why no timetable can be made; `amount` and `most` are minutes: what is needed and had."""

    kind: str
    of: Named = NOTHING
    others: tuple[Named, ...] = ()
    amount: int = 0
    most: int = 0


class Faulty(Exception):
    """Raised instead of searching; nothing has changed."""

    def __init__(self, faults: list[Fault]):
        super().__init__(", ".join(fault.kind for fault in faults))
        self.faults = faults


def faults(problem: Problem, present: Timetable, scope: Scope) -> list[Fault]:
    """Return what makes a search pointless, in the order of its urgency."""
    if not problem.sessions:
        return [Fault("no_sessions" if problem.talks else "empty")]
    if not scope.sessions and not scope.talks:
        return [Fault("all_past" if _all_past(problem, present) else "nothing_to_move")]
    clock = clock_for(problem, present)
    found = [
        *_circles(problem),
        *_sessions(problem, present, scope, clock),
        *_talks(problem, present, scope),
        *_people(problem, present, scope, clock),
    ]
    return found or list(_minutes(problem, present, scope))


def _all_past(problem: Problem, present: Timetable) -> bool:
    placed = present.by_code()
    return all(code in placed and is_past(problem, placed[code]) for code in problem.sessions)


def _circles(problem: Problem) -> Iterator[Fault]:
    """Talks that would each have to be before themselves."""
    before: dict[str, set[str]] = defaultdict(set)
    for relation in problem.relations:
        known = relation.first in problem.talks and relation.second in problem.talks
        if known and relation.kind in {Kind.BEFORE, Kind.PART}:
            before[relation.second].add(relation.first)
    try:
        TopologicalSorter(before).prepare()
    except CycleError as circle:
        codes = list(circle.args[1])
        yield Fault("circle", others=tuple(_talk(problem.talks[code]) for code in codes))


def _sessions(problem: Problem, present: Timetable, scope: Scope, clock: Clock) -> Iterator[Fault]:
    """Sessions that are longer than every day."""
    placed = present.by_code()
    longest = max((end - start for start, end in map(clock.span, problem.hours)), default=0)
    for code in sorted(scope.sessions - set(placed)):
        pin = problem.pins.get(code)
        minutes = length(problem, code, present)
        if not (pin and pin.start) and not starts(problem, clock, minutes):
            yield Fault("session_too_long", _session(problem, code), (), minutes, longest)
        own = [problem.talks[one.talk] for one in present.waiting.get(code, ())]
        spoken = [talk for talk in own if not talk.is_poster and talk.code not in scope.talks]
        needed = sum(talk.minutes for talk in spoken)
        if needed > minutes:
            named = tuple(map(_talk, spoken))
            yield Fault("talks_too_long", _session(problem, code), named, needed, minutes)


def _talks(problem: Problem, present: Timetable, scope: Scope) -> Iterator[Fault]:
    """Talks that fit no session, and talks that no room suits."""
    lengths = {code: length(problem, code, present) for code in problem.sessions}
    for code in sorted(scope.talks):
        talk = problem.talks[code]
        fitting = [lengths[s.code] for s in problem.sessions.values() if takes(s.kind, talk)]
        if not fitting:
            yield Fault("no_session_for_kind", _talk(talk))
        elif not talk.is_poster and talk.minutes > max(fitting):
            yield Fault("talk_too_long", _talk(talk), (), talk.minutes, max(fitting))
    for talk in problem.talks.values():
        if problem.rooms and not _rooms(problem, talk):
            yield Fault("no_room", _talk(talk), tuple(Named("", f) for f in sorted(talk.features)))


def _people(problem: Problem, present: Timetable, scope: Scope, clock: Clock) -> Iterator[Fault]:
    """People who are never there while a session could be."""
    needed = {person for code in scope.talks for person in problem.talks[code].people}
    needed |= {person for code in scope.sessions for person in problem.sessions[code].people}
    for talks in present.waiting.values():
        needed |= {person for one in talks for person in problem.talks[one.talk].people}
    for code in sorted(needed):
        person = problem.people[code]
        away = [clock.span(span) for span in person.away]
        if away and problem.hours and all(_covers(away, *clock.span(h)) for h in problem.hours):
            given = tuple(_talk(t) for t in problem.talks.values() if code in t.people)
            chaired = [s.code for s in problem.sessions.values() if code in s.people]
            given += tuple(_session(problem, each) for each in chaired)
            yield Fault("person_never", Named(code, person.name), given)


def _covers(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    for first, last in sorted(spans):
        if first > start:
            break
        start = max(start, last)
    return start >= end


def _minutes(problem: Problem, present: Timetable, scope: Scope) -> Iterator[Fault]:
    """More minutes of talks than sessions that take them, kind by kind."""
    free = [problem.talks[code] for code in scope.talks if not problem.talks[code].is_poster]
    held = {one.talk for placed in present.sessions for one in placed.talks}
    held |= {one.talk for talks in present.waiting.values() for one in talks}
    standing = [t for t in problem.talks.values() if t.code in held and not t.is_poster]
    by_kind: dict[str, list[Talk]] = defaultdict(list)
    for talk in {t.code: t for t in [*free, *standing]}.values():
        by_kind[talk.kind].append(talk)
    for kind in sorted(by_kind):
        talks = by_kind[kind]
        takers = [s for s in problem.sessions.values() if takes(s.kind, talks[0])]
        needed = sum(talk.minutes for talk in talks)
        had = sum(length(problem, session.code, present) for session in takers)
        if any(talk in free for talk in talks) and needed > had > 0:
            yield Fault("too_little_time", Named("", kind), (), needed, had)


def _rooms(problem: Problem, talk: Talk) -> list[str]:
    return [
        room.code
        for room in problem.rooms.values()
        if talk.features <= room.features and (not talk.rooms or room.code in talk.rooms)
    ]


def _talk(talk: Talk) -> Named:
    return Named(talk.code, talk.title)


def _session(problem: Problem, code: str) -> Named:
    session: Session = problem.sessions[code]
    return Named(code, session.title)
