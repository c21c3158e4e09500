"""The places of a list that may tell of a paper, each with its lines, under their headings."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from papers.formats.markdown_blocks import Block
from papers.formats.markdown_html import as_markdown
from papers.formats.markdown_inline import Piece, pieces, plain
from papers.formats.markdown_links import is_label
from papers.formats.markdown_places import place_of

KEY = re.compile(
    r"[\s*_`]*((?:paper ?|full ?)?title|pdf|papers?(?: ?(?:link|url))?|arxiv(?: \w+)?|url|links?"
    r"|(?:official |unofficial |source )?codes?"
    r"(?: \w+)?|github(?: \w+)?|project(?: ?page)?|homepage|web ?(?:site|page)?|authors?|venues?"
    r"|conference|journal|publication"
    r"|publi(?:shed|cation)(?: in)?|publisher|years?|date|tl;?dr|summary|abstract|keywords?"
    r"|intro(?:duction)?|notes?|slides?|poster|videos?"
    r"|youtube|talk|data ?sets?|demo|comments?|blog|institut\w*|affiliations?|organi[sz]ations?"
    r"|supp\w*|review|doi|datasets?|tags?"
    r"|article|bibtex|implementation|open ?review|motivation|contributions?|method|task"
    r"|论文|代码|作者|链接|摘要|备注|简介)"
    r"\s*(?:\(([^()]{1,30})\))?[\s*_`]*(?:[::][\s*_`]*|(?=\s+\[))(?!\s*$)",
    re.IGNORECASE,
)
TELLING = re.compile(
    r"pdf|paper|arxiv|url|link|code|author|doi|github|论文|title|open ?review", re.IGNORECASE
)
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


@dataclass(slots=True)
class Unit:
    """One place: `kind` is item, row, paragraph, named (a heading with its paper) or aside."""

    kind: str
    block: Block
    line: int
    lines: int
    within: list[Block] = field(default_factory=list)  # what tells more of it
    name: str = ""  # of a heading that names the paper
    reason: str = ""  # of an aside: why it is no paper


def parts_of(found: Sequence[Block]) -> list[Part]:
    """Return the sections of a list in their order; the first has no heading."""
    parts = [Part()]
    names = names_of_papers(found)
    at = 0
    while at < len(found):
        block = found[at]
        unit, taken = named_unit(found, at, names)
        if unit is not None:
            parts[-1].units.append(unit)
        elif block.kind == "heading":
            parts.append(section(block, parts, is_real=True))
            parts[-1].is_first = not any(part.is_real and part.heading for part in parts[:-1])
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


def heading_text(text: str) -> str:
    """Return a heading as it is read, without badges, marks and the number of its anchor."""
    parts = pieces(as_markdown(text))
    kept = [
        part
        for part in parts
        if part.kind != "image"
        and not is_badge(part)
        and not (part.kind == "link" and not part.text)
    ]
    return plain(kept).strip(" \t#*:").strip() or plain(parts) or text.strip()


def is_badge(part: Piece) -> bool:
    return part.kind == "link" and bool(part.inner) and part.inner[0].kind == "image"


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


def is_pairs(block: Block | None) -> bool:
    """Whether an item is a name with a value: `- pdf: https://...`."""
    return block is not None and block.kind == "item" and bool(KEY.match(as_markdown(block.text)))


def names_of_papers(found: Sequence[Block]) -> set[int]:
    """Return the headings that are names of papers: over a title, then names with values.

    Where a list does so, most headings of a level stand over one paper each; a heading over
    several is a section.
    """
    over = [at for at in range(len(found) - 2) if is_over_a_paper(found, at)]
    single = [at for at in over if ends_at_heading(found, at + 2)]
    return set(over) if len(single) >= 3 and len(single) >= 0.8 * len(over) else set()


def is_over_a_paper(found: Sequence[Block], at: int) -> bool:
    title, pair = found[at + 1], found[at + 2]
    return found[at].kind == "heading" and title.kind == "paragraph" and is_pairs(pair)


def ends_at_heading(found: Sequence[Block], at: int) -> bool:
    while at < len(found) and is_pairs(found[at]):
        at += 1
    return at >= len(found) or found[at].kind in ("heading", "rule")


def named_unit(found: Sequence[Block], at: int, names: set[int]) -> tuple[Unit | None, int]:
    """Return a paper told of over several blocks, and how many: a title, then names with values.

    `### Name`, `**Title**`, authors, `- pdf: address`; or `**Title**`, `- Paper: address`.
    """
    block = found[at]
    if block.kind not in ("heading", "paragraph"):
        return None, 1
    below = at + 2 if at in names else at + 1
    stop = below
    while stop < len(found) and is_pairs(found[stop]):
        stop += 1
    keys = [key_of(one) for one in found[below:stop]]
    is_title = at in names or block.kind == "paragraph" or is_titled(block)
    if not is_title or not any(TELLING.match(key) for key in keys):
        return None, 1
    last = found[stop - 1].last
    name = heading_text(block.text) if at in names else ""
    title = found[at + 1] if at in names else block
    return Unit(
        "named", title, block.line, last - block.line + 1, list(found[below:stop]), name
    ), stop - at


def key_of(block: Block) -> str:
    match = KEY.match(as_markdown(block.text))
    return match.group(1).lower() if match else ""


def is_titled(block: Block) -> bool:
    """Whether a heading is the title of a paper: of some words, with authors or a link below."""
    text = heading_text(block.text)
    place = place_of(text)
    return len(text.split()) >= 3 and not (place and place.is_known) and not is_label(text)


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
