"""Spreadsheet files with safe cells: CSV, XLSX and JSON, written and read back identical.

A text that a spreadsheet would run as a formula is written with an apostrophe before it, and
read back without; a NUL is refused; an archive is measured before it is unpacked.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence

import openpyxl
import tablib
from django.utils.translation import gettext as _
from import_export.formats import base_formats
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from eventsite.formulas import Cell, guarded, unguarded
from eventsite.unpacking import unescaped, unpacked_size

MOST_BYTES = 10 * 1024 * 1024
MOST_UNPACKED = 50 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 100
LONGEST_IN_XLSX = 32_767  # characters; Excel's own limit

UNWRITABLE = re.compile("[\x01-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")

SURROGATE = re.compile("[\ud800-\udfff]")  # JSON can name them; no text in UTF-8 holds one


class Unreadable(ValueError):
    """A file that cannot be read, with a reason for the person who sent it."""


def table(headers: Sequence[Cell], rows: Iterable[Sequence[Cell]]) -> tablib.Dataset:
    """Return a data set; refuses too many rows, cells beyond the header, and NUL."""
    names = [str(name).strip() if name is not None else "" for name in headers]
    while names and not names[-1]:
        names.pop()
    if not names or not all(names):
        raise Unreadable(_("The first row must name every column."))
    if any("\0" in name or SURROGATE.search(name) for name in names):
        raise Unreadable(_("The name of a column holds what is no character."))
    data = tablib.Dataset(headers=names)
    for number, row in enumerate(rows, start=2):
        if number > MOST_ROWS + 1:
            raise Unreadable(_("The file has more than %d rows.") % MOST_ROWS)
        cells = [unguarded(cell) for cell in row]
        if any(cell not in (None, "") for cell in cells[len(names) :]):
            raise Unreadable(_("Row %d has more cells than the first row.") % number)
        if any(isinstance(cell, str) and "\0" in cell for cell in cells):
            raise Unreadable(_("Row %d holds a NUL character.") % number)
        if any(isinstance(cell, str) and SURROGATE.search(cell) for cell in cells):
            raise Unreadable(_("Row %d holds half of a character.") % number)
        data.append([*cells, *[None] * len(names)][: len(names)])
    return data


class CSV(base_formats.CSV):
    def is_binary(self) -> bool:
        return True  # bytes in, bytes out: no newline is translated on the way

    def get_read_mode(self) -> str:
        return "rb"

    def create_dataset(self, in_stream: bytes, **_options: object) -> tablib.Dataset:
        try:
            text = in_stream.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise Unreadable(_("The file is not in UTF-8.")) from None
        first = text.partition("\n")[0]
        delimiter = ";" if ";" in first and "," not in first else ","
        try:
            rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
        except csv.Error as error:
            raise Unreadable(_("This is no CSV: %s") % error) from None
        return table(rows[0] if rows else [], rows[1:])

    def export_data(self, dataset: tablib.Dataset, **_options: object) -> bytes:
        text = io.StringIO(newline="")
        writer = csv.writer(text)
        writer.writerow(dataset.headers or [])
        writer.writerows([guarded(cell) for cell in row] for row in dataset)
        return text.getvalue().encode("utf-8-sig")  # the mark by which Excel knows UTF-8


def value_of(cell: "openpyxl.cell.Cell", row: int) -> Cell:
    """Return what a cell holds; a formula is refused, as nobody here can say what it gives."""
    if cell.data_type == "f":
        raise Unreadable(
            _("Row %(row)d, column %(column)s: “%(formula)s” is a formula; write its value.")
            % {"row": row, "column": cell.column_letter, "formula": str(cell.value)[:60]}
        )
    return unescaped(cell.value)


class XLSX(base_formats.XLSX):
    def create_dataset(self, in_stream: bytes) -> tablib.Dataset:
        measure(in_stream)
        try:
            book = openpyxl.load_workbook(io.BytesIO(in_stream), read_only=True)
            sheet = book.worksheets[0]
            sheet.reset_dimensions()  # what the file says of its size may be a lie
            found = sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS + 1)
            rows = [[value_of(cell, number) for cell in row] for number, row in enumerate(found, 1)]
        except Unreadable:
            raise
        except Exception as error:  # openpyxl raises whatever the archive makes it raise
            raise Unreadable(_("This is no XLSX file.")) from error
        while rows and not any(cell not in (None, "") for cell in rows[-1]):
            rows.pop()
        return table(rows[0] if rows else [], rows[1:])

    def export_data(self, dataset: tablib.Dataset, **_options: object) -> bytes:
        rows = [[escaped(guarded(cell)) for cell in row] for row in dataset]
        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet("Sheet")
        sheet.freeze_panes = "A2"
        sheet.append([bold(sheet, name) for name in dataset.headers or []])
        for row in rows:
            sheet.append(row)
        file = io.BytesIO()
        book.save(file)
        return file.getvalue()


def bold(sheet: object, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=text)
    cell.font = Font(bold=True)
    return cell


def measure(archive: bytes) -> None:
    """Refuse an archive that says it unpacks to more than we take, or that is none."""
    size = unpacked_size(archive)
    if size is None:
        raise Unreadable(_("This is no XLSX file."))
    if size > MOST_UNPACKED:
        raise Unreadable(
            _("The file unpacks to more than %d MB.") % (MOST_UNPACKED // 1024 // 1024)
        )


def escaped(cell: Cell) -> Cell:
    """Return a cell with the characters that XML does not hold as `_xHHHH_`."""
    if not isinstance(cell, str):
        return cell
    text = UNWRITABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", cell)
    if len(text) > LONGEST_IN_XLSX:
        raise ValueError(
            _("A text is longer than a cell of XLSX can hold; choose CSV or JSON instead.")
        )
    return text


class JSON(base_formats.JSON):
    def is_binary(self) -> bool:
        return True

    def get_read_mode(self) -> str:
        return "rb"

    def create_dataset(self, in_stream: bytes, **_options: object) -> tablib.Dataset:
        try:
            rows = json.loads(in_stream)
        except (ValueError, RecursionError):
            raise Unreadable(_("This is no JSON.")) from None
        if not isinstance(rows, list) or not rows or not isinstance(rows[0], dict):
            raise Unreadable(_("The file must be a list of objects, one for each row."))
        names = list(rows[0])
        return table(names, _values(names, rows))

    def export_data(self, dataset: tablib.Dataset, **_options: object) -> bytes:
        rows = [dict(zip(dataset.headers or [], row, strict=True)) for row in dataset]
        return json.dumps(rows, ensure_ascii=False, indent=1).encode()


def _values(names: list[str], rows: list[object]) -> Iterator[list[Cell]]:
    for number, row in enumerate(rows, start=2):
        if not isinstance(row, dict) or set(row) != set(names):
            raise Unreadable(
                _("Row %d does not have exactly the names of the first object.") % number
            )
        if any(isinstance(value, list | dict) for value in row.values()):
            raise Unreadable(_("Row %d holds a list or an object in a cell.") % number)
        # an apostrophe in JSON is an apostrophe: guard it, as `table` takes one away
        yield [guarded(row[name]) for name in names]


FORMATS = [CSV, XLSX, JSON]
