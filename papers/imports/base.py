"""What the last import of a list and a source kept: the base of the next one.

An ImportRow stands for a row of the file, by its title and which of that title it is, and for a
heading, by its path. `values` are what the file said; `stored` the facts that stood afterwards.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from eventsite.models import Import, ImportRow, ImportState
from papers.models import ReadingList
from papers.records import PaperRecord

from .claims import as_values, facts, from_values
from .plans import Plain

HEADING = "§ "  # before the path of a heading; no title key has such a sign
ABOUT = "¶"  # the key of what the file says of the list itself
LONGEST = 290


@dataclass(slots=True)
class BaseRow:
    """A row of the file as the last import saw it."""

    key: str
    code: str  # of the item that it stands for
    claim: PaperRecord
    section: str
    marks: str
    note: str
    is_gone: bool  # the file had lost it by then
    facts: list[Plain]  # of the paper, as they stood afterwards


def target_of(reading_list: ReadingList) -> str:
    return f"list:{reading_list.pk}"


def last_import(reading_list: ReadingList, source: str) -> Import | None:
    """Return the last applied import of a list and a source."""
    if not reading_list.pk:
        return None
    applied = Import.objects.filter(
        target=target_of(reading_list), source=source, state=ImportState.APPLIED
    )
    return applied.defer("content", "report").first()


def load_base(last: Import | None) -> tuple[list[BaseRow], dict[str, int], dict[str, str]]:
    """Return the rows of the last import, the sections of its headings by path, and title and
    introduction of its file: one query.
    """
    rows: list[BaseRow] = []
    sections: dict[str, int] = {}
    about: dict[str, str] = {}
    if last is None:
        return rows, sections, about
    kept = ImportRow.objects.filter(of=last).order_by("pk")
    for key, values, stored, code in kept.values_list(
        "key", "values", "stored", "object_code"
    ).iterator():
        if key.startswith(HEADING):
            sections[values["path"]] = int(code)
        elif key == ABOUT:
            about = values
        else:
            rows.append(read(key, values, stored, code))
    return rows, sections, about


def read(key: str, values: dict, stored: dict, code: str) -> BaseRow:
    return BaseRow(
        key=key,
        code=code,
        claim=from_values(values.get("paper", {})),
        section=values.get("section", ""),
        marks=values.get("marks", ""),
        note=values.get("note", ""),
        is_gone=values.get("is_gone", False),
        facts=stored.get("facts", []),
    )


def values_of(
    claim: PaperRecord, section: str, marks: str, note: str, *, is_gone: bool = False
) -> dict[str, Plain]:
    """Return what a file says of a row as JSON holds it, without what is empty."""
    said: dict[str, Plain] = {"section": section, "marks": marks, "note": note, "is_gone": is_gone}
    return {"paper": as_values(claim), **{name: value for name, value in said.items() if value}}


def stored_of(paper: PaperRecord) -> dict[str, Plain]:
    return {"facts": list(facts(paper))}


def heading_key(path: str) -> str:
    """Return the key of a heading; a path too long for the column ends in its digest."""
    key = HEADING + path
    if len(key) <= LONGEST:
        return key
    return key[:200] + hashlib.sha256(path.encode()).hexdigest()[:32]


def claimed(reading_list: ReadingList, last: Import | None) -> Iterator[str]:
    """Yield the codes of the items that other sources of a list stand for."""
    others = ImportRow.objects.filter(of__target=target_of(reading_list), of__state="applied")
    if last:
        others = others.exclude(of=last)
    return others.values_list("object_code", flat=True).iterator()
