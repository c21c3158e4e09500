"""What an import would do, and did: plain values between the engine, the pages and the command."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from papers.entries import Document, Entry, Skipped

Told: TypeAlias = Callable[[str], None]  # hears of each step, for people who wait
Plain: TypeAlias = "str | int | float | bool | list[Plain] | dict[str, Plain] | None"

# What a row of the file becomes: PlannedRow.kind.
NEW = "new"  # a paper that the catalogue does not have, and an item for it
KNOWN = "known"  # a paper of the catalogue that is new on this list, perhaps with new fields
CHANGED = "changed"  # an item of this list whose values change, or would
UNCHANGED = "unchanged"
BACK = "back"  # was gone from the file, and is there again
DELETED = "deleted"  # its item was deleted here: the file has it still, and it stays deleted
GONE = "gone"  # an item of this list that the file no longer has: it is marked, not deleted


class StalePlan(Exception):
    """The catalogue has changed since the plan was made; nothing was written. Preview again."""


@dataclass(frozen=True, slots=True)
class FieldPlan:
    """One field three ways: what the file said last time, says now, and what stands here.

    `taken` is what will stand, unless it `is_conflict` and a person chooses "file"; then `taken`
    is what stands here. `base` is None where no import of this source told of it before.
    """

    name: str
    base: Plain
    file: Plain
    here: Plain
    taken: Plain
    is_conflict: bool = False


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """What one row of the file becomes."""

    number: int  # index into Document.entries; -1 when it is gone from the file
    key: str  # names the row within this list and source; Choices name it by this
    kind: str  # one of the words above
    title: str
    line: int  # 0 when it is gone
    code: str = ""  # the paper's; empty while it has none
    item_code: str = ""
    why: str = ""  # how it was known: "arxiv 1510.00149", "title", "list", "code"
    duplicate_of: int | None = None  # index of the first entry of the same work in the file
    fields: tuple[FieldPlan, ...] = ()

    @property
    def conflicts(self) -> tuple[FieldPlan, ...]:
        return tuple(each for each in self.fields if each.is_conflict)


@dataclass(frozen=True, slots=True)
class NearSide:
    """One of two papers that may be one: of the catalogue (code), of the file (number) or both."""

    title: str
    code: str = ""
    number: int | None = None  # index into Document.entries
    line: int = 0


@dataclass(frozen=True, slots=True)
class NearPair:
    """Two papers that a person should look at: never merged by an import."""

    a: NearSide
    b: NearSide
    score: float  # 0 to 100
    reason: str  # "extended", "reworded", "same title", "same identifier"


@dataclass(frozen=True, slots=True)
class Plan:
    """All that an import would do, with the document that it would do it from.

    `digest` is of what it would do: two plans of one digest do the same. A list that is not there
    yet has `list_pk` None and comes with the slug and title it will have.
    """

    document: Document
    rows: tuple[PlannedRow, ...]  # in the order of the file, then those that are gone
    digest: str
    list_pk: int | None
    list_slug: str
    list_title: str
    is_public: bool
    source: str = ""
    file_name: str = ""
    sha256: str = ""
    near: tuple[NearPair, ...] = ()
    new_papers: int = 0
    left: tuple[Skipped, ...] = ()  # parts of rows that are taken: no fault of any line
    makes_topics: bool = False

    @property
    def skipped(self) -> tuple[Skipped, ...]:
        """The lines that were not read, and what was read and is left out nevertheless."""
        return (*self.document.skipped, *self.left)

    def entry(self, row: PlannedRow) -> Entry | None:
        return self.document.entries[row.number] if row.number >= 0 else None

    def of_kind(self, *kinds: str) -> Iterator[PlannedRow]:
        return (row for row in self.rows if row.kind in kinds)

    @property
    def duplicates(self) -> Iterator[PlannedRow]:
        """The rows that repeat a work which stands further up in the file."""
        return (row for row in self.rows if row.duplicate_of is not None)

    def counts(self) -> dict[str, int]:
        """Return how many rows there are of each kind, fields in conflict, and what was skipped.

        "new" are rows new on this list, "new_papers" works new in the catalogue.
        """
        number = dict.fromkeys((NEW, KNOWN, CHANGED, UNCHANGED, BACK, DELETED, GONE), 0)
        for row in self.rows:
            number[row.kind] += 1
        return {
            "read": len(self.document.entries),
            "new": number[NEW] + number[KNOWN],
            "new_papers": self.new_papers,
            "changed": number[CHANGED] + number[BACK],
            "unchanged": number[UNCHANGED],
            "deleted": number[DELETED],
            "gone": number[GONE],
            "conflicts": sum(len(row.conflicts) for row in self.rows),
            "duplicates": sum(1 for _row in self.duplicates),
            "near": len(self.near),
            "skipped": len(self.skipped),
        }


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person decided: the plan's own answers hold where nothing is said.

    `conflicts` maps (row key, field name) to "file" or "here"; the default is `default`.
    `left_out` are keys of rows that are not taken at all, as if the file did not have them; one
    that stands on the list already stays there as it is.
    """

    conflicts: Mapping[tuple[str, str], str] = field(default_factory=dict)
    left_out: frozenset[str] = frozenset()
    default: str = "here"


@dataclass(frozen=True, slots=True)
class Report:
    """What was done: the counts of the plan, and what was written."""

    import_pk: int
    list_slug: str
    list_pk: int
    counts: dict[str, int]
    created: int  # rows of all tables that people edit: papers, authors, venues, items
    changed: int
    new_papers: int = 0
