"""The terms of the rules about when people would like to be on stage, and on how many days."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import product
from zoneinfo import ZoneInfo

from talks.solver.problem import Kind
from talks.solver.rules.about import setting
from talks.solver.rules.times import local_times
from talks.solver.rules.wishes import (
    DIFFERENT_DAYS,
    NOT_BEARABLE,
    NOT_GOOD,
    SAME_DAY,
    Hours,
    bearable_hours,
    good_hours,
)

from .amounts import total
from .logic import Literal
from .stage import Place, on_stage, session_place, talk_places
from .terms import Term, terms
from .times import days_of, in_minutes, lies_outside, meets
from .variables import Variables


@terms("preferences")
def preferences(v: Variables) -> Iterator[Term]:
    for person, places in on_stage(v).items():
        known = v.problem.people[person]
        unwanted, liked = in_minutes(v, known.rather_not), in_minutes(v, known.likes)
        for place in places:
            if unwanted:
                yield Term(meets(v, place, unwanted), person, (place.code,))
            if liked:
                yield Term(lies_outside(v, place, liked), person, (place.code,))
    for room in v.problem.rooms.values():
        times = in_minutes(v, room.rather_not)
        for session in v.sessions if times else ():
            if (inside := v.rooms[session].get(room.code)) is not None:
                met = meets(v, session_place(v, session), times)
                yield Term(v.all_of([inside, met]), room.code, (session,))


@terms("local_hours")
def local_hours(v: Variables) -> Iterator[Term]:
    good, bearable = good_hours(v.problem), bearable_hours(v.problem)
    most = NOT_GOOD + NOT_BEARABLE
    for person, places in on_stage(v).items():
        name = v.problem.people[person].zone
        for place in places if name else ():
            not_good = _is_outside(v, place, ZoneInfo(name), good)
            not_bearable = _is_outside(v, place, ZoneInfo(name), bearable)
            amount = total(v, [(NOT_GOOD, not_good), (NOT_BEARABLE, not_bearable)])
            yield Term(amount, person, (place.code,), most)


def _is_outside(v: Variables, place: Place, zone: ZoneInfo, hours: Hours) -> Literal:
    first, last = (v.clock.moment(place.stretch.low), v.clock.moment(place.stretch.high))
    return lies_outside(v, place, in_minutes(v, local_times(zone, hours, first, last)))


@terms("spread")
def spread(v: Variables) -> Iterator[Term]:
    yield from _of_relations(v)
    wanted = setting(v.problem, "spread").options["people"]
    for person, places in on_stage(v).items() if wanted else ():
        if wanted == SAME_DAY:
            yield from _on_many_days(v, person, places)
        elif wanted == DIFFERENT_DAYS:
            talks = [place for place in places if place.code in v.problem.talks]
            yield from _on_one_day(v, person, talks)


def _of_relations(v: Variables) -> Iterator[Term]:
    for relation in v.problem.relations:
        if relation.kind not in (Kind.SAME_DAY, Kind.REPEATS):
            continue
        pairs = product(talk_places(v, relation.first), talk_places(v, relation.second))
        for one, other in pairs:
            first, second = days_of(v, one), days_of(v, other)
            same = v.any_of(v.all_of([first[d], second[d]]) for d in first if d in second)
            if relation.kind is Kind.SAME_DAY:
                both = [one.stretch.present, other.stretch.present]
                same = v.all_of([*both, v.negated(same)])
            yield Term(same, relation.first, (relation.second,))


def _on_many_days(v: Variables, person: str, places: Sequence[Place]) -> Iterator[Term]:
    days = _days(v, places)
    most = min(len(days), len(places))
    amount = v.excess(total(v, ((1, one) for one in days.values())), 1, most)
    yield Term(amount, person, tuple(place.code for place in places), most - 1)


def _on_one_day(v: Variables, person: str, places: Sequence[Place]) -> Iterator[Term]:
    if len(places) > 1:
        shown = ((1, place.stretch.present) for place in places)
        days = ((-1, literal) for literal in _days(v, places).values())
        amount = total(v, [*shown, *days])
        yield Term(amount, person, tuple(place.code for place in places), len(places) - 1)


def _days(v: Variables, places: Sequence[Place]) -> dict[date, Literal]:
    """Return for each day whether any of the places begins on it."""
    found: dict[date, list[Literal]] = defaultdict(list)
    for place in places:
        for day, literal in days_of(v, place).items():
            found[day].append(literal)
    return {day: v.any_of(literals) for day, literals in found.items()}
