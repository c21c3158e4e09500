"""The items of a list beside the rows of a file: sections, marks, notes, order, what is gone."""

from collections.abc import Iterator

from eventsite.merging import merge

from .base import BaseRow
from .claims import Difference
from .drafts import Draft, Row
from .headings import in_order, known_again, paths_of_sections
from .plans import BACK, CHANGED, DELETED, KNOWN, NEW, UNCHANGED


def lay_list(made: Draft, base: list[BaseRow]) -> None:
    """Say of each row what becomes of its item, and which items the file no longer has."""
    place_sections(made)
    made.moved = moved_rows(made)
    for place, row in enumerate(made.rows):
        row.differences = tuple(item_differences(made, row, place)) if row.item else ()
        row.kind = kind_of(made, row)
    kept = {id(row.base) for row in made.rows if row.base}
    made.gone = [each for each in base if id(each) not in kept]
    here = made.items
    made.going = {
        each.code
        for each in made.gone
        if not each.is_gone and each.code in here and not here[each.code].is_gone
    }


def place_sections(made: Draft) -> None:
    """Find the section of each heading, among those of the last import or by equal paths."""
    there = {path: pk for path, pk in made.base_sections.items() if pk in made.sections}
    if made.last is None:
        there = paths_of_sections(made.sections.values())
    pairs = ((row.section, row.base.section) for row in made.rows if row.base)
    made.section_of = known_again(made.paths, there, pairs)


def moved_rows(made: Draft) -> set[int]:
    """Return the places of rows that the file put elsewhere among those it had before."""
    known = [
        (place, row.item.line)
        for place, row in enumerate(made.rows)
        if row.base and row.item and row.item.line
    ]
    still = in_order([line for _place, line in known])
    return {place for number, (place, _line) in enumerate(known) if number not in still}


def item_differences(made: Draft, row: Row, place: int) -> Iterator[Difference]:
    """Yield what changes in an item; without a base what is empty here is filled."""
    item, base = row.item, row.base
    if item is None:
        return
    for name, says in (("marks", row.marks), ("note", row.note)):
        stands = getattr(item, name)
        if base is None and not says:
            continue
        before = getattr(base, name) if base else ""
        merged = merge(before, says, stands)
        if merged.taken != stands or merged.is_conflict:
            yield Difference(name, before, says, stands, merged.taken, merged.is_conflict)
    yield from section_difference(made, row)
    if place in made.moved:
        yield Difference("position", None, place + 1, None, place + 1)


def section_difference(made: Draft, row: Row) -> Iterator[Difference]:
    item, base = row.item, row.base
    if item is None:
        return
    now: int | str | None = made.section_of.get(row.section, row.section) or None
    stands = item.section_id
    before = made.base_sections.get(base.section) if base and base.section else None
    if base is None and now is None:
        return
    merged = merge(before, now, stands)
    if merged.taken == stands and not merged.is_conflict:
        return
    here = made.sections[stands].heading if stands in made.sections else ""
    taken = here if merged.is_conflict else row.section
    says = base.section if base else ""
    yield Difference("section", says, row.section, here, taken, merged.is_conflict)


def kind_of(made: Draft, row: Row) -> str:
    """Say in one word what becomes of a row."""
    if row.base is None and row.item is None:
        return KNOWN if row.work and row.work.pk else NEW
    if row.is_deleted:
        return DELETED
    if row.is_back:
        return BACK
    return CHANGED if row.differences or paper_differences_of(made, row) else UNCHANGED


def paper_differences_of(made: Draft, row: Row) -> tuple[Difference, ...]:
    """Return what changes in the paper of a row; told at the first of its rows alone."""
    work = row.work
    if work is None or made.rows[work.rows[0]] is not row:
        return ()
    return made.differences.get(work.pk, ())
