"""Ticks on a reading list: they stay in this browser, and the page does without them."""

import pytest

from tests.e2e.test_pages import PHONE
from tests.factories import make_item, make_list, make_paper

LIST = "/papers/lists/nets/"


@pytest.fixture
def site(live_server):
    """A list of three papers, one of which also stands on another list."""
    row, other = make_list(slug="nets"), make_list(slug="other")
    paper = make_paper("Deep nets")
    make_item(row, paper)
    make_item(row, make_paper("Wide nets"))
    make_item(row, make_paper("Thin nets"))
    make_item(other, paper)
    return live_server.url


def count(page):
    return page.locator(".reading-count [data-words]").inner_text()


def test_what_was_read_is_kept_and_counted_on_every_list(site, page):
    page.set_viewport_size(PHONE)
    page.goto(site + LIST)
    page.get_by_role("checkbox", name="read: Deep nets").press("Space")
    page.reload()

    assert count(page) == "1 of 3 read"
    page.goto(f"{site}/papers/lists/other/")
    assert count(page) == "1 of 1 read"


def test_what_was_read_can_be_put_out_of_sight(site, page):
    page.goto(site + LIST)
    page.get_by_role("checkbox", name="read: Wide nets").check()
    page.get_by_role("checkbox", name="only what I have not read").check()

    assert page.locator(".item:visible .title").all_inner_texts() == ["Deep nets", "Thin nets"]


def test_without_a_script_nothing_is_to_tick(site, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site + LIST)

    assert page.locator("input[type=checkbox]:visible").count() == 0
    assert page.locator(".item").count() == 3
    context.close()
