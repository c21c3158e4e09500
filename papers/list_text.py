"""A reading list from its tables as Markdown: the text it was read from, with what people edited.

Only what a person changed is an edit. What another list's import added to a paper is none of this
list's words, so the history is asked, and not what the file once said.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from functools import cache
from itertools import chain
from typing import TypeVar

from django.db.models import QuerySet

from eventsite.models import Change, Import
from papers.entries import Refused
from papers.formats import markdown_list, markdown_writing
from papers.formats.citing import ET_AL
from papers.formats.markdown_facts import Facts, Reader, places_of_people
from papers.formats.markdown_layout import ListItem, ListSection, lines_of
from papers.models import Item, Paper, ReadingList, Section
from papers.records import LinkRecord

Edits = dict[str, list]  # by field: what stood before a person first changed it, and after
Value = TypeVar("Value")


def text_of_list(row: ReadingList) -> str:
    """Return a list as Markdown, of its papers the public ones: 11 queries, however many."""
    items = list(row.items.for_list())
    public = set(Paper.objects.public().filter(items__list=row).values_list("pk", flat=True))
    imports = {str(key) for key in Import.objects.values_list("pk", flat=True)}
    papers = edits(Paper, Paper.objects.filter(items__list=row).values("code"), imports)
    own = edits(Item, row.items.values("code"), imports)
    sections = in_order(row.sections.all())
    read = cache(markdown_list.read)  # a long list takes its time, and is read for headings too
    earlier = sections_before(row, imports)
    places = {section.pk: index for index, section in enumerate(sections)}
    listed = [
        ListItem(
            now=(now := facts_now(item)),
            then=facts_then(now, item, papers.get(item.paper.code, {}), own.get(item.code, {})),
            section=places.get(item.section_id),
            line=item.line,
            lines=item.lines,
            text=item.text,
            is_shown=item.paper_id in public and not item.is_gone,
            is_secret=item.paper_id not in public,
        )
        for item in items
    ]
    return markdown_writing.dumps(
        row.original,
        [*listed, *deleted(row), *deleted_headings(row.original, sections, earlier)],
        headings(row, sections, earlier, read),
        read=read,
        title=row.title,
        about=row.about,
        dialect=row.dialect,
    )


def facts_now(item: Item) -> Facts:
    """Return what a place of the list says now."""
    paper = item.paper
    return Facts(
        title=paper.title,
        year=paper.year,
        month=paper.month,
        venue=str(paper.venue or ""),
        is_workshop=paper.is_workshop,
        presentation=paper.presentation,
        award=paper.award,
        authors=tuple(each.name or each.author.name for each in paper.authorships.all()),
        others=ET_AL in paper.details,
        affiliations=places_of_people(each.affiliation for each in paper.authorships.all()),
        links=tuple(
            LinkRecord(each.kind, each.url, each.label, str(each.venue or ""), each.year)
            for each in paper.links.all()
        ),
        marks=marks_in(item.marks),
        note=item.note,
    )


def facts_then(now: Facts, item: Item, paper: Edits, own: Edits) -> Facts:
    """Return what it would say if nobody had edited it.

    A venue of before needs no name: that it is another one is enough.
    """
    venue = before(paper, "venue", item.paper.venue_id)
    authors = before(paper, "authorships", None)
    return replace(
        now,
        title=before(paper, "title", now.title),
        year=before(paper, "year", now.year),
        month=before(paper, "month", now.month),
        venue=now.venue if venue == item.paper.venue_id else f"venue {venue}",
        is_workshop=before(paper, "is_workshop", now.is_workshop),
        presentation=before(paper, "presentation", now.presentation),
        award=before(paper, "award", now.award),
        authors=now.authors if authors is None else tuple(each["name"] for each in authors),
        others=ET_AL in (before(paper, "details", item.paper.details) or {}),
        links=links_then(now.links, *paper.get("links", ([], []))),
        marks=marks_in(before(own, "marks", item.marks)),
        note=before(own, "note", now.note),
    )


def before(changes: Edits, name: str, now: Value) -> Value:
    """Return what stood in a field before a person changed it first, else what stands there."""
    return changes[name][0] if name in changes else now


def links_then(
    now: Iterable[LinkRecord], old: Iterable[dict], new: Iterable[dict]
) -> tuple[LinkRecord, ...]:
    """Return the links without those that people added, and with those they took away."""
    had = {each["url"]: each["kind"] for each in old}
    added = {each["url"] for each in new} - had.keys()
    kept = [link for link in now if link.url not in added]
    there = {link.url for link in kept}
    return (*kept, *(LinkRecord(kind, url) for url, kind in had.items() if url not in there))


def marks_in(text: str) -> tuple[str, ...]:
    return tuple(mark.strip() for mark in text.split(",") if mark.strip())


def edits(
    table: type[Paper | Item], codes: QuerySet, imports: Collection[str]
) -> Mapping[str, Edits]:
    """Return by code the fields that people changed: imports change them as their files say."""
    found: dict[str, Edits] = {}
    changes = Change.objects.filter(table=table._meta.label_lower, code__in=codes)
    for change in changes.exclude(fields={}).order_by("version", "pk"):
        if change.batch not in imports:
            mine = found.setdefault(change.code, {})
            for name, (old, new) in change.fields.items():
                mine[name] = [mine.get(name, [old])[0], new]
    return found


def deleted(row: ReadingList) -> Iterable[ListItem]:
    """Return the items that a person deleted: their lines are left out."""
    changes = Change.objects.filter(table=Item._meta.label_lower, fields__list=[row.pk, None])
    for change in changes:
        line, lines, text = (change.fields[name][0] for name in ("line", "lines", "text"))
        yield ListItem(Facts(""), None, None, line, lines, text, is_shown=False)


def in_order(sections: Iterable[Section]) -> list[Section]:
    """Return the sections in the order in which they are read."""
    below: dict[int | None, list[Section]] = {}
    for section in sections:
        below.setdefault(section.parent_id, []).append(section)

    def within(parent: int | None) -> Iterable[Section]:
        for section in below.get(parent, ()):
            yield from chain([section], within(section.pk))

    return list(within(None))


def headings(
    row: ReadingList, sections: Iterable[Section], before: Iterable[dict], read: Reader
) -> list[ListSection]:
    """Return the headings; what they were in the text is looked up once a person changed any."""
    was = headings_read(row.original, read) if before and row.original else {}
    return [
        ListSection(each.heading, each.level, each.line, each.lines, was.get(each.line or 0))
        for each in sections
    ]


def sections_before(row: ReadingList, imports: Collection[str]) -> list[dict]:
    """Return the sections as people found them whenever they changed any since the last import."""
    table, code = ReadingList._meta.label_lower, str(row.pk)
    found: list[dict] = []
    changes = Change.objects.filter(table=table, code=code, fields__has_key="sections")
    for change in changes.order_by("version", "pk"):
        found = [] if change.batch in imports else found + (change.fields["sections"][0] or [])
    return found


def deleted_headings(
    original: str, sections: Iterable[Section], before: Iterable[dict]
) -> Iterable[ListItem]:
    """Return what people deleted of the headings, as items: their lines are left out."""
    lines, here = lines_of(original), {each.line for each in sections}
    places = dict.fromkeys((each["line"], each["lines"]) for each in before)
    for line, count in places:
        if line and line not in here:
            text = "".join(lines[line - 1 : line - 1 + count])
            yield ListItem(Facts(""), None, None, line, count, text, is_shown=False)


def headings_read(text: str, read: Reader) -> dict[int, str]:
    try:
        return {each.line: each.heading for each in read(text).headings}
    except Refused:
        return {}
