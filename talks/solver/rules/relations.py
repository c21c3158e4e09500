"""Rules about talks that belong together, and about what must stay where it is."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from talks.solver.problem import (
    MINUTE,
    Clash,
    Kind,
    Named,
    Part,
    Pinned,
    PlacedSession,
    Problem,
    Relation,
    Span,
    Timetable,
    in_utc,
)

from .about import rule
from .reading import session_part, share_time, talk_part


@dataclass(frozen=True, slots=True)
class Shown:
    """A talk where it stands. What is `loose` comes at any time of its session, in its order."""

    part: Part
    placed: PlacedSession
    position: int
    is_poster: bool
    is_loose: bool

    @property
    def named(self) -> Named:
        return Named(self.part.code, self.part.name)

    def is_in_session_of(self, other: "Shown") -> bool:
        return self.placed.session == other.placed.session


@rule(must=True)
def in_order(problem: Problem, timetable: Timetable) -> Iterator[Clash]:
    """A talk that comes before another is over when that begins; parts follow each other.

    The parts of one talk follow each other in a session, or stand in sessions of one room with
    no other session of that room between them that is not for all. Of talks of one session that
    have no starts of their own the order counts.
    """
    shown = _shown(problem, timetable)
    in_room = _by_room(problem, timetable)
    for relation in problem.relations:
        for first, second in _both(relation, shown):
            fault = ""
            if relation.kind is Kind.BEFORE and not _follows(first, second):
                fault = "before"
            elif relation.kind is Kind.PART:
                fault = _wrong_part(first, second, in_room)
            if fault:
                yield Clash("in_order", first.named, (first.part, second.part), fault)


def _wrong_part(first: Shown, second: Shown, in_room: Mapping[str, Sequence[Part]]) -> str:
    """Return the fault of two parts of a talk; "" when there is none."""
    room, other_room = first.placed.room, second.placed.room
    if not _follows(first, second):
        return "part_order"
    if first.is_in_session_of(second):
        return "" if _follows_at_once(first, second) else "part_apart"
    if room and other_room and room != other_room:
        return "part_room"
    if room and room == other_room and _is_between(first, second, in_room[room]):
        return "part_apart"
    return ""


def _follows(first: Shown, second: Shown) -> bool:
    """Whether the second begins when the first is over, as far as that is known."""
    if first.is_in_session_of(second) and (first.is_loose or second.is_loose):
        return first.is_loose != second.is_loose or first.position < second.position
    return in_utc(first.part.end) <= in_utc(second.part.start)


def _follows_at_once(first: Shown, second: Shown) -> bool:
    """Whether the second, of the same session, begins at the end of the first."""
    if first.is_loose or second.is_loose:
        return first.is_loose != second.is_loose or first.position + 1 == second.position
    return in_utc(first.part.end) == in_utc(second.part.start)


def _follow_each_other(first: Shown, second: Shown) -> bool:
    """Whether two talks of one session are heard in turn, though their starts are not known."""
    return (first.is_loose or second.is_loose) and not (first.is_poster or second.is_poster)


def _is_between(first: Shown, second: Shown, held: Sequence[Part]) -> bool:
    after, before = in_utc(first.part.end), in_utc(second.part.start)
    return any(after <= in_utc(part.start) and in_utc(part.end) <= before for part in held)


@rule(must=True)
def never_parallel(problem: Problem, timetable: Timetable) -> Iterator[Clash]:
    """Two talks that must never be parallel share no time, in different sessions or in one.

    Talks of one session that have no starts of their own follow each other.
    """
    shown = _shown(problem, timetable)
    for relation in problem.relations:
        if relation.kind is not Kind.NEVER_PARALLEL:
            continue
        for first, second in _both(relation, shown):
            is_series = first.is_in_session_of(second) and _follow_each_other(first, second)
            if is_series or not share_time(first.part, second.part):
                continue
            yield Clash("never_parallel", first.named, (first.part, second.part))


@rule(must=True)
def pinned(problem: Problem, timetable: Timetable) -> Iterator[Clash]:
    """What is pinned stays: a session at its start and in its room, a talk in its session."""
    for placed in timetable.sessions:
        yield from _pinned_session(problem, placed)
    shown = _shown(problem, timetable)
    for code in sorted(problem.talk_pins):
        if code in shown and problem.talk_pins[code].session in problem.sessions:
            yield from _pinned_talk(problem, code, shown[code])


def _pinned_session(problem: Problem, placed: PlacedSession) -> Iterator[Clash]:
    pin = problem.pins.get(placed.session, Pinned())
    part = session_part(problem, placed)
    of = Named(part.code, part.name)
    if pin.start is not None and in_utc(pin.start) != in_utc(placed.start):
        end = in_utc(pin.start) + (in_utc(placed.end) - in_utc(placed.start))
        yield Clash("pinned", of, (part,), "time", away=Span(part.code, pin.start, end))
    if pin.room is not None and pin.room != placed.room:
        rooms = tuple(Named(r.code, r.name) for r in problem.rooms.values() if r.code == pin.room)
        yield Clash("pinned", of, (part,), "room" if rooms else "no_room", others=rooms)


def _pinned_talk(problem: Problem, code: str, shown: Sequence[Shown]) -> Iterator[Clash]:
    pin, talk = problem.talk_pins[code], problem.talks[code]
    here = [one for one in shown if one.placed.session == pin.session]
    of = Named(code, talk.title)
    if not here:
        session = Named(pin.session, problem.sessions[pin.session].title)
        yield Clash("pinned", of, (shown[0].part,), "session", others=(session,))
    for one in here:
        if pin.start is not None and in_utc(one.part.start) != in_utc(pin.start):
            away = Span(code, pin.start, in_utc(pin.start) + talk.minutes * MINUTE)
            yield Clash("pinned", of, (one.part,), "talk_time", away=away)


def _shown(problem: Problem, timetable: Timetable) -> dict[str, list[Shown]]:
    """Return where each talk stands: in sessions that have a time, by its code."""
    found: dict[str, list[Shown]] = defaultdict(list)
    for placed in timetable.sessions:
        for position, one in enumerate(placed.talks):
            talk, part = problem.talks[one.talk], talk_part(problem, placed, one)
            is_loose = one.start is None and not talk.is_poster
            found[one.talk].append(Shown(part, placed, position, talk.is_poster, is_loose))
    return found


def _by_room(problem: Problem, timetable: Timetable) -> dict[str, list[Part]]:
    """Return the sessions of each room that are not for all."""
    found: dict[str, list[Part]] = defaultdict(list)
    for placed in timetable.sessions:
        if not problem.sessions[placed.session].is_for_all:
            found[placed.room].append(session_part(problem, placed))
    return found


def _both(
    relation: Relation, shown: Mapping[str, Sequence[Shown]]
) -> Iterator[tuple[Shown, Shown]]:
    yield from product(shown.get(relation.first, ()), shown.get(relation.second, ()))
