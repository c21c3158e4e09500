"""The versions of a programme as an Atom feed (RFC 4287)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement

from eventsite import markup
from eventsite.markup import ATOM, add, moment
from talks.formats.wording import clean, one_line


@dataclass(frozen=True, slots=True)
class Entry:
    """A release: its title in words, what it says of itself, and the address of its changes."""

    number: int
    title: str
    summary: str
    published: datetime
    url: str


@dataclass(frozen=True, slots=True)
class Feed:
    """The entries come youngest first; the year of the oldest release stands in `id`.

    `domain` and `code` are the event's and never change, as ids do not (RFC 4151).
    """

    domain: str
    code: str
    since: datetime
    title: str
    author: str
    language: str
    page_url: str
    feed_url: str


def dumps(feed: Feed, entries: Iterable[Entry]) -> bytes:
    """Return the feed in UTF-8; it was updated when its youngest release was published."""
    listed = list(entries)
    root = Element("feed", {"xmlns": ATOM, "xml:lang": feed.language})
    add(root, "id", f"{_authority(feed)}:{feed.code}/releases")
    add(root, "title", one_line(feed.title))
    add(root, "updated", moment(max((one.published for one in listed), default=feed.since)))
    SubElement(root, "link", {"rel": "self", "type": "application/atom+xml", "href": feed.feed_url})
    SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": feed.page_url})
    add(SubElement(root, "author"), "name", one_line(feed.author))
    for one in listed:
        _add(SubElement(root, "entry"), feed, one)
    return markup.dumps(root)


def _add(entry: Element, feed: Feed, one: Entry) -> None:
    at = moment(one.published)
    add(entry, "id", f"{_authority(feed)}:{feed.code}/releases/{one.number}")
    add(entry, "title", one_line(one.title))
    add(entry, "updated", at)
    add(entry, "published", at)
    SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": one.url})
    add(entry, "summary", clean(one.summary))


def _authority(feed: Feed) -> str:
    return f"tag:{quote(feed.domain)},{feed.since.astimezone(UTC).year}"
