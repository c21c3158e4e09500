"""Publishes again what came back from a backup, with all counting lifted.

Clients have seen numbers that the backup does not know. They take nothing that counts less than
what they have, so every number goes up by more than anybody can have published since.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import transaction

from . import records_json
from .models import Event, Release
from .publishing import codes, current, moment_after, write, write_presentations
from .records import Programme, Stamp

LIFT = 1000
ONE_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Known:
    """What clients were told last of an event, before its rows were replaced."""

    number: int
    at: datetime
    programme: Programme


def known(event: Event) -> Known | None:
    """Return what the current release has told; None: nothing was ever published."""
    last = current(event)
    return Known(last.number, last.told, records_json.loads(last.records)) if last else None


@transaction.atomic
def lift(event: Event, before: Known | None = None, note: str = "") -> Release | None:
    """Publish the current release again, numbers lifted by 1,000; None when there is none.

    With `before`, nothing counts less or is older than what was told then, and what only that
    release held is withdrawn. Later releases are numbered from there on.
    """
    event = Event.objects.select_for_update().get(pk=event.pk)
    last = current(event)
    if last is None:
        return None
    published = moment_after(last)
    number = last.number + LIFT
    programme = records_json.loads(last.records)
    if before:
        published = max(published, before.at + ONE_SECOND)
        number = max(number, before.number + 1)
    release = write(event, _lifted(programme, before, published), number, published, None, note)
    write_presentations(event)
    return release


def _lifted(programme: Programme, before: Known | None, published: datetime) -> Programme:
    stamps = {stamp.uid: stamp for stamp in programme.stamps}
    told = {stamp.uid: stamp for stamp in before.programme.stamps} if before else {}
    lifted = {uid: _raised(stamp, told.get(uid), published) for uid, stamp in stamps.items()}
    lifted |= {uid: _lost(told[uid], published) for uid in told.keys() - stamps.keys()}
    gone = codes(before.programme) | before.programme.gone if before else frozenset()
    return replace(
        programme,
        stamps=tuple(lifted[uid] for uid in sorted(lifted)),
        gone=programme.gone | (gone - codes(programme)),
    )


def _raised(stamp: Stamp, told: Stamp | None, published: datetime) -> Stamp:
    sequence = stamp.sequence + LIFT
    modified = max(published, stamp.modified + ONE_SECOND)
    if told:
        sequence = max(sequence, told.sequence + 1)
        modified = max(modified, told.modified + ONE_SECOND)
    return replace(stamp, sequence=sequence, modified=modified)


def _lost(told: Stamp, published: datetime) -> Stamp:
    """The stamp of an entry that the backup does not know: withdrawn, unless it was already."""
    raised = _raised(told, None, published)
    return raised if told.withdrawn else replace(raised, withdrawn=published)
