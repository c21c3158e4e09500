"""What a reader makes of a file: papers in sections, and what could not be read.

Lines are counted from 1 in the text as `Document.text` holds it; a format without lines (XLSX)
counts its rows, the header being 1.
"""

from dataclasses import dataclass, field

from papers.records import PaperRecord


class Refused(ValueError):
    """A file that is not read at all, with a sentence for the person who gave it."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A line that was not read as a paper: what stands there, and why not.

    With `is_fault` it looks like a paper and could not be read; else it was taken for no paper.
    """

    line: int
    text: str
    reason: str
    is_fault: bool = True


@dataclass(frozen=True, slots=True)
class Heading:
    """A section of a file: `parent` is the index of the heading it stands within."""

    heading: str
    level: int  # from 1; deeper than its parent's
    parent: int | None = None
    line: int = 0
    lines: int = 1
    dialect: str = ""  # how its papers are written: recognised, and said to the person


@dataclass(frozen=True, slots=True)
class Entry:
    """A paper as one place of a file tells of it."""

    paper: PaperRecord
    line: int
    lines: int = 1
    text: str = ""  # as it stands in the file
    section: int | None = None  # index into Document.headings
    marks: tuple[str, ...] = ()  # words as the maker wrote them: "o", "Oral", "Best paper!"
    note: str = ""  # a remark or summary of the list's maker
    warnings: tuple[str, ...] = ()  # sentences: what was read with a doubt


@dataclass(frozen=True, slots=True)
class Document:
    """A whole file as it was read."""

    entries: tuple[Entry, ...]
    headings: tuple[Heading, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    title: str = ""
    about: str = ""
    format: str = ""  # the name of its reader: "markdown_list", "bibtex"
    encoding: str = "utf-8"
    text: str = ""  # the whole file, decoded; empty for what is no text
    mapping: dict[str, str] = field(default_factory=dict)  # column of a table -> our name for it
