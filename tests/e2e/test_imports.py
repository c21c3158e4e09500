"""A catalogue editor's evening in a real browser: read a list, look, apply, decide on a pair."""

import pytest

from papers.models import Apart, Moved, Paper, ReadingList
from tests.factories import make_paper, make_user

TITLE = "Deep gradient compression reduces the bandwidth of distributed training"
LIST = f"""# What we read

## Training

- 2018-ICLR-[{TITLE}](https://openreview.net/forum?id=SkhQHMW0W)
- 2017-NIPS-[{"Donaudampfschifffahrt" * 6}](https://arxiv.org/abs/1706.00001)
- something without a link
"""


@pytest.fixture(params=["with scripts", "without scripts"])
def editor(request, live_server, browser):
    """A page of the admin, with somebody logged in, which fails when its policy complains."""
    make_user("root", password="a long password", is_superuser=True)
    context = browser.new_context(java_script_enabled=request.param == "with scripts")
    page = context.new_page()
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{live_server.url}/admin/")
    page.locator("#id_username").fill("root")
    page.locator("#id_password").fill("a long password")
    page.locator("input[type=submit]").click()
    yield page
    context.close()
    assert complaints == []


def give(live_server, page):
    page.goto(f"{live_server.url}/admin/papers/readinglist/read/")
    page.locator("#id_text").fill(LIST)
    page.get_by_role("button", name="Show what it would do").click()


def test_list_is_read_looked_at_and_applied(live_server, editor):
    give(live_server, editor)
    seen = editor.locator(".import").inner_text()
    before = Paper.objects.count()
    editor.get_by_role("button", name="Apply").first.click()
    editor.get_by_role("link", name="What we read").click()

    assert TITLE in seen
    assert (before, Paper.objects.count()) == (0, 2)
    assert editor.locator("#id_title").input_value() == "What we read"


def test_list_is_dropped_by_keyboard(live_server, editor):
    give(live_server, editor)
    editor.get_by_role("button", name="Drop").first.focus()
    editor.keyboard.press("Enter")
    editor.wait_for_url("**/admin/papers/readinglist/")

    assert ReadingList.objects.count() == 0


@pytest.mark.parametrize(("button", "merged", "refused"), [("One: keep", 1, 0), ("Two:", 0, 1)])
def test_pair_is_decided(live_server, editor, button, merged, refused):
    make_paper(TITLE)
    make_paper(f"{TITLE}: a study")
    editor.goto(f"{live_server.url}/admin/papers/paper/pairs/")
    editor.get_by_text(button).first.click()
    if merged:
        editor.get_by_role("button", name="Join them").click()

    assert editor.get_by_text("There is no pair to look at.").count() == 1
    assert (Moved.objects.count(), Apart.objects.count()) == (merged, refused)


def test_pages_fit_a_phone(live_server, editor):
    for ending in ("", ": a study"):
        make_paper("Donaudampfschifffahrt" * 6 + " of engines for all numbers" + ending)
    editor.set_viewport_size({"width": 360, "height": 900})
    give(live_server, editor)
    overflow = {}
    for address in (editor.url, *(f"{live_server.url}/admin/papers/{each}/" for each in PAGES)):
        editor.goto(address)
        box = editor.locator("#content-main").bounding_box()
        beyond = max(0, round(box["x"] + box["width"]) - 360)
        overflow[address] = beyond + editor.locator("#content-main").evaluate(OVERFLOW)

    assert list(overflow.values()) == [0] * (len(PAGES) + 1)


PAGES = ["readinglist/read", "paper/pairs", "author/pairs", "author/splits"]
OVERFLOW = "e => e.scrollWidth - e.clientWidth"
