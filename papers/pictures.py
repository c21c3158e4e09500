"""The pictures of the catalogue, from tables: papers by year, co-authors, the map."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from papers import coauthors, figures
from papers.coauthors import Human, Ring
from papers.figures import Counted, Label, Years
from papers.models import Author, Authorship, Paper
from papers.querysets import PaperQuerySet

CHARTS = 7  # topics, beside that of all papers
DOTS = 500
MOST_PLACES = 20_000  # authorships read for a ring


def years_of(papers: PaperQuerySet) -> Years | None:
    """Return the papers of each year, whole and by topic: two queries, however many papers."""
    dated = papers.exclude(year=None).order_by()
    whole = dict(dated.values_list("year").annotate(Count("pk")))
    topics: defaultdict[tuple[str, str], dict[int, int]] = defaultdict(dict)
    filed = dated.filter(topics__isnull=False).values_list("topics__name", "topics__slug", "year")
    for name, slug, year, count in filed.annotate(Count("pk")):
        topics[name, slug][year] = count
    largest = sorted(topics, key=lambda key: (-sum(topics[key].values()), key))[:CHARTS]
    named = [Counted(_("All papers"), "", whole)]
    return figures.years(named + [Counted(*key, topics[key]) for key in largest])


def ring_of(author: Author, works: PaperQuerySet) -> Ring | None:
    """Return with whom an author writes: one query."""
    placed = Authorship.objects.filter(paper__in=works.order_by()).order_by("paper", "position")
    names = ("paper", "author", "author__name", "author__code", "author__slug")
    people = placed.values_list(*names)[:MOST_PLACES]
    return coauthors.ring(
        author.pk,
        (
            (paper, Human(pk, name, reverse("papers:author", args=[f"{code}-{slug}".strip("-")])))
            for paper, pk, name, code, slug in people
        ),
    )


@dataclass(frozen=True, slots=True)
class Dot:
    """A paper on the map."""

    paper: Paper
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Map:
    """Papers that are alike stand near each other; `unseen` is how many have no room here."""

    dots: tuple[Dot, ...]
    labels: tuple[Label, ...]
    unseen: int

    width, height = figures.MAP_WIDTH, figures.MAP_HEIGHT


def map_of(papers: PaperQuerySet) -> Map:
    """Return the newest papers as a map: three queries, however many papers."""
    placed = papers.exclude(spot=None)
    rows = placed.sorted_by("best").select_related("venue", "spot").prefetch_related("topics")
    shown = list(rows[:DOTS])
    places = figures.spread([(paper.spot.x, paper.spot.y) for paper in shown])
    dots = [Dot(paper, *place) for paper, place in zip(shown, places, strict=True)]
    return Map(tuple(dots), tuple(named(dots)), placed.count() - len(dots))


def named(dots: Iterable[Dot]) -> list[Label]:
    """Return the topics of the dots as names on the map."""
    topics: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)
    for dot in dots:
        for topic in dot.paper.topics.all():
            topics[topic.name].append((dot.x, dot.y))
    return figures.labels(topics)
