"""Papers told of over several blocks: a heading or bold words, then names, links, a summary."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from papers.formats.markdown_blocks import Block
from papers.formats.markdown_html import as_markdown
from papers.formats.markdown_inline import Piece, pieces, plain
from papers.formats.markdown_links import is_label, is_scholarly
from papers.formats.markdown_people import people
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
ABSTRACT = re.compile(r"(?:paper )?abstract|tl;?dr|摘要", re.IGNORECASE)


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
    if is_linked_title(block):
        return under_title(found, at)
    if is_bold_title(block) and (stop := end_of_facts(found, at + 1)) > at + 1:
        lines = found[stop - 1].last - block.line + 1
        return Unit("named", block, block.line, lines, list(found[at + 1 : stop])), stop - at
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


def is_linked_title(block: Block) -> bool:
    """Whether a heading is nothing but a link to a paper."""
    if block.kind != "heading":
        return False
    parts = [part for part in pieces(as_markdown(block.text)) if part.text.strip(" .*:#")]
    links = [part for part in parts if part.kind == "link"]
    return (
        len(links) == 1 == len(parts) and is_scholarly(links[0].url) and not is_label(parts[0].text)
    )


def is_bold_title(block: Block) -> bool:
    """Whether a paragraph is one line of bold words, as many as a title has."""
    if block.kind != "paragraph" or "\n" in block.text.strip():
        return False
    parts = [part for part in pieces(as_markdown(block.text)) if part.text.strip()]
    return bool(parts) and all(part.bold for part in parts) and len(plain(parts).split()) >= 3


def end_of_facts(found: Sequence[Block], at: int) -> int:
    """Return where the paragraphs end that are nothing but authors, a venue, or links."""
    names = pieces(as_markdown(found[at].text)) if at < len(found) else ()
    if not names or found[at].kind != "paragraph" or not people(plain(names)):
        return at
    at += 1
    while at < len(found) and found[at].kind == "paragraph" and len(found[at].text) < 600:
        parts = pieces(as_markdown(found[at].text))
        words = plain(part for part in parts if part.kind == "text").strip(" |/,;·")
        if words and not place_of(words):
            break
        at += 1
    return at


def under_title(found: Sequence[Block], at: int) -> tuple[Unit | None, int]:
    """Return the paper whose title is a heading: all below it, up to the next, is about it."""
    stop = at + 1
    while stop < len(found) and found[stop].kind not in ("heading", "rule"):
        stop += 1
    while found[stop - 1].kind in ("markup", "comment", "reference"):
        stop -= 1
    within = list(found[at + 1 : stop])
    for above, block in pairwise(within):
        if above.kind == "summary" and ABSTRACT.fullmatch(above.text.strip(" *:")):
            block.text, above.text = f"Abstract: {block.text}", ""
    lines = found[stop - 1].last - found[at].line + 1
    return Unit("named", found[at], found[at].line, lines, within), stop - at


def key_of(block: Block) -> str:
    match = KEY.match(as_markdown(block.text))
    return match.group(1).lower() if match else ""


def is_titled(block: Block) -> bool:
    """Whether a heading is the title of a paper: of some words, with authors or a link below."""
    text = heading_text(block.text)
    place = place_of(text)
    return len(text.split()) >= 3 and not (place and place.is_known) and not is_label(text)
