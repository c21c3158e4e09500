"""The current release of an event: the one thing that public pages are made from."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import reduce
from itertools import count
from operator import or_
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from eventsite.memory import Bounded

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


@dataclass(frozen=True, slots=True)
class Held:
    """An event's head, and the slug of the event it is held at, None for one of its own."""

    head: Head
    parent: str | None


FIELDS = (
    *("pk", "number", "digest", "published", "event__code", "event__slug"),
    "summary",
)
PARENT = "event__parent__slug"
UPWARDS = ("event", "event__parent", "event__parent__parent")


def head(slug: str) -> Head | None:
    """Return the head of a public event, by its present slug: one query. None: it is a 404."""
    row = current(Q(event__slug=slug)).values_list(*FIELDS).first()
    return head_of(*row) if row else None


def family(slug: str) -> list[Head]:
    """Return the heads of a public event and of all public ones held at it, its own first.

    One query, however many; one more for each level below the second. Empty: the event is not
    public.
    """
    return together(slug, held(current(within(slug=slug))))


def within(**lookup: object) -> Q:
    """Return what keeps the releases of an event, of those held at it, and of those held there."""
    [(name, value)] = lookup.items()
    return reduce(or_, (Q(**{f"{path}__{name}": value}) for path in UPWARDS))


def together(slug: str, there: Sequence[Held]) -> list[Head]:
    """Return the heads of an event and of what is held at it, as far down as all are public.

    `there` are those `within` it; below them it is one query for each level.
    """
    found = {one.head.slug: one.head for one in there if one.head.slug == slug}
    level = set(found)
    for depth in count(1):
        if level and depth >= len(UPWARDS):
            there = held(current(Q(event__parent__slug__in=level)))
        below = [one.head for one in there if one.parent in level and one.head.slug not in found]
        if not below:
            break
        found |= {one.slug: one for one in below}
        level = {one.slug for one in below}
    return list(found.values())


def held(releases: QuerySet[Release]) -> list[Held]:
    rows = releases.values_list(*FIELDS, PARENT)
    return [Held(head_of(*row[:-1]), row[-1]) for row in rows]


def current(wanted: Q) -> QuerySet[Release]:
    found = Release.objects.current().filter(wanted)
    return found.order_by("event__starts_on", "event__code")


def head_of(
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


_programmes: Bounded[tuple[str, str], Programme] = Bounded(KEPT, lambda _key, _programme: 1)


def programme(head: Head) -> Programme:
    """Return the programme of a release: from memory, else one query.

    Its event has the slug of today, which may be younger than the release.
    """
    key = (head.digest, head.slug)
    found = _programmes.get(key)
    if found is None:
        value = Release.objects.values_list("records", flat=True).get(pk=head.release_id)
        read = records_json.loads(value)
        found = replace(read, event=replace(read.event, slug=head.slug))
        _programmes.put(key, found)
    return found
