"""What the rules are called: a name, a line that explains it, and labels for its options."""

from . import (
    audience,
    buffers,
    changes,
    days,
    people,
    posters,
    relations,
    rooms,
    sessions,
    tracks,
    wishes,
)
from .wording import Label

LABELS: dict[str, Label] = {
    **rooms.LABELS,
    **people.LABELS,
    **buffers.LABELS,
    **wishes.LABELS,
    **changes.LABELS,
    **sessions.LABELS,
    **relations.LABELS,
    **days.LABELS,
    **audience.LABELS,
    **tracks.LABELS,
    **posters.LABELS,
}
