"""Records -> the timetable: days, and in each the rooms, rows and spans of a table.

A day holds the sessions that start on it by the clock of the zone shown. Moments are compared
in UTC, since those of one zone would be compared by their wall clock, which jumps.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from talks.records import Room, Session

ALONE = frozenset({"break", "social"})  # kinds that are everybody's when nothing runs beside them


class State(StrEnum):
    """Where a session stands at a moment."""

    PAST = "past"
    NOW = "now"
    NEXT = "next"
    LATER = ""


@dataclass(frozen=True, slots=True)
class Slot:
    """A session as the timetable shows it; times are by the clock of the zone shown."""

    session: Session
    start: datetime
    end: datetime
    state: State

    @property
    def ends_on_another_day(self) -> bool:
        return self.end.date() != self.start.date()


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the table; without slots it is empty, with several they overlap."""

    slots: tuple[Slot, ...]
    rows: int = 1
    columns: int = 1
    is_wide: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """What begins at a moment. Cells that reach down from above are not repeated."""

    start: datetime
    is_another_day: bool  # after the midnight of the day it stands in
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """Slots in order of start; `columns` are rooms, None for what is in no room."""

    on: date
    slots: tuple[Slot, ...]
    columns: tuple[Room | None, ...]
    rows: tuple[Row, ...]


def timetable(
    sessions: Iterable[Session], zone: ZoneInfo, at: datetime | None = None
) -> tuple[Day, ...]:
    """Return the days that have sessions; `at` is the moment that tells past, now and next."""
    ordered = sorted(sessions, key=_order)
    states = _states(ordered, at)
    days: dict[date, list[Slot]] = {}
    for session in ordered:
        start, end = session.start.astimezone(zone), session.end.astimezone(zone)
        slot = Slot(session, start, end, states.get(session.code, State.LATER))
        days.setdefault(start.date(), []).append(slot)
    return tuple(_day(on, days[on]) for on in sorted(days))


def days_of(sessions: Iterable[Session], zone: ZoneInfo) -> list[date]:
    """Return the days on which sessions start, by the clock of the zone."""
    return sorted({session.start.astimezone(zone).date() for session in sessions})


def _order(session: Session) -> tuple[object, ...]:
    room = (1, session.room.position, session.room.name) if session.room else (0, 0, "")
    return (session.start.astimezone(UTC), session.end.astimezone(UTC), room, session.code)


def _states(sessions: Sequence[Session], at: datetime | None) -> dict[str, State]:
    """What starts next is all that shares the first start after the moment."""
    if at is None:
        return {}
    moment = at.astimezone(UTC)
    upcoming = [s.start.astimezone(UTC) for s in sessions if s.start.astimezone(UTC) > moment]
    first = min(upcoming, default=None)
    return {session.code: _state(session, moment, first) for session in sessions}


def _state(session: Session, moment: datetime, first: datetime | None) -> State:
    start, end = session.start.astimezone(UTC), session.end.astimezone(UTC)
    if end <= moment:
        return State.PAST
    if start <= moment:
        return State.NOW
    return State.NEXT if start == first else State.LATER


def _day(on: date, slots: list[Slot]) -> Day:
    wide = {slot.session.code for slot in slots if _is_wide(slot, slots)}
    columns = _columns(slots, wide)
    marks = sorted({moment.astimezone(UTC) for slot in slots for moment in (slot.start, slot.end)})
    placed = _cells(slots, wide, columns, marks)
    return Day(on, tuple(slots), columns, tuple(_rows(on, placed, len(columns), marks, slots)))


def _overlap(one: Slot, other: Slot) -> bool:
    return one.start.astimezone(UTC) < other.end.astimezone(UTC) and other.start.astimezone(
        UTC
    ) < one.end.astimezone(UTC)


def _is_wide(slot: Slot, slots: Sequence[Slot]) -> bool:
    """For everybody, and nothing beside it: such a session spans all rooms."""
    session = slot.session
    if session.room and not session.is_plenary and session.kind not in ALONE:
        return False
    return not any(_overlap(slot, other) for other in slots if other is not slot)


def _columns(slots: Sequence[Slot], wide: set[str]) -> tuple[Room | None, ...]:
    """The rooms of what is not wide, by position; else of all; never none."""
    narrow = [slot.session for slot in slots if slot.session.code not in wide]
    rooms = {s.room.code: s.room for s in narrow or [slot.session for slot in slots] if s.room}
    ordered = sorted(rooms.values(), key=lambda room: (room.position, room.name, room.code))
    if not ordered or any(session.room is None for session in narrow):
        return (*ordered, None)
    return tuple(ordered)


def _cells(
    slots: Sequence[Slot], wide: set[str], columns: Sequence[Room | None], marks: list[datetime]
) -> dict[tuple[int, int], Cell]:
    """Return every cell that holds something, by its first row and column, from 0."""
    row_of = {mark: row for row, mark in enumerate(marks)}
    column_of = {room.code if room else "": column for column, room in enumerate(columns)}
    cells: dict[tuple[int, int], Cell] = {}
    rooms: dict[str, list[Slot]] = {}
    for slot in slots:
        if slot.session.code in wide:
            cells[row_of[slot.start.astimezone(UTC)], 0] = Cell((slot,), 1, len(columns), True)
        else:
            rooms.setdefault(slot.session.room.code if slot.session.room else "", []).append(slot)
    for code, held in rooms.items():
        for group in _groups(held):
            first = row_of[min(slot.start.astimezone(UTC) for slot in group)]
            last = row_of[max(slot.end.astimezone(UTC) for slot in group)]
            cells[first, column_of[code]] = Cell(tuple(group), last - first)
    return cells


def _groups(slots: Sequence[Slot]) -> Iterator[list[Slot]]:
    """Split the slots of one room, in order of start, where nothing overlaps."""
    group: list[Slot] = []
    until: datetime | None = None
    for slot in slots:
        start, end = slot.start.astimezone(UTC), slot.end.astimezone(UTC)
        if until is not None and start >= until:
            yield group
            group, until = [], None
        group.append(slot)
        until = max(until, end) if until else end
    if group:
        yield group


def _rows(
    on: date,
    cells: dict[tuple[int, int], Cell],
    width: int,
    marks: Sequence[datetime],
    slots: Sequence[Slot],
) -> Iterator[Row]:
    """Yield a row for each mark at which something runs; empty cells fill the gaps."""
    zone = slots[0].start.tzinfo
    covered = {
        (below, beside)
        for (row, column), cell in cells.items()
        for below in range(row, row + cell.rows)
        for beside in range(column, column + cell.columns)
    }
    for row, mark in enumerate(marks):
        if not any((row, column) in covered for column in range(width)):
            continue
        found = [
            cells.get((row, column), Cell(()))
            for column in range(width)
            if (row, column) in cells or (row, column) not in covered
        ]
        local = mark.astimezone(zone)
        yield Row(local, local.date() != on, tuple(found))
