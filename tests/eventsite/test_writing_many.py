"""Many rows at once: the same versions and history as one by one, in few queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from eventsite import writing
from eventsite.models import Change
from eventsite.writing import Conflict
from eventsite.writing_many import change_many, create_many
from papers.models import Author, AuthorName, Paper, PaperLink
from tests.factories import make_author, make_paper

pytestmark = pytest.mark.django_db


def changes(table):
    return list(Change.objects.filter(table=table).order_by("pk").values_list("code", "fields"))


def test_new_rows_learn_their_keys_and_have_a_first_change():
    authors = [Author(name="Ada Lovelace"), Author(name="Emmy Noether")]

    create_many(authors, batch="7")

    stored = {each.code: each.pk for each in Author.objects.all()}
    assert {each.code: each.pk for each in authors} == stored
    assert changes("papers.author") == [(each.code, {}) for each in authors]
    assert set(Change.objects.values_list("batch", "version")) == {("7", 1)}


def test_children_point_to_parents_that_are_saved_with_them():
    paper, author = Paper(title="Trees"), Author(name="Ada Lovelace")
    create_many([author], [AuthorName(author=author, name="A. Lovelace")])

    create_many([paper], [PaperLink(paper=paper, url="https://example.org/", position=1)])

    assert [each.url for each in paper.links.all()] == ["https://example.org/"]
    assert [each.name for each in author.names.all()] == ["A. Lovelace"]


def test_row_saved_anew_is_changed_and_not_made_twice():
    paper = Paper(title="Trees")
    create_many([paper])

    writing.change(paper, paper.version, {"title": "Forests"})

    assert [each.title for each in Paper.objects.all()] == ["Forests"]


def test_values_that_are_no_plain_text_are_stored_as_the_tables_hold_them():
    paper = Paper(title="Trees", details={"page": "1–2"}, is_public=True, year=None)

    create_many([paper])

    stored = Paper.objects.get()
    assert (stored.details, stored.is_public, stored.year) == ({"page": "1–2"}, True, None)


def test_only_rows_that_become_different_have_a_change():
    same, other = make_author("Ada Lovelace"), make_author("Emmy Noether")

    number = change_many([(same, {"name": "Ada Lovelace"}), (other, {"name": "E. Noether"})])

    assert number == 1
    assert changes("papers.author") == [(other.code, {"name": ["Emmy Noether", "E. Noether"]})]
    assert list(Author.objects.order_by("pk").values_list("version", flat=True)) == [1, 2]


def test_one_row_saved_meanwhile_leaves_all_as_they_were():
    first, second = make_paper("Trees"), make_paper("Nets")
    seen = Paper.objects.get(pk=second.pk)
    writing.change(second, second.version, {"title": "Deep nets"})

    with pytest.raises(Conflict):
        change_many([(first, {"year": 2020}), (seen, {"year": 2020})])

    assert set(Paper.objects.values_list("title", "year")) == {("Trees", None), ("Deep nets", None)}


@pytest.mark.parametrize("rows", [1, 900])
def test_making_rows_costs_as_many_queries_however_many_there_are(rows):
    papers = [Paper(title=f"Paper {n}", slug=f"paper-{n}") for n in range(rows)]
    links = [PaperLink(paper=paper, url="https://example.org/", position=1) for paper in papers]

    with CaptureQueriesContext(connection) as queries:
        create_many(papers, links)

    inserts = [q["sql"] for q in queries if "INSERT INTO" in q["sql"].upper()[:40]]
    assert [sql.partition(" (")[0].rpartition('"papers_')[2] for sql in inserts][:2] == [
        'paper"',
        'paperlink"',
    ]
    assert len(queries) < 30


def test_code_that_is_taken_gives_way():
    there = make_paper("Trees")
    papers = [Paper(title=title, code=there.code) for title in ("Nets", "Deep nets")]

    create_many(papers)

    assert Paper.objects.count() == len({there.code, *(each.code for each in papers)}) == 3
