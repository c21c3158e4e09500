"""The draft, for whoever holds a key: the same pages and calendars, marked, and kept by nobody."""

from datetime import datetime

import pytest
from django.contrib.auth import get_user_model
from icalendar import Calendar

from eventsite.keys import hash_of
from talks import previews
from talks.models import Key
from talks.publishing import publish
from tests.factories import (
    BERLIN,
    make_event,
    make_organizer,
    make_person,
    make_room,
    make_session,
    make_talk,
)

pytestmark = pytest.mark.django_db

PAGES = (
    *("", "schedule/", "schedule/?view=list", "people/", "posters/", "organizers/", "dates/"),
    *("schedule.ics", "schedule.ics?day=2027-03-26", "dates.ics"),
)


@pytest.fixture
def event():
    """A published event whose draft has one more talk."""
    event = make_event(slug="woe-27", name="Workshop on Events")
    session = make_session(event, title="Morning", room=make_room(event, name="Hall"))
    make_talk(event, title="First", session=session, people=["Ada"])
    publish(event)
    make_talk(event, title="Not yet public", session=session, people=["Bob"])
    return event


@pytest.fixture
def key(event):
    return previews.make(event, None, "the chair")


def address(key, path="", slug="woe-27"):
    return f"/preview/{key}/events/{slug}/{path}"


def test_the_key_shows_the_draft_and_the_public_page_does_not(client, event, key):
    shown = client.get(address(key, "schedule/")).content.decode()
    public = client.get("/events/woe-27/schedule/").content.decode()

    assert ("Not yet public" in shown, "Not yet public" in public) == (True, False)


@pytest.mark.parametrize("path", PAGES)
def test_a_preview_is_kept_by_nobody_and_found_by_nobody(client, event, key, path):
    response = client.get(address(key, path), headers={"If-None-Match": "*"})

    kept = {name: response.get(name) for name in ("Cache-Control", "ETag", "Last-Modified")}
    assert response.status_code == 200
    assert kept == {"Cache-Control": "no-store", "ETag": None, "Last-Modified": None}
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("path", [path for path in PAGES if ".ics" not in path])
def test_every_page_says_that_it_is_a_draft_and_links_only_within_it(client, event, key, path):
    body = client.get(address(key, path)).content.decode()

    assert "This is a draft" in body
    assert body.count(f'"/preview/{key}/events/woe-27/') > 5
    assert body.count('"/events/woe-27/') == 0


def test_the_pages_of_talks_sessions_and_people_are_there(client, event, key):
    talk = event.talks.get(title="Not yet public")
    session, person = event.sessions.get(), event.people.get(name="Bob")

    found = [
        client.get(address(key, f"{part}/{row.code}/"), follow=True)
        for part, row in (("talks", talk), ("sessions", session), ("people", person))
    ]

    assert [response.status_code for response in found] == [200, 200, 200]
    assert {response.request["PATH_INFO"].split("/")[1] for response in found} == {"preview"}


def test_the_calendar_of_a_preview_is_tentative_and_named_a_draft(client, event, key):
    calendar = Calendar.from_ical(client.get(address(key, "schedule.ics")).content)

    assert str(calendar["X-WR-CALNAME"]).startswith("Draft: ")
    assert {str(entry["STATUS"]) for entry in calendar.events} == {"TENTATIVE"}


def test_an_event_that_was_never_published_has_a_preview(client):
    event = make_event(slug="new-28", is_hidden=True)
    make_session(event, title="Opening", start=datetime(2027, 3, 26, 9, tzinfo=BERLIN))
    key = previews.make(event, None, "us")

    response = client.get(address(key, "schedule/", slug="new-28"))

    assert (response.status_code, "Opening" in response.content.decode()) == (200, True)


def test_a_key_opens_its_own_event_alone(client, event, key):
    make_session(make_event(slug="other-27"))

    refused = [
        client.get(address(key, "schedule/", slug="other-27")),
        client.get(address(key.swapcase(), "schedule/")),
        client.get(address("x" * 43, "schedule/")),
        client.get(address("x" * 43, "schedule.ics")),
    ]

    assert [response.status_code for response in refused] == [404, 404, 404, 404]
    assert len({response.content.decode().replace(key, "") for response in refused[1:2]}) == 1


def test_a_revoked_key_opens_nothing(client, event, key):
    assert client.get(address(key)).status_code == 200

    done = previews.revoke(event, event.keys.get().pk)

    assert (done, client.get(address(key)).status_code) == (True, 404)


def test_only_the_hash_of_a_key_is_kept(event, key):
    kept = Key.objects.values_list("key_hash", flat=True)

    assert list(kept) == [hash_of(key)]
    assert key not in hash_of(key)


def test_a_preview_is_in_no_sitemap_and_no_robots(client, event, key):
    client.get(address(key))

    texts = [client.get(path).content.decode() for path in ("/sitemap.xml", "/robots.txt")]

    assert [key in text or "/preview/" in text for text in texts] == [False, False]


def test_what_is_withdrawn_from_the_draft_is_gone_from_its_preview(client, event, key):
    event.talks.get(title="First").placements.get().delete()
    talk = event.talks.get(title="First")

    assert client.get(f"/events/woe-27/talks/{talk.code}/", follow=True).status_code == 200
    assert client.get(address(key, f"talks/{talk.code}/")).status_code == 410


@pytest.mark.parametrize("talks", [1, 20])
def test_a_preview_costs_the_same_however_long(
    client, event, key, talks, django_assert_num_queries
):
    for number in range(talks):
        make_talk(event, session=event.sessions.get(), people=[f"Person {number}"])

    with django_assert_num_queries(20):
        client.get(address(key, "schedule/"))


# In the admin


@pytest.fixture
def owner(client, event):
    user = make_organizer(event, "owner")
    client.force_login(user)
    return user


def page_of(event):
    return f"/admin/talks/event/{event.pk}/preview/"


def test_an_organizer_opens_the_preview_with_one_press(client, event, owner):
    response = client.post(page_of(event), {"action": "mine"})

    assert response.status_code == 302
    assert response["Location"].startswith("/preview/")
    assert client.get(response["Location"]).status_code == 200


def test_pressing_again_closes_the_key_of_before(client, event, owner):
    first = client.post(page_of(event), {"action": "mine"})["Location"]

    second = client.post(page_of(event), {"action": "mine"})["Location"]

    assert (client.get(first).status_code, client.get(second).status_code) == (404, 200)


def test_a_link_is_shown_once(client, event, owner):
    made = client.post(page_of(event), {"action": "link", "label": "Grace"}).content.decode()
    key = made.split("/preview/")[1].split("/")[0]

    again = client.get(page_of(event)).content.decode()

    assert ("Grace" in again, key in again) == (True, False)
    assert client.get(address(key)).status_code == 200


def test_a_link_for_nobody_is_refused(client, event, owner):
    response = client.post(page_of(event), {"action": "link"})

    assert response.context["form"].errors == {"label": ["Say for whom the link is."]}
    assert event.keys.count() == 0


def test_a_link_is_revoked(client, event, owner, key):
    number = event.keys.get().pk

    client.post(page_of(event), {"action": "revoke", "key": number})

    assert client.get(address(key)).status_code == 404


def test_a_key_of_another_event_is_not_revoked(client, event, owner):
    other = make_event(slug="other-27")
    key = previews.make(other, None, "them")

    client.post(page_of(event), {"action": "revoke", "key": other.keys.get().pk})

    assert client.get(address(key, slug="other-27")).status_code == 200


def test_a_viewer_may_look_and_not_share(client, event):
    client.force_login(make_organizer(event, "viewer"))

    looked = client.post(page_of(event), {"action": "mine"})
    shared = client.post(page_of(event), {"action": "link", "label": "Grace"})

    assert (looked.status_code, shared.status_code) == (302, 403)


def test_an_organizer_of_another_event_has_no_such_page(client, event):
    other = make_event()
    make_person(other)
    client.force_login(make_organizer(other))

    assert client.get(page_of(event)).status_code == 404


def test_an_organizers_own_key_ends_with_their_membership(client, event, owner):
    address = client.post(page_of(event), {"action": "mine"})["Location"]
    assert client.get(address).status_code == 200

    owner.memberships.all().delete()

    assert client.get(address).status_code == 404


def test_an_organizers_own_key_ends_with_their_account(client, event, owner):
    address = client.post(page_of(event), {"action": "mine"})["Location"]
    assert client.get(address).status_code == 200

    get_user_model().objects.filter(pk=owner.pk).update(is_active=False)

    assert client.get(address).status_code == 404


@pytest.mark.parametrize("path", ["talks/T2345678/", "nowhere/", "schedule", "schedule/?day=x"])
def test_errors_and_redirects_below_a_key_are_kept_by_nobody_either(client, event, key, path):
    response = client.get(address(key, path))

    assert response.status_code in (301, 400, 404)
    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
