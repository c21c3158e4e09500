"""A reading list that was never read from a text, as Markdown: every paper with all it says.

Each paper is written in the tidiest way in which the reader finds everything again.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import zip_longest

from papers.formats.markdown_bullets import bullet, front, heading_line
from papers.formats.markdown_drafts import version_of
from papers.formats.markdown_facts import LABELS, Facts, Reader, agree, by_line, said_by
from papers.formats.markdown_layout import ListItem, ListSection, lines_of
from papers.formats.markdown_pieces import marks
from papers.records import LinkRecord

OVER_AUTHORS = "titles over authors"
NAMES = LABELS | {"paper": "PDF", "dataset": "Data"}  # by which the reader knows what a link is
Form = Callable[[Facts], str]


def whole(
    items: Sequence[ListItem],
    sections: Sequence[ListSection | None],
    read: Reader,
    *,
    title: str = "",
    about: str = "",
    dialect: str = "",
) -> str:
    """Write a list anew, in its dialect; None stands in the place of a section left out."""
    forms = (over_authors, *BULLETS) if dialect == OVER_AUTHORS else BULLETS
    numbered = [(n, item.section, item.now) for n, item in enumerate(items) if item.is_shown]
    ways = dict.fromkeys((number for number, _section, _facts in numbered), 0)
    start = [f"# {' '.join(title.split())}"] if title else []
    start += [about.strip()] if about.strip() else []
    while True:
        blocks = [(text, -1) for text in start]
        for index, section in [(None, None), *enumerate(sections)]:
            if section:
                blocks.append((heading_line(section.heading, section.level + 1), -1))
            blocks += [
                (forms[ways[number]](facts), number)
                for number, place, facts in numbered
                if place == index
            ]
        text, places = together(blocks)
        found = by_line(read, text)
        said = {line: each[0] for line, each in found.items() if len(each) == 1}
        misread = [
            number
            for number, _section, facts in numbered
            if places[number] not in said or not is_same(facts, said_by(said[places[number]]))
        ]
        open_ways = [number for number in misread if ways[number] < len(forms) - 1]
        if not open_ways:
            return text
        for number in open_ways:
            ways[number] += 1


def together(blocks: Iterable[tuple[str, int]]) -> tuple[str, dict[int, int]]:
    """Return the text, and by number the line on which each item begins; bullets stand close."""
    text, line = "", 1
    places: dict[int, int] = {}
    was_bullet = False
    for block, number in blocks:
        is_bullet = number >= 0 and block.startswith("- ")
        gap = "" if not text else "\n" if is_bullet and was_bullet else "\n\n"
        line += len(gap)
        if number >= 0:
            places[number] = line
        text += gap + block
        line += len(lines_of(block)) - 1
        was_bullet = is_bullet
    return text + "\n", places


def is_same(facts: Facts, read: Facts) -> bool:
    """True when everything is read again; more may be: what a label says of another version."""
    found = {link.url: link for link in read.links}
    return (
        agree(facts, read, replace(facts, month=None))
        and facts.affiliations == read.affiliations
        and all(is_same_link(link, found[link.url]) for link in facts.links)
    )


def is_same_link(link: LinkRecord, read: LinkRecord) -> bool:
    return (
        link.kind == read.kind
        and link.venue in ("", read.venue)
        and link.year in (None, read.year)
        and link.label in ("", read.label or NAMES.get(read.kind), read.label.partition(": ")[2])
    )


def dated(facts: Facts) -> str:
    """Return a dated bullet, its authors on a line below."""
    links = tuple(replace(link, label=label_of(link)) for link in facts.links)
    return "\n".join([bullet(replace(facts, links=links)), *names_below(facts)])


def detailed(facts: Facts) -> str:
    """Return a dated bullet with everything beside its title below it, by name."""
    return "\n".join([headed(facts, f"- {front(facts)}"), *below(facts)])


def linked(facts: Facts) -> str:
    """Return a bullet with venue and month behind the title, and the rest below it, by name."""
    return "\n".join([headed(facts, "- ", place_of(facts)), *below(facts)])


def over_authors(facts: Facts) -> str:
    """Return a title, below it its authors, venue and links."""
    title = headed(facts) + (f" ({' '.join(facts.note.split())})" if facts.note else "")
    links = [told(link) for link in rest_of(facts)]
    lines = [title, people_of(facts), place_of(facts), *links]
    return "\n".join(line for line in lines if line)


def place_of(facts: Facts) -> str:
    """Return venue, year and month: ICML 2018.05."""
    date = f"{facts.year}.{facts.month:02}" if facts.year and facts.month else facts.year
    return " ".join(str(each) for each in (facts.venue, date) if each)


BULLETS: tuple[Form, ...] = (dated, detailed, linked)


def headed(facts: Facts, before: str = "", place: str = "") -> str:
    """Return the linked title with its marks behind it."""
    first = next((link.url for link in facts.links if link.kind == "paper"), "")
    title = f"{before}[{' '.join(facts.title.split())}]({first})"
    return marks(title + (f" ({place})" if place else ""), Facts(facts.title), facts, 0)


def below(facts: Facts) -> list[str]:
    links = [f"  - {told(link)}" for link in rest_of(facts)]
    note = [f"  - Note: {' '.join(facts.note.split())}"] if facts.note else []
    return [*names_below(facts), *links, *note]


def names_below(facts: Facts) -> list[str]:
    return [f"  - Authors: {people_of(facts)}"] if facts.authors else []


def people_of(facts: Facts) -> str:
    each = zip_longest(facts.authors, facts.affiliations, fillvalue="")
    names = " · ".join(f"{name} ({where})" if where else name for name, where in each)
    return f"{names}, et al." if facts.others else names


def rest_of(facts: Facts) -> list[LinkRecord]:
    """Return the links beside the one of the title."""
    first = next((link for link in facts.links if link.kind == "paper"), None)
    return [link for link in facts.links if link is not first]


def told(link: LinkRecord) -> str:
    """Return a link behind the name of its kind, or alone where its label has to say that."""
    text = f"[{label_of(link)}]({link.url})"
    return f"{NAMES[link.kind]}: {text}" if link.kind in NAMES else text


def label_of(link: LinkRecord) -> str:
    """Return the label of a link; another version's says where and when it appeared."""
    label = " ".join(link.label.split())
    place = " ".join(str(each) for each in (link.venue, link.year) if each)
    if link.kind == "version" and place and version_of(label) != (link.venue, link.year):
        return f"{place} version: {label}" if label else f"{place} version"
    return label or NAMES.get(link.kind, link.kind.capitalize())
