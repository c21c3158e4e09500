"""What all citations of a paper agree on: its kind of work, and text that any file can hold.

What a format has no field for stands in a field of the user's own, as in an address:
"code=https://…&award=Best%20paper".
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from urllib.parse import parse_qsl, quote, urlencode

from papers.identifiers import identifiers_for
from papers.records import AuthorRecord, LinkRecord, PaperRecord, identifier_address

# The kind of work by the kind of its venue, in the words of CSL 1.0.2, and back.
TYPES = {
    "conference": "paper-conference",
    "journal": "article-journal",
    "book": "chapter",
    "preprint": "article",
}
VENUE_KINDS = {type_: kind for kind, type_ in TYPES.items()}
PRESENTATIONS = ("oral", "spotlight", "poster")
WORKSHOP = "Workshop at "  # how a citation says that a paper was at a workshop of its venue
LINK_KINDS = frozenset(
    ("paper", "code", "version", "project", "slides", "video", "dataset", "discussion", "other")
)
ET_AL, ORGANIZATIONS = "et-al", "organizations"  # names of ours among the details
_SCHEMES = "doi arxiv openreview acl neurips pmlr cvf aaai ijcai jmlr ieee pubmed hal isbn"
SCHEMES = frozenset(_SCHEMES.split())
WHOLE_BOOKS = frozenset(("book", "thesis", "report"))  # an ISBN is theirs, else their volume's
# Controls but tab and line ends, and what no file in UTF-8 or XML may hold.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
PACKED = re.compile(r"[\w:.-]+=[^&\s]*(?:&[\w:.-]+=[^&\s]*)*", re.ASCII)
ARXIV_VENUE = re.compile(r"arxiv|corr\b", re.IGNORECASE)
PREPRINT_NUMBER = re.compile(r"(?:arxiv:|abs/)\s*([\w./-]+\d)", re.IGNORECASE)


def clean(text: str) -> str:
    """Return text without what no file may hold; line ends and spaces stay."""
    return unicodedata.normalize("NFC", UNWRITABLE.sub("", text))


def one_line(text: str) -> str:
    return " ".join(clean(text).split())


def type_of(paper: PaperRecord) -> str:
    """Return what kind of work a paper is, in the words of CSL."""
    return dict(paper.details).get("type") or TYPES.get(paper.venue_kind, "document")


def venue_of(paper: PaperRecord) -> str:
    """Return where a paper appeared, in words that `appeared` understands."""
    return one_line(f"{WORKSHOP if paper.is_workshop else ''}{paper.venue}")


def appeared(venue: str, type_: str, details: Mapping[str, str]) -> PaperRecord:
    """Return a paper without a title that says where it appeared: the base of what is read."""
    kind = VENUE_KINDS.get(type_, "")
    said = {} if kind or type_ == "document" else {"type": type_}
    return PaperRecord(
        title="",
        venue=venue.removeprefix(WORKSHOP),
        venue_kind=kind,
        is_workshop=venue.startswith(WORKSHOP),
        details=tuple((said | {name: value for name, value in details.items() if value}).items()),
    )


def address_of(paper: PaperRecord) -> str:
    """Return the best address of a paper: its first link, else where an identifier leads."""
    links = [link.url for link in paper.links if link.kind == "paper"]
    found = [identifier_address(*pair) for pair in paper.identifiers]
    return next((url for url in (*links, *found) if url), "")


def identifier(paper: PaperRecord, scheme: str) -> str:
    return next((value for name, value in paper.identifiers if name == scheme), "")


def identified(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return identifiers as they are stored, each once."""
    known = [pair for pair in pairs if pair[0] in SCHEMES and pair[1]]
    return tuple(dict.fromkeys(each for pair in known for each in identifiers_for(*pair)))


def linked(pairs: Iterable[tuple[str, str]]) -> tuple[LinkRecord, ...]:
    """Return links of kind and address, each address once; what is no web address is none."""
    found: dict[str, LinkRecord] = {}
    for kind, url in pairs:
        if re.match(r"(?:https?|ftp)://\S+$", url):
            found.setdefault(url, LinkRecord(kind, url))
    return tuple(found.values())


def authored(names: Iterable[str]) -> tuple[AuthorRecord, ...]:
    return tuple(AuthorRecord(name, "") for name in names if name)


def has_others(paper: PaperRecord) -> bool:
    """Whether a paper has more authors than are named."""
    return bool(paper.authors) and ET_AL in dict(paper.details)


def organizations(paper: PaperRecord) -> set[str]:
    """Return the authors that are no people though their names look like people's."""
    return set(dict(paper.details).get(ORGANIZATIONS, "").split("; "))


def details_of(paper: PaperRecord) -> dict[str, str]:
    """Return what else a citation says; kind of work and other authors are said elsewhere."""
    details = {name: one_line(str(value)) for name, value in paper.details}
    return {name: value for name, value in details.items() if name not in ("type", ET_AL)}


def year_of(printed: str) -> int | None:
    """Return the first year of four digits: of "2018", "2018-06-12", "c. 1890"."""
    found = re.search(r"(?<!\d)[1-9]\d{3}(?!\d)", printed)
    return int(found[0]) if found else None


def month_of(printed: str) -> int | None:
    """Return the month of "2018-06-12" and of "2018/06/12/"."""
    found = re.match(r"\d{4}[-/](0?[1-9]|1[0-2])(?!\d)", printed.strip())
    return int(found[1]) if found else None


def pages(printed: str) -> str:
    """Return pages as CSL writes them, with one hyphen: "1-10"."""
    return re.sub(r"\s*[-‐-―−]+\s*", "-", printed)


def preprint_number(venue: str, volume: str) -> str:
    """Return the arXiv number that some write into the journal or, as DBLP, the volume."""
    found = PREPRINT_NUMBER.search(f"{venue} {volume}") if ARXIV_VENUE.match(venue) else None
    return found[1] if found else ""


def packed(pairs: Iterable[tuple[str, str]]) -> str:
    """Return names and values in one word of ASCII, which no format takes apart."""
    plain = [(name, clean(value)) for name, value in pairs if value]
    return urlencode(plain, quote_via=quote, safe=":/").replace("~", "%7E")


def unpacked(text: str) -> list[tuple[str, str]]:
    """Undo `packed`; what is no such text holds nothing."""
    return parse_qsl(text) if PACKED.fullmatch(text) else []


def spoken(paper: PaperRecord) -> Iterator[tuple[str, str]]:
    """Yield what hardly a format has a field for: how it was presented, its award, its name."""
    yield "presented", paper.presentation
    yield "award", one_line(paper.award)
    yield "alias", one_line(paper.alias)


def told(paper: PaperRecord, pairs: Iterable[tuple[str, str]]) -> PaperRecord:
    """Return a paper with what `spoken` says of it among other pairs."""
    said = dict(pairs)
    shown = said.get("presented", "")
    return replace(
        paper,
        presentation=shown if shown in PRESENTATIONS else "",
        award=said.get("award", ""),
        alias=said.get("alias", ""),
    )
