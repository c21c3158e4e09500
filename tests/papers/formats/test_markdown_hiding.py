"""What is hidden stands nowhere in the text of a list, whoever's line says it."""

from dataclasses import replace

import pytest

from papers.formats.markdown_facts import Facts, said_by
from papers.formats.markdown_layout import ListItem, ListSection
from papers.formats.markdown_list import read
from papers.formats.markdown_writing import dumps
from papers.records import LinkRecord

SECRET = "https://example.org/secret"
HIDDEN = Facts("Nets that nobody may see", 2018, links=(LinkRecord("paper", SECRET),))
SHOWN = Facts("Wide nets", 2018, links=(LinkRecord("paper", "https://example.org/wide"),))
BOTH = f"- 2018-[{HIDDEN.title}]({SECRET}) and [Wide nets](https://example.org/wide)\n"
LAST = "- 2019-[Thin nets](https://example.org/thin)\n"


def taken_in(text, *secret):
    """The items of a text, those with these titles hidden, and its sections."""
    document = read(text)
    items = [
        ListItem(
            now=(facts := said_by(entry)),
            then=facts,
            section=entry.section,
            line=entry.line,
            lines=entry.lines,
            text=entry.text,
            is_shown=facts.title not in secret,
            is_secret=facts.title in secret,
        )
        for entry in document.entries
    ]
    sections = [
        ListSection(each.heading, each.level, each.line, each.lines, each.heading)
        for each in document.headings
    ]
    return items, sections


def public(text, *secret, others=()):
    items, sections = taken_in(text, *secret)
    return dumps(text, [*items, *others], sections, read=read)


def on_one_line(**of_hidden):
    first = ListItem(HIDDEN, HIDDEN, None, 1, 1, BOTH.strip())
    return [
        replace(first, **of_hidden),
        ListItem(SHOWN, SHOWN, None, 1, 1, BOTH.strip()),
        ListItem(*[said_by(read(LAST).entries[0])] * 2, None, 2, 1, LAST.strip()),
    ]


def test_two_papers_on_one_line_stay_there_while_nobody_touches_them():
    assert dumps(BOTH + LAST, on_one_line(), [], read=read) == BOTH + LAST


@pytest.mark.parametrize(
    "state", [{"is_shown": False, "is_secret": True}, {"is_shown": False}], ids=["hidden", "gone"]
)
@pytest.mark.parametrize("is_first", [True, False])
def test_a_line_of_two_is_written_for_the_shown_one_alone(state, is_first):
    items = on_one_line(**state)
    if not is_first:
        items[:2] = items[1::-1]

    made = dumps(BOTH + LAST, items, [], read=read)

    assert made == "- 2018-[Wide nets](https://example.org/wide)\n" + LAST


def test_an_edited_one_of_two_is_written_on_a_line_of_its_own():
    items = on_one_line()
    items[1] = replace(items[1], now=replace(SHOWN, title="Wider nets"))

    assert dumps(BOTH + LAST, items, [], read=read) == (
        f"- 2018-[{HIDDEN.title}]({SECRET})\n- 2018-[Wider nets](https://example.org/wide)\n{LAST}"
    )


def test_what_is_put_behind_two_on_a_line_does_not_repeat_them():
    items = on_one_line()
    items.insert(2, ListItem(Facts("Newest nets", 2020)))

    assert dumps(BOTH + LAST, items, [], read=read) == f"{BOTH}- 2020-[Newest nets]()\n{LAST}"


TABLE = """# Nets

| Title | Venue | Code |
|:------|:-----:|:----:|
| [Nets that nobody may see](https://example.org/secret) | NIPS 2018 | - |
| [Wide nets of ours](https://arxiv.org/abs/1801.00001) | CVPR 2019 | - |
| [Thin nets](https://arxiv.org/abs/1901.00001) | ICML 2020 | - |
"""
LINES = """# Nets

## Pruning
- 2018-[Nets that nobody may see](https://example.org/secret) [ICML'18]
  - It says what nobody knows.
  - [Code](https://github.com/secret/code)
- [Wide nets](https://arxiv.org/abs/1801.00001) [ICML'18]
- [Thin nets](https://arxiv.org/abs/1901.00001) [ICML'19]
"""


def without(text, *numbers):
    lines = text.splitlines(keepends=True)
    return "".join(line for at, line in enumerate(lines, start=1) if at not in numbers)


@pytest.mark.parametrize(
    ("text", "gone"), [(TABLE, [5]), (LINES, [4, 5, 6])], ids=["a row", "lines below"]
)
def test_a_hidden_paper_goes_with_all_its_lines(text, gone):
    assert public(text, HIDDEN.title) == without(text, *gone)


@pytest.mark.parametrize(
    "remark",
    [
        " (journal version: [here](https://example.org/secret))",
        " [[journal version](http://www.example.org/secret/)]",
        " [extended version](https://example.org/secret)",
    ],
)
def test_the_link_to_a_hidden_paper_is_cut_out_of_others(remark):
    text = LINES.replace("[ICML'19]", "[ICML'19]" + remark)

    assert public(text, HIDDEN.title) == without(LINES, 4, 5, 6)


def test_a_line_below_that_leads_to_a_hidden_paper_goes():
    text = LINES + "  - Extended version: [here](https://example.org/secret)\n"

    assert public(text, HIDDEN.title) == without(LINES, 4, 5, 6)


def test_words_that_cannot_be_cut_out_make_a_new_line():
    text = LINES.replace(
        "[ICML'18]\n- [Thin", "[ICML'18] as *nets that nobody may see* do\n- [Thin"
    )

    made = public(text, HIDDEN.title)

    assert "nobody may see" in text
    assert "nobody" not in made.casefold()
    assert [each.title for each, _ in titles(made)] == ["Wide nets", "Thin nets"]


def titles(text):
    return [(said_by(entry), entry.line) for entry in read(text).entries]


@pytest.mark.parametrize(
    "line",
    ["News: *Nets that nobody may see* is out!\n", "See <https://example.org/secret>.\n"],
)
def test_words_about_a_hidden_paper_are_left_out(line):
    text = LINES.replace("# Nets\n", f"# Nets\n\nA word before.\n{line}", 1)

    assert public(text, HIDDEN.title) == without(text.replace(line, ""), 6, 7, 8)


def test_the_address_behind_a_reference_is_left_out():
    text = (
        LINES.replace("(https://example.org/secret)", "[1]") + "\n[1]: https://example.org/secret\n"
    )

    assert SECRET not in public(text, HIDDEN.title)


def test_a_hidden_paper_that_stands_elsewhere_now_is_found_by_its_title():
    items, sections = taken_in(LINES, HIDDEN.title)
    items[0] = replace(items[0], text="- another text", line=1)

    made = dumps(LINES, items, sections, read=read)

    assert "nobody may see" not in made
    assert "secret" not in made


def test_a_shown_paper_keeps_a_title_that_holds_a_hidden_one():
    text = LINES.replace("[Wide nets]", "[Nets that nobody may see, seen]")

    made = public(text, HIDDEN.title)

    assert made == without(text, 4, 5, 6)


def test_the_same_paper_shown_at_another_place_is_no_secret():
    text = LINES + "- [Nets that nobody may see](https://example.org/secret) [ICML'18]\n"
    items, sections = taken_in(text)
    items[0] = replace(items[0], is_shown=False)

    assert dumps(text, items, sections, read=read) == without(text, 4, 5, 6)


def test_a_list_written_whole_says_nothing_of_hidden_papers():
    version = LinkRecord("version", SECRET, f"journal version of {HIDDEN.title}")
    shown = replace(SHOWN, links=(*SHOWN.links, version), note=f"as in [it]({SECRET})")
    items = [ListItem(HIDDEN, is_shown=False, is_secret=True), ListItem(shown)]

    made = dumps("", items, [], read=read)

    assert made == "- 2018-[Wide nets](https://example.org/wide) (as in)\n"


PARTS = """# Nets

## Surveys
- 2018-[Wide nets](https://example.org/wide)

## Embargoed
Not before the first of May.

### By us
- 2018-[Nets that nobody may see](https://example.org/secret)

## Nothing yet
Suggestions are welcome.
"""


def test_of_a_section_that_holds_hidden_papers_alone_nothing_is_said():
    start, end = PARTS.index("## Embargoed"), PARTS.index("## Nothing yet")

    assert public(PARTS, HIDDEN.title) == PARTS[:start] + PARTS[end:]


def test_a_section_around_a_shown_paper_stays_though_its_own_are_hidden():
    text = PARTS.replace("Not before", "- 2019-[Thin nets](https://example.org/thin)\n\nNot before")

    found = public(text, HIDDEN.title)

    assert found == text.replace(
        "### By us\n- 2018-[Nets that nobody may see](https://example.org/secret)\n\n", ""
    )


def test_a_list_without_a_text_says_nothing_of_such_a_section_either():
    items, sections = taken_in(PARTS, HIDDEN.title)

    text = dumps("", items, sections, read=read)

    assert [line for line in text.splitlines() if line.startswith("#")] == [
        "## Surveys",
        "## Nothing yet",
    ]


def test_a_line_that_was_not_read_as_a_paper_stays_but_for_what_names_a_hidden_one():
    text = PARTS + "More soon, and not all is a paper.\n" + f"See {HIDDEN.title} first.\n"

    found = public(text, HIDDEN.title)

    assert found.endswith("Suggestions are welcome.\nMore soon, and not all is a paper.\n")
