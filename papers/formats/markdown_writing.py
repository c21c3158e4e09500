"""A reading list as Markdown: its own text again, other only where something was edited.

A list that was never read from a text is written whole.
"""

import re
from collections.abc import Collection, Mapping, Sequence

from papers.entries import Entry
from papers.formats.markdown_bullets import bullet, heading_line
from papers.formats.markdown_facts import Facts, Reader, agree, by_line, edited, said_by
from papers.formats.markdown_hiding import silent_sections, without_secrets
from papers.formats.markdown_layout import (
    Block,
    ListItem,
    ListSection,
    arranged,
    lines_of,
    newline_of,
    plain,
    regions,
    standing,
)
from papers.formats.markdown_pieces import WAYS, rewritten, swapped
from papers.formats.markdown_whole import linked, whole


def dumps(
    original: str,
    items: Sequence[ListItem],
    sections: Sequence[ListSection],
    *,
    read: Reader,
    title: str = "",
    about: str = "",
    dialect: str = "",
) -> str:
    """Return the list as text; `items` and `sections` come in the order in which they are read.

    `read` is the reader of such lists: what was edited is read again, and written in another way
    when it does not say what it should. Numbers before items that nobody edited stay as they are,
    with a gap where one was left out: Markdown shows them one after the other in any case.
    `dialect` says how a list without an original is written.
    """
    lines, shown = without_secrets(lines_of(original), items)
    silent = silent_sections(items, sections)
    if not original:
        told = [None if at in silent else each for at, each in enumerate(sections)]
        return whole(shown, told, read, title=title, about=about, dialect=dialect)
    draft = Draft(lines, shown, sections, silent)
    return draft.settled(read) if draft.is_edited else draft.original


class Draft:
    """A text under way: which items stand where, and which way each edited one is written."""

    def __init__(
        self,
        lines: Sequence[str],
        items: Sequence[ListItem],
        sections: Sequence[ListSection],
        silent: Collection[int] = (),
    ) -> None:
        self.lines, self.items, self.sections = lines, items, sections
        self.silent = silent  # sections of which nothing is told
        self.original = "".join(lines)
        self.newline = newline_of(self.original)
        self.placed = standing(lines, items)
        self.lines_read: dict[int, Facts] = {}  # what the original says, by first line
        self.ways: dict[int, int] = {}  # of the edited items
        self.made: dict[int, tuple[int | None, set[str]]] = {}  # the item before, and what it gave

    @property
    def is_edited(self) -> bool:
        """True when the outcome differs from the original."""
        return any(self.is_item_edited(each) for each in range(len(self.items))) or (
            "".join(block.text for block in self.blocks()) != self.original
        )

    def is_item_edited(self, index: int) -> bool:
        item = self.items[index]
        if not item.is_shown:
            return False
        is_placed = item.line is not None and self.placed.get(item.line) == index
        return not is_placed or (item.then is not None and item.then != item.now)

    def blocks(self) -> list[Block]:
        """Return the lines in their order now, each item's as in the original or empty."""
        found: list[Block] = []
        for index, first, last in regions(len(self.lines), self.sections):
            if index in self.silent:
                continue
            order = [
                number
                for number, item in enumerate(self.items)
                if item.section == index and item.is_shown
            ]
            if index is not None and last < first:
                found.append(Block(self.new_heading(index)))
                found += [Block("", number) for number in order]
                continue
            if index is not None:
                found.append(Block(self.heading(index)))
                first += self.sections[index].lines
            found += arranged(self.lines, (first, last), order, self.placed, self.items)
        return found

    def heading(self, index: int) -> str:
        """Return the lines of a heading; renamed, with its words replaced where they stand."""
        section = self.sections[index]
        start = (section.line or 1) - 1
        text = "".join(self.lines[start : start + section.lines])
        if section.was is None or section.was == section.heading:
            return text
        if (renamed := swapped(text, text, section.was, section.heading)) is not None:
            return renamed
        return heading_line(section.heading, self.signs(section)) + self.newline

    def new_heading(self, index: int) -> str:
        section = self.sections[index]
        heading = heading_line(section.heading, self.signs(section))
        return f"{self.newline}{heading}{self.newline * 2}"

    def signs(self, section: ListSection) -> int:
        """Return how many # a heading has: a list's own may begin with two."""
        for other in self.sections:
            text = self.lines[other.line - 1] if other.line else ""
            if found := re.match(r" {0,3}(#+)\s", text):
                return max(1, section.level + len(found[1]) - other.level)
        return section.level

    def settled(self, read: Reader) -> str:
        """Write, read, and write what is misread in its next way, until all says what it should."""
        numbers = [number for number, line in enumerate(self.lines, start=1) if line]
        read_first = by_line(read, self.original)
        self.lines_read = {numbers[at - 1]: said_by(each[0]) for at, each in read_first.items()}
        placed = set(self.placed.values())
        put_in = {
            block.item for block in self.blocks() if block.item is not None and not block.text
        }
        open_items = put_in | {each for each in range(len(self.items)) if self.is_item_edited(each)}
        self.ways = {index: 0 if index in placed else WAYS for index in open_items}
        while True:
            text, places = self.written()
            found = by_line(read, text) if open_items else {}
            misread = {index for index in open_items if not self.is_said(index, found, places)}
            open_items = {index for index in misread if self.ways[index] < LAST_WAY}
            if not open_items:
                return text
            for index in open_items:
                self.advance(index)

    def advance(self, index: int) -> None:
        """Take an item's next way that gives other lines."""
        _model, tried = self.made[index]
        while self.ways[index] < LAST_WAY:
            self.ways[index] += 1
            if self.ways[index] == LAST_WAY or self.edited_text(index) not in tried:
                return

    def written(self) -> tuple[str, dict[int, int]]:
        """Return the text, and the line on which each item begins (from 1)."""
        parts: list[str] = []
        places: dict[int, int] = {}
        line = 1
        blocks = self.blocks()
        theirs = (block.item for block in blocks if block.item is not None)
        model = next((item for item in theirs if self.printed(item)), None)
        was_prose = False  # the item before was put in as a paragraph, or in place of one
        for block in blocks:
            text = block.text
            if was_prose and text.strip() and lines_of(text)[0].strip():
                parts.append(self.newline)
                line += 1
            was_prose = False
            if block.item is not None:
                if parts and not parts[-1].endswith(("\n", "\r")):
                    parts[-1] += self.newline
                    line += 1
                places[block.item] = line
                if block.item in self.ways:
                    tried = self.made.get(block.item, (None, set()))[1]
                    self.made[block.item] = (model, tried)
                    text = self.edited_text(block.item)
                    tried.add(text)
                    was_prose = is_prose(block.text or text) or is_prose(self.around(model))
                    if was_prose and parts and lines_of(parts[-1])[-1].strip():
                        parts.append(self.newline)
                        line += 1
                        places[block.item] = line
                else:
                    model = block.item
            parts.append(text)
            line += len(lines_of(text))
        return "".join(parts), places

    def around(self, model: int | None) -> str:
        return "" if model is None else self.items[model].text

    def wanted(self, index: int) -> Facts:
        """Return what should be read of an item."""
        item = self.items[index]
        printed = self.printed(index)
        return edited(printed, item.then or item.now, item.now) if printed else item.now

    def printed(self, index: int) -> Facts | None:
        """Return what the original says of an item, None when it does not stand there."""
        line = self.items[index].line or 0
        return self.lines_read.get(line) if self.placed.get(line) == index else None

    def is_said(
        self, index: int, found: Mapping[int, list[Entry]], places: Mapping[int, int]
    ) -> bool:
        """True when an item is read as what it should be, and nothing else with it."""
        entries = found.get(places[index], [])
        printed = self.printed(index) or Facts("")
        return len(entries) == 1 and agree(self.wanted(index), said_by(entries[0]), printed)

    def edited_text(self, index: int) -> str:
        """Return an item's lines as its way makes them.

        First they are as in the original but for the pieces that were edited, then as those of
        the item before, then a dated bullet; when no reader sees it right, as in the beginning.
        """
        way, wanted, printed = self.ways[index], self.wanted(index), self.printed(index)
        model = self.made[index][0]
        made = None
        if printed and (way < WAYS or way == LAST_WAY):
            made = rewritten(plain(self.items[index].text), printed, wanted, way % LAST_WAY)
        elif model is not None and way < BULLET:
            made = self.like(model, wanted, way % WAYS)
        if made is None:
            made = linked(wanted) if printed and printed.authors else bullet(wanted)
        return made.replace("\n", self.newline) + self.newline

    def like(self, model: int, wanted: Facts, way: int) -> str | None:
        """Return an item written as another one is, whose lines are as in the original."""
        printed, text = self.printed(model), plain(self.items[model].text)
        made = rewritten(text, printed, wanted, way) if printed else None
        number = re.match(r"(\s*)(\d+)([.)]\s)", text)
        if made is None or number is None:
            return made and made.rstrip()
        return f"{number[1]}{int(number[2]) + 1}{number[3]}{made[number.end() :]}"


BULLET = 2 * WAYS  # the ways are numbered: pieces, like another, a bullet, pieces at last
LAST_WAY = BULLET + 1


def is_prose(text: str) -> bool:
    """True for the lines of a paragraph, which take in what stands right above and below."""
    return bool(re.match(r"[^\s\-*+|#\d]|\*\*", text))
