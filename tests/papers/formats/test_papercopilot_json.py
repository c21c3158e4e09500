"""Lists of a conference as papercopilot keeps them."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.entries import Refused
from papers.formats import papercopilot_json
from papers.records import AuthorRecord, LinkRecord, PaperRecord

DATA = Path(__file__).parents[4] / "shared" / "data" / "7-catalogue"

ONE = {
    "id": "d4ab8b2f14",
    "title": "A\r\nTree",
    "site": "https://proceedings.mlr.press/v188/zhang22a.html",
    "author": "Lijun Zhang; Hui Guan",
    "aff": "UMass; ETH Zürich",
    "abstract": "Text.",
    "bibtex": "@InProceedings{x,\n booktitle = {Proceedings of the {F}irst Foo},\n"
    " year = 2022,\n pages = {7/1--21}\n}",
    "github": "github.com/a/b",
    "keywords": "trees;tasks",
    "status": "Oral Workshop",
    "track": "main",
}


def test_a_paper_is_read_with_what_its_bibtex_says():
    (entry,) = papercopilot_json.read(json.dumps([ONE]), "automl2021.json").entries

    assert entry.paper == PaperRecord(
        title="A Tree",
        authors=(AuthorRecord("Lijun Zhang", "UMass"), AuthorRecord("Hui Guan", "ETH Zürich")),
        venue="Proceedings of the First Foo",
        is_workshop=True,
        year=2022,
        presentation="oral",
        abstract="Text.",
        topics=("trees", "tasks"),
        identifiers=(("pmlr", "v188/zhang22a"),),
        links=(
            LinkRecord("paper", "https://proceedings.mlr.press/v188/zhang22a.html"),
            LinkRecord("code", "https://github.com/a/b"),
        ),
        details=(("page", "7/1–21"),),
    )
    assert entry.marks == ("Oral Workshop",)


@pytest.mark.parametrize("name", ["iclr_iclr2013.json", "iclr2013.json", "lists/iclr/iclr2013"])
def test_venue_and_year_are_those_of_the_file_where_nothing_else_says_them(name):
    (entry,) = papercopilot_json.read(json.dumps([{**ONE, "bibtex": ""}]), name).entries

    assert (entry.paper.venue, entry.paper.year) == ("iclr", 2013)


@pytest.mark.parametrize("status", ["Reject", "Withdraw", "Desk Reject"])
def test_what_was_not_taken_is_reported(status):
    document = papercopilot_json.read(json.dumps([ONE, {**ONE, "status": status}]))

    assert len(document.entries) == 1
    assert [(one.line, one.is_fault) for one in document.skipped] == [(2, False)]


@pytest.mark.skipif(not DATA.exists(), reason="needs the files of others")
@pytest.mark.parametrize(
    ("name", "taken", "refused", "year"),
    [
        ("automl_automl2022.json", 20, 0, 2022),
        ("iclr_iclr2013.json", 55, 12, 2013),
        ("nips_nips1987.json", 90, 0, 1987),
        ("rss_rss2005.json", 48, 0, 2005),
    ],
)
def test_lists_of_others_are_read_whole(name, taken, refused, year):
    document = papercopilot_json.read((DATA / name).read_text(), name)

    assert (len(document.entries), len(document.skipped)) == (taken, refused)
    assert {entry.paper.year for entry in document.entries} == {year}
    assert all(entry.paper.identifiers and entry.paper.authors for entry in document.entries)


@given(st.lists(st.dictionaries(st.sampled_from(list(ONE)), st.text() | st.none() | st.integers())))
def test_any_json_is_read_or_refused(found):
    try:
        document = papercopilot_json.read(json.dumps([{"author": "", "status": ""}, *found]))
    except Refused:
        return

    assert len(document.entries) + len(document.skipped) == len(found) + 1
