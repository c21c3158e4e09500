from datetime import UTC, datetime

import pytest
import redis
from django.test import RequestFactory

from eventsite import responses
from eventsite.responses import ByteCache, cached, normalized

MODIFIED = datetime(2027, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def built():
    """Counts how often a body is made."""
    made = []

    def build():
        made.append("once")
        return "a programme"

    build.made = made
    return build


def ask(build, path="/events/x/", digest="d1", **headers):
    request = RequestFactory().get(path, headers=headers)
    return cached(request, (digest,), build, modified=MODIFIED)


def test_body_is_made_once_for_a_digest_and_an_address(built):
    answers = [ask(built, path="/once/") for _ in range(3)]

    assert [answer.content for answer in answers] == [b"a programme"] * 3
    assert built.made == ["once"]


def test_client_that_has_it_gets_an_empty_304_before_anything_is_made(built):
    tag = ask(built, path="/304/")["ETag"]
    responses.bodies.entries.clear()

    answer = ask(built, path="/304/", **{"if-none-match": f'"other", W/{tag}'})

    assert (answer.status_code, answer.content) == (304, b"")
    assert answer["ETag"] == tag
    assert built.made == ["once"]


@pytest.mark.parametrize("change", [{"digest": "d2"}, {"path": "/tags/?day=1"}])
def test_another_release_or_address_has_another_tag(built, change):
    first = ask(built, **{"path": "/tags/", "digest": "d1"})

    second = ask(built, **{"path": "/tags/", "digest": "d1", **change})

    assert first["ETag"] != second["ETag"]


def test_order_of_the_query_and_empty_values_make_no_other_page():
    factory = RequestFactory()

    one = normalized(factory.get("/p/?b=2&a=1&c="))
    two = normalized(factory.get("/p/?a=1&b=2"))

    assert one == two


def test_headers_say_when_to_ask_again(built):
    answer = ask(built, path="/headers/")

    assert answer["Cache-Control"] == "no-cache"
    assert answer["Last-Modified"] == "Mon, 01 Mar 2027 12:00:00 GMT"
    assert "Set-Cookie" not in answer


def test_cache_drops_the_least_lately_used_and_never_grows_past_its_limit():
    cache = ByteCache(limit=100)
    for name in "abcd":
        cache.put(name, bytes(25))
    cache.get("a")

    cache.put("e", bytes(25))

    assert list(cache.entries) == ["c", "d", "a", "e"]
    assert cache.size == 100


def test_cache_leaves_out_a_body_that_would_drive_out_the_others():
    cache = ByteCache(limit=100)

    cache.put("big", bytes(26))

    assert cache.get("big") is None


def test_page_is_served_when_redis_is_down(built, monkeypatch):
    nobody_listens = redis.Redis(port=1, socket_connect_timeout=0.2, retry=None)
    monkeypatch.setattr(responses, "shared", nobody_listens)

    answer = ask(built, path="/redis-down/")

    assert answer.content == b"a programme"


def test_a_parameter_that_nothing_reads_makes_no_answer_of_its_own(built):
    paths = ["/read/?day=1", "/read/?day=1&x=1", "/read/?x=2&day=1"]

    answers = [cached(RequestFactory().get(path), ("d1",), built, read={"day"}) for path in paths]

    assert (len({answer["ETag"] for answer in answers}), len(built.made)) == (1, 1)


def test_any_etag_is_no_sign_that_a_client_has_the_bytes():
    asked = RequestFactory().get("/any/", headers={"If-None-Match": " * "})

    assert responses.known(asked, ("d1",), MODIFIED) is None
