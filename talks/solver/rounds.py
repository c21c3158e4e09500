"""Makes a timetable better round by round: frees a part of it, and solves that exactly.

Large neighbourhood search (Shaw, 1998) in which the parts are what organizers would take in hand
together: what a clash is about, sessions of one time or of one track, and talks alone.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from random import Random
from typing import TypeAlias

from . import exact
from .filling_model import minutes_left
from .limits import Limits
from .problem import Clash, PlacedSession, Problem, Timetable, in_utc
from .rules import clashes, must_hold, setting
from .scope import Scope, is_past

ROUND = 0.25  # effort of one round at most
LEAST = 0.05  # that a round counts for, as to build the model takes time too
FEW, MANY = 2, 12  # sessions freed at once beside a first: more while that is easily solved

Nearness: TypeAlias = Callable[[PlacedSession, PlacedSession], bool]


def improved(
    problem: Problem, timetable: Timetable, scope: Scope, limits: Limits, effort: float
) -> Timetable:
    """Return the best timetable found for so much effort; what the scope does not name stays.

    No rule that must hold is broken more than it was.
    """
    search = _Rounds(problem, timetable, scope, limits)
    while effort > 0 and search.cost > 0 and not limits.is_over:
        effort -= max(LEAST, search.step(min(ROUND, effort)))
    return search.timetable


class _Rounds:
    """Where a search stands."""

    def __init__(self, problem: Problem, timetable: Timetable, scope: Scope, limits: Limits):
        self.problem, self.scope, self.limits = problem, scope, limits
        self.dice = Random(limits.seed)
        self.size = FEW
        self.timetable, self.clashes = timetable, list(clashes(problem, timetable))
        self.broken, self.cost = worth(problem, self.clashes)
        limits.tell(self.cost, None)

    def step(self, effort: float) -> float:
        """Free a part and take what is better; return the effort it took."""
        part = self.part()
        if not part.sessions and not part.talks:
            return 0.0
        limits = replace(self.limits, seed=self.dice.randrange(1 << 20))
        found = exact.search.better(self.problem, self.timetable, part, limits, effort)
        if found.timetable is not None and found.timetable != self.timetable:
            self.take_better(found.timetable)
        self.size = min(MANY, self.size + 1) if found.is_proven else max(FEW, self.size - 1)
        return found.spent

    def take_better(self, timetable: Timetable) -> None:
        found = list(clashes(self.problem, timetable))
        after = worth(self.problem, found)
        if after < (self.broken, self.cost):
            self.timetable, self.clashes, (self.broken, self.cost) = timetable, found, after
            self.limits.tell(self.cost, None)

    def part(self) -> Scope:
        """Choose some sessions that belong together; free them, their talks, or both."""
        some = self.sessions()
        held = {one.talk for placed in some for one in placed.talks} & self.scope.talks
        free = {placed.session for placed in some} & self.scope.sessions
        if held and free and self.dice.random() < 0.6:
            if self.dice.random() < 0.5:
                free = set()
            else:
                held = set()
        return Scope(frozenset(free), frozenset(held), into=frozenset(self.room_for(some)))

    def room_for(self, some: Sequence[PlacedSession]) -> set[str]:
        """Return the codes of sessions, and of some others that have minutes left."""
        with_gaps = [
            one.session
            for one in self.timetable.sessions
            if minutes_left(self.problem, one) > 0 and not is_past(self.problem, one)
        ]
        others = self.dice.sample(with_gaps, min(self.size, len(with_gaps)))
        return {placed.session for placed in some} | set(others)

    def sessions(self) -> list[PlacedSession]:
        """Return the sessions of a clash, or of any other, and others near them."""
        able = [placed for placed in self.timetable.sessions if self.moves(placed)]
        if not able:
            return []
        found = self.of_clash(able) if self.dice.random() < 0.7 else []
        found = found[: self.size] or [self.dice.choice(able)]
        near = self.dice.choice(self.nearness())
        closest = [
            one for one in able if one not in found and any(near(each, one) for each in found)
        ]
        self.dice.shuffle(closest)
        others = [one for one in able if one not in found and one not in closest]
        self.dice.shuffle(others)
        return found + [*closest, *others][: max(0, self.size + 1 - len(found))]

    def moves(self, placed: PlacedSession) -> bool:
        """Whether anything of a session may move."""
        here = placed.session in self.scope.sessions
        return here or any(one.talk in self.scope.talks for one in placed.talks)

    def of_clash(self, able: Sequence[PlacedSession]) -> list[PlacedSession]:
        if not self.clashes:
            return []
        weights = [c.amount * setting(self.problem, c.rule).weight for c in self.clashes]
        if not sum(weights):
            return []
        [clash] = self.dice.choices(self.clashes, weights)
        codes = set(clash.codes)
        found = [
            placed
            for placed in able
            if placed.session in codes or any(one.talk in codes for one in placed.talks)
        ]
        self.dice.shuffle(found)
        return found

    def nearness(self) -> list[Nearness]:
        def at_one_time(one: PlacedSession, other: PlacedSession) -> bool:
            return in_utc(one.start) < in_utc(other.end) and in_utc(other.start) < in_utc(one.end)

        def alike(one: PlacedSession, other: PlacedSession) -> bool:
            return bool(self.tracks(one) & self.tracks(other))

        return [at_one_time, alike, lambda one, other: False]

    def tracks(self, placed: PlacedSession) -> set[str]:
        found = {self.problem.talks[one.talk].track for one in placed.talks}
        return (found | {self.problem.sessions[placed.session].track}) - {""}


def worth(problem: Problem, found: Iterable[Clash]) -> tuple[int, int]:
    """Return by how much rules are broken that must hold, and what all rules cost."""
    broken = cost = 0
    for clash in found:
        cost += clash.amount * setting(problem, clash.rule).weight
        broken += clash.amount * must_hold(problem, clash.rule)
    return broken, cost
