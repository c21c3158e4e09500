"""Going back from the admin: the difference is seen first, by those who may publish."""

import pytest

from talks import released
from talks.models import Talk
from talks.publishing import publish
from tests.factories import make_event, make_organizer, make_session, make_talk, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    """Published twice: with an old title and with a new one."""
    event = make_event(slug="woe-27", name="Workshop on Events")
    make_talk(event, title="Old title", session=make_session(event))
    publish(event)
    Talk.objects.update(title="New title")
    publish(event)
    return event


@pytest.fixture
def organizer(client, event):
    """An organizer of the event, logged in."""
    user = make_organizer(event, "editor")
    client.force_login(user)
    return user


def page_of(event, number):
    return f"/admin/talks/release/{event.releases.get(number=number).pk}/again/"


def titles(event):
    return [talk.title for talk in released.programme(released.head(event.slug)).talks]


def press(client, event, number, response, note):
    expected = response.context["form"].initial["expected"]
    return client.post(page_of(event, number), {"expected": expected, "note": note}, follow=True)


def test_difference_is_shown_before_anything_is_published(client, event, organizer):
    page = client.get(page_of(event, 1))

    assert [(row.kind, row.title) for row in page.context["rows"]] == [("reworded", "Old title")]
    assert "The draft stays as it is" in page.content.decode()
    assert titles(event) == ["New title"]


def test_earlier_release_is_published_with_its_note(client, event, organizer):
    page = client.get(page_of(event, 1))

    done = press(client, event, 1, page, "Back to the old title")

    third = event.releases.first()
    assert (third.number, third.note, third.by) == (3, "Back to the old title", organizer)
    assert titles(event) == ["Old title"]
    assert done.redirect_chain == [(f"/admin/talks/event/{event.pk}/change/", 302)]
    assert "Release 3 of Workshop on Events is published." in done.content.decode()


def test_note_says_where_the_programme_went_back_to(client, event, organizer):
    page = client.get(page_of(event, 1))

    assert page.context["form"].initial["note"] == "Back to version 1"


def test_what_moved_meanwhile_is_shown_again_and_the_note_kept(client, event, organizer):
    page = client.get(page_of(event, 1))
    Talk.objects.update(title="Newest title")
    publish(event)

    again = press(client, event, 1, page, "Typed")

    assert titles(event) == ["Newest title"]
    assert again.context["form"].initial["note"] == "Typed"
    assert "Something changed meanwhile" in again.content.decode()


def test_current_release_offers_nothing(client, event, organizer):
    page = client.get(page_of(event, 2))

    assert "there is nothing to publish" in page.content.decode()
    assert "<textarea" not in page.content.decode()


def test_what_was_not_shown_cannot_be_sent(client, event, organizer):
    client.post(page_of(event, 1), {"note": "No digest"})

    assert titles(event) == ["New title"]


@pytest.mark.parametrize(
    ("role", "status"),
    [("owner", 200), ("editor", 200), ("scheduler", 403), ("viewer", 403)],
)
def test_only_those_who_may_publish_may_go_back(client, event, role, status):
    client.force_login(make_organizer(event, role))

    assert client.get(page_of(event, 1)).status_code == status
    assert client.post(page_of(event, 1), {"expected": "x"}).status_code == status
    assert event.releases.count() == 2


def test_organizers_of_others_find_no_release(client, event):
    client.force_login(make_organizer(make_event()))

    assert client.get(page_of(event, 1)).status_code == 404


def test_superuser_may_go_back(client, event):
    client.force_login(make_user(is_superuser=True))

    assert client.get(page_of(event, 1)).status_code == 200


@pytest.mark.parametrize(("role", "links"), [("editor", 1), ("viewer", 0)])
def test_page_of_a_release_leads_there_for_those_who_may(client, event, role, links):
    client.force_login(make_organizer(event, role))
    release = event.releases.get(number=1)

    page = client.get(f"/admin/talks/release/{release.pk}/change/").content.decode()

    assert page.count(f'href="{page_of(event, 1)}"') == links


def test_page_of_an_event_leads_to_its_releases(client, event, organizer):
    page = client.get(f"/admin/talks/event/{event.pk}/change/").content.decode()

    assert f'href="/admin/talks/release/?event__id__exact={event.pk}"' in page
    assert client.get(f"/admin/talks/release/?event__id__exact={event.pk}").status_code == 200
