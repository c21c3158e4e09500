from datetime import UTC, datetime, timedelta, timezone
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talks.formats.releases_atom import Entry, Feed, dumps

ATOM = "{http://www.w3.org/2005/Atom}"
MOMENT = datetime(2027, 3, 1, 9, 30, tzinfo=UTC)


def make_feed(**fields):
    return Feed(
        **{
            "domain": "events.example.org",
            "code": "E2222222A",
            "since": MOMENT,
            "title": "Versions",
            "author": "Workshop",
            "language": "en",
            "page_url": "https://example.org/events/woe/releases/",
            "feed_url": "https://example.org/events/woe/releases.atom",
            **fields,
        }
    )


def make_entry(number=1, **fields):
    url = f"https://example.org/events/woe/releases/{number}/changes/"
    made = {"title": "Version", "summary": "", "published": MOMENT, "url": url}
    return Entry(number, **{**made, **fields})


def read(feed, entries):
    return ElementTree.fromstring(dumps(feed, entries))


def test_entry_has_id_title_moments_and_link():
    [entry] = read(make_feed(), [make_entry(3, summary="Moved")]).findall(f"{ATOM}entry")

    found = [(child.tag.removeprefix(ATOM), child.text or child.get("href")) for child in entry]
    assert found == [
        ("id", "tag:events.example.org,2027:E2222222A/releases/3"),
        ("title", "Version"),
        ("updated", "2027-03-01T09:30:00Z"),
        ("published", "2027-03-01T09:30:00Z"),
        ("link", "https://example.org/events/woe/releases/3/changes/"),
        ("summary", "Moved"),
    ]


def test_feed_was_updated_with_its_youngest_entry():
    later = MOMENT.astimezone(timezone(timedelta(hours=9))) + timedelta(days=1)

    feed = read(make_feed(), [make_entry(2, published=later), make_entry()])

    assert feed.findtext(f"{ATOM}updated") == "2027-03-02T09:30:00Z"


def test_feed_without_an_entry_was_updated_when_it_began():
    assert read(make_feed(), []).findtext(f"{ATOM}updated") == "2027-03-01T09:30:00Z"


@pytest.mark.parametrize("domain", ["münchen.example", "a b", "x,y:z<"])
def test_id_is_an_address_whatever_the_domain(domain):
    found = read(make_feed(domain=domain), []).findtext(f"{ATOM}id")

    assert found.isascii()
    assert found.count(",") == 1
    assert " " not in found


@given(text=st.text())
def test_any_text_makes_a_feed_that_can_be_read(text):
    feed = make_feed(title=text, author=text, domain=text)

    found = read(feed, [make_entry(title=text, summary=text)])

    assert len(found.findall(f"{ATOM}entry")) == 1


def test_same_feed_is_the_same_bytes():
    assert dumps(make_feed(), [make_entry()]) == dumps(make_feed(), [make_entry()])
