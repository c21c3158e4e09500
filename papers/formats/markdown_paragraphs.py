"""Papers told of in paragraphs: a title, the authors below it, a link, a time it was talked of."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from papers.formats.markdown_cuts import cleaned
from papers.formats.markdown_details import take_text
from papers.formats.markdown_drafts import Draft
from papers.formats.markdown_grammars import GRAMMARS, Split
from papers.formats.markdown_inline import pieces, plain
from papers.formats.markdown_people import people
from papers.formats.markdown_places import Place, place_of
from papers.formats.markdown_tails import draft_of

SLOT = re.compile(r"\d{1,2}:\d\d\s*[-–—]\s*\d{1,2}:\d\d(?:\s+[A-Z]{2,5})?$")
STAMP = re.compile(r"\d{1,2}:\d\d(?::\d\d)?(?:\s*[AaPp]\.?[Mm]\.?)?$")
PRESENTED = re.compile(
    r"(?:(\d{1,3})\s*[-–.:]\s*)?(oral|spotlight|poster|talk)s?\s*[::]\s+(?=\S)", re.IGNORECASE
)
LONG = 160  # letters from which words below the authors are an abstract


@dataclass(slots=True)
class Told:
    """A draft with its lines, counted from 0 within the paragraph."""

    draft: Draft
    first: int
    last: int


def told_in(lines: list[str], references: Mapping[str, str]) -> tuple[list[Told], list[int]]:
    """Return the papers of a paragraph, and the lines that belong to none of them."""
    names = author_lines(lines, references)
    told: list[Told] = []
    taken: set[int] = set()
    for number, at in enumerate(names):
        stop = names[number + 1] - 1 if number + 1 < len(names) else len(lines)
        found = titled(lines, at, stop, references)
        if found and found.first not in taken:
            told.append(found)
            taken.update(range(found.first, found.last + 1))
    return told, [at for at, line in enumerate(lines) if at not in taken and line.strip()]


def author_lines(lines: list[str], references: Mapping[str, str]) -> list[int]:
    """Return the lines that are names below another line."""
    found: list[int] = []
    for at in range(1, len(lines)):
        above = bare(lines[at - 1])
        if (found and found[-1] == at - 1) or not above or STAMP.match(above) or SLOT.match(above):
            continue
        parts = pieces(bare(lines[at]), references)
        slanted = bool(parts) and all(part.slanted for part in parts if part.text.strip())
        if len(lines[at]) < 3000 and people(plain(parts), sure=not slanted):
            found.append(at)
    return found


def bare(line: str) -> str:
    """Return a line without the sign that breaks it off."""
    return line.strip().removesuffix("\\").removesuffix("<br>").strip()


def titled(lines: list[str], at: int, stop: int, references: Mapping[str, str]) -> Told | None:
    """Return the paper whose authors stand in a line: what is above and below it."""
    first = at - 1
    text = bare(lines[first])
    presented = PRESENTED.match(text)
    if presented:
        text = text[presented.end() :]
    split = title_of(text, references)
    if split is None:
        return None
    draft = draft_of(split)
    draft.authors = ()
    take_text(draft, bare(lines[at]), references)
    if presented:
        session = (f"session {presented.group(1)}",) if presented.group(1) else ()
        shown = presented.group(2).lower()
        kind = shown if shown in ("oral", "spotlight", "poster") else ""
        draft.say(Place(presentation=kind, marks=(presented.group(2), *session)))
    if first and SLOT.match(bare(lines[first - 1])):
        first -= 1
        draft.tags.append(bare(lines[first]))
    last = at
    for below in range(at + 1, stop):
        words = bare(lines[below])
        if (
            not words
            or STAMP.match(words)
            or SLOT.match(words)
            or not follows(draft, words, references)
        ):
            break
        last = below
    return Told(draft, first, last)


def title_of(text: str, references: Mapping[str, str]) -> Split | None:
    parts = pieces(text, references)
    for name, grammar in GRAMMARS.items():
        if name != "plain" and (found := grammar(parts)):
            return found
    words = plain(parts)
    if any(part.url for part in parts) and (found := GRAMMARS["plain"](parts)):
        return found
    if len(words) > 300 or len(words.split()) < 2 or words.endswith((":", ",")):
        return None
    return Split("plain", cleaned(words))


def follows(draft: Draft, words: str, references: Mapping[str, str]) -> bool:
    """Take a line below the authors when it is about the same paper."""
    parts = pieces(words, references)
    text = plain(parts)
    if len(text) >= LONG and not draft.abstract:
        draft.abstract = text
        return True
    if re.match(
        r"(?:link|pdf|paper|code|url|arxiv|project|abstract|venue)s?\s*[::]", words, re.IGNORECASE
    ):
        take_text(draft, words, references)
        return True
    place = place_of(text)
    beside = "".join(part.text for part in parts if part.kind == "text").strip()
    if (place and (place.is_known or place.year or place.marks)) or (
        any(p.url or p.inner for p in parts) and len(beside) < 60
    ):
        if re.match(r"https?://\S+\s+\w+\s+\w+", words):
            return False
        take_text(draft, words, references)
        return True
    return False
