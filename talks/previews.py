"""The draft for those who hold a key: what would be public if it were published now."""

from dataclasses import dataclass, replace

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from eventsite.keys import hash_of, new_key
from eventsite.writing import User
from talks import records_json
from talks.drafting import draft
from talks.models import Event, Key
from talks.models.keys import KeyKind
from talks.publishing import completed, current, digest_of, moment_after
from talks.records import Programme
from talks.released import Head

STILL_THERE = Q(by__is_active=True) & (
    Q(by__is_superuser=True) | Q(by__memberships__event=F("event"))
)


@dataclass(frozen=True, slots=True)
class Opened:
    """The draft as a release: its addresses begin with the preview's own."""

    head: Head
    programme: Programme


def make(event: Event, by: User, label: str) -> str:
    """Make a key and return it: this once, as only its hash is kept."""
    key = new_key()
    Key.objects.create(key_hash=hash_of(key), event=event, label=label, by=by, made=timezone.now())
    return key


def open_to(event: Event, by: User) -> str:
    """Make a user's own key, which has no label, in place of the one they had."""
    standing(event).filter(by=by, label="").update(revoked=timezone.now())
    return make(event, by, "")


def standing(event: Event) -> QuerySet[Key]:
    """Return the keys that open the draft, youngest first."""
    return event.keys.filter(kind=KeyKind.PREVIEW, revoked__isnull=True).select_related("by")


def revoke(event: Event, number: int) -> bool:
    """Let a key, by its primary key, open nothing any more; False when it is not the event's."""
    return bool(standing(event).filter(pk=number).update(revoked=timezone.now()))


def path(event: Event, key: str) -> str:
    return f"{prefix(key)}/events/{event.slug}/"


def prefix(key: str) -> str:
    return f"/preview/{key}"


def opened(key: str, slug: str) -> Opened | None:
    """Return the draft that a key opens at an event's present slug: 20 queries, hidden or not.

    An organizer's own key opens nothing once they are none any more.
    """
    found = Key.objects.filter(
        key_hash=hash_of(key), kind=KeyKind.PREVIEW, revoked__isnull=True, event__slug=slug
    )
    row = found.filter(~Q(label="") | STILL_THERE).select_related("event").first()
    return _as_release(row.event, key) if row else None


def _as_release(event: Event, key: str) -> Opened:
    last = current(event)
    previous = records_json.loads(last.records) if last else None
    published = moment_after(last)
    programme = completed(previous, draft(event), published)
    head = Head(
        release_id=0,
        number=last.number + 1 if last else 1,
        digest=digest_of(records_json.dumps(programme)),
        published=published,
        code=event.code,
        slug=event.slug,
        zone=event.zone,
        starts_on=event.starts_on,
        ends_on=event.ends_on,
        language=event.language,
        remembered_until=None,
    )
    return Opened(head, replace(programme, event=replace(programme.event, prefix=prefix(key))))
