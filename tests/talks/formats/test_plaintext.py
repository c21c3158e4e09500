import pytest
from hypothesis import given
from hypothesis import strategies as st

from talks.formats.plaintext import excerpt, plain


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("", ""),
        ("One\nline.\n\nAnother *emphasized* **strong** `code`.",
         "One line.\n\nAnother emphasized strong code."),
        ("# Heading\n\nText", "Heading\n\nText"),
        ("See [the paper](https://example.org) ![a plot](p.png)", "See the paper a plot"),
        ("<https://example.org>", "https://example.org"),
        ("- one\n- two\n  1. three\n  2. four", "- one\n- two\n  1. three\n  2. four"),
        ("3. three\n4. four", "3. three\n4. four"),
        ("> quoted", "quoted"),
        ("```python\nx = 1\n```", "x = 1"),
        ("AT&amp;T a < b &lt;c&gt;", "AT&T a < b <c>"),
        ("<div>block</div>\n\nin <b>line</b>", "block\n\nin line"),
        ("one <script>alert(1)</script><!-- two --> <Img src=x>", "one alert(1)"),
        ("A Vec<T> and <x>", "A Vec<T> and <x>"),
        ("~~struck~~ | a", "struck | a"),
        ("one  \ntwo", "one\ntwo"),
        ("above\n\n---\n\nbelow", "above\n\nbelow"),
    ],
)  # fmt: skip
def test_plain_keeps_the_words_alone(markdown, text):
    assert plain(markdown) == text


def test_excerpt_is_the_whole_text_when_it_fits():
    assert excerpt("abc *def* ghi", 11) == "abc def ghi"


@pytest.mark.parametrize(
    ("length", "text"),
    [(10, "abc def…"), (8, "abc def…"), (7, "abc…"), (3, "ab…"), (1, "…"), (0, "")],
)
def test_excerpt_is_cut_at_a_word(length, text):
    assert excerpt("abc def ghi", length) == text


@given(st.text(), st.integers(0, 50))
def test_excerpt_is_never_longer_than_asked(markdown, length):
    assert max(len(excerpt(markdown, length)) - length, 0) == 0
