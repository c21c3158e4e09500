"""The versions of a programme as an Atom feed (RFC 4287)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from talks.formats.wording import clean, one_line

ATOM = "http://www.w3.org/2005/Atom"
_NO_CHARACTERS = re.compile("[\ufffe\uffff]")  # XML 1.0, section 2.2; `clean` drops the others


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
    _text(root, "id", f"{_authority(feed)}:{feed.code}/releases")
    _text(root, "title", one_line(feed.title))
    _text(root, "updated", _moment(max((one.published for one in listed), default=feed.since)))
    SubElement(root, "link", {"rel": "self", "type": "application/atom+xml", "href": feed.feed_url})
    SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": feed.page_url})
    _text(SubElement(root, "author"), "name", one_line(feed.author))
    for one in listed:
        _add(SubElement(root, "entry"), feed, one)
    ElementTree.indent(root, " ")
    return bytes(ElementTree.tostring(root, "utf-8", xml_declaration=True)) + b"\n"


def _add(entry: Element, feed: Feed, one: Entry) -> None:
    moment = _moment(one.published)
    _text(entry, "id", f"{_authority(feed)}:{feed.code}/releases/{one.number}")
    _text(entry, "title", one_line(one.title))
    _text(entry, "updated", moment)
    _text(entry, "published", moment)
    SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": one.url})
    _text(entry, "summary", clean(one.summary))


def _authority(feed: Feed) -> str:
    return f"tag:{quote(feed.domain)},{feed.since.astimezone(UTC).year}"


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = _NO_CHARACTERS.sub("", text)


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
