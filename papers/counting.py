"""Reads the public catalogue into columns of numbers, once for every stamp in a process."""

from typing import NamedTuple, TypeAlias

import numpy as np

from eventsite.memory import Memory
from papers.facets import Catalogue, Facet, Numbers, facet
from papers.models import (
    Author,
    Authorship,
    Item,
    Paper,
    PaperLink,
    Presentation,
    ReadingList,
    Stamp,
    Topic,
    Venue,
)
from papers.models.catalogue import PresentedAs
from papers.records import TopicTree

YES = {1: ("1", "1")}
NEVER = 10_000  # after every year: what has none stands last

Names: TypeAlias = dict[int, tuple[str, str]]  # of values: key in addresses, label


class Row(NamedTuple):
    """What is read of every public paper."""

    pk: int
    year: int | None
    venue: int | None
    folded: str
    presentation: str
    award: str
    is_workshop: bool


def catalogue() -> Catalogue:
    """Return the public catalogue as it is now: one query, and ten more on the first sight of it.

    Before anything was written by `eventsite.writing` there is no stamp, and nothing is kept.
    """
    value = stamp()
    return kept(value) if value else read()


def stamp() -> str:
    """Return what changes with every change of the catalogue: one query."""
    return Stamp.objects.values_list("value", flat=True).first() or ""


def read(_stamp: str = "") -> Catalogue:
    """Read the public catalogue from the tables: ten queries."""
    columns = Paper.objects.public().order_by("pk").values_list(*Row._fields)
    papers = [Row(*row) for row in columns.iterator()]
    keys = np.array([row.pk for row in papers], dtype=np.int64)
    shown = Venue.objects.order_by("name", "pk").values_list("pk", "slug", "short", "name")
    venues = {pk: (slug, short or name) for pk, slug, short, name in shown}
    facets = {
        "year": facet([(row.pk, row.year) for row in papers if row.year], years(papers), keys),
        "venue": facet([(row.pk, row.venue) for row in papers if row.venue], venues, keys),
        **marks(papers, keys),
        "topic": topics(keys),
        "list": lists(keys),
        "author": authors(keys),
        "event": events(keys),
        "code": code(keys),
    }
    return Catalogue(keys, orders(papers, venues), facets)


kept: Memory[str, Catalogue] = Memory(read, lambda _stamp, _catalogue: 1, 1)


def orders(papers: list[Row], venues: Names) -> dict[str, Numbers]:
    """Return the rows in each order; papers without a year or a venue stand last."""
    count = len(papers)
    titles = np.zeros(count, dtype=np.int64)
    titles[sorted(range(count), key=lambda row: papers[row].folded)] = np.arange(count)
    year = np.array([row.year or NEVER for row in papers], dtype=np.int64)
    latest = np.where(year == NEVER, NEVER, -year)
    place = {pk: at for at, pk in enumerate(venues)}
    venue = np.array([place.get(row.venue or 0, len(place)) for row in papers], dtype=np.int64)
    return {
        "newest": np.lexsort((titles, latest)),
        "year": np.lexsort((titles, year)),
        "title": np.argsort(titles),
        "venue": np.lexsort((titles, latest, venue)),
    }


def years(papers: list[Row]) -> Names:
    return {
        year: (str(year), str(year)) for year in sorted({row.year or 0 for row in papers})[::-1]
    }


def marks(papers: list[Row], keys: Numbers) -> dict[str, Facet]:
    """Return the facets of what a paper was marked with: presentation, award, workshop."""
    presented = [value for value in PresentedAs.values if value]
    awards = sorted({row.award for row in papers if row.award})
    shown = {at: (value, value) for at, value in enumerate(presented)}
    return {
        "presentation": facet(
            [(row.pk, presented.index(row.presentation)) for row in papers if row.presentation],
            shown,
            keys,
            unused=True,
        ),
        "award": numbered([(row.pk, row.award) for row in papers if row.award], awards, keys),
        "workshop": facet(
            [(row.pk, 1) for row in papers if row.is_workshop], YES, keys, unused=True
        ),
    }


def numbered(pairs: list[tuple[int, str]], values: list[str], keys: Numbers) -> Facet:
    """Make a facet of values that are their own names."""
    number = {value: at for at, value in enumerate(values)}
    names = {at: (value, value) for value, at in number.items()}
    return facet([(pk, number[value]) for pk, value in pairs], names, keys)


def topics(keys: Numbers) -> Facet:
    """A paper is filed under its topics and under those that they stand within."""
    tree = TopicTree(Topic.objects.records())
    names = {topic.pk: (topic.slug, topic.name) for _depth, topic in tree.walk()}
    above = {pk: [pk, *(each.pk for each in tree.path(tree.topics[pk]))] for pk in names}
    filed = Paper.topics.through.objects.values_list("paper_id", "topic_id")
    return facet([(paper, each) for paper, pk in filed for each in above.get(pk, [])], names, keys)


def lists(keys: Numbers) -> Facet:
    shown = ReadingList.objects.public().values_list("pk", "slug", "title")
    names = {pk: (slug, title) for pk, slug, title in shown}
    items = Item.objects.filter(list__in=names, is_gone=False).order_by()
    return facet(list(items.values_list("paper", "list")), names, keys, unused=True)


def authors(keys: Numbers) -> Facet:
    rows = Author.objects.order_by("name", "pk").values_list("pk", "code", "name")
    names = {pk: (code, name) for pk, code, name in rows.iterator()}
    return facet(list(Authorship.objects.order_by().values_list("paper", "author")), names, keys)


def events(keys: Numbers) -> Facet:
    """The event's name stands with each presentation; of several the last is taken."""
    rows = list(Presentation.objects.order_by("pk").values_list("paper", "event_slug", "label"))
    names = {slug: label for _paper, slug, label in rows}
    number = {slug: at for at, slug in enumerate(sorted(names, key=lambda slug: names[slug]))}
    shown = {at: (slug, names[slug]) for slug, at in number.items()}
    return facet([(paper, number[slug]) for paper, slug, _label in rows], shown, keys)


def code(keys: Numbers) -> Facet:
    linked = PaperLink.objects.filter(kind="code").order_by().values_list("paper", flat=True)
    return facet([(paper, 1) for paper in linked], YES, keys, unused=True)
