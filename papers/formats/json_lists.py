"""Lists of papers in JSON: taken apart once, each object of it with its place, from 1."""

import json
from collections.abc import Iterator, Mapping

from papers.entries import Document, Refused
from papers.formats.table_rows import Row, Table

LISTS = ("papers", "submissions", "items", "data", "results", "notes", "paper")
Object = dict[str, object]


def parsed(text: str) -> object:
    """Return what a text in JSON holds. Raises Refused where it is none."""
    try:
        value: object = json.loads(text)
    except json.JSONDecodeError as error:
        raise Refused(f"This is no JSON: {error.msg}, in line {error.lineno}.") from None
    except (ValueError, RecursionError):
        raise Refused("This JSON is nested too deeply, or holds too long a number.") from None
    return value


def objects(value: object) -> list[Object]:
    """Return the objects of a list, of the list in an object, or of one by their identifiers."""
    if isinstance(value, dict):
        lists = [value[name] for name in LISTS if isinstance(value.get(name), list)]
        if lists:
            value = lists[0]
        elif "title" in value or "content" in value:
            value = [value]
        else:
            value = [{"id": key, **one} for key, one in value.items() if isinstance(one, dict)]
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def read(text: str, mapping: Mapping[str, str] | None = None) -> Document:
    """Read a list of objects as the rows of a table: HotCRP's export, and others of that kind."""
    found = objects(parsed(text))
    headers = list(dict.fromkeys(name for one in found for name in one))
    if not found:
        raise Refused("This JSON holds no list of papers.")
    if {"start", "end"} <= set(headers):
        raise Refused("This JSON is a calendar: what it lists begins and ends, and is no paper.")
    table = Table(headers, mapping or {})
    table.read(_rows(found, headers))
    return table.document("json", text)


def _rows(found: list[Object], headers: list[str]) -> Iterator[Row]:
    for number, one in enumerate(found, start=1):
        yield Row(number, [one.get(name) for name in headers])
