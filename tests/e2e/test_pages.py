"""The public pages in a real browser: they load whole, and the policy has nothing to refuse."""

from datetime import UTC, datetime

import pytest

from talks.publishing import publish
from tests.factories import (
    make_event,
    make_item,
    make_list,
    make_room,
    make_session,
    make_talk,
    make_user,
)

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


@pytest.mark.parametrize("view", ["", "grid"])
def test_print_leaves_nothing_of_the_timetable_out(live_server, page, view):
    event = make_event(slug="large-26")
    for _ in range(9):
        room = make_room(event)
        for hour in range(8):
            start = datetime(2027, 3, 26, 8 + hour, tzinfo=UTC)
            session = make_session(event, room=room, start=start)
            make_talk(event, session=session, people=["Ada Lovelace"])
    publish(event)
    page.set_viewport_size(DESK)
    page.goto(f"{live_server.url}/events/large-26/schedule/?view={view}")
    page.emulate_media(media="print")

    hidden = page.eval_on_selector_all(
        ".timetable-box", "boxes => boxes.filter(b => b.scrollHeight > b.clientHeight + 1).length"
    )

    assert page.locator(".timetable-box").count() == 1
    assert hidden == 0
