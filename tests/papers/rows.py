"""Rows of the catalogue that only its own tests need, one valid row each."""

from itertools import count

from papers.folding import fold
from papers.models import Identifier, PaperLink, Presentation, Topic, VenueAlias

numbers = count(1)


def make_topic(name=None, *, papers=(), **fields):
    number = next(numbers)
    fields.setdefault("slug", f"topic-{number}")
    topic = Topic.objects.create(name=name or f"Topic {number}", **fields)
    topic.papers.set(papers)
    return topic


def make_alias(venue, name):
    return VenueAlias.objects.create(venue=venue, folded=fold(name))


def make_link(paper, **fields):
    fields.setdefault("url", f"https://example.org/{next(numbers)}")
    return PaperLink.objects.create(paper=paper, **fields)


def make_identifier(paper, scheme, value):
    return Identifier.objects.create(paper=paper, scheme=scheme, value=value)


def make_presentation(paper, **fields):
    number = next(numbers)
    fields.setdefault("code", f"T{number:08}")
    fields.setdefault("event_slug", "woe-26")
    fields.setdefault("label", f"Talk {number}, WOE 26")
    fields.setdefault("url", f"/events/woe-26/talks/T{number:08}/")
    return Presentation.objects.create(paper=paper, **fields)
