"""Papers as files: every page of papers in the formats that reference managers read.

Only public papers, all that a page has and not only its first fifty. The bytes are the same
until the catalogue changes, so a client that has them is answered 304 before any is made.
"""

from collections.abc import Callable, Collection, Iterable, Sequence

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from eventsite.responses import streamed
from papers.counting import stamp
from papers.exports import FORMATS, Cited, pieces
from papers.filters import NAMES
from papers.forms import read_filters
from papers.list_filter import ListFilter, items_of, narrowed
from papers.lookup import find_author, find_list, find_paper, find_topic, find_venue
from papers.models import Author, Paper, ReadingList, Venue
from papers.outline import outline
from papers.querysets import PaperQuerySet


@require_safe
def papers_file(request: HttpRequest, extension: str) -> HttpResponseBase:
    """What a search found, all of it."""
    filters = read_filters(request.GET)
    return sent(request, lambda: [(key, "") for key in filters.keys], "papers", extension, NAMES)


@require_safe
def paper_file(request: HttpRequest, segment: str, extension: str) -> HttpResponseBase:
    """One paper."""
    row = find_paper(Paper.objects.public(), segment)
    return file_of(request, Paper.objects.public().filter(pk=row.pk), row.code, extension)


@require_safe
def author_file(request: HttpRequest, segment: str, extension: str) -> HttpResponseBase:
    """The papers of an author."""
    row = find_author(Author.objects.public(), segment)
    works = Paper.objects.public().by(row).sorted_by("best")
    return file_of(request, works, row.code, extension)


@require_safe
def venue_file(request: HttpRequest, slug: str, extension: str) -> HttpResponseBase:
    """The papers of a venue."""
    row = find_venue(Venue.objects.public(), slug)
    works = Paper.objects.public().at_venue(row.slug).sorted_by("best")
    return file_of(request, works, row.slug, extension)


@require_safe
def topic_file(request: HttpRequest, slug: str, extension: str) -> HttpResponseBase:
    """The papers of a topic and of those within it."""
    tree, record = find_topic(slug)
    works = Paper.objects.public().about(tree.within(record)).sorted_by("best")
    return file_of(request, works, record.slug, extension)


@require_safe
def list_file(request: HttpRequest, slug: str, extension: str) -> HttpResponseBase:
    """The papers of a reading list with its notes, each once, in its order.

    Narrowed as the list's page is, of which it reads as much as that one then.
    """
    row = find_list(ReadingList.objects.public(), slug)
    names = ListFilter.names()
    if any(request.GET.get(name) for name in names):
        whole = outline(find_list(ReadingList.objects.public().for_page(), slug))
        items = items_of(narrowed(whole, request.GET).found)
        places = [(item.paper_id, item.note) for item in items]
        return sent(request, lambda: once(places), row.slug, extension, names)
    placed = row.items.public().order_by("position").values_list("paper", "note")
    return sent(request, lambda: once(placed), row.slug, extension, names)


def once(placed: Iterable[Cited]) -> list[Cited]:
    """Return the papers of a list; one that stands twice has both notes."""
    notes: dict[int, str] = {}
    for key, note in placed:
        notes[key] = " ".join(filter(None, (notes.get(key, ""), note)))
    return list(notes.items())


def file_of(
    request: HttpRequest, papers: PaperQuerySet, name: str, extension: str
) -> HttpResponseBase:
    """Answer with papers on which no list has a note."""
    keys = papers.values_list("pk", flat=True)
    return sent(request, lambda: [(key, "") for key in keys], name, extension)


def sent(
    request: HttpRequest,
    cited: Callable[[], Sequence[Cited]],
    name: str,
    extension: str,
    read: Collection[str] = (),
) -> HttpResponseBase:
    """Answer with a file to keep; `read` are the parameters of the address that matter."""
    form = FORMATS[extension]
    response = streamed(
        request, (stamp(),), lambda: pieces(form, cited()), form.content_type, read=read
    )
    response["Content-Disposition"] = f'attachment; filename="{name}.{extension}"'
    return response
