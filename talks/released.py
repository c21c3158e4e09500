"""The current release of an event: the one thing that public pages are made from."""

from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import date, datetime
from threading import Lock

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
    published: datetime
    code: str
    slug: str
    zone: str
    starts_on: date
    ends_on: date
    language: str


FIELDS = (
    *("pk", "number", "digest", "published", "event__code", "event__slug"),
    "summary",
)


def head(slug: str) -> Head | None:
    """Return the head of a public event, by its present slug: one query. None: it is a 404."""
    row = Release.objects.current().filter(event__slug=slug).values_list(*FIELDS).first()
    if row is None:
        return None
    release_id, number, digest, published, code, present, summary = row
    return Head(
        release_id=release_id,
        number=number,
        digest=digest,
        published=published,
        code=code,
        slug=present,
        zone=summary["zone"],
        starts_on=date.fromisoformat(summary["starts_on"]),
        ends_on=date.fromisoformat(summary["ends_on"]),
        language=summary["language"],
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
