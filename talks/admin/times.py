"""Moments as lists show them: on the wall clock of the event."""

from zoneinfo import ZoneInfo

from eventsite.moments import as_typed


def local(moment, event):
    """Return `2017-12-08 08:10` in the event's zone; None stays None."""
    return " ".join(as_typed(moment, ZoneInfo(event.zone))) if moment else None
