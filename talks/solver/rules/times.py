"""Stretches of time that belong together: which are met, what lies within them, local hours."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from talks.solver.problem import Part, Span, in_utc

from .reading import share_time

Moment = TypeVar("Moment", datetime, int)


def merged(times: Iterable[tuple[Moment, Moment]]) -> list[tuple[Moment, Moment]]:
    """Return times in order, those that meet or share something as one."""
    found: list[tuple[Moment, Moment]] = []
    for start, end in sorted(times):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((start, end))
    return found


def first_met(span: Span | Part, times: Iterable[Span]) -> Span | None:
    """Return the first of the times that shares something with a span."""
    met = (one for one in times if share_time(one, span))
    return min(met, key=lambda one: (in_utc(one.start), in_utc(one.end)), default=None)


def lies_within(span: Span | Part, times: Iterable[Span]) -> bool:
    """Whether all of a span is in the times, one going on where another ends."""
    whole = merged((in_utc(one.start), in_utc(one.end)) for one in times)
    return any(start <= in_utc(span.start) and in_utc(span.end) <= end for start, end in whole)


def local_times(
    zone: ZoneInfo, hours: tuple[int, int], start: datetime, end: datetime
) -> list[Span]:
    """Return the times from one hour to another (0 to 24) of each local day that could matter."""
    first, last = (min(max(hour, 0), 24) for hour in hours)
    return [
        Span("", _at(zone, day, first), _at(zone, day, last))
        for day in days(start.astimezone(zone).date(), end.astimezone(zone).date())
        if first < last
    ]


def days(first: date, last: date) -> Iterator[date]:
    """Yield the days from one to another, both included."""
    while first <= last:
        yield first
        first += timedelta(days=1)


def _at(zone: ZoneInfo, day: date, hour: int) -> datetime:
    """Return an hour of a day on the wall clock; hour 24 is the next day's midnight."""
    day += timedelta(days=hour // 24)
    return in_utc(datetime.combine(day, time(hour % 24), zone))
