"""Feeds as those who fetch them ask: any Accept, any cache, and nobody is known."""

import gzip
from datetime import date
from urllib.robotparser import RobotFileParser

import pytest
from django.contrib.sessions.models import Session

from eventsite import responses
from talks import released
from talks.models import EventSlug, ImportantDate
from talks.publishing import publish
from tests.factories import make_event, make_person, make_session, make_talk

pytestmark = pytest.mark.django_db

KINDS = ("schedule.ics?day=2027-03-26&alarm=10", "people/{}.ics")
ACCEPTS = ("text/html", "*/*", "application/json", "image/png;q=0.1", ";;q=x,\x7f", "")
FETCHERS = ("Google-Calendar-Importer", "Microsoft-Calendar", "iOS/18 dataaccessd/1.0", "curl")


@pytest.fixture
def event():
    """A published event that has been called something else before."""
    event = make_event(slug="woe-27", about="Words " * 100)
    person = make_person(event, "Ada", code="H2222222A")
    session = make_session(event, title="Morning")
    make_talk(event, title="Talk", session=session, people=[person.name])
    ImportantDate.objects.create(event=event, label="Papers due", on=date(2027, 1, 1))
    EventSlug.objects.create(slug="woe-26", event=event)
    publish(event)
    return event


@pytest.fixture(params=KINDS)
def path(request, event):
    return f"/events/woe-27/{request.param.format('H2222222A')}"


def forget():
    """Make this process one that has seen no release yet."""
    responses.bodies.entries.clear()
    responses.bodies.size = 0
    released._programmes.clear()


def test_feed_is_a_calendar_whatever_is_accepted(client, path):
    plain = client.get(path)

    asked = [
        client.get(path, headers={"Accept": accept, "Accept-Language": accept})
        for accept in ACCEPTS
    ]

    assert {(one.status_code, one.content) for one in asked} == {(200, plain.content)}
    assert {one["Content-Type"] for one in (plain, *asked)} == {"text/calendar; charset=utf-8"}


def test_feed_answers_http_1_0_in_one_piece(client, path):
    newer = client.get(path)

    older = client.get(path, SERVER_PROTOCOL="HTTP/1.0")

    assert (older.status_code, older.content, older.streaming) == (200, newer.content, False)
    assert "Transfer-Encoding" not in older


def test_head_has_the_headers_of_get_and_nothing_else(client, path):
    got = client.get(path)

    head = client.head(path)

    assert (head.status_code, head.content) == (200, b"")
    without = {"Content-Length"}
    assert {k: v for k, v in head.items() if k not in without} == {
        k: v for k, v in got.items() if k not in without
    }


def test_compressed_feed_is_the_same_feed(client, path):
    whole = client.get(path)

    packed = client.get(path, headers={"Accept-Encoding": "gzip"})
    again = client.get(path, headers={"Accept-Encoding": "gzip", "If-None-Match": packed["ETag"]})

    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == whole.content
    assert packed["ETag"] == f"W/{whole['ETag']}"
    assert (again.status_code, again.content) == (304, b"")


def test_who_has_the_feed_gets_an_empty_answer(client, path):
    tag = client.get(path)["ETag"]
    asked = ("{}", "W/{}", '"a", {}', '"a",W/"b", W/{}', '{}, "a"', "*", '"a,b", {}')

    found = [client.get(path, headers={"If-None-Match": one.format(tag)}) for one in asked]

    assert {(one.status_code, one.content) for one in found} == {(304, b"")}
    assert {(one["ETag"], one["Cache-Control"]) for one in found} == {(tag, "no-cache")}
    assert {one["Vary"] for one in found} == {"Accept-Encoding"}


def test_who_has_another_feed_gets_this_one(client, path):
    whole = client.get(path)
    asked = ('"a"', 'W/"a"', "a", '"a", "b"', "", ",", '"', "W/")

    found = [client.get(path, headers={"If-None-Match": one}) for one in asked]

    assert {(one.status_code, one.content) for one in found} == {(200, whole.content)}


def test_dates_of_what_one_has_are_understood(client, path):
    whole = client.get(path)
    modified = whole["Last-Modified"]
    tries = {
        "same": {"If-Modified-Since": modified},
        "later": {"If-Modified-Since": "Fri, 31 Dec 2199 23:59:59 GMT"},
        "earlier": {"If-Modified-Since": "Sat, 01 Jan 2000 00:00:00 GMT"},
        "nonsense": {"If-Modified-Since": "yesterday"},
        "another tag": {"If-Modified-Since": modified, "If-None-Match": '"a"'},
    }

    found = {name: client.get(path, headers=headers).status_code for name, headers in tries.items()}

    assert found == {
        "same": 304,
        "later": 304,
        "earlier": 200,
        "nonsense": 200,
        "another tag": 200,
    }


@pytest.mark.parametrize("slug", ["woe-27", "woe-26"])
def test_nobody_is_known_and_nobody_is_sent_elsewhere(client, path, slug):
    cookie = "sessionid=someone; csrftoken=someone"

    response = client.get(path.replace("woe-27", slug), headers={"Cookie": cookie})

    assert response.status_code == 200
    assert {*response.cookies} == set()
    assert (response["Vary"], response["Cache-Control"]) == ("Accept-Encoding", "no-cache")
    assert Session.objects.count() == 0


def test_robots_txt_lets_fetchers_in(client, path):
    robots = RobotFileParser()
    robots.parse(client.get("/robots.txt").content.decode().splitlines())

    may = [
        (robots.can_fetch(agent, f"https://example.org{path}"), robots.can_fetch(agent, "/admin/"))
        for agent in FETCHERS
    ]

    assert may == [(True, False)] * len(FETCHERS)


def test_same_release_gives_the_same_octets_in_a_new_process(client, path):
    first = client.get(path)
    forget()

    second = client.get(path)

    assert (second.content, second["ETag"]) == (first.content, first["ETag"])
    assert second["Last-Modified"] == first["Last-Modified"]


@pytest.mark.parametrize("header", ["If-None-Match", "If-Modified-Since"])
def test_unchanged_feed_takes_one_query_and_is_not_made(
    client, path, header, django_assert_num_queries
):
    whole = client.get(path)
    value = whole["ETag"] if header == "If-None-Match" else whole["Last-Modified"]

    with django_assert_num_queries(1):
        warm = client.get(path, headers={header: value})

    assert (warm.status_code, warm.content) == (304, b"")


def test_new_process_answers_unchanged_before_it_reads_a_programme(
    client, path, django_assert_num_queries
):
    tag = client.get(path)["ETag"]
    forget()

    with django_assert_num_queries(1):
        response = client.get(path, headers={"If-None-Match": tag})

    assert (response.status_code, response.content) == (304, b"")
    assert ({*released._programmes}, {*responses.bodies.entries}) == (set(), set())


def test_warm_feed_takes_one_query_and_a_cold_one_two(client, path, django_assert_num_queries):
    forget()
    with django_assert_num_queries(2):
        cold = client.get(path)
    with django_assert_num_queries(1):
        warm = client.get(path)

    assert warm.content == cold.content


def test_each_question_has_an_etag_of_its_own(client, event):
    queries = ("", "?alarm=5", "?alarm=10", "?day=2027-03-26", "?kind=talks", "?q=talk")

    tags = {client.get(f"/events/woe-27/schedule.ics{query}")["ETag"] for query in queries}

    assert len(tags) == len(queries)


def test_feed_is_only_read(client, path):
    methods = (client.post, client.put, client.patch, client.delete, client.options)

    statuses = {method(path).status_code for method in methods}

    assert statuses == {405}
