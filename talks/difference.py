"""What attendees would see change between two programmes, record by record and field by field.

A talk is where its session is, so it moves with it; a session says nothing of talks that come
and go, as they say so themselves. The order of the records of a table is no difference.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .field_changes import Field, Side, links, listed, one_of, people, reordered, reworded, title
from .places import places_of_sessions, places_of_talks
from .records import Programme
from .records_json import Json, Plain, dumps

TABLES = ("sessions", "talks", "people", "rooms", "tracks", "dates", "awards")
WHEN = {"on", "time", "zone"}  # of a date


@dataclass(frozen=True, slots=True)
class Difference:
    """One record that changes.

    `kind` is new, back, withdrawn, cancelled, planned (no longer cancelled), moved or reworded;
    `table` is as in `TABLES`, or "event" or "organizers"; `title` is the record's name. One
    without fields that is reworded differs in what no page shows by itself.
    """

    kind: str
    table: str
    code: str
    title: str
    fields: tuple[Field, ...] = ()

    def as_plain(self) -> Json:
        """Return the difference as JSON has it."""
        fields: list[Plain] = [
            {"name": field.name, "before": field.before, "after": field.after}
            for field in self.fields
        ]
        return {
            **{"kind": self.kind, "table": self.table, "code": self.code, "title": self.title},
            "fields": fields,
        }


def differences(previous: Programme | None, current: Programme) -> Iterator[Difference]:
    """Yield what changes, table by table; against nothing, everything is new.

    Something is yielded exactly when a record is another than it was: stamps, what is gone and
    the order of records aside.
    """
    new = side_of(current)
    old = side_of(previous) if previous else None
    if old is None:
        for table in TABLES:
            yield from (_come("new", table, code, new) for code in new.tables[table])
        return
    yield from _event(old, new)
    yield from _organizers(old, new)
    talks = list(_table("talks", old, new, frozenset()))
    told = frozenset(difference.code for difference in talks)
    yield from _table("sessions", old, new, told)
    yield from talks
    for table in TABLES[2:]:
        yield from _table(table, old, new, told)


def side_of(programme: Programme) -> Side:
    value = dumps(programme)
    return Side(
        event=one_of(value["event"]),
        organizers=listed(value, "organizers"),
        tables={table: {str(r["code"]): r for r in listed(value, table)} for table in TABLES},
        places=places_of_sessions(programme) | places_of_talks(programme),
        gone=programme.gone,
    )


def _event(old: Side, new: Side) -> Iterator[Difference]:
    if old.event != new.event:
        fields = tuple(reworded("event", old.event, new.event, old, new))
        yield Difference("reworded", "event", str(new.event["code"]), title(new.event), fields)


def _organizers(old: Side, new: Side) -> Iterator[Difference]:
    if old.organizers != new.organizers:
        fields = tuple(people(old.organizers, new.organizers, old, new))
        yield Difference("reworded", "organizers", "", "", fields)


def _table(table: str, old: Side, new: Side, told: frozenset[str]) -> Iterator[Difference]:
    """The differences of a table; `told` are the talks whose own differences are."""
    before, after = old.tables[table], new.tables[table]
    for code, record in after.items():
        if code not in before:
            yield _come("back" if code in old.gone else "new", table, code, new)
        elif before[code] != record or code in new.places:  # moved by its session or the zone
            yield from _changed(table, before[code], record, old, new, told)
    for code in before:
        if code not in after:
            yield _gone(table, code, old)


def _come(kind: str, table: str, code: str, side: Side) -> Difference:
    places = side.places.get(code, {}).values()
    fields = tuple(Field("when_and_where", None, place.plain) for place in places)
    return Difference(kind, table, code, title(side.tables[table][code]), fields)


def _gone(table: str, code: str, side: Side) -> Difference:
    places = side.places.get(code, {}).values()
    fields = tuple(Field("when_and_where", place.plain, None) for place in places)
    return Difference("withdrawn", table, code, title(side.tables[table][code]), fields)


def _changed(
    table: str, before: Json, after: Json, old: Side, new: Side, told: frozenset[str]
) -> Iterator[Difference]:
    code = str(after["code"])
    fields = (
        *_moved(code, old, new),
        *reworded(table, before, after, old, new),
        *people(_roles(before), _roles(after), old, new),
        *links(listed(before, "links"), listed(after, "links")),
        *reordered(listed(before, "placements"), listed(after, "placements"), old, new),
    )
    kind = _kind(table, before, after, fields)
    if fields or kind != "reworded" or not _is_told(before, after, old, new, told):
        yield Difference(kind, table, code, title(after), fields)


def _kind(table: str, before: Json, after: Json, fields: Iterable[Field]) -> str:
    if before.get("status") != after.get("status"):
        return str(after["status"])
    names = {field.name for field in fields}
    is_moved = "when_and_where" in names or (table == "dates" and names & WHEN)
    return "moved" if is_moved else "reworded"


def _is_told(before: Json, after: Json, old: Side, new: Side, told: frozenset[str]) -> bool:
    """Whether other differences tell all that is other in a record without fields of its own.

    A new zone, which moves all moments, is told of the event; a talk in or out of a session,
    of the talk.
    """
    if before == after or "placements" not in after:
        return before == after
    moments = {"start", "end"} if _is_rezoned(old, new) else set()
    if any(before[name] != after[name] for name in after.keys() - moments - {"placements"}):
        return False
    if moments:
        return True
    was, now = ({p["code"]: p for p in listed(each, "placements")} for each in (before, after))
    other = [code for code in was.keys() | now.keys() if was.get(code) != now.get(code)]
    talks = {str(side[code]["talk"]) for side in (was, now) for code in other if code in side}
    return bool(talks) and talks <= told


def _is_rezoned(old: Side, new: Side) -> bool:
    return old.event["zone"] != new.event["zone"]


def _moved(code: str, old: Side, new: Side) -> Iterator[Field]:
    """Where something was and where it is, for each of its placements that is elsewhere."""
    before, after = (dict(side.places.get(code, {})) for side in (old, new))
    is_rezoned = _is_rezoned(old, new)
    pairs = [(before.pop(one), after.pop(one)) for one in [*before] if one in after]
    for was, now in pairs:
        if was.mark(is_rezoned) != now.mark(is_rezoned):
            yield Field("when_and_where", was.plain, now.plain)
    left, come = list(before.values()), list(after.values())
    while left or come:  # a placement taken away and another made is a move all the same
        was_plain = left.pop(0).plain if left else None
        now_plain = come.pop(0).plain if come else None
        if was_plain != now_plain:
            yield Field("when_and_where", was_plain, now_plain)


def _roles(record: Json) -> list[Json]:
    return listed(record, "roles") + listed(record, "chairs")
