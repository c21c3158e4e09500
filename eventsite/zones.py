"""Time zones, and what a wall clock means in them.

On the day that clocks go forward some wall times do not exist; on the day that they go back
some exist twice. Both are refused here with the two choices named, and either choice can be
typed with its offset: `01:30-07:00`.
"""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from eventsite.zone_names import zone_names


def is_zone(value: str) -> None:
    """Refuse what is not the IANA name of a zone."""
    if value not in zone_names():
        raise ValidationError(
            _("“%(value)s” is no time zone; write a name like Europe/Berlin."),
            params={"value": value},
        )


def readings(wall: datetime, zone: ZoneInfo) -> list[datetime]:
    """Return what a naive wall time may mean in a zone: one moment, or two to choose from.

    Two for a time that exists twice, and two for a time that the clock jumps over: the ones
    that the offsets before and after the jump give. Earlier moments come first.
    """
    both = [wall.replace(tzinfo=zone, fold=fold) for fold in (0, 1)]
    if both[0].utcoffset() == both[1].utcoffset():
        return both[:1]
    moments = {wall.replace(tzinfo=UTC) - (side.utcoffset() or timedelta()) for side in both}
    return sorted(moment.astimezone(zone) for moment in moments)


def typed(moment: datetime) -> str:
    """Return a moment as a person types it: `2017-11-05 01:30-07:00`."""
    return moment.isoformat(sep=" ", timespec="minutes")


def to_moment(wall: datetime, zone: ZoneInfo) -> datetime:
    """Return the one moment that a naive wall time means in a zone.

    Raises ValidationError, with both choices as they can be typed, when it does not exist or
    exists twice.
    """
    choices = readings(wall, zone)
    if len(choices) == 1:
        return choices[0]
    exists = choices[0].replace(tzinfo=None) == wall
    message = (
        _("%(wall)s happens twice in %(zone)s, as the clocks go back: write %(choices)s.")
        if exists
        else _("%(wall)s does not exist in %(zone)s, as the clocks go forward: write %(choices)s.")
    )
    raise ValidationError(
        message,
        params={
            "wall": f"{wall:%Y-%m-%d %H:%M}",
            "zone": zone.key,
            "choices": _(" or ").join(map(typed, choices)),
        },
        code="ambiguous",
    )
