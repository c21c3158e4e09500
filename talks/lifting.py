"""Publishes again what came back from a backup, with all counting lifted.

Clients have seen numbers that the backup does not know. They take nothing that counts less than
what they have, so every number goes up by more than anybody can have published since.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from . import records_json
from .models import Event, Release
from .publishing import (
    codes,
    current,
    locked,
    moment_after,
    summary,
    write,
    write_presentations,
)
from .records import Programme, Stamp

LIFT = 1000
ONE_SECOND = timedelta(seconds=1)
MALFORMED = (ArithmeticError, AttributeError, LookupError, OSError, TypeError, ValueError)


class Unreadable(Exception):
    """An event or a release holds what this program cannot have written."""


@dataclass(frozen=True, slots=True)
class Known:
    """What clients were told last of an event, before its rows were replaced."""

    release: Release
    at: datetime
    programme: Programme


def known(event: Event) -> Known | None:
    """Return what the current release has told; None: nothing was ever published."""
    last = current(event)
    return Known(last, last.told, records_json.loads(last.records)) if last else None


def check(event: Event) -> None:
    """Read an event's zone and every release of it as pages do. Raises Unreadable."""
    try:
        ZoneInfo(event.zone)
    except MALFORMED as error:
        raise Unreadable(f"Event {event.code} has an unknown zone: {event.zone}.") from error
    for release in event.releases.order_by("number").iterator(1):
        try:
            _read(release)
        except MALFORMED as error:
            raise Unreadable(f"Release {release.number} of {event.code} is malformed.") from error


def _read(release: Release) -> None:
    if missing := summary(records_json.loads(release.records)).keys() - release.summary.keys():
        raise KeyError(*missing)
    moment_after(release)


@transaction.atomic
def lift(event: Event, before: Known | None = None, note: str = "") -> Release | None:
    """Publish the current release again, numbers lifted by 1,000; None when nobody saw any.

    With `before`, nothing counts less or is older than what was told then, and what only that
    release held is withdrawn: all of it, when there is no other. That release stays, to be read
    among the earlier ones. Later ones are numbered from there.
    """
    event = locked(event)
    last = current(event)
    programme = _programme(event, last, before)
    if programme is None:
        return None
    published = moment_after(last)
    number = (last.number if last else 0) + LIFT
    if before:
        published = max(published, before.at + ONE_SECOND)
        number = max(number, before.release.number + 1)
        _keep(event, before.release)
    release = write(event, _lifted(programme, before, published), number, published, None, note)
    write_presentations(event)
    return release


def _programme(event: Event, last: Release | None, before: Known | None) -> Programme | None:
    """Return what stands from now on: nothing but the event, when only `before` knew more."""
    if last:
        return records_json.loads(last.records)
    if before:
        return Programme(event=replace(before.programme.event, slug=event.slug))
    return None


def _keep(event: Event, release: Release) -> None:
    """Put a release of the replaced database among those of the backup; its author is not told."""
    if not event.releases.filter(number=release.number).exists():
        copied = ("number", "note", "published", "digest", "summary", "records")
        Release.objects.create(event=event, **{name: getattr(release, name) for name in copied})


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
    sequence, revision = stamp.sequence + LIFT, stamp.revision + 1
    modified = max(published, stamp.modified + ONE_SECOND)
    if told:
        sequence = max(sequence, told.sequence + 1)
        revision = max(revision, told.revision + 1)
        modified = max(modified, told.modified + ONE_SECOND)
    return replace(stamp, sequence=sequence, modified=modified, revision=revision)


def _lost(told: Stamp, published: datetime) -> Stamp:
    """The stamp of an entry that the backup does not know: withdrawn, unless it was already."""
    raised = _raised(told, None, published)
    return raised if told.withdrawn else replace(raised, withdrawn=published)
