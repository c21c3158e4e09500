"""What stands below the line of a title: authors, names with values, summaries, films."""

import re
from collections.abc import Mapping

from papers.formats.markdown_blocks import Block
from papers.formats.markdown_drafts import Draft
from papers.formats.markdown_grammars import cited
from papers.formats.markdown_html import as_markdown
from papers.formats.markdown_inline import Piece, pieces, plain, tidy
from papers.formats.markdown_links import is_label, kind_by_address, link_kind
from papers.formats.markdown_named import KEY
from papers.formats.markdown_people import leading_names, people
from papers.formats.markdown_places import place_of
from papers.formats.markdown_tables import every_link
from papers.formats.markdown_tails import gather

KINDS = (  # names of values that are links: what they lead to
    (
        re.compile(r"pdf|paper|arxiv|url|link|doi|open ?review|article|论文|链接", re.IGNORECASE),
        "paper",
    ),
    (re.compile(r"code|github|implementation|代码", re.IGNORECASE), "code"),
    (re.compile(r"project|homepage|web|demo", re.IGNORECASE), "project"),
    (re.compile(r"video|youtube|talk", re.IGNORECASE), "video"),
    (re.compile(r"slides?|poster", re.IGNORECASE), "slides"),
    (re.compile(r"data", re.IGNORECASE), "dataset"),
)
PEOPLE = re.compile(r"authors?|作者", re.IGNORECASE)
PLACE = re.compile(r"venue|conference|journal|publi|year|date", re.IGNORECASE)
ABSTRACT = re.compile(r"abstract|摘要", re.IGNORECASE)
ADDRESS = re.compile(r"\s*[::]?\s*(?:https?|ftp)://\S+")
LONGEST_WORDS = 60  # letters beside the links of a line that is about links


def take_within(draft: Draft, block: Block, references: Mapping[str, str]) -> None:
    """Take a block below the title; what is neither names nor links is a remark."""
    text = as_markdown(block.text)
    if block.kind in ("paragraph", "item", "summary") and text.strip():
        take_text(draft, text, references)
    for child in block.children:
        take_within(draft, child, references)


def take_text(draft: Draft, text: str, references: Mapping[str, str]) -> None:
    if match := KEY.match(text):
        take_value(draft, match, pieces(text[match.end() :], references))
        return
    parts = pieces(text, references)
    words = "".join(part.text for part in parts if part.kind == "text").strip()
    links = every_link(parts)
    slanted = all(part.slanted for part in parts if part.kind == "text" and part.text.strip())
    if not draft.authors and (found := people(plain(parts), sure=not slanted)):
        draft.authors = found
    elif (links and len(words) <= LONGEST_WORDS) or begins_with_names(draft, parts):
        gather(draft, parts)
    elif (
        (place := place_of(plain(parts)))
        and (place.is_known or place.year or place.marks)
        and len(words) < 80
    ):
        draft.say(place)
    elif plain(parts) and not is_label(plain(parts)):
        draft.notes.append(tidy(text))


def begins_with_names(draft: Draft, parts: tuple[Piece, ...]) -> bool:
    first = next((part for part in parts if part.text.strip()), None)
    if draft.authors or first is None:
        return False
    return bool(first.slanted and people(first.text, sure=False)) or names_alone(parts)


def is_fact(parts: tuple[Piece, ...]) -> bool:
    """Whether words are but a venue, a date or named links, and so tell of a title above."""
    links = every_link(parts)
    words = "".join(part.text for part in parts if part.kind not in ("link", "bracket"))
    if not any(sign.isalnum() for sign in words):
        return bool(links) and all(is_label(link.text) for link in links)
    place = place_of(plain(parts))
    return bool(not links and place and (place.is_known or (place.year and not place.venue)))


def names_alone(parts: tuple[Piece, ...]) -> bool:
    """Whether words are names, with a venue at most, and so tell of a title above them."""
    at = next((n for n, part in enumerate(parts) if part.kind in ("link", "bracket")), len(parts))
    words = plain(parts[:at])
    if people(words):
        return True
    return not cited(parts) and any(place_of(rest) for _, rest in leading_names(words))


def take_value(draft: Draft, match: re.Match[str], parts: tuple[Piece, ...]) -> None:
    """Take a value by its name: `code: [torchvision](address)`."""
    name, extra = match.group(1), match.group(2)
    text = plain(parts)
    links = every_link(parts)
    if extra and (place := place_of(extra)):
        draft.say(place)
    if PEOPLE.fullmatch(name):
        draft.authors = draft.authors or people(text, sure=False)
        return
    if ABSTRACT.fullmatch(name):
        draft.abstract = text
        return
    kind = next((kind for names, kind in KINDS if names.match(name)), "")
    if PLACE.match(name) and (place := place_of(text, True)):
        draft.say(place)
    if links and (kind or len(text) < LONGEST_WORDS):
        for link in links:
            label = ADDRESS.sub("", link.text).strip(" :")
            draft.link(kind_in(kind, label, link.url), link.url, "" if label == name else label)
        rest = tidy(
            "".join(
                part.text
                for part in parts
                if part.kind == "paren" and not any(one.url for one in part.inner)
            )
        )
        if rest and not is_label(rest):
            draft.notes.append(rest)
    elif not kind and not PLACE.match(name) and text:
        draft.notes.append(text)


def kind_in(kind: str, label: str, url: str) -> str:
    """Return what a link under a name leads to: the name says it, unless the address disagrees."""
    if kind == "paper" and kind_by_address(url) in ("code", "video"):
        return kind_by_address(url)
    return kind or link_kind(label, url)
