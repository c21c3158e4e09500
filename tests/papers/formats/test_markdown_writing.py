"""A list read from Markdown goes out as it came in, but for what was edited: in every dialect."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from papers.formats.markdown_facts import agree, said_by
from papers.formats.markdown_layout import ListItem, ListSection
from papers.formats.markdown_list import read
from papers.formats.markdown_writing import dumps
from papers.records import LinkRecord

LISTS = Path(__file__).resolve().parents[4] / "shared" / "data" / "4-paperlists"
DATED = """# Nets

Words about the list.

## Surveys
- 2017-NIPS-[Deep nets of old](https://arxiv.org/abs/1701.00001) [[Code](https://github.com/a)]
- 2018-CVPRo-[Wide nets](https://arxiv.org/abs/1801.00001) (a remark of some words)

## Pruning
**2019**
- 2019-ICML-[Thin nets](https://arxiv.org/abs/1901.00001)
- 2019.05-[Small nets](https://arxiv.org/abs/1905.00001)

**2020**
- 2020-ECCV-[Tiny nets]()

## Related lists
- [Another list](https://github.com/c/d)
"""
NUMBERED = """NIPS 2018: papers with one line

## Architecture
\t1. [Deep nets of old](http://papers.nips.cc/paper/1-deep.pdf)\x20
\t\t- The first to go deep.
\t2. [Wide nets](http://papers.nips.cc/paper/2-wide.pdf)
\t\t- Wider than they are deep.

## Misc
\t1. [Thin nets](http://papers.nips.cc/paper/3-thin.pdf)
\t\t- Thin ones.
"""
TABLE = """# Nets

| Title | Venue | Code |
|:------|:-----:|:----:|
| [Deep nets of old](https://arxiv.org/abs/1701.00001) | NIPS 2018 | [Code](https://github.com/a) |
| [Wide nets](https://arxiv.org/abs/1801.00001) | CVPR 2019 | - |
| [Thin nets](https://arxiv.org/abs/1901.00001) | ICML 2020 | - |
"""
NAMED = """# Awesome nets

### Papers
- [Deep nets of old](https://arxiv.org/abs/1701.00001), Ada Lovelace, Grace Hopper, 2017
- [Wide nets](https://arxiv.org/abs/1801.00001), Alan Turing, 2018
- [Thin nets](https://arxiv.org/abs/1901.00001), Emmy Noether, Ada Lovelace, 2019
"""
TAGGED = """# Nets

## Pruning
- [Deep nets of old](https://arxiv.org/abs/1701.00001) [NIPS'17]
- [Wide nets](https://arxiv.org/abs/1801.00001) [ICML'18]
- [Thin nets](https://arxiv.org/abs/1901.00001) [arXiv '19]
"""
BOLD = """# Nets

## Pruning
- **Deep nets of old.** Ada Lovelace, Grace Hopper. NIPS 2017. [[pdf]](https://arxiv.org/abs/1701.00001)
- **Wide nets of today.** Alan M. Turing. ICML 2018. [[pdf]](https://arxiv.org/abs/1801.00001)
- **Thin nets of tomorrow.** Emmy Noether, Ada Lovelace. ICML 2019. [[pdf]](https://arxiv.org/abs/1901.00001)
"""
VALUES = """# Nets

## Papers

### DeepNet
**Deep Nets of Old**
Ada Lovelace, Grace Hopper
- pdf: [https://arxiv.org/abs/1701.00001](https://arxiv.org/abs/1701.00001)
- code: [official : https://github.com/a/b](https://github.com/a/b)

### WideNet
**Wide Nets of Today**
Alan M. Turing, Ada Lovelace
- pdf: [https://arxiv.org/abs/1801.00001](https://arxiv.org/abs/1801.00001)

### ThinNet
**Thin Nets of Tomorrow**
Emmy Noether, Grace Hopper
- pdf: [https://arxiv.org/abs/1901.00001](https://arxiv.org/abs/1901.00001)
"""
OVER_AUTHORS = """# Nets

### ICML'20 Oral

[Deep nets of old](https://arxiv.org/abs/1701.00001)
Ada Lovelace (MIT) · Grace Hopper

[Wide nets of today](https://arxiv.org/abs/1801.00001)
Alan Turing · Ada Lovelace (MIT)

[Thin nets of tomorrow](https://arxiv.org/abs/1901.00001)
Emmy Noether · Grace Hopper (ETH)
"""
NEW = LinkRecord("paper", "https://arxiv.org/abs/2101.00001")
OWN = {"dated": DATED, "numbered": NUMBERED, "table": TABLE, "named": NAMED, "tagged": TAGGED}
OWN |= {"bold": BOLD, "values": VALUES, "over authors": OVER_AUTHORS}
OWN["windows"] = DATED.replace("\n", "\r\n")
OWN["without an end"] = TAGGED.rstrip("\n")


def texts():
    found = [pytest.param(text, id=name) for name, text in OWN.items()]
    for path in sorted(LISTS.glob("*.md")):
        found.append(pytest.param(path.read_bytes().decode(), id=path.stem))
    return found


def taken_in(text):
    """What an import keeps of a text: its items and its sections."""
    document = read(text)
    items = [
        ListItem(
            now=(facts := said_by(entry)),
            then=facts,
            section=entry.section,
            line=entry.line,
            lines=entry.lines,
            text=entry.text,
        )
        for entry in document.entries
    ]
    sections = [
        ListSection(each.heading, each.level, each.line, each.lines, each.heading)
        for each in document.headings
    ]
    return items, sections


def written(text, items, sections):
    return dumps(text, items, sections, read=read)


def facts_in(text):
    return [said_by(entry) for entry in read(text).entries]


@pytest.mark.parametrize("text", texts())
def test_what_nobody_edited_is_the_same_document(text):
    items, sections = taken_in(text)

    assert written(text, items, sections) == text


@pytest.mark.parametrize("text", texts())
def test_what_is_hidden_leaves_only_its_lines(text):
    items, sections = taken_in(text)
    hidden = items[len(items) // 2]

    made = written(text, [replace(each, is_shown=each is not hidden) for each in items], sections)

    lines = text.splitlines(keepends=True)
    del lines[hidden.line - 1 : hidden.line - 1 + hidden.lines]
    assert made == "".join(lines)


EDITS = st.one_of(
    st.tuples(st.just("title"), st.sampled_from(["Newer nets", "Nets: a survey", "On C++ nets"])),
    st.tuples(st.just("year"), st.integers(1990, 2025)),
    st.tuples(st.just("venue"), st.sampled_from(["KDD", "ICCV", "Nature"])),
    st.tuples(st.just("note"), st.sampled_from(["worth every word of it", "read this one twice"])),
    st.tuples(
        st.just("link"),
        st.sampled_from(["https://arxiv.org/abs/2001.00001", "https://arxiv.org/abs/2002.00002"]),
    ),
    st.tuples(st.just("code"), st.sampled_from(["https://github.com/x/y"])),
    st.tuples(st.just("mark"), st.sampled_from(["must read", "to be read again"])),
)


def edited(facts, name, value):
    if name == "link":
        rest = [link for link in facts.links if link.kind != "paper"]
        return replace(facts, links=(LinkRecord("paper", value), *rest))
    if name == "code":
        return replace(facts, links=(*facts.links, LinkRecord("code", value, "Code")))
    if name == "mark":
        return replace(facts, marks=(*facts.marks, value))
    return replace(facts, **{name: value})


def assert_read_again(text, changed):
    """Every entry says what it should, and each line that nobody edited is still there."""
    items, sections = taken_in(text)
    for index, edit in changed.items():
        items[index] = replace(items[index], now=edited(items[index].then, *edit))

    made = written(text, items, sections)

    found = facts_in(made)
    assert len(found) == len(items)
    wrong = [
        (item.now, read_again)
        for item, read_again in zip(items, found, strict=True)
        if not agree(item.now, read_again, item.then)
    ]
    assert wrong == []
    lines = text.splitlines()
    for item in [items[index] for index in changed]:
        lines[item.line - 1 : item.line - 1 + item.lines] = [None] * item.lines
    kept = iter(made.splitlines())
    assert [line for line in lines if line is not None and line not in kept] == []


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in OWN.items()])
@settings(max_examples=20, deadline=None)
@given(edits=st.lists(st.tuples(st.integers(0, 10_000), EDITS), min_size=1, max_size=3))
def test_what_was_edited_is_read_again_and_the_rest_stays(text, edits):
    count = len(read(text).entries)

    assert_read_again(text, {number % count: edit for number, edit in edits})


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in OWN.items()])
@settings(max_examples=12, deadline=None, phases=[Phase.generate])
@given(data=st.data())
def test_edits_of_all_sorts_are_read_again(text, data):
    """Facts, headings, moves, additions and deletions at once."""
    items, sections = taken_in(text)
    pick = st.integers(0, len(items) - 1)
    for index in data.draw(st.sets(pick, max_size=2)):
        items[index] = replace(items[index], now=edited(items[index].then, *data.draw(EDITS)))
    moved, deleted, place = data.draw(pick), data.draw(pick), data.draw(pick)
    added = ListItem(
        replace(items[moved].then, title="Nets of our own", note="", links=(NEW,), marks=()),
        section=items[place].section,
    )
    items.insert(place, items.pop(moved))
    gone = items[deleted]
    items[deleted] = replace(gone, is_shown=False)
    items.insert(place + 1, added)
    renamed = [*sections]
    if can_be_named := bool(sections) and "20" not in sections[0].heading:  # else it says a year
        named = data.draw(st.integers(0, len(sections) - 1))
        renamed[named] = replace(sections[named], heading="A heading of ours")

    made = written(text, items, renamed)

    document = read(made)
    order = sorted(
        (item for item in items if item.is_shown),
        key=lambda item: -1 if item.section is None else item.section,
    )
    assert [said_by(entry).title for entry in document.entries] == [
        item.now.title for item in order
    ]
    wrong = [
        (item.now, said_by(entry))
        for item, entry in zip(order, document.entries, strict=True)
        if item is not added and not agree(item.now, said_by(entry), item.then)
    ]
    assert wrong == []
    assert NEW.url in made
    assert ("A heading of ours" in made) == can_be_named


@pytest.mark.ci
@pytest.mark.parametrize("text", texts()[len(OWN) :])
def test_lists_of_others_are_edited_all_over(text):
    count = len(read(text).entries)
    kinds = [
        ("title", "Newer nets"),
        ("year", 2001),
        ("venue", "ICCV"),
        ("note", "worth every word of it"),
        ("link", "https://arxiv.org/abs/2001.00001"),
        ("code", "https://github.com/x/y"),
    ]

    every = range(0, count, max(1, count // 24))
    assert_read_again(text, {index: kinds[n % 6] for n, index in enumerate(every)})


def test_nothing_is_lost_that_no_reader_sees_right():
    items, sections = taken_in(DATED)
    items[0] = replace(items[0], now=replace(items[0].then, title="[[[", note="(("))

    made = written(DATED, items, sections)

    assert "[[[" in made
    assert "((" in made
    assert "https://github.com/a" in made


def test_order_and_sections_change_whole_parts():
    items, sections = taken_in(
        TAGGED + "\n## Other\n- [Small nets](https://example.org/s) [ECCV'20]\n"
    )
    other = next(index for index, each in enumerate(sections) if each.heading == "Other")
    items[0] = replace(items[0], section=other)

    made = written(
        TAGGED + "\n## Other\n- [Small nets](https://example.org/s) [ECCV'20]\n",
        [*items[1:], items[0]],
        [*sections, ListSection("Newest", 1)],
    )

    first = items[0].text + "\n"
    assert made == (
        TAGGED.replace(first, "")
        + f"\n## Other\n- [Small nets](https://example.org/s) [ECCV'20]\n{first}\n## Newest\n\n"
    )
