"""The schedule as a table (RFC 4180): a row for each entry, for spreadsheets and small programs.

In UTF-8 with the mark by which Excel knows it; no cell holds a line end or is run as a formula.
"""

import csv
import io
from dataclasses import dataclass

from eventsite.formulas import guarded
from talks.entries import Entry, printed
from talks.formats.extract import Extract, people, room_name, subtitle, track_name
from talks.formats.wording import Words, one_line


@dataclass(frozen=True, slots=True)
class Columns:
    """What the first row says beside the words of an entry, and what is not cancelled."""

    start: str = "Start"
    end: str = "End"
    kind: str = "Kind"
    title: str = "Title"
    subtitle: str = "Subtitle"
    people: str = "People"
    status: str = "Status"
    address: str = "Address"
    planned: str = "Planned"


def dumps(extract: Extract, columns: Columns) -> bytes:
    """Return the file; the same arguments give the same octets."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(guarded(name) for name in _names(columns, extract.words))
    for entry in extract.entries:
        writer.writerow(guarded(cell) for cell in _cells(extract, entry, columns))
    return text.getvalue().encode("utf-8-sig")


def _names(columns: Columns, words: Words) -> list[str]:
    return [
        *(columns.start, columns.end, words.room, words.track, columns.kind),
        *(columns.title, columns.subtitle, columns.people, columns.status, words.board),
        columns.address,
    ]


def _cells(extract: Extract, entry: Entry, columns: Columns) -> list[str]:
    """The title without "Cancelled", which has a column of its own."""
    words = extract.words
    return [
        extract.start_of(entry).isoformat(),
        extract.end_of(entry).isoformat(),
        room_name(entry),
        track_name(entry),
        words.kind(entry.kind),
        one_line(entry.title) or words.kind(entry.kind),
        subtitle(entry),
        "; ".join(one_line(printed(role)) for role in people(entry)),
        words.cancelled if entry.is_cancelled else columns.planned,
        one_line(entry.board),
        extract.url_of(entry),
    ]
