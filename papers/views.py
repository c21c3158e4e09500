"""The pages of the catalogue. Who may see a row is decided in the querysets."""

from django.conf import settings
from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from eventsite.responses import moved, page
from papers.exports import files
from papers.forms import page_of
from papers.lookup import find_author, find_paper, find_topic, find_venue
from papers.models import Author, Paper, Venue
from papers.paper_page import context_of
from papers.pictures import ring_of, years_of
from papers.querysets import PaperQuerySet


@require_safe
def paper(request: HttpRequest, segment: str) -> HttpResponse:
    """Everything known of a paper: 8 queries."""
    row = find_paper(Paper.objects.public().for_page(), segment)
    if request.path != row.get_absolute_url():
        return moved(request, row.get_absolute_url())
    context = context_of(row, settings.SITE_URL + request.path)
    return page(request, "papers/paper.html", {"section": "papers", **context})


@require_safe
def author(request: HttpRequest, segment: str) -> HttpResponse:
    """An author's papers, where they were presented, and with whom they are: 9 queries."""
    row = find_author(Author.objects.public(), segment)
    if request.path != row.get_absolute_url():
        return moved(request, row.get_absolute_url())
    works = Paper.objects.public().by(row).sorted_by("best")
    context = {
        "author": row,
        "names": spellings(row, works),
        "presentations": works.shown(),
        "ring": ring_of(row, works),
        "files": files("papers:author_file", row.code),
        **paged(request.path, page_of(works.for_list(), request.GET)),
    }
    return page(request, "papers/author.html", {"section": "papers", **context})


def spellings(row: Author, works: PaperQuerySet) -> list[str]:
    """Return how else an author is known, or printed on papers: one query."""
    printed = row.authorships.filter(paper__in=works.order_by()).exclude(name="")
    names = row.names.order_by().values_list("name").union(printed.order_by().values_list("name"))
    return sorted({name for [name] in names} - {row.name})


@require_safe
def venue(request: HttpRequest, slug: str) -> HttpResponse:
    """The papers of a venue, and how many of each year and topic: 10 queries."""
    row = find_venue(Venue.objects.public().prefetch_related("aliases"), slug)
    works = Paper.objects.public().at_venue(row.slug)
    context = {
        "venue": row,
        "years": works.years(),
        "picture": years_of(works),
        "scope": f"?venue={row.slug}",
        "files": files("papers:venue_file", row.slug),
        **paged(request.path, page_of(works.sorted_by("best").for_list(), request.GET)),
    }
    return page(request, "papers/venue.html", {"section": "papers", **context})


@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """The papers of a topic and of those within it: 6 queries."""
    tree, record = find_topic(slug)
    works = Paper.objects.public().about(tree.within(record)).sorted_by("best")
    context = {
        "topic": record,
        "path_to": tree.path(record),
        "children": tree.children(record.pk),
        "scope": f"?topic={record.slug}",
        "files": files("papers:topic_file", record.slug),
        **paged(request.path, page_of(works.for_list(), request.GET)),
    }
    return page(request, "papers/topic.html", {"section": "papers", **context})


def paged(path: str, found: Page[Paper]) -> dict[str, object]:
    """Return what a template needs to show a page of papers: itself, its address, the others'."""
    base = f"{path}{'&' if '?' in path else '?'}page="
    here = f"{base}{found.number}" if found.number > 1 else path
    return {"found": found, "base": base, "canonical": settings.SITE_URL + here}
