"""Markdown lists read: every line has a place, whatever is given, in time that grows evenly."""

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papers.entries import Refused
from papers.formats.markdown_list import LINE_END, read

SHARED = Path(__file__).resolve().parents[4] / "shared"
FILES = [
    *sorted((SHARED / "seeds").glob("*.txt")),
    *sorted((SHARED / "data/4-paperlists").glob("*.md")),
    *sorted((SHARED / "data/5-workshops").glob("*papers*.md")),
]
SMALL = """\
# A list

Words about it.

## Papers

- 2018-ICLRo-[One Paper of Two](https://arxiv.org/abs/1801.00001) [[Code](https://github.com/a/b)]
- 2018.7-[Another Paper of Two](https://arxiv.org/abs/1807.00002) (a remark)

## Tools

- [A tool](https://github.com/c/d)
"""
# Pieces that lists are made of, put together at random.
PIECES = st.sampled_from(
    (
        *("# ", "## ", "- ", "1. ", "\t", "| ", "|---|", "[", "](", ")", "**", "*", "`"),
        *("\n", "\n\n"),
        *("Title of it", "A. Name et al.", "ICML 2017", "2018-", "2018.7-"),
        "https://arxiv.org/abs/1",
        *(
            "<p>",
            "</p>",
            "<li>",
            "<tr><td>",
            "<!--",
            "-->",
            "---",
            "```",
            "\r\n",
            "·",
            ": ",
            "\ufffc",
        ),
    )
)


def places_of_lines(document):
    """Return how often each line that is not blank stands in what was read."""
    lines = LINE_END.split(document.text.removeprefix("\ufeff"))
    counts = dict.fromkeys((n for n, line in enumerate(lines, 1) if line.strip()), 0)
    spans = [(one.line, one.lines) for one in (*document.entries, *document.headings)]
    spans += [(one.line, one.text.count("\n") + 1) for one in document.skipped]
    for line, length in spans:
        for at in range(line, line + length):
            if at in counts:
                counts[at] += 1
    about = {line for line in document.about.split("\n") if line.strip()}
    for at, line in enumerate(lines, 1):
        if counts.get(at) == 0 and (line in about or is_title(line, document)):
            counts[at] = 1
    return counts


def is_title(line, document):
    if set(line.strip()) == {"="}:
        return True
    return bool(document.title) and line.lstrip(" #<h123456>").startswith(document.title[:20])


@pytest.mark.skipif(not FILES, reason="the data of others is not here")
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_line_of_a_file_has_one_place(path):
    document = read(path.read_text(encoding="utf-8"))

    counts = places_of_lines(document)

    assert [line for line, count in counts.items() if count != 1] == []


@pytest.mark.skipif(not FILES, reason="the data of others is not here")
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_text_of_an_entry_is_its_lines(path):
    document = read(path.read_text(encoding="utf-8"))
    lines = LINE_END.split(document.text)

    texts = [entry.text for entry in document.entries]

    assert texts == [
        "\n".join(lines[one.line - 1 : one.line - 1 + one.lines]) for one in document.entries
    ]


def test_small_list_is_read_whole():
    document = read(SMALL)

    facts = [(e.paper.title, e.paper.venue, e.paper.year, e.paper.month) for e in document.entries]
    assert facts == [
        ("One Paper of Two", "ICLR", 2018, None),
        ("Another Paper of Two", "", 2018, 7),
    ]
    assert [entry.marks for entry in document.entries] == [("o",), ()]
    assert [entry.note for entry in document.entries] == ["", "a remark"]
    assert [(h.heading, h.level, h.dialect) for h in document.headings] == [
        ("Papers", 1, "dated bullets"),
        ("Tools", 1, ""),
    ]
    assert (document.title, document.about) == ("A list", "Words about it.")
    assert [(one.line, one.is_fault, one.reason) for one in document.skipped] == [
        (12, False, "Code or a tool without a paper.")
    ]


def test_line_ends_and_a_mark_of_byte_order_change_nothing():
    there = read("\ufeff" + SMALL.replace("\n", "\r\n"))

    here = read(SMALL)

    assert (there.entries, there.headings, there.skipped) == (
        here.entries,
        here.headings,
        here.skipped,
    )


@pytest.mark.parametrize(
    "text",
    ["", "Nothing but words.\n", "# Heading\n\n- [A tool](https://github.com/a/b)\n", "\0\0PK"],
)
def test_what_is_no_list_is_refused(text):
    with pytest.raises(Refused):
        read(text)


def read_or_refused(text):
    try:
        return read(text)
    except Refused as refusal:
        return str(refusal)


@given(st.one_of(st.text(max_size=400), st.lists(PIECES, max_size=60).map("".join)))
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_or_refused_and_twice_the_same(text):
    first = read_or_refused(text)

    assert read_or_refused(text) == first


@given(st.lists(PIECES, max_size=60).map("".join))
@settings(max_examples=200, deadline=None)
def test_every_line_of_any_text_has_one_place(text):
    document = read(SMALL + "\n" + text)

    counts = places_of_lines(document)

    assert [line for line, count in counts.items() if not count] == []


LISTS = sorted((Path(__file__).resolve().parent.parent / "lists_of_dialects").glob("*.md"))
EDITS = st.tuples(
    st.sampled_from(("cut", "twice", "away", "swap", "join", "sign")),
    st.integers(0, 10_000),
    st.integers(0, 200),
)
ODD = ["[", "](", "()", "**", "|", "<td>", "http://[", "\u2028", "&#0;", "²", " \\", "\t"]


def damaged(lines, edit):
    """Return the lines of a list with one of them cut, doubled, left out, or garbled."""
    kind, where, at = edit
    n = where % len(lines)
    line, rest = lines[n], lines[n + 1 :]
    at %= len(line) + 1
    new = {
        "cut": [line[:at]],
        "twice": [line, line],
        "away": [""],
        "swap": [line[at:] + line[:at]],
        "join": [line + (rest or [""])[0]],
        "sign": [line[:at] + ODD[where % len(ODD)] + line[at:]],
    }[kind]
    return [*lines[:n], *new, *rest]


@given(st.sampled_from(LISTS), st.lists(EDITS, min_size=1, max_size=8))
@settings(max_examples=200, deadline=None)
def test_damaged_list_is_read_or_refused(path, edits):
    lines = path.read_text(encoding="utf-8").split("\n")
    for edit in edits:
        lines = damaged(lines, edit)

    read_or_refused("\n".join(lines))


@pytest.mark.parametrize(
    "line",
    [
        "- 2018-Of-Nobody-[A title](https://arxiv.org/abs/1801.00001)",
        "- **A title of words**\n  - Code: () https://github.com/a/b",
        "- 1. (2018-[",
    ],
)
def test_line_that_once_broke_the_reader_is_read(line):
    document = read(f"{SMALL}\n## More papers\n\n{line}\n")

    assert len(document.entries) >= 2


FLOODS = {
    "brackets": "[" * 50_000,
    "brackets closed": "[" * 25_000 + "]" * 25_000,
    "ampersands": "&" * 100_000,
    "quotes": ">" * 20_000,
    "one long line": "a " * 5_000_000,
    "stars": "- " + "*a" * 9_000,
    "links": "- " + "[a](" * 4_500,
    "names behind": "- Title of it. " + "Ab Cd, " * 2_500,
    "stops": "- " + "Ab. " * 4_500,
    "tags": "<p " * 6_000,
    "bars": "|" * 9_000 + "\n" + "|-" * 5_000,
    "rules": "- - " * 4_000 + "x",
    "backquotes": "- " + "` `` " * 3_500,
    "lines that go on": "- a\n" + "b c d\n" * 40_000,
    "nested": "\n".join(" " * n + "- a" for n in range(400)),
    "nested papers": "\n".join(" " * n + "- [A b](https://arxiv.org/abs/1)" for n in range(2_000)),
    "names": "- " + "Ann Bee, " * 2_000 + "a title",
    "titles over names": "**A title of words**\n\nAnn Bee, Cy Dee\n\n" * 2_000,
    "names within": "- **A title of words**\n  - Ann Bee, Cy Dee\n" * 1_000,
    "years": "- " + "Ann Bee. 2019. " * 1_300,
    "fences": "```\n~~~\n" * 2_000,
    "comments": "<!--\n" * 20_000,
    "dashes": "- " + "a - " * 4_500,
    "digits": "- " + "1" * 19_000,
    "blanks": "- a" + " " * 19_000 + "b",
}


@pytest.mark.parametrize("text", FLOODS.values(), ids=list(FLOODS))
def test_flood_of_signs_is_read_in_short_time(text):
    start = time.perf_counter()

    read_or_refused(text)

    assert time.perf_counter() - start < 2


def test_papers_are_counted_on_beyond_999():
    lines = [
        f"{number}. **Title number {number}** A. Bcd. [pdf](https://arxiv.org/abs/1701.{number:05})"
        for number in range(1, 1_203)
    ]

    document = read("\n".join(lines))

    assert [entry.line for entry in document.entries] == list(range(1, 1_203))


def test_headings_without_end_are_refused_in_time_that_grows_with_their_number():
    start = time.perf_counter()

    with pytest.raises(Refused):
        read("# x\n" * 20_000)

    assert time.perf_counter() - start < 4
