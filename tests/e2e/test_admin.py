"""An organizer's evening in a real browser: log in, change, see the difference, publish."""

import pytest

from talks.publishing import publish
from tests.factories import make_event, make_paper, make_session, make_talk, make_user

FORMS = ["event", "session", "talk", "person", "room", "track", "placement", "award"]


@pytest.fixture
def event(live_server):
    event = make_event(slug="woe-26", name="Workshop on Events")
    make_talk(event, title="Opening words", session=make_session(event), people=["Ada Lovelace"])
    publish(event)
    return event


@pytest.fixture
def admin(live_server, page, event):
    """A page of the admin, with somebody logged in."""
    make_user("root", password="a long password", is_superuser=True)
    page.goto(f"{live_server.url}/admin/")
    page.get_by_label("Username").fill("root")
    page.get_by_label("Password").fill("a long password")
    page.get_by_role("button", name="Log in").click()
    return page


def test_talk_is_changed_seen_and_published(live_server, admin, event):
    talk = event.talks.get()
    admin.goto(f"{live_server.url}/admin/talks/talk/{talk.pk}/change/")
    admin.get_by_label("Title:", exact=True).fill("Closing words")
    admin.get_by_role("button", name="Save and publish").click()
    seen = admin.locator("main, #content").first.inner_text()
    admin.get_by_role("button", name="Publish only this change").click()

    admin.goto(f"{live_server.url}/events/woe-26/schedule/")

    assert "Opening words" in seen
    assert "Closing words" in seen
    assert "Closing words" in admin.locator("main").inner_text()


@pytest.mark.parametrize("table", FORMS)
@pytest.mark.parametrize("width", [360, 1280])
def test_form_opens_without_a_complaint(live_server, admin, table, width):
    admin.set_viewport_size({"width": width, "height": 900})

    answer = admin.goto(f"{live_server.url}/admin/talks/{table}/add/")

    assert answer.status == 200


def test_paper_is_found_by_typing_its_title(live_server, admin, event):
    make_paper("Pruning deep nets")
    talk = event.talks.get()
    admin.goto(f"{live_server.url}/admin/talks/talk/{talk.pk}/change/")
    admin.locator(".field-paper .select2-selection").click()
    admin.locator(".select2-search__field").last.fill("pruning")

    found = admin.locator(".select2-results__option", has_text="Pruning deep nets")

    found.wait_for()
    assert found.count() == 1


def test_difference_and_clashes_fit_a_phone(live_server, admin, event):
    word = "Donaudampfschifffahrt" * 5
    event.talks.update(title=word)
    make_talk(event, session=make_session(event, title=word), people=["Ada Lovelace"])
    admin.set_viewport_size({"width": 360, "height": 900})

    admin.goto(f"{live_server.url}/admin/talks/event/{event.pk}/publish/")

    assert admin.locator(".publish-clashes li").count() == 2  # of Ada, and of the one place
    assert admin.evaluate("document.documentElement.scrollWidth") == 360
    box = "e => [e.scrollWidth - e.clientWidth]"
    assert admin.locator(".publish").evaluate(box) == [0]
