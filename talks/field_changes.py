"""Field by field: how one record of a programme differs from what it was."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .places import Place
from .records_json import Json, Plain

# What people do not see, or see as a change of something else.
UNSEEN = {"code", "position", "sort_name", "features", "uid_domain"}
# What is told in another way than as the value before and after.
TOLD_APART = {
    "sessions": {"status", "start", "end", "room", "chairs", "placements"},
    "talks": {"status", "roles", "links"},
}
NAMING = {"room", "track", "talks"}  # fields that hold codes


@dataclass(frozen=True, slots=True)
class Field:
    """One field before and after, None where there was or is nothing.

    Beside the fields of records there are "when_and_where" (of a session start, end and room; of
    a talk its session and board too), "person" (name, affiliation, role), "link" (kind, label,
    url), and "order" and "people_order" (lists of names).
    """

    name: str
    before: Plain
    after: Plain


@dataclass(frozen=True, slots=True)
class Side:
    """A programme as it is compared: its records by code, and where everything is."""

    event: Json
    organizers: list[Json]
    tables: dict[str, dict[str, Json]]
    places: dict[str, dict[str, Place]]  # by code of talk or session, then by code of placement
    gone: frozenset[str]

    def name(self, code: Plain) -> Plain:
        """Return what a code is called; another value as it is."""
        found = (records[str(code)] for records in self.tables.values() if str(code) in records)
        return next((title(record) for record in found), code)


def title(record: Json) -> str:
    """Return what a record is called."""
    return str(record.get("title") or record.get("name") or record.get("label") or "")


def reworded(table: str, before: Json, after: Json, old: Side, new: Side) -> Iterator[Field]:
    for name, value in after.items():
        if name not in UNSEEN | TOLD_APART.get(table, set()) and before.get(name) != value:
            yield Field(name, _shown(name, before.get(name), old), _shown(name, value, new))


def _shown(name: str, value: Plain, side: Side) -> Plain:
    """Return a value as people read it: what it names is called by name."""
    if isinstance(value, dict):
        return title(value)
    if name in NAMING:
        return [side.name(one) for one in value] if isinstance(value, list) else side.name(value)
    return value


def people(before: list[Json], after: list[Json], old: Side, new: Side) -> Iterator[Field]:
    """Who is added, who is gone, and who stands there in another role or with another name."""
    was = {(role["person"], role["role"]): role for role in before}
    now = {(role["person"], role["role"]): role for role in after}
    stay = [key for key in now if key in was]
    for key in stay:
        if was[key] != now[key]:
            yield from _if_other("person", _printed(was[key], old), _printed(now[key], new))
    left = [role for key, role in was.items() if key not in now]
    for key, role in now.items():
        if key not in was:
            same = next((one for one in left if one["person"] == role["person"]), None)
            if same:
                left.remove(same)
            yield Field("person", _printed(same, old) if same else None, _printed(role, new))
    yield from (Field("person", _printed(role, old), None) for role in left)
    if [key for key in was if key in now] != stay:
        yield Field("people_order", _names(was.values(), old), _names(now.values(), new))


def _printed(role: Json, side: Side) -> Plain:
    person = side.tables["people"].get(str(role["person"]), {})
    return {
        "name": role["name"] or title(person),
        "affiliation": role["affiliation"] or person.get("affiliation", ""),
        "role": role["role"],
    }


def _names(roles: Iterable[Json], side: Side) -> Plain:
    return [role["name"] or side.name(role["person"]) for role in roles]


def links(before: list[Json], after: list[Json]) -> Iterator[Field]:
    was = {(link["url"], link["file"]): link for link in before}
    now = {(link["url"], link["file"]): link for link in after}
    for key in [*was, *(key for key in now if key not in was)]:
        sides = [_link(side[key]) if key in side else None for side in (was, now)]
        yield from _if_other("link", *sides)


def _link(link: Json) -> Plain:
    address = link["url"] or str(link["file"]).rpartition("/")[2]
    return {"kind": link["kind"], "label": link["label"], "url": address}


def _if_other(name: str, before: Plain, after: Plain) -> Iterator[Field]:
    if before != after:
        yield Field(name, before, after)


def reordered(before: list[Json], after: list[Json], old: Side, new: Side) -> Iterator[Field]:
    """The talks of a session that follow each other otherwise, those with starts of their own
    aside."""
    loose = [[p for p in side if p["start"] is None] for side in (before, after)]
    codes = [[p["code"] for p in side] for side in loose]
    stay = [[code for code in side if code in codes[0] and code in codes[1]] for side in codes]
    if stay[0] != stay[1]:
        names = [
            [side.name(p["talk"]) for p in placements]
            for side, placements in zip((old, new), loose, strict=True)
        ]
        yield Field("order", *names)


def listed(value: Json, table: str) -> list[Json]:
    found = value.get(table)
    return [one_of(record) for record in found] if isinstance(found, list) else []


def one_of(value: Plain) -> Json:
    assert isinstance(value, dict)
    return value
