"""The terms of the rule about what is public already."""

from collections.abc import Iterator, Mapping

from talks.solver.problem import PlacedSession, Timetable
from talks.solver.rules.changes import TOO_FAR, Standing, costs_of, offset, released_places

from .amounts import total
from .logic import Literal
from .stage import Place, talk_places
from .terms import Term, terms
from .variables import Variables


@terms("changed")
def changed(v: Variables) -> Iterator[Term]:
    released = v.problem.released or Timetable()
    for before in released.sessions:
        if before.session in v.sessions:
            yield from _moved(v, before)
    for code, places in released_places(released).items():
        if code in v.talks:
            yield from _moved_talk(v, code, places)


def _moved(v: Variables, before: PlacedSession) -> Iterator[Term]:
    code, costs = before.session, costs_of(v.problem)
    announced, at_most = v.clock.minute(before.start), costs["at_most"]
    by = [(abs(minute - announced), literal) for minute, literal in v.at[code].items()]
    moved = ((costs["time"], literal) for minutes, literal in by if minutes)
    yield Term(total(v, moved), code, most=costs["time"])
    if at_most > 0:
        too_far = ((TOO_FAR, literal) for minutes, literal in by if minutes > at_most)
        yield Term(total(v, too_far), code, most=TOO_FAR)
    if before.room:
        elsewhere = v.negated(v.rooms[code].get(before.room, v.false))
        is_so = v.all_of([v.sessions[code].present, elsewhere])
        yield Term(total(v, [(costs["room"], is_so)]), code, (before.room,), costs["room"])


def _moved_talk(v: Variables, code: str, before: Mapping[str, Standing]) -> Iterator[Term]:
    costs = costs_of(v.problem)
    for place in talk_places(v, code):
        for session, inside in place.sessions.items():
            here = v.all_of([inside, v.sessions[session].present])
            fault = "order" if session in before else "talk"
            if session in before:
                here = v.all_of([here, _is_elsewhere_in(v, place, before[session])])
            yield Term(total(v, [(costs[fault], here)]), code, (session,), costs[fault])


def _is_elsewhere_in(v: Variables, place: Place, before: Standing) -> Literal:
    """Return whether a talk has another place in the session in which it was announced.

    Posters that may move, and talks without a start of their own, have none.
    """
    announced = offset(before)
    if announced is None or not place.is_timed:
        return v.false
    start = v.sessions[before[0].session].start
    return v.negated(v.holds(place.stretch.start, "==", start + announced))
