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
MOST_NUMBERED = 40
MOST_PLACES = 20_000  # authorships read for a ring


def years_of(papers: PaperQuerySet) -> Years | None:
    """Return the papers of each year, whole and by topic: two queries, however many papers."""
    whole = dict(papers.order_by().values_list("year").annotate(Count("pk")))
    name = _("All papers with a year") if whole.pop(None, 0) else _("All papers")
    dated = papers.exclude(year=None).order_by()
    topics: defaultdict[tuple[str, str], dict[int, int]] = defaultdict(dict)
    filed = dated.filter(topics__isnull=False).values_list("topics__name", "topics__slug", "year")
    for name, slug, year, count in filed.annotate(Count("pk")):
        topics[name, slug][year] = count
    largest = sorted(topics, key=lambda key: (-sum(topics[key].values()), key))[:CHARTS]
    named = [Counted(name, "", whole)]
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

    @property
    def is_numbered(self) -> bool:
        """True for so few dots that each has room for its number in the list."""
        return len(self.dots) <= MOST_NUMBERED


def map_of(papers: PaperQuerySet) -> Map:
    """Return the newest papers as a map: three queries, however many papers."""
    placed = papers.exclude(spot=None)
    rows = placed.sorted_by("best").select_related("venue", "spot").prefetch_related("topics")
    shown = list(rows[:DOTS])
    places = figures.spread([(paper.spot.x, paper.spot.y) for paper in shown])
    if len(shown) <= MOST_NUMBERED:
        places = figures.apart(places)
    dots = [Dot(paper, *place) for paper, place in zip(shown, places, strict=True)]
    names = named(dots) if len(dots) > MOST_NUMBERED else []  # over numbers none could be read
    return Map(tuple(dots), tuple(names), placed.count() - len(dots))


def named(dots: Iterable[Dot]) -> list[Label]:
    """Return the topics of the dots as names on the map."""
    topics: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)
    for dot in dots:
        for topic in dot.paper.topics.all():
            topics[topic.name].append((dot.x, dot.y))
    return figures.labels(topics)
