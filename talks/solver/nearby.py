"""The part of a timetable that something meets: what the rules can say about moving it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from . import rules
from .problem import MINUTE, PlacedSession, Problem, Span, Timetable, in_utc
from .rules.reading import share_time


class Nearby:
    """What a session or talk meets in a timetable; what depends on it alone is found once."""

    def __init__(self, problem: Problem, timetable: Timetable, code: str):
        self.problem, self.timetable, self.code = problem, timetable, code
        self.placed = timetable.by_code()
        self.own = {one.talk for one in self.placed[code].talks} if code in self.placed else {code}
        gaps = rules.setting(problem, "buffer").options
        longest = max(problem.walks.values(), default=0)
        self.gap = max(int(gaps["person_minutes"]), int(gaps["room_minutes"]), longest) * MINUTE
        self.together = {two: n for two, n in problem.together.items() if self.own & set(two)}
        self.alike = {two: n for two, n in problem.alike.items() if self.own & set(two)}
        related = [{r.first, r.second} for r in problem.relations]
        self.related = set().union(*(two for two in related if two & self.own))

    def part(self, after: Timetable) -> tuple[Problem, Timetable, Timetable]:
        """Return the part of the problem that matters when it moves, and both timetables."""
        there = after.by_code()
        changed = [code for code, placed in self.placed.items() if placed is not there[code]]
        both = [each[code] for code in changed for each in (self.placed, there)]
        kept = set(changed) | self._met(changed, both)
        held = {one.talk for each in both for one in each.talks}
        held |= {one.talk for code in kept for one in self.placed[code].talks}
        return self._only(kept, held), _only(self.timetable, kept), _only(after, kept)

    def _met(self, changed: Iterable[str], both: Iterable[PlacedSession]) -> set[str]:
        problem, times = self.problem, [_span(placed, self.gap) for placed in both]
        talks = [problem.talks[one.talk] for placed in both for one in placed.talks]
        sessions = [problem.sessions[code] for code in changed]
        people = {person for talk in talks for person in talk.people}
        people |= {person for session in sessions for person in session.people}
        tracks = {problem.talks[code].track for code in self.own}
        tracks = (tracks | {session.track for session in sessions}) - {""}
        return {
            one.session
            for one in self.timetable.sessions
            if any(share_time(_span(one), time) for time in times)
            or _concerns(problem, one, people, tracks, self.related)
        }

    def _only(self, sessions: set[str], talks: set[str]) -> Problem:
        problem = self.problem
        return replace(
            problem,
            sessions={code: problem.sessions[code] for code in sorted(sessions)},
            talks={code: problem.talks[code] for code in sorted(talks)},
            relations=tuple(r for r in problem.relations if {r.first, r.second} <= talks),
            together={two: n for two, n in self.together.items() if talks >= set(two)},
            alike={two: n for two, n in self.alike.items() if talks >= set(two)},
            pins={code: pin for code, pin in problem.pins.items() if code in sessions},
            talk_pins={code: pin for code, pin in problem.talk_pins.items() if code in talks},
        )


def _concerns(
    problem: Problem, placed: PlacedSession, people: set[str], tracks: set[str], related: set[str]
) -> bool:
    session = problem.sessions[placed.session]
    if session.track in tracks or not people.isdisjoint(session.people):
        return True
    return any(
        one.talk in related
        or problem.talks[one.talk].track in tracks
        or not people.isdisjoint(problem.talks[one.talk].people)
        for one in placed.talks
    )


def _only(timetable: Timetable, kept: set[str]) -> Timetable:
    return Timetable(tuple(one for one in timetable.sessions if one.session in kept))


def _span(placed: PlacedSession, gap: timedelta = timedelta(0)) -> Span:
    return Span("", in_utc(placed.start) - gap, in_utc(placed.end) + gap)
