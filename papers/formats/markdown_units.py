"""The places of a list that may tell of a paper, each with its lines, under their headings."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from papers.formats.markdown_blocks import Block
from papers.formats.markdown_html import as_markdown
from papers.formats.markdown_inline import pieces, plain
from papers.formats.markdown_named import Unit, heading_text, is_pairs, named_unit, names_of_papers

YEARS = re.compile(
    r"\W*(?:(?:19|20)\d\d(?:[-–./]\d{1,2})?|(?:19|20)\d0'?s|(?:before|after|until)\s+\d{4})\W*$",
    re.IGNORECASE,
)
CONTENTS = re.compile(r"(?:table of )?contents?$|目录$|index$", re.IGNORECASE)
LONGEST_HEADING = 70


@dataclass(slots=True)
class Part:
    """A section of the list: a heading and the units under it."""

    heading: str = ""
    level: int = 0
    line: int = 0
    lines: int = 1
    is_real: bool = True  # a heading by its marks, no bold or short paragraph
    parent: "Part | None" = None
    units: list["Unit"] = field(default_factory=list)
    source: str = ""
    dialect: str = ""
    is_first: bool = False  # of the headings: it may name the list

    def chain(self) -> list["Part"]:
        """Return the sections it stands within, outermost first, itself last."""
        return [*(self.parent.chain() if self.parent else []), self]


def parts_of(found: Sequence[Block]) -> list[Part]:
    """Return the sections of a list in their order; the first has no heading."""
    parts = [Part()]
    names = names_of_papers(found)
    at, is_first = 0, True
    while at < len(found):
        block = found[at]
        unit, taken = named_unit(found, at, names)
        if unit is not None:
            parts[-1].units.append(unit)
        elif block.kind == "heading":
            parts.append(section(block, parts, is_real=True))
            parts[-1].is_first = is_first
            is_first = is_first and not parts[-1].heading
            taken = 1
        elif is_soft_heading(found, at):
            parts.append(section(block, parts, is_real=False))
            taken = 1
        else:
            parts[-1].units.extend(units_of(block))
            taken = 1
        at += taken
    return parts


def section(block: Block, parts: list[Part], is_real: bool) -> Part:
    """Return a new section below the one it belongs to."""
    text = heading_text(block.text)
    part = Part(text, block.level, block.line, block.lines, is_real, source=block.text)
    chain = parts[-1].chain() if parts[-1].heading else []
    real = [one for one in chain if one.is_real and one.heading]
    if is_real:
        while real and (
            CONTENTS.match(real[-1].heading)
            or real[-1].level >= part.level
            or is_sibling(real[-1].heading, text)
        ):
            part.level = (
                min(part.level, real[-1].level)
                if is_sibling(real[-1].heading, text)
                else part.level
            )
            real.pop()
        part.parent = real[-1] if real else None
    else:
        above = real[-1] if real else None
        part.parent = (
            above.parent if above and YEARS.match(above.heading) and YEARS.match(text) else above
        )
        part.level = (part.parent.level if part.parent else 0) + 1
    return part


def is_sibling(above: str, text: str) -> bool:
    """Whether two headings are of one kind, whatever their levels: "Papers [A]", "Papers [B]"."""
    first, _, behind = above.partition("[")
    return bool(behind and first.strip()) and text.startswith(first + "[")


def is_soft_heading(found: Sequence[Block], at: int) -> bool:
    """Whether a paragraph stands as a heading: bold or slanted words, or few, before a list."""
    block = found[at]
    if (
        block.kind not in ("paragraph", "summary")
        or "\n" in block.text.strip()
        or len(block.text) > 400
    ):
        return False
    below = found[at + 1] if at + 1 < len(found) else None
    parts = [
        part
        for part in pieces(as_markdown(block.text))
        if part.text.strip() and part.kind != "image"
    ]
    text = plain(parts)
    if not text or len(text) > LONGEST_HEADING or any(part.url for part in parts):
        return False
    if all(part.bold or part.slanted for part in parts):
        return bool(YEARS.match(text)) or (
            below is not None and below.kind in ("item", "row", "markup") and not is_pairs(below)
        )
    lists = below is not None and below.kind in ("item", "row", "markup")
    short = (
        len(text) <= 45
        and len(text.split()) <= 7
        and not re.search(r"[.!?,;|]", text)
        and below is not None
    )
    return bool(
        lists and (short or block.kind == "summary") and not re.match(r"\d{1,2}:\d\d", text)
    )


ASIDES = {
    "code": "A block of code.",
    "comment": "A comment of HTML.",
    "rule": "A rule.",
    "markup": "Markup without words.",
    "reference": "The address of a reference.",
    "matter": "Fields of the page.",
}


def units_of(block: Block) -> list[Unit]:
    """Return a block as the places it may hold: an item's own items as well."""
    if block.kind in ASIDES:
        return [Unit("aside", block, block.line, block.lines, reason=ASIDES[block.kind])]
    if block.kind == "item":
        return [Unit("item", block, block.line, block.last - block.line + 1, block.children)]
    kind = "paragraph" if block.kind in ("paragraph", "summary", "heading") else block.kind
    return [Unit(kind, block, block.line, block.lines)]
