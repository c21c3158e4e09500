"""Lists of a conference's papers as papercopilot keeps them: github.com/papercopilot/paperlists.

They say neither venue nor year but in the BibTeX of a paper, and in the name of the file.
"""

import re

from papers.entries import Document, Entry, Refused, Skipped
from papers.formats.cleaning import address, line, paragraphs, people, several, year_and_month
from papers.formats.json_lists import Object, objects, parsed
from papers.formats.openreview_json import NAMES_OF_DETAILS, cited
from papers.formats.table_rows import NOT_IN, UNDECIDED
from papers.identifiers import identifiers_for, identifiers_of
from papers.records import LinkRecord, PaperRecord
from papers.venue_names import marks_of

FILE_NAME = re.compile(r"(?:.*[_/])?([a-z]+)[-_]?((?:19|20)\d\d)(?:\.json)?$", re.IGNORECASE)
LINKS = {
    "site": "paper",
    "openreview": "paper",
    "pdf": "paper",
    "arxiv": "paper",
    "github": "code",
    "project": "project",
    "video": "video",
    "youtube": "video",
    "slides": "slides",
    "poster": "other",
}


def is_one(found: list[Object]) -> bool:
    """Whether objects are of this kind: their authors stand in one text, beside a status."""
    first = found[0] if found else {}
    return isinstance(first.get("author"), str) and bool({"status", "site"} & first.keys())


def read(text: str, file_name: str = "") -> Document:
    """Read a list; what is rejected or withdrawn is reported as no paper."""
    found = objects(parsed(text))
    if not is_one(found):
        raise Refused("This JSON is no list of papers as papercopilot keeps them.")
    named = FILE_NAME.match(file_name)
    venue, year = (named[1], int(named[2])) if named else ("", None)
    entries, skipped = [], []
    for number, one in enumerate(found, start=1):
        title, status = line(one.get("title")), line(one.get("status"))
        if not title:
            skipped.append(Skipped(number, line(one.get("id")), "title: found nothing"))
        elif NOT_IN.search(status) or UNDECIDED.match(status):
            reason = f"status: “{status}” is no paper of a programme"
            skipped.append(Skipped(number, title, reason, is_fault=False))
        else:
            marks = (status,) if any(marks_of(status)) else ()
            note = paragraphs(one.get("tldr"))
            entries.append(Entry(_paper(one, venue, year), number, marks=marks, note=note))
    return Document(tuple(entries), skipped=tuple(skipped), format="papercopilot_json", text=text)


def _paper(one: Object, venue: str, year: int | None) -> PaperRecord:
    quoted = cited(one.get("bibtex"))
    status = line(one.get("status"))
    presentation, award = marks_of(status)
    is_workshop = "workshop" in f"{status} {line(one.get('track'))}".lower()
    links = _links(one)
    doi = identifiers_for("doi", line(one.get("doi")) or quoted.get("doi", ""))
    named = [pair for link in links if link.kind == "paper" for pair in identifiers_of(link.url)]
    return PaperRecord(
        title=line(one.get("title")),
        authors=people(one.get("author", ""), one.get("aff")),
        venue=quoted.get("booktitle") or quoted.get("journal") or venue,
        is_workshop=is_workshop,
        year=year_and_month(quoted.get("year"))[0] or year,
        presentation=presentation,
        award=line(one.get("award")) or award,
        abstract=paragraphs(one.get("abstract")),
        topics=several(one.get("keywords", "")),
        identifiers=tuple(dict.fromkeys((*doi, *named))),
        links=links,
        details=tuple(
            (ours, quoted[name]) for name, ours in NAMES_OF_DETAILS.items() if quoted.get(name)
        ),
    )


def _links(one: Object) -> tuple[LinkRecord, ...]:
    links = []
    for name, kind in LINKS.items():
        found = address(one.get(name))
        if found:
            links.append(LinkRecord(kind, found))
    return tuple(dict.fromkeys(links))
