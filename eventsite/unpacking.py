"""Spreadsheet archives before and after they are unpacked: how large they get, what texts mean."""

import io
import re
import zipfile

from eventsite.formulas import Cell

MOST_PARTS = 1000

ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")  # ECMA-376 part 1, 22.9.2.19 (ST_Xstring)


def unpacked_size(archive: bytes) -> int | None:
    """Return how many bytes an archive says it unpacks to; None when it is no spreadsheet's."""
    try:
        parts = zipfile.ZipFile(io.BytesIO(archive)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return None
    return sum(part.file_size for part in parts) if len(parts) <= MOST_PARTS else None


def unescaped(cell: Cell) -> Cell:
    """Return a cell with the characters that XML does not hold as themselves."""
    if not isinstance(cell, str):
        return cell
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), cell)
