"""The terms of the rules about the people on stage."""

from collections.abc import Iterator
from itertools import combinations

from ortools.sat.python import cp_model

from talks.solver.problem import Timetable
from talks.solver.rules.people import panel as panels

from .logic import Literal, is_constant
from .stage import Place, on_stage, within_one_session
from .terms import Term, musts, terms
from .times import in_minutes, meets
from .variables import Variables


@terms("person_twice")
def person_twice(v: Variables) -> Iterator[Term]:
    for person, places in on_stage(v).items():
        for one, other in combinations(places, 2):
            clash = _clash(v, one, other)
            if clash is not v.false:
                yield Term(clash, person, (one.code, other.code))


def _clash(v: Variables, one: Place, other: Place) -> Literal:
    """Return whether two places share time and are not of one session."""
    shared = v.overlap(one.stretch, other.stretch)
    if shared is v.false:
        return shared
    return v.all_of([shared, v.negated(within_one_session(v, one, other))])


@musts("person_twice")
def nobody_twice(v: Variables) -> None:
    """Free talks never overlap within their session, so that a person's are simply apart.

    Chairs, posters and what goes along with its session may overlap within one: terms say when.
    """
    for places in on_stage(v).values():
        free = [place for place in places if place.code in v.scope.talks and place.is_timed]
        if len(free) > 1:
            v.model.add_no_overlap([_interval(v, place) for place in free])
        codes = {place.code for place in free}
        for one, other in combinations(places, 2):
            if one.code in codes and other.code in codes:
                continue
            clash = _clash(v, one, other)
            if not is_constant(clash, v):
                v.model.add(clash == 0)


def _interval(v: Variables, place: Place) -> cp_model.IntervalVar:
    stretch, minutes = place.stretch, v.problem.talks[place.code].minutes
    return v.model.new_optional_fixed_size_interval_var(
        stretch.start, minutes, stretch.present, f"{place.code} on stage"
    )


@terms("person_away")
def person_away(v: Variables) -> Iterator[Term]:
    for person, places in on_stage(v).items():
        times = in_minutes(v, v.problem.people[person].away)
        for place in places if times else ():
            yield Term(meets(v, place, times), person, (place.code,))


@terms("panel")
def panel(v: Variables) -> Iterator[Term]:
    """Who is on a panel is not for a search to decide: what is missing is constant."""
    for clash in panels(v.problem, Timetable()):
        yield Term(clash.amount, clash.of.code)
