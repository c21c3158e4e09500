"""What was added to a reading list, newest first, as an Atom feed (RFC 4287)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import Element, SubElement

from eventsite import markup
from eventsite.markup import ATOM, add, moment
from papers.formats.citing import one_line

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)  # a feed needs a date, also before its first entry


@dataclass(frozen=True, slots=True)
class Addition:
    """A paper that was added; `code` is the item's and stays, so the entry's id does."""

    code: str
    title: str
    authors: tuple[str, ...]
    source: str  # venue and year in words
    note: str
    section: str
    added: datetime
    url: str


@dataclass(frozen=True, slots=True)
class Feed:
    """The list that the additions are on."""

    title: str
    author: str
    language: str
    page_url: str
    feed_url: str


def dumps(feed: Feed, additions: Iterable[Addition]) -> bytes:
    """Return the feed in UTF-8, in the order given; the same arguments give the same bytes."""
    listed = list(additions)
    root = Element("feed", {"xmlns": ATOM, "xml:lang": feed.language})
    add(root, "id", identity(feed.feed_url))
    add(root, "title", one_line(feed.title))
    add(root, "updated", moment(max((each.added for each in listed), default=LONG_AGO)))
    SubElement(root, "link", {"rel": "self", "type": "application/atom+xml", "href": feed.feed_url})
    SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": feed.page_url})
    add(SubElement(root, "author"), "name", one_line(feed.author))
    for each in listed:
        _add(SubElement(root, "entry"), each)
    return markup.dumps(root)


def _add(entry: Element, addition: Addition) -> None:
    at = moment(addition.added)
    add(entry, "id", identity(addition.code))
    add(entry, "title", one_line(addition.title))
    add(entry, "updated", at)
    add(entry, "published", at)
    SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": addition.url})
    for name in filter(None, map(one_line, addition.authors)):
        add(SubElement(entry, "author"), "name", name)
    if term := markup.written(one_line(addition.section)):
        SubElement(entry, "category", {"term": term})
    add(
        entry,
        "summary",
        "\n\n".join(filter(None, (one_line(addition.source), addition.note.strip()))),
    )


def identity(name: str) -> str:
    """Return the same id for the same name."""
    return uuid5(NAMESPACE_URL, name).urn
