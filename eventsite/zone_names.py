"""The names of time zones: those of IANA, the same on every machine."""

from functools import cache
from zoneinfo import available_timezones

OF_THIS_MACHINE = {"localtime", "posixrules", "Factory"}


@cache
def zone_names() -> frozenset[str]:
    """Return every name that can be asked for; looking them up reads a folder."""
    return frozenset(available_timezones() - OF_THIS_MACHINE)
