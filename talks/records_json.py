"""A programme to and from the JSON value that a release holds.

Each record is a flat object; records with a list of their own are named by code, so that a
session's room is "R…". Moments are written in UTC and read in the event's zone.
"""

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from typing import TypeAlias, cast, get_args, get_origin, get_type_hints
from zoneinfo import ZoneInfo

from .records import Person, Programme, Room, Talk, Track

Plain: TypeAlias = "str | int | bool | list[Plain] | dict[str, Plain] | None"
Json: TypeAlias = dict[str, Plain]

NAMED = (Room, Track, Person, Talk)
LISTS = ("rooms", "tracks", "people", "talks", "sessions", "dates", "awards", "organizers")
DECIDED = ("gone", "abstract_length", "is_by_session")  # when it is published


def dumps(programme: Programme) -> Json:
    """Return the programme as plain values, the same for equal programmes."""
    value: Json = {
        name: [flat(record) for record in getattr(programme, name)] for name in (*LISTS, "stamps")
    }
    decided = {name: plain(getattr(programme, name)) for name in DECIDED}
    return {"event": flat(programme.event), **value, **decided}


def flat(record: object) -> Json:
    """Return one record as an object of plain values."""
    assert is_dataclass(record)
    released = [field.name for field in fields(record) if field.metadata.get("is_released", True)]
    return {name: plain(getattr(record, name)) for name in released}


def plain(value: object) -> Plain:
    """Return a value as JSON has it: a record with a list of its own becomes its code."""
    if isinstance(value, NAMED):
        return value.code
    if is_dataclass(value):
        return flat(value)
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    if isinstance(value, frozenset):
        return cast(Plain, sorted(value))
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    return cast(Plain, value)


def loads(value: Json) -> Programme:
    """Return the programme that `dumps` wrote. Raises KeyError for a code that names nothing."""
    reader = _Reader(_zone(value))
    for name, make in (("rooms", Room), ("tracks", Track), ("people", Person), ("talks", Talk)):
        for one in cast(list[Json], value[name]):
            reader.known[str(one["code"])] = reader.make(make, one)
    return cast(Programme, reader.make(Programme, value))


def _zone(value: Json) -> ZoneInfo:
    return ZoneInfo(str(cast(Json, value["event"])["zone"]))


class _Reader:
    """Makes records of plain values, led by the types of their fields."""

    def __init__(self, zone: ZoneInfo):
        self.zone = zone
        self.known: dict[str, object] = {}

    def make(self, record: Callable[..., object], value: Json) -> object:
        """Return a record; a field that an older release lacks takes its default."""
        hints = _hints(record)
        return record(**{n: self.read(hints[n], value[n]) for n in hints if n in value})

    def read(self, hint: object, value: Plain) -> object:
        if value is None:
            return None
        if isinstance(value, list):
            (one, *_rest) = get_args(hint)
            made = [self.read(one, each) for each in value]
            return frozenset(made) if get_origin(hint) is frozenset else tuple(made)
        for kind in get_args(hint) or (hint,):
            if kind in NAMED:
                return self._known(value)
            if kind is datetime:
                return datetime.fromisoformat(str(value)).astimezone(self.zone)
            if kind in (date, time):
                return kind.fromisoformat(str(value))
            if isinstance(value, dict) and is_dataclass(kind):
                return self.make(cast(Callable[..., object], kind), value)
        return value

    def _known(self, value: Plain) -> object:
        return self.known[str(value["code"] if isinstance(value, dict) else value)]


@cache
def _hints(record: Callable[..., object]) -> dict[str, object]:
    return get_type_hints(record)
