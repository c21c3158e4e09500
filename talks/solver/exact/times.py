"""When a session or talk is, seen against times that are given: literals of what it meets."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time, timedelta

from talks.solver.problem import Span
from talks.solver.rules.times import days, merged

from .logic import Literal
from .stage import Place
from .variables import Stretch, Variables

Minutes = tuple[int, int]


def in_minutes(v: Variables, spans: Iterable[Span]) -> list[Minutes]:
    """Return times on the clock of the model, in order, those that touch as one."""
    return merged(v.clock.span(span) for span in spans)


def meets(v: Variables, place: Place, times: Sequence[Minutes]) -> Literal:
    """Return whether a place shares something with any of the times."""
    if place.starts is not None:
        return _starts(v, place, lambda start, end: any(start < b and a < end for a, b in times))
    stretch = place.stretch
    return v.any_of(
        v.all_of([stretch.present, _starts_before(v, stretch, b), _ends_after(v, stretch, a)])
        for a, b in times
        if a < stretch.high and stretch.low < b
    )


def lies_outside(v: Variables, place: Place, times: Sequence[Minutes]) -> Literal:
    """Return whether a place is there and does not lie within any of the times."""
    if place.starts is not None:
        return _starts(
            v, place, lambda start, end: not any(a <= start and end <= b for a, b in times)
        )
    stretch = place.stretch
    outside = [
        v.any_of([_starts_before(v, stretch, a), _ends_after(v, stretch, b)])
        for a, b in times
        if a < stretch.high and stretch.low < b
    ]
    return v.all_of([stretch.present, *outside])


def days_of(v: Variables, place: Place) -> dict[date, Literal]:
    """Return for each day whether a place is there and begins on it."""
    stretch = place.stretch
    if place.starts is not None:
        on_day: dict[date, list[Literal]] = defaultdict(list)
        for minute, literal in place.starts.items():
            on_day[v.clock.day(minute)].append(literal)
        return {day: v.any_of(literals) for day, literals in on_day.items()}
    found = {}
    before = v.false  # the day in question
    for day in days(v.clock.day(stretch.low), v.clock.day(stretch.high)):
        begun = _starts_before(v, stretch, _midnight(v, day + timedelta(days=1)))
        found[day] = v.all_of([stretch.present, v.negated(before), begun])
        before = begun
    return found


def _starts(v: Variables, place: Place, is_so: Callable[[int, int], bool]) -> Literal:
    """Return whether a place starts at any of the minutes of which something is so."""
    starts = place.starts or {}
    length = place.stretch.high - max(starts, default=0)
    return v.any_of(lit for start, lit in starts.items() if is_so(start, start + length))


def _starts_before(v: Variables, stretch: Stretch, minute: int) -> Literal:
    return v.true if stretch.high <= minute else v.holds(stretch.start, "<", minute)


def _ends_after(v: Variables, stretch: Stretch, minute: int) -> Literal:
    return v.true if minute <= stretch.low else v.holds(minute, "<", stretch.end)


def _midnight(v: Variables, day: date) -> int:
    return v.clock.minute(datetime.combine(day, time(0), v.clock.zone))
