"""The releases of a public event, earlier ones too, as they may be read now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import accumulate, chain, islice, pairwise

from . import records_json, released
from .difference import Difference, differences
from .models import Release
from .records import Programme
from .redaction import redacted
from .released import Head

KEPT = 8  # earlier programmes in the memory of a process
NEWEST = 50  # versions in a feed
MOST_RECORDS = 10_000  # in all those whose changes it tells: about two seconds
FIELDS = ("pk", "number", "digest", "published", "note", "summary")
COUNTS = ("sessions", "talks", "posters", "people")

Changes = tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Version:
    """What is known of a release without reading its records."""

    release_id: int
    number: int
    digest: str
    published: datetime
    note: str
    sessions: int
    talks: int
    posters: int
    people: int


def versions(head: Head) -> tuple[Version, ...]:
    """Return every release of an event, the youngest first: one query."""
    rows = Release.objects.filter(event__code=head.code, number__lte=head.number)
    return tuple(_version(*row) for row in rows.order_by("-number").values_list(*FIELDS))


def _version(
    release_id: int,
    number: int,
    digest: str,
    published: datetime,
    note: str,
    summary: dict[str, str | int],
) -> Version:
    sessions, talks, posters, people = (int(summary[name]) for name in COUNTS)
    return Version(release_id, number, digest, published, note, sessions, talks, posters, people)


def programme(head: Head, version: Version) -> Programme:
    """Return a version as it may be read while the release of `head` stands.

    From memory, else one query for each of the two.
    """
    return redacted(_read(version.release_id, version.digest), released.programme(head))


def changes(head: Head, old: Version | None, new: Version) -> Changes:
    """Return what changed between two versions, as it may be read now; at first all is new."""
    return _seen(programme(head, old) if old else None, programme(head, new))


@lru_cache(maxsize=KEPT)
def history(head: Head, found: tuple[Version, ...]) -> tuple[Changes, ...]:
    """Return what the newest versions changed, in the order of `found`: youngest first.

    As many as `told` says. One query, however many; their records pass one by one.
    """
    current, count = released.programme(head), told(found)
    ids = [version.release_id for version in found[: count + 1]]
    rows = Release.objects.filter(pk__in=ids).order_by("-number").values_list("records", flat=True)
    read = (redacted(records_json.loads(value), current) for value in rows.iterator(1))
    both = pairwise(chain(read, [None]))
    return tuple(_seen(old, new) for new, old in islice(both, count) if new)


def told(found: Sequence[Version]) -> int:
    """Return of how many versions a feed tells the changes: as many as are read in a moment."""
    sizes = (one.sessions + one.talks + one.posters + one.people for one in found[:NEWEST])
    return max(1, sum(size <= MOST_RECORDS for size in accumulate(sizes)))


def _seen(old: Programme | None, new: Programme) -> Changes:
    """What changed that people see: not a place in a list, or what they are sorted by."""
    found = differences(old, new)
    return tuple(one for one in found if one.fields or one.kind != "reworded")


@lru_cache(maxsize=KEPT)
def _read(release_id: int, digest: str) -> Programme:
    """Read the records of a release; the digest tells those of an erasure apart."""
    return records_json.loads(Release.objects.values_list("records", flat=True).get(pk=release_id))
