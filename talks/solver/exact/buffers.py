"""The terms of the rule about time between two things."""

from collections.abc import Iterator
from itertools import combinations

from talks.solver.problem import pair
from talks.solver.rules.buffers import are_breaks, person_minutes, room_minutes

from .amounts import chosen
from .logic import Expr, Literal
from .stage import Place, Rooms, on_stage, within_one_session
from .terms import Term, terms
from .variables import Stretch, Variables


@terms("buffer")
def buffer(v: Variables) -> Iterator[Term]:
    """The rooms share one time that they need, so that the term of two sessions is of no room."""
    yield from _of_people(v)
    yield from _of_rooms(v)


def _of_people(v: Variables) -> Iterator[Term]:
    needs = _Needs(v)
    for person, places in on_stage(v).items() if needs.most else ():
        for one, other in combinations(places, 2):
            if not _may_be_close(one.stretch, other.stretch, needs.most):
                continue
            apart = v.negated(within_one_session(v, one, other))
            if apart is not v.false:
                missing = _missing(v, one.stretch, other.stretch, needs.between(one, other), apart)
                yield Term(missing, person, (one.code, other.code), needs.most)


class _Needs:
    """The minutes that a person needs from place to place: their own, or the longer walk."""

    def __init__(self, v: Variables):
        self.v, self.minutes = v, person_minutes(v.problem)
        self.most = max([self.minutes, *v.problem.walks.values()])
        self.rooms = Rooms(v)
        self.table = list(self._table())

    def _table(self) -> Iterator[int]:
        """Yield what is needed from each room to each, in the order of their numbers."""
        walks, numbers = self.v.problem.walks, ("", *self.rooms.numbers)
        for here in numbers:
            for there in numbers:
                yield max(self.minutes, walks.get(pair(here, there), 0))

    def between(self, one: Place, other: Place) -> Expr:
        if self.most == self.minutes:
            return self.minutes
        here, there = self.rooms.of(one), self.rooms.of(other)
        index = (len(self.rooms.numbers) + 1) * here + there
        if isinstance(index, int):
            return self.table[index]
        found = self.v.model.new_int_var(self.minutes, self.most, "needed")
        self.v.model.add_element(index, self.table, found)
        return found


def _of_rooms(v: Variables) -> Iterator[Term]:
    minutes = room_minutes(v.problem)
    for one, other in combinations(v.sessions, 2) if minutes else ():
        first, second = v.sessions[one], v.sessions[other]
        if are_breaks(v.problem, one, other) or not _may_be_close(first, second, minutes):
            continue
        missing = _missing(v, first, second, minutes, v.same_room(one, other))
        yield Term(missing, "", (one, other), minutes)


def _may_be_close(one: Stretch, other: Stretch, minutes: int) -> bool:
    """Whether there can be less than so many minutes between two stretches."""
    return one.low < other.high + minutes and other.low < one.high + minutes


def _missing(v: Variables, one: Stretch, other: Stretch, needed: Expr, counts: Literal) -> Expr:
    """Return how many of the minutes needed are missing between two stretches, in any order."""
    most = needed if isinstance(needed, int) else max(v.problem.walks.values())
    cases: list[tuple[Literal, Expr]] = []
    for first, second in ((one, other), (other, one)) if counts is not v.false else ():
        follows = v.holds(first.end, "<=", second.start)
        close = v.holds(second.start, "<", first.end + needed)
        is_so = v.all_of([first.present, second.present, counts, follows, close])
        cases.append((is_so, first.end + needed - second.start))
    return chosen(v, cases, most)
