"""Notes of OpenReview as its two interfaces give them, and as MiniConf kept those of ICLR 2020.

https://docs.openreview.net/reference/api-v2: in version 1 a field of the content is its value,
in version 2 it is an object that holds it.
"""

import re
from datetime import UTC, datetime

from papers.entries import Document, Entry, Refused, Skipped
from papers.formats.cleaning import address, line, paragraphs, people, several, year_and_month
from papers.formats.json_lists import Object, objects, parsed
from papers.formats.table_rows import NOT_IN, UNDECIDED
from papers.identifiers import identifiers_for, identifiers_of
from papers.records import LinkRecord, PaperRecord
from papers.venue_names import marks_of, venue_of

SITE = "https://openreview.net"
GROUP = re.compile(r"^([\w-]+)\.(?:cc|org|com|net)/(\d{4})/(.*)")
IN_BIBTEX = re.compile(
    r"\b(booktitle|journal|year|doi|pages|volume|publisher)\s*=\s*"
    r"(?:[{\"]((?:[^{}\"]|\{[^{}]*\})*)[}\"]|(\d{4}))",
    re.IGNORECASE,
)
NAMES_OF_DETAILS = {"pages": "page", "volume": "volume", "publisher": "publisher"}
LINKS = {
    "code": "code",
    "software": "code",
    "code_link": "code",
    "video": "video",
    "slides": "slides",
    "project": "project",
    "project_page": "project",
    "dataset": "dataset",
    "data": "dataset",
}


def read(text: str) -> Document:
    """Read notes; those rejected, withdrawn or not decided are reported as no papers."""
    notes = [note for note in objects(parsed(text)) if isinstance(note.get("content"), dict)]
    if not notes:
        raise Refused("This JSON holds no notes of OpenReview.")
    entries, skipped = [], []
    for number, note in enumerate(notes, start=1):
        content = _values(note["content"])
        title = line(content.get("title"))
        verdict = _verdict(note, content)
        if not title:
            skipped.append(Skipped(number, line(note.get("id")), "a note without a title"))
        elif verdict:
            reason = f"“{verdict}” is no paper of a programme"
            skipped.append(Skipped(number, title, reason, is_fault=False))
        else:
            said = filter(None, (_decision(note, content), line(content.get("venue"))))
            marks = tuple(mark for mark in said if any(marks_of(mark)))
            note_text = paragraphs(content.get("TL;DR") or content.get("TLDR"))
            entries.append(Entry(_paper(note, content), number, marks=marks, note=note_text))
    if not entries and not skipped:
        raise Refused("This JSON holds no paper.")
    return Document(tuple(entries), skipped=tuple(skipped), format="openreview_json", text=text)


def cited(bibtex: object) -> dict[str, str]:
    """Return the fields that we ask for of one entry in BibTeX, as it stands in JSON."""
    found = IN_BIBTEX.findall(paragraphs(bibtex)[:5000])
    return {
        name.lower(): line(re.sub("[{}]", "", inner or year).replace("--", "–"))
        for name, inner, year in found
    }


def _paper(note: Object, content: Object) -> PaperRecord:
    quoted = cited(content.get("_bibtex") or content.get("bibtex"))
    venue, year = _venue(note, content, quoted)
    printed = venue_of(line(content.get("venue")) or venue)
    presentation, award = marks_of(_decision(note, content))
    forum = line(note.get("forum") or note.get("id"))
    return PaperRecord(
        title=line(content.get("title")),
        authors=people(content.get("authors", []), content.get("affiliations")),
        venue=venue,
        is_workshop=printed.is_workshop,
        year=year,
        presentation=printed.presentation or presentation,
        award=printed.award or award,
        abstract=paragraphs(content.get("abstract")),
        topics=several(content.get("keywords", "")),
        identifiers=(
            *identifiers_for("openreview", forum),
            *identifiers_for("doi", quoted.get("doi", "")),
        ),
        links=_links(content, forum),
        details=tuple(
            (ours, quoted[name]) for name, ours in NAMES_OF_DETAILS.items() if quoted.get(name)
        ),
    )


def _venue(note: Object, content: Object, quoted: dict[str, str]) -> tuple[str, int | None]:
    """Return venue and year: as said, as cited, or by the group that the note was given to."""
    said = venue_of(line(content.get("venue")))
    group = GROUP.match(line(content.get("venueid")) or _invitation(note))
    cited_venue = quoted.get("booktitle") or quoted.get("journal") or ""
    venue = said.name or cited_venue
    if not venue and group:
        venue = group[1] + (" workshop" if "workshop" in group[3].lower() else "")
    years = (said.year, year_and_month(quoted.get("year"))[0], group and int(group[2]))
    year = next(filter(None, years), None) or _year_of(note.get("pdate") or note.get("cdate"))
    return venue, year


def _links(content: Object, forum: str) -> tuple[LinkRecord, ...]:
    links = []
    if identifiers_for("openreview", forum):
        links.append(LinkRecord("paper", f"{SITE}/forum?id={forum}"))
    pdf = address(content.get("pdf"))
    if pdf and not (links and SITE in pdf):
        links.append(LinkRecord("paper", pdf))
    for name, kind in LINKS.items():
        found = address(content.get(name), SITE)
        if found and not identifiers_of(found):
            links.append(LinkRecord(kind, found))
    return tuple(dict.fromkeys(links))


def _verdict(note: Object, content: Object) -> str:
    """Return why a note is no paper of a programme, in the words of its venue, or nothing."""
    for said in (line(content.get("venue")), _decision(note, content)):
        if said and (NOT_IN.search(said) or UNDECIDED.match(said) or not venue_of(said).name):
            return said
    where = line(content.get("venueid")).rpartition("/")[2]
    invitation = _invitation(note).rpartition("/")[2]
    for said in (where, invitation):
        if NOT_IN.search(said.replace("_", " ")) or (said == where and said == "Submission"):
            return said.replace("_", " ")
    return ""


def _decision(note: Object, content: Object) -> str:
    """Return the decision that stands in a note or among its replies."""
    details = note.get("details")
    replies: object = None
    if isinstance(details, dict):
        replies = details.get("directReplies") or details.get("replies")
    for reply in replies if isinstance(replies, list) else []:
        if isinstance(reply, dict) and "Decision" in _invitation(reply):
            inner = reply.get("content")
            answers = _values(inner) if isinstance(inner, dict) else {}
            return line(answers.get("decision") or answers.get("recommendation"))
    return line(content.get("decision"))


def _invitation(note: Object) -> str:
    several_of_them = note.get("invitations")
    first = several_of_them[0] if isinstance(several_of_them, list) and several_of_them else ""
    return line(note.get("invitation")) or line(first)


def _values(content: object) -> Object:
    if not isinstance(content, dict):
        return {}
    return {
        name: value["value"] if isinstance(value, dict) and "value" in value else value
        for name, value in content.items()
    }


def _year_of(milliseconds: object) -> int | None:
    if isinstance(milliseconds, bool) or not isinstance(milliseconds, int | float):
        return None
    if not 0 < milliseconds < 4e12:
        return None
    return datetime.fromtimestamp(milliseconds / 1000, UTC).year
