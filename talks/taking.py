"""Makes moves: a timetable of the solver into tables, in one transaction, with its history."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from eventsite.writing import User, Values, delete
from eventsite.writing_many import (
    change_many,
    claim_many,
    create_many,
    record_many,
    set_many,
    thousands,
)

from .models import Event, Placement, Room, Session, Talk
from .models.timetable import Status
from .solver.diff import canonical
from .solver.problem import PlacedTalk, Timetable, in_utc

BESIDE = 1_000_000  # a position where nothing stands, while places are exchanged


@dataclass(frozen=True, slots=True)
class Want:
    """Where a placement is to stand."""

    session: Session
    position: int
    one: PlacedTalk


@transaction.atomic
def write(event: Event, before: Timetable, after: Timetable, by: User = None) -> int:
    """Make the tables, in which `before` stands, say `after`; return how many rows changed.

    All of it is one batch of Changes. Raises Conflict when a row was saved meanwhile.
    """
    before, after = canonical(before), canonical(after)
    rows = {row.code: row for row in event.sessions.filter(status=Status.PLANNED)}
    changed = _write_sessions(event, rows, before, after, by)
    return changed + _write_placements(rows, before, after, by)


def _write_sessions(
    event: Event, rows: Mapping[str, Session], before: Timetable, after: Timetable, by: User
) -> int:
    rooms = {room.code: room for room in Room.objects.filter(event=event)}
    old, new = before.by_code(), after.by_code()
    changes: list[tuple[Session, dict[str, object]]] = []
    for code, row in rows.items():
        one, other = old.get(code), new.get(code)
        place = (other.start, other.end, other.room) if other else (None, None, "")
        if place != ((one.start, one.end, one.room) if one else (None, None, "")):
            start, end, room = place
            changes.append((row, {"start": start, "end": end, "room": rooms.get(room)}))
    return change_many(changes, by)


def _write_placements(
    rows: Mapping[str, Session], before: Timetable, after: Timetable, by: User
) -> int:
    """Change, make and delete placements of the sessions that hold something else now."""
    old, new = _contents(before), _contents(after)
    touched = [code for code in rows if old.get(code, ()) != new.get(code, ())]
    standing = list(
        Placement.objects.filter(session__code__in=touched)
        .select_related("talk", "session__event")
        .order_by("session", "position", "pk")
    )
    wants = [want for code in touched for want in _wants(rows[code], new.get(code, ()), standing)]
    kept = _matched(standing, wants)
    gone = [row for row in standing if row not in kept]
    for row in gone:
        delete(row, row.version, by)
    changed = _exchange(kept, by)
    made = list(_made(want for want in wants if want not in kept.values()))
    if made:
        create_many(made, by=by)
    return changed + len(made) + len(gone)


def _contents(timetable: Timetable) -> dict[str, tuple[PlacedTalk, ...]]:
    placed = {one.session: one.talks for one in timetable.sessions}
    return {**placed, **timetable.waiting}


def _wants(
    session: Session, talks: Sequence[PlacedTalk], standing: Iterable[Placement]
) -> Iterator[Want]:
    """Yield where the talks of a session are to stand; behind them those that are cancelled."""
    cancelled = [
        PlacedTalk(row.talk.code, row.start, row.board)
        for row in standing
        if row.session_id == session.pk and row.talk.status == Status.CANCELLED
    ]
    for position, one in enumerate([*talks, *cancelled], start=1):
        yield Want(session, position, one)


def _matched(standing: Iterable[Placement], wants: Iterable[Want]) -> dict[Placement, Want]:
    """Return the place of each row that stays: in its session if it can, else in another."""
    left: dict[str, list[Want]] = defaultdict(list)
    for want in wants:
        left[want.one.talk].append(want)
    found: dict[Placement, Want] = {}
    rest: list[Placement] = []
    for row in standing:
        same = next((w for w in left[row.talk.code] if w.session.pk == row.session_id), None)
        if same:
            found[row] = same
            left[row.talk.code].remove(same)
        else:
            rest.append(row)
    for row in rest:
        if left[row.talk.code]:
            found[row] = left[row.talk.code].pop(0)
    return found


def _exchange(kept: Mapping[Placement, Want], by: User) -> int:
    """Let rows change places: all leave theirs before any takes another's."""
    moved = [row for row, want in kept.items() if _place(row) != _wanted(want)]
    before: dict[int, Values] = {}
    for some in thousands(moved):
        before |= claim_many(some)
        set_many([(row, {"position": BESIDE + row.pk, "board": ""}) for row in some])
    for some in thousands(moved):
        set_many([(row, _values(kept[row])) for row in some])
    return sum(record_many(some, before, by) for some in thousands(moved))


def _place(row: Placement) -> tuple[object, ...]:
    start = in_utc(row.start) if row.start else None
    return (row.session_id, row.position, start, row.board)


def _wanted(want: Want) -> tuple[object, ...]:
    return (want.session.pk, want.position, want.one.start, want.one.board)


def _values(want: Want) -> dict[str, object]:
    return {
        "session": want.session,
        "position": want.position,
        "start": want.one.start,
        "board": want.one.board,
    }


def _made(wants: Iterable[Want]) -> Iterator[Placement]:
    found = list(wants)
    talks = Talk.objects.in_bulk([want.one.talk for want in found], field_name="code")
    for want in found:
        yield Placement(talk=talks[want.one.talk], **_values(want))
