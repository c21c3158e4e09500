"""Hostile text in every column: pages show it as text, and feeds hold it in its property."""

import html
import re
from html.parser import HTMLParser

import pytest
from icalendar import Calendar

from tests.attacks.hostile import make_hostile_event
from tests.talks.crawl import crawl

pytestmark = pytest.mark.django_db

ADDRESSES = {"href", "src", "action", "formaction", "poster", "data"}
PROPERTIES = {
    *("BEGIN", "END", "VERSION", "PRODID", "CALSCALE", "NAME", "DESCRIPTION", "URL", "SOURCE"),
    *("REFRESH-INTERVAL", "LAST-MODIFIED", "TZID", "TZNAME", "TZOFFSETFROM", "TZOFFSETTO"),
    *("DTSTART", "DTEND", "RRULE", "RDATE", "UID", "DTSTAMP", "CREATED", "SEQUENCE", "SUMMARY"),
    *("LOCATION", "CATEGORIES", "STATUS", "TRANSP", "CONFERENCE", "X-WR-CALNAME"),
    *("X-WR-CALDESC", "X-WR-TIMEZONE", "X-PUBLISHED-TTL", "X-LIC-LOCATION"),
}


class Scan(HTMLParser):
    """Collects what a browser might run, and what it would show."""

    def __init__(self):
        super().__init__()
        self.tags, self.bad, self.within = set(), [], None

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        if values.get("role") != "img":  # a code of ours, drawn in svg
            self.tags.add(tag)
        if tag == "script":
            self.within = values
            if "src" not in values and values.get("type") != "application/ld+json":
                self.bad.append((tag, attrs))
        self.bad += [(tag, name) for name in values if name.startswith("on") or name == "style"]
        for name in ADDRESSES & values.keys():
            if not re.match(r"(https?:|webcal:|mailto:|[/?#]|$)", values[name] or ""):
                self.bad.append((tag, name, values[name]))


def scanned(body):
    scan = Scan()
    scan.feed(body)
    return scan


@pytest.fixture
def bodies(client):
    """The bodies of every public page and feed, by address."""
    make_hostile_event()
    return {**crawl(client), **crawl(client, "/papers/")}


def test_pages_show_a_hostile_text_and_neither_run_link_nor_evaluate_it(bodies):
    pages = {path: scanned(body) for path, body in bodies.items() if "<!doctype html>" in body}
    shown = [path for path in pages if "{{ 7|add:7 }}" in html.unescape(bodies[path])]

    assert len(shown) > 10
    assert {path: scan.bad for path, scan in pages.items() if scan.bad} == {}
    assert set().union(*(s.tags for s in pages.values())) & {"svg", "iframe", "object"} == set()
    assert [path for path in pages if "14{% now %}" in html.unescape(bodies[path])] == []


def test_feeds_hold_a_hostile_text_within_its_property(bodies):
    feeds = {path: body for path, body in bodies.items() if ".ics" in path}
    lines = [line for body in feeds.values() for line in unfolded(body)]
    rest = b"".join(body.encode().replace(b"\r\n", b"") for body in feeds.values())

    assert len(feeds) > 5
    assert {re.split("[;:]", line)[0] for line in lines} - PROPERTIES == set()
    assert [line for line in lines if line == "BEGIN:VALARM"] == []
    assert [octet for octet in rest if octet < 32] == []
    assert max(len(line.encode()) for body in feeds.values() for line in body.split("\r\n")) <= 75
    assert [Calendar.from_ical(body).errors for body in feeds.values()] == [[]] * len(feeds)


def unfolded(body):
    return [line for line in re.sub("\r\n[ \t]", "", body).split("\r\n") if line]
