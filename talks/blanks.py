"""What stands in the place of a person who was erased: in records of releases and in history.

Plain values are blanked where they are, and what they said is remembered, to be looked for
elsewhere.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import cast

from .records_json import Json, Plain

PLACEHOLDER = "Name removed"

# What stands in the columns of a person afterwards.
BLANK: Json = {
    "name": PLACEHOLDER,
    "sort_name": PLACEHOLDER,
    "affiliation": "",
    "about": "",
    "email": "",
    "zone": "",
    "notes": "",
    "links": "",
    "picture": "",
    "author": None,
}
NAMES = ("name", "sort_name", "email")  # what may stand in free text


@dataclass(frozen=True, slots=True)
class Said:
    """What blanked values said: names and addresses of e-mail, and where pictures are kept."""

    names: set[str] = field(default_factory=set)
    pictures: set[str] = field(default_factory=set)

    def learn(self, values: Json) -> None:
        self.names.update(str(values[name]) for name in NAMES if values.get(name))
        self.names.discard(PLACEHOLDER)
        if values.get("picture"):
            self.pictures.add(str(values["picture"]))


def blank_release(value: Json, code: str, said: Said) -> bool:
    """Blank a person in the records of a release; return whether they were there by name."""
    people = _all(value, "people")
    was_there = False
    for person in people:
        if person["code"] == code:
            said.learn(person)
            was_there |= _update(person, {name: BLANK[name] for name in person if name in BLANK})
    for role in _roles(value):
        if role["person"] == code:
            said.learn(role)
            was_there |= _update(role, {"name": "", "affiliation": ""})
    people.sort(key=lambda p: (str(p["sort_name"]), str(p["name"]), str(p["code"])))
    return was_there


def blank_person(fields: Json, said: Said) -> Json:
    """Return the fields of a Change of the person without what they said, before and after."""
    for name in (*NAMES, "picture"):
        for side in cast(list[Plain], fields.get(name, [])):
            said.learn({name: side})
    return {
        name: [_blanked(name, side) for side in cast(list[Plain], sides)]
        for name, sides in fields.items()
    }


def blank_roles(sides: list[Plain], numbers: Collection[Plain], said: Said | None) -> Plain:
    """Return the roles of a talk, before and after, without the names printed for some people.

    `numbers` are their primary keys.
    """
    return [side and [_role(role, numbers, said) for role in _list(side)] for side in sides]


def people_in(sides: list[Plain]) -> set[Plain]:
    """Return the primary keys of the people in the roles of a talk, before and after."""
    return {role["person"] for side in sides for role in _list(side)}


def _role(role: Json, numbers: Collection[Plain], said: Said | None) -> Json:
    if role["person"] not in numbers:
        return role
    if said:
        said.learn(role)
    return role | {"name": "", "affiliation": ""}


def _blanked(name: str, value: Plain) -> Plain:
    if not value or name in ("code", "event"):
        return value
    if name == "event_roles":
        return [role | {"affiliation": ""} for role in _list(value)]
    return [] if name == "times" else BLANK.get(name)


def _update(record: Json, values: Json) -> bool:
    is_same = values.items() <= record.items()
    record.update(values)
    return not is_same


def _roles(value: Json) -> Iterator[Json]:
    talks = chain.from_iterable(_all(talk, "roles") for talk in _all(value, "talks"))
    chairs = chain.from_iterable(_all(session, "chairs") for session in _all(value, "sessions"))
    return chain(talks, chairs, _all(value, "organizers"))


def _all(value: Json, table: str) -> list[Json]:
    return _list(value[table])


def _list(value: Plain) -> list[Json]:
    return cast(list[Json], value or [])
