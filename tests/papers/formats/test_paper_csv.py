import csv
import io

import pytest
from hypothesis import given

from eventsite.formulas import unguarded
from papers.formats import paper_csv
from papers.formats.citing import one_line
from papers.records import AuthorRecord, PaperRecord
from tests.papers.formats.paper_strategies import SLOWLY, papers
from tests.papers.formats.test_bibtex import FULL


def rows(text):
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_row_says_all_of_a_paper():
    (row,) = rows(paper_csv.dumps([FULL]))

    assert {name: value for name, value in row.items() if value} == {
        "key": "lovelace2018bert",
        "title": "BERT & friends: a study of Bayes in 50% of {cases}",
        "authors": "Ada Lovelace; Ludwig van Beethoven",
        "venue": "Journal of Sketches",
        "venue_kind": "journal",
        "year": "2018",
        "month": "6",
        "presentation": "oral",
        "award": "Best paper",
        "abstract": "Costs $5 & more.",
        "topics": "learning; maps, and others",
        "identifiers": "arxiv:1806.01234; doi:10.1234/5_6; openreview:B1xsqj09Fm",
        "links": "paper:https://example.org/a_b%20c; code:https://example.org/~ada/code",
        "details": "issue=2&page=1-10&publisher=Sketch%20Press&volume=12",
        "note": "Read this first.",
    }


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "＝", "＋", "－", "＠", "'="])
def test_no_cell_is_run_as_a_formula_and_each_comes_back(start):
    (row,) = rows(paper_csv.dumps([PaperRecord(f"{start}1+1")]))

    assert row["title"] == f"'{start}1+1"
    assert unguarded(row["title"]) == f"{start}1+1"


@SLOWLY
@given(papers())
def test_any_paper_is_one_row_without_line_ends(paper):
    text = paper_csv.dumps([paper])

    assert text.encode()
    assert len(text.splitlines()) == 2
    assert unguarded(rows(text)[0]["title"]) == one_line(paper.title)


def test_affiliations_stand_in_the_order_of_the_authors():
    authors = (AuthorRecord("Ada", "London"), AuthorRecord("Bo", ""), AuthorRecord("Cy", "Ulm"))

    assert (
        rows(paper_csv.dumps([PaperRecord("A", authors=authors)]))[0]["affiliations"]
        == "London; ; Ulm"
    )
