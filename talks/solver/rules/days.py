"""Rules about the shape of a day: how it begins, that it has no holes, that it has breaks."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

from talks.solver.kinds import RESTING
from talks.solver.problem import (
    MINUTE,
    Clash,
    Named,
    PlacedSession,
    Problem,
    Span,
    Timetable,
    in_utc,
)

from .about import rule, setting
from .reading import session_part
from .times import merged

ASIDE = RESTING | {"posters"}  # kinds that need no break after them

Times = list[tuple[datetime, datetime]]


@rule(must=False, weight=50)
def opening_first(problem: Problem, timetable: Timetable) -> Iterator[Clash]:
    """Nothing begins before an opening."""
    ordered = sorted(timetable.sessions, key=lambda one: (in_utc(one.start), one.session))
    for placed in ordered:
        first = ordered[0]
        if problem.sessions[placed.session].kind == "opening" and in_utc(first.start) < in_utc(
            placed.start
        ):
            parts = (session_part(problem, placed), session_part(problem, first))
            yield Clash("opening_first", _named(problem, placed), parts)


@rule(must=False, weight=1)
def no_idle_time(problem: Problem, timetable: Timetable) -> Iterator[Clash]:
    """Between the first start and the last end of a day something runs; counted in minutes."""
    for day, sessions in _days(problem, timetable):
        busy = merged(_times(sessions))
        for (_start, end), (start, _end) in pairwise(busy):
            minutes = (start - end) // MINUTE
            gap = Span("", end, start)
            yield Clash("no_idle_time", day, amount=minutes, away=gap)


@rule(must=False, weight=20)
def breaks_between(problem: Problem, timetable: Timetable) -> Iterator[Clash]:
    """A break has something before it and something behind it on its day, else it is none."""
    for _day, sessions in _days(problem, timetable):
        work = [p for p in sessions if problem.sessions[p.session].kind not in RESTING]
        for placed in sessions:
            if problem.sessions[placed.session].kind != "break":
                continue
            before = any(in_utc(one.start) < in_utc(placed.start) for one in work)
            behind = any(in_utc(one.start) >= in_utc(placed.end) for one in work)
            if not (before and behind):
                parts = (session_part(problem, placed),)
                yield Clash("breaks_between", _named(problem, placed), parts)


@rule(must=False, weight=1, options={"longest": 180})
def breaks_in_time(problem: Problem, timetable: Timetable) -> Iterator[Clash]:
    """Nobody listens for more than so many minutes without a break; minutes beyond are counted.

    What runs beside a break counts as one. Only where the event has breaks at all.
    """
    longest = int(setting(problem, "breaks_in_time").options["longest"])
    if not any(session.kind in RESTING for session in problem.sessions.values()):
        return
    for day, sessions in _days(problem, timetable):
        kinds = {placed.session: problem.sessions[placed.session].kind for placed in sessions}
        work = merged(_times(s for s in sessions if kinds[s.session] not in ASIDE))
        rest = merged(_times(s for s in sessions if kinds[s.session] in RESTING))
        for start, end in without(work, rest):
            over = (end - start) // MINUTE - longest
            if over > 0:
                stretch = Span("", start, end)
                yield Clash("breaks_in_time", day, amount=over, away=stretch)


def without(times: Times, others: Times) -> Times:
    """Return what is left of times, in order, when others are cut out."""
    found = []
    for start, end in times:
        for first, last in others:
            if first < end and start < last:
                if start < first:
                    found.append((start, first))
                start = max(start, last)
        if start < end:
            found.append((start, end))
    return found


def _days(problem: Problem, timetable: Timetable) -> Iterator[tuple[Named, list[PlacedSession]]]:
    """Yield the days by the event's clock, each with the sessions that begin on it."""
    zone = ZoneInfo(problem.zone)
    found: dict[date, list[PlacedSession]] = defaultdict(list)
    for placed in timetable.sessions:
        found[placed.start.astimezone(zone).date()].append(placed)
    for on in sorted(found):
        yield Named("", on.isoformat()), found[on]


def _times(sessions: Iterable[PlacedSession]) -> Times:
    return [(in_utc(one.start), in_utc(one.end)) for one in sessions if one.start < one.end]


def _named(problem: Problem, placed: PlacedSession) -> Named:
    return Named(placed.session, problem.sessions[placed.session].title)
