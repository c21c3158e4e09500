"""What one place of a Markdown list says of a paper, and what an edit makes of it."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace

from papers.entries import Entry
from papers.records import LinkRecord, PaperRecord

LABELS = {"code": "Code", "project": "Project", "slides": "Slides", "video": "Video"}


@dataclass(frozen=True, slots=True)
class Facts:
    """What a line can say; the venue as printed, marks as words."""

    title: str
    year: int | None = None
    month: int | None = None
    venue: str = ""
    is_workshop: bool = False
    presentation: str = ""
    award: str = ""
    authors: tuple[str, ...] = ()
    links: tuple[LinkRecord, ...] = ()
    marks: tuple[str, ...] = ()
    note: str = ""


def facts_of(paper: PaperRecord, marks: Iterable[str], note: str) -> Facts:
    """Return the facts of a paper on a list: of a row, or of an entry as it was read."""
    return Facts(
        title=" ".join(paper.title.split()),
        year=paper.year,
        month=paper.month,
        venue=paper.venue_short or paper.venue,
        is_workshop=paper.is_workshop,
        presentation=paper.presentation,
        award=paper.award,
        authors=tuple(each.name for each in paper.authors),
        links=paper.links,
        marks=tuple(marks),
        note=note.strip(),
    )


def said_by(entry: Entry) -> Facts:
    return facts_of(entry.paper, entry.marks, entry.note)


def edited(printed: Facts, then: Facts, now: Facts) -> Facts:
    """Return what a place should say: as printed, but for what differs between then and now.

    What the catalogue made of the printed words (NeurIPS of NIPS) is no edit.
    """
    names = [each.name for each in fields(Facts) if each.name not in ("links", "marks")]
    changes = {
        name: getattr(now, name) for name in names if getattr(now, name) != getattr(then, name)
    }
    gone, new = set(then.marks) - set(now.marks), set(now.marks) - set(then.marks)
    kept = tuple(mark for mark in printed.marks if mark not in gone)
    marks = kept + tuple(mark for mark in now.marks if mark in new and mark not in kept)
    return replace(printed, links=edited_links(printed, then, now), marks=marks, **changes)


def edited_links(printed: Facts, then: Facts, now: Facts) -> tuple[LinkRecord, ...]:
    """Return the printed links with those replaced, dropped and added that were so in between.

    A link is known by its address; the first new one of the same kind takes a dropped one's place.
    """
    before, after = {link.url for link in then.links}, {link.url for link in now.links}
    new = [link for link in now.links if link.url not in before]
    links: list[LinkRecord] = []
    for link in printed.links:
        if link.url not in before - after:
            links.append(link)
        elif same := next((each for each in new if each.kind == link.kind), None):
            new.remove(same)
            links.append(replace(same, label=link.label))
    return (*links, *new)


def agree(wanted: Facts, read: Facts, printed: Facts) -> bool:
    """True when what was read is what should stand there.

    Authors count only where the list prints any: a title that ends otherwise may hide them.
    """
    return (
        words(wanted.title) == words(read.title)
        and wanted.year == read.year
        and (wanted.month == read.month or wanted.month == printed.month)
        and words(wanted.venue) == words(read.venue)
        and wanted.is_workshop == read.is_workshop
        and wanted.presentation == read.presentation
        and wanted.award.casefold().rstrip("!") == read.award.casefold().rstrip("!")
        and {link.url for link in wanted.links} == {link.url for link in read.links}
        and words(wanted.note) == words(read.note)
        and (not printed.authors or wanted.authors == read.authors)
    )


def words(text: str) -> list[str]:
    return text.split()
