"""RIS, as reference managers exchange it: https://en.wikipedia.org/wiki/RIS_(file_format)."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import rispy
from rispy.config import TAG_KEY_MAPPING

from papers.entries import Document, Entry, Refused, Skipped
from papers.formats.cite_key import Keys, key_of
from papers.formats.citing import (
    ET_AL,
    LINK_KINDS,
    WHOLE_BOOKS,
    appeared,
    authored,
    details_of,
    has_others,
    identified,
    identifier,
    linked,
    month_of,
    one_line,
    organizations,
    packed,
    pages,
    spoken,
    told,
    type_of,
    unpacked,
    venue_of,
    year_of,
)
from papers.formats.person_names import OTHERS, named, turned
from papers.records import PaperRecord

WORKS = {
    "JOUR": "article-journal",
    "CPAPER": "paper-conference",
    "CONF": "paper-conference",
    "CHAP": "chapter",
    "BOOK": "book",
    "THES": "thesis",
    "RPRT": "report",
    "UNPB": "article",
    "ELEC": "webpage",
    "DATA": "dataset",
    "COMP": "software",
    "PAT": "patent",
    "MANSCPT": "manuscript",
    "MGZN": "article-magazine",
    "NEWS": "article-newspaper",
    "EJOUR": "article-journal",
    "INPR": "article-journal",
    "JFULL": "periodical",
    "ECHAP": "chapter",
    "EBOOK": "book",
    "EDBOOK": "book",
    "BLOG": "post-weblog",
    "SLIDE": "speech",
    "STAND": "standard",
    "ENCYC": "entry-encyclopedia",
}
TYPES = {work: type_ for type_, work in reversed(WORKS.items())}
VENUES = ("T2", "JF", "JO", "BT", "JA", "J2", "C3")
DETAILS = {
    "VL": "volume",
    "IS": "issue",
    "PB": "publisher",
    "CY": "publisher-place",
    "T3": "collection-title",
    "ET": "edition",
    "M3": "genre",
    "LA": "language",
    "SE": "chapter-number",
}
LINKS = {"UR": "paper", "L1": "paper", "L2": "paper", "LK": "paper"}
SEVERAL = ["AU", "A1", "A2", "A3", "A4", "ED", "KW", "UR", "L1", "L2", "LK", "N1", "SN"]
TAG = re.compile(r"([A-Z][A-Z0-9]) {0,2}-(?: (.*)|)", re.DOTALL)
TAGS = {tag: tag for tag in (*TAG_KEY_MAPPING, "BT", "ED", "LK", "JA")}


@dataclass(frozen=True, slots=True)
class Piece:
    """The lines of one reference, from its TY on."""

    line: int
    lines: tuple[str, ...]


def read(text: str) -> Document:
    """Read every reference; one that does not end ends where the next begins.

    Raises Refused where none begins.
    """
    before, pieces = parted(text.removeprefix("\ufeff"))
    if not pieces:
        raise Refused("This is no RIS: no line begins with “TY  - ”.")
    found = [entry_of(piece) for piece in pieces]
    return Document(
        entries=tuple(each for each in found if isinstance(each, Entry)),
        skipped=(*before, *(each for each in found if isinstance(each, Skipped))),
        format="ris",
        text=text,
    )


def parted(text: str) -> tuple[list[Skipped], list[Piece]]:
    """Return what stands before the first reference, and the references."""
    before, starts = [], []
    lines = [line.rstrip("\r") for line in text.split("\n")]
    for number, line in enumerate(lines, 1):
        found = TAG.fullmatch(line.strip())
        if found and found[1] == "TY":
            starts.append(number)
        elif line.strip() and not starts:
            before.append(Skipped(number, line, "before the first reference", is_fault=False))
    ends = [*(start - 1 for start in starts[1:]), len(lines)]
    spans = zip(starts, ends, strict=False)
    return before, [Piece(start, trimmed(lines[start - 1 : end])) for start, end in spans]


def trimmed(lines: list[str]) -> tuple[str, ...]:
    """Return lines without empty ones at the end."""
    end = len(lines)
    while end and not lines[end - 1].strip():
        end -= 1
    return tuple(lines[:end])


def entry_of(piece: Piece) -> Entry | Skipped:
    said = values(piece)
    text = "\n".join(piece.lines)
    paper = paper_of(said)
    if not paper.title:
        return Skipped(piece.line, text, "this reference has no title")
    tags = [found[1] for line in piece.lines if (found := TAG.fullmatch(line.strip()))]
    return Entry(
        paper,
        piece.line,
        len(piece.lines),
        text,
        note=" ".join(said.get("N1", [])),
        warnings=() if "ER" in tags else ("The line that ends it, “ER”, is missing.",),
    )


def values(piece: Piece) -> dict[str, list[str]]:
    """Return the values of a reference by tag, each as one line."""
    lines = []
    for line in piece.lines:
        found = TAG.fullmatch(line.strip())
        lines.append(f"{found[1]}  - {found[2] or ''}" if found else line)
    parsed = rispy.loads(
        "\n".join([*lines, "ER  - "]),
        mapping=TAGS,
        list_tags=SEVERAL,
        delimiter_tags_mapping={},
    )
    return {
        tag: [
            text
            for each in (value if isinstance(value, list) else [value])
            if (text := one_line(each))
        ]
        for tag, value in parsed[0].items()
        if isinstance(value, list | str)
    }


def first(said: Mapping[str, list[str]], *tags: str) -> str:
    return next((value for tag in tags for value in said.get(tag, [])), "")


def paper_of(said: Mapping[str, list[str]]) -> PaperRecord:
    extra = unpacked(first(said, "C1"))
    known = dict(extra)
    work = known.get("work") or WORKS.get(first(said, "TY"), "document")
    venue = "" if work in WHOLE_BOOKS else first(said, *VENUES)
    venue = venue or known.get("csl:container-title", "")
    work = "manuscript" if work == "article" and not venue and "work" not in known else work
    year = year_of(first(said, "PY", "Y1", "DA"))
    numbers = said.get("SN", [])
    books = [("isbn", number) for number in numbers] if work in WHOLE_BOOKS else []
    names = said.get("AU") or said.get("A1", [])
    links = [(kind, url) for tag, kind in LINKS.items() for url in said.get(tag, [])]
    return replace(
        told(appeared(venue, work, details_said(said, work, extra)), extra),
        title=first(said, "TI", "T1", "CT"),
        key=first(said, "ID"),
        authors=authored(turned(name) for name in names if not OTHERS.fullmatch(name)),
        year=year,
        month=month_of(first(said, "DA")) or month_of(first(said, "PY", "Y1")) if year else None,
        abstract=first(said, "AB", "N2"),
        topics=tuple(dict.fromkeys(said.get("KW", []))),
        identifiers=identified([("doi", first(said, "DO")), *books, *extra]),
        links=linked([*links, *(pair for pair in extra if pair[0] in LINK_KINDS)]),
    )


def details_said(
    said: Mapping[str, list[str]], work: str, extra: Iterable[tuple[str, str]]
) -> dict[str, str]:
    details = {name: first(said, tag) for tag, name in DETAILS.items()}
    start, end = first(said, "SP"), first(said, "EP")
    details["page"] = pages(f"{start}-{end}" if start and end else start)
    details["editor"] = "; ".join(
        turned(name) for tag in ("A2", "ED") for name in said.get(tag, [])
    )
    numbers = said.get("SN", [])
    if not (work in WHOLE_BOOKS and identified([("isbn", number) for number in numbers])):
        name = "ISSN" if len(re.sub(r"\W", "", first(said, "SN"))) == 8 else "ISBN"
        details[name] = first(said, "SN")
    if work in WHOLE_BOOKS:  # what a book is part of is its series
        details["collection-title"] = first(said, "T3", "T2")
    details |= {name[4:]: value for name, value in extra if name.startswith("csl:")}
    are_others = [
        bool(OTHERS.fullmatch(name)) for tag in ("AU", "A1") for name in said.get(tag, [])
    ]
    details[ET_AL] = "1" if any(are_others) and not all(are_others) else ""
    details.pop("container-title", None)
    return dict(sorted(details.items()))


def dumps(papers: Iterable[PaperRecord]) -> str:
    """Return references in the order of the papers; each has an ID of its own."""
    keys = Keys()
    return "\n".join(reference(paper, keys.take(key_of(paper))) for paper in papers)


def reference(paper: PaperRecord, key: str) -> str:
    work = type_of(paper)
    lines = [("TY", TYPES.get(work, "GEN")), *tagged(paper, key), *detailed(paper, work)]
    full = [(tag, text) for tag, value in lines if (text := one_line(value))]
    return "".join(f"{tag}  - {value}\n" for tag, value in full) + "ER  - \n"


def tagged(paper: PaperRecord, key: str) -> Iterator[tuple[str, str]]:
    yield "ID", key
    yield "TI", paper.title
    whole, names = organizations(paper), [author.name for author in paper.authors]
    yield from (("AU", one_line(name) if name in whole else inverted(name)) for name in names)
    yield "AU", "et al." if has_others(paper) else ""
    yield "T2", "" if type_of(paper) in WHOLE_BOOKS else venue_of(paper)
    yield "PY", str(paper.year or "")
    yield "DA", f"{paper.year}/{paper.month:02}//" if paper.year and paper.month else ""
    yield "DO", identifier(paper, "doi")
    yield from (("UR", link.url) for link in paper.links if link.kind == "paper")
    yield from (("KW", topic) for topic in paper.topics)
    yield "AB", paper.abstract
    yield "N1", paper.note


def detailed(paper: PaperRecord, work: str) -> Iterator[tuple[str, str]]:
    """Yield the details that have a tag, and one tag for all that has none."""
    details = details_of(paper)
    yield from ((tag, details.pop(name, "")) for tag, name in DETAILS.items())
    span = re.fullmatch("([^-]+)-([^-]+)", details.get("page", ""))
    if span:
        yield from zip(("SP", "EP"), span.groups(), strict=True)
        details.pop("page")
    else:
        yield "SP", details.pop("page", "")
    yield from (("A2", inverted(name)) for name in details.pop("editor", "").split("; "))
    isbn = identifier(paper, "isbn") if work in WHOLE_BOOKS else ""
    for name, is_written in (("ISBN", True), ("ISSN", len(details.get("ISSN", "")) == 9)):
        if not isbn and is_written and details.get(name):
            isbn = details.pop(name)
            break
    yield "SN", isbn
    shown = (("doi", identifier(paper, "doi")), ("isbn", isbn))
    yield (
        "C1",
        packed(
            [
                ("work", "" if is_plain(paper, work) else work),
                ("csl:container-title", venue_of(paper) if work in WHOLE_BOOKS else ""),
                *spoken(paper),
                *((f"csl:{name}", value) for name, value in details.items()),
                *(pair for pair in paper.identifiers if pair not in shown),
                *((link.kind, link.url) for link in paper.links if link.kind != "paper"),
            ]
        ),
    )


def is_plain(paper: PaperRecord, work: str) -> bool:
    """Whether reading finds the kind of work by its type alone."""
    return bool(paper.venue) if work == "article" else work == "document" or work in TYPES


def inverted(printed: str) -> str:
    """Return "Beethoven, Ludwig van" and "King, Martin, Jr", which `turned` undoes."""
    name = named(one_line(printed))
    if not name.given:
        return str(name)
    given = " ".join(part for part in (name.given, name.particle) if part)
    return ", ".join(part for part in (name.family, given, name.suffix) if part)
