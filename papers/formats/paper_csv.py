"""Papers as a table (RFC 4180), a row each: for spreadsheets, and to be read back.

Several values in a cell stand apart by "; ". No cell holds a line end or is run as a formula.
"""

import csv
import io
from collections.abc import Iterable

from eventsite.formulas import guarded
from papers.formats.citing import one_line, packed
from papers.records import PaperRecord

_COLUMNS = (
    "code key title authors affiliations venue venue_short venue_kind is_workshop year month"
    " presentation award alias abstract topics identifiers links details note"
)
COLUMNS = tuple(_COLUMNS.split())


def dumps(papers: Iterable[PaperRecord]) -> str:
    """Return the table with its header."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for paper in papers:
        row = cells(paper)
        writer.writerow(guarded(one_line(row[column])) for column in COLUMNS)
    return text.getvalue()


def cells(paper: PaperRecord) -> dict[str, str]:
    affiliations = [author.affiliation for author in paper.authors]
    return {
        "code": paper.code,
        "key": paper.key,
        "title": paper.title,
        "authors": "; ".join(author.name for author in paper.authors),
        "affiliations": "; ".join(affiliations) if any(affiliations) else "",
        "venue": paper.venue,
        "venue_short": paper.venue_short,
        "venue_kind": paper.venue_kind,
        "is_workshop": "yes" if paper.is_workshop else "",
        "year": str(paper.year or ""),
        "month": str(paper.month or ""),
        "presentation": paper.presentation,
        "award": paper.award,
        "alias": paper.alias,
        "abstract": paper.abstract,
        "topics": "; ".join(paper.topics),
        "identifiers": "; ".join(f"{scheme}:{value}" for scheme, value in paper.identifiers),
        "links": "; ".join(f"{link.kind}:{link.url}" for link in paper.links),
        "details": packed((name, str(value)) for name, value in paper.details),
        "note": paper.note,
    }
