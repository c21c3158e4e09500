"""Where items and sections of a list stand in its text, and in which order they go out again."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from papers.formats.markdown_facts import Facts

LINES = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|$)")


@dataclass(frozen=True, slots=True)
class ListSection:
    """A heading of a list; without a line it does not stand in the original.

    `was` is what the original says, None when that is not known: then it is not edited.
    """

    heading: str
    level: int = 2
    line: int | None = None
    lines: int = 1
    was: str | None = None


@dataclass(frozen=True, slots=True)
class ListItem:
    """A paper on a list as it is now, and as it stood when the original was taken in.

    Without a line it was added here; what is not `is_shown` is left out of the text, and of one
    that `is_secret` nothing is said elsewhere either.
    """

    now: Facts
    then: Facts | None = None
    section: int | None = None  # index into the sections
    line: int | None = None
    lines: int = 1
    text: str = ""
    is_shown: bool = True
    is_secret: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of the outcome: those of an item (by its index), or others."""

    text: str
    item: int | None = None


def lines_of(text: str) -> list[str]:
    """Return the lines with their ends; only a line feed, a carriage return or both end one."""
    return [line for line in LINES.findall(text) if line]


def newline_of(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def plain(text: str) -> str:
    """Return a text with line feeds alone, as readers keep it on an item."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").strip("\n")


def stands(lines: Sequence[str], item: ListItem) -> bool:
    """True when an item's text is in its lines; another one was read from another file."""
    if not item.line or not item.text:
        return False
    return plain("".join(lines[item.line - 1 : item.line - 1 + item.lines])) == plain(item.text)


def standing(lines: Sequence[str], items: Sequence[ListItem]) -> dict[int, int]:
    """Return the items that stand where they say, by the line on which each begins (from 1)."""
    return {
        item.line: index
        for index, item in enumerate(items)
        if item.line is not None and stands(lines, item)
    }


def regions(count: int, sections: Sequence[ListSection]) -> list[tuple[int | None, int, int]]:
    """Return section, first and last line (from 1) of the parts of a text, the sections in order.

    A part goes with its section; what stands before the first heading has none.
    """
    starts = sorted({each.line for each in sections if each.line and each.line <= count})
    ends = {start: after - 1 for start, after in pairwise([*starts, count + 1])}
    first: list[tuple[int | None, int, int]] = [(None, 1, starts[0] - 1 if starts else count)]
    return first + [
        (index, section.line or 0, ends.pop(section.line or 0, -1))
        for index, section in enumerate(sections)
    ]


def longest_rising(numbers: Sequence[int]) -> set[int]:
    """Return a longest rising part of different numbers (Fredman 1975): these need not move."""
    tails: list[int] = []
    before: dict[int, int | None] = {}
    for number in numbers:
        at = bisect_left(tails, number)
        before[number] = tails[at - 1] if at else None
        tails[at : at + 1] = [number]
    rising: set[int] = set()
    step: int | None = tails[-1] if tails else None
    while step is not None:
        rising.add(step)
        step = before[step]
    return rising


def arranged(
    lines: Sequence[str],
    region: tuple[int, int],
    order: Sequence[int],
    placed: dict[int, int],
    items: Sequence[ListItem],
) -> Iterator[Block]:
    """Yield the blocks of a part: its lines, with its items in their order now.

    Items that need not move stay with what is around them, the others follow their forerunner;
    those of others are left out. An item without a text yields an empty block.
    """
    first, last = region
    line_of = {index: line for line, index in placed.items() if first <= line <= last}
    stay = longest_rising([line_of[index] for index in order if index in line_of])
    followers = following(order, {placed[line] for line in stay})
    here = [line for line in sorted(placed) if first <= line <= last]
    at, end = first, last
    if not stay:
        while end > first and not lines[end - 1].strip():
            end -= 1
    for line in here:
        yield from text_between(lines, at, line - 1)
        at = line + items[placed[line]].lines
        if line in stay:
            if line == min(stay):
                yield from (Block("", index) for index in followers[None])
            yield Block("".join(lines[line - 1 : at - 1]), placed[line])
            yield from (Block("", index) for index in followers[placed[line]])
    if stay:
        yield from text_between(lines, at, last)
    else:
        yield from text_between(lines, at, end)
        yield from (Block("", index) for index in followers[None])
        yield from text_between(lines, max(at, end + 1), last)
        if followers[None] and first <= last == end and not lines[last - 1].strip():
            yield Block(lines[last - 1])  # a heading alone: an empty line under it, and one below


def following(order: Sequence[int], stay: set[int]) -> dict[int | None, list[int]]:
    """Return the items that have to be put in, by the one that stays before them."""
    found: dict[int | None, list[int]] = {None: []}
    last: int | None = None
    for index in order:
        if index in stay:
            last = index
            found[last] = []
        else:
            found[last].append(index)
    return found


def text_between(lines: Sequence[str], first: int, last: int) -> Iterable[Block]:
    text = "".join(lines[first - 1 : last])
    return [Block(text)] if text else []
