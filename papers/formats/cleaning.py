"""Values of other people's files, made clean: text, people, years, addresses."""

import re
from collections.abc import Sequence
from datetime import date

from papers.formats.person_names import turned
from papers.records import AuthorRecord

# What no text of ours holds: control characters but tab and newline, and halves of pairs.
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff]")
YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)")
ADDRESS = re.compile(r"(?:https?|ftp)://[^\s<>\"]+\.?[^\s<>\"]+", re.IGNORECASE)
BARE_ADDRESS = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}/[^\s<>\"]*", re.IGNORECASE)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
SUFFIX = re.compile(r"(?:jr|sr)\.?|i{2,3}|iv", re.IGNORECASE)
IN_BRACKETS = re.compile(r"^([^()]+?)\s*\((.*)\)\s*[*†‡]*$")


def line(value: object) -> str:
    """Return a value as one line of text; nothing for what is no text, number or date."""
    if not value and value != 0:
        return ""
    text = value if isinstance(value, str) else paragraphs(value)
    return " ".join(UNSEEN.sub("", text).split())


def paragraphs(value: object) -> str:
    """Return a value as text whose lines stay."""
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, date):
        value = value.isoformat()
    if not isinstance(value, str | int | float):
        return ""
    return UNSEEN.sub("", str(value).replace("\r\n", "\n").replace("\r", "\n")).strip()


def several(value: object) -> tuple[str, ...]:
    """Return keywords: of a list, of "['a', 'b']", or between "|", ";" or commas."""
    if not value:
        return ()
    if isinstance(value, list | tuple):
        found: Sequence[object] = value
    else:
        text = line(value)
        if text.startswith("[") and text.endswith("]"):
            found = [part.strip("'\" ") for part in text[1:-1].split(",")]
        else:
            separator = next((sign for sign in "|;" if sign in text), ",")
            found = text.split(separator)
    return tuple(dict.fromkeys(filter(None, (line(one).strip(" ,;") for one in found))))


def people(value: object, affiliations: object = None) -> tuple[AuthorRecord, ...]:
    """Return authors in order; affiliations count when there is one for each of them."""
    if isinstance(value, list) and any(isinstance(one, dict) for one in value):
        return tuple(filter(None, map(_person, value)))
    names = [line(one) for one in value] if isinstance(value, list) else _names(paragraphs(value))
    places = _places(affiliations, len(names))
    authors = []
    for name, place in zip(names, places, strict=True):
        named = IN_BRACKETS.match(name)
        name, place = named.groups() if named else (name, place)
        name = name.strip(" *†‡,;")
        if name:
            authors.append(AuthorRecord(turned(name) if _is_turned(name) else name, place.strip()))
    return tuple(authors)


def _person(value: object) -> AuthorRecord | None:
    """Return an author that JSON tells as an object, in the words of HotCRP and others."""
    if not isinstance(value, dict):
        return AuthorRecord(line(value), "") if line(value) else None
    parts = [
        line(value.get(a) or value.get(b)) for a, b in (("first", "given"), ("last", "family"))
    ]
    name = line(value.get("name") or value.get("fullname")) or " ".join(filter(None, parts))
    place = line(value.get("affiliation") or value.get("institution"))
    return AuthorRecord(name, place) if name else None


def year_and_month(value: object) -> tuple[int | None, int | None]:
    """Return the year of "2018", "2018-05-03" or "May 2018", and the month where one is named."""
    text = line(value)
    found = YEAR.search(text)
    if not found:
        return None, None
    dated = re.search(r"\b\d{4}[-/.](\d{1,2})\b", text)
    month = int(dated[1]) if dated else month_of(text)
    return int(found[1]), month if month and 1 <= month <= 12 else None


def month_of(value: object) -> int | None:
    """Return the number of a month: "5", "May" or "mai"."""
    text = line(value).lower().replace("mai", "may").replace("okt", "oct").replace("dez", "dec")
    if text.isdigit():
        return int(text) if 1 <= int(text[:3]) <= 12 else None
    found = re.search(rf"\b(?:{'|'.join(MONTHS)})", text)
    return MONTHS.index(found[0]) + 1 if found else None


def address(value: object, base: str = "") -> str:
    """Return an address of the web, or nothing; `base` goes before a path."""
    text = line(value)
    if base and text.startswith("/") and not text.startswith("//"):
        return base + text
    if ADDRESS.fullmatch(text):
        return text
    return f"https://{text}" if BARE_ADDRESS.fullmatch(text) else ""


def _names(text: str) -> list[str]:
    for separator in ("|", ";", " · ", "\n"):
        if separator in text:
            return [part.strip() for part in text.split(separator) if part.strip(" *")]
    if "(" in text:  # commas within brackets separate nobody
        parts = re.split(r",(?![^()]*\))|\s+(?:and|&|und|et|y)\s+(?![^()]*\))", text)
        return [part.strip() for part in parts if part.strip()]
    between = re.split(r",?\s+(?:and|&)\s+", text)
    if len(between) > 1 and all(part.count(",") == 1 for part in between):
        return between
    if len(between) == 1 and text.count(",") == 1 and _is_turned(text):
        return between
    return [part.strip() for one in between for part in one.split(",") if part.strip()]


def _is_turned(name: str) -> bool:
    """Whether a name is written as "Lovelace, Ada"."""
    family, *given = name.split(",")
    return bool(given) and (len(family.split()) == 1 or " " not in given[-1].strip())


def _places(value: object, number: int) -> list[str]:
    text = paragraphs(value)
    if isinstance(value, list):
        found = [line(one) for one in value]
    else:
        separator = next((sign for sign in ("|", ";", "\n") if sign in text), None)
        found = [line(part) for part in text.split(separator)] if separator else [line(text)]
    return found if len(found) == number else [""] * number
