"""Reading lists: sections within sections, numbered items, notes; hidden ones nowhere."""

import re

import pytest

from eventsite import writing
from papers import indexing
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

    headings = re.findall(r'<h([2-6]) dir="auto"><a class="anchor" href="#(.*?)">(.*?)</a>', body)
    assert headings == [("2", "s-1", "Papers"), ("3", "s-2", "2018")]
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
    assert re.findall(r'<li class="item" id="M\w+" value="(\d+)"', body) == ["1", "2", "3"]
    assert re.findall(r"<bdi>(Before|A|B|Draft|Gone)</bdi>", body) == ["Before", "A", "B"]
    assert "3 entries" in body


def test_an_item_shows_paper_note_mark_and_code(client):
    paper = make_paper(
        "Deep nets", authors=["Ada Lovelace"], venue=make_venue("NIPS"), year=2018, award="Best"
    )
    make_link(paper, kind="code", url="https://example.org/code", label="Code")
    make_presentation(paper, label="Talk, WOE 26")
    item = make_item(make_list(slug="reading"), paper, note="Read <this> *first*.", marks="o")

    body = page(client)

    words = [f'id="{item.code}"', "Deep nets", "Ada Lovelace", "NIPS", "2018", "Best", ">oral<"]
    words += ['<a href="https://example.org/code" rel="noopener">Code</a>', "Talk, WOE 26"]
    words += ["<p>Read &lt;this&gt; <em>first</em>.</p>"]
    assert [word for word in words if word not in body] == []


def test_the_same_paper_may_stand_twice(client):
    reading, paper = make_list(slug="reading"), make_paper("Twice")
    make_item(reading, paper, note="once")
    make_item(reading, paper, note="again")

    assert page(client).count("<bdi>Twice</bdi>") == 2


def test_a_list_without_a_public_item_says_so(client):
    make_item(make_list(slug="reading"), make_paper(is_public=False))

    assert "Nothing on this list is public yet." in page(client)


def test_a_mark_that_the_paper_has_already_is_said_once(client):
    paper = make_paper(presentation="oral", award="Best paper")
    make_item(make_list(slug="reading"), paper, marks="o, Best paper!, slot 23:00 CST")

    marks = re.findall(r'<span class="mark[^"]*">(.*?)</span>', page(client))

    assert marks == ["oral", "Best paper", "slot 23:00 CST"]


def test_an_earlier_version_is_told_with_venue_and_year(client):
    paper = make_paper(venue=make_venue("AAAI"), year=2020)
    make_link(paper, kind="version", venue=make_venue("CoRR"), year=2019, url="https://ex.org/v")
    make_item(make_list(slug="reading"), paper)

    assert '<a href="https://ex.org/v" rel="noopener">also CoRR 2019</a>' in page(client)


def world():
    """A list of three: section A with Wide (2018, oral) and B within it, with Thin and Café."""
    reading = make_list(slug="reading")
    a = make_section(reading, heading="A")
    b = make_section(reading, heading="B", level=2, parent=a)
    wide = make_paper("Wide nets", year=2018, presentation="oral", authors=["Ada Lovelace"])
    thin = make_paper("Thin nets", year=2018, venue=make_venue("NeurIPS"))
    make_link(thin, kind="code")
    make_item(reading, wide, section=a)
    make_item(reading, thin, section=b, note="Read it *twice*.")
    make_item(reading, make_paper("Café nets", year=2019), section=b, marks="Spotlight!")
    return reading


def asked(client, query):
    response = client.get(f"/papers/lists/reading/{query}")
    titles = re.findall(
        r'class="title"><a href="[^"]*"><bdi>(.*?)</bdi>', response.content.decode()
    )
    return response.status_code, titles


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["Wide nets", "Thin nets", "Café nets"]),
        ("?q=nets+twice", ["Thin nets"]),
        ("?q=LOVELACE", ["Wide nets"]),
        ("?q=neurips", ["Thin nets"]),
        ("?q=cafe", ["Café nets"]),
        ("?q=%25", []),
        ("?section=1", ["Wide nets", "Thin nets", "Café nets"]),
        ("?section=2", ["Thin nets", "Café nets"]),
        ("?year=2018", ["Wide nets", "Thin nets"]),
        ("?mark=oral", ["Wide nets"]),
        ("?mark=spotlight", ["Café nets"]),
        ("?code=1", ["Thin nets"]),
        ("?section=2&year=2018&q=nets", ["Thin nets"]),
        ("?year=2019&mark=oral", []),
    ],
)
def test_a_filter_leaves_what_was_asked_for(client, query, titles):
    world()

    assert asked(client, query) == (200, titles)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("?section=9", 404),
        ("?year=1999", 404),
        ("?mark=gold", 404),
        ("?section=x", 400),
        ("?year=%C2%B2018", 400),
        ("?code=2", 400),
        ("?q=%00", 400),
        ("?unknown=1", 200),
    ],
)
def test_what_is_not_there_is_said(client, query, status):
    world()

    assert asked(client, query)[0] == status


def test_a_filtered_entry_keeps_its_number_and_the_others_are_counted(client):
    world()

    body = client.get("/papers/lists/reading/?year=2018&section=2").content.decode()

    assert re.findall(r'<li class="item" id="M\w+" value="(\d+)"', body) == ["2"]
    assert "1 of 3 entries." in body
    assert re.findall(r'<option value="(\w+)"( selected)?>\s*(\w+) \((\d)\)', body) == [
        ("1", "", "A", "2"),
        ("2", " selected", "B", "1"),
        ("2019", "", "2019", "1"),
        ("2018", " selected", "2018", "1"),
        ("oral", "", "oral", "0"),
        ("spotlight", "", "spotlight", "0"),
    ]
    canonical = "http://testserver/papers/lists/reading/?section=2&amp;year=2018"
    assert re.findall('rel="canonical" href="http[^/]*//[^/]*(.*?)"', body) == [
        canonical.removeprefix("http://testserver")
    ]


def test_nothing_found_says_so_and_leads_back(client):
    world()

    body = client.get("/papers/lists/reading/?q=zebra").content.decode()

    assert "No entry of this list passes the filter." in body
    assert 'href="/papers/lists/reading/">The whole list</a>' in body


def test_what_was_read_is_asked_of_a_script_alone(client):
    world()

    body = page(client)

    assert '<div class="reading" hidden>' in body
    assert body.count("data-paper=") == 3


def test_a_list_links_its_files_and_its_feed(client):
    world()

    body = page(client)

    files = set(re.findall(r'href="/papers/lists/reading\.(\w+)"', body))
    assert files >= {"md", "atom", "bib", "ris", "json", "csv"}
    assert 'rel="alternate" type="application/atom+xml"' in body


@pytest.mark.parametrize("rows", [1, 300])
def test_a_list_needs_eight_queries_however_long_and_two_when_asked_again(
    client, django_assert_num_queries, rows
):
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
    with django_assert_num_queries(2):
        again = page(client)

    assert body.count("A note.") == rows
    assert again == body


def test_a_list_that_was_edited_is_shown_as_it_is_now(client):
    reading = make_list(slug="reading")
    item = make_item(reading, note="As it was.")
    indexing.touch()
    page(client)

    writing.change(item, 1, {"note": "As it is."})

    assert [note for note in ("As it was.", "As it is.") if note in page(client)] == ["As it is."]


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
