"""What an import has found out before it writes: rows, works, and the list as it is now."""

from dataclasses import dataclass, field

from eventsite.models import Import

from .base_rows import BaseRow
from .claims import Difference
from .entries import Document
from .knowing import Known
from .models import Item, Section
from .records import PaperRecord
from .works import Work


@dataclass(slots=True)
class Row:
    """A row of the file, and what it became so far."""

    number: int
    key: str
    claim: PaperRecord
    section: str  # the path of its heading
    marks: str
    note: str
    base: BaseRow | None = None
    work: Work | None = None
    why: str = ""
    item: Item | None = None
    kind: str = ""
    differences: tuple[Difference, ...] = ()  # of the item


@dataclass(slots=True)
class Draft:
    """All that an import found out before it writes."""

    document: Document
    known: Known
    last: Import | None
    rows: list[Row]
    paths: list[str]
    works: list[Work] = field(default_factory=list)
    differences: dict[int, tuple[Difference, ...]] = field(default_factory=dict)  # by paper's key
    gone: list[BaseRow] = field(default_factory=list)  # not in the file, since now or before
    going: set[str] = field(default_factory=set)  # codes of items that are marked as gone now
    items: dict[str, Item] = field(default_factory=dict)
    sections: dict[int, Section] = field(default_factory=dict)
    base_sections: dict[str, int] = field(default_factory=dict)  # path -> key, of the last import
    section_of: dict[str, int] = field(default_factory=dict)  # the same now; new ones are missing
    moved: set[int] = field(default_factory=set)  # places of rows that the file put elsewhere
