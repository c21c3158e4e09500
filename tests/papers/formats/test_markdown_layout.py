"""Where items stand in a text, and which of them move."""

from papers.formats.markdown_facts import Facts
from papers.formats.markdown_layout import (
    ListItem,
    ListSection,
    lines_of,
    longest_rising,
    regions,
    standing,
)


def item(line, text, lines=1):
    return ListItem(Facts("Nets"), line=line, lines=lines, text=text)


def test_lines_keep_their_ends():
    assert lines_of("a\r\nb\n\rc\u2028d") == ["a\r\n", "b\n", "\r", "c\u2028d"]


def test_an_item_stands_where_its_text_is():
    lines = ["# A\r\n", "- one\r\n", "  more\r\n", "- two\r\n"]
    items = [item(2, "- one\n  more", 2), item(3, "more"), item(4, "- else"), item(None, "")]

    assert standing(lines, items) == {2: 0}


def test_a_part_goes_with_its_heading_to_the_next():
    sections = [ListSection("B", line=5), ListSection("New"), ListSection("A", line=2)]

    assert regions(9, sections) == [(None, 1, 1), (0, 5, 9), (1, 0, -1), (2, 2, 4)]


def test_as_few_as_can_be_move():
    assert longest_rising([4, 1, 2, 3, 5]) == {1, 2, 3, 5}
    assert longest_rising([]) == set()
