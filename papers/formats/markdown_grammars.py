"""How one line tells of a paper: which of its words are the title, and what stands about it.

Each grammar takes the parts of a line and returns the title with what came before and after,
or nothing. They are tried in the order of `GRAMMARS`; a section is read by the one that reads
most of its lines.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from papers.formats.markdown_cuts import YEAR_IN_PARENS, cut_off, titled
from papers.formats.markdown_inline import EMOJI, Piece, plain, shown, tidy
from papers.formats.markdown_links import is_label
from papers.formats.markdown_people import leading_names, people
from papers.formats.markdown_places import mark_of, place_of
from papers.records import AuthorRecord

DATED = re.compile(
    r"\s*((?:19|20)\d\d)(?:[./](\d{1,2}))?(?:[./]\d{1,2})?\s*-\s*(?:([^\[\]]*?)\s*-\s*)?$",
    re.DOTALL,
)
QUOTE = re.compile(r"[\"“”„«]\s*([^\"“”„«»]{6,400}?)[,.;]?\s*(?:[\"”“»]|'')")
LEAD = re.compile(r"\s*([^|:\n]{2,45}?)(?:\s*[|:]|\s[-–—])\s+(?=\S)")
MOST_PIECES = 12  # of a line, within which its title ends
ALIVE = re.compile(r"\w|[\"“”„«'<$]")  # what a title begins with


@dataclass(frozen=True, slots=True)
class Split:
    """A line with its title found."""

    grammar: str
    title: str
    url: str = ""
    before: tuple[Piece, ...] = ()
    after: tuple[Piece, ...] = ()
    year: int | None = None
    month: int | None = None
    venue: str = ""  # of a dated line, with its suffix
    alias: str = ""
    authors: tuple[AuthorRecord, ...] = ()


def significant(parts: tuple[Piece, ...]) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Return what stands before the title (venues and marks in brackets, badges), and the rest."""
    parts, at = place_apart(parts), 0
    while at < len(parts):
        part = parts[at]
        if (
            part.kind == "text"
            and (ALIVE.search(EMOJI.sub("", part.text)) or (part.bold and part.text.strip()))
            and not is_lead(part, parts[at + 1 :])
        ):
            break
        if part.kind in ("bracket", "paren", "code") and not is_lead(part, parts[at + 1 :]):
            break
        if part.kind == "link" and not is_lead_link(part):
            break
        at += 1
    return parts[:at], parts[at:]


def place_apart(parts: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Return the parts with a date or venue as one of its own: `2023/05/23 | Title`."""
    first = parts[0] if parts else None
    if first is None or first.kind != "text" or first.bold:
        return parts
    match = LEAD.match(first.text)
    place = place_of(match.group(1)) if match else None
    is_known = place and place.is_known and "," not in place.venue
    if match is None or place is None or not (is_known or (place.year and not place.venue)):
        return parts
    lead, title = first.text[: match.end()], first.text[match.end() :]
    return Piece("text", lead), Piece("text", title), *parts[1:]


def is_lead(part: Piece, rest: tuple[Piece, ...]) -> bool:
    """Whether a part can stand before a title: where and when, a mark, a link to it."""
    text = part.text.strip(" *:-–|,.[]()")
    if not text or not any(one.text.strip() for one in rest):
        return not text
    if part.kind == "bracket" and part.inner and any(one.kind == "link" for one in part.inner):
        return all(is_label(one.text) or one.kind != "link" for one in part.inner)
    if (
        part.kind == "text"
        and not part.bold
        and not part.text.rstrip().endswith((":", "-", "|", ",", "–"))
    ):
        return bool(re.fullmatch(r"(?:19|20)\d\d(?:[./-]\d\d?)*", text))
    if len(text) > 45:
        return False
    if part.kind in ("bracket", "paren", "code"):
        return bool(place_of(text, True)) or len(text.split()) <= 3
    return bool(place_of(text)) or bool(re.fullmatch(r"[\d/.-]+", text))


def is_lead_link(part: Piece) -> bool:
    if any(one.kind == "image" for one in part.inner) or not ALIVE.search(EMOJI.sub("", part.text)):
        return True
    place = place_of(part.text)
    return is_label(part.text) or bool(
        place and (place.is_known or place.year) and len(part.text.split()) <= 3
    )


def dated(parts: tuple[Piece, ...]) -> Split | None:
    """`2018-ICLRo-[Title](address) ...`."""
    if not parts or parts[0].kind != "text":
        return None
    at = next((n for n, part in enumerate(parts) if part.kind in ("link", "bracket")), None)
    if at is None or not (match := DATED.match(plain_source(parts[:at]))):
        return None
    year, month, venue = int(match.group(1)), match.group(2), tidy(match.group(3) or "")
    link, alias = parts[at], ""
    if month and venue:
        venue, alias = "", venue
    elif "-" in venue:
        first, _, second = venue.partition("-")
        known, whole = place_of(first), place_of(venue)
        if known and known.is_known and not (whole and whole.is_known):
            venue, alias = first, second
    number = int(month) if month and 1 <= int(month) <= 12 else None
    return Split("dated", link.text, link.url, (), parts[at + 1 :], year, number, venue, alias)


def plain_source(parts: tuple[Piece, ...]) -> str:
    return "".join(f"({part.text})" if part.kind == "paren" else part.text for part in parts)


def linked(parts: tuple[Piece, ...]) -> Split | None:
    """`[Title](address), authors, venue year`, whatever short stands before."""
    before, rest = significant(parts)
    alias = ""
    if (
        rest
        and rest[0].kind == "text"
        and rest[0].text.strip().endswith((":", " -", " –", " —"))
        and len(rest) > 1
        and rest[1].kind == "link"
    ):
        name = rest[0].text.strip(" :*-–—")
        if len(name.split()) > 3 or is_label(name) or is_label(rest[1].text):
            return None
        alias, rest = name, rest[1:]
    authors: tuple[AuthorRecord, ...] = ()
    if len(rest) > 1 and rest[0].kind == "text" and rest[1].kind == "link":
        words = rest[0].text.rstrip()
        authors = people(words, sure=not words.endswith((".", ",")))
        rest = rest[1:] if authors else rest
    if not rest or rest[0].kind != "link" or is_label(rest[0].text):
        return None
    title, url = rest[0].text, rest[0].url
    return Split("linked", title, url, before, rest[1:], alias=alias, authors=authors)


def bold(parts: tuple[Piece, ...]) -> Split | None:
    """`**Title** authors venue [pdf] [code]`; a bold name before a title in quotes is an alias."""
    before, rest = significant(parts)
    at = 0
    while at < len(rest) and (rest[at].bold or not rest[at].text.strip()):
        at += 1
    if not at and len(rest) > 1 and rest[0].slanted and len(rest[0].text.split()) > 2:
        at = 0 if people(rest[0].text) else 1
    title, url = plain(rest[:at]).strip(), ""
    if not title or is_label(title) or place_is_all(title):
        return None
    behind = "".join(shown.text for shown in rest[at : at + 2]).lstrip()
    if (title.endswith(":") and len(title.split()) <= 4) or (
        behind[:1] == ":" and len(title.split()) <= 4
    ):
        return aliased(title.rstrip(":"), before, rest[at:])
    for part in rest[:at]:
        url = url or part.url or next((one.url for one in part.inner if one.kind == "link"), "")
    return Split("bold", title, url, before, rest[at:])


def aliased(name: str, before: tuple[Piece, ...], rest: tuple[Piece, ...]) -> Split | None:
    """`**Name**: Title ...`: the title is what follows; without one the words were all."""
    name = name if ALIVE.search(name) else ""
    rest = stripped(rest, ":")
    for grammar in (quoted, linked, plainly):
        if (found := grammar(rest)) and len(found.title.split()) > 2:
            return Split(
                "bold", found.title, found.url, before + found.before, found.after, alias=name
            )
    return None


def stripped(parts: tuple[Piece, ...], signs: str) -> tuple[Piece, ...]:
    if parts and parts[0].kind == "text":
        text = parts[0].text.lstrip(" \t\n" + signs)
        return (Piece("text", text, "", parts[0].bold, parts[0].slanted), *parts[1:])
    return parts


def place_is_all(text: str) -> bool:
    place = place_of(text)
    return bool(place and (place.is_known or place.year or place.marks) and len(text.split()) <= 5)


def quoted(parts: tuple[Piece, ...]) -> Split | None:
    """`Authors. "Title". Venue year.`, or an alias before the title."""
    for at, part in enumerate(parts):
        if part.kind != "text":
            continue
        match = QUOTE.search(part.text)
        is_part = (
            match and not part.text[: match.start()].strip() and part.text[match.end() :][:1] == ":"
        )
        if match and len(match.group(1).split()) >= 2 and not is_part:
            first = (*parts[:at], Piece("text", part.text[: match.start()]))
            last = (Piece("text", part.text[match.end() :]), *parts[at + 1 :])
            return Split("quoted", tidy(match.group(1)), "", first, last)
        if (
            part.text.rstrip().endswith(('"', "“", "„"))
            and at + 1 < len(parts)
            and (parts[at + 1].bold or parts[at + 1].kind == "link")
        ):
            after = at + 2
            title = parts[at + 1].text
            return Split(
                "quoted",
                tidy(title).rstrip(".,"),
                parts[at + 1].url,
                (*parts[:at], part),
                parts[after:],
            )
    return None


def cited(parts: tuple[Piece, ...]) -> Split | None:
    """`Authors, Title, Venue, Year. [link]`, `Authors (year). Title.`, `Authors: Title (venue)`."""
    before, rest = significant(parts)
    at = 0
    while at < len(rest) and not is_end_of_words(rest[at]):
        at += 1
    text = tidy("".join(shown(part) for part in rest[:at]))
    for names, words in leading_names(text):
        title, more = titled(words)
        place = place_of(title)
        if place and (place.is_known or place.year or not place.venue):
            return None  # names and a venue: nothing is left for a title
        if len(title.split()) < (2 if len(names) > 1 else 3) and not more:
            continue
        title = title.strip(' ,;:*"“”')
        if title and (len(names) > 1 or people(text.split(",")[0]) or place_of(more)):
            end = (Piece("text", more), *rest[at:]) if more else rest[at:]
            return Split("cited", title, "", before, end, authors=names)
    return None


def is_end_of_words(part: Piece) -> bool:
    return part.kind in ("link", "image", "code") or any(one.kind == "link" for one in part.inner)


def plainly(parts: tuple[Piece, ...]) -> Split | None:
    """`Title. Authors. Venue year. [link]`, `Title [[link]]`, `Title - authors`, `Title (year),
    ...`."""
    before, rest = significant(parts)
    words, at = "", 0
    cut: tuple[str, str] | None = None
    while at < len(rest) and cut is None:
        part = rest[at]
        if part.kind == "text":
            text, bare = words + part.text, len(words)
            cut = cut_off(text, max(0, bare - 2), rest[at + 1 :]) if at < MOST_PIECES else None
            words = cut[0] if cut else text
        elif part.kind in ("link", "image", "code") or ends_title(part):
            break
        else:
            words += f"[{part.text}]" if part.kind == "bracket" else f"({part.text})"
        at += 1
    title = tidy(words).strip(" ,;:|-–")
    if not title:
        return None
    after = rest[at:] if cut is None else (Piece("text", cut[1]), *rest[at:])
    return Split("plain", title, "", before, after)


def ends_title(part: Piece) -> bool:
    """Whether a bracket or parenthesis is no part of a title: a year, a venue, links, a mark."""
    if any(one.kind == "link" for one in part.inner):
        return True
    if part.kind == "paren" and YEAR_IN_PARENS.match(f"({part.text}"):
        return True
    place = place_of(part.text)
    sure = place and (place.is_known or place.year or place.arxiv or place.marks)
    return bool(sure or mark_of(part.text) or re.match(r"(?:IEEE|ACM|in Proc)\b", part.text))


Grammar = Callable[[tuple[Piece, ...]], Split | None]
GRAMMARS: dict[str, Grammar] = {
    "dated": dated,
    "linked": linked,
    "bold": bold,
    "quoted": quoted,
    "cited": cited,
    "plain": plainly,
}
