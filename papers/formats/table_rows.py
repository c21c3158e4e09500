"""Rows of a table as papers: every cell read as its column wants it, or the row reported."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from eventsite.codes import ALPHABET, LENGTH
from eventsite.formulas import unguarded
from papers.entries import Document, Entry, Refused, Skipped
from papers.formats.citing import unpacked
from papers.formats.cleaning import (
    address,
    line,
    month_of,
    paragraphs,
    people,
    several,
    year_and_month,
)
from papers.formats.table_columns import mapped
from papers.identifiers import identifiers_for
from papers.records import AuthorRecord, LinkRecord, PaperRecord
from papers.venue_names import marks_of

MOST_ROWS = 200_000
CODE = re.compile(rf"P[{ALPHABET}]{{{LENGTH - 1}}}")
NOT_IN = re.compile(
    r"\b(?:reject|withdr[ae]w|declin|retract|delet|desk|not accepted|abgelehnt|zurückgezogen)",
    re.IGNORECASE,
)
UNDECIDED = re.compile(
    r"^(?:awaiting.*|undecided|no decision|pending|under review|in review|submitted|submission"
    r"|draft|unspecified|none|tbd|\?)$",
    re.IGNORECASE,
)
YES = ("yes", "true", "1", "x", "✔", "y", "ja", "oui", "sí")
LINKS = {  # column -> kind of link
    "url": "paper",
    "pdf": "paper",
    "code_url": "code",
    "video": "video",
    "slides": "slides",
    "project": "project",
    "dataset": "dataset",
}
KINDS = (*dict.fromkeys(LINKS.values()), "version", "discussion", "other")
VENUE_KINDS = ("conference", "journal", "book", "preprint", "other")
SCHEMES = ("doi", "arxiv", "openreview", "isbn", "pubmed")
DETAILS = ("page", "volume", "issue", "publisher")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its cells, and where and how it stands in the file."""

    line: int
    cells: Sequence[object]
    lines: int = 1
    text: str = ""


class Unfit(ValueError):
    """A cell that is not what its column wants: column, what was found, what was expected."""

    def __init__(self, field: str, found: object, expected: str):
        shown = line(found)
        what = f"“{shown[:80]}”" if shown else "nothing"
        super().__init__(f"{field}: found {what}, expected {expected}")


class NoPaper(ValueError):
    """A row that is rightly no paper of a programme, with the reason."""


class Table:
    """Reads the rows of one table; authors, venues and the like are kept once, not per row."""

    def __init__(self, headers: Sequence[str], chosen: Mapping[str, str]):
        self.headers = [line(header) for header in headers]
        self.columns = mapped(self.headers, chosen)
        self.entries: list[Entry] = []
        self.skipped: list[Skipped] = []
        self.seen: dict[tuple[str, str], int] = {}  # field and value -> line
        self.at_number: dict[str, int] = {}  # where the paper of a number stands in the entries
        self.texts: dict[str, str] = {}
        self.people: dict[AuthorRecord, AuthorRecord] = {}

    def read(self, rows: Iterable[Row], most: int = MOST_ROWS) -> None:
        for count, row in enumerate(rows, start=1):
            if count > most:
                raise Refused(f"The table has more than {most:,} rows; split it.")
            if any(cell not in (None, "") for cell in row.cells):
                self._read(row)

    def document(self, format: str, text: str = "") -> Document:
        unread = [name for at, name in enumerate(self.headers) if name and at not in self.columns]
        said = [
            Skipped(1, name, f"the column “{name}” is not read: it is none we know", is_fault=False)
            for name in unread
        ]
        if not self.entries and not self.skipped:
            raise Refused("The table has a first row that names columns, and no papers below it.")
        mapping = {self.headers[at]: field for at, field in sorted(self.columns.items())}
        skipped = (*said, *self.skipped)
        return Document(
            tuple(self.entries), skipped=skipped, format=format, text=text, mapping=mapping
        )

    def _read(self, row: Row) -> None:
        try:
            beyond = [cell for cell in row.cells[len(self.headers) :] if cell not in (None, "")]
            if beyond:
                raise Unfit("behind the last column", beyond[0], "no more cells than headers")
            cells = {
                field: unguarded(row.cells[at])
                for at, field in self.columns.items()
                if at < len(row.cells) and row.cells[at] not in (None, "")
            }
            if self._adds_an_author(cells):
                return
            paper = self._paper(cells)
            self._refuse_twice(cells, row.line)
        except (Unfit, NoPaper) as reason:
            is_fault = isinstance(reason, Unfit)
            text = row.text or " | ".join(filter(None, map(line, row.cells)))
            self.skipped.append(Skipped(row.line, text, f"row {row.line}, {reason}", is_fault))
            return
        self.at_number[line(cells.get("number"))] = len(self.entries)
        note = paragraphs(cells.get("note"))
        said = (line(cells.get(field)) for field in ("presentation", "decision", "award"))
        marks = tuple(mark for mark in said if any(marks_of(mark)))
        self.entries.append(Entry(paper, row.line, row.lines, row.text, marks=marks, note=note))

    def _paper(self, cells: Mapping[str, object]) -> PaperRecord:
        title = line(cells.get("title"))
        if not re.search(r"\w", title):
            raise Unfit("title", cells.get("title"), "a title")
        decision = line(cells.get("decision"))
        if decision and (NOT_IN.search(decision) or UNDECIDED.match(decision)):
            raise NoPaper(f"decision: “{decision}” is no paper of a programme")
        if line(cells.get("deleted")).lower() in YES:
            raise NoPaper("deleted: it is no paper any more")
        shown = " ".join(line(cells.get(field)) for field in ("presentation", "decision"))
        presentation, award = marks_of(shown)
        year, month = _year(cells)
        code = line(cells.get("code"))
        return PaperRecord(
            title=title,
            code=code if CODE.fullmatch(code) else "",
            key=line(cells.get("key")),
            authors=self._authors(cells),
            venue=self._once(line(cells.get("venue"))),
            venue_short=self._once(line(cells.get("venue_short"))),
            venue_kind=_kind(cells),
            is_workshop=line(cells.get("is_workshop")).lower() in YES,
            year=year,
            month=month,
            presentation=presentation,
            award=line(cells.get("award")) or award,
            alias=line(cells.get("alias")),
            abstract=paragraphs(cells.get("abstract")),
            topics=tuple(map(self._once, several(cells.get("topics")))),
            identifiers=_identifiers(cells),
            links=_links(cells),
            details=(
                *((name, line(cells[name])) for name in DETAILS if name in cells),
                *unpacked(line(cells.get("details"))),
            ),
        )

    def _authors(self, cells: Mapping[str, object]) -> tuple[AuthorRecord, ...]:
        if "last" in cells and "authors" not in cells:
            name = " ".join(filter(None, (line(cells.get("first")), line(cells["last"]))))
            found: Iterable[AuthorRecord] = [AuthorRecord(name, line(cells.get("affiliations")))]
        else:
            found = people(cells.get("authors", ""), cells.get("affiliations"))
        return tuple(self.people.setdefault(author, author) for author in found)

    def _once(self, text: str) -> str:
        return self.texts.setdefault(text, text)

    def _adds_an_author(self, cells: Mapping[str, object]) -> bool:
        """Whether a row is one more author of the paper above, as in HotCRP's list of authors."""
        at = self.at_number.get(line(cells.get("number")))
        if at is None or "last" not in cells or "authors" in cells:
            return False
        entry = self.entries[at]
        paper = replace(entry.paper, authors=(*entry.paper.authors, *self._authors(cells)))
        self.entries[at] = replace(entry, paper=paper)
        return True

    def _refuse_twice(self, cells: Mapping[str, object], at: int) -> None:
        for field in ("number", "key", "code"):
            value = line(cells.get(field))
            if not value or (field == "code" and not CODE.fullmatch(value)):
                continue
            first = self.seen.setdefault((field, value), at)
            if first != at:
                raise Unfit(field, value, f"each once: row {first} has it as well")


def _year(cells: Mapping[str, object]) -> tuple[int | None, int | None]:
    year, month = year_and_month(cells.get("year"))
    if "year" in cells and year is None:
        raise Unfit("year", cells["year"], "a year of four digits")
    if "month" in cells:
        month = month_of(cells["month"])
        if month is None:
            raise Unfit("month", cells["month"], "a month: 1 to 12, or its name")
    return year, month if year else None


def _kind(cells: Mapping[str, object]) -> str:
    said = line(cells.get("venue_kind")).lower()
    return said if said in VENUE_KINDS else ""


def _identifiers(cells: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    said = [(scheme, line(cells[scheme])) for scheme in SCHEMES if scheme in cells]
    said += [
        (scheme.strip(), value.strip())
        for scheme, colon, value in (
            one.partition(":") for one in several(cells.get("identifiers", ""))
        )
        if colon
    ]
    found: list[tuple[str, str]] = []
    for scheme, value in said:
        pairs = identifiers_for(scheme, value)
        if not pairs and scheme in ("doi", "isbn"):
            raise Unfit(scheme, value, "a DOI (10.…)" if scheme == "doi" else "an ISBN")
        found += pairs
    return tuple(dict.fromkeys(found))


def _links(cells: Mapping[str, object]) -> tuple[LinkRecord, ...]:
    links = []
    for field, kind in LINKS.items():
        for part in line(cells.get(field)).split():
            url = address(part)
            if not url and field == "url":
                raise Unfit(field, part, "an address that begins with https:// or http://")
            if url:
                links.append(LinkRecord(kind, url))
    for part in line(cells.get("links")).split("; "):
        kind, _, said = part.partition(":")
        if address(said):
            links.append(LinkRecord(kind if kind in KINDS else "other", address(said)))
    code = address(cells.get("code"))
    return tuple(dict.fromkeys([*links, LinkRecord("code", code)] if code else links))
