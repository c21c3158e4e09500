"""The current release of an event: the one thing that public pages are made from."""

from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import date, datetime
from threading import Lock
from zoneinfo import ZoneInfo

from django.db.models import Q

from . import records_json
from .models import EventSlug, Release
from .records import Programme

KEPT = 32  # programmes in the memory of a process


@dataclass(frozen=True, slots=True)
class Head:
    """What is known of an event and its current release without reading the records."""

    release_id: int
    number: int
    digest: str
    published: datetime  # or when somebody was last erased from it
    code: str
    slug: str
    zone: str
    starts_on: date
    ends_on: date
    language: str
    remembered_until: date | None  # the last day of a tombstone

    @property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.zone)


FIELDS = (
    *("pk", "number", "digest", "published", "event__code", "event__slug"),
    "summary",
)


def head(slug: str) -> Head | None:
    """Return the head of a public event, by its present slug: one query. None: it is a 404."""
    return next(iter(_heads(Q(event__slug=slug))), None)


def family(slug: str) -> list[Head]:
    """Return the heads of a public event and of all public ones held at it, its own first.

    One query; one more for each level of events held at it. Empty: the event is not public.
    """
    found = {one.slug: one for one in _heads(Q(event__slug=slug) | Q(event__parent__slug=slug))}
    level = set(found) - {slug} if slug in found else set()
    while level:
        below = [one for one in _heads(Q(event__parent__slug__in=level)) if one.slug not in found]
        found |= {one.slug: one for one in below}
        level = {one.slug for one in below}
    return sorted(found.values(), key=lambda one: one.slug != slug) if slug in found else []


def _heads(wanted: Q) -> list[Head]:
    rows = Release.objects.current().filter(wanted).order_by("event__starts_on", "event__code")
    return [_head(*row) for row in rows.values_list(*FIELDS)]


def _head(
    release_id: int,
    number: int,
    digest: str,
    published: datetime,
    code: str,
    present: str,
    summary: dict[str, str],
) -> Head:
    until, erased = summary["remembered_until"], summary.get("erased")
    return Head(
        release_id=release_id,
        number=number,
        digest=digest,
        published=datetime.fromisoformat(erased) if erased else published,
        code=code,
        slug=present,
        zone=summary["zone"],
        starts_on=date.fromisoformat(summary["starts_on"]),
        ends_on=date.fromisoformat(summary["ends_on"]),
        language=summary["language"],
        remembered_until=date.fromisoformat(until) if until else None,
    )


def present_slug(old: str) -> str | None:
    """Return the slug that an event has now, for one it had: one query."""
    found = EventSlug.objects.filter(slug=old).values_list("event__slug", flat=True).first()
    return str(found) if found else None


_programmes: OrderedDict[tuple[str, str], Programme] = OrderedDict()
_lock = Lock()


def programme(head: Head) -> Programme:
    """Return the programme of a release: from memory, else one query.

    Its event has the slug of today, which may be younger than the release.
    """
    key = (head.digest, head.slug)
    with _lock:
        if found := _programmes.get(key):
            _programmes.move_to_end(key)
            return found
    value = Release.objects.values_list("records", flat=True).get(pk=head.release_id)
    read = records_json.loads(value)
    made = replace(read, event=replace(read.event, slug=head.slug))
    with _lock:
        _programmes[key] = made
        while len(_programmes) > KEPT:
            _programmes.popitem(last=False)
    return made
