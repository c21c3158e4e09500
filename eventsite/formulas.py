"""Cells that no spreadsheet runs: what looks like a formula gets an apostrophe before it.

Any number of apostrophes, then what starts a formula (OWASP, CSV injection), or its wide form:
so that what is guarded twice is unguarded twice.
"""

import re
from typing import TypeAlias

Cell: TypeAlias = object  # text, number, truth value, or what openpyxl reads: a date, a time

GUARDED = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")


def guarded(cell: Cell) -> Cell:
    """Return a cell that no spreadsheet runs."""
    return f"'{cell}" if isinstance(cell, str) and GUARDED.match(cell) else cell


def unguarded(cell: Cell) -> Cell:
    """Undo `guarded`."""
    is_guarded = isinstance(cell, str) and cell.startswith("'") and GUARDED.match(cell)
    return cell[1:] if is_guarded and isinstance(cell, str) else cell
