"""Papers as files: of a search, a list, a venue, a topic, an author and alone; public ones only."""

import csv
import io
import json

import pytest

from papers import exports, indexing
from papers.models import Author, Moved, Paper
from tests.factories import make_item, make_list, make_paper, make_venue
from tests.papers.rows import make_identifier, make_link, make_presentation, make_topic

pytestmark = pytest.mark.django_db

TYPES = {
    "bib": "application/x-bibtex; charset=utf-8",
    "ris": "application/x-research-info-systems; charset=utf-8",
    "json": "application/vnd.citationstyles.csl+json",
    "csv": "text/csv; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
}


def body(response):
    assert response.status_code == 200
    return b"".join(response.streaming_content).decode()


def titles(response):
    """Return the titles of a CSL-JSON file."""
    return [each["title"] for each in json.loads(body(response))]


@pytest.fixture
def world():
    """Papers under every heading; of each kind one is hidden."""
    venue, reading = make_venue(slug="neurips"), make_list(slug="reading")
    shown = [
        make_paper(title, authors=["Ada"], venue=venue, year=year)
        for title, year in (("Older", 2001), ("Newer", 2020))
    ]
    hidden = make_paper("Draft", authors=["Ada"], venue=venue, year=2030, is_public=False)
    make_topic(slug="pruning", papers=[*shown, hidden])
    for paper in (*shown, hidden):
        make_item(reading, paper)
    indexing.rebuild()
    return Author.objects.get(name="Ada")


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("papers", ["Newer", "Older"]),
        ("authors/{code}", ["Newer", "Older"]),
        ("venues/neurips", ["Newer", "Older"]),
        ("topics/pruning", ["Newer", "Older"]),
        ("lists/reading", ["Older", "Newer"]),
    ],
)
def test_a_page_of_papers_is_a_file_of_its_public_papers(client, world, path, found):
    response = client.get(f"/papers/{path.format(code=world.code)}.json")

    assert titles(response) == found


@pytest.mark.parametrize("extension", TYPES)
def test_each_format_has_its_type_and_a_name_to_keep_it_under(client, world, extension):
    paper = Paper.objects.get(title="Newer")

    response = client.get(f"/papers/{paper.code}.{extension}")

    assert response["Content-Type"] == TYPES[extension]
    assert response["Content-Disposition"] == f'attachment; filename="{paper.code}.{extension}"'
    assert [title for title in ("Newer", "Older") if title in body(response)] == ["Newer"]


def test_a_search_is_a_file_of_all_that_it_found(client):
    for number in range(60):
        make_paper(f"Sparse {number}", year=2000 + number % 3)
    make_paper("Dense", year=2001)
    indexing.rebuild()

    response = client.get("/papers/papers.json?q=sparse&year=2001&sort=title&page=2")

    wanted = sorted(f"Sparse {number}" for number in range(60) if number % 3 == 1)
    assert sorted(titles(response)) == wanted


@pytest.mark.parametrize(
    "path",
    [
        "P99999999.bib",
        "authors/A99999999.bib",
        "venues/nowhere.bib",
        "topics/nowhere.bib",
        "lists/nowhere.bib",
        "venues/hidden.bib",
        "lists/hidden.bib",
        "topics/hidden.bib",
        "papers.bib?venue=nowhere",
        "papers.pdf/",
    ],
)
def test_what_is_not_there_is_404(client, path):
    draft = make_paper(venue=make_venue(slug="hidden"), is_public=False)
    make_topic(slug="hidden", papers=[draft])
    make_list(slug="hidden", is_public=False)

    assert client.get(f"/papers/{path}").status_code == 404


def test_a_draft_is_404_until_a_programme_presents_it(client):
    paper = make_paper(is_public=False)
    before = client.get(f"/papers/{paper.code}.bib").status_code

    make_presentation(paper)

    assert (before, client.get(f"/papers/{paper.code}.bib").status_code) == (404, 200)


def test_who_has_the_file_is_told_that_it_still_holds(client):
    paper = make_paper("Before")
    indexing.touch()
    tag = client.get(f"/papers/{paper.code}.bib")["ETag"]

    same = client.get(f"/papers/{paper.code}.bib?lang=en", headers={"If-None-Match": tag})
    indexing.touch()
    changed = client.get(f"/papers/{paper.code}.bib", headers={"If-None-Match": tag})

    assert (same.status_code, same.content) == (304, b"")
    assert changed.status_code == 200


def test_two_questions_have_two_etags(client):
    make_paper(year=2001)
    indexing.rebuild()

    tags = {client.get(f"/papers/papers.bib{query}")["ETag"] for query in ("", "?year=2001")}

    assert len(tags) == 2


def test_a_list_gives_its_notes_and_each_paper_once(client):
    reading, twice = make_list(slug="reading"), make_paper("Twice")
    make_item(reading, twice, note="Good.")
    make_item(reading, make_paper("Once"), note="Short.")
    make_item(reading, twice, note="Again.")
    make_item(reading, make_paper("Gone"), note="Left.", is_gone=True)

    table = csv.DictReader(io.StringIO(body(client.get("/papers/lists/reading.csv"))))

    assert [(row["title"], row["note"]) for row in table] == [
        ("Twice", "Good. Again."),
        ("Once", "Short."),
    ]


def test_a_merged_paper_is_served_under_its_old_code(client):
    kept = make_paper("Kept")
    Moved.objects.create(kind="paper", old="P22222222", new=kept.code)

    assert titles(client.get("/papers/P22222222.json")) == ["Kept"]


def test_a_head_has_no_body(client):
    paper = make_paper()

    response = client.head(f"/papers/{paper.code}.bib")

    assert (response.status_code, b"".join(response.streaming_content)) == (200, b"")


@pytest.mark.parametrize("extension", TYPES)
def test_a_file_of_several_parts_is_one_file(client, monkeypatch, extension):
    venue = make_venue(slug="neurips")
    for number in range(5):
        make_paper(f"Paper {number}", venue=venue)
    whole = body(client.get(f"/papers/venues/neurips.{extension}"))

    monkeypatch.setattr(exports, "AT_ONCE", 2)
    parts = body(client.get(f"/papers/venues/neurips.{extension}"))

    assert whole.count("Paper 3") >= 1
    assert parts.split() == whole.split()
    if extension == "json":
        assert len(json.loads(parts)) == 5


@pytest.mark.parametrize("extension", TYPES)
def test_a_search_that_found_nothing_is_an_empty_file(client, extension):
    make_paper("Something", year=2001)
    make_paper("Other", year=2002, venue=make_venue(slug="neurips"))
    indexing.rebuild()

    text = body(client.get(f"/papers/papers.{extension}?year=2001&venue=neurips"))

    empty = {"json": ["[", "]"], "csv": [",".join(text.strip().split(","))]}
    assert text.split() == empty.get(extension, [])


@pytest.mark.parametrize("rows", [1, 45])
@pytest.mark.parametrize(
    ("path", "queries"),
    [("venues/neurips.bib", 8), ("topics/pruning.bib", 8), ("lists/reading.bib", 8)],
)
def test_a_file_needs_the_same_queries_however_long(
    client, django_assert_num_queries, rows, path, queries
):
    venue, reading = make_venue(slug="neurips"), make_list(slug="reading")
    papers = [make_paper(authors=[f"A{n}", f"B{n}"], venue=venue) for n in range(rows)]
    make_topic(slug="pruning", papers=papers)
    for number, paper in enumerate(papers):
        make_link(paper, venue=venue)
        make_identifier(paper, "arxiv", f"{number}")
        make_item(reading, paper)

    with django_assert_num_queries(queries):
        text = body(client.get(f"/papers/{path}"))

    assert text.count("\n  title = ") == rows


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Older", "Newer"]),
        ("?year=2001", ["Older"]),
        ("?q=newer", ["Newer"]),
        ("?q=ada&year=2020", ["Newer"]),
        ("?q=zebra", []),
        ("?unknown=1", ["Older", "Newer"]),
    ],
)
def test_a_list_s_file_is_narrowed_as_its_page_is(client, world, query, found):
    assert titles(client.get(f"/papers/lists/reading.json{query}")) == found


@pytest.mark.parametrize(("query", "status"), [("?year=x", 400), ("?year=1999", 404)])
def test_what_the_list_does_not_have_is_no_file(client, world, query, status):
    assert client.get(f"/papers/lists/reading.bib{query}").status_code == status


def test_a_narrowed_list_links_its_files_narrowed(client, world):
    page = client.get("/papers/lists/reading/?year=2001&q=older").content.decode()

    assert 'href="/papers/lists/reading.bib?q=older&amp;year=2001"' in page
