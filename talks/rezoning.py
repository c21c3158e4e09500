"""A new zone for an event: what is typed and printed, the wall clock, stays, and moments move.

Each row that holds moments is written like any other edit, so that versions and history are whole.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, pairwise
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from eventsite import writing
from eventsite.models import Edited
from eventsite.writing import User
from eventsite.zone_names import zone_names
from eventsite.zones import to_moment

from .models import Event, Page, PersonTime, Placement, RoomTime, Session

Moments = dict[str, datetime]


@dataclass(frozen=True, slots=True)
class Shift:
    """The moments of a row as they are in the new zone; to change it is to change its owner."""

    owner: Edited
    row: models.Model
    moments: Moments


def can_keep_clocks(event: Event, zone: str) -> None:
    """Refuse a zone that lacks an hour at which something of the event is, or has it twice."""
    old = Event.objects.filter(pk=event.pk).values_list("zone", flat=True).first()
    if old and old != zone and zone in zone_names():
        list(_shifts(event, ZoneInfo(old), ZoneInfo(zone)))


def keep_clocks(event: Event, old: str, by: User = None, batch: str = "") -> None:
    """Move the moments of an event, saved in a new zone, so that its clocks stay as they were.

    Raises ValidationError where `can_keep_clocks` does.
    """
    if old == event.zone:
        return
    with transaction.atomic():
        shifts = list(_shifts(event, ZoneInfo(old), ZoneInfo(event.zone)))
        for _key, group in groupby(shifts, key=lambda shift: (type(shift.owner), shift.owner.pk)):
            _write(list(group), by, batch)


def _write(shifts: list[Shift], by: User, batch: str) -> None:
    """Move the rows of one owner: one Change."""
    owner = shifts[0].owner
    before = writing.claim(owner, owner.version)
    for shift in shifts:
        for name, moment in shift.moments.items():
            setattr(shift.row, name, moment)
        shift.row.save(update_fields=list(shift.moments))
    writing.record(owner, before, by, batch)


def _shifts(event: Event, old: ZoneInfo, new: ZoneInfo) -> Iterator[Shift]:
    """Yield every row of the event that holds moments, those of an owner together."""
    for session in Session.objects.filter(event=event, start__isnull=False):
        yield _shift(session, session, ("start", "end"), old, new)
    placements = Placement.objects.filter(session__event=event, start__isnull=False)
    for placement in placements.select_related("talk", "session"):
        yield _shift(placement, placement, ("start",), old, new)
    for model, owner_name in ((PersonTime, "person"), (RoomTime, "room")):
        times = model._base_manager.filter(**{f"{owner_name}__event": event})
        owners: dict[int, Edited] = {}
        for time in times.select_related(owner_name).order_by(owner_name, "start", "end", "pk"):
            owner = getattr(time, owner_name)
            owner = owners.setdefault(owner.pk, owner)
            yield _shift(owner, time, ("start", "end"), old, new)
    for page in Page.objects.filter(event=event):
        yield _shift(page, page, ("appears", "disappears"), old, new)


def _shift(
    owner: Edited, row: models.Model, names: tuple[str, ...], old: ZoneInfo, new: ZoneInfo
) -> Shift:
    moments = {
        name: _moved(owner, moment, old, new) for name in names if (moment := getattr(row, name))
    }
    if any(one >= other for one, other in pairwise(moments.values())):
        raise ValidationError(
            _("“%(name)s” would end before it starts in %(zone)s: move it first."),
            params={"name": owner, "zone": new.key},
        )
    return Shift(owner, row, moments)


def _moved(owner: Edited, moment: datetime, old: ZoneInfo, new: ZoneInfo) -> datetime:
    """Return the moment at which the clock shows in the new zone what it showed in the old."""
    wall = moment.astimezone(old).replace(tzinfo=None)
    try:
        return to_moment(wall, new)
    except ValidationError:
        raise ValidationError(
            _(
                "“%(name)s” cannot keep its hour: in %(zone)s, %(wall)s does not exist or exists"
                " twice, as the clocks change. Move it first."
            ),
            params={"name": owner, "zone": new.key, "wall": f"{wall:%Y-%m-%d %H:%M}"},
        ) from None
