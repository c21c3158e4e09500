"""When an event is open for sessions: the hours of each of its days."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from .models import Event
from .solver.problem import Problem, Span, Timetable, in_utc
from .solver.rules import setting

OPENS, CLOSES = time(9), time(18)
DAY = timedelta(days=1)


def hours_of(event: Event, problem: Problem, timetable: Timetable) -> tuple[Span, ...]:
    """Return a span for each day of the event: as set, else as the timetable uses its days.

    An hour that ends where it begins, or before, ends on the next day. Hours that the clocks of
    the zone leap over are none.
    """
    zone = ZoneInfo(event.zone)
    options = setting(problem, "in_hours").options
    first = _clock(str(options["first"])) or _earliest(timetable, zone)
    last = _clock(str(options["last"])) or _latest(timetable, zone)
    spans = (_span(on, first, last, zone) for on in _days(event))
    return tuple(span for span in spans if in_utc(span.start) < in_utc(span.end))


def step_of(problem: Problem) -> int:
    """Return the minutes from one possible start to the next."""
    return max(1, int(setting(problem, "in_hours").options["step"]))


def _days(event: Event) -> Iterator[date]:
    for number in range((event.ends_on - event.starts_on).days + 1):
        yield event.starts_on + number * DAY


def _span(on: date, first: time, last: time, zone: ZoneInfo) -> Span:
    start = datetime.combine(on, first, zone)
    end = datetime.combine(on if last > first else on + DAY, last, zone)
    return Span(on.isoformat(), start, end)


def _clock(text: str) -> time | None:
    return time.fromisoformat(text) if text else None


def _earliest(timetable: Timetable, zone: ZoneInfo) -> time:
    starts = [placed.start.astimezone(zone) for placed in timetable.sessions]
    return min([OPENS, *(start.time() for start in starts)])


def _latest(timetable: Timetable, zone: ZoneInfo) -> time:
    """The latest end; what goes on beyond midnight makes the day end at midnight."""
    spans = [(s.start.astimezone(zone), s.end.astimezone(zone)) for s in timetable.sessions]
    if any(end.date() > start.date() for start, end in spans):
        return time(0)
    return max([CLOSES, *(end.time() for _start, end in spans)])
