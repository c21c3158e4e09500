"""A reading list as it is read: sections within sections, items counted from 1."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from papers.marks import meaning, shown
from papers.models import Item, ReadingList, Section

DEEPEST = 6  # HTML has no deeper heading


@dataclass(frozen=True, slots=True)
class Numbered:
    """An item with its number, which it keeps when others are filtered out."""

    number: int
    item: Item

    @property
    def own_marks(self) -> list[str]:
        """The words of the list's maker that the paper's own facts do not say already."""
        said = marks_of_paper(self.item)
        return [words for word, words in marks_of_list(self.item).items() if word not in said]


@dataclass(frozen=True, slots=True)
class Part:
    """A section with the items that anyone may see, and the parts within it."""

    section: Section | None  # None: what stands before the first section
    level: int  # of the heading, 2 for the outermost
    items: list[Numbered] = field(default_factory=list)
    parts: list["Part"] = field(default_factory=list)

    @property
    def size(self) -> int:
        return len(self.items) + sum(part.size for part in self.parts)

    def walk(self) -> Iterator["Part"]:
        """Yield the part and all parts within it, in the order in which they are read."""
        yield self
        for part in self.parts:
            yield from part.walk()

    def kept(self, keep: Callable[[Item], bool]) -> "Part":
        """Return the part with some of its items, without the parts that lose all of theirs."""
        parts = [part.kept(keep) for part in self.parts]
        items = [each for each in self.items if keep(each.item)]
        return replace(self, items=items, parts=[part for part in parts if part.size])


def outline(reading_list: ReadingList) -> Part:
    """Return the whole list as one part, with sections that hold no item left out.

    Numbers are counted and not taken from the positions, whose gaps would tell of hidden papers.
    """
    placed: defaultdict[int | None, list[Item]] = defaultdict(list)
    for item in reading_list.items.all():
        placed[item.section_id].append(item)
    below: defaultdict[int | None, list[Section]] = defaultdict(list)
    for section in reading_list.sections.all():
        below[section.parent_id].append(section)

    def part(section: Section | None, level: int, first: int) -> Part:
        key = section.pk if section else None
        items = [Numbered(number, item) for number, item in enumerate(placed[key], first)]
        made = Part(section, level, items)
        for child in below[key]:
            inner = part(child, min(level + 1, DEEPEST), first + made.size)
            made.parts.extend([inner] if inner.size else [])
        return made

    return part(None, 1, 1)


def marks_of_list(item: Item) -> dict[str, str]:
    """Return the marks of the list's maker: as they are told apart, and as they are shown."""
    return {meaning(mark): shown(mark) for mark in item.marks.split(",") if mark.strip()}


def marks_of_paper(item: Item) -> dict[str, str]:
    """Return what the catalogue marks a paper with, likewise."""
    paper = item.paper
    said = (paper.presentation, "workshop" if paper.is_workshop else "", paper.award)
    return {meaning(mark): shown(mark) for mark in said if mark}


def marks_of(item: Item) -> dict[str, str]:
    return marks_of_list(item) | marks_of_paper(item)
