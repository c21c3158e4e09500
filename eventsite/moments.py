"""What people type as a moment: a day, a wall clock, and its offset from UTC where it needs one."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .zones import readings, to_moment

FIRST_YEAR, LAST_YEAR = 1900, 2199  # a typing error beyond them, and trouble for calendars

CLOCK = re.compile(
    r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.0*)?)?"
    r"\s*(?P<offset>Z|[+-]\d\d:?\d\d)?",
    re.ASCII,
)


def is_near(day: date) -> None:
    """Refuse a day of a year before 1900 or after 2199."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValidationError(
            _("The year %(year)d is not between %(first)d and %(last)d."),
            params={"year": day.year, "first": FIRST_YEAR, "last": LAST_YEAR},
        )


def read_clock(text: str) -> time:
    """Return the time of `08:10`, `8:10:30` or `01:30-07:00`, with its offset if it has one."""
    found = CLOCK.fullmatch(text.strip())
    try:
        if found:
            hour, minute, second = (int(found[name] or 0) for name in ("hour", "minute", "second"))
            return time(hour, minute, second, tzinfo=_offset(found["offset"]))
    except ValueError:
        pass  # 25:00, or an offset of days
    raise ValidationError(
        _("“%(text)s” is no time; write it like 08:10, or with its offset like 01:30-07:00."),
        params={"text": text},
    )


def _offset(text: str | None) -> timezone | None:
    if not text:
        return None
    if text == "Z":
        return UTC
    hours, minutes = int(text[1:3]), int(text[-2:])
    ahead = timedelta(hours=hours, minutes=minutes)
    return timezone(-ahead if text[0] == "-" else ahead)


def read(text: str) -> datetime:
    """Return the time of `2017-12-08 08:10`, or of `2017-11-05 01:30-07:00` with its offset."""
    day, _space, clock = text.strip().replace("T", " ").partition(" ")
    try:
        on = date.fromisoformat(day)
    except ValueError:
        raise ValidationError(
            _("“%(text)s” is no day and time; write them like 2017-12-08 08:10."),
            params={"text": text},
        ) from None
    return datetime.combine(on, read_clock(clock))


def settle(typed: datetime, zone: ZoneInfo) -> datetime:
    """Return the moment of a typed time: by its own offset, else on the wall clock of `zone`.

    Raises ValidationError for a year far away, and where `zones.to_moment` does.
    """
    is_near(typed)
    return typed.astimezone(UTC) if typed.tzinfo else to_moment(typed, zone)


def as_typed(moment: datetime, zone: ZoneInfo) -> tuple[str, str]:
    """Return day and clock as a person in `zone` types them, with an offset where it is needed."""
    local = moment.astimezone(zone)
    wall = local.replace(tzinfo=None)
    clock = f"{wall:%H:%M:%S}" if wall.second else f"{wall:%H:%M}"
    if len(readings(wall, zone)) > 1:
        clock += local.isoformat(timespec="seconds")[19:]
    return wall.date().isoformat(), clock


def written(moment: datetime, zone: ZoneInfo) -> str:
    """Return a moment for a table cell: `2017-12-08 08:10-08:00`."""
    local = moment.astimezone(zone)
    return local.isoformat(sep=" ", timespec="seconds" if local.second else "minutes")


def is_clear(day: date, clock: time, zone: ZoneInfo) -> None:
    """Refuse a wall clock kept apart from its day that the zone lacks that day, or has twice.

    Such a row has no place for an offset: what can be written is the zone of the offset.
    """
    wall = datetime.combine(day, clock)
    choices = readings(wall, zone)
    if len(choices) == 1:
        return
    hours = [(choice.utcoffset() or timedelta()) / timedelta(hours=1) for choice in choices]
    zones = [f"Etc/GMT{-each:+.0f}" for each in hours if each == int(each)]
    raise ValidationError(
        _(
            "%(wall)s does not exist, or exists twice, in %(zone)s, as the clocks change:"
            " write the zone %(choices)s."
        ),
        params={
            "wall": f"{wall:%Y-%m-%d %H:%M}",
            "zone": zone.key,
            "choices": _(" or ").join(zones) or "UTC",
        },
    )
