"""How far away an event is: all that pages and feeds know of the clock."""

from datetime import date, timedelta
from enum import StrEnum

from talks.records import EventRecord

SOON = timedelta(days=14)


class Phase(StrEnum):
    FAR = "far"  # more than two weeks before
    NEAR = "near"
    RUNNING = "running"
    OVER = "over"


def phase(event: EventRecord, today: date) -> Phase:
    """`today` is the date in the event's zone, so that phases change at its midnights."""
    if today > event.ends_on:
        return Phase.OVER
    if today >= event.starts_on:
        return Phase.RUNNING
    return Phase.NEAR if event.starts_on - today <= SOON else Phase.FAR
