"""What an import has found out before it writes: rows, works, and the list as it is now."""

from dataclasses import dataclass, field

from eventsite.models import Import
from papers.entries import Document
from papers.models import Item, Section
from papers.records import PaperRecord

from .base import BaseRow
from .claims import Difference
from .knowing import Known
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
    item_code: str = ""
    kind: str = ""
    differences: tuple[Difference, ...] = ()  # of the item

    @property
    def is_deleted(self) -> bool:
        """Whether a person deleted the item that the last import had for this row."""
        return self.base is not None and self.item is None

    @property
    def is_back(self) -> bool:
        """Whether the item was gone from the file, and the row is there again."""
        was_gone = self.base is None or self.base.is_gone
        return self.item is not None and self.item.is_gone and was_gone


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
    base_about: dict[str, str] = field(default_factory=dict)  # title and introduction, likewise
    section_of: dict[str, int] = field(default_factory=dict)  # the same now; new ones are missing
    is_main: bool = True  # the file that the list is written by, not one of several more
    moved: set[int] = field(default_factory=set)  # places of rows that the file put elsewhere
