"""The catalogue itself: searched, filtered, counted, sorted."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from eventsite.responses import page
from papers.exports import files
from papers.forms import page_of, read_filters
from papers.views import paged


@require_safe
def papers(request: HttpRequest) -> HttpResponse:
    """The catalogue: 5 queries, 7 for words, 12 for words that are mended.

    A process's first sight of the catalogue as it is now takes ten more.
    """
    filters = read_filters(request.GET)
    found = page_of(filters.papers, request.GET)
    context = {
        "filters": filters,
        "query": filters.q,
        "terms": filters.terms,
        "files": files("papers:papers_file", query=filters.address().removeprefix(request.path)),
        **paged(filters.address(), found),
    }
    return page(request, "papers/papers.html", {"section": "papers", **context})
