"""Keeps what `likeness` finds: the papers like each paper, and its spot on the map.

Rows are written a thousand papers at a time, and only those that differ: others may write between.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from django.db import transaction

from papers.likeness import Progress, nearest, spots, weights
from papers.models import Paper, Similar, Spot

CHUNK = 1000  # papers
BATCH = 2000  # rows of one INSERT

Near: TypeAlias = list[tuple[int, float]]  # primary key of the other paper, likeness


def relate(progress: Progress) -> dict[str, int]:
    """Compare all papers, hidden ones too; return how many were read, changed, unchanged."""
    papers = Paper.objects.order_by("pk")
    keys = list(papers.values_list("pk", flat=True))
    if not keys:
        return {"read": 0, "changed": 0, "unchanged": 0}
    rows = weights(texts(keys), len(keys))
    progress("read", len(keys), len(keys))
    alike = nearest(rows, progress)
    changed = 0
    for part in chunks(keys):
        found = {key: [(keys[n], score) for n, score in next(alike)] for key in part}
        changed += keep_similar(found)
    places = dict(zip(keys, spots(rows), strict=True))
    progress("placed", len(keys), len(keys))
    for part in chunks(keys):
        keep_spots({key: places[key] for key in part})
    return {"read": len(keys), "changed": changed, "unchanged": len(keys) - changed}


def texts(keys: Sequence[int]) -> Iterator[str]:
    """Yield the words of each paper; those of title and topics count twice."""
    for part in chunks(keys):
        papers = Paper.objects.prefetch_related("topics").in_bulk(part)
        for key in part:
            yield words(papers[key]) if key in papers else ""


def words(paper: Paper) -> str:
    head = " ".join([paper.title, paper.alias, *(topic.name for topic in paper.topics.all())])
    return f"{head} {head} {paper.abstract}"


def chunks(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    return (keys[first : first + CHUNK] for first in range(0, len(keys), CHUNK))


@transaction.atomic
def keep_similar(found: dict[int, Near]) -> int:
    """Write what is new of these papers' likes; return of how many papers."""
    kept: defaultdict[int, Near] = defaultdict(list)
    stored = Similar.objects.filter(paper__in=found).order_by("-score", "other")
    for key, other, score in stored.values_list("paper", "other", "score"):
        kept[key].append((other, score))
    there = present({*found, *(other for near in found.values() for other, _score in near)})
    fresh = {
        key: [(other, score) for other, score in near if other in there]
        for key, near in found.items()
        if key in there
    }
    changed = {key: near for key, near in fresh.items() if near != kept[key]}
    Similar.objects.filter(paper__in=changed).delete()
    Similar.objects.bulk_create(
        (
            Similar(paper_id=key, other_id=other, score=score)
            for key, near in changed.items()
            for other, score in near
        ),
        batch_size=BATCH,
    )
    return len(changed)


@transaction.atomic
def keep_spots(places: dict[int, tuple[float, float]]) -> None:
    """Write where these papers stand, if it is another place than before."""
    stored = Spot.objects.filter(paper__in=places).values_list("paper", "x", "y")
    kept = {key: (x, y) for key, x, y in stored}
    there = present(places)
    changed = {key for key in there if places[key] != kept.get(key)}
    Spot.objects.bulk_create(
        (Spot(paper_id=key, x=places[key][0], y=places[key][1]) for key in sorted(changed)),
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["paper"],
        update_fields=["x", "y"],
    )


def present(keys: set[int] | dict[int, tuple[float, float]]) -> set[int]:
    """Keep the papers that are still there: the comparing took its time."""
    return set(Paper.objects.filter(pk__in=keys).values_list("pk", flat=True))
