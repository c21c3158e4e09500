"""The terms of the rules about rooms."""

from collections.abc import Iterator
from itertools import combinations

from talks.solver.kinds import RESTING
from talks.solver.problem import Talk
from talks.solver.rules.rooms import is_allowed
from talks.solver.rules.times import merged

from .amounts import chosen, total
from .logic import Expr
from .terms import Term, musts, terms
from .variables import Variables


@terms("room_twice")
def room_twice(v: Variables) -> Iterator[Term]:
    for one, other in combinations(v.sessions, 2):
        shared = [room for room in v.rooms[one] if room and room in v.rooms[other]]
        if not shared or (parallel := v.parallel(one, other)) is v.false:
            continue
        for room in shared:
            here = [v.rooms[one][room], v.rooms[other][room]]
            yield Term(v.all_of([parallel, *here]), room, (one, other))


@musts("room_twice")
def no_room_twice(v: Variables) -> None:
    """One after the other in each room; what stands there for good counts as one."""
    for room in v.problem.rooms:
        standing, free = [], []
        for code, stretch in v.sessions.items():
            here = v.all_of([v.rooms[code].get(room, v.false), stretch.present])
            if here is v.true and isinstance(stretch.start, int):
                standing.append((stretch.low, stretch.high))
            elif here is not v.false and v.minutes[code] > 0:
                free.append((stretch, here))
        taken = [v.model.new_fixed_size_interval_var(a, b - a, room) for a, b in merged(standing)]
        v.model.add_no_overlap(
            taken
            + [
                v.model.new_optional_fixed_size_interval_var(
                    stretch.start, v.minutes[stretch.code], here, f"{stretch.code} in {room}"
                )
                for stretch, here in free
            ]
        )


@terms("one_place")
def one_place(v: Variables) -> Iterator[Term]:
    for one, other in combinations(v.sessions, 2) if not v.problem.rooms else ():
        resting = [v.problem.sessions[code].kind in RESTING for code in (one, other)]
        if resting[0] == resting[1]:
            yield Term(v.parallel(one, other), one, (other,))


@terms("room_closed")
def room_closed(v: Variables) -> Iterator[Term]:
    for room in v.problem.rooms.values():
        closed = [v.clock.span(span) for span in room.closed if span.start < span.end]
        for code in v.sessions if closed else ():
            if room.code not in v.rooms[code]:
                continue
            length = v.minutes[code]
            shut = v.any_of(
                literal
                for minute, literal in v.at[code].items()
                if any(first < minute + length and minute < last for first, last in closed)
            )
            yield Term(v.all_of([shut, v.rooms[code][room.code]]), room.code, (code,))


@terms("room_suits")
def room_suits(v: Variables) -> Iterator[Term]:
    for talk in v.problem.talks.values():
        unfit = {
            "feature": [r for r in v.problem.rooms.values() if talk.features - r.features],
            "room": [r for r in v.problem.rooms.values() if not is_allowed(talk, r.code)],
        }
        for rooms in unfit.values():
            yield from _in_any(v, talk, {room.code for room in rooms})


def _in_any(v: Variables, talk: Talk, rooms: set[str]) -> Iterator[Term]:
    """Yield a term for each session in which a talk would stand in one of some rooms."""
    for session, within in v.within[talk.code].items():
        bad = [code for code in v.rooms[session] if code in rooms]
        if bad:
            there = v.any_of(v.rooms[session][code] for code in bad)
            clash = v.all_of([within, v.sessions[session].present, there])
            yield Term(clash, talk.code, (session, *bad))


@terms("room_holds")
def room_holds(v: Variables) -> Iterator[Term]:
    for talk in v.problem.talks.values():
        if talk.is_poster or not talk.demand:
            continue
        over = [
            (v.all_of([within, v.sessions[session].present]), _lacking(v, session, talk.demand))
            for session, within in v.within[talk.code].items()
        ]
        most = talk.demand
        if talk.code in v.scope.talks:
            yield Term(chosen(v, over, most), talk.code, (talk.code,), most)
        else:
            yield from (Term(chosen(v, [one], most), talk.code, (talk.code,), most) for one in over)
    for session in v.sessions:
        yield from _posters_over(v, session)


def _lacking(v: Variables, session: str, persons: int) -> Expr:
    """Return how many of some persons find no place in the room of a session."""
    return total(
        v,
        (
            (persons - capacity, v.rooms[session][room])
            for room, capacity in _capacities(v, session)
            if capacity < persons
        ),
    )


def _posters_over(v: Variables, session: str) -> Iterator[Term]:
    shown = [
        (talk.demand, v.within[talk.code][session])
        for talk in v.problem.talks.values()
        if talk.is_poster and talk.demand and session in v.within[talk.code]
    ]
    most = sum(demand for demand, _within in shown)
    capacities = [(room, held) for room, held in _capacities(v, session) if held < most]
    if not capacities:
        return
    visitors = total(v, shown)
    excess = {held: v.excess(visitors, held, most) for _room, held in capacities}
    over = [
        (v.all_of([v.rooms[session][room], v.sessions[session].present]), excess[held])
        for room, held in capacities
    ]
    yield Term(chosen(v, over, most), session, (session,), most)


def _capacities(v: Variables, session: str) -> Iterator[tuple[str, int]]:
    """Yield the rooms that a session may be in, with how many they hold, where that is known."""
    for room in v.rooms[session]:
        capacity = v.problem.rooms[room].capacity if room else None
        if capacity is not None:
            yield room, capacity
