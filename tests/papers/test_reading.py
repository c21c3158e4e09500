"""What a file is shows in its content, and every reader gets what is its own."""

import io
import json

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.entries import Refused
from papers.reading import FORMATS, check_size, read, sniffed

BIBTEX = "% a comment\n@article{a, title={One}, year={2018}}\n"
RIS = "TY  - JOUR\nTI  - One\nPY  - 2018\nER  - \n"
CSL = json.dumps([{"id": "a", "type": "article-journal", "title": "One"}])
HOTCRP = json.dumps([{"pid": 1, "title": "One", "authors": [{"first": "Ada"}]}])
NOTES = json.dumps({"notes": [{"id": "abcdefghij", "content": {"title": "One"}}]})
PAPERCOPILOT = json.dumps([{"title": "One", "author": "A B;C D", "status": "Poster"}])
XML = '<volume id="P05"><paper id="1001"><title>One</title></paper></volume>'
MARKDOWN = "# List\n\n- 2018-ICLR-[One](https://arxiv.org/abs/1902.09574)\n"


@pytest.mark.parametrize("ending", ["", ".txt"])
@pytest.mark.parametrize(
    ("text", "format"),
    [
        (BIBTEX, "bibtex"),
        (RIS, "ris"),
        (CSL, "csl_json"),
        (HOTCRP, "json"),
        (NOTES, "openreview_json"),
        (PAPERCOPILOT, "papercopilot_json"),
        (XML, "acl_xml"),
        ("title,year\nOne,2018\n", "table"),
        ("title;year\nOne;2018\n", "table"),
        ("title\tyear\nOne\t2018\n", "table"),
        (MARKDOWN, "markdown_list"),
    ],
)
def test_every_format_is_known_by_its_content(text, format, ending):
    document = read(text.encode(), f"papers{ending}" if ending else "")

    assert (document.format, len(document.entries)) == (format, 1)


def test_a_spreadsheet_is_known_by_its_content():
    made = openpyxl.Workbook()
    made.active.append(["title"])
    made.active.append(["One"])
    file = io.BytesIO()
    made.save(file)

    document = read(file.getvalue(), "papers.csv")

    assert (document.format, document.entries[0].paper.title) == ("xlsx", "One")


@pytest.mark.parametrize(
    ("text", "name", "format"),
    [
        ("[One](https://example.org), 2018\n", "list.md", "markdown_list"),
        ("title, authors, year of a paper: how to read this\n", "list.md", "markdown_list"),
        ("one column\nOne\n", "list.csv", "table"),
        ("{not json\n", "list.md", "markdown_list"),
        ("Some words.\n@article{a, title={One}}\n", "list.bib", "bibtex"),
    ],
)
def test_the_name_decides_where_the_content_does_not(text, name, format):
    assert sniffed(text, name) == format


def test_the_format_that_a_person_chose_is_taken():
    with pytest.raises(Refused, match="No column holds the titles"):
        read(BIBTEX.encode(), "list.bib", format="table")


def test_columns_that_a_person_chose_reach_the_table():
    document = read(b"a,b\nOne,2018\n", "x.csv", mapping={"a": "title", "b": "year"})

    assert [(entry.paper.title, entry.paper.year) for entry in document.entries] == [("One", 2018)]


def test_the_encoding_is_told():
    assert read("title,year\nMüller,2018\n".encode("cp1252")).encoding == "cp1252"


@pytest.mark.parametrize(
    ("content", "beginning"),
    [
        (b"", "There is nothing in it."),
        (b"  \n", "There is nothing in it."),
        (b"%PDF-1.7", "This is a PDF. Understood are Markdown list, BibTeX"),
        (b"\x89PNG\r\n", "This is a picture."),
        (b"\x1f\x8b\x08", "This is a packed archive."),
        (b"<!DOCTYPE html><html><p>Hello</p></html>", "This is a web page that holds no list"),
        (b'{"a": 1}', "This JSON holds no list of papers."),
    ],
)
def test_what_is_not_understood_is_refused_with_what_is(content, beginning):
    with pytest.raises(Refused) as refused:
        read(content)

    assert str(refused.value)[: len(beginning)] == beginning


def test_an_unknown_format_is_refused_with_those_there_are():
    with pytest.raises(Refused) as refused:
        read(b"x", format="docx")

    assert str(refused.value) == f"There is no format “docx”; there are {', '.join(FORMATS)}."


def test_a_file_is_refused_by_its_size():
    check_size(32 * 1024 * 1024)
    with pytest.raises(Refused) as refused:
        check_size(32 * 1024 * 1024 + 1)

    assert str(refused.value) == "The file is larger than 32 MB."


@given(st.binary(), st.sampled_from(["", *(one.extensions[0] for one in FORMATS.values())]))
def test_any_bytes_are_read_or_refused(content, ending):
    try:
        once = read(content, f"x{ending}")
    except Refused:
        return

    assert once == read(content, f"x{ending}")


def test_a_table_with_a_reference_in_a_cell_is_a_table():
    text = 'title,abstract\nA title,"as RIS:\nTY  - JOUR\nER  - "\n'

    assert sniffed(text, "papers.csv") == "table"
