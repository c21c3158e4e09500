"""Moments as whole minutes since a moment that they share: what the search reckons with."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from .problem import MINUTE, Problem, Span, Timetable, in_utc


@dataclass(frozen=True, slots=True)
class Clock:
    """`base` is minute 0: a midnight in UTC before everything; days are those of `zone`."""

    base: datetime
    zone: ZoneInfo

    def minute(self, moment: datetime) -> int:
        """Return the minute that a moment is in; seconds are cut off."""
        return (in_utc(moment) - self.base) // MINUTE

    def moment(self, minute: int) -> datetime:
        return (self.base + minute * MINUTE).astimezone(self.zone)

    def day(self, minute: int) -> date:
        """Return the day of a minute on the wall clock of the event."""
        return self.moment(minute).date()

    def span(self, span: Span) -> tuple[int, int]:
        """Return the first minute of a span and the first behind it; started minutes count."""
        end = -((self.base - in_utc(span.end)) // MINUTE)
        return self.minute(span.start), end


def clock_for(problem: Problem, *timetables: Timetable) -> Clock:
    """Return a clock on which nothing of a problem and its timetables is before 0."""
    first = min(_starts(problem, timetables), default=datetime(1970, 1, 2, tzinfo=UTC))
    midnight = first.replace(hour=0, minute=0, second=0, microsecond=0)
    return Clock(midnight - timedelta(days=1), ZoneInfo(problem.zone))


def _starts(problem: Problem, timetables: Iterable[Timetable]) -> Iterable[datetime]:
    for span in problem.hours:
        yield in_utc(span.start)
    for timetable in timetables:
        for placed in timetable.sessions:
            yield in_utc(placed.start)
            yield from (in_utc(one.start) for one in placed.talks if one.start)
    for pin in problem.pins.values():
        if pin.start:
            yield in_utc(pin.start)
