"""What the fields of a BibTeX entry say of a paper."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from papers.formats.bibtex_blocks import MONTHS, Block
from papers.formats.bibtex_kinds import (
    CONTAINERS,
    DETAILS,
    GENRE_KEYS,
    GENRES,
    NAMES,
    NO_GENRE,
    PUBLISHERS,
    WORKS,
    detail,
    is_place,
)
from papers.formats.citing import (
    ARXIV_VENUE,
    ET_AL,
    LINK_KINDS,
    ORGANIZATIONS,
    WHOLE_BOOKS,
    appeared,
    authored,
    identified,
    linked,
    month_of,
    one_line,
    pages,
    preprint_number,
    told,
    unpacked,
    year_of,
)
from papers.formats.latex import readable
from papers.formats.person_names import needs_braces, turned
from papers.records import PaperRecord

LINKS = {"url": "paper", "pdf": "paper", "link": "paper", "ee": "paper", "github": "code"} | {
    "html": "paper",
    "website": "project",
    "slides": "slides",
    "video": "video",
    "code": "code",
    "project": "project",
    "poster": "other",
    "data": "dataset",
    "dataset": "dataset",
}
SPACE = re.compile(r"\s+")
AND = re.compile(r"\sand\s", re.IGNORECASE)
URL = re.compile(r"(?:https?|ftp)://[^\s{}<>|]+")
NAME_PARTS = ("given", "prefix", "family", "suffix")
NAMED_PART = re.compile(r"\s*[a-z]+(?:-i)?\s*=")  # of biber: "family=Rabble, given=Richard"


def paper_of(block: Block) -> tuple[PaperRecord, str, list[str]]:
    """Return a paper, the note that stands with it, and what was read with a doubt."""
    raw = block.fields
    extra = unpacked(raw.get("verba", ""))
    said = dict(extra)
    fields = {name: readable(value) for name, value in raw.items() if name not in NAMES}
    fields |= {name: "; ".join(people(raw[name])[0]) for name in NAMES if name in raw}
    if "--" in raw.get("doi", ""):  # no dash of print
        fields["doi"] = verbatim(raw["doi"])
    authors, has_others, whole = people(raw.get("author", ""))
    work, venue, number = place(block.kind, fields, said)
    details = details_of(block.kind, work, fields, said)
    details |= {ET_AL: "1" if has_others and authors else "", ORGANIZATIONS: "; ".join(whole)}
    found_year = fields.get("year") or fields.get("date", "")
    paper = replace(
        told(appeared(venue, work, details), extra),
        title=title_of(fields),
        key=block.key,
        authors=authored(authors),
        year=year_of(found_year),
        month=month(fields),
        alias=fields.get("shorttitle", ""),
        abstract=fields.get("abstract", ""),
        topics=tuple(dict.fromkeys(readable(each) for each in listed(raw.get("keywords", "")))),
        identifiers=identified([*identifiers(fields, work, number), *extra]),
        links=linked([*links(raw), *(pair for pair in extra if pair[0] in LINK_KINDS)]),
    )
    warnings = []
    if found_year not in ("", "XXXX") and paper.year is None:
        warnings.append(f"The year “{found_year}” was not understood.")
    return paper, note_of(fields), warnings


def title_of(fields: Mapping[str, str]) -> str:
    """Return title and subtitle; of a volume without its own the title of all volumes."""
    title = fields.get("title") or fields.get("maintitle", "")
    return joined(title, fields.get("subtitle" if fields.get("title") else "mainsubtitle", ""))


def joined(title: str, subtitle: str) -> str:
    separator = " " if title[-1:] in (":", "?", "!", ".") else ": "
    return separator.join(part for part in (title, subtitle) if part)


def note_of(fields: Mapping[str, str]) -> str:
    notes = [fields.get(name, "") for name in ("annotation", "annote", "note")]
    return " ".join(dict.fromkeys(note for note in notes if note))


def month(fields: Mapping[str, str]) -> int | None:
    """Return the month of "June", "jun", "6", "10 June", or of a date."""
    printed = fields.get("month", "")
    if not year_of(fields.get("year") or fields.get("date", "")):
        return None
    if printed.isdecimal():
        return int(printed) if 1 <= int(printed) <= 12 else None
    words = [word[:3].lower() for word in re.findall("[A-Za-z]{3,}", printed)]
    known = [at for at, name in enumerate(MONTHS, 1) if name[:3].lower() in words]
    return known[0] if known else month_of(fields.get("date", ""))


def place(kind: str, fields: Mapping[str, str], said: Mapping[str, str]) -> tuple[str, str, str]:
    """Return what work it is, where it appeared as printed, and an arXiv number found there."""
    work = said.get("work") or WORKS.get(kind, "document")
    container = next((name for name in CONTAINERS if is_container(name, fields)), "")
    venue = fields.get(container) or said.get("csl:container-title", "")
    number = preprint_number(venue, fields.get("volume", ""))
    if "work" in said:
        return work, venue, ""
    is_arxiv = scheme_of(fields) == "arxiv" or "arxivid" in fields
    if number or ARXIV_VENUE.match(venue) or (is_arxiv and not venue and is_loose(work)):
        return "article", "arXiv", number
    subtitle = fields.get(container.replace("title", "subtitle"), "") if container else ""
    return work, joined(venue, "" if subtitle == venue else subtitle), ""


def is_container(name: str, fields: Mapping[str, str]) -> bool:
    return bool(fields.get(name)) and (name != "howpublished" or is_place(fields[name]))


def is_loose(work: str) -> bool:
    """Whether a kind of entry says nothing against a preprint."""
    return work in ("document", "webpage", "manuscript", "article-journal", "article", "report")


def details_of(
    kind: str, work: str, fields: Mapping[str, str], said: Mapping[str, str]
) -> dict[str, str]:
    details = {}
    for field, value in fields.items():
        if field in DETAILS and value:
            details[detail(kind, field)] = value
    if "location" in fields:
        details.setdefault("publisher-place", fields["location"])
    publisher = next((fields[name] for name in PUBLISHERS if fields.get(name)), "")
    if publisher:
        details["publisher"] = publisher
    if "page" in details:
        details["page"] = pages(details["page"])
    genre = GENRE_KEYS.get(details.get("genre", ""), details.get("genre") or GENRES.get(kind, ""))
    details["genre"] = "" if genre == NO_GENRE.get(work) else genre
    if work in WHOLE_BOOKS and identified([("isbn", details.get("ISBN", ""))]):
        details.pop("ISBN")
    if work == "article" and preprint_number("arXiv", details.get("volume", "")):
        details.pop("volume")
    details |= {name[4:]: value for name, value in said.items() if name.startswith("csl:")}
    details.pop("container-title", None)
    return dict(sorted(details.items()))


def identifiers(fields: Mapping[str, str], work: str, number: str) -> Iterator[tuple[str, str]]:
    yield "doi", fields.get("doi", "")
    yield scheme_of(fields), fields.get("eprint", "")
    yield "arxiv", fields.get("arxivid", "") or number
    yield "pubmed", fields.get("pmid", "")
    if work in WHOLE_BOOKS:
        yield "isbn", fields.get("isbn", "")


def scheme_of(fields: Mapping[str, str]) -> str:
    """Return whose number the eprint is; arXiv's where nothing is said and it looks like one."""
    said = fields.get("archiveprefix") or fields.get("eprinttype") or ""
    looks = re.match(r"(?:arxiv:)?(?:\d{4}\.\d{4,5}|[a-z-]+/\d{7})", fields.get("eprint", ""), re.I)
    return said.lower() or ("arxiv" if looks else "")


def links(raw: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield kind and address of every link, as LaTeX may have escaped it."""
    for name, kind in LINKS.items():
        for url in addresses(raw.get(name, "")):
            yield kind, url
    for url in addresses(raw.get("howpublished", "")):
        yield "paper", url


def addresses(value: str) -> list[str]:
    return URL.findall(verbatim(value.replace(r"\url", " ")))


def verbatim(value: str) -> str:
    """Return an address or a number, in which dashes are dashes, without LaTeX's escapes."""
    value = value.replace(r"\textasciitilde", "~").replace("{}", "")
    return re.sub(r"\\([%&#_~$])", r"\1", value.replace("{_}", "_").replace(r"{\_}", "_"))


def people(value: str) -> tuple[list[str], bool, list[str]]:
    """Return names as people print them, whether there are others, and which are no people's.

    Those stand in braces, and look without them as if they were.
    """
    text = SPACE.sub(" ", f" {value.strip()} ")
    names = [name.strip() for name in outside_braces(text, AND) if name.strip()]
    named = [name for name in names if name != "others"]
    whole = [name for each in named if is_whole(each) and " " in (name := readable(each))]
    return (
        [name for each in named if (name := person(each))],
        named != names,
        [name for name in whole if not needs_braces(name)],
    )


def person(value: str) -> str:
    """Return one name; in braces it is an organization's, whose commas turn nothing."""
    if is_whole(value):
        return readable(value)
    parts = outside_braces(value, re.compile(","))
    if all(NAMED_PART.match(part) for part in parts):
        said = dict(part.strip().split("=", 1) for part in parts)
        return " ".join(readable(said[name]) for name in NAME_PARTS if name in said)
    return turned(",".join(part.strip() for part in map(readable, parts)))


def is_whole(value: str) -> bool:
    """Whether one pair of braces stands about all of it."""
    return value.startswith("{") and value.endswith("}") and closes(value) == len(value) - 1


def closes(value: str) -> int:
    """Return where the brace that a value begins with is closed."""
    depth = 0
    for at, sign in enumerate(value):
        depth += (sign == "{") - (sign == "}")
        if not depth:
            return at
    return -1


def listed(value: str) -> list[str]:
    """Return keywords: what commas or semicolons part, outside braces."""
    return [part for each in outside_braces(value, re.compile("[,;]")) if (part := one_line(each))]


def outside_braces(value: str, separator: re.Pattern[str]) -> list[str]:
    """Return the parts of a value between separators that stand in no brace."""
    parts, start = [], 0
    opened = depths(value)
    for found in separator.finditer(value):
        if not opened[found.start()] and found.start() >= start:
            parts.append(value[start : found.start()])
            start = found.end()
    return [*parts, value[start:]]


def depths(value: str) -> list[int]:
    """Return for each character in how many braces it stands."""
    found, depth = [], 0
    for sign in value:
        found.append(depth)
        depth += (sign == "{") - (sign == "}")
    return found
