"""Authors, venues and topics: pages of papers under one heading."""

import re

import pytest

from papers.models import Author, AuthorName
from tests.factories import make_author, make_paper, make_venue
from tests.papers.rows import make_alias, make_presentation, make_topic

pytestmark = pytest.mark.django_db


def titles(response):
    assert response.status_code == 200
    return re.findall(r'class="title"><a href="[^"]*"><bdi>(.*?)</bdi>', response.content.decode())


def test_an_author_has_their_public_papers_and_presentations(client):
    make_paper("Later", authors=["Ada", "Grace"], year=2020)
    presented = make_paper("Earlier", authors=["Ada"], year=2010, is_public=False)
    make_presentation(presented, label="Ada's talk, WOE 26")
    make_paper("Draft", authors=["Ada"], is_public=False)
    make_presentation(make_paper("Other", authors=["Grace"]), label="Grace's talk")
    ada = Author.objects.get(name="Ada")

    response = client.get(f"/papers/authors/{ada.code}/")

    assert titles(response) == ["Later", "Earlier"]
    assert "Ada&#x27;s talk, WOE 26" in response.content.decode()
    assert "Grace&#x27;s talk" not in response.content.decode()


def test_an_author_without_a_public_paper_is_404(client):
    make_paper(authors=["Ada"])
    make_paper(authors=["Nemo"], is_public=False)
    ada, nemo = Author.objects.get(name="Ada"), Author.objects.get(name="Nemo")

    answers = [client.get(f"/papers/authors/{a.code}/").status_code for a in (ada, nemo)]

    assert answers == [200, 404]


def test_an_author_is_found_by_code_under_any_slug(client):
    author = make_author("Ada Lovelace", slug="ada-lovelace", orcid="0000-0002-1825-0097")
    AuthorName.objects.create(author=author, name="A. A. Lovelace")
    make_paper(authors=["Ada Lovelace"])

    moved = client.get(f"/papers/authors/{author.code}-ada-byron/")
    body = client.get(moved["Location"]).content.decode()

    assert moved.status_code == 301
    assert moved["Location"] == f"/papers/authors/{author.code}-ada-lovelace/"
    assert "https://orcid.org/0000-0002-1825-0097" in body
    assert "A. A. Lovelace" in body


def test_a_venue_has_its_public_papers_years_and_names(client):
    venue = make_venue("Neural Information Processing Systems", short="NeurIPS", slug="neurips")
    make_alias(venue, "NIPS")
    make_paper("New", venue=venue, year=2020)
    make_paper("Old", venue=venue, year=2018)
    make_paper("Draft", venue=venue, year=1999, is_public=False)

    response = client.get("/papers/venues/neurips/")

    assert titles(response) == ["New", "Old"]
    assert re.findall(r"venue=neurips&amp;year=(\d+)", response.content.decode()) == [
        "2020",
        "2018",
    ]
    assert "“nips”" in response.content.decode()


@pytest.mark.parametrize("kind", ["venues", "topics", "authors", "lists"])
def test_what_is_not_there_is_404_and_named(client, kind):
    response = client.get(f"/papers/{kind}/nöwhere/")

    assert (response.status_code, "“nöwhere”" in response.content.decode()) == (404, True)


def test_venues_and_topics_without_a_public_paper_are_404(client):
    paper = make_paper(venue=make_venue(slug="hidden"), is_public=False)
    make_topic(slug="hidden", papers=[paper])
    make_venue(slug="empty")
    make_topic(slug="empty")

    answers = [
        client.get(f"/papers/{kind}/{slug}/").status_code
        for kind in ("venues", "topics")
        for slug in ("hidden", "empty")
    ]

    assert answers == [404, 404, 404, 404]


def test_a_topic_shows_what_is_within_it(client):
    inner, outer = make_paper("Inner", year=2001), make_paper("Outer", year=2000)
    compression = make_topic("Compression", slug="compression")
    pruning = make_topic("Pruning", slug="pruning", parent=compression, papers=[outer, inner])
    make_topic("Lottery tickets", slug="tickets", parent=pruning, papers=[inner])
    make_topic("Empty topic", slug="empty", parent=pruning)

    top, middle = client.get("/papers/topics/compression/"), client.get("/papers/topics/pruning/")

    assert titles(top) == titles(middle) == ["Inner", "Outer"]
    assert 'href="/papers/topics/compression/"' in middle.content.decode()
    assert 'href="/papers/topics/tickets/"' in middle.content.decode()
    assert "Empty topic" not in middle.content.decode()


def test_long_pages_are_cut_in_pages(client):
    venue = make_venue(slug="neurips")
    for _ in range(51):
        make_paper(venue=venue)

    first = client.get("/papers/venues/neurips/")

    assert len(titles(first)) == 50
    assert 'href="/papers/venues/neurips/?page=2"' in first.content.decode()
    assert len(titles(client.get("/papers/venues/neurips/?page=2"))) == 1
    assert client.get("/papers/venues/neurips/?page=3").status_code == 404
    assert client.get("/papers/venues/neurips/?page=x").status_code == 400


@pytest.mark.parametrize("rows", [1, 45])
@pytest.mark.parametrize(
    ("path", "queries"),
    [("authors/{code}/", 9), ("venues/neurips/", 10), ("topics/pruning/", 6)],
)
def test_pages_need_the_same_queries_however_long(
    client, django_assert_num_queries, rows, path, queries
):
    venue = make_venue(slug="neurips")
    author = make_author("Ada")
    papers = [
        make_paper(authors=["Ada", f"Author {number}"], venue=venue, year=1950 + number)
        for number in range(rows)
    ]
    topic = make_topic(slug="pruning", papers=papers)
    for number, paper in enumerate(papers):
        make_topic(parent=topic, papers=[paper])
        make_alias(venue, f"Name {number}")
        AuthorName.objects.create(author=author, name=f"Name {number}")
        make_presentation(paper)

    with django_assert_num_queries(queries):
        response = client.get(f"/papers/{path}".format(code=author.code))

    assert len(titles(response)) == rows
