"""Splitting into words, reading what is typed, marking what was found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.search_words import LONGEST_WORD, Term, marked, snippet, spans, terms_of, words_of
from papers.templatetags.searched import marked as as_html


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ünïted O’Reilly", ["united", "o", "reilly"]),
        ("C++ and C#", ["c++", "and", "c#"]),
        ("深層学習 net", ["深", "層", "学", "習", "net"]),
        ("1.5 ½ x²", ["1", "5", "1", "2", "x2"]),
        ("𝐀™", ["atm"]),
        ("a" * 100, ["a" * LONGEST_WORD]),
        ("* - ¶", []),
    ],
)
def test_words(text, words):
    assert words_of(text) == words


@given(st.text())
def test_spans_are_the_same_words_where_they_stand(text):
    assert [word for word, _start, _end in spans(text)] == words_of(text)
    assert [words_of(text[start:end])[:1] for _word, start, end in spans(text)] != [[]]


@given(st.text())
def test_words_of_words_are_the_same(text):
    words = words_of(text)

    assert words_of(" ".join(words)) == words


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("deep net", [Term(("deep",)), Term(("net",), is_prefix=True)]),
        ("net* deep", [Term(("net",), is_prefix=True), Term(("deep",), is_prefix=True)]),
        ('"deep net"', [Term(("deep", "net"))]),
        ("deep -net", [Term(("deep",)), Term(("net",), is_excluded=True)]),
        ('-"deep net"', [Term(("deep", "net"), is_excluded=True)]),
        ("-net*", [Term(("net",), is_prefix=True, is_excluded=True)]),
        ("o'reilly", [Term(("o", "reilly"), is_prefix=True)]),
        ('"deep net', [Term(("deep",)), Term(("net",), is_prefix=True)]),
        ('"" * - -- NEAR(', [Term(("near",), is_prefix=True)]),
        ("title:a AND b", [Term(("title", "a")), Term(("and",)), Term(("b",), is_prefix=True)]),
        ("\0%_", []),
    ],
)
def test_what_is_typed_is_read_as_terms(text, terms):
    assert terms_of(text) == terms


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        ("united", "<mark>Ünïted</mark> &lt;b&gt;nets &amp; <mark>UNITED</mark> networks"),
        ("net", "Ünïted &lt;b&gt;<mark>nets</mark> &amp; UNITED <mark>networks</mark>"),
        ('"b nets"', "Ünïted &lt;<mark>b&gt;nets</mark> &amp; UNITED networks"),
        ("b -nets", "Ünïted &lt;<mark>b</mark>&gt;nets &amp; UNITED networks"),
        ("zzz", "Ünïted &lt;b&gt;nets &amp; UNITED networks"),
    ],
)
def test_marked_words_open_no_hole(typed, html):
    assert as_html("Ünïted <b>nets & UNITED networks", terms_of(typed)) == html


@given(st.text(), st.text())
def test_marking_changes_no_character(text, typed):
    assert "".join(piece for piece, _hit in marked(text, terms_of(typed))) == text


def test_without_terms_a_text_is_only_escaped():
    assert as_html("<b>", "") == "&lt;b&gt;"


def test_a_snippet_is_cut_between_words_about_the_first_match():
    text = "one two three four five six seven eight nine ten"

    assert snippet(text, terms_of("five"), around=10) == "… three four five six seven …"
    assert snippet(text, terms_of("one"), around=4) == "one two …"
    assert snippet(text, terms_of("ten"), around=100) == text
    assert snippet(text, terms_of("eleven")) == ""
