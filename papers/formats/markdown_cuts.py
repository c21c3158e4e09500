"""Where a title ends that nothing sets off from the names and the venue behind it."""

import re
from collections.abc import Sequence
from itertools import islice

from papers.formats.markdown_inline import Piece, tidy
from papers.formats.markdown_people import people
from papers.formats.markdown_places import SURE, Place, is_sentence, place_of

REPEATED = re.compile(r"(?:19|20)\d\d(?:\.\d{1,2})?\s*-\s*(?:[A-Z][\w&' ]{1,15}-)?(?=\S)")
SIGNS = re.compile(
    r"^(?::[a-z_0-9+]+:|[^\w\s\"'“‘(\[{$<#@&*+-])+\s*|\s*(?::[a-z_0-9+]+:"
    r"|[\U0001F000-\U0001FAFF\u2600-\u27BF⭐])+\s*$"
)


STOP = re.compile(r"([.?!。]+[\"”*]*)(?=\s|$)")
MOST_CUTS = 30  # where a title may end, tried one after the other
SHORT_FORM = re.compile(
    r"(?:^|[\s(.\-])(?:vs|e\.g|i\.e|et|al|st|dr|no|vol|fig|v|cf|approx|[A-Z]|[A-Z]\.[A-Z])$",
    re.IGNORECASE,
)
DASH = re.compile(r"\s+[-–—―]{1,3}\s+|\s*[–—]\s+")
YEAR_IN_PARENS = re.compile(r"\s*[(（]\s*(?:\w+[.,]?\s+)*(?:19|20)\d\d\b")


def cut_off(text: str, start: int, rest: Sequence[Piece]) -> tuple[str, str] | None:
    """Return the title and what follows it in the same words, when it ends within them."""
    if "\n" in text and (cut := line_cut(text)):
        return cut
    if cut := stop_cut(text, start, bool(rest)):
        shorter = place_cut(cut[0])
        return (shorter[0], f"{shorter[1]}. {cut[1]}") if shorter else cut
    return dash_cut(text, start) or comma_cut(text)


def stop_cut(text: str, start: int, has_more: bool) -> tuple[str, str] | None:
    """Return what stands before and after the full stop that ends the title."""
    for match in islice(STOP.finditer(text, start), MOST_CUTS):
        head, tail = text[: match.start()], text[match.end() :]
        if match.group(1)[0] == "." and SHORT_FORM.search(head):
            continue
        if not tail.strip() and not has_more:
            return head + match.group(1).strip('.。"”*'), ""
        if is_tail(tail) or (not tail.strip() and has_more):
            return head + match.group(1).strip('.。"”*'), tail
    return None


def dash_cut(text: str, start: int) -> tuple[str, str] | None:
    """Return a title before a dash and names, or before a year in parentheses."""
    for match in islice(DASH.finditer(text, start), MOST_CUTS):
        if people(text[match.end() :], sure=False) and len(text[: match.start()].split()) > 1:
            return text[: match.start()], text[match.end() :]
    if year := YEAR_IN_PARENS.search(text, start):
        return text[: year.start()], text[year.start() :]
    return None


def comma_cut(text: str) -> tuple[str, str] | None:
    """Return a title before a comma and names or a venue."""
    for match in islice(re.finditer(r"\s*[,,]\s*", text), MOST_CUTS):
        tail = text[match.end() :].strip(" .")
        if (
            tail
            and len(text[: match.start()].split()) >= 3
            and (is_tail(tail) if people(tail) else place_is_sure(tail))
        ):
            return text[: match.start()], text[match.end() :]
    return None


def place_cut(text: str) -> tuple[str, str] | None:
    """Return a title before a comma and its venue or year: what is nothing else, from the end."""
    stops = list(islice(re.finditer(r"[,,]\s+(?![^()]*\))", text), MOST_CUTS))
    found, end = None, len(text)
    for match in reversed(stops):
        words = text[match.end() : end].strip(" .")
        place = place_of(words)
        if not (place and is_where(place, words)):
            if found and is_date(text[end:]) and may_name(words):
                found = match
            break
        found, end = match, match.start()
    title = text[: found.start()] if found else ""
    return (title, text[len(title) + 1 :]) if found and len(title.split()) > 1 else None


def is_where(place: Place, words: str) -> bool:
    """Whether words are a venue or a date for sure."""
    sure = place.is_known or bool(place.arxiv or place.marks) or not place.venue
    return sure or bool(SURE.match(words)) or bool(place.year and len(words.split()) <= 4)


def is_date(text: str) -> bool:
    place = place_of(text.strip(" ,."))
    return bool(place and place.year and not place.venue)


def may_name(words: str) -> bool:
    """Whether words before a year may be a venue that nobody knows."""
    return words[:1].isupper() and len(words.split()) <= 6 and not is_sentence(words)


def titled(text: str) -> tuple[str, str]:
    """Return the title that a text begins with, and what stands behind it."""
    for match in islice(STOP.finditer(text), MOST_CUTS):
        head = text[: match.start()]
        if match.group(1)[0] != "." or not SHORT_FORM.search(head):
            title, more = place_cut(head) or (head, "")
            return title + match.group(1).strip('.。"”*'), f"{more}. {text[match.end() :]}"
    if cut := place_cut(text) or dash_cut(text, 0):
        return cut
    return text, ""


def line_cut(text: str) -> tuple[str, str] | None:
    """Return the first lines as title when what follows them are names."""
    lines = text.split("\n")
    for at in range(1, len(lines)):
        if people(lines[at]):
            return " ".join(lines[:at]), "\n".join(lines[at:])
    return None


def place_is_sure(text: str) -> bool:
    place = place_of(text)
    return bool(place and (place.is_known or place.year))


def is_tail(text: str) -> bool:
    """Whether words are what follows a title: names, a venue, a year, a remark in parentheses."""
    text = text[:2000].strip()
    if not text:
        return False
    if text[0] in "([":
        return True
    first = next(
        (part for part in re.split(r"(?<![A-Z])(?<!\bal)\.\s+|;\s+", text) if part.strip()), ""
    )
    if people(first, sure=False) or place_is_sure(first):
        return True
    return (
        bool(re.search(r"\bet\.? al\b|\barXiv\b", text, re.IGNORECASE))
        or place_is_sure(text)
        or names_first(first)
    )


def names_first(text: str) -> bool:
    """Whether the words begin with names and go on with a venue."""
    parts = text.split(",")
    return len(parts) > 2 and bool(people(",".join(parts[:-1])))


def cleaned(title: str) -> str:
    """Return a title without the signs about it and a date that was written into it."""
    title = SIGNS.sub("", tidy(title)).strip(" \t,;|*").strip()
    title = SIGNS.sub("", title)
    if title[:1] in '"“' and title[-1:] in '"”':
        title = title[1:-1]
    shorter = REPEATED.sub("", title, count=1) if REPEATED.match(title) else title
    title = shorter if len(shorter.split()) > 1 else title
    if title.endswith(".") and not title.endswith(".."):
        title = title[:-1]
    return title.rstrip(" ,;:")
