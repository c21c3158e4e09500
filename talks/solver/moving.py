"""Why a session or talk is where it is, and what it would cost elsewhere: by the rules alone.

Pages ask this too, so nothing here loads the library that searches.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import islice

from . import rules
from .clock import clock_for
from .kinds import takes
from .nearby import Nearby
from .problem import (
    MINUTE,
    Clash,
    PlacedSession,
    PlacedTalk,
    Problem,
    Timetable,
    in_utc,
)
from .starts import length, starts

LOOKS = 200  # places that are looked at, at most
BEST = 10  # places that are told
ROOMS = frozenset({"room_twice", "room_closed", "room_suits", "room_holds"})


@dataclass(frozen=True, slots=True)
class Target:
    """A place: start and room of a session, or the session of a talk; None: as it is."""

    start: datetime | None = None
    room: str | None = None
    session: str | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """What a move changes: costs by rule before and after, and the clashes that come and go."""

    before: Mapping[str, int]
    after: Mapping[str, int]
    new: tuple[Clash, ...] = ()
    gone: tuple[Clash, ...] = ()

    @property
    def costs(self) -> dict[str, int]:
        """What each rule would cost more, or less; those that change nothing left out."""
        found = {rule: self.after[rule] - self.before[rule] for rule in self.after}
        return {rule: cost for rule, cost in found.items() if cost}


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another place: what each rule would cost more there, and the rules that forbid it."""

    target: Target
    costs: Mapping[str, int]
    forbidden: tuple[str, ...] = ()

    @property
    def cost(self) -> int:
        return sum(self.costs.values())


@dataclass(frozen=True, slots=True)
class Held:
    """What holds something where it is: other places in order of cost, and what forbids the rest.

    `free` of `looked_at` places are not forbidden; `forbidden` counts those a rule forbids.
    """

    best: tuple[Alternative, ...]
    looked_at: int
    free: int
    forbidden: Mapping[str, int] = field(default_factory=dict)


def near_there(near: Nearby, target: Target) -> Alternative:
    """Return what it costs to be there, by what is near here and there."""
    after = moved(near.problem, near.timetable, near.code, target)
    part, here, there = near.part(after)
    difference = _difference(part, here, there)
    forbidden = {c.rule for c in difference.new if rules.must_hold(part, c.rule)}
    return Alternative(target, difference.costs, tuple(sorted(forbidden)))


def cost_there(problem: Problem, timetable: Timetable, code: str, target: Target) -> Difference:
    """Return what it changes to put a session or talk there and leave all else where it is.

    Raises KeyError for what is not in the problem, or for a session that has no time.
    """
    return _difference(problem, timetable, moved(problem, timetable, code, target))


def why_here(problem: Problem, timetable: Timetable, code: str) -> Held:
    """Return what holds a session or talk where it is; at most `LOOKS` other places are tried.

    Only what it could meet there is looked at, so that costs which depend on all of the
    programme may differ from those of `cost_there`.
    """
    near = Nearby(problem, timetable, code)
    targets = islice(_targets(problem, timetable, code), LOOKS)
    found = [near_there(near, target) for target in targets]
    for one in sorted(found, key=lambda one: one.cost):
        if one.target.start and ROOMS.issuperset(one.forbidden):
            others = _in_other_rooms(problem, timetable, code, one.target)
            left = max(0, LOOKS - len(found))
            found += [near_there(near, each) for each in islice(others, left)]
    free = sorted((one for one in found if not one.forbidden), key=lambda one: one.cost)
    forbidden_by = Counter(rule for one in found for rule in one.forbidden)
    return Held(tuple(free[:BEST]), len(found), len(free), dict(forbidden_by.most_common()))


def moved(problem: Problem, timetable: Timetable, code: str, target: Target) -> Timetable:
    """Return the timetable with a session or talk there and all else where it is."""
    if code in problem.sessions:
        return _with(timetable, session_there(problem, timetable, code, target))
    talk = problem.talks[code]
    by_code = timetable.by_code()
    home = next((one for one in timetable.sessions if code in {t.talk for t in one.talks}), None)
    aim = by_code[target.session] if target.session else home_of(timetable, code)
    kept = [one for one in aim.talks if one.talk != code]
    was = next((one for one in (home.talks if home else ()) if one.talk == code), None)
    start = target.start or _gap(problem, aim, kept, talk.minutes, talk.is_poster)
    board = was.board if was and home and home.session == aim.session else ""
    if home and home.session != aim.session:
        left = tuple(one for one in home.talks if one.talk != code)
        timetable = _with(timetable, replace(home, talks=left))
    talks = [*kept, PlacedTalk(code, start, board)]
    talks.sort(key=lambda one: in_utc(one.start or aim.end))
    return _with(timetable, replace(aim, talks=tuple(talks)))


def home_of(timetable: Timetable, code: str) -> PlacedSession:
    """Return the first session that a talk is in. Raises KeyError when it is in none."""
    for placed in timetable.sessions:
        if any(one.talk == code for one in placed.talks):
            return placed
    raise KeyError(code)


def _with(timetable: Timetable, placed: PlacedSession) -> Timetable:
    others = tuple(one for one in timetable.sessions if one.session != placed.session)
    waiting = {code: held for code, held in timetable.waiting.items() if code != placed.session}
    return Timetable((*others, placed), waiting)


def session_there(
    problem: Problem, timetable: Timetable, code: str, target: Target
) -> PlacedSession:
    """Return a session at its target, its talks at their distances from its start."""
    placed = timetable.by_code().get(code)
    if placed is None:
        if target.start is None:
            raise KeyError(code)
        end = in_utc(target.start) + length(problem, code, timetable) * MINUTE
        held = timetable.waiting.get(code, ())
        return PlacedSession(code, target.start, end, target.room or "", held)
    room = placed.room if target.room is None else target.room
    by = in_utc(target.start) - in_utc(placed.start) if target.start else timedelta(0)
    talks = tuple(
        replace(one, start=in_utc(one.start) + by) if one.start else one for one in placed.talks
    )
    start, end = in_utc(placed.start) + by, in_utc(placed.end) + by
    return PlacedSession(code, start, end, room, talks)


def _gap(
    problem: Problem, aim: PlacedSession, kept: list[PlacedTalk], minutes: int, is_poster: bool
) -> datetime | None:
    """Return the first time in a session at which a talk fits; where none has one, None."""
    timed = [(in_utc(one.start), problem.talks[one.talk]) for one in kept if one.start]
    if is_poster or (kept and not timed):
        return None
    free = in_utc(aim.start)
    for start, talk in sorted(timed, key=lambda one: one[0]):
        if start - free >= minutes * MINUTE:
            break
        free = max(free, start + talk.minutes * MINUTE)
    return free


def _targets(problem: Problem, timetable: Timetable, code: str) -> Iterator[Target]:
    """Yield other sessions for a talk; for a session other rooms, then other starts."""
    if code in problem.talks:
        here = {one.session for one in timetable.sessions if code in {t.talk for t in one.talks}}
        for placed in timetable.sessions:
            kind = problem.sessions[placed.session].kind
            if placed.session not in here and takes(kind, problem.talks[code]):
                yield Target(session=placed.session)
        return
    placed = timetable.by_code()[code]
    clock = clock_for(problem, timetable)
    now = clock.minute(problem.now) if problem.now else -1
    minutes = starts(problem, clock, length(problem, code, timetable))
    moments = [clock.moment(m) for m in minutes if m > now and m != clock.minute(placed.start)]
    rooms = [room for room in problem.rooms if room != placed.room]
    yield from (Target(room=room) for room in rooms)
    yield from (Target(start=moment) for moment in moments)


def _in_other_rooms(
    problem: Problem, timetable: Timetable, code: str, target: Target
) -> Iterator[Target]:
    here = timetable.by_code()[code].room
    yield from (replace(target, room=room) for room in problem.rooms if room != here)


def _difference(problem: Problem, before: Timetable, after: Timetable) -> Difference:
    old, new = list(rules.clashes(problem, before)), list(rules.clashes(problem, after))
    left, right = Counter(map(_known_by, old)), Counter(map(_known_by, new))
    return Difference(
        _costs(problem, old),
        _costs(problem, new),
        tuple(clash for clash in new if right[_known_by(clash)] > left[_known_by(clash)]),
        tuple(clash for clash in old if left[_known_by(clash)] > right[_known_by(clash)]),
    )


def _known_by(clash: Clash) -> tuple[str, ...]:
    return (clash.fault, *clash.key)


def _costs(problem: Problem, clashes: list[Clash]) -> dict[str, int]:
    found = dict.fromkeys(rules.ABOUT, 0)
    for clash in clashes:
        found[clash.rule] += clash.amount * rules.setting(problem, clash.rule).weight
    return found
