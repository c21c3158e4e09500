"""The schedule as an Atom feed (RFC 4287), what changed last first: for feed readers.

An entry keeps its id, as it keeps its UID in calendars; `updated` is when a release last changed
what people see of it.
"""

from datetime import UTC
from xml.etree.ElementTree import Element, SubElement

from eventsite import markup
from eventsite.markup import ATOM, add, moment, written
from talks.entries import Entry
from talks.formats.extract import Extract, guid, people
from talks.formats.wording import description, one_line, summary
from talks.records import Stamp


def dumps(extract: Extract, title: str) -> bytes:
    """Return the feed; the same arguments give the same octets."""
    stamps = {stamp.uid: stamp for stamp in extract.programme.stamps}
    feed = Element("feed", xmlns=ATOM)
    add(feed, "id", feed_id(extract))
    add(feed, "title", one_line(title))
    changed = (stamp.modified for stamp in stamps.values())
    add(feed, "updated", moment(max(changed, default=extract.published)))
    SubElement(feed, "link", rel="self", href=extract.file_url("atom"))
    SubElement(feed, "link", rel="alternate", type="text/html", href=extract.page_url)
    _author(feed, one_line(extract.event.name) or extract.event.slug)
    add(feed, "generator", "Eventsite")
    dated = [(entry, stamps[entry.uid]) for entry in extract.entries]
    for entry, stamp in sorted(dated, key=_latest_first):
        _entry(feed, extract, entry, stamp)
    return markup.dumps(feed)


def feed_id(extract: Extract) -> str:
    """Return the same id for the same question, whatever the event's slug or the host."""
    event = extract.event
    return guid(f"{event.code}@{event.uid_domain}/schedule{extract.query}").urn


def _latest_first(dated: tuple[Entry, Stamp]) -> tuple[object, ...]:
    entry, stamp = dated
    return (-stamp.modified.timestamp(), entry.start.astimezone(UTC), entry.uid)


def _entry(feed: Element, extract: Extract, entry: Entry, stamp: Stamp) -> None:
    element, words, url = SubElement(feed, "entry"), extract.words, extract.url_of(entry)
    add(element, "id", guid(entry.uid).urn)
    add(element, "title", summary(entry, words))
    add(element, "updated", moment(stamp.modified))
    add(element, "published", moment(stamp.created))
    SubElement(element, "link", rel="alternate", type="text/html", href=url)
    for role in people(entry):
        if name := one_line(role.printed_name):
            _author(element, name)
    for name in (entry.track.name if entry.track else "", words.kind(entry.kind)):
        if term := one_line(name):
            SubElement(element, "category", term=written(term))
    start, end = extract.start_of(entry), extract.end_of(entry)
    when = f"{start:%Y-%m-%d %H:%M} – {end:%H:%M} ({extract.zone.key})"
    about = description(entry, extract.event, words=words, url=url, base_url=extract.base_url)
    content = add(element, "content", f"{when}\n\n{about}")
    content.set("type", "text")


def _author(parent: Element, name: str) -> None:
    add(SubElement(parent, "author"), "name", name)
