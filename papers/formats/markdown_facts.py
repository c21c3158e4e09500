"""What one place of a Markdown list says of a paper, and what an edit makes of it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, replace

from papers.entries import Document, Entry, Refused
from papers.formats.citing import has_others
from papers.marks import meaning, shown
from papers.records import LinkRecord, PaperRecord

LABELS = {"code": "Code", "project": "Project", "slides": "Slides", "video": "Video"}
Reader = Callable[[str], Document]


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
    others: bool = False  # "et al." stands behind them
    affiliations: tuple[str, ...] = ()  # one for each author, or none at all
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
        others=has_others(paper),
        affiliations=places_of_people(each.affiliation for each in paper.authors),
        links=paper.links,
        marks=tuple(marks),
        note=note.strip(),
    )


def places_of_people(affiliations: Iterable[str]) -> tuple[str, ...]:
    """Return where authors were, or nothing when it is not said of any."""
    found = tuple(affiliations)
    return found if any(found) else ()


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
    untrue = told_by_paper(then).keys() - told_by_paper(now).keys()
    kept = tuple(mark for mark in printed.marks if mark not in gone and meaning(mark) not in untrue)
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
        and mark_words(wanted).keys() == mark_words(read).keys()
        and {link.url for link in wanted.links} == {link.url for link in read.links}
        and words(wanted.note) == words(read.note)
        and (not printed.authors or (wanted.authors, wanted.others) == (read.authors, read.others))
        and (not printed.affiliations or wanted.affiliations == read.affiliations)
    )


def mark_words(facts: Facts) -> dict[str, str]:
    """Return what marks a place: as marks are told apart, and as they are printed."""
    return told_by_paper(facts) | in_words(facts.marks) | told_by_paper(facts)


def told_by_paper(facts: Facts) -> dict[str, str]:
    """Return the marks that are facts of the paper, and not the list's own."""
    workshop = "workshop" if facts.is_workshop else ""
    return in_words((facts.presentation, workshop, facts.award))


def in_words(marks: Iterable[str]) -> dict[str, str]:
    words = {meaning(mark): shown(mark) for mark in marks if mark.strip()}
    return {mark: said[:1].upper() + said[1:] for mark, said in words.items()}


def letter(facts: Facts) -> str:
    """Return the letter behind the venue that stands for the mark: o, s, w."""
    if facts.is_workshop:
        return "w"
    return facts.presentation[:1] if facts.presentation in ("oral", "spotlight") else ""


def words(text: str) -> list[str]:
    return text.split()


def by_line(read: Reader, text: str) -> dict[int, list[Entry]]:
    """Return the entries that a reader finds, by the line on which they begin."""
    found: dict[int, list[Entry]] = {}
    try:
        entries = read(text).entries
    except Refused:
        return found
    for entry in entries:
        found.setdefault(entry.line, []).append(entry)
    return found
