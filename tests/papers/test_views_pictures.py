"""The map of similar papers, papers by year, and who writes with whom: as pages show them."""

import re

import pytest

from papers import pictures
from papers.models import Author, Spot
from tests.factories import make_item, make_list, make_paper, make_venue
from tests.papers.rows import make_topic

pytestmark = pytest.mark.django_db


def get(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def make_spot(paper, x=0.5, y=0.5):
    return Spot.objects.create(paper=paper, x=x, y=y)


def dots(body):
    return re.findall(r'<a href="([^"]*)" aria-label="[^"]*"><title>(.*?)</title><circle', body)


def listed(body):
    return re.findall(r"<bdi>(.*?)</bdi>", body.partition('class="map-papers"')[2])


def test_every_public_paper_is_a_dot_that_leads_to_it_and_a_row_of_the_list(client):
    first, second = make_paper("First", year=2020), make_paper("A & B")
    for paper in (first, second, make_paper("Draft", is_public=False)):
        make_spot(paper)
    make_paper("Not yet placed")

    body = get(client, "/papers/map/")

    assert dots(body) == [
        (first.get_absolute_url(), "First (2020)"),
        (second.get_absolute_url(), "A &amp; B"),
    ]
    assert listed(body) == ["First", "A &amp; B"]


@pytest.mark.parametrize("query", ["list=reading", "venue=neurips", "topic=outer"])
@pytest.mark.parametrize("page", ["map", "years"])
def test_a_picture_is_of_a_list_a_venue_or_a_topic(client, page, query):
    venue, reading = make_venue(slug="neurips"), make_list(slug="reading")
    papers = [make_paper(f"Within {year}", venue=venue, year=year) for year in (2019, 2021)]
    others = [make_paper(f"Without {year}", year=year) for year in (1999, 2000)]
    outer = make_topic(slug="outer")
    make_topic(slug="inner", parent=outer, papers=papers)
    for paper in (*papers, *others):
        make_spot(paper)
    for paper in papers:
        make_item(reading, paper)

    body = get(client, f"/papers/{page}/?{query}")

    words = ("Within 2021", "Without 2000") if page == "map" else ("2021", "1999")
    assert [word for word in words if word in body] == [words[0]]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("list=nowhere", 404),
        ("venue=nowhere", 404),
        ("topic=nowhere", 404),
        ("list=hidden", 404),
        ("list=a&venue=b", 400),
        ("list=", 200),
    ],
)
@pytest.mark.parametrize("page", ["map", "years"])
def test_what_is_not_there_has_no_picture(client, page, query, status):
    make_list(slug="hidden", is_public=False)

    assert client.get(f"/papers/{page}/?{query}").status_code == status


def test_the_map_says_what_it_has_no_room_for(client, monkeypatch):
    monkeypatch.setattr(pictures, "DOTS", 2)
    for year in (2001, 2003, 2002):
        make_spot(make_paper(f"Of {year}", year=year))

    body = get(client, "/papers/map/")

    assert listed(body) == ["Of 2003", "Of 2002"]
    assert "The newest 2 are drawn, 1 other is not." in " ".join(body.split())


def test_a_map_without_papers_says_so(client):
    make_paper()

    body = get(client, "/papers/map/")

    assert "No paper has a place on the map yet" in body
    assert "<circle" not in body


def test_the_map_names_topics_where_their_papers_are(client, monkeypatch):
    monkeypatch.setattr(pictures, "MOST_NUMBERED", 3)
    papers = [make_paper() for _ in range(4)]
    for paper in papers:
        make_spot(paper)
    make_topic("Pruning & more", papers=papers)

    assert re.findall(r'class="map-label [^>]*>(.*?)<', get(client, "/papers/map/")) == [
        "Pruning &amp; more"
    ]


def test_years_are_bars_and_a_table_that_says_the_same(client):
    papers = [make_paper(year=year) for year in (2018, 2018, 2020)]
    make_paper(year=2030, is_public=False)
    make_paper()
    make_topic("Pruning", slug="pruning", papers=papers[1:])

    body = get(client, "/papers/years/")

    assert re.findall(r"<rect[^>]*><title>(.*?)</title>", body) == [
        "2018: 2",
        "2020: 1",
        "2018: 1",
        "2020: 1",
    ]
    assert re.findall(r'<tr><th scope="row">(\d+)</th>(.*?)</tr>', body) == [
        ("2020", "<td>1</td><td>1</td>"),
        ("2018", "<td>2</td><td>1</td>"),
    ]
    assert 'href="/papers/topics/pruning/"' in body


def test_numbers_of_a_picture_stand_there_in_every_language(client, settings):
    settings.USE_THOUSAND_SEPARATOR = True
    for x, year in ((0.11, 2018), (0.9, 2019), (0.37, 2020)):
        make_spot(make_paper(year=year), x, x)

    body = get(client, "/papers/map/") + get(client, "/papers/years/")

    numbers = re.findall(r' (?:cx|cy|r|x|y|width|height|viewBox)="([^"]*)"', body)
    assert len(numbers) > 12
    assert [n for n in numbers if not re.fullmatch(r"[\d. ]+", n)] == []
    assert "2,0" not in body


def test_few_dots_have_the_numbers_of_their_rows(client, monkeypatch):
    for year in (2001, 2003, 2002):
        make_spot(make_paper(f"Of {year}", year=year))
    few = get(client, "/papers/map/")
    monkeypatch.setattr(pictures, "MOST_NUMBERED", 2)

    many = get(client, "/papers/map/")

    numbers = [
        re.findall(r"<title>Of (\d+) .*?</title><circle[^>]*><text[^>]*>(\d+)<", body)
        for body in (few, many)
    ]
    assert numbers == [[("2003", "1"), ("2002", "2"), ("2001", "3")], []]


def test_a_picture_says_when_it_leaves_out_papers_without_a_year(client):
    make_paper(year=2018)
    make_paper(year=2019)
    whole = get(client, "/papers/years/")
    make_paper()

    found = [
        re.findall(r'<th scope="col">(All.*?)</th>', body)
        for body in (whole, get(client, "/papers/years/"))
    ]

    assert found == [["All papers"], ["All papers with a year"]]


def test_of_one_or_two_who_write_with_an_author_there_is_a_list_and_no_picture(client):
    make_paper(authors=["Ada", "Grace", "Alan"])

    body = get(client, f"/papers/authors/{Author.objects.get(name='Ada').code}/")

    ring = body.partition('class="ring"')[2].partition("</figure>")[0]
    assert re.findall(r"<bdi>(.*?)</bdi>", ring) == ["Alan", "Grace"]
    assert "<svg" not in ring


def test_all_ways_in_which_an_author_is_printed_are_told(client):
    paper = make_paper(authors=["Yujun Lin"])
    hidden = make_paper(authors=["Yujun Lin"], is_public=False)
    paper.authorships.update(name="Y. Lin")
    hidden.authorships.update(name="Secret Lin")
    author = Author.objects.get()
    author.names.create(name="Lin, Yujun")

    body = get(client, f"/papers/authors/{author.code}/")

    names = body.partition('class="subtitle"')[2].partition("</p>")[0]
    assert re.findall(r"<bdi[^>]*>(.*?)</bdi>", names) == ["Lin, Yujun", "Y. Lin"]


def test_a_page_about_one_author_shows_who_writes_with_them(client):
    make_paper(authors=["Ada", "Grace"])
    make_paper(authors=["Ada", "Grace", "Alan", "Mary"])
    make_paper(authors=["Ada", "Nemo"], is_public=False)
    ada, grace = Author.objects.get(name="Ada"), Author.objects.get(name="Grace")

    body = get(client, f"/papers/authors/{ada.code}/")

    ring = body.partition('class="ring"')[2].partition("</figure>")[0]
    assert re.findall(r"<bdi>(.*?)</bdi></a> <span[^>]*>(.*?)<", ring) == [
        ("Grace", "2 papers"),
        ("Alan", "1 paper"),
        ("Mary", "1 paper"),
    ]
    assert re.findall(r"<title>(.*?)</title>", ring) == ["Grace: 2", "Alan: 1", "Mary: 1"]
    assert f'<a href="/papers/authors/{grace.code}/" aria-label="Grace">' in ring


def test_who_writes_alone_has_no_ring(client):
    make_paper(authors=["Ada"])

    body = get(client, f"/papers/authors/{Author.objects.get().code}/")

    assert "Writes with" not in body


@pytest.mark.parametrize("rows", [1, 45])
@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("map/", 3),
        ("map/?list=reading", 4),
        ("map/?topic=pruning", 4),
        ("years/", 2),
        ("years/?venue=neurips", 3),
    ],
)
def test_pictures_need_the_same_queries_however_many_papers(
    client, django_assert_num_queries, rows, path, queries
):
    venue, reading = make_venue(slug="neurips"), make_list(slug="reading")
    papers = [make_paper(venue=venue, year=1950 + number) for number in range(rows)]
    topic = make_topic(slug="pruning", papers=papers)
    for paper in papers:
        make_topic(parent=topic, papers=[paper])
        make_spot(paper)
        make_item(reading, paper)

    with django_assert_num_queries(queries):
        get(client, f"/papers/{path}")
