"""Pictures on pages of their own: the map of similar papers, and papers by year."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from eventsite.responses import page
from papers.pictures import map_of, years_of
from papers.scopes import read_scope


@require_safe
def paper_map(request: HttpRequest) -> HttpResponse:
    """Where papers stand among those like them: at most five queries."""
    scope = read_scope(request.GET)
    context = {"section": "papers", "scope": scope, "map": map_of(scope.papers)}
    return page(request, "papers/map.html", context)


@require_safe
def paper_years(request: HttpRequest) -> HttpResponse:
    """How many papers there are of each year and topic: at most four queries."""
    scope = read_scope(request.GET)
    context = {"section": "papers", "scope": scope, "years": years_of(scope.papers)}
    return page(request, "papers/years.html", context)
