"""The schedule as an Atom feed (RFC 4287), what changed last first: for feed readers.

An entry keeps its id, as it keeps its UID in calendars; `updated` is when a release last changed
what people see of it.
"""

import re
from datetime import UTC, datetime
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from talks.entries import Entry
from talks.formats.extract import Extract, guid, people
from talks.formats.wording import description, one_line, summary
from talks.records import Stamp

NAMESPACE = "http://www.w3.org/2005/Atom"
UNWRITABLE = re.compile("[\ufffe\uffff]")  # the other characters that XML lacks are gone before


def dumps(extract: Extract, title: str) -> bytes:
    """Return the feed; the same arguments give the same octets."""
    stamps = {stamp.uid: stamp for stamp in extract.programme.stamps}
    feed = Element("feed", xmlns=NAMESPACE)
    _text(feed, "id", feed_id(extract))
    _text(feed, "title", one_line(title))
    changed = (stamp.modified for stamp in stamps.values())
    _text(feed, "updated", _moment(max(changed, default=extract.published)))
    SubElement(feed, "link", rel="self", href=extract.file_url("atom"))
    SubElement(feed, "link", rel="alternate", type="text/html", href=extract.page_url)
    _author(feed, one_line(extract.event.name) or extract.event.slug)
    _text(feed, "generator", "Eventsite")
    dated = [(entry, stamps[entry.uid]) for entry in extract.entries]
    for entry, stamp in sorted(dated, key=_latest_first):
        _entry(feed, extract, entry, stamp)
    ElementTree.indent(feed, " ")
    made: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return made + b"\n"


def feed_id(extract: Extract) -> str:
    """Return the same id for the same question, whatever the event's slug or the host."""
    event = extract.event
    return guid(f"{event.code}@{event.uid_domain}/schedule{extract.query}").urn


def _latest_first(dated: tuple[Entry, Stamp]) -> tuple[object, ...]:
    entry, stamp = dated
    return (-stamp.modified.timestamp(), entry.start.astimezone(UTC), entry.uid)


def _entry(feed: Element, extract: Extract, entry: Entry, stamp: Stamp) -> None:
    element, words, url = SubElement(feed, "entry"), extract.words, extract.url_of(entry)
    _text(element, "id", guid(entry.uid).urn)
    _text(element, "title", summary(entry, words))
    _text(element, "updated", _moment(stamp.modified))
    _text(element, "published", _moment(stamp.created))
    SubElement(element, "link", rel="alternate", type="text/html", href=url)
    for role in people(entry):
        if name := one_line(role.printed_name):
            _author(element, name)
    for name in (entry.track.name if entry.track else "", words.kind(entry.kind)):
        if term := one_line(name):
            SubElement(element, "category", term=UNWRITABLE.sub("", term))
    start, end = extract.start_of(entry), extract.end_of(entry)
    when = f"{start:%Y-%m-%d %H:%M} – {end:%H:%M} ({extract.zone.key})"
    about = description(entry, extract.event, words=words, url=url, base_url=extract.base_url)
    content = _text(element, "content", f"{when}\n\n{about}")
    content.set("type", "text")


def _author(parent: Element, name: str) -> None:
    _text(SubElement(parent, "author"), "name", name)


def _text(parent: Element, tag: str, text: str) -> Element:
    element = SubElement(parent, tag)
    element.text = UNWRITABLE.sub("", text)
    return element


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
