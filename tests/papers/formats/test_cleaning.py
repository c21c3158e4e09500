"""Values of other people's files are made clean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.formats.cleaning import address, line, month_of, people, several, year_and_month
from papers.records import AuthorRecord


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("Ada Lovelace|Plato", ["Ada Lovelace", "Plato"]),
        ("Lovelace, Ada; Babbage, C.", ["Ada Lovelace", "C. Babbage"]),
        ("Lovelace, Ada and Babbage, Charles", ["Ada Lovelace", "Charles Babbage"]),
        ("A B, C D, E F and G H", ["A B", "C D", "E F", "G H"]),
        ("Lovelace, Ada", ["Ada Lovelace"]),
        ("Ada Lovelace, Plato of Athens", ["Ada Lovelace", "Plato of Athens"]),
        (["A B", "", "C"], ["A B", "C"]),
        ("", []),
        (None, []),
    ],
)
def test_authors_are_told_apart(value, names):
    assert [author.name for author in people(value)] == names


def test_affiliations_in_brackets_keep_their_commas():
    assert people("Ada Lovelace (London, UK), Plato (Athens (old))*") == (
        AuthorRecord("Ada Lovelace", "London, UK"),
        AuthorRecord("Plato", "Athens (old)"),
    )


def test_affiliations_count_when_each_author_has_one():
    assert people("A B; C D", "X; Y") == (AuthorRecord("A B", "X"), AuthorRecord("C D", "Y"))
    assert people("A B; C D", "X") == (AuthorRecord("A B", ""), AuthorRecord("C D", ""))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2018", (2018, None)),
        (2018.0, (2018, None)),
        ("2018-05-03", (2018, 5)),
        ("May 2018", (2018, 5)),
        ("20x8", (None, None)),
        (True, (None, None)),
    ],
)
def test_years_are_read(value, expected):
    assert year_and_month(value) == expected


@pytest.mark.parametrize(("value", "month"), [("5", 5), ("Mai", 5), ("Oct.", 10), ("13", None)])
def test_months_are_read(value, month):
    assert month_of(value) == month


@pytest.mark.parametrize(
    ("value", "url"),
    [
        ("https://example.org/a", "https://example.org/a"),
        ("slideslive.com/38931368", "https://slideslive.com/38931368"),
        ("javascript:alert(1)", ""),
        ("//evil.example", ""),
        ("https://a.example/\nX: y", ""),
        ("/pdf/x.pdf", ""),
    ],
)
def test_only_addresses_of_the_web_are_taken(value, url):
    assert address(value) == url


def test_keywords_are_told_apart():
    assert several("['beyond', 'make']") == several("beyond; make") == ("beyond", "make")


@given(st.text())
def test_a_line_is_one_line_that_any_file_can_hold(text):
    clean = line(text)

    assert clean.splitlines() in ([], [clean])
    assert clean.encode().decode() == clean
