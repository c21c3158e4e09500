import json
from dataclasses import replace

import pytest
from citeproc import (
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    formatter,
)
from citeproc.source.json import CiteProcJSON
from hypothesis import given
from hypothesis import strategies as st

from papers.entries import Refused
from papers.formats import csl_json
from papers.formats.csl_variables import TEXTS, WORKS
from papers.records import AuthorRecord, PaperRecord
from tests.papers.formats.citations import read_back, sorted_paper
from tests.papers.formats.paper_strategies import NASTY, SLOWLY, papers
from tests.papers.formats.test_bibtex import FULL, samples

# What the schema of CSL 1.0.2 lets a work hold beside TEXTS: additionalProperties is false there.
OTHERS = {"id", "type", "title", "author", "editor", "translator", "issued", "container-title"}
OTHERS |= {"DOI", "PMID", "URL", "keyword", "abstract", "note", "custom"}
NAME_PARTS = {"family", "given", "non-dropping-particle", "suffix", "literal"}


def test_work_is_written_and_nothing_lost():
    assert json.loads(csl_json.dumps([FULL])) == [
        {
            "id": "lovelace2018bert",
            "type": "article-journal",
            "title": "BERT & friends: a study of Bayes in 50% of {cases}",
            "author": [
                {"family": "Lovelace", "given": "Ada"},
                {
                    "family": "Beethoven",
                    "given": "Ludwig",
                    "non-dropping-particle": "van",
                },
            ],
            "issued": {"date-parts": [[2018, 6]]},
            "container-title": "Journal of Sketches",
            "issue": "2",
            "page": "1-10",
            "publisher": "Sketch Press",
            "volume": "12",
            "DOI": "10.1234/5_6",
            "URL": "https://example.org/a_b%20c",
            "keyword": "learning, maps, and others",
            "abstract": "Costs $5 & more.",
            "note": "Read this first.",
            "custom": {
                "presented": "oral",
                "award": "Best paper",
                "topic": ["learning", "maps, and others"],
                "arxiv": "1806.01234",
                "openreview": "B1xsqj09Fm",
                "code": "https://example.org/~ada/code",
            },
        }
    ]
    assert read_back(csl_json.read(csl_json.dumps([FULL]))) == [sorted_paper(FULL)]


@SLOWLY
@given(st.lists(papers(), max_size=2, unique_by=lambda paper: paper.key))
def test_what_is_written_is_read_back(written):
    read = read_back(csl_json.read(csl_json.dumps(written)))

    assert read == [sorted_paper(paper) for paper in written]


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), NASTY),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.one_of(st.sampled_from(sorted(OTHERS | NAME_PARTS)), NASTY), inner, max_size=5
        ),
    ),
    max_leaves=12,
)


@SLOWLY
@given(st.one_of(JSON.map(json.dumps), NASTY))
def test_any_json_is_read_or_refused(text):
    try:
        document = csl_json.read(text)
    except Refused:
        return
    assert all(entry.paper.title for entry in document.entries)


@pytest.mark.parametrize(
    "text", ["", "{", "3", '"a"', "[" * 100_000, "9" * 5000, "@misc{a, title = {A}}"]
)
def test_what_holds_no_works_is_refused(text):
    with pytest.raises(Refused):
        csl_json.read(text)


@pytest.mark.parametrize(
    "text", ['[{"title": "A"}]', '{"title": "A"}', '{"items": [{"title": "A"}]}']
)
def test_array_object_and_items_are_read(text):
    assert [entry.paper for entry in csl_json.read(text).entries] == [PaperRecord("A")]


def test_bad_works_are_reported_by_their_number():
    document = csl_json.read('[{"title": "A"}, 3, {"id": "x"}, {"title": ["A"]}]')

    assert [each.line for each in document.entries] == [1]
    assert [each.line for each in document.skipped] == [2, 3, 4]


@pytest.mark.parametrize(
    ("issued", "date"),
    [
        ({"date-parts": [[2018, 6, 12]]}, (2018, 6)),
        ({"date-parts": [["2018", "6"]]}, (2018, 6)),
        ({"date-parts": [[2018], [2019]]}, (2018, None)),
        ({"raw": "2018-06-12"}, (2018, 6)),
        ({"literal": "June 2018"}, (2018, None)),
        ("2018-06", (2018, 6)),
        ({"date-parts": [[]]}, (None, None)),
        ({"date-parts": [[True, {}]]}, (None, None)),
        (None, (None, None)),
    ],
)
def test_dates_are_read_however_written(issued, date):
    paper = csl_json.read(json.dumps({"title": "A", "issued": issued})).entries[0].paper

    assert (paper.year, paper.month) == date


def test_names_are_read_however_written():
    names = [
        {"given": "Ludwig", "non-dropping-particle": "van", "family": "Beethoven"},
        {"literal": "OpenAI"},
        {"family": "King", "given": "Martin", "suffix": "Jr"},
        "Ada Lovelace",
        {},
        3,
    ]
    paper = csl_json.read(json.dumps({"title": "A", "author": names})).entries[0].paper

    assert [author.name for author in paper.authors] == [
        "Ludwig van Beethoven",
        "OpenAI",
        "Martin King Jr",
        "Ada Lovelace",
    ]


def test_affiliations_come_back():
    authors = (AuthorRecord("Ada Lovelace", "London"), AuthorRecord("Charles Babbage", ""))
    paper = replace(FULL, authors=authors)

    assert read_back(csl_json.read(csl_json.dumps([paper]))) == [sorted_paper(paper)]


def test_works_hold_nothing_that_the_schema_does_not_name():
    works = json.loads(csl_json.dumps(samples()))

    assert {name for work in works for name in work} <= OTHERS | TEXTS
    assert {work["type"] for work in works} <= WORKS
    assert {
        part for work in works for name in work.get("author", []) for part in name
    } <= NAME_PARTS
    assert {type(work[name]) for work in works for name in TEXTS & work.keys()} == {str}
    assert len({work["id"] for work in works}) == len(works)


def test_controls_and_lone_surrogates_never_reach_the_file():
    text = csl_json.dumps([PaperRecord("A\x00B\ud800\r\nC ]]> </script>")])

    assert text.encode()
    assert csl_json.read(text).entries[0].paper.title == "AB C ]]> </script>"


@pytest.mark.filterwarnings("ignore:The following arguments for Reference are unsupported")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_citeproc_cites_ours():
    works = json.loads(csl_json.dumps([FULL, replace(FULL, title="Another")]))
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = CitationStylesBibliography(style, CiteProcJSON(works), formatter.plain)
    bibliography.register(Citation([CitationItem(work["id"]) for work in works]))

    printed = [str(item) for item in bibliography.bibliography()]

    assert ["van Beethoven" in each and "2018" in each for each in printed] == [True, True]


def test_others_and_organizations_are_read_and_written():
    names = [
        {"family": "Lovelace", "given": "Ada"},
        {"literal": "Google Brain"},
        {"literal": "The ATLAS Collaboration"},
        {"literal": "others"},
    ]

    (entry,) = csl_json.read(json.dumps({"title": "A", "author": names})).entries

    assert [author.name for author in entry.paper.authors] == [
        "Ada Lovelace",
        "Google Brain",
        "The ATLAS Collaboration",
    ]
    assert entry.paper.details == (("et-al", "1"), ("organizations", "Google Brain"))
    assert json.loads(csl_json.dumps([entry.paper]))[0]["author"] == names
