"""Reads what an address asks of the catalogue, and refuses what cannot be meant."""

from collections.abc import Sequence
from typing import NoReturn

from django.core.exceptions import BadRequest
from django.core.paginator import EmptyPage, Page, Paginator
from django.http import Http404, QueryDict
from django.utils.translation import gettext

from papers.counting import catalogue
from papers.filters import DENSITIES, FACETS, LABELS, NAMES, SORTS, Filters
from papers.models import Paper
from papers.querysets import PaperQuerySet

PAGE_SIZE = 50
HIGHEST_PAGE = 6  # digits


def read_filters(query: QueryDict) -> Filters:
    """Return the filters of an address: two queries with words, else one.

    Raises Http404 when a value names nothing here, BadRequest when it cannot be meant.
    """
    values = {name: query.get(name, "") for name in NAMES}
    for name, value in values.items():
        if "\0" in value:
            refuse(name, value)
    allowed = {"sort": SORTS, "density": DENSITIES, "more": FACETS, "literal": "1"}
    for name, few in {**allowed, "code": "1", "workshop": "1"}.items():
        if values[name] and values[name] not in few:
            refuse(name, values[name])
    if (year := values["year"]) and not (year.isascii() and year.isdecimal() and len(year) == 4):
        refuse("year", year)
    whole = catalogue()
    for name in FACETS:
        if values[name] and not whole.facets[name].has(values[name]):
            raise Http404(
                gettext("%(label)s: “%(value)s” is not here.")
                % {"label": LABELS[name], "value": values[name][:60]}
            )
    return Filters(values, whole)


def refuse(name: str, value: str) -> NoReturn:
    raise BadRequest(
        gettext("%(label)s: “%(value)s” cannot be read.")
        % {"label": LABELS[name], "value": value[:60]}
    )


def page_of(papers: PaperQuerySet | Sequence[Paper], query: QueryDict) -> Page[Paper]:
    """Return the page of papers that `?page=` asks for; a page past the last raises Http404."""
    number = query.get("page") or "1"
    if not (number.isascii() and number.isdecimal() and number.strip("0")):
        raise BadRequest(gettext("“%(page)s” is no page.") % {"page": number[:60]})
    try:
        return Paginator(papers, PAGE_SIZE).page(int(number[:HIGHEST_PAGE]))
    except EmptyPage:
        raise Http404(gettext("There is no page %(page)s.") % {"page": number[:60]}) from None
