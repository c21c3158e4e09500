"""What attendees would see change between two programmes, record by record and field by field."""

from collections.abc import Iterator
from dataclasses import dataclass

from .records import Programme
from .records_json import Json, Plain, dumps

# What people do not see, or see as a change of something else.
UNSEEN = {"code", "slug", "position", "sort_name", "features", "uid_domain"}
TABLES = ("sessions", "talks", "people", "rooms", "tracks", "dates", "awards")
WHEN_AND_WHERE = {"start", "end", "room"}


@dataclass(frozen=True, slots=True)
class Field:
    """One field before and after, None where there was or is nothing."""

    name: str
    before: Plain
    after: Plain


@dataclass(frozen=True, slots=True)
class Difference:
    """One record that changes.

    `kind` is new, back, withdrawn, cancelled, planned (no longer cancelled), moved or reworded;
    `table` is as in `TABLES`, or "event" or "organizers"; `title` is the record's name.
    """

    kind: str
    table: str
    code: str
    title: str
    fields: tuple[Field, ...] = ()


def differences(previous: Programme | None, current: Programme) -> Iterator[Difference]:
    """Yield what changes, table by table; against nothing, everything is new."""
    before: Json = dumps(previous) if previous else {}
    after = dumps(current)
    gone = previous.gone if previous else frozenset()
    if before:
        yield from _reworded("event", _one(before["event"]), _one(after["event"]))
        yield from _organizers(before, after)
    names = _names(before) | _names(after)
    for table in TABLES:
        old, new = _by_code(before, table), _by_code(after, table)
        for code, record in new.items():
            if code in old:
                yield from _reworded(table, old[code], record, names)
            else:
                yield Difference("back" if code in gone else "new", table, code, title(record))
        for code, record in old.items():
            if code not in new:
                yield Difference("withdrawn", table, code, title(record))


def title(record: Json) -> str:
    """Return what a record is called."""
    return str(record.get("title") or record.get("name") or record.get("label") or "")


def _reworded(
    table: str, old: Json, new: Json, names: dict[str, str] | None = None
) -> Iterator[Difference]:
    fields = tuple(
        Field(name, _named(old.get(name), names), _named(value, names))
        for name, value in new.items()
        if name not in UNSEEN and old.get(name) != value
    )
    if fields or old != new:
        yield Difference(_kind(old, new, fields), table, str(new["code"]), title(new), fields)


def _kind(old: Json, new: Json, fields: tuple[Field, ...]) -> str:
    if old.get("status") != new.get("status"):
        return str(new["status"])
    if WHEN_AND_WHERE & {field.name for field in fields}:
        return "moved"
    before, after = (
        {str(_one(p)["code"]): _one(p).get("start") for p in _all(record, "placements")}
        for record in (old, new)
    )
    is_moved = any(before[code] != after[code] for code in before.keys() & after.keys())
    return "moved" if is_moved else "reworded"


def _organizers(before: Json, after: Json) -> Iterator[Difference]:
    names = _names(before) | _names(after)
    old, new = before["organizers"], after["organizers"]
    if old != new:
        field = Field("organizers", _named(old, names), _named(new, names))
        yield Difference("reworded", "organizers", "", "", (field,))


def _named(value: Plain, names: dict[str, str] | None) -> Plain:
    """Return a value with codes replaced by what they are called, as people read it."""
    if isinstance(value, str):
        return (names or {}).get(value, value)
    if isinstance(value, list):
        return [_named(one, names) for one in value]
    if isinstance(value, dict):
        return {key: _named(one, names) for key, one in value.items() if key not in UNSEEN}
    return value


def _names(value: Json) -> dict[str, str]:
    return {
        code: title(record) for table in TABLES for code, record in _by_code(value, table).items()
    }


def _by_code(value: Json, table: str) -> dict[str, Json]:
    return {str(_one(record)["code"]): _one(record) for record in _all(value, table)}


def _all(value: Json, table: str) -> list[Plain]:
    found = value.get(table)
    return found if isinstance(found, list) else []


def _one(value: Plain) -> Json:
    assert isinstance(value, dict)
    return value
