"""Starring in a real browser: with a script, without one, and on a phone."""

import pytest

from talks.models import Agenda
from talks.publishing import publish
from tests.e2e.test_pages import PHONE
from tests.factories import make_event, make_session, make_talk

SCHEDULE, AGENDA = "/events/woe-26/schedule/", "/events/woe-26/agenda/"


@pytest.fixture
def site(live_server):
    """A workshop held at a conference, whose agenda keeps its stars; returns the address."""
    conference = make_event(slug="conf-26", name="Conference")
    make_talk(conference, title="Plenary", session=make_session(conference))
    publish(conference)
    event = make_event(slug="woe-26", name="Workshop on Events", parent=conference)
    session = make_session(event, title="Morning")
    make_talk(event, title="Opening words", session=session, people=["Ada Lovelace"])
    make_talk(event, title="A talk with a title that is rather long for a phone", session=session)
    publish(event)
    return live_server.url


def star(page, title):
    return page.get_by_role("button", name=f"Star {title}", exact=True)


def test_script_shows_and_keeps_what_is_starred(site, page):
    page.set_viewport_size(PHONE)
    page.goto(site + SCHEDULE)

    star(page, "Opening words").click()
    page.locator("[aria-pressed=true]").wait_for()
    page.reload()
    page.locator("[aria-pressed=true]").wait_for()

    assert page.locator("[aria-pressed=true]").count() == 1
    assert star(page, "Opening words").get_attribute("aria-pressed") == "true"
    assert page.locator("[aria-pressed=true] .star-on").is_visible()
    assert page.evaluate("document.cookie") == ""
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    star(page, "Opening words").click()
    page.locator("[aria-pressed=true]").wait_for(state="detached")
    page.goto(site + AGENDA)
    assert "Nothing is starred" in page.locator("main").inner_text()


def test_form_works_without_a_script(site, browser):
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.goto(site + SCHEDULE)

    star(page, "Opening words").click()
    starred = page.locator("main").inner_text()
    page.get_by_role("button", name="Remove Opening words").click()

    assert page.url.startswith(f"{site}/events/conf-26/agenda/")
    assert "Opening words" in starred
    assert "Nothing is starred" in page.locator("main").inner_text()
    context.close()


def test_shared_link_is_added_in_another_browser(site, page, browser):
    page.goto(site + SCHEDULE)
    star(page, "Opening words").click()
    page.locator("[aria-pressed=true]").wait_for()
    page.goto(site + AGENDA)
    link = page.locator("pre", has_text="?codes=").inner_text()

    other = browser.new_context()
    elsewhere = other.new_page()
    elsewhere.goto(site + link.partition("/events/")[2].join(["/events/", ""]))
    elsewhere.get_by_role("button", name="Add all to my agenda").click()

    assert elsewhere.locator("h1").inner_text() == "My agenda"
    assert "Opening words" in elsewhere.locator("main").inner_text()
    other.close()


def test_two_stars_tapped_at_once_are_both_kept_in_one_agenda(site, page):
    sent = []

    def slowly(route):
        if route.request.method == "POST":
            sent.append(route.request)
            page.wait_for_timeout(500)
        route.continue_()

    page.route("**/agenda/", slowly)
    page.goto(site + SCHEDULE)

    star(page, "Opening words").click()
    star(page, "A talk with a title that is rather long for a phone").click()
    page.locator("[aria-pressed=true]").nth(1).wait_for()
    page.goto(site + AGENDA)

    assert len(sent) >= 2
    assert page.get_by_role("button", name="Remove").count() == 2
    assert Agenda.objects.count() == 1
