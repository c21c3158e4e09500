"""Fills sessions that have their times with many talks: first a time for each talk, then a session.

The sessions of one time and kind are a group, and the first model knows only groups, so that it
stays small: a talk, a group, and the minutes that its sessions have left. The same model then
gives each talk of a group a session, and there they come one after the other. Where that does not
do, the exact model fills the group; where that cannot, the first model is told so and tries again.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from graphlib import TopologicalSorter

from .exact.search import solve as solve_exactly
from .filling_model import Group, GroupModel, minutes_left
from .limits import Limits, Solved
from .problem import MINUTE, Kind, PlacedSession, PlacedTalk, Problem, Timetable, in_utc
from .rules import ABOUT, costs, must_hold
from .rules.times import merged
from .scope import Scope, is_past

TRIES = 5
PARTS = 8  # of the effort: one is for a group
FEW = 1_000  # talks times sessions of a group that the exact model fills


def fill(
    problem: Problem,
    timetable: Timetable,
    free: frozenset[str],
    limits: Limits,
    may_leave: bool = False,
) -> Solved:
    """Place the free talks in sessions, which stay where they are; those they leave are free too.

    Sessions that have no time take no talks. `may_leave`: as many talks as can be placed. That
    no way was found does not prove that there is none.
    """
    cleared = without(timetable, free)
    groups = list(_groups(problem, cleared))
    talks = [problem.talks[code] for code in sorted(free)]
    model = GroupModel(problem, groups, cleared, talks, may_leave)
    for _try in range(TRIES):
        chosen = model.solve(limits)
        if chosen is None:
            break
        filled = cleared
        for number, group in enumerate(groups):
            inside = frozenset(code for code, where in chosen.items() if where == number)
            found = _fill_group(problem, filled, group, inside, limits) if inside else filled
            if found is None:
                model.forbid(number, inside)
                break
            filled = found
        else:
            return Solved(filled, cost=sum(costs(problem, filled).values()))
    return Solved(None, was_stopped=limits.is_over)


def without(timetable: Timetable, talks: frozenset[str]) -> Timetable:
    """Return a timetable without some talks."""
    return Timetable(
        tuple(
            replace(placed, talks=tuple(one for one in placed.talks if one.talk not in talks))
            for placed in timetable.sessions
        ),
        {
            code: kept
            for code, held in timetable.waiting.items()
            if (kept := tuple(one for one in held if one.talk not in talks))
        },
    )


def _groups(problem: Problem, timetable: Timetable) -> Iterator[Group]:
    found: dict[tuple[datetime, datetime, str], list[PlacedSession]] = defaultdict(list)
    for placed in timetable.sessions:
        if not is_past(problem, placed):
            kind = problem.sessions[placed.session].kind
            found[in_utc(placed.start), in_utc(placed.end), kind].append(placed)
    for (start, end, _kind), sessions in sorted(found.items(), key=lambda item: item[0]):
        minutes = sum(minutes_left(problem, placed) for placed in sessions)
        yield Group(start, end, tuple(sessions), minutes)


def _fill_group(
    problem: Problem, timetable: Timetable, group: Group, talks: frozenset[str], limits: Limits
) -> Timetable | None:
    """Place talks in the sessions of one group; None when no way was found."""
    current = timetable.by_code()
    group = replace(group, sessions=tuple(current[one.session] for one in group.sessions))
    before = _broken(problem, timetable)
    filled = _shared_out(problem, timetable, group, talks, limits)
    if filled is not None and _broken(problem, filled) <= before - len(talks):
        return filled
    if len(talks) * len(group.sessions) > FEW:
        return None
    return _filled_exactly(problem, timetable, group, talks, limits)


def _broken(problem: Problem, timetable: Timetable) -> int:
    """Return by how much the rules are broken that must hold; what is not placed counts too."""
    musts = (rule for name, rule in ABOUT.items() if must_hold(problem, name))
    return sum(clash.amount for rule in musts for clash in rule.check(problem, timetable))


def _shared_out(
    problem: Problem, timetable: Timetable, group: Group, talks: frozenset[str], limits: Limits
) -> Timetable | None:
    """Choose a session for each talk, and let them come one after the other."""
    alone = [
        Group(group.start, group.end, (one,), minutes_left(problem, one)) for one in group.sessions
    ]
    free = [problem.talks[code] for code in sorted(talks)]
    quick = replace(limits, effort=limits.effort / PARTS)
    chosen = GroupModel(problem, alone, timetable, free, False).solve(quick)
    if chosen is None:
        return None
    filled = {}
    for number, placed in enumerate(group.sessions):
        inside = [code for code, where in sorted(chosen.items()) if where == number]
        found = _lined_up(problem, placed, inside)
        if found is None:
            return None
        filled[placed.session] = found
    return _with(timetable, filled)


def _with(timetable: Timetable, sessions: Mapping[str, PlacedSession]) -> Timetable:
    changed = (sessions.get(placed.session, placed) for placed in timetable.sessions)
    return replace(timetable, sessions=tuple(changed))


def _lined_up(problem: Problem, placed: PlacedSession, talks: list[str]) -> PlacedSession | None:
    """Return a session with talks in the first gaps that they fit in; None where one has none."""
    stay = [(one, problem.talks[one.talk]) for one in placed.talks]
    taken = [
        (in_utc(one.start), in_utc(one.start) + talk.minutes * MINUTE)
        for one, talk in stay
        if one.start and not talk.is_poster
    ]
    found: list[PlacedTalk] = []
    for code in _in_order(problem, talks):
        talk = problem.talks[code]
        if talk.is_poster:
            found.append(PlacedTalk(code))
            continue
        start = _gap(placed, taken, talk.minutes * MINUTE)
        if start is None:
            return None
        taken.append((start, start + talk.minutes * MINUTE))
        found.append(PlacedTalk(code, start.astimezone(placed.start.tzinfo)))
    held = (*placed.talks, *found)
    return replace(placed, talks=tuple(sorted(held, key=lambda o: in_utc(o.start or placed.end))))


def _gap(
    placed: PlacedSession, taken: list[tuple[datetime, datetime]], length: timedelta
) -> datetime | None:
    start = in_utc(placed.start)
    for first, end in merged(taken):
        if first - start >= length:
            return start
        start = max(start, end)
    return start if in_utc(placed.end) - start >= length else None


def _in_order(problem: Problem, talks: list[str]) -> list[str]:
    """Return talks by code, but none before one that it has to follow."""
    before: dict[str, list[str]] = {code: [] for code in talks}
    for relation in problem.relations:
        both = relation.first in before and relation.second in before
        if both and relation.kind in (Kind.BEFORE, Kind.PART):
            before[relation.second].append(relation.first)
    return list(TopologicalSorter(before).static_order())


def _filled_exactly(
    problem: Problem, timetable: Timetable, group: Group, talks: frozenset[str], limits: Limits
) -> Timetable | None:
    codes = {placed.session for placed in group.sessions}
    part = replace(limits, effort=limits.effort / PARTS)
    inside = {one.talk for placed in group.sessions for one in placed.talks} | talks
    own = replace(
        problem,
        sessions={code: problem.sessions[code] for code in problem.sessions if code in codes},
        talks={code: problem.talks[code] for code in problem.talks if code in inside},
        relations=tuple(r for r in problem.relations if {r.first, r.second} <= inside),
        together={both: n for both, n in problem.together.items() if set(both) <= inside},
        alike={both: n for both, n in problem.alike.items() if set(both) <= inside},
        released=None,
    )
    found = solve_exactly(own, Timetable(group.sessions), Scope(talks=talks), part)
    return found.timetable and _with(timetable, found.timetable.by_code())
