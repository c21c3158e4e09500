import re
from dataclasses import replace
from datetime import timedelta

from defusedxml import ElementTree

from talks.formats.schedule_atom import dumps
from tests.talks.formats.demo import demo_day
from tests.talks.formats.extracts import hostile_programme, make_extract
from tests.talks.records import LONG_AGO, make_programme, make_session, release

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def read(extract, title="DLSC"):
    return ElementTree.fromstring(dumps(extract, title))


def texts(feed, path):
    return [element.text for element in feed.findall(path, ATOM)]


def two_releases():
    """Two sessions, the second renamed an hour after the first release."""
    sessions = (make_session("One", code="S2222222A"), make_session("Two", code="S2222222B"))
    before = release(make_programme(*sessions))
    renamed = make_programme(sessions[0], replace(sessions[1], title="Deux"))
    return before, release(renamed, before, LONG_AGO + timedelta(hours=1))


def test_feed_has_what_the_rfc_asks_of_it():
    feed = read(make_extract(demo_day()), title="DLSC – Hall A")

    assert texts(feed, "a:title") == ["DLSC – Hall A"]
    assert texts(feed, "a:updated") == ["2017-11-01T09:00:00Z"]
    assert texts(feed, "a:author/a:name") == ["Deep Learning at Supercomputer Scale"]
    assert {link.get("rel"): link.get("href") for link in feed.findall("a:link", ATOM)} == {
        "self": "https://example.org/events/dlsc-17/schedule.atom",
        "alternate": "https://example.org/events/dlsc-17/schedule/",
    }
    assert len(set(texts(feed, "a:entry/a:id"))) == 9


def test_feed_of_another_question_has_another_id():
    one, other = (
        texts(read(make_extract(demo_day(), query=query)), "a:id") for query in ("", "?q=gap")
    )

    assert one != other


def test_feed_of_nothing_was_updated_when_it_was_published():
    feed = read(make_extract(make_programme()))

    assert texts(feed, "a:updated") == ["2017-11-02T12:00:00Z"]


def test_changed_entry_comes_first_and_keeps_its_id():
    before, after = (read(make_extract(programme)) for programme in two_releases())

    assert texts(before, "a:entry/a:title") == ["One", "Two"]
    assert texts(after, "a:entry/a:title") == ["Deux", "One"]
    assert texts(after, "a:entry/a:id") == texts(before, "a:entry/a:id")[::-1]
    assert texts(after, "a:entry/a:updated") == ["2017-11-01T10:00:00Z", "2017-11-01T09:00:00Z"]
    assert texts(after, "a:entry/a:published") == ["2017-11-01T09:00:00Z"] * 2
    assert texts(after, "a:updated") == ["2017-11-01T10:00:00Z"]


def test_withdrawn_entry_is_gone_and_the_feed_is_newer():
    before, _ = two_releases()
    after = release(make_programme(before.sessions[0]), before, LONG_AGO + timedelta(hours=1))

    feed = read(make_extract(after))

    assert texts(feed, "a:entry/a:title") == ["One"]
    assert texts(feed, "a:updated") == ["2017-11-01T10:00:00Z"]


def test_cancelled_entry_says_so_in_its_title():
    feed = read(make_extract(release(make_programme(make_session("One", status="cancelled")))))

    assert texts(feed, "a:entry/a:title") == ["Cancelled: One"]


def test_entry_names_its_people_and_when_it_is():
    feed = read(make_extract(demo_day()))

    talk = feed.findall("a:entry", ATOM)[1]
    assert texts(talk, "a:author/a:name") == ["Nitish Keskar"]
    assert talk.findtext("a:content", "", ATOM).splitlines()[0] == (
        "2017-12-09 08:10 – 08:30 (America/Los_Angeles)"
    )


def test_hostile_text_stays_text():
    body = dumps(make_extract(hostile_programme()), "Hostile")

    titles = texts(ElementTree.fromstring(body), "a:entry/a:title")
    assert [title.count("<script>") for title in titles] == [1, 1]
    assert re.findall("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]", body.decode()) == []
