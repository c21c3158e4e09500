"""Which talk is in which group of sessions, or in which session of one group, as a model.

A group is counted in minutes and people; orders within sessions are not seen here.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from ortools.sat.python import cp_model

from .exact.logic import Expr
from .exact.search import FOUND
from .kinds import takes
from .limits import Limits, solver_for, stopping
from .problem import Kind, PlacedSession, Problem, Span, Talk, Timetable, in_utc
from .rules import overlaps

FIRST = 20.0  # effort for any way at all
LEFT = 10_000  # cost of a talk in no group
TOGETHER = 30  # cost of a group for a track that is in another already, beside persons lost


@dataclass(frozen=True, slots=True)
class Group:
    """Sessions of one time that take the same kinds of talks, and the minutes they have left."""

    start: datetime
    end: datetime
    sessions: tuple[PlacedSession, ...]
    minutes: int


class GroupModel:
    """Which talk is in which group: a literal for each pair that is possible.

    With `may_leave` a talk may be in none, at a cost above all others.
    """

    def __init__(
        self,
        problem: Problem,
        groups: list[Group],
        standing: Timetable,
        talks: list[Talk],
        may_leave: bool,
    ):
        self.problem, self.groups, self.talks = problem, groups, talks
        self.model = cp_model.CpModel()
        self.in_group: dict[str, dict[int, cp_model.IntVar]] = {}
        self.left: list[cp_model.IntVar] = []
        for talk in talks:
            literals = {
                number: self.model.new_bool_var(f"{talk.code} in {number}")
                for number, group in enumerate(groups)
                if self._takes(group, talk)
            }
            left = self.model.new_bool_var(f"{talk.code} left")
            self.model.add_exactly_one([left, *literals.values()])
            if not may_leave:
                self.model.add(left == 0)
            self.left.append(left)
            self.in_group[talk.code] = literals
        self._minutes()
        self._people(standing)
        self._relations()
        self.cost = sum([LEFT * left for left in self.left]) + self._scatter() + self._over()
        if any(len(group.sessions) > 1 for group in groups):
            self.cost += self._parallel()

    def _takes(self, group: Group, talk: Talk) -> bool:
        """Whether a session of the group has the kind, the time and the room for a talk."""
        people = (self.problem.people[code] for code in talk.people)
        if any(_meets(group, person.away) for person in people):
            return False
        return any(self._suits(placed, talk) for placed in group.sessions)

    def _suits(self, placed: PlacedSession, talk: Talk) -> bool:
        room = self.problem.rooms.get(placed.room)
        if not takes(self.problem.sessions[placed.session].kind, talk):
            return False
        if not talk.is_poster and talk.minutes > minutes_left(self.problem, placed):
            return False
        if talk.rooms and placed.room not in talk.rooms:
            return False
        return not talk.features or (room is not None and talk.features <= room.features)

    def _minutes(self) -> None:
        for number, group in enumerate(self.groups):
            spoken = [t for t in self.talks if not t.is_poster and number in self.in_group[t.code]]
            used = sum(talk.minutes * self.in_group[talk.code][number] for talk in spoken)
            if spoken:
                self.model.add(used <= group.minutes)

    def _people(self, standing: Timetable) -> None:
        """Nobody in two groups that share time; what is within a group is not seen here."""
        spans = [Span(str(n), group.start, group.end) for n, group in enumerate(self.groups)]
        meeting = [(int(one.code), int(other.code)) for one, other in overlaps(spans)]
        given: dict[str, list[str]] = defaultdict(list)
        for talk in self.talks:
            for person in talk.people:
                given[person].append(talk.code)
        busy = self._busy(standing)
        for person, codes in given.items():
            for one, other in meeting if len(codes) > 1 else ():
                self._not_both(self._of(codes, one), self._of(codes, other))
            for number in {
                n for n in range(len(self.groups)) if _meets(self.groups[n], busy[person])
            }:
                for literal in self._of(codes, number):
                    self.model.add(literal == 0)

        self._keep_from_standing(given, meeting)

    def _keep_from_standing(
        self, given: Mapping[str, list[str]], meeting: Iterable[tuple[int, int]]
    ) -> None:
        """Nobody away from a group in which they are on stage for good, in one that meets it."""
        standing = [_people(self.problem, group.sessions) for group in self.groups]
        for one, other in meeting:
            for here, there in ((one, other), (other, one)):
                for person in sorted(standing[here] & given.keys()):
                    for literal in self._of(given[person], there):
                        self.model.add(literal == 0)

    def _busy(self, standing: Timetable) -> dict[str, list[Span]]:
        """When people are on stage outside the groups' own sessions."""
        own = {placed.session for group in self.groups for placed in group.sessions}
        found: dict[str, list[Span]] = defaultdict(list)
        for placed in standing.sessions:
            for person in _people(self.problem, [placed]) if placed.session not in own else ():
                found[person].append(Span(placed.session, placed.start, placed.end))
        return found

    def _not_both(self, some: list[cp_model.IntVar], others: list[cp_model.IntVar]) -> None:
        if some and others:
            either = self.model.new_bool_var("either")
            for literal in some:
                self.model.add_implication(literal, either)
            for literal in others:
                self.model.add_implication(literal, either.negated())

    def _of(self, codes: Iterable[str], number: int) -> list[cp_model.IntVar]:
        return [self.in_group[c][number] for c in codes if number in self.in_group[c]]

    def _relations(self) -> None:
        for relation in self.problem.relations:
            first = self.in_group.get(relation.first)
            second = self.in_group.get(relation.second)
            if first is None or second is None:
                continue
            for one, literal in first.items():
                for other, beside in second.items():
                    if not self._may(relation.kind, one, other):
                        self.model.add_bool_or([literal.negated(), beside.negated()])

    def _may(self, kind: Kind, one: int, other: int) -> bool:
        first, second = self.groups[one], self.groups[other]
        meets = first.start < second.end and second.start < first.end
        if kind is Kind.PART:
            return one == other
        if kind is Kind.BEFORE:
            return one == other or first.end <= second.start
        if kind is Kind.NEVER_PARALLEL:
            return one == other or not meets
        return True

    def _scatter(self) -> Expr:
        """What the tracks cost: each group that a track is in, after as many as it needs."""
        terms: list[Expr] = []
        by_track: dict[str, list[Talk]] = defaultdict(list)
        for talk in self.talks:
            if talk.track:
                by_track[talk.track].append(talk)
        for talks in by_track.values():
            for number in range(len(self.groups)):
                held = [
                    self.in_group[t.code][number] for t in talks if number in self.in_group[t.code]
                ]
                if held:
                    used = self.model.new_bool_var("track in group")
                    self.model.add_max_equality(used, held)
                    terms.append(TOGETHER * used)
        return sum(terms)

    def _over(self) -> Expr:
        """Persons that find no place in the largest room of a group."""
        terms: list[Expr] = []
        for number, group in enumerate(self.groups):
            rooms = [self.problem.rooms.get(placed.room) for placed in group.sessions]
            held = [room.capacity if room else None for room in rooms]
            most = max((seats for seats in held if seats is not None), default=0)
            for talk in self.talks if None not in held else ():
                over = (talk.demand or 0) - most
                if over > 0 and number in self.in_group[talk.code]:
                    terms.append(over * self.in_group[talk.code][number])
        return sum(terms)

    def _parallel(self) -> Expr:
        """Persons who want two talks of one group, where both are free."""
        terms: list[Expr] = []
        for (one, other), persons in self.problem.together.items():
            if one in self.in_group and other in self.in_group:
                for number in self.in_group[one].keys() & self.in_group[other].keys():
                    both = self.model.new_bool_var("both")
                    literals = [self.in_group[one][number], self.in_group[other][number]]
                    self.model.add_bool_or([both, *(each.negated() for each in literals)])
                    terms.append(persons * both)
        return sum(terms)

    def solve(self, limits: Limits) -> dict[str, int] | None:
        """Return the group of each talk, but for those left; None when none was found."""
        self.model.clear_objective()
        solver = self._solve(limits, FIRST)
        if solver is None:
            return None
        self.model.clear_hints()
        for literal in self._literals():
            self.model.add_hint(literal, solver.value(literal))
        self.model.minimize(self.cost)
        solver = self._solve(limits, limits.effort / 4) or solver
        return {
            code: number
            for code, literals in self.in_group.items()
            for number, literal in literals.items()
            if solver.value(literal)
        }

    def _solve(self, limits: Limits, effort: float) -> cp_model.CpSolver | None:
        solver = solver_for(limits, effort)
        with stopping(solver, limits.stop):
            status = solver.solve(self.model)
        return solver if status in FOUND else None

    def _literals(self) -> Iterator[cp_model.IntVar]:
        yield from self.left
        for literals in self.in_group.values():
            yield from literals.values()

    def forbid(self, number: int, talks: Iterable[str]) -> None:
        """Never again put just these talks, or more, in a group."""
        self.model.add_bool_or([self.in_group[code][number].negated() for code in sorted(talks)])


def minutes_left(problem: Problem, placed: PlacedSession) -> int:
    length = int((in_utc(placed.end) - in_utc(placed.start)).total_seconds()) // 60
    held = (problem.talks[one.talk] for one in placed.talks)
    return length - sum(talk.minutes for talk in held if not talk.is_poster)


def _people(problem: Problem, sessions: Iterable[PlacedSession]) -> set[str]:
    """Return who is on stage in sessions as they stand."""
    found: set[str] = set()
    for placed in sessions:
        found.update(problem.sessions[placed.session].people)
        found.update(person for one in placed.talks for person in problem.talks[one.talk].people)
    return found


def _meets(group: Group, spans: Iterable[Span]) -> bool:
    return any(in_utc(s.start) < group.end and group.start < in_utc(s.end) for s in spans)
