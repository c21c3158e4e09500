"""Home, health, and the pages that say that something is missing or broken."""

from datetime import date

import pytest
from django.template.loader import render_to_string

from eventsite import views
from talks.publishing import publish
from tests.factories import make_event, make_item, make_list, make_paper, make_session
from tests.query_counts import QUERIES
from tests.talks.records import make_event as make_record

LONG_AGO = date(2001, 5, 4)
FAR_AHEAD = date(2199, 5, 4)


def make_published(**fields):
    event = make_event(**fields)
    make_session(event)
    publish(event)
    return event


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 12])
def test_home_needs_the_same_queries_however_many_rows(client, django_assert_num_queries, rows):
    for _ in range(rows):
        make_published(starts_on=FAR_AHEAD)
        make_item(make_list())

    with django_assert_num_queries(QUERIES["home"]):
        response = client.get("/")

    assert response.content.decode().count('<li class="event') == rows


@pytest.mark.django_db
def test_home_shows_the_next_event_first_and_past_events_last(client):
    make_published(name="Gone", starts_on=LONG_AGO, ends_on=LONG_AGO)
    make_published(name="Later", starts_on=date(2199, 6, 1))
    make_published(name="Soon", starts_on=FAR_AHEAD)

    text = client.get("/").content.decode()

    assert sorted(["Soon", "Later", "Gone"], key=text.index) == ["Soon", "Later", "Gone"]
    assert 'class="event is-past"' in text


@pytest.mark.django_db
def test_home_names_only_what_is_public(client):
    make_event(name="Draft event")
    make_published(name="Hidden event", is_hidden=True)
    make_paper("Hidden paper", is_public=False)
    make_list(title="Hidden list", is_public=False)
    make_published(name="Shown event")
    make_paper("Shown paper")
    make_list(title="Shown list")

    text = client.get("/").content.decode()

    shown = ("Shown event", "Shown paper", "Shown list")
    secret = ("Draft event", "Hidden event", "Hidden paper", "Hidden list")
    assert [name for name in (*shown, *secret) if name in text] == list(shown)


@pytest.mark.django_db
def test_home_says_what_to_do_when_there_is_no_event(client):
    text = client.get("/").content.decode()

    assert "No event is published yet." in text


@pytest.mark.django_db
def test_home_is_not_sent_again_until_it_changes(client):
    first = client.get("/")

    again = client.get("/", headers={"If-None-Match": first["ETag"]})
    make_paper("Something new")
    changed = client.get("/", headers={"If-None-Match": first["ETag"]})

    assert first["Cache-Control"] == "no-cache"
    assert (again.status_code, again.content) == (304, b"")
    assert changed.status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/papers/", "/nothing/", "/admin/login/"])
def test_policy_allows_nothing_inline(client, path):
    policy = client.get(path)["Content-Security-Policy"]

    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "unsafe" not in policy


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/papers/", "/nothing/", "/admin/login/"])
def test_pages_hold_no_inline_style_or_script(client, path):
    text = client.get(path).content.decode()

    assert "<style" not in text
    assert " style=" not in text
    assert "<script>" not in text


def test_health_asks_no_database(client):
    response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-cache" in response["Cache-Control"]


@pytest.mark.django_db
def test_site_with_its_database_is_ready(client):
    response = client.get("/readyz")

    assert (response.status_code, response.content) == (200, b"ok\n")


def test_part_that_does_not_answer_is_named():
    response = views.readiness({"database": lambda: False, "redis": lambda: True})

    assert (response.status_code, response.content) == (503, b"database: no answer\n")


def test_robots_may_read_all_but_the_admin(client):
    lines = client.get("/robots.txt").content.decode().splitlines()

    assert lines == [
        "User-agent: *",
        "Disallow: /admin/",
        "",
        "Sitemap: http://127.0.0.1:8000/sitemap.xml",
    ]


@pytest.mark.parametrize("method", ["post", "put", "delete"])
@pytest.mark.parametrize("path", ["/", "/healthz", "/readyz", "/robots.txt"])
def test_pages_of_the_site_can_only_be_read(client, path, method):
    assert getattr(client, method)(path).status_code == 405


def test_unknown_address_has_a_page_of_ours(client):
    response = client.get("/nothing/<b>")

    text = response.content.decode()
    assert response.status_code == 404
    assert "There is nothing at this address" in text
    assert 'class="masthead"' in text
    assert "<b>" not in text


@pytest.mark.parametrize("name", ["400.html", "403.html", "403_csrf.html", "404.html", "500.html"])
def test_error_page_needs_no_context_and_no_database(name):
    text = render_to_string(name)

    assert text.count("<h1") == 1
    assert 'class="foot"' in text


def test_page_of_the_withdrawn_leads_to_the_schedule():
    event = make_record(slug="woe-26", name="Workshop on Examples")

    text = render_to_string("410.html", {"event": event, "what": "A talk"})

    assert "<s>A talk</s>" in text
    assert 'href="/events/woe-26/schedule/"' in text


def make_event_like(**fields):
    return {"starts_on": LONG_AGO, "ends_on": LONG_AGO, "zone": "Europe/Berlin", **fields}


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "words"),
    [
        ("2017-12-08", "2017-12-08", "8 December 2017"),
        ("2027-03-25", "2027-03-27", "25–27 March 2027"),
        ("2027-03-30", "2027-04-02", "30 March–2 April 2027"),
        ("2027-12-30", "2028-01-02", "30 December 2027–2 January 2028"),
        (date(2027, 3, 25), date(2027, 3, 26), "25–26 March 2027"),
    ],
)
def test_days_of_an_event_repeat_nothing(starts_on, ends_on, words):
    html = render_to_string("_days.html", {"starts_on": starts_on, "ends_on": ends_on})

    assert plain(html) == words


def plain(html):
    parts = html.split("<")
    return "".join(part.partition(">")[2] for part in parts).strip()


@pytest.mark.django_db
def test_canonical_address_has_no_query(client):
    text = client.get("/?lang=en").content.decode()

    assert '<link rel="canonical" href="http://127.0.0.1:8000/">' in text


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/papers/", "/papers/lists/", "/events/"])
def test_language_that_is_not_spoken_is_told_on_the_page(client, address):
    page = client.get(f"{address}?lang=tlh")

    assert page.status_code == 200
    assert "“tlh” is no language of this site" in page.content.decode()
    assert "is no language" not in client.get(f"{address}?lang=en").content.decode()
