"""The list of an import: its sections, its items in order, and what the next import compares."""

import re
from collections.abc import Callable, Iterator

from eventsite import writing
from eventsite.merging import Merged, merge
from eventsite.models import Import, ImportRow
from eventsite.writing import User
from eventsite.writing_many import change_many, create_many, insert, thousands
from papers.entries import Document, Entry
from papers.filing import file_under_topics
from papers.models import Item, ReadingList, Section

from .base import ABOUT, heading_key, stored_of, values_of
from .claims import Difference
from .drafts import Draft, Row
from .headings import WITHIN
from .order import places_for

NUMBERED = re.compile(r" \(\d+\)$")
DEEPEST = 6
WRITTEN = ("markdown_list",)  # formats in which a list is given back with its own lines
TITLE = ReadingList._meta.get_field("title").max_length or 0
DIALECT = ReadingList._meta.get_field("dialect").max_length or 0

Decide = Callable[[Row, tuple[Difference, ...]], dict[str, object]]


class ListWriter:
    """Writes sections and items of a draft; `created` and `changed` count items and lists."""

    def __init__(self, made: Draft, reading_list: ReadingList, by: User, batch: str):
        self.made, self.list, self.by, self.batch = made, reading_list, by, batch
        self.created = self.changed = 0
        self.sections: dict[str, Section] = {}  # by path

    def write(self, decide: Decide) -> None:
        """Write sections, then items; the list and its sections have one Change."""
        before = writing.claim(self.list, self.list.version)
        self.write_sections()
        self.write_items(decide)
        self.drop_sections()
        self.describe()
        self.changed += writing.record(self.list, before, self.by, self.batch)
        self.file_papers()

    def describe(self) -> None:
        """Keep the text, if it is one to write the list by, and three ways what the list is."""
        document, base = self.made.document, self.made.base_about
        if self.made.is_main:
            self.list.original = document.text if document.format in WRITTEN else ""
            self.list.dialect = document.format[:DIALECT]
            for name, says in about(document).items():
                stands = getattr(self.list, name)
                merged = merge(base.get(name, ""), says, stands) if says else Merged(stands)
                setattr(self.list, name, merged.taken)
        self.list.save(update_fields=["title", "original", "dialect", "about"])

    def write_sections(self) -> None:
        """Make sections, and rename those whose heading only the file changed."""
        made = self.made
        self.sections = {path: made.sections[pk] for path, pk in made.section_of.items()}
        before = {pk: path for path, pk in made.base_sections.items()}
        order = []
        for path, heading in zip(made.paths, made.document.headings, strict=True):
            section = self.sections.setdefault(path, Section(list=self.list, heading=""))
            if section.pk is None or is_as_imported(section, before.get(section.pk, "")):
                section.heading = heading.heading
            above = made.paths[heading.parent] if heading.parent is not None else ""
            section.parent = self.sections[above] if above else None
            section.level = min(heading.level, DEEPEST)
            if self.made.is_main:
                section.line, section.lines = heading.line or None, heading.lines
                section.dialect = heading.dialect[:DIALECT]
            order.append(section)
        self.save_sections(order)

    def save_sections(self, order: list[Section]) -> None:
        standing = {id(each): each.position for each in self.made.sections.values()}
        places = places_for([id(section) for section in order], standing)
        every = {id(each): each for each in (*self.made.sections.values(), *order)}
        for key, position in places.items():
            every[key].position = position
        wanted = {id(section) for section in order} | set(places)
        for key, section in every.items():
            if key in wanted:
                section.parent = section.parent  # a parent that was saved just now has its key
                section.save()

    def write_items(self, decide: Decide) -> None:
        """Make items, change those of known rows and mark what is gone."""
        made = self.made
        rows = [row for row in made.rows if row.item or row.base is None]
        moved = {id(made.rows[place]) for place in made.moved}
        staying = {id(row.item) for row in rows if row.item and id(row) not in moved}
        mine = {id(row.item) for row in rows if row.item}
        standing = {
            id(item): item.position
            for item in made.items.values()
            if id(item) in staying or id(item) not in mine
        }
        by_key = {id(row.item or row): row for row in rows}
        places = places_for(list(by_key), standing)
        old = {id(item): item for item in made.items.values()}
        changes = self.changes(rows, decide)
        for key, item in old.items():
            values = changes.get(key, {})
            if key in places and places[key] != item.position:
                values = {**values, "position": places[key]}
            if item.code in made.going:
                values = {**values, "is_gone": True}
            if values:
                changes[key] = values
        touched = [(old[key], values) for key, values in changes.items()]
        self.changed += change_many(touched, self.by, self.batch)
        self.place_lines(rows)
        for some in thousands(row for row in rows if row.item is None):
            items = [self.new_item(row, places[id(row)]) for row in some]
            create_many(items, by=self.by, batch=self.batch)
            self.created += len(items)
            for row, item in zip(some, items, strict=True):
                row.item_code = item.code

    def changes(self, rows: list[Row], decide: Decide) -> dict[int, dict[str, object]]:
        """Return the fields of known items that change, by the identity of the item."""
        found: dict[int, dict[str, object]] = {}
        for row in rows:
            if row.item is None:
                continue
            values = decide(row, row.differences)
            values.pop("position", None)
            if "section" in values:
                values["section"] = self.sections.get(row.section)
            if row.is_back:
                values["is_gone"] = False
            if values:
                found[id(row.item)] = values
        return found

    def new_item(self, row: Row, position: int) -> Item:
        entry = self.made.document.entries[row.number]
        return Item(
            list=self.list,
            section=self.sections.get(row.section),
            paper_id=row.work.pk if row.work else 0,
            position=position,
            marks=row.marks,
            note=row.note,
            text=entry.text,
            line=self.line(entry),
            lines=entry.lines,
        )

    def line(self, entry: Entry) -> int | None:
        """Return where an entry stands in the text that is kept: nowhere when it is another's."""
        return (entry.line or None) if self.made.is_main else None

    def place_lines(self, rows: list[Row]) -> None:
        """Note where items stand in the file now: no edit, so it leaves no Change."""
        placed = []
        for row in rows:
            entry, item = self.made.document.entries[row.number], row.item
            now = (entry.text, self.line(entry), entry.lines)
            if item and (item.text, item.line, item.lines) != now:
                item.text, item.line, item.lines = now
                placed.append(item)
        for some in thousands(placed):
            Item.objects.bulk_update(some, ["text", "line", "lines"])
        gone = [each.code for each in self.made.gone]
        for codes in thousands(gone):
            Item.objects.filter(code__in=codes, line__isnull=False).update(line=None)

    def drop_sections(self) -> None:
        """Delete the sections of headings that the file lost, if nothing needs them any more."""
        kept = {section.pk for section in self.sections.values()}
        lost = set(self.made.base_sections.values()) - kept
        while lost:
            idle = Section.objects.filter(pk__in=lost, items=None, children=None, topic=None)
            if not idle.delete()[0]:
                return

    def file_papers(self) -> None:
        """File the papers of sections tied to a topic under it."""
        own = list(self.list.sections.all())
        if any(section.topic_id for section in own):
            self.changed += file_under_topics(own, self.by, self.batch)


def about(document: Document) -> dict[str, str]:
    """Return what a file says of the list as a whole."""
    return {"title": document.title.strip()[:TITLE], "about": document.about}


def is_as_imported(section: Section, path: str) -> bool:
    """Tell whether a section still has the heading that its path in the last file ends in."""
    return NUMBERED.sub("", path.rpartition(WITHIN)[2]) == NUMBERED.sub("", section.heading)


def keep_base(made: Draft, kept: Import, sections: dict[str, Section]) -> None:
    """Keep what the file said for the next import: rows as before move over, others are written."""
    if made.last:
        ImportRow.objects.filter(of=made.last).update(of=kept)
    before = ImportRow.objects.filter(of=kept)
    said = before.values_list("key", "pk", "values", "stored", "object_code")
    old = {key: (pk, [values, stored, code]) for key, pk, values, stored, code in said.iterator()}
    for rows in thousands(base_of(made, kept, sections)):
        new, outdated = [], []
        for row in rows:
            pk, then = old.pop(row.key, (0, []))
            if then != [row.values, row.stored, row.object_code]:
                new.append(row)
                outdated.append(pk)
        before.filter(pk__in=outdated).delete()
        insert(new)
    for pks in thousands([pk for pk, _then in old.values()]):
        before.filter(pk__in=pks).delete()


def base_of(made: Draft, kept: Import, sections: dict[str, Section]) -> Iterator[ImportRow]:
    """Yield what the next import compares: headings, rows, and rows that the file lost."""
    for path in made.paths:
        yield ImportRow(
            of=kept,
            key=heading_key(path),
            values={"path": path},
            object_code=str(sections[path].pk),
        )
    yield ImportRow(of=kept, key=ABOUT, values=about(made.document))
    used = set()
    for row in made.rows:
        used.add(row.key)
        here = made.known.here[row.work.pk] if row.work else row.claim
        yield ImportRow(
            of=kept,
            key=row.key,
            values=values_of(row.claim, row.section, row.marks, row.note),
            stored=stored_of(here),
            object_code=row.item_code,
        )
    for number, base in enumerate(made.gone):
        values = values_of(base.claim, base.section, base.marks, base.note, is_gone=True)
        key = base.key if base.key not in used else f"{base.key} gone {number}"[:300]
        while key in used:
            key += "+"
        used.add(key)
        yield ImportRow(
            of=kept, key=key, values=values, stored={"facts": base.facts}, object_code=base.code
        )
