"""Tables of papers as text: layouts that are known, columns chosen, rows that are refused."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.entries import Document, Refused
from papers.formats import paper_csv, table
from papers.records import AuthorRecord, LinkRecord, PaperRecord

DATA = Path(__file__).parents[4] / "shared" / "data"

FULL = PaperRecord(
    title="=A title; with signs",
    code="P23456789",
    key="lovelace2018title",
    authors=(AuthorRecord("Ada Lovelace", "London, UK"), AuthorRecord("Plato", "Athens")),
    venue="Conference on Neural Information Processing Systems",
    venue_short="NeurIPS",
    venue_kind="conference",
    is_workshop=True,
    year=2018,
    month=12,
    presentation="oral",
    award="Best paper",
    alias="Net",
    abstract="One sentence.",
    topics=("pruning", "theory"),
    identifiers=(("arxiv", "1902.09574"), ("doi", "10.1000/x")),
    links=(
        LinkRecord("paper", "https://example.org/a"),
        LinkRecord("code", "https://github.com/a/b"),
    ),
    details=(("page", "1–8"), ("volume", "3")),
)


def faults(document):
    return [(one.line, one.reason) for one in document.skipped if one.is_fault]


def test_our_own_export_is_read_back():
    document = table.read(paper_csv.dumps([FULL]))

    assert [entry.paper for entry in document.entries] == [FULL]
    assert document.skipped == ()


def test_cmt_names_affiliations_and_status():
    text = (
        "Paper ID\tPaper Title\tAbstract\tAuthor Names\tPrimary Subject Area\tStatus\n"
        '1\tOne\tText\t"Lovelace, Ada (London, UK)*; Babbage, Charles (Kent)"\tTheory'
        "\tAccept (Oral)\n"
        "2\tTwo\tText\tPlato (Athens)\tTheory\tReject\n"
        "3\tThree\tText\tPlato (Athens)\tTheory\tAwaiting Decision\n"
    )

    document = table.read(text)

    assert [entry.paper for entry in document.entries] == [
        PaperRecord(
            title="One",
            authors=(
                AuthorRecord("Ada Lovelace", "London, UK"),
                AuthorRecord("Charles Babbage", "Kent"),
            ),
            abstract="Text",
            topics=("Theory",),
            presentation="oral",
        )
    ]
    assert [(one.line, one.is_fault, one.reason) for one in document.skipped] == [
        (3, False, "row 3, decision: “Reject” is no paper of a programme"),
        (4, False, "row 4, decision: “Awaiting Decision” is no paper of a programme"),
    ]


def test_hotcrp_lists_a_row_for_each_author():
    text = (
        "paper,title,first,last,affiliation\n"
        "1,One,Ada,Lovelace,London\n1,One,Charles,Babbage,Kent\n2,Two,,Plato,Athens\n"
    )

    document = table.read(text)

    assert [(entry.paper.title, entry.paper.authors) for entry in document.entries] == [
        ("One", (AuthorRecord("Ada Lovelace", "London"), AuthorRecord("Charles Babbage", "Kent"))),
        ("Two", (AuthorRecord("Plato", "Athens"),)),
    ]


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("Titel;Autoren;Jahr", "Eins;Ada Lovelace und Plato;2018"),
        ("titre,auteurs,année", '"Eins","Ada Lovelace, Plato",2018'),
        ("标题\t作者\t年份", "Eins\tAda Lovelace; Plato\t2018"),
        ("TITLE|AUTHORS|PUBLICATION YEAR", "Eins|Lovelace, Ada and Plato|2018"),
    ],
)
def test_headers_of_other_languages_and_separators_are_known(header, row):
    document = table.read(f"{header}\n{row}\n")

    assert [(entry.paper.title, entry.paper.year) for entry in document.entries] == [("Eins", 2018)]


def test_columns_that_a_person_chose_go_first():
    text = "title,what,when\nShort,Long title,2018\n"

    document = table.read(text, {"what": "title", "when": "year"})

    assert [(entry.paper.title, entry.paper.year) for entry in document.entries] == [
        ("Long title", 2018)
    ]
    assert document.mapping == {"what": "title", "when": "year"}
    assert [one.text for one in document.skipped] == ["title"]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("A,20x8,,", "row 2, year: found “20x8”, expected a year of four digits"),
        (",2018,,", "row 2, title: found nothing, expected a title"),
        ("A,2018,13,", "row 2, month: found “13”, expected a month: 1 to 12, or its name"),
        ("A,2018,,12", "row 2, doi: found “12”, expected a DOI (10.…)"),
        (
            "A,2018,,,more",
            "row 2, behind the last column: found “more”, expected no more cells than headers",
        ),
    ],
)
def test_a_cell_that_does_not_fit_names_row_and_column(row, reason):
    document = table.read(f"title,year,month,doi\n{row}\n")

    assert faults(document) == [(2, reason)]
    assert document.entries == ()


def test_a_key_that_stands_twice_names_both_rows():
    document = table.read("key,title\na,One\nb,Two\na,Three\n")

    assert faults(document) == [
        (4, "row 4, key: found “a”, expected each once: row 2 has it as well")
    ]


def test_lines_are_those_of_the_file():
    document = table.read('title,abstract\r\nOne,"two\r\nlines"\r\n\r\nTwo,\r\n')

    assert [(entry.line, entry.lines, entry.text) for entry in document.entries] == [
        (2, 2, 'One,"two\nlines"'),
        (5, 1, "Two,"),
    ]


@pytest.mark.parametrize(
    ("text", "beginning"),
    [
        ("", "The table is empty."),
        ("a,b\n1,2\n", "No column holds the titles of papers; its first row names “a”, “b”"),
        ("title,Title\na,b\n", "Columns 1 and 2 are both named “title”"),
        ("title,year\n", "The table has a first row that names columns, and no papers"),
        ('title\n"a\nb\n', "The table cannot be read from line 2 on"),
        ("title\n" + "x" * 200_000, "The table cannot be read from line 2 on"),
        (",".join(f"title{n}" for n in range(10_000)), "The table has 10,000 columns"),
    ],
)
def test_a_table_that_is_none_is_refused(text, beginning):
    with pytest.raises(Refused) as refused:
        table.read(text)

    assert str(refused.value)[: len(beginning)] == beginning


def test_a_mapping_to_what_is_not_there_is_refused():
    with pytest.raises(Refused, match="no column “x”"):
        table.read("title\nA\n", {"x": "title"})
    with pytest.raises(Refused, match="no field “y”"):
        table.read("title\nA\n", {"title": "y"})


@pytest.mark.skipif(not DATA.exists(), reason="needs the files of others")
@pytest.mark.parametrize(
    ("name", "papers"),
    [
        ("3-miniconf/acl2020/main_papers.csv", 778),
        ("3-miniconf/acl2020/demo_papers.csv", 43),
        ("3-miniconf/colt2020/papers.csv", 120),
        ("3-miniconf/miniconf-template/papers.csv", 687),
        ("3-miniconf/ozchi2022/papers.csv", 42),
    ],
)
def test_files_of_conferences_are_read_whole(name, papers):
    document = table.read((DATA / name).read_text())

    assert (len(document.entries), faults(document)) == (papers, [])


@given(
    st.text()
    | st.lists(st.lists(st.text(max_size=8))).map(
        lambda rows: "title,year\n" + "\n".join(map(",".join, rows))
    )
)
def test_any_text_is_read_or_refused(text):
    try:
        once = table.read(text)
    except Refused:
        return

    assert isinstance(once, Document)
    assert table.read(text) == once
