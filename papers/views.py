"""The pages of the catalogue. Who may see a row is decided in the querysets."""

from typing import TypeVar

from django.conf import settings
from django.core.paginator import Page
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.dates import MONTHS
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from eventsite.codes import code_of
from eventsite.responses import moved, page
from papers.formats import jsonld
from papers.forms import page_of, read_filters
from papers.models import Author, Paper, ReadingList, Topic, Venue
from papers.models.catalogue import PaperLinkKind
from papers.outline import outline
from papers.querysets import record_of
from papers.records import TopicTree, identifier_address

Row = TypeVar("Row", bound=Model)


@require_safe
def papers(request: HttpRequest) -> HttpResponse:
    """The catalogue, searched and filtered: 11 queries, one more with `?author=`."""
    filters = read_filters(request.GET, TopicTree(Topic.objects.records()))
    found = page_of(filters.keep(Paper.objects.public()).for_list(), request.GET)
    context = {"filters": filters, "query": filters.data["q"], **paged(filters.address(), found)}
    return page(request, "papers/papers.html", {"section": "papers", **context})


@require_safe
def paper(request: HttpRequest, segment: str) -> HttpResponse:
    """Everything known of a paper: 7 queries."""
    code = code_of(segment)
    missing = gettext("There is no paper “%(name)s” here.")
    row = one(Paper.objects.public().for_page(), missing, segment, code=code)
    if request.path != row.get_absolute_url():
        return moved(request, row.get_absolute_url())
    address = settings.SITE_URL + request.path
    affiliations = [each.affiliation for each in row.authorships.all()]
    context = {
        "paper": row,
        "affiliated": row.authorships.all() if any(affiliations) else [],
        "month": MONTHS.get(row.month, ""),
        "links": sorted(row.links.all(), key=lambda link: PaperLinkKind.values.index(link.kind)),
        "identifiers": [
            (each.get_scheme_display(), each.value, identifier_address(each.scheme, each.value))
            for each in row.identifiers.all()
        ],
        "address": address,
        "jsonld": jsonld.dumps(record_of(row), address),
    }
    return page(request, "papers/paper.html", {"section": "papers", **context})


@require_safe
def author(request: HttpRequest, segment: str) -> HttpResponse:
    """An author's papers and where they were presented: 8 queries."""
    missing = gettext("There is no author “%(name)s” here.")
    rows = Author.objects.public().prefetch_related("names")
    row = one(rows, missing, segment, code=code_of(segment))
    if request.path != row.get_absolute_url():
        return moved(request, row.get_absolute_url())
    works = Paper.objects.public().by(row).sorted_by("best")
    context = {
        "author": row,
        "names": [each.name for each in row.names.all() if each.name != row.name],
        "presentations": works.shown(),
        **paged(request.path, page_of(works.for_list(), request.GET)),
    }
    return page(request, "papers/author.html", {"section": "papers", **context})


@require_safe
def venue(request: HttpRequest, slug: str) -> HttpResponse:
    """The papers of a venue, and its years: 8 queries."""
    missing = gettext("There is no venue “%(name)s” here.")
    row = one(Venue.objects.public().prefetch_related("aliases"), missing, slug, slug=slug)
    works = Paper.objects.public().at_venue(slug)
    context = {
        "venue": row,
        "years": works.years(),
        **paged(request.path, page_of(works.sorted_by("best").for_list(), request.GET)),
    }
    return page(request, "papers/venue.html", {"section": "papers", **context})


@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """The papers of a topic and of those within it: 6 queries."""
    tree = TopicTree(Topic.objects.records())
    record = tree.find(slug)
    if record is None:
        raise Http404(gettext("There is no topic “%(name)s” here.") % {"name": slug[:60]})
    works = Paper.objects.public().about(tree.within(record)).sorted_by("best")
    context = {
        "topic": record,
        "path_to": tree.path(record),
        "children": tree.children(record.pk),
        **paged(request.path, page_of(works.for_list(), request.GET)),
    }
    return page(request, "papers/topic.html", {"section": "papers", **context})


@require_safe
def reading_lists(request: HttpRequest) -> HttpResponse:
    """The reading lists: 1 query."""
    lists = ReadingList.objects.public().counted()
    return page(request, "papers/lists.html", {"section": "lists", "lists": lists})


@require_safe
def reading_list(request: HttpRequest, slug: str) -> HttpResponse:
    """A whole reading list with its sections and notes: 7 queries."""
    missing = gettext("There is no reading list “%(name)s” here.")
    row = one(ReadingList.objects.public().for_page(), missing, slug, slug=slug)
    context = {"list": row, "whole": outline(row)}
    return page(request, "papers/list.html", {"section": "lists", **context})


def one(rows: QuerySet[Row], missing: str, name: str, **lookup: str) -> Row:
    """Return the row, or raise Http404 that says which `name` was not found."""
    row = rows.filter(**lookup).first()
    if row is None:
        raise Http404(missing % {"name": name[:60]})
    return row


def paged(path: str, found: Page[Paper]) -> dict[str, object]:
    """Return what a template needs to show a page of papers: itself, its address, the others'."""
    base = f"{path}{'&' if '?' in path else '?'}page="
    here = f"{base}{found.number}" if found.number > 1 else path
    return {"found": found, "base": base, "canonical": settings.SITE_URL + here}
