"""A list without a text of its own, written anew, loses nothing: read again it is the same."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papers.formats.markdown_facts import Facts, said_by
from papers.formats.markdown_layout import ListItem, ListSection
from papers.formats.markdown_list import read
from papers.formats.markdown_whole import OVER_AUTHORS, is_same, label_of
from papers.formats.markdown_writing import dumps
from papers.records import LinkRecord

PEOPLE = st.sampled_from(["Ada Lovelace", "Grace Hopper", "Alan M. Turing", "Emmy Noether"])
PLACES = st.sampled_from(["", "MIT", "University of Göttingen", "ETH Zürich (LTS4)"])
TITLES = st.lists(
    st.sampled_from(["Deep", "Wide", "Thin", "Small", "Pruned", "Sparse", "Graph", "Nets"]),
    min_size=3,
    max_size=6,
    unique=True,
).map(" ".join)
LINKS = st.sampled_from(
    [
        LinkRecord("code", "https://github.com/ada/nets", "Code"),
        LinkRecord("code", "https://example.org/repo", "official repo"),
        LinkRecord("project", "https://example.org/project", "Project page"),
        LinkRecord("slides", "https://example.org/talk", ""),
        LinkRecord("video", "https://www.youtube.com/watch?v=abc", "Video"),
        LinkRecord("dataset", "https://example.org/data", "Dataset"),
        LinkRecord("discussion", "https://www.reddit.com/r/nets", "Reddit"),
        LinkRecord("version", "https://arxiv.org/abs/1901.00009", "", "ICML", 2019),
    ]
)


@st.composite
def facts(draw):
    title = draw(TITLES)
    names = draw(st.lists(st.tuples(PEOPLE, PLACES), max_size=4, unique_by=lambda each: each[0]))
    places = tuple(place for _name, place in names)
    number = draw(st.integers(1, 99999))
    paper = LinkRecord("paper", f"https://arxiv.org/abs/1801.{number:05}")
    year = draw(st.integers(1990, 2025))
    return Facts(
        title=title,
        year=year,
        month=draw(st.sampled_from([None, 1, 5, 12])),
        venue=draw(st.sampled_from(["", "ICML", "NeurIPS", "CVPR", "TPAMI"])),
        presentation=draw(st.sampled_from(["", "oral", "spotlight"])),
        award=draw(st.sampled_from(["", "Best paper"])),
        authors=tuple(name for name, _place in names),
        affiliations=places if any(places) else (),
        links=(paper, *draw(st.lists(LINKS, max_size=4, unique_by=lambda each: each.url))),
        marks=tuple(draw(st.sampled_from([[], ["must read"], ["must read", "short"]]))),
        note=draw(st.sampled_from(["", "worth every word of it", "Read it twice. Then again"])),
    )


@pytest.mark.parametrize("dialect", ["", OVER_AUTHORS])
@settings(max_examples=15, deadline=None)
@given(
    st.lists(facts(), min_size=3, max_size=8, unique_by=lambda each: each.links[0].url), st.data()
)
def test_a_list_written_whole_is_read_as_it_was(dialect, papers, data):
    sections = [ListSection("Surveys", 1), ListSection("Pruning", 1), ListSection("Weights", 2)]
    places = data.draw(
        st.lists(st.integers(0, 2), min_size=len(papers), max_size=len(papers)).map(sorted)
    )
    items = [ListItem(each, section=at) for each, at in zip(papers, places, strict=True)]

    made = dumps("", items, sections, read=read, title="Nets", dialect=dialect)

    document = read(made)
    found = [said_by(entry) for entry in document.entries]
    assert [each.title for each in found] == [each.title for each in papers]
    assert [
        (one, two) for one, two in zip(papers, found, strict=True) if not is_same(one, two)
    ] == []
    headings = [document.headings[entry.section].heading for entry in document.entries]
    assert headings == [sections[at].heading for at in places]


NETS = Facts(
    "Deep nets of old",
    2018,
    authors=("Ada Lovelace", "Grace Hopper"),
    affiliations=("MIT", ""),
    venue="ICML",
    links=(LinkRecord("paper", "https://arxiv.org/abs/1801.00001"),),
)


def test_dated_bullets_have_their_authors_below():
    assert dumps("", [ListItem(NETS)], [], read=read) == (
        "- 2018-ICML-[Deep nets of old](https://arxiv.org/abs/1801.00001)\n"
        "  - Authors: Ada Lovelace (MIT) · Grace Hopper\n"
    )


def test_titles_stand_over_authors_where_the_list_says_so():
    other = replace(NETS, title="Wide nets of old", links=(), note="worth it")
    items = [ListItem(NETS), ListItem(other)]

    assert dumps("", items, [], read=read, title="Nets", dialect=OVER_AUTHORS) == (
        "# Nets\n\n[Deep nets of old](https://arxiv.org/abs/1801.00001)\n"
        "Ada Lovelace (MIT) · Grace Hopper\nICML 2018\n\n"
        "[Wide nets of old]() (worth it)\nAda Lovelace (MIT) · Grace Hopper\nICML 2018\n"
    )


def test_a_link_to_another_version_says_which():
    version = LinkRecord("version", "https://example.org/v", "long one", "TPAMI", 2020)

    assert label_of(version) == "TPAMI 2020 version: long one"


def test_what_no_form_says_is_in_the_text_nevertheless():
    odd = Facts(
        "[[[", note="((", marks=("a `mark`",), links=(LinkRecord("other", "https://a.b/c"),)
    )

    made = dumps("", [ListItem(odd)], [], read=read)

    assert [
        each for each in ("[[[", "((", "a mark", "https://a.b/c") if each not in made.casefold()
    ] == []


@pytest.mark.parametrize("dialect", ["", OVER_AUTHORS])
@pytest.mark.parametrize("authors", [("Dario Amodei",), ("Dario Amodei", "Ada Lovelace")])
def test_authors_who_are_not_named_are_told_and_read_again(dialect, authors):
    said = Facts("Deep Sketches", year=2018, venue="ICML", authors=authors, others=True)

    text = dumps(
        "", [ListItem(said, None, 0)], [ListSection("Papers", 1)], read=read, dialect=dialect
    )

    (entry,) = read(text).entries
    assert "et al." in text
    assert (said_by(entry).authors, said_by(entry).others) == (authors, True)
