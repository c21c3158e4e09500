"""A reading list as it is read: sections within sections, items counted from 1."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from papers.models import Item, ReadingList, Section

DEEPEST = 6  # HTML has no deeper heading


@dataclass(slots=True)
class Part:
    """A section with the items that anyone may see, and the parts within it."""

    section: Section | None  # None: what stands before the first section
    level: int  # of the heading, 2 for the outermost
    items: list[Item] = field(default_factory=list)
    parts: list["Part"] = field(default_factory=list)
    first: int = 1  # the number of its first item, counted through the whole list

    @property
    def size(self) -> int:
        return len(self.items) + sum(part.size for part in self.parts)


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

    def part(section: Section | None, level: int) -> Part:
        key = section.pk if section else None
        parts = [part(child, min(level + 1, DEEPEST)) for child in below[key]]
        return Part(section, level, placed[key], [each for each in parts if each.size])

    whole = part(None, 1)
    number([whole], 1)
    return whole


def number(parts: Iterable[Part], first: int) -> int:
    """Number the items of the parts from `first` on; return the next free number."""
    for part in parts:
        part.first = first
        first = number(part.parts, first + len(part.items))
    return first
