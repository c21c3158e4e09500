"""The terms of the rules about talks that belong together, and about what is pinned."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from talks.solver.problem import Kind, Pinned, PinnedTalk, Relation

from .amounts import total
from .logic import Expr, Literal
from .terms import Term, terms
from .variables import Stretch, Variables


@dataclass(frozen=True, slots=True)
class Place:
    """Where a talk is to be: in a session that is known, or None for one to be chosen.

    What is `loose` comes at any time of its session, at its place in the order.
    """

    code: str
    stretch: Stretch
    session: str | None = None
    position: int = 0
    is_poster: bool = False
    is_loose: bool = False


def _places(v: Variables, code: str) -> list[Place]:
    talk = v.problem.talks[code]
    if code in v.scope.talks:
        return [Place(code, stretch, is_poster=talk.is_poster) for stretch in v.talks[code]]
    stretches = iter(v.talks[code])
    return [
        Place(
            code,
            next(stretches),
            session,
            position,
            talk.is_poster,
            one.start is None and not talk.is_poster,
        )
        for session, held in v.held.items()
        for position, one in enumerate(held)
        if one.talk == code
    ]


def _both(v: Variables, relation: Relation) -> Iterator[tuple[Place, Place]]:
    yield from product(_places(v, relation.first), _places(v, relation.second))


def _same_session(v: Variables, one: Place, other: Place) -> Literal:
    if one.session and other.session:
        return v.true if one.session == other.session else v.false
    if one.session:
        return v.within[other.code].get(one.session, v.false)
    if other.session:
        return v.within[one.code].get(other.session, v.false)
    return v.same_session(one.code, other.code)


@terms("in_order")
def in_order(v: Variables) -> Iterator[Term]:
    rooms = _Rooms(v)
    for relation in v.problem.relations:
        codes = (relation.first, relation.second)
        for first, second in (
            _both(v, relation) if relation.kind in (Kind.BEFORE, Kind.PART) else ()
        ):
            order = _Order(v, first, second)
            yield Term(order.is_broken, relation.first, codes)
            if relation.kind is Kind.PART:
                yield Term(order.is_apart, relation.first, codes)
                yield Term(rooms.differ(order), relation.first, codes)
                yield Term(rooms.hold_another_between(order), relation.first, codes)


class _Order:
    """How the second of two talks comes after the first, as literals."""

    def __init__(self, v: Variables, first: Place, second: Place):
        self.first, self.second = first, second
        self.same = _same_session(v, first, second)
        self.elsewhere = v.negated(self.same)
        both = [first.stretch.present, second.stretch.present]
        end, start = first.stretch.end, second.stretch.start
        after = _at_most(v, first.stretch, second.stretch)
        if first.is_loose or second.is_loose:  # within one session the order counts
            is_known = first.is_loose and second.is_loose
            follows = not is_known or first.position < second.position
            at_once = not is_known or first.position + 1 == second.position
            self.is_broken = v.all_of(
                [*both, v.negated(after), *([self.elsewhere] if follows else [])]
            )
            self.is_apart = v.all_of([*both, self.same]) if follows and not at_once else v.false
        else:
            self.is_broken = v.all_of([*both, v.negated(after)])
            self.is_apart = v.all_of([*both, self.same, v.holds(end, "<", start)])
        self.is_elsewhere_after = v.all_of([*both, self.elsewhere, after])


def _at_most(v: Variables, first: Stretch, second: Stretch) -> Literal:
    """Return whether one is over when the other begins, if both are there."""
    return v.holds(first.end, "<=", second.start)


class _Rooms:
    """The rooms of sessions and talks as numbers from 1; 0 is none yet."""

    def __init__(self, v: Variables):
        self.v = v
        self.numbers = {code: number for number, code in enumerate(v.problem.rooms, 1)}
        self._of_talks: dict[str, Expr] = {}

    def of_session(self, code: str) -> Expr:
        rooms = self.v.rooms[code].items()
        return total(self.v, [(self.numbers.get(room, 0), literal) for room, literal in rooms])

    def of_place(self, place: Place) -> Expr:
        if place.session:
            return self.of_session(place.session)
        if place.code not in self._of_talks:
            found = self.v.model.new_int_var(0, len(self.numbers), f"room of {place.code}")
            for session, literal in self.v.within[place.code].items():
                self.v.model.add(found == self.of_session(session)).only_enforce_if(literal)
            self.v.model.add(found == 0).only_enforce_if(place.stretch.present.negated())
            self._of_talks[place.code] = found
        return self._of_talks[place.code]

    def differ(self, order: _Order) -> Literal:
        """Return whether the second comes later, in another room."""
        if order.is_elsewhere_after is self.v.false:
            return self.v.false
        one, other = self.of_place(order.first), self.of_place(order.second)
        known = [self.v.holds(0, "<", one), self.v.holds(0, "<", other)]
        differ = self.v.negated(self.v.holds(one, "==", other))
        return self.v.all_of([order.is_elsewhere_after, *known, differ])

    def hold_another_between(self, order: _Order) -> Literal:
        """Return whether the second comes later in the same room, with a session between."""
        if order.is_elsewhere_after is self.v.false:
            return self.v.false
        one, other = self.of_place(order.first), self.of_place(order.second)
        same = [self.v.holds(0, "<", one), self.v.holds(one, "==", other)]
        between = self.v.any_of(self._between(order, one))
        return self.v.all_of([order.is_elsewhere_after, *same, between])

    def _between(self, order: _Order, room: Expr) -> Iterator[Literal]:
        first, second = order.first.stretch, order.second.stretch
        for code, stretch in self.v.sessions.items():
            if self.v.problem.sessions[code].is_for_all:
                continue
            if stretch.high <= first.low or stretch.low >= second.high:
                continue
            here = self.v.holds(self.of_session(code), "==", room)
            fits = [_at_most(self.v, first, stretch), _at_most(self.v, stretch, second)]
            yield self.v.all_of([stretch.present, here, *fits])


@terms("never_parallel")
def never_parallel(v: Variables) -> Iterator[Term]:
    for relation in v.problem.relations:
        for one, other in _both(v, relation) if relation.kind is Kind.NEVER_PARALLEL else ():
            clash = v.overlap(one.stretch, other.stretch)
            if (one.is_loose or other.is_loose) and not (one.is_poster or other.is_poster):
                clash = v.all_of([clash, v.negated(_same_session(v, one, other))])
            yield Term(clash, relation.first, (relation.first, relation.second))


@terms("pinned")
def pinned(v: Variables) -> Iterator[Term]:
    for code in v.sessions:
        pin = v.problem.pins.get(code, Pinned())
        if pin.start is not None:
            minute = v.clock.minute(pin.start)
            moved = v.any_of(literal for at, literal in v.at[code].items() if at != minute)
            yield Term(moved, code, (code,))
        if pin.room is not None:
            other = v.any_of(literal for room, literal in v.rooms[code].items() if room != pin.room)
            yield Term(v.all_of([v.sessions[code].present, other]), code, (code,))
    for code, talk_pin in v.problem.talk_pins.items():
        if code in v.within and talk_pin.session in v.sessions:
            yield from _pinned_talk(v, code, talk_pin)


def _pinned_talk(v: Variables, code: str, pin: PinnedTalk) -> Iterator[Term]:
    within = {
        session: v.all_of([literal, v.sessions[session].present])
        for session, literal in v.within[code].items()
    }
    here = within.pop(pin.session, v.false)
    codes = (code, pin.session)
    yield Term(v.all_of([v.any_of(within.values()), v.negated(here)]), code, codes)
    if pin.start is None:
        return
    minute = v.clock.minute(pin.start)
    for place in _places(v, code):
        if place.session in (None, pin.session):
            there = here if place.session is None else place.stretch.present
            moved = v.negated(v.holds(place.stretch.start, "==", minute))
            yield Term(v.all_of([there, moved]), code, codes)
