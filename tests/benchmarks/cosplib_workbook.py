"""Reading a CoSPLib workbook as it is written: sheets to plain values.

Kheiri, Pylyavskyy, Jacko (2025), doi 10.1145/3712255.3726570; github.com/ahmedkheiri/CoSPLib.
Columns are found by their titles and weights by their names; what is empty or missing is nothing.
"""

import re
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from pathlib import Path

from . import cosplib_checks
from .cosplib_checks import Unreadable

WEIGHTS = {
    "tracks_sessions": "track_session",
    "tracks_rooms": "track_room",
    "sessions_rooms": "session_room",
    "similar": "similar",
    "rooms_per": "rooms",
    "parallel": "parallel",
    "consecutive": "consecutive",
    "submissions_timezones": "zone",
    "submissions_order": "order",
    "submissions_sessions": "submission_session",
    "submissions_rooms": "submission_room",
    "presenters": "presenters",
    "attendees": "attendees",
    "chairs": "chairs",
    "presenters_slot": "presenters_slot",
    "attendees_slot": "attendees_slot",
}


@dataclass(frozen=True)
class Submission:
    name: str
    track: str
    slots: int
    order: int
    zone: int  # minutes east of Greenwich
    presenters: tuple[str, ...]
    attendees: tuple[str, ...]
    sessions: dict[str, int]  # penalties, where there are
    rooms: dict[str, int]


@dataclass(frozen=True)
class Session:
    name: str
    slots: int
    start: int  # minutes of the day
    end: int


@dataclass(frozen=True)
class Hours:
    """When people should speak by their own clock, minutes of the day, and what else costs."""

    zone: int = 0
    suitable: tuple[int, int] = (0, 1440)
    bearable: tuple[int, int] = (0, 1440)
    less: int = 0
    not_at_all: int = 0

    def penalty(self, session, zone):
        """What a submission from a zone costs in a session, unweighted."""
        start = (session.start + zone - self.zone) % 1440
        end = (session.end + zone - self.zone) % 1440
        first, last = self.bearable
        if start < first or end > last or end < first:
            return self.not_at_all
        return self.less if start < self.suitable[0] or end > self.suitable[1] else 0


@dataclass(frozen=True)
class Workbook:
    name: str
    weights: dict[str, int]
    hours: Hours
    submissions: tuple[Submission, ...]
    chairs: dict[str, tuple[str, ...]]  # by track, in order
    sessions: tuple[Session, ...]
    rooms: tuple[str, ...]
    track_session: dict[tuple[str, str], int] = field(default_factory=dict)
    track_room: dict[tuple[str, str], int] = field(default_factory=dict)
    session_room: dict[tuple[str, str], int] = field(default_factory=dict)
    similar: dict[tuple[str, str], int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()  # what was not read
    written: dict[str, str] = field(default_factory=dict)  # names with blanks around them


def read(path):
    """Read a workbook; raise Unreadable when it is none."""
    book = cosplib_checks.opened(path)
    sheets = {sheet.title.strip().casefold(): rows_of(sheet) for sheet in book.worksheets}
    cosplib_checks.check_sheets(sheets)
    parameters = sheets.get("parameters", [])
    sessions = tuple(session(row) for row in sheets["sessions"][1:])
    rooms = tuple(text(row[0]) for row in sheets["rooms"][1:])
    chairs = {text(row[0]): names(cell(row, 1)) for row in sheets.get("tracks", [[]])[1:]}
    submissions = submissions_of(sheets["submissions"], {one.name for one in sessions}, set(rooms))
    cosplib_checks.check(submissions, sessions, rooms)
    titles = [text(value) for value in sheets["submissions"][0]]
    for one in submissions:
        chairs.setdefault(one.track, ())
    first = [
        value
        for title in ("submissions", "tracks", "sessions", "rooms")
        for row in sheets.get(title, [])
        if isinstance(value := row[0], str)
    ]
    return Workbook(
        name=Path(path).stem,
        weights=weights_of(parameters),
        hours=hours_of(parameters),
        submissions=submissions,
        chairs=chairs,
        sessions=sessions,
        rooms=rooms,
        track_session=matrix(sheets.get("tracks_sessions|penalty", [])),
        track_room=matrix(sheets.get("tracks_rooms|penalty", [])),
        session_room=matrix(sheets.get("sessions_rooms|penalty", [])),
        similar=upper(sheets.get("similar tracks", [])),
        notes=cosplib_checks.notes(sheets, titles, sessions, rooms),
        written={text(value): value for value in first if value != text(value)},
    )


def rows_of(sheet):
    """Return the rows that hold something, all that is empty as None."""
    rows = [
        [None if text(v) == "" else v for v in row] for row in sheet.iter_rows(values_only=True)
    ]
    return [row for row in rows if any(value is not None for value in row)]


def cell(row, at):
    return row[at] if at < len(row) else None


def text(value):
    """Return what a cell says; whole numbers without a fraction."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).strip()


def number(value):
    try:
        return int(float(text(value) or 0))
    except (ValueError, OverflowError) as error:
        raise Unreadable(f"“{text(value)}” stands where a number should be.") from error


def names(value):
    """Return the names of a list with commas, each once."""
    return tuple(dict.fromkeys(name for one in text(value).split(",") if (name := one.strip())))


def minutes(value):
    """Return the minutes of the day of a time, however the cell holds it."""
    if isinstance(value, datetime):
        value = value.time()
    if isinstance(value, time):
        return value.hour * 60 + value.minute
    if isinstance(value, timedelta):
        return int(value.total_seconds()) // 60 % 1440
    if isinstance(value, int | float):
        return round(value * 1440) % 1440
    found = re.search(r"(\d+):(\d+)", text(value))
    return int(found[1]) * 60 + int(found[2]) if found else 0


def zone(value, otherwise=0):
    """Return the minutes east of Greenwich of "GMT+2", "GMT-3.5", "UTC+05:30"."""
    found = re.fullmatch(r"(?:GMT|UTC)\s*([+-])\s*(\d+)(?::(\d+)|(\.\d+))?", text(value))
    if not found:
        return 0 if text(value) in ("GMT", "UTC") else otherwise
    offset = int(found[2]) * 60 + int(found[3] or 0) + round(float(found[4] or 0) * 60)
    return offset if found[1] == "+" else -offset


def session(row):
    return Session(text(row[0]), number(cell(row, 1)), minutes(cell(row, 3)), minutes(cell(row, 4)))


def submissions_of(rows, sessions, rooms):
    titles = [text(value) for value in rows[0]]
    at = {title: n for n, title in enumerate(titles) if title}
    return tuple(
        Submission(
            name=text(row[0]),
            track=text(cell(row, 1)),
            slots=max(1, number(cell(row, 2))),
            order=number(cell(row, 3)),
            zone=zone(cell(row, 4)),
            presenters=names(cell(row, 5)),
            attendees=names(cell(row, 6)),
            sessions={one: n for one in sessions & at.keys() if (n := number(cell(row, at[one])))},
            rooms={one: n for one in rooms & at.keys() if (n := number(cell(row, at[one])))},
        )
        for row in rows[1:]
        if text(row[0])
    )


def matrix(rows):
    """Return what stands in a sheet with titles above and on the left: (left, above) -> number."""
    above = [text(value) for value in rows[0]] if rows else []
    return {
        (text(row[0]), title): found
        for row in rows[1:]
        for title, value in zip(above[1:], row[1:], strict=False)
        if title and (found := number(value))
    }


def upper(rows):
    """Return a square above its diagonal; a column stands for the row of the same number."""
    left = [text(row[0]) for row in rows[1:]]
    return {
        (left[y], left[x]): found
        for y, row in enumerate(rows[1:])
        for x in range(y + 1, len(left))
        if (found := number(cell(row, x + 1)))
    }


def weights_of(rows):
    """Return the weights by our names; what has none weighs nothing."""
    found = dict.fromkeys(WEIGHTS.values(), 0)
    for row in rows:
        title = text(cell(row, 3)).casefold()
        if name := weight_named(title):
            found[name] = number(cell(row, 4))
    return found


def weight_named(title):
    if "slot level" in title or "timeslot" in title:
        return next((f"{who}_slot" for who in ("presenters", "attendees") if who in title), None)
    key = re.sub(r"[\s|:]+", "_", title)
    return next((name for start, name in WEIGHTS.items() if start in key), None)


def hours_of(rows):
    """Return the hours from their column: a title, then "From", "To", "Penalty" in turn."""
    said = {}
    heading = ""
    for row in rows:
        title, value = text(cell(row, 0)).casefold().rstrip(":"), cell(row, 1)
        if "time zone" in title:
            said["zone"] = value
        elif "scheduling times" in title:
            heading = title.split()[0]
        elif title:
            said[heading, title] = value
    if ("suitable", "from") not in said:
        return Hours(zone(said.get("zone")))
    return Hours(
        zone(said.get("zone")),
        (minutes(said["suitable", "from"]), minutes(said.get(("suitable", "to")))),
        (minutes(said.get(("less", "from"))), minutes(said.get(("less", "to")))),
        number(said.get(("less", "penalty"))),
        number(said.get(("unsuitable", "penalty"))),
    )
