"""How far away an event is: all that pages and feeds know of the clock."""

from datetime import date, timedelta
from enum import StrEnum

SOON = timedelta(days=14)


class Phase(StrEnum):
    FAR = "far"  # more than two weeks before
    NEAR = "near"
    RUNNING = "running"
    OVER = "over"


def phase(starts_on: date, ends_on: date, today: date) -> Phase:
    """`today` is the date in the event's zone, so that phases change at its midnights."""
    if today > ends_on:
        return Phase.OVER
    if today >= starts_on:
        return Phase.RUNNING
    return Phase.NEAR if starts_on - today <= SOON else Phase.FAR
