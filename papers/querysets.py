"""The questions we ask of the catalogue, by name."""

from django.db.models import Count, Exists, F, OrderBy, OuterRef, Prefetch, Q, QuerySet

from papers.records import AuthorRecord, LinkRecord, PaperRecord, TopicRecord

ORDERS: dict[str, list[str | OrderBy]] = {
    "best": [F("year").desc(nulls_last=True), "folded", "pk"],
    "title": ["folded", "pk"],
    "year": [F("year").asc(nulls_last=True), "folded", "pk"],
    "venue": [
        F("venue__name").asc(nulls_last=True),
        F("year").desc(nulls_last=True),
        "folded",
        "pk",
    ],
}


def related(model, name):
    """Return the table that a field or a reverse name of `model` leads to."""
    return model._meta.get_field(name).related_model


def authorships(model, path=""):
    """Load authorships with their authors in one query; `path` leads to the papers."""
    rows = related(model, "authorships").objects.select_related("author")
    return Prefetch(f"{path}authorships", rows)


class PaperQuerySet(QuerySet):
    def public(self):
        """Keep the papers anyone may see: the only test."""
        presented = related(self.model, "presentations").objects
        return self.filter(Q(is_public=True) | Exists(presented.filter(paper=OuterRef("pk"))))

    def at_venue(self, slug):
        return self.filter(venue__slug=slug)

    def of_year(self, year):
        return self.filter(year=year)

    def about(self, topics):
        """Keep the papers filed under one of the topics, which are primary keys."""
        filed = related(self.model, "topics").objects.filter(pk__in=topics)
        return self.filter(pk__in=filed.values("papers"))

    def by(self, author):
        return self.filter(pk__in=author.authorships.values("paper"))

    def on_list(self, slug):
        """Keep the papers that stand on a public list."""
        items = ItemQuerySet(related(self.model, "items")).public()
        return self.filter(pk__in=items.filter(list__slug=slug).values("paper"))

    def with_award(self, award):
        return self.filter(award=award)

    def presented_as(self, presentation):
        return self.filter(presentation=presentation)

    def presented_at(self, event_slug):
        presented = related(self.model, "presentations").objects
        return self.filter(pk__in=presented.filter(event_slug=event_slug).values("paper"))

    def with_code(self):
        links = related(self.model, "links").objects.filter(kind="code", paper=OuterRef("pk"))
        return self.filter(Exists(links))

    def years(self):
        """Return the years of these papers, latest first."""
        years = self.exclude(year=None).order_by("-year")
        return years.values_list("year", flat=True).distinct()

    def awards(self):
        """Return the awards of these papers as they are worded."""
        return self.exclude(award="").order_by("award").values_list("award", flat=True).distinct()

    def shown(self):
        """Return the presentations of these papers, in order of time."""
        return related(self.model, "presentations").objects.filter(paper__in=self.order_by())

    def events(self):
        """Return slug and name of the events that present these papers."""
        shown = self.shown().order_by("event_slug")
        return shown.values_list("event_slug", "label").distinct()

    def sorted_by(self, order):
        """Sort by one of ORDERS; papers without a year or a venue stand last."""
        return self.order_by(*ORDERS[order])

    def for_list(self):
        """Load what a row of a list of papers shows: four queries, however many papers."""
        links = related(self.model, "links").objects.select_related("venue")
        return self.select_related("venue").prefetch_related(
            authorships(self.model), Prefetch("links", links), "presentations"
        )

    def for_page(self):
        """Load what a paper's page shows: seven queries. Hidden lists are left out."""
        links = related(self.model, "links").objects.select_related("venue")
        items = ItemQuerySet(related(self.model, "items")).public().for_paper()
        return self.select_related("venue").prefetch_related(
            authorships(self.model),
            Prefetch("links", links),
            Prefetch("items", items),
            "identifiers",
            "topics",
            "presentations",
        )

    def for_citation(self):
        """Load what a citation says: six queries, however many papers."""
        links = related(self.model, "links").objects.select_related("venue")
        return self.select_related("venue").prefetch_related(
            authorships(self.model), Prefetch("links", links), "identifiers", "topics"
        )

    def records(self):
        """Return plain values for citations; load them with `for_citation`."""
        return [record_of(paper) for paper in self]


def record_of(paper, note=""):
    """Return a paper that `for_citation` or `for_page` loaded as plain values."""
    venue = paper.venue
    return PaperRecord(
        title=paper.title,
        code=paper.code,
        key=paper.cite_key or paper.code,
        authors=tuple(
            AuthorRecord(each.name or each.author.name, each.affiliation)
            for each in paper.authorships.all()
        ),
        venue=venue.name if venue else "",
        venue_short=venue.short if venue else "",
        venue_kind=venue.kind if venue else "",
        is_workshop=paper.is_workshop,
        year=paper.year,
        month=paper.month,
        presentation=paper.presentation,
        award=paper.award,
        alias=paper.alias,
        abstract=paper.abstract,
        topics=tuple(topic.name for topic in paper.topics.all()),
        identifiers=tuple((each.scheme, each.value) for each in paper.identifiers.all()),
        links=tuple(
            LinkRecord(
                each.kind, each.url, each.label, str(each.venue) if each.venue else "", each.year
            )
            for each in paper.links.all()
        ),
        details=tuple(paper.details.items()),
        note=note,
    )


class AuthorQuerySet(QuerySet):
    def public(self):
        """Keep the authors of a public paper."""
        placed = related(self.model, "authorships")
        papers = related(placed, "paper").objects.public()
        return self.filter(Exists(placed.objects.filter(author=OuterRef("pk"), paper__in=papers)))


class VenueQuerySet(QuerySet):
    def public(self):
        """Keep the venues of a public paper."""
        papers = related(self.model, "papers").objects.public()
        return self.filter(Exists(papers.filter(venue=OuterRef("pk"))))


class TopicQuerySet(QuerySet):
    def marked(self):
        """Tell of each topic whether it has a public paper itself: `has_papers`."""
        papers = related(self.model, "papers").objects.public()
        return self.annotate(has_papers=Exists(papers.filter(topics=OuterRef("pk"))))

    def records(self):
        """Return every topic as plain values, in order of name: one query."""
        return [
            TopicRecord(each.pk, each.slug, each.name, each.parent_id, each.has_papers)
            for each in self.marked()
        ]


class ReadingListQuerySet(QuerySet):
    def public(self):
        """Keep the lists anyone may see."""
        return self.filter(is_public=True)

    def counted(self):
        """Count the items anyone may see: `size`."""
        papers = related(related(self.model, "items"), "paper").objects.public()
        seen = Q(items__is_gone=False, items__paper__in=papers)
        return self.annotate(size=Count("items", filter=seen))

    def for_page(self):
        """Load what a list's page shows: six queries, however many items."""
        items = ItemQuerySet(related(self.model, "items")).public().for_list()
        return self.prefetch_related("sections", Prefetch("items", items))


class ItemQuerySet(QuerySet):
    def public(self):
        """Keep what anyone may see: a public paper on a public list that still has it."""
        papers = related(self.model, "paper").objects.public()
        return self.filter(list__is_public=True, is_gone=False, paper__in=papers)

    def for_list(self):
        """Load the items of a list in their order: four queries, however many.

        Papers come with their items: Django asks for many by one OR each, and SQLite takes 1,000.
        """
        paper = related(self.model, "paper")
        links = related(paper, "links").objects.select_related("venue")
        rows = self.select_related("paper__venue").order_by("position")
        return rows.prefetch_related(
            authorships(paper, "paper__"),
            Prefetch("paper__links", links),
            "paper__presentations",
        )

    def for_paper(self):
        """Load the items of a paper, list by list: one query."""
        items = self.select_related("list", "section__parent")
        return items.order_by("list__title", "list", "position")
