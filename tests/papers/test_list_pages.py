"""Reading lists: sections within sections, numbered items, notes; hidden ones nowhere."""

import re

import pytest

from papers.models import Item, Paper
from tests.factories import make_item, make_list, make_paper, make_section, make_venue
from tests.papers.rows import make_link, make_presentation
from tests.query_counts import QUERIES

pytestmark = pytest.mark.django_db


def page(client, slug="reading"):
    response = client.get(f"/papers/lists/{slug}/")
    assert response.status_code == 200
    return response.content.decode()


def test_public_lists_are_named_with_what_anyone_can_read_of_them(client):
    reading = make_list(slug="reading", title="Good reading", about="Papers *worth* it.")
    make_item(reading)
    make_item(reading, make_paper(is_public=False))
    make_item(reading, is_gone=True)
    make_list(title="Hidden list", is_public=False)

    body = client.get("/papers/lists/").content.decode()

    assert "Good reading" in body
    assert "<em>worth</em>" in body
    assert re.findall(r"(\d+) papers?<", body) == ["1"]
    assert "Hidden list" not in body


def test_no_list_says_so(client):
    assert "No reading list is public yet." in client.get("/papers/lists/").content.decode()


def test_a_hidden_list_is_404(client):
    make_item(make_list(slug="reading"))
    make_item(make_list(slug="hidden", is_public=False))

    answers = [client.get(f"/papers/lists/{s}/").status_code for s in ("reading", "hidden", "none")]

    assert answers == [200, 404, 404]


def test_sections_stand_within_sections_with_headings_and_anchors(client):
    reading = make_list(slug="reading")
    papers = make_section(reading, heading="Papers")
    year = make_section(reading, heading="2018", level=2, parent=papers)
    make_section(reading, heading="Nothing here")
    make_item(reading, section=papers)
    make_item(reading, section=year)
    make_item(reading, section=year)

    body = page(client)

    assert re.findall(r"<h([2-6]) dir=\"auto\">(.*?)</h", body) == [("2", "Papers"), ("3", "2018")]
    assert re.findall(r'<section class="list-section" id="(.*?)">', body) == ["s-1", "s-2"]
    assert re.findall(r'<a href="#(.*?)"><bdi>(.*?)</bdi> <span class="count">(\d+)', body) == [
        ("s-1", "Papers", "3"),
        ("s-2", "2018", "2"),
    ]


def test_headings_are_no_deeper_than_html_has_them(client):
    reading, parent = make_list(slug="reading"), None
    for level in range(1, 7):
        parent = make_section(reading, heading=f"Level {level}", level=level, parent=parent)
    make_item(reading, section=parent)

    assert re.findall(r"<h([2-6]) dir", page(client)) == ["2", "3", "4", "5", "6", "6"]


def test_items_are_counted_through_the_list_and_tell_of_no_hidden_one(client):
    reading = make_list(slug="reading")
    first, second = make_section(reading), make_section(reading)
    make_item(reading, make_paper("Before"))
    make_item(reading, make_paper("A"), section=first)
    make_item(reading, make_paper("Draft", is_public=False), section=first)
    make_item(reading, make_paper("Gone"), section=first, is_gone=True)
    make_item(reading, make_paper("B"), section=second)

    body = page(client)

    assert re.findall(r'<ol class="items" start="(\d+)">', body) == ["1", "2", "3"]
    assert re.findall(r'<li class="item" id="M\w+" value="(\d+)">', body) == ["1", "2", "3"]
    assert re.findall(r"<bdi>(Before|A|B|Draft|Gone)</bdi>", body) == ["Before", "A", "B"]
    assert "3 entries" in body


def test_an_item_shows_paper_note_mark_and_code(client):
    paper = make_paper(
        "Deep nets", authors=["Ada Lovelace"], venue=make_venue("NIPS"), year=2018, award="Best"
    )
    make_link(paper, kind="code", url="https://example.org/code", label="Code")
    make_presentation(paper, label="Talk, WOE 26")
    item = make_item(make_list(slug="reading"), paper, note="Read <this>\nfirst.", marks="o")

    body = page(client)

    words = [f'id="{item.code}"', "Deep nets", "Ada Lovelace", "NIPS", "2018", "Best", "“o”"]
    words += ['<a href="https://example.org/code" rel="noopener">Code</a>', "Talk, WOE 26"]
    words += ["Read &lt;this&gt;<br>first."]
    assert [word for word in words if word not in body] == []


def test_the_same_paper_may_stand_twice(client):
    reading, paper = make_list(slug="reading"), make_paper("Twice")
    make_item(reading, paper, note="once")
    make_item(reading, paper, note="again")

    assert page(client).count("<bdi>Twice</bdi>") == 2


def test_a_list_without_a_public_item_says_so(client):
    make_item(make_list(slug="reading"), make_paper(is_public=False))

    assert "Nothing on this list is public yet." in page(client)


@pytest.mark.parametrize("rows", [1, 300])
def test_a_list_needs_seven_queries_however_long(client, django_assert_num_queries, rows):
    reading = make_list(slug="reading")
    outer = make_section(reading)
    for number in range(rows):
        section = make_section(reading, parent=outer, level=2)
        paper = make_paper(authors=[f"Author {number}", "Ada"], venue=make_venue())
        make_link(paper)
        make_presentation(paper)
        make_item(reading, paper, section=section, note="A note.")

    with django_assert_num_queries(QUERIES["list"]):
        body = page(client)

    assert body.count("A note.") == rows


@pytest.mark.parametrize("rows", [1, 20])
def test_the_lists_need_one_query_however_many(client, django_assert_num_queries, rows):
    for _ in range(rows):
        make_item(make_list(title="A list"))

    with django_assert_num_queries(1):
        response = client.get("/papers/lists/")

    assert response.content.decode().count("<bdi>A list</bdi>") == rows


def test_a_list_may_be_long(client):
    papers = Paper.objects.bulk_create(
        Paper(title=f"Paper {number}", folded=f"paper {number}", is_public=True)
        for number in range(1100)
    )
    reading = make_list(slug="reading")
    Item.objects.bulk_create(
        Item(list=reading, paper=paper, position=position)
        for position, paper in enumerate(papers, start=1)
    )

    assert page(client).count('<li class="item"') == 1100
