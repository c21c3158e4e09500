"""The public pages in a real browser: they load whole, and the policy has nothing to refuse."""

import pytest

from talks.publishing import publish
from tests.factories import make_event, make_item, make_list, make_session, make_talk, make_user

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 800}


@pytest.fixture
def site(live_server):
    """An event with a talk and a reading list; returns the server's address."""
    event = make_event(slug="woe-26", name="Workshop on Events")
    make_talk(event, title="Opening words", session=make_session(event), people=["Ada Lovelace"])
    publish(event)
    make_item(make_list(slug="first", title="First list"))
    return live_server.url


ADDRESSES = [
    "/",
    "/events/",
    "/events/woe-26/",
    "/events/woe-26/schedule/",
    "/events/woe-26/people/",
    "/events/woe-26/dates/",
    "/papers/",
    "/papers/lists/first/",
]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_page_fits_its_window(site, page, address, size):
    page.set_viewport_size(size)

    answer = page.goto(site + address)

    assert answer.status == 200
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


def test_talk_is_found_from_the_home_page(site, page):
    page.goto(site)
    page.get_by_role("link", name="Workshop on Events").first.click()
    page.get_by_role("link", name="Schedule").first.click()
    page.get_by_role("link", name="Opening words").first.click()

    assert page.locator("h1").inner_text() == "Opening words"
    assert "Ada Lovelace" in page.locator("main").inner_text()


def test_superuser_logs_in_and_opens_a_form(site, page):
    make_user("ada", password="countess", is_superuser=True)

    page.goto(f"{site}/admin/talks/event/")
    page.get_by_label("Username").fill("ada")
    page.get_by_label("Password").fill("countess")
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("link", name="Workshop on Events").click()

    assert page.locator("#id_name").input_value() == "Workshop on Events"
