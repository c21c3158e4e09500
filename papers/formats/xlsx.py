"""Tables of papers as spreadsheets (ECMA-376), row by row and never more than was said."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from functools import partial

import openpyxl

from eventsite.unpacking import unescaped, unpacked_size
from papers.entries import Document, Refused
from papers.formats.cleaning import line
from papers.formats.table_columns import MOST_COLUMNS
from papers.formats.table_rows import MOST_ROWS, Row, Table

MOST_UNPACKED = 150 * 1024 * 1024
ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")
CHUNK = 1024 * 1024
UNREADABLE = "This is no XLSX file that can be read."


def read(content: bytes, mapping: Mapping[str, str] | None = None) -> Document:
    """Read the first sheet; formulas count as the values that were saved with them."""
    size = unpacked_size(content)
    if size is None:
        raise Refused("This is no XLSX file.")
    if size > MOST_UNPACKED:
        raise Refused(f"The file unpacks to more than {MOST_UNPACKED // 1024 // 1024} MB.")
    if _said_rows(content) > 2 * MOST_ROWS:
        raise Refused(f"The file has more than {MOST_ROWS:,} rows; split it.")
    header = next(_rows(content, MOST_COLUMNS + 1), None)
    if header is None:
        raise Refused("The first sheet is empty.")
    names = _names(header)
    table = Table(names, mapping or {})
    below = _rows(content, len(names) + 1)  # one more, to see what stands beside the table
    table.read(row for row in below if row.line > header.line)
    return table.document("xlsx")


def _rows(content: bytes, columns: int) -> Iterator[Row]:
    """Yield the rows that hold something; those between, up to the millionth, are passed over."""
    try:
        book = openpyxl.load_workbook(
            io.BytesIO(content), read_only=True, data_only=True, keep_links=False
        )
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what the file says of its size may be a lie
        for number, values in enumerate(sheet.iter_rows(max_col=columns, values_only=True), 1):
            if any(values):
                yield Row(number, [unescaped(value) for value in values])
    except Refused:
        raise
    except Exception as error:  # openpyxl raises whatever the archive makes it raise
        raise Refused(UNREADABLE) from error


def _said_rows(content: bytes) -> int:
    """Return how many rows all sheets hold, empty ones too: each costs time to be passed over."""
    count = 0
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for part in archive.infolist():
                if part.filename.startswith("xl/worksheets/"):
                    with archive.open(part) as sheet:
                        pieces = iter(partial(sheet.read, CHUNK), b"")
                        count += sum(len(ROW.findall(piece)) for piece in pieces)
    except Exception as error:  # as above: broken sums, passwords, unknown ways to pack
        raise Refused(UNREADABLE) from error
    return count


def _names(header: Row) -> list[str]:
    names = [line(cell) for cell in header.cells]
    while names and not names[-1]:
        names.pop()
    return names
