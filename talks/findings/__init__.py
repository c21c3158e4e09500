"""Clashes in the organizer's words: one sentence each, with names and times.

A module for each group of rules has its `SENTENCES`, by rule and fault, and its `LABELS`, by
rule; they are gathered here and in `names`.
"""

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from talks.records_json import Json
from talks.solver.problem import Clash

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
from .wording import Sentence

SENTENCES: dict[tuple[str, str], Sentence] = {
    **rooms.SENTENCES,
    **people.SENTENCES,
    **buffers.SENTENCES,
    **wishes.SENTENCES,
    **changes.SENTENCES,
    **sessions.SENTENCES,
    **relations.SENTENCES,
    **days.SENTENCES,
    **audience.SENTENCES,
    **tracks.SENTENCES,
    **posters.SENTENCES,
}


def sentence(clash: Clash, zone: ZoneInfo) -> str:
    """Return what clashes, on the clock of a zone."""
    return SENTENCES[clash.rule, clash.fault](clash, zone)


def as_plain(clashes: Iterable[Clash], zone: ZoneInfo) -> list[Json]:
    """Return clashes as JSON has them: rule, codes and text."""
    return [
        {"rule": clash.rule, "codes": [*clash.codes], "text": sentence(clash, zone)}
        for clash in clashes
    ]
