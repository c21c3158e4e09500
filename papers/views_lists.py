"""Reading lists: their pages, their text as Markdown, and a feed of what was added."""

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from eventsite.responses import cached, page
from papers.additions import additions
from papers.counting import stamp
from papers.exports import files
from papers.formats import list_atom
from papers.formats.list_atom import Addition, Feed
from papers.list_filter import ListFilter, narrowed
from papers.list_text import text_of_list
from papers.lookup import find_list
from papers.models import Item, ReadingList
from papers.outline import outline

MARKDOWN = "text/markdown; charset=utf-8"
ATOM = "application/atom+xml; charset=utf-8"


@require_safe
def reading_lists(request: HttpRequest) -> HttpResponse:
    """The reading lists: 1 query."""
    lists = ReadingList.objects.public().counted()
    return page(request, "papers/lists.html", {"section": "lists", "lists": lists})


@require_safe
def reading_list(request: HttpRequest, slug: str) -> HttpResponse:
    """A reading list with its sections and notes, whole or filtered: 8 queries.

    While the catalogue stays as it is the page is made once, and then takes two.
    """
    find_list(ReadingList.objects.public(), slug)
    return cached(
        request, (stamp(),), lambda: list_page(request, slug), read=(*ListFilter.names(), "lang")
    )


def list_page(request: HttpRequest, slug: str) -> str:
    """Return the page of a list, as far as the address asks for it."""
    row = find_list(ReadingList.objects.public().for_page(), slug)
    whole = outline(row)
    asked = narrowed(whole, request.GET)
    context = {
        "section": "lists",
        "list": row,
        "whole": whole,
        "asked": asked,
        "found": asked.found,
        "files": files("papers:list_file", row.slug, query=asked.filter.query),
        "pictures": f"?list={row.slug}",
        "canonical": settings.SITE_URL + request.path + asked.filter.query,
    }
    return render_to_string("papers/list.html", context, request)


@require_safe
def list_markdown(request: HttpRequest, slug: str) -> HttpResponse:
    """A reading list as the text that it was read from, with what was edited since."""
    row = find_list(ReadingList.objects.public(), slug)
    return cached(request, (stamp(),), lambda: text_of_list(row), content_type=MARKDOWN, read=())


@require_safe
def list_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """What was added to a reading list, newest first."""
    row = find_list(ReadingList.objects.public(), slug)
    return cached(request, (stamp(),), lambda: feed_of(row), content_type=ATOM, read=())


def feed_of(row: ReadingList) -> bytes:
    """Return the feed of a list."""
    path = row.get_absolute_url()
    feed = Feed(
        title=row.title,
        author=settings.SITE_NAME,
        language=settings.LANGUAGE_CODE,
        page_url=settings.SITE_URL + path,
        feed_url=f"{settings.SITE_URL}{path.removesuffix('/')}.atom",
    )
    return list_atom.dumps(feed, [addition_of(*each) for each in additions(row)])


def addition_of(item: Item, added: datetime) -> Addition:
    paper = item.paper
    return Addition(
        code=item.code,
        title=paper.title,
        authors=tuple(each.name or each.author.name for each in paper.authorships.all()),
        source=" ".join(str(each) for each in (paper.venue, paper.year) if each),
        note=item.note,
        section=item.section.heading if item.section else "",
        added=added,
        url=settings.SITE_URL + paper.get_absolute_url(),
    )
