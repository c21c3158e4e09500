"""What a value must look like before it may stand in a column."""

import re
from datetime import date, time
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from eventsite import moments
from eventsite.zones import is_zone

LINK = re.compile(r"(?:(?P<label>.*\S)\s+)?(?P<url>https?://\S+)$")


def is_colour(value: str) -> None:
    """Refuse what is not a colour like #0a5c8f."""
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", value):
        raise ValidationError(
            _("“%(value)s” is no colour; write six hexadecimal digits like #0a5c8f."),
            params={"value": value},
        )


def is_links(value: str) -> None:
    """Refuse lines that do not end in an address, by number."""
    for number, line in enumerate(value.splitlines(), start=1):
        if line.strip() and not LINK.match(line.strip()):
            raise ValidationError(
                _("Line %(number)d, “%(line)s”, does not end in an address like https://…"),
                params={"number": number, "line": line},
            )


def is_clear_moment(on: date | None, clock: time | None, zone: str) -> None:
    """Refuse an important date whose zone lacks its wall clock that day, or has it twice."""
    if on and clock and zone:
        is_zone(zone)
        moments.is_clear(on, clock, ZoneInfo(zone))
