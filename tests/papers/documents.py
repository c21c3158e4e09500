"""Documents as readers make them, for the tests of importing."""

from papers.entries import Document, Entry, Heading
from papers.records import AuthorRecord, LinkRecord, PaperRecord


def make_entry(title, *, url="", line=0, section=None, marks=(), note="", authors=(), **fields):
    links = (LinkRecord("paper", url),) if url else ()
    links += tuple(fields.pop("links", ()))
    people = tuple(AuthorRecord(name, "") for name in authors)
    paper = PaperRecord(title, authors=people, links=links, **fields)
    return Entry(paper, line, text=f"- {title}", section=section, marks=marks, note=note)


def make_document(*entries, headings=(), title="A list", **fields):
    """A document of entries; those without a line stand in the lines 1, 2, 3."""
    placed = tuple(
        entry
        if entry.line
        else Entry(entry.paper, line, 1, entry.text, entry.section, entry.marks, entry.note)
        for line, entry in enumerate(entries, start=1)
    )
    return Document(placed, tuple(Heading(each, 1) for each in headings), title=title, **fields)
