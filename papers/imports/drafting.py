"""A document laid beside the catalogue: which row is which paper and which item, three ways."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import replace

from papers.entries import Document
from papers.identifiers import same_address
from papers.models import Item, ReadingList

from . import claims
from .base import BaseRow, claimed, last_import, load_base
from .claims import Difference
from .drafts import Draft, Row
from .headings import paths_of
from .knowing import Known
from .laying import lay_list
from .matching import RowFace, match
from .works import Work, Works, title_key, work_of

LONGEST_KEY = 280


def draft(
    document: Document,
    reading_list: ReadingList,
    source: str = "",
    left_out: Collection[str] = frozenset(),
    *,
    makes_topics: bool = False,
) -> Draft:
    """Lay a document beside what is there: constant queries for each thousand rows."""
    known, last = Known(), last_import(reading_list, source)
    base, base_sections, base_about = load_base(last)
    paths = paths_of(document.headings)
    rows = list(rows_of(document, known, paths, makes_topics=makes_topics))
    if base:
        found = match([face_of(row) for row in rows], [face_of(each) for each in base])
        for number, other in found.items():
            rows[number].base = base[other]
    made = Draft(document, known, last, without(rows, left_out), paths)
    made.is_main = not source
    made.base_sections, made.base_about = base_sections, base_about
    if reading_list.pk:
        made.items = {item.code: item for item in Item.objects.filter(list=reading_list.pk)}
        made.sections = {each.pk: each for each in reading_list.sections.all()}
    for row in made.rows:
        if row.base:
            row.item_code = row.base.code
            row.item = made.items.get(row.item_code)
    place_works(made)
    adopt_items(made, reading_list)
    for work in made.works:
        if work.pk:
            made.differences[work.pk] = tuple(paper_differences(made, work))
    lay_list(made, base)
    return made


def rows_of(
    document: Document, known: Known, paths: list[str], *, makes_topics: bool
) -> Iterator[Row]:
    """Yield the rows with their claims; keys tell rows of one title apart."""
    seen: Counter[str] = Counter()
    for number, entry in enumerate(document.entries):
        claim = claims.normal(entry.paper, known.venues.named)
        claim = replace(claim, topics=known.topics_named(claim.topics, makes=makes_topics))
        title = title_key(claim.title)[:LONGEST_KEY]
        seen[title] += 1
        path = paths[entry.section] if entry.section is not None else ""
        note = entry.note or entry.paper.note
        yield Row(number, f"{title}#{seen[title]}", claim, path, ", ".join(entry.marks), note)


def face_of(row: Row | BaseRow) -> RowFace:
    links = (same_address(link.url) for link in row.claim.links if link.kind == "paper")
    named = (":".join(each) for each in row.claim.identifiers)
    return RowFace(
        title_key(row.claim.title), row.section, frozenset((*links, *named)), row.claim.identifiers
    )


def without(rows: list[Row], left_out: Collection[str]) -> list[Row]:
    """Take rows out: one that is known from the last import says what it said then."""
    kept = []
    for row in rows:
        if row.key not in left_out:
            kept.append(row)
        elif row.base:
            base = row.base
            row.claim, row.section, row.marks = base.claim, base.section, base.marks
            row.note, row.key = base.note, base.key
            kept.append(row)
    return kept


def place_works(made: Draft) -> None:
    """Put each row to the work that it tells of."""
    known = made.known
    codes = [made.document.entries[row.number].paper.code for row in made.rows]
    papers = {row.item.paper_id for row in made.rows if row.item}
    known.load([row.claim for row in made.rows], papers, {code for code in codes if code})
    works = Works(work_of(known.here[pk], pk, known.codes[pk]) for pk in sorted(known.here))
    for title, papers in known.titles.items():
        for pk in papers & works.by_pk.keys():
            works.entitle(works.by_pk[pk], title)
    places: dict[int, Work] = {}
    for place, (row, code) in enumerate(zip(made.rows, codes, strict=True)):
        pk = row.item.paper_id if row.item else 0
        code = known.moved.get(code, code)
        row.work, row.why = works.place(work_of(row.claim), place, pk, code)
        places[id(row.work)] = row.work
    made.works = [work for work in places.values() if work.pk or not is_unwanted(made, work)]
    wanted = {id(work) for work in made.works}
    for row in made.rows:
        row.work = row.work if id(row.work) in wanted else None


def is_unwanted(made: Draft, work: Work) -> bool:
    """Tell whether people deleted the items of a work, and its paper as well."""
    return all(made.rows[place].is_deleted for place in work.rows)


def adopt_items(made: Draft, reading_list: ReadingList) -> None:
    """Let a row that is new stand for an item of its paper that no import made."""
    if not made.items:
        return
    taken = set(claimed(reading_list, made.last))
    taken |= {row.base.code for row in made.rows if row.base}
    free: dict[int, list[Item]] = {}
    for item in made.items.values():
        if item.code not in taken:
            free.setdefault(item.paper_id, []).append(item)
    for row in made.rows:
        if row.base is None and row.work and free.get(row.work.pk):
            row.item = free[row.work.pk].pop(0)
            row.item_code = row.item.code


def paper_differences(made: Draft, work: Work) -> Iterator[Difference]:
    """Yield what changes in a paper that is here, by all rows that tell of it."""
    rows = [made.rows[place] for place in work.rows]
    here = made.known.here[work.pk]
    bases = [row.base for row in rows if row.base]
    if not bases:
        is_edited = work.code in made.known.edited
        yield from claims.first_meeting(
            here,
            [row.claim for row in rows],
            is_edited=is_edited,
            is_listed=any(row.item for row in rows),
        )
        return
    base = claims.combined([each.claim for each in bases])
    file = claims.combined([row.claim for row in rows])
    yield from claims.next_meeting(
        base,
        file,
        here,
        is_ours=list(claims.facts(base)) == bases[0].facts,
        is_edited=list(claims.facts(here)) != bases[0].facts,
    )
