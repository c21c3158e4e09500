"""Tables of papers as spreadsheets (ECMA-376), row by row and never more than was said."""

import io
from collections.abc import Iterator, Mapping

import openpyxl

from eventsite.unpacking import unescaped, unpacked_size
from papers.entries import Document, Refused
from papers.formats.cleaning import line
from papers.formats.table_columns import MOST_COLUMNS
from papers.formats.table_rows import Row, Table

MOST_UNPACKED = 150 * 1024 * 1024


def read(content: bytes, mapping: Mapping[str, str] | None = None) -> Document:
    """Read the first sheet; formulas count as the values that were saved with them."""
    size = unpacked_size(content)
    if size is None:
        raise Refused("This is no XLSX file.")
    if size > MOST_UNPACKED:
        raise Refused(f"The file unpacks to more than {MOST_UNPACKED // 1024 // 1024} MB.")
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
        raise Refused("This is no XLSX file that can be read.") from error


def _names(header: Row) -> list[str]:
    names = [line(cell) for cell in header.cells]
    while names and not names[-1]:
        names.pop()
    return names
