"""The lines of a Markdown list as blocks: headings, items with what is within them, rows, text.

Blocks know their lines, so that whatever is made of them can be said to the line. What the
lists do against CommonMark is read as it is meant: lists indented by tabs right after a heading,
lines that go on without a mark, tables without outer bars.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from papers.formats.markdown_html import MARKUP, block_of_markup
from papers.formats.markdown_inline import REFERENCE

HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+|(?=[^\W\d_#])|$)(.*?)[ \t#]*$")
ITEM = re.compile(
    r"([ \t]*)([-*+•●▪◦○]|\*{0,2}\(?\[?(?!(?:19|20)\d\d\D)\d{1,6}(?:[.)\]]|\\\.|、)\*{0,2}\)?)"
    r"(?:[ \t]+|(?=\[)|$)"
    r"|([ \t]*)(-)(?=[^\W\d_])"
)
TICK = re.compile(r"\[[ xX✓✔]\][ \t]+")  # of a task that is done, or is to be
RULE = re.compile(r"[ \t]*(?:-[ \t]*){3,}$|[ \t]*(?:\*[ \t]*){3,}$|[ \t]*(?:_[ \t]*){3,}$")
UNDERLINE = re.compile(r"[ \t]*(=+|-{3,})[ \t]*$")
DELIMITER = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-*:?[ \t]*)*$")
FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})")
QUOTED = re.compile(r"[ \t]{0,3}>[ \t]?")
DEEPEST = 20  # items within items; what lies deeper is beside the last
LONGEST_TEXT = 20_000  # letters of one block; what goes on is another
LONGEST_TITLE = 100  # of a heading that is underlined; longer, it is a text over a rule


@dataclass(slots=True)
class Block:
    """Lines that belong together; `line` counts from 1.

    Kinds: heading, item, row, paragraph, code, comment, rule, markup, reference, matter.
    """

    kind: str
    line: int
    lines: int = 1
    text: str = ""  # without the marks of its kind; its lines joined by newlines
    level: int = 0  # of a heading
    indent: int = -1  # of an item, in columns
    marker: str = ""  # of an item
    children: list["Block"] = field(default_factory=list)
    header: tuple[str, ...] = ()  # of a row: the names of its columns
    cells: tuple[str, ...] = ()

    @property
    def last(self) -> int:
        """The last line of it and of all within it."""
        own = self.line + self.lines - 1
        return max(own, self.children[-1].last) if self.children else own


def blocks(lines: list[str]) -> list[Block]:
    """Return the blocks of a text, those within an item as its children."""
    return Blocks(lines).read()


def columns(text: str) -> int:
    """Return how wide leading blanks are; a tab leads to the next column of four."""
    width = 0
    for sign in text:
        width += 4 - width % 4 if sign == "\t" else 1
    return width


class Blocks:
    """A text being read into blocks, line after line."""

    def __init__(self, lines: list[str]):
        self.lines = lines
        self.found: list[Block] = []
        self.items: list[Block] = []  # those that are open, outermost first
        self.open: Block | None = None  # what a line without a mark goes on with
        self.after_blank = True
        self.columns: tuple[str, ...] = ()  # of the table in HTML that is open
        self.last_close = max((n for n, x in enumerate(lines) if "-->" in x), default=-1)

    def read(self) -> list[Block]:
        at = self.front_matter()
        while at < len(self.lines):
            line = self.lines[at]
            if line.strip():
                at += self.take(at, line)
                self.after_blank = False
            else:
                self.after_blank, self.open = True, None
                at += 1
        return self.found

    def front_matter(self) -> int:
        """Take the fields between two rules at the top, as sites of Jekyll have them."""
        if self.lines and self.lines[0].rstrip() == "---":
            for at in range(1, min(len(self.lines), 60)):
                if self.lines[at].rstrip() in ("---", "..."):
                    self.found.append(Block("matter", 1, at + 1, "\n".join(self.lines[1:at])))
                    return at + 1
        return 0

    def take(self, at: int, line: str) -> int:
        """Read what begins here; return how many lines it took."""
        for reader in (self.fenced, self.comment, self.heading, self.table, self.single):
            if taken := reader(at, line):
                return taken
        if taken := self.markup(at, line):
            return taken
        if match := ITEM.match(line):
            return self.item(at, line, match)
        return self.words(at, line)

    def add(self, block: Block, closes: bool = True) -> int:
        if closes:
            self.items, self.open = [], None
        (self.items[-1].children if self.items else self.found).append(block)
        return block.lines

    def fenced(self, at: int, line: str) -> int:
        match = FENCE.match(line)
        if not match:
            return 0
        sign = match.group(1)
        stop = next(
            (n for n in range(at + 1, len(self.lines)) if self.lines[n].strip().startswith(sign)),
            None,
        )
        if stop is None:
            return self.add(Block("markup", at + 1, 1, line))
        self.open = None
        code = Block("code", at + 1, stop - at + 1, "\n".join(self.lines[at + 1 : stop]))
        return self.add(code, closes=columns(line[: match.start(1)]) == 0)

    def comment(self, at: int, line: str) -> int:
        if not line.lstrip().startswith("<!--") or at > self.last_close:
            return 0
        stop = next(n for n in range(at, len(self.lines)) if "-->" in self.lines[n])
        if self.lines[stop].partition("-->")[2].strip():
            return 0
        text = "\n".join(self.lines[at : stop + 1])
        self.open = None
        return self.add(Block("comment", at + 1, stop - at + 1, text), not line[0].isspace())

    def heading(self, at: int, line: str) -> int:
        if match := HEADING.match(line):
            level, text = len(match.group(1)), match.group(2)
            return self.add(Block("heading", at + 1, 1, text, level)) if text.strip() else 0
        under = self.lines[at + 1] if at + 1 < len(self.lines) else ""
        alone = self.open is None and not ITEM.match(line) and len(line) <= LONGEST_TITLE
        if alone and self.after_blank and (match := UNDERLINE.match(under)):
            level = 1 if match.group(1)[0] == "=" else 2
            return self.add(Block("heading", at + 1, 2, line.strip(), level))
        return 0

    def table(self, at: int, line: str) -> int:
        if "|" not in line or at + 1 >= len(self.lines):
            return 0
        below = self.lines[at + 1]
        if "|" not in below or len(below) > 2000 or not DELIMITER.match(below):
            return 0
        header = split_row(line)
        self.add(Block("markup", at + 1, 2, line + "\n" + below, header=header))
        stop = at + 2
        while stop < len(self.lines) and "|" in self.lines[stop]:
            row = self.lines[stop]
            self.add(Block("row", stop + 1, 1, row, header=header, cells=split_row(row)))
            stop += 1
        return stop - at

    def single(self, at: int, line: str) -> int:
        """Take a line that is a block by itself: a rule, the address of a reference."""
        if RULE.match(line):
            return self.add(Block("rule", at + 1, 1, line))
        if len(line) < 3000 and (match := REFERENCE.match(line)):
            self.open = None
            return self.add(
                Block("reference", at + 1, 1, match.group(2), marker=match.group(1)), closes=False
            )
        return 0

    def markup(self, at: int, line: str) -> int:
        """Take what is written in HTML: a heading, an item, a row of a table, mere tags."""
        if not MARKUP.match(line):
            return 0
        found = block_of_markup(self.lines, at)
        if found is None:
            return 0
        kind, text, taken, level, cells, header = found
        self.columns = header = header or self.columns
        block = Block(kind, at + 1, taken, text, level, header=header, cells=cells)
        if kind == "item":
            block.indent, block.marker = 0, "<li>"
        self.open = None
        inside = kind == "markup" and bool(self.items) and line[:1].isspace()
        return self.add(block, closes=not inside)

    def item(self, at: int, line: str, match: re.Match[str]) -> int:
        indent = columns(match.group(1) or match.group(3) or "")
        while self.items and indent <= self.items[-1].indent + (0 if len(self.items) > 1 else 1):
            self.items.pop()
        block = Block(
            "item",
            at + 1,
            1,
            TICK.sub("", line[match.end() :]),
            indent=indent,
            marker=match.group(2) or "-",
        )
        del self.items[DEEPEST:]
        (self.items[-1].children if self.items else self.found).append(block)
        self.items.append(block)
        self.open = block
        return 1

    def words(self, at: int, line: str) -> int:
        """Take a line without a mark: it goes on, or begins a paragraph."""
        text = QUOTED.sub("", line, count=1) if QUOTED.match(line) else line
        follows = self.open is not None and self.open.line + self.open.lines == at + 1
        if self.open is not None and follows and len(self.open.text) < LONGEST_TEXT:
            self.open.text += "\n" + text.strip("\t ") if self.open.kind == "item" else "\n" + text
            self.open.lines += 1
            return 1
        indent = columns(line[: len(line) - len(line.lstrip())])
        while self.items and indent <= self.items[-1].indent + (1 if indent else 0):
            self.items.pop()
        block = Block("paragraph", at + 1, 1, text)
        (self.items[-1].children if self.items else self.found).append(block)
        self.open = block
        return 1


def split_row(line: str) -> tuple[str, ...]:
    """Return the cells of a row; a bar within a link's label or code is none between cells."""
    cells, depth, code, start = [], 0, False, 0
    text = line.strip()
    text = text[1:] if text.startswith("|") else text
    for match in re.finditer(r"\\.|[\[\]`|]", text):
        sign = match.group()
        if sign == "`":
            code = not code
        elif sign in "[]":
            depth = max(0, depth + (1 if sign == "[" else -1))
        elif sign == "|" and not (depth and "](" in text[match.end() : match.end() + 300]):
            cells.append(text[start : match.start()].strip())
            start, depth, code = match.end(), 0, False
    if text[start:].strip():
        cells.append(text[start:].strip())
    return tuple(cell.replace("\\|", "|") for cell in cells)


def every(found: list[Block]) -> Iterator[Block]:
    """Yield blocks and all within them, in their order."""
    for block in found:
        yield block
        yield from every(block.children)
