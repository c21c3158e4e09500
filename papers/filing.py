"""Sections tied to topics: what stands under such a heading is filed under its topic.

Headings become sections and never topics by themselves; a curator ties one to the other.
"""

from collections.abc import Iterable

from django.db import transaction

from eventsite.writing import User
from eventsite.writing_many import claim_many, record_many, thousands

from .models import Paper, Section


def file_under_topics(sections: Iterable[Section], by: User = None, batch: str = "") -> int:
    """File the papers of sections under the topics these are tied to; return how many changed.

    A section without a topic takes that of the one it stands in. Nothing is ever taken out: a
    paper may have been filed there by hand as well. Constant queries for each topic and thousand.
    """
    with transaction.atomic():
        return sum(
            file(papers, topic, by, batch)
            for topic, pks in tied(list(sections)).items()
            for papers in thousands(unfiled(topic, pks))
        )


def tied(sections: list[Section]) -> dict[int, list[int]]:
    """Return the topics that sections are tied to, each with the keys of its sections: 1 query."""
    lists = {section.list_id for section in sections}
    every = {each.pk: each for each in Section.objects.filter(list__in=lists)}
    found: dict[int, list[int]] = {}
    for section in sections:
        if topic := topic_of(section, every):
            found.setdefault(topic, []).append(section.pk)
    return found


def topic_of(section: Section, every: dict[int, Section]) -> int | None:
    seen: set[int] = set()
    step: Section | None = section
    while step and not step.topic_id and step.pk not in seen:
        seen.add(step.pk)
        step = every.get(step.parent_id or 0)
    return step.topic_id if step else None


def unfiled(topic: int, sections: list[int]) -> Iterable[Paper]:
    """Return the papers of sections, without the items that are gone, which lack a topic."""
    there = Paper.objects.filter(items__section__in=sections, items__is_gone=False)
    return there.exclude(topics=topic).distinct().order_by("pk")


def file(papers: list[Paper], topic: int, by: User, batch: str) -> int:
    filed = Paper.topics.through
    before = claim_many(papers)
    filed.objects.bulk_create(filed(paper_id=paper.pk, topic_id=topic) for paper in papers)
    return record_many(papers, before, by, batch)
