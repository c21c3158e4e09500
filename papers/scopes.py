"""What a picture is of: the papers of a list, a venue or a topic, or of the whole catalogue."""

from dataclasses import dataclass

from django.core.exceptions import BadRequest
from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from papers.lookup import find_list, find_topic, find_venue
from papers.models import Paper, ReadingList, Venue
from papers.querysets import PaperQuerySet

NAMES = ("list", "venue", "topic")


@dataclass(frozen=True, slots=True)
class Scope:
    """Public papers, what they are called, and where they are shown as rows.

    `query` is what a picture's address asks, with "?"; empty for the whole catalogue.
    """

    papers: PaperQuerySet
    name: str
    address: str
    query: str


def read_scope(query: QueryDict) -> Scope:
    """Return the one that is asked for: at most one query, two for a topic.

    Raises Http404 when it is not here, BadRequest when two are asked for.
    """
    asked = {name: value for name in NAMES if (value := query.get(name))}
    papers = Paper.objects.public()
    if len(asked) > 1:
        raise BadRequest(_("A picture is of one list, one venue or one topic."))
    if not asked:
        return Scope(papers, "", reverse("papers:papers"), "")
    [(name, slug)] = asked.items()
    there = f"?{urlencode(asked)}"
    if name == "list":
        row = find_list(ReadingList.objects.public(), slug)
        return Scope(papers.on_list(slug), row.title, row.get_absolute_url(), there)
    if name == "venue":
        venue = find_venue(Venue.objects.public(), slug)
        return Scope(papers.at_venue(slug), venue.name, venue.get_absolute_url(), there)
    tree, topic = find_topic(slug)
    address = reverse("papers:topic", args=[slug])
    return Scope(papers.about(tree.within(topic)), topic.name, address, there)
