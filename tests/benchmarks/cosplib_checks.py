"""What makes a CoSPLib workbook unreadable, said in a sentence, and what of it is not read."""

from collections import Counter
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

NEEDED = ("submissions", "sessions", "rooms")
KNOWN = (
    *NEEDED,
    "parameters",
    "tracks",
    "tracks_sessions|penalty",
    "tracks_rooms|penalty",
    "similar tracks",
    "sessions_rooms|penalty",
)
COLUMNS = 7  # of a submission, before its sessions and rooms


class Unreadable(Exception):
    """A workbook is no instance; says why in a sentence."""


def opened(path):
    """Open a workbook for its values."""
    try:
        return load_workbook(path, data_only=True)
    except (OSError, BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        raise Unreadable(f"{path} is no workbook ({error}).") from error


def check_sheets(sheets):
    """Raise Unreadable when a sheet is missing that an instance needs, or holds nothing."""
    for title in NEEDED:
        if len(sheets.get(title, [])) < 2:
            raise Unreadable(f"It has no sheet “{title}” with rows in it.")


def check(submissions, sessions, rooms):
    """Raise Unreadable when a name stands twice, or a submission has no track."""
    kinds = {
        "submission": [one.name for one in submissions],
        "session": [one.name for one in sessions],
        "room": list(rooms),
    }
    for kind, names in kinds.items():
        for name, count in Counter(names).items():
            if count > 1:
                raise Unreadable(f"The {kind} “{name}” stands there {count} times.")
    for one in submissions:
        if not one.track:
            raise Unreadable(f"The submission “{one.name}” has no track.")


def notes(sheets, titles, sessions, rooms):
    """Return what is not read: sheets and columns that nobody knows."""
    known = {one.name for one in sessions} | set(rooms)
    columns = [title for title in titles[COLUMNS:] if title and title not in known]
    return (
        *(f"the sheet “{title}” is not read" for title in sheets if title not in KNOWN),
        *(f"the column “{title}” of its submissions is not read" for title in columns),
    )
