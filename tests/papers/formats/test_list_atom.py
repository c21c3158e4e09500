"""What was added to a list, as feed readers read it."""

from dataclasses import replace
from datetime import UTC, datetime
from xml.etree import ElementTree

from papers.formats.list_atom import Addition, Feed, dumps

FEED = Feed("Good reading", "Site", "en", "https://x.org/l/", "https://x.org/l.atom")
NETS = Addition(
    code="M12345678",
    title="Deep\x00 nets & <more>",
    authors=("Ada Lovelace", " "),
    source="NeurIPS 2018",
    note="Read *it*.",
    section="Surveys",
    added=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
    url="https://x.org/p/",
)
NAMES = {"a": "http://www.w3.org/2005/Atom"}


def test_an_addition_is_an_entry():
    root = ElementTree.fromstring(dumps(FEED, [NETS]))

    said = [
        root.findtext(f"a:{path}", namespaces=NAMES)
        for path in ("title", "updated", "entry/a:title", "entry/a:updated", "entry/a:summary")
    ]
    assert said == [
        "Good reading",
        "2026-01-02T03:04:05Z",
        "Deep nets & <more>",
        "2026-01-02T03:04:05Z",
        "NeurIPS 2018\n\nRead *it*.",
    ]
    authors = root.findall("a:entry/a:author/a:name", NAMES)
    assert [name.text for name in authors] == ["Ada Lovelace"]
    links = [link.get("href") for link in root.iter("{http://www.w3.org/2005/Atom}link")]
    assert links == ["https://x.org/l.atom", "https://x.org/l/", "https://x.org/p/"]


def identity(addition, feed=FEED):
    root = ElementTree.fromstring(dumps(feed, [addition]))
    return root.findtext("a:entry/a:id", namespaces=NAMES)


def test_an_id_stays_with_the_item_whatever_else_changes():
    moved = replace(FEED, page_url="https://y.org/l/", feed_url="https://y.org/l.atom")
    edited = replace(NETS, title="Other", added=datetime(2027, 1, 1, tzinfo=UTC))

    assert identity(NETS).startswith("urn:uuid:")
    assert identity(edited, moved) == identity(NETS)
    assert identity(replace(NETS, code="M87654321")) != identity(NETS)


def test_a_feed_without_additions_is_dated_all_the_same():
    root = ElementTree.fromstring(dumps(FEED, []))

    assert root.findtext("a:updated", namespaces=NAMES) == "1970-01-01T00:00:00Z"
