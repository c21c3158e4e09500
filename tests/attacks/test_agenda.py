"""What somebody would try with an agenda that is not theirs."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections
from django.test import Client

from eventsite import responses
from talks import agendas
from talks.models import Agenda, Star
from talks.publishing import publish
from tests.factories import make_event, make_session, make_talk
from tests.talks.test_views_agenda import OURS, PATH, key_of, make_programme, send, star

pytestmark = pytest.mark.django_db

PRIVATE = {
    "Cache-Control": "private, no-cache",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
}


def everything():
    return [*Agenda.objects.order_by("pk").values(), *Star.objects.order_by("pk").values()]


# The key (rows 62 to 66)


def test_key_that_opens_nothing_looks_like_any_other(client):
    event, first, _poster = make_programme()
    star(client, first)
    old = key_of(client)
    send(client, action="rotate")
    key = key_of(client)
    other = make_event(slug="other")
    make_session(other)
    publish(other)
    tried = [
        *(
            f"{PATH}{wrong}.ics"
            for wrong in (old, key.swapcase(), key.upper(), f"{key[:-1]}!", "x")
        ),
        f"/events/other/agenda/{key}.ics",
        f"/events/nowhere/agenda/{key}.ics",
    ]

    found = [client.get(path) for path in tried]

    assert client.get(f"{PATH}{key}.ics").status_code == 200
    assert {answer.status_code for answer in found} == {404}
    assert len({(answer.content, str(answer.headers)) for answer in found}) == 1
    assert PRIVATE.items() <= dict(found[0].headers).items()
    event.is_hidden = True
    event.save()
    assert client.get(f"{PATH}{key}.ics").content == found[0].content


def test_feed_is_private_and_does_not_tell_its_address(client):
    _event, first, _poster = make_programme()
    star(client, first)

    response = client.get(f"{PATH}{key_of(client)}.ics")

    assert PRIVATE.items() <= dict(response.headers).items()
    assert response.cookies == {}
    assert b"BEGIN:VEVENT" in response.content
    assert key_of(client).encode() not in response.content.replace(b"\r\n ", b"")
    assert b"SOURCE" not in response.content


def test_nothing_of_an_agenda_is_kept_where_others_are_answered_from(client):
    _event, first, _poster = make_programme()
    star(client, first)
    client.get("/events/dl-17/schedule/")
    before = list(responses.bodies.entries)

    client.get(PATH)
    client.get(f"{PATH}{key_of(client)}.ics")

    assert before != []
    assert list(responses.bodies.entries) == before


def test_key_stands_on_no_page_but_the_agenda_s_own(client):
    _event, first, _poster = make_programme()
    star(client, first)
    key = key_of(client)
    paths = ["", "schedule/", "posters/", f"talks/{first.code}-first/", "calendar/"]

    bodies = {path: client.get(f"/events/dl-17/{path}").content.decode() for path in paths}
    wrong = client.get(f"{PATH}{key.swapcase()}.ics").content.decode()

    assert key in client.get(PATH).content.decode()
    assert [path for path, body in bodies.items() if key in body] == []
    assert key.swapcase() not in wrong


def test_what_went_back_to_the_draft_is_not_told(client):
    event, first, _poster = make_programme()
    star(client, first)
    first.placements.all().delete()
    publish(event)
    first.title = "Secret plan"
    first.save()

    feed = client.get(f"{PATH}{key_of(client)}.ics").content
    page = client.get(PATH).content

    assert b"withdrawn" in page
    assert b"Secret plan" not in feed + page
    assert b"Lovelace" not in feed + page


def test_stars_of_a_hidden_workshop_are_not_told(client):
    conference = make_event(slug="conf")
    make_session(conference)
    publish(conference)
    workshop, first, _poster = make_programme(parent=conference)
    path = "/events/conf/agenda/"
    star(client, first, path=path)
    before = client.get(path).content
    workshop.is_hidden = True
    workshop.save()

    after = client.get(path).content
    feed = client.get(f"{path}{key_of(client)}.ics").content

    assert (b"First" in before, b"First" in after, b"VEVENT" in feed) == (True, False, False)
    assert client.get(PATH).status_code == 404


# Forms of others


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "null"},
        {"Origin": "https://evil.example"},
        {"Origin": "http://127.0.0.1:8000.evil.example"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "null"},
    ],
)
@pytest.mark.parametrize("action", ["star", "unstar", "add", "rotate", "empty", "delete"])
def test_form_of_another_site_changes_nothing(client, headers, action):
    _event, first, poster = make_programme()
    star(client, first)
    before = everything()

    response = send(client, headers=headers, action=action, code=poster.code, codes=poster.code)

    assert (response.status_code, response.cookies) == (403, {})
    assert everything() == before


@pytest.mark.parametrize(
    "headers",
    [{"Sec-Fetch-Site": "none"}, {"Origin": "http://127.0.0.1:8000"}, OURS],
)
def test_form_of_our_own_is_taken_without_a_token(headers):
    _event, first, _poster = make_programme()
    client = Client(enforce_csrf_checks=True)

    assert send(client, headers=headers, action="star", code=first.code).status_code == 303


@pytest.mark.parametrize("method", ["get", "head"])
def test_no_question_changes_anything(client, method):
    _event, first, poster = make_programme()
    star(client, first)
    before = everything()

    for query in ("", "?starred", f"?codes={poster.code}", f"?action=star&code={poster.code}"):
        assert getattr(client, method)(f"{PATH}{query}").status_code == 200
    for query in ("?action=delete", "?action=rotate"):
        assert getattr(client, method)(f"{PATH}{key_of(client)}.ics{query}").status_code == 200

    assert everything() == before


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(client, method):
    make_programme()

    assert getattr(client, method)(PATH, headers=OURS).status_code == 405
    assert getattr(client, method)(f"{PATH}x.ics", headers=OURS).status_code == 405


@pytest.mark.parametrize(
    "there",
    [
        *("//evil.example", "/\\evil.example", "https:evil.example", "javascript:alert(1)"),
        *("https://evil.example/", "\\\\evil.example", "/%0d\nSet-Cookie:a=b", "///evil", "evil"),
    ],
)
def test_form_leads_to_no_other_site(client, there):
    _event, first, _poster = make_programme()

    response = send(client, action="star", code=first.code, next=there)

    assert (response.status_code, response["Location"]) == (303, f"{PATH}#{first.code}")


@pytest.mark.parametrize("values", [{"code": "T\0"}, {"code": "x" * 9000}, {"code": "T" * 9}])
def test_hostile_code_is_refused(client, values):
    make_programme()

    assert send(client, action="star", **values).status_code in (400, 404)
    assert Agenda.objects.count() == 0


@pytest.mark.parametrize("value", ["x", "ü" * 43, '"; Path=/', "a" * 4000, "\x01"])
def test_hostile_cookie_opens_nothing(client, value):
    make_programme()
    client.cookies["agenda"] = value

    assert client.get(PATH).status_code == 200
    assert client.get(f"{PATH}?starred").json() == []


# Many at once (row 100)


@pytest.mark.parametrize("change", [agendas.delete, agendas.rotate])
def test_agenda_goes_whole_while_it_is_being_starred(transactional_db, change):
    if not connection.features.test_db_allows_multiple_connections:
        pytest.skip("a database in memory has one connection")
    event = make_event(slug="dl-17")
    codes = [make_session(event).code for _ in range(30)]
    publish(event)

    def at_once(key, barrier, task, *more):
        try:
            barrier.wait()
            return task(key, "dl-17", *more)
        except agendas.Unopened:
            return ""
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        for _ in range(40):
            key, barrier = agendas.star("", "dl-17", codes[:1]), Barrier(2)
            starring = pool.submit(at_once, key, barrier, agendas.star, codes)
            changing = pool.submit(at_once, key, barrier, change)

            assert starring.result() in ("", key)
            assert changing.result()
            assert agendas.find(key, "dl-17") is None
    assert Agenda.objects.count() == (0 if change is agendas.delete else 40)


def test_many_toggle_one_star_and_the_last_one_wins(transactional_db):
    if not connection.features.test_db_allows_multiple_connections:
        pytest.skip("a database in memory has one connection")
    event = make_event(slug="dl-17")
    talk = make_talk(event, session=make_session(event))
    publish(event)
    client = Client()
    star(client, talk)
    key = key_of(client)

    def toggle(number):
        try:
            own = Client()
            own.cookies["agenda"] = key
            action = "star" if number % 2 else "unstar"
            return send(own, action=action, code=talk.code).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(16) as pool:
        statuses = set(pool.map(toggle, range(48)))
    star(client, talk)

    assert statuses == {303}
    assert client.get(f"{PATH}?starred").json() == [talk.code]
    assert Agenda.objects.count() == 1
