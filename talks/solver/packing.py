"""Talks follow each other from the start of their session, without holes that nobody wanted."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta

from . import rules
from .problem import MINUTE, PlacedSession, PlacedTalk, Problem, Timetable


def pack(
    problem: Problem, present: Timetable, timetable: Timetable, talks: Collection[str]
) -> Timetable:
    """Return a timetable in which the given talks leave no holes in their sessions.

    A session is left as it is where that would cost anything, as somebody is not there yet,
    where other talks have their times in it, and where its talks stand as they did.
    """
    before = present.by_code()
    packed = {
        placed.session: one
        for placed in timetable.sessions
        if _order(placed) != _order(before.get(placed.session))
        and (one := _packed(problem, placed, talks)) != placed
    }
    cost = _cost(problem, timetable)
    whole = _with(timetable, packed)
    if not packed or _cost(problem, whole) <= cost:
        return whole
    kept = timetable
    for code in sorted(packed):
        tried = _with(kept, {code: packed[code]})
        if (then := _cost(problem, tried)) <= cost:
            kept, cost = tried, then
    return kept


def _order(placed: PlacedSession | None) -> list[tuple[str, timedelta | None]]:
    """What a session holds, and how far into it."""
    talks = placed.talks if placed else ()
    return [(one.talk, one.start - placed.start if one.start and placed else None) for one in talks]


def _packed(problem: Problem, placed: PlacedSession, talks: Collection[str]) -> PlacedSession:
    timed = [one for one in placed.talks if one.start and not problem.talks[one.talk].is_poster]
    if any(one.talk not in talks for one in timed):
        return placed
    starts: dict[str, datetime] = {}
    minute = 0
    for one in timed:
        starts[one.talk] = placed.start + minute * MINUTE
        minute += problem.talks[one.talk].minutes
    return replace(placed, talks=tuple(_at(one, starts) for one in placed.talks))


def _at(one: PlacedTalk, starts: dict[str, datetime]) -> PlacedTalk:
    return replace(one, start=starts[one.talk]) if one.talk in starts else one


def _with(timetable: Timetable, sessions: dict[str, PlacedSession]) -> Timetable:
    return replace(
        timetable, sessions=tuple(sessions.get(one.session, one) for one in timetable.sessions)
    )


def _cost(problem: Problem, timetable: Timetable) -> tuple[int, int]:
    """Return how many clashes there are that must not be, and what all others cost."""
    broken = wished = 0
    for clash in rules.clashes(problem, timetable):
        if rules.must_hold(problem, clash.rule):
            broken += 1
        else:
            wished += clash.amount * rules.setting(problem, clash.rule).weight
    return broken, wished
