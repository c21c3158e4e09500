"""/papers/: search, filters, order, pages, and what an address may ask."""

import re

import pytest

from papers import indexing
from tests.factories import make_item, make_list, make_paper, make_venue
from tests.papers.rows import make_link, make_presentation, make_topic
from tests.query_counts import QUERIES

pytestmark = pytest.mark.django_db


def shown(response):
    """Return the titles of the papers on a page, in order."""
    found = re.findall(r'class="title"><a href="[^"]*"><bdi>(.*?)</bdi>', response.content.decode())
    assert response.status_code == 200
    return [re.sub("</?mark>", "", title) for title in found]


def rows(response):
    """Return the HTML of the papers alone, without the facets beside them."""
    return response.content.decode().partition('<ol class="papers"')[2].partition("</ol>")[0]


def addresses(response):
    return re.findall(r'href="([^"]*)"', response.content.decode().replace("&amp;", "&"))


def test_only_public_papers_are_shown(client):
    make_paper("Draft", is_public=False)
    presented = make_paper("Presented", is_public=False)
    make_presentation(presented)
    make_paper("Public")

    assert shown(client.get("/papers/")) == ["Presented", "Public"]


def test_best_order_is_latest_first_and_without_year_last(client):
    for title, year in [("B", 2018), ("Undated", None), ("Old", 1988), ("A", 2018), ("New", 2023)]:
        make_paper(title, year=year)

    assert shown(client.get("/papers/")) == ["New", "A", "B", "Old", "Undated"]


@pytest.mark.parametrize(
    ("sort", "titles"),
    [
        ("best", ["C", "B", "A", "éa"]),
        ("title", ["A", "B", "C", "éa"]),
        ("year", ["A", "B", "C", "éa"]),
        ("venue", ["B", "A", "C", "éa"]),
    ],
)
def test_orders(client, sort, titles):
    first, last = make_venue("AAAI"), make_venue("WACV")
    make_paper("A", year=1990, venue=last)
    make_paper("B", year=2000, venue=first)
    make_paper("C", year=2010)
    make_paper("éa")

    assert shown(client.get(f"/papers/?sort={sort}")) == titles


def make_one_of_each():
    """A paper that passes every filter, and its author's code."""
    paper = make_paper(
        "The one",
        authors=["Ada Lovelace"],
        year=2018,
        venue=make_venue("NeurIPS", slug="neurips"),
        award="Best paper",
        presentation="oral",
        is_workshop=True,
    )
    make_topic("Pruning", slug="pruning", papers=[paper])
    make_item(make_list(slug="reading"), paper)
    make_presentation(paper, event_slug="woe-26")
    make_link(paper, kind="code")
    indexing.rebuild()
    return paper.authorships.get().author.code


@pytest.mark.parametrize(
    "query",
    [
        "q=lovelace",
        "venue=neurips",
        "year=2018",
        "topic=pruning",
        "list=reading",
        "award=Best paper",
        "presentation=oral",
        "workshop=1",
        "event=woe-26",
        "code=1",
    ],
)
def test_each_filter_keeps_what_it_names_and_can_be_removed(client, query):
    make_one_of_each()
    make_paper("Another", authors=["Grace Hopper"], year=2017)
    indexing.rebuild()

    response = client.get(f"/papers/?{query}&sort=title")

    assert shown(response) == ["The one"]
    assert response.content.decode().count('class="chip chip--on" href="/papers/?sort=title"') == 1


def test_the_author_filter_keeps_one_authors_papers(client):
    code = make_one_of_each()
    make_paper("Another", authors=["Grace Hopper"])

    response = client.get(f"/papers/?author={code}")

    assert shown(response) == ["The one"]
    assert "Author: Ada Lovelace" in response.content.decode()


def test_filters_combine_and_each_chip_leaves_the_others(client):
    make_one_of_each()

    response = client.get("/papers/?q=one&venue=neurips&year=2018")

    chips = re.findall(r'class="chip chip--on" href="([^"]*)"', response.content.decode())
    assert [address.replace("&amp;", "&") for address in chips] == [
        "/papers/?venue=neurips&year=2018",
        "/papers/?q=one&year=2018",
        "/papers/?q=one&venue=neurips",
    ]


def test_a_topic_holds_the_papers_of_the_topics_within_it(client):
    inner, outer = make_paper("Inner", year=2001), make_paper("Outer", year=2000)
    compression = make_topic("Compression", slug="compression", papers=[outer, inner])
    make_topic("Pruning", slug="pruning", parent=compression, papers=[inner])

    assert shown(client.get("/papers/?topic=compression")) == ["Inner", "Outer"]
    assert shown(client.get("/papers/?topic=pruning")) == ["Inner"]


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("venue=nowhere", "Venue: “nowhere” is not here."),
        ("topic=nothing", "Topic: “nothing” is not here."),
        ("author=A99999999", "Author: “A99999999” is not here."),
        ("list=none", "Reading list: “none” is not here."),
        ("award=Worst", "Award: “Worst” is not here."),
        ("event=never", "Presented at: “never” is not here."),
        ("presentation=dance", "Presentation: “dance” is not here."),
        ("year=1850", "Year: “1850” is not here."),
        ("page=2", "There is no page 2."),
        ("page=99999999999999999999999", "There is no page 99999999999999999999999."),
    ],
)
def test_what_is_not_here_is_404_and_named(client, query, sentence):
    make_one_of_each()

    response = client.get(f"/papers/?{query}")

    assert (response.status_code, sentence in response.content.decode()) == (404, True)


@pytest.mark.parametrize(
    "query",
    [
        *("year=soon", "year=20180", "year=２０１８", "year=-1", "year=2018.5"),
        *("page=0", "page=-1", "page=x", "page=1.0", "page=١"),
        *("sort=random", "density=thick", "code=2", "code=yes", "q=%00", "author=%00"),
    ],
)
def test_what_cannot_be_meant_is_400(client, query):
    make_one_of_each()

    assert client.get(f"/papers/?{query}").status_code == 400


@pytest.mark.parametrize(
    "query", ["venue=", "page=", "utm_source=x", "sort=&density=&code=", "lang=xx"]
)
def test_empty_and_foreign_parameters_change_nothing(client, query):
    make_paper("One")

    assert shown(client.get(f"/papers/?{query}")) == ["One"]


def test_hidden_things_cannot_be_chosen(client):
    paper = make_paper("Draft", is_public=False, year=1999, award="Secret prize", authors=["Nemo"])
    paper.venue = make_venue("Hidden venue", slug="hidden")
    paper.save()
    make_topic("Hidden topic", slug="hidden", papers=[paper])
    make_item(make_list(slug="hidden", title="Hidden list", is_public=False), make_paper("Public"))
    code = paper.authorships.get().author.code

    body = client.get("/papers/").content.decode()
    answers = [
        client.get(f"/papers/?{query}").status_code
        for query in ("venue=hidden", "topic=hidden", "list=hidden", "year=1999")
    ]

    assert answers == [404, 404, 404, 404]
    assert client.get("/papers/?award=Secret prize").status_code == 404
    assert client.get(f"/papers/?author={code}").status_code == 404
    assert [word for word in ("Hidden", "1999", "Secret", "Nemo") if word in body] == []


def test_fifty_papers_stand_on_a_page_and_filters_stay_on_the_next(client):
    for number in range(51):
        make_paper(f"Net {number:02}")
    make_paper("Other")
    indexing.rebuild()

    first, second = client.get("/papers/?q=net"), client.get("/papers/?q=net&page=2")

    assert (len(shown(first)), shown(second)) == (50, ["Net 50"])
    assert "/papers/?q=net&page=2" in addresses(first)
    assert "/papers/?q=net&page=1" in addresses(second)
    assert "http://127.0.0.1:8000/papers/?q=net&page=2" in addresses(second)  # canonical
    assert '<ol class="papers" start="51">' in second.content.decode()


def test_densities_show_less_and_more(client):
    make_paper("One", authors=["Ada Lovelace"], abstract="All about it.")

    bodies = {
        density: rows(client.get(f"/papers/?density={density}"))
        for density in ("titles", "rows", "abstracts")
    }

    assert ["Ada Lovelace" in body for body in bodies.values()] == [False, True, True]
    assert ["All about it." in body for body in bodies.values()] == [False, False, True]


def test_nothing_found_offers_the_next_step(client):
    make_paper("One")

    response = client.get("/papers/?q=zzz")

    assert shown(response) == []
    assert "Show all papers" in response.content.decode()


def test_an_empty_catalogue_says_so(client):
    assert "No paper is public yet." in client.get("/papers/").content.decode()


def test_a_long_search_is_cut_and_says_so(client):
    make_paper("One")
    indexing.rebuild()

    response = client.get("/papers/", {"q": "one " * 25_000})

    assert shown(response) == ["One"]
    assert "Only the first 200 characters were searched for." in response.content.decode()


def test_what_is_typed_is_shown_as_text(client):
    body = client.get("/papers/?q=<script>alert(1)</script>").content.decode()

    assert "<script>alert" not in body


@pytest.mark.parametrize("rows", [1, 60])
@pytest.mark.parametrize(
    ("query", "queries"),
    [
        ("", QUERIES["papers"]),
        ("author={code}&year=1950&sort=title", QUERIES["papers"]),
        ("q=note", QUERIES["papers searched"]),
        ("q=nott", QUERIES["papers mended"]),
    ],
)
def test_the_catalogue_needs_the_same_queries_however_long(
    client, django_assert_num_queries, rows, query, queries
):
    for number in range(rows):
        venue = make_venue()
        paper = make_paper(authors=["Ada", f"Author {number}"], year=1950 + number, venue=venue)
        make_topic(papers=[paper])
        make_link(paper, kind="code")
        make_presentation(paper, event_slug=f"event-{number}")
        make_item(make_list(), paper, note="A note.")
    indexing.rebuild()
    query = query.format(code=paper.authorships.first().author.code)
    client.get("/papers/")  # this process sees the catalogue for the first time

    with django_assert_num_queries(queries):
        response = client.get(f"/papers/?{query}")

    assert len(shown(response)) == (1 if "year" in query else min(rows, 50))


def test_the_first_sight_of_a_catalogue_takes_ten_queries_more(client, django_assert_num_queries):
    make_item(make_list(), make_paper(authors=["Ada"]), note="A note.")
    indexing.rebuild()

    with django_assert_num_queries(QUERIES["papers"] + 10):
        client.get("/papers/")
    with django_assert_num_queries(QUERIES["papers"]):
        client.get("/papers/")


def test_a_page_has_an_etag_and_no_cookie_and_answers_304(client):
    make_paper("One")

    first = client.get("/papers/")
    second = client.get("/papers/", headers={"If-None-Match": first["ETag"]})

    assert (first["Cache-Control"], first.cookies, second.status_code) == ("no-cache", {}, 304)
    assert "Cookie" not in first.get("Vary", "")


@pytest.mark.parametrize("path", ["/papers/", "/papers/lists/"])
def test_pages_are_only_read(client, path):
    assert client.post(path).status_code == 405
