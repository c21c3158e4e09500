"""Texts that once took the square of their length to read."""

from datetime import timedelta

import pytest
from django.utils import timezone

from eventsite.bounds import LONGEST, may_hold_links
from eventsite.markdown import to_html
from talks.formats.plaintext import plain

SECONDS = 4  # for what took ten, on a machine that has more to do


@pytest.mark.parametrize("text", ["[", "![", "[[a]", "<![CDATA["])
def test_text_of_brackets_is_read_without_links(text):
    hostile = text * (LONGEST // len(text))

    started = timezone.now()
    to_html(hostile)
    plain(hostile)

    assert may_hold_links(hostile) is False
    assert timezone.now() - started < timedelta(seconds=SECONDS)


def test_text_with_many_links_keeps_them():
    text = "\n\n".join(
        f"[One](https://example.org/{n}) and [two](https://example.org/)" for n in range(500)
    )

    assert to_html(text).count("<a ") == 1000


@pytest.mark.parametrize("text", ["<!--", "<div ", "x <!-- "])
def test_tags_that_nobody_closed_are_read_in_time(text):
    started = timezone.now()
    plain(text * (LONGEST // len(text)))

    assert timezone.now() - started < timedelta(seconds=SECONDS)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a <!-- b --> c", "a  c"),
        ("<!-- a <!-- b --> c", "c"),
        ("a <!-- b", "a <!-- b"),
        ("<div>a</div>", "a"),
    ],
)
def test_comments_are_left_out_and_open_ones_are_text(text, words):
    assert plain(text) == words
