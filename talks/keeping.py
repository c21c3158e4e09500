"""What outlives the database that a backup replaces: what was closed there since stays closed.

Numbers that clients have seen, erasures, revoked keys, agendas, hidden events and old addresses.
Rows are named by codes and hashes, as their numbers change. What only one of the two databases
has is as that one has it; an event that only the replaced one had is gone.
"""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth import get_user_model
from django.utils import timezone

from eventsite import writing

from .lifting import Known, known
from .models import Agenda, Erasure, Event, EventSlug, Key, Star

BATCH = 500  # rows in one query


@dataclass(frozen=True, slots=True)
class KeptErasure:
    event: str
    person: str
    at: datetime
    by: str | None  # a user's name


@dataclass(frozen=True, slots=True)
class KeptAgenda:
    event: str
    key_hash: str
    created: datetime
    changed: datetime


@dataclass(frozen=True, slots=True)
class Former:
    """What the replaced database knew; events by their codes, keys and agendas by hashes."""

    codes: frozenset[str]
    hidden: frozenset[str]
    slugs: dict[str, str]  # present and old ones, and whose they are
    known: dict[str, Known]
    erasures: tuple[KeptErasure, ...]
    keys: dict[str, datetime | None]  # when each was revoked
    agendas: tuple[KeptAgenda, ...]
    stars: dict[str, list[tuple[str, datetime]]]  # of an agenda, the first one first


def former() -> Former:
    """Read from the database, before it is replaced, what is kept of it."""
    events = list(Event.objects.all())
    told = {event.code: known(event) for event in events}
    stars: dict[str, list[tuple[str, datetime]]] = {}
    rows = Star.objects.order_by("pk").values_list("agenda__key_hash", "code", "added")
    for key_hash, code, added in rows.iterator():
        stars.setdefault(key_hash, []).append((code, added))
    kept = Agenda.objects.order_by("pk")
    return Former(
        codes=frozenset(told),
        hidden=frozenset(event.code for event in events if event.is_hidden),
        slugs=dict(EventSlug.objects.values_list("slug", "event__code"))
        | {event.slug: event.code for event in events},
        known={code: one for code, one in told.items() if one},
        erasures=tuple(_erasures()),
        keys=dict(Key.objects.values_list("key_hash", "revoked")),
        agendas=tuple(
            KeptAgenda(*row)
            for row in kept.values_list("event__code", "key_hash", "created", "changed")
        ),
        stars=stars,
    )


def _erasures() -> list[KeptErasure]:
    rows = Erasure.objects.select_related("event", "by").order_by("pk")
    return [
        KeptErasure(
            row.event.code, row.person_code, row.at, row.by.get_username() if row.by else None
        )
        for row in rows
    ]


def keep(former: Former) -> dict[str, int]:
    """Bring back what is kept, of the events that the backup has too; return how much of each."""
    events = {event.code: event for event in Event.objects.all() if event.code in former.codes}
    _keep_erasures(former, events)
    return {
        "keys": _revoke(former, events),
        "agendas": _keep_agendas(former, events),
        "hidden": _hide(former, events),
        "slugs": _keep_slugs(former, events),
    }


def _keep_erasures(former: Former, events: dict[str, Event]) -> None:
    users = {user.get_username(): user for user in get_user_model().objects.all()}
    for kept in former.erasures:
        if event := events.get(kept.event):
            Erasure.objects.get_or_create(
                event=event,
                person_code=kept.person,
                defaults={"at": kept.at, "by": users.get(kept.by or "")},
            )


def _revoke(former: Former, events: dict[str, Event]) -> int:
    """Revoke the keys that were revoked since the backup, or are gone."""
    now, count = timezone.now(), 0
    for key in Key.objects.filter(revoked__isnull=True).select_related("event"):
        revoked = former.keys.get(key.key_hash, now)
        if revoked and key.event.code in events:
            key.revoked = revoked
            key.save(update_fields=["revoked"])
            count += 1
    return count


def _keep_agendas(former: Former, events: dict[str, Event]) -> int:
    """Put agendas back as attendees left them: those deleted or rekeyed since stay away."""
    kept = [agenda for agenda in former.agendas if agenda.event in events]
    hashes = {agenda.key_hash for agenda in kept}
    ids = {event.pk for event in events.values()}
    rows = Agenda.objects.values_list("pk", "event_id", "key_hash")
    old = [pk for pk, event, key_hash in rows if event in ids or key_hash in hashes]
    for start in range(0, len(old), BATCH):
        Agenda.objects.filter(pk__in=old[start : start + BATCH]).delete()
    made = Agenda.objects.bulk_create(
        (
            Agenda(
                event=events[each.event],
                key_hash=each.key_hash,
                created=each.created,
                changed=each.changed,
            )
            for each in kept
        ),
        batch_size=BATCH,
    )
    Star.objects.bulk_create(
        (
            Star(agenda=agenda, code=code, added=added)
            for agenda in made
            for code, added in former.stars.get(agenda.key_hash, ())
        ),
        batch_size=BATCH,
    )
    return len(made)


def _hide(former: Former, events: dict[str, Event]) -> int:
    shown = [event for code, event in events.items() if code in former.hidden]
    return sum(writing.change(event, event.version, {"is_hidden": True}) for event in shown)


def _keep_slugs(former: Former, events: dict[str, Event]) -> int:
    """Remember the slugs that an event has had since, unless the backup has another event there."""
    taken = {*Event.objects.values_list("slug", flat=True)}
    taken |= {*EventSlug.objects.values_list("slug", flat=True)}
    new = [
        EventSlug(slug=slug, event=events[code])
        for slug, code in former.slugs.items()
        if code in events and slug not in taken
    ]
    return len(EventSlug.objects.bulk_create(new))
