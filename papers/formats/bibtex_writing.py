"""What a BibTeX entry says of a paper, field by field: whatever biber takes without a warning.

What a kind of entry has no field for stands in `verba`, which BibLaTeX leaves to its users and
prints nowhere.
"""

import re
from collections.abc import Iterator, Mapping
from urllib.parse import quote

from papers.formats.bibtex_blocks import MONTHS as MONTH_NAMES
from papers.formats.bibtex_kinds import (
    DETAILS,
    FIELDS,
    NAMES,
    NEEDED,
    NO_GENRE,
    PUBLISHERS,
    WORKS,
    WRITTEN,
    detail,
    is_place,
)
from papers.formats.citing import (
    ARXIV_VENUE,
    ORGANIZATIONS,
    WHOLE_BOOKS,
    details_of,
    has_others,
    identifier,
    one_line,
    organizations,
    packed,
    spoken,
    type_of,
    venue_of,
)
from papers.formats.latex import escaped, titled
from papers.formats.person_names import named, needs_braces
from papers.records import PaperRecord

EPRINTS = {"arxiv": "arXiv", "hal": "HAL", "pubmed": "pubmed"}
UNKNOWN_DATE = "XXXX"  # a year that nobody knows: ISO 8601-2, as biber reads it
MONTHS = {at: name[:3].lower() for at, name in enumerate(MONTH_NAMES, 1)}
VERBATIM = str.maketrans({sign: quote(sign) for sign in ' {}\\"<>|^`'})


def fields_of(paper: PaperRecord) -> tuple[str, list[tuple[str, str]]]:
    """Return kind of entry, and names and values of its fields, in braces where they need them."""
    work = type_of(paper)
    details = details_of(paper)
    details.pop(ORGANIZATIONS, None)
    if work in WHOLE_BOOKS and identifier(paper, "isbn"):
        details["ISBN"] = identifier(paper, "isbn")
    scheme, number = eprint_of(paper)
    url = next((verbatim(link.url) for link in paper.links if link.kind == "paper"), "")
    kind = kind_of(work, paper, details, url)
    fields = {
        "author": " and ".join(people(paper)),
        "title": titled(one_line(paper.title)),
        "shorttitle": escaped(one_line(paper.alias)),
        container(kind): escaped(contained(kind, paper)),
        **when(paper),
        **detailed(kind, work, details),
        "doi": verbatim(identifier(paper, "doi")),
        "eprint": verbatim(number),
        "archiveprefix": EPRINTS.get(scheme, ""),
        "url": url,
        "keywords": ", ".join(keyword(each) for each in paper.topics),
        "abstract": escaped(one_line(paper.abstract)),
        "annotation": escaped(one_line(paper.note)),
    }
    fields = {name: value for name, value in fields.items() if value and name in FIELDS[kind]}
    if is_plain_preprint(paper, kind):
        fields.pop(container(kind), None)
    fields["verba"] = packed(extras(paper, kind, work, details, fields))
    return kind, [
        (name, value if name == "month" else f"{{{value}}}")
        for name, value in fields.items()
        if value
    ]


def kind_of(work: str, paper: PaperRecord, details: Mapping[str, str], url: str) -> str:
    """Return the first kind of entry that has all it needs; who wrote it may not be known."""
    has = {
        "author": paper.authors or not details.get("editor"),
        "editor": details.get("editor"),
        "journal": paper.venue,
        "booktitle": paper.venue,
        "institution": details.get("publisher"),
        "number": details.get("number"),
        "url": url,
    }
    kinds = (*WRITTEN.get(work, ()), "misc")
    return next(kind for kind in kinds if all(has[name] for name in NEEDED.get(kind, ())))


def container(kind: str) -> str:
    """Return the field that says where an entry of a kind appeared; none has most of these."""
    names = [name for name in ("journal", "booktitle", "howpublished") if name in FIELDS[kind]]
    return names[0] if names else "journal"


def contained(kind: str, paper: PaperRecord) -> str:
    """Return where a paper appeared when its field is read as just that."""
    venue = venue_of(paper)
    return venue if container(kind) != "howpublished" or is_place(venue) else ""


def publisher(kind: str) -> str:
    return next((name for name in PUBLISHERS if name in FIELDS[kind]), "publisher")


def is_plain_preprint(paper: PaperRecord, kind: str) -> bool:
    """Whether the eprint alone says where it is: reading finds arXiv in it."""
    is_arxiv = paper.venue_kind == "preprint" and paper.venue == "arXiv" and not paper.is_workshop
    return kind == "misc" and is_arxiv and bool(identifier(paper, "arxiv"))


def when(paper: PaperRecord) -> dict[str, str]:
    if paper.year is None:
        return {"date": UNKNOWN_DATE}
    return {"year": str(paper.year), "month": MONTHS[paper.month] if paper.month else ""}


def eprint_of(paper: PaperRecord) -> tuple[str, str]:
    """Return the first identifier that is an eprint: scheme and value."""
    return next((pair for pair in paper.identifiers if pair[0] in EPRINTS), ("", ""))


def detailed(kind: str, work: str, details: Mapping[str, str]) -> dict[str, str]:
    """Return the fields of details that a kind of entry has, each valid for biber."""
    found = {publisher(kind): escaped(details.get("publisher", ""))}
    for field in DETAILS:
        value = details.get(detail(kind, field), "")
        if field in NAMES:
            found[field] = " and ".join(person(name) for name in value.split("; ") if name)
        elif field == "pages":
            found[field] = escaped(value).replace("-", "--")
        elif CHECKS.get(field, bool)(value):
            found[field] = escaped(value)
    if kind in NO_GENRE:
        found["type"] = found.get("type") or NO_GENRE[kind]
    return found


def extras(
    paper: PaperRecord,
    kind: str,
    work: str,
    details: Mapping[str, str],
    fields: Mapping[str, str],
) -> Iterator[tuple[str, str]]:
    """Yield names and values of what the fields of this kind do not say."""
    venue, is_plain = venue_of(paper), is_plain_preprint(paper, kind)
    is_doubtful = ARXIV_VENUE.match(venue) or (eprint_of(paper)[0] == "arxiv" and not venue)
    is_said = work == WORKS.get(kind, "document")
    if work != "document" and not is_plain and (is_doubtful or not is_said):
        yield "work", work
    if venue and container(kind) not in fields and not is_plain:
        yield "csl:container-title", venue
    said = {detail(kind, field) for field in DETAILS if field in fields}
    said |= {"publisher"} if publisher(kind) in fields else set()
    said |= {"ISBN"} if work in WHOLE_BOOKS and identifier(paper, "isbn") else set()
    yield from ((f"csl:{name}", value) for name, value in details.items() if name not in said)
    yield from (pair for pair in spoken(paper) if pair[0] != "alias")
    shown = [("doi", identifier(paper, "doi")), eprint_of(paper)]
    shown += [("isbn", details.get("ISBN", ""))] if "isbn" in fields else []
    yield from (pair for pair in paper.identifiers if pair not in shown)
    url = fields.get("url")
    yield from ((link.kind, link.url) for link in paper.links if verbatim(link.url) != url)


def people(paper: PaperRecord) -> Iterator[str]:
    """Yield the authors, and "others" for those that are not named."""
    known = organizations(paper)
    for author in paper.authors:
        yield person(author.name, author.name in known)
    if has_others(paper):
        yield "others"


def person(printed: str, is_whole: bool = False) -> str:
    """Return a name as BibTeX reads it; one that it would take apart wrongly stands in braces."""
    name = one_line(printed)
    if is_whole or needs_braces(name):
        return f"{{{escaped(name)}}}"
    parts = named(name)
    if parts.suffix:
        family = " ".join(part for part in (parts.particle, parts.family) if part)
        return ", ".join(map(escaped, (family, parts.suffix, parts.given)))
    return escaped(name)


def keyword(topic: str) -> str:
    text = escaped(one_line(topic))
    return f"{{{text}}}" if re.search("[,;]", text) else text


def verbatim(value: str) -> str:
    """Return an address or identifier for a field that LaTeX does not read."""
    return one_line(value).translate(VERBATIM)


def is_number(value: str) -> bool:
    """Whether an ISBN or ISSN is one by its last digit."""
    signs = re.sub("[- ]", "", value).upper()
    if not re.fullmatch("[0-9]{7}[0-9X]|[0-9]{9}[0-9X]|[0-9]{13}", signs):
        return False
    digits = [10 if sign == "X" else int(sign) for sign in signs]
    if len(digits) == 13:
        return sum(digits[::2], 3 * sum(digits[1::2])) % 10 == 0
    return sum(at * digit for at, digit in enumerate(reversed(digits), 1)) % 11 == 0


def is_whole(value: str) -> bool:
    return bool(re.fullmatch("[0-9]+", value))


CHECKS = {"isbn": is_number, "issn": is_number, "volume": is_whole, "volumes": is_whole}
