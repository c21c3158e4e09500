"""A zone's clock as VTIMEZONE, exact for a span of years (RFC 5545, section 3.6.5).

Outlook reads one yearly rule to summer time and one back ([MS-STANOICAL], section 2.2.47), so
that is what is written wherever it is true; elsewhere every change is written out.
"""

import re
import zoneinfo
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from importlib import resources
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vDatetime, vRecur, vUTCOffset

DAY = timedelta(days=1)
_DAYS = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")  # POSIX counts from Sunday, 0
_NAME = r"(?:<[^>]+>|[A-Za-z]+)[-+]?[\d:]+"
_RULE = r"M(\d+)\.(\d)\.(\d)(?:/(-?[\d:]+))?"
_FOOTER = re.compile(rf"{_NAME}(?:<[^>]+>|[A-Za-z]+)(?:[-+]?[\d:]+)?,{_RULE},{_RULE}")


@dataclass(frozen=True, slots=True)
class Change:
    """The clock goes from one offset to another; `local` is what it showed before."""

    local: datetime  # naive
    before: timedelta
    after: timedelta
    name: str

    @property
    def is_forward(self) -> bool:
        return self.after > self.before


@dataclass(frozen=True, slots=True)
class Rule:
    """A yearly change as POSIX writes it: M<month>.<week>.<day>/<time>."""

    month: int
    week: int  # from 1; 5 is the last
    day: int  # Sunday is 0
    time: timedelta

    def in_year(self, year: int) -> datetime:
        """The local time of the change, by the clock before it."""
        first = datetime(year, self.month, 1)
        onset = first + DAY * ((self.day - first.isoweekday()) % 7 + 7 * (self.week - 1))
        return (onset if onset.month == self.month else onset - 7 * DAY) + self.time


@lru_cache(maxsize=256)
def vtimezone(zone: str, first_year: int, last_year: int) -> Timezone:
    """Return the zone's component, right for every moment of those years.

    Its onsets begin a year earlier. The component is shared: read it, never change it. Raises
    ZoneInfoNotFoundError.
    """
    tz = ZoneInfo(zone)
    start = datetime(first_year - 1, 1, 1, tzinfo=UTC)
    changes = list(_changes(tz, start, datetime(last_year + 2, 1, 1, tzinfo=UTC)))
    years = range(first_year - 1, last_year + 2)
    component = Timezone()
    component.add("TZID", zone)
    yearly = _yearly(_rules(zone), changes, years)
    for part in yearly or _written_out(tz, start, changes):
        component.add_component(part)
    return component


def _yearly(
    rules: tuple[Rule, ...], changes: list[Change], years: range
) -> list[TimezoneStandard | TimezoneDaylight]:
    """Two observances with a rule each; none where the rules miss a change or invent one."""
    expected = sorted(rule.in_year(year) for rule in rules for year in years)
    if not rules or [change.local for change in changes] != expected:
        return []
    parts = []
    for rule in rules:
        change = next(c for c in changes if c.local == rule.in_year(years[0]))
        part = _observance(change)
        week = -1 if rule.week == 5 else rule.week
        part.add(
            "RRULE", vRecur(FREQ="YEARLY", BYMONTH=rule.month, BYDAY=f"{week}{_DAYS[rule.day]}")
        )
        parts.append(part)
    return sorted(parts, key=lambda part: part.name, reverse=True)


def _written_out(
    tz: ZoneInfo, start: datetime, changes: list[Change]
) -> list[TimezoneStandard | TimezoneDaylight]:
    """The offset at the start of the span, then an observance for each change."""
    local = start.astimezone(tz)
    offset = local.utcoffset() or timedelta()
    first = Change(start.replace(tzinfo=None), offset, offset, local.tzname() or "")
    return [_observance(change) for change in [first, *changes]]


def _observance(change: Change) -> TimezoneStandard | TimezoneDaylight:
    part = TimezoneDaylight() if change.is_forward else TimezoneStandard()
    part.add("DTSTART", vDatetime(change.local))
    part.add("TZOFFSETFROM", vUTCOffset(change.before))
    part.add("TZOFFSETTO", vUTCOffset(change.after))
    part.add("TZNAME", change.name)
    return part


def _changes(tz: ZoneInfo, start: datetime, end: datetime) -> Iterator[Change]:
    """Every change of the offset from `start` to `end`, both UTC; none is shorter than a day."""
    moments = [start + n * DAY for n in range((end - start).days + 1)]
    for early, late in pairwise(moments):
        before, after = _offset(early, tz), _offset(late, tz)
        if before != after:
            moment = _first_with(after, early, late, tz)
            name = moment.astimezone(tz).tzname() or ""
            yield Change((moment + before).replace(tzinfo=None), before, after, name)


def _first_with(offset: timedelta, early: datetime, late: datetime, tz: ZoneInfo) -> datetime:
    """The first second between the two moments at which the zone has the offset."""
    seconds = int((late - early).total_seconds())
    low, high = 0, seconds  # not yet at low, already at high
    while high - low > 1:
        middle = (low + high) // 2
        if _offset(early + timedelta(seconds=middle), tz) == offset:
            high = middle
        else:
            low = middle
    return early + timedelta(seconds=high)


def _offset(moment: datetime, tz: ZoneInfo) -> timedelta:
    return moment.astimezone(tz).utcoffset() or timedelta()


def _rules(zone: str) -> tuple[Rule, ...]:
    """The two yearly rules of the zone's POSIX footer (RFC 9636, section 3.3).

    Empty without summer time, and where a rule names another day than the one it changes on
    (hours below 0 or over 23), which no single BYDAY can say.
    """
    footer = _tzif(zone).rstrip(b"\n").rpartition(b"\n")[2].decode("ascii", "replace")
    found = _FOOTER.fullmatch(footer)
    if found is None:
        return ()
    rules = tuple(_rule(*found.groups()[n : n + 4]) for n in (0, 4))
    return rules if all(timedelta() <= rule.time < DAY for rule in rules) else ()


def _rule(month: str, week: str, day: str, clock: str | None) -> Rule:
    hours, minutes, seconds = [*map(int, (clock or "2").split(":")), 0, 0][:3]
    time = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return Rule(int(month), int(week), int(day), time)


def _tzif(zone: str) -> bytes:
    """The zone's file from where zoneinfo finds it: the system's, else the tzdata package's."""
    for folder in zoneinfo.TZPATH:
        path = Path(folder, zone)
        if path.is_file():
            return path.read_bytes()
    return resources.files("tzdata").joinpath("zoneinfo", *zone.split("/")).read_bytes()
