"""Tables of papers as text, separated by commas, semicolons, tabs or bars: RFC 4180 and its kin."""

import csv
from collections.abc import Iterator, Mapping

from papers.entries import Document, Refused
from papers.formats.cleaning import line
from papers.formats.table_columns import recognised
from papers.formats.table_rows import MOST_ROWS, Row, Table

SEPARATORS = ",;\t|"


class Lines:
    """The lines of a text, one by one, with those since the last row kept together."""

    def __init__(self, text: str):
        self.text = text
        self.at = 0  # where the next line begins
        self.row_at = 0
        self.read = 0  # lines so far
        self.row_line = 1

    def __iter__(self) -> "Lines":
        return self

    def __next__(self) -> str:
        if self.at >= len(self.text):
            raise StopIteration
        end = self.text.find("\n", self.at) + 1 or len(self.text)
        found, self.at = self.text[self.at : end], end
        self.read += 1
        return found

    def row(self, cells: list[object]) -> Row:
        """Return the row that the lines since the last one hold."""
        whole = self.text[self.row_at : self.at].rstrip("\n")
        row = Row(self.row_line, cells, self.read - self.row_line + 1, whole)
        self.row_at, self.row_line = self.at, self.read + 1
        return row


def read(text: str, mapping: Mapping[str, str] | None = None) -> Document:
    """Read a table whose first row names its columns; `mapping` (header -> field) goes first."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.count("\n") > MOST_ROWS and sum(1 for _row in _rows(text)) > MOST_ROWS + 1:
        raise Refused(f"The table has more than {MOST_ROWS:,} rows.")
    rows = _rows(text)
    header = next(rows, None)
    if header is None:
        raise Refused("The table is empty.")
    table = Table([line(cell) for cell in header.cells], mapping or {})
    table.read(rows)
    return table.document("table", text)


def _rows(text: str) -> Iterator[Row]:
    """Yield the rows that are not blank. Raises Refused with the row where reading stops."""
    lines = Lines(text)
    try:
        for cells in csv.reader(lines, delimiter=_separator(text), strict=True):
            row = lines.row(list(cells))
            if cells:
                yield row
    except csv.Error as error:
        raise Refused(
            f"The table cannot be read from line {lines.row_line} on: {error}. Look for a"
            " quotation mark that is opened there and never closed."
        ) from None


def _separator(text: str) -> str:
    """Return the separator by which the first row names the most columns that are known."""
    start = text.lstrip("\n")[:100_000]

    def columns(separator: str) -> tuple[int, int]:
        try:
            names = next(csv.reader(start.split("\n"), delimiter=separator), [])
        except csv.Error:
            return 0, 0
        return recognised(names), len(names)

    return max(SEPARATORS, key=columns)
