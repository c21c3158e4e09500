"""A release, and what one changed, as JSON for programs.

A release is `{"release": {number, published, note, current}, "event": {...}, "rooms": [...], ...}`:
each record flat, with the fields of `talks.records`; what has a list of its own is named by code,
and moments are in UTC. Changes are `{"release", "from", "changes": [{kind, table, code, title,
fields: [{name, before, after}]}]}`, with `from` null for what was new in the first one.
"""

import json
from collections.abc import Iterable
from datetime import UTC, datetime

from talks import records_json
from talks.difference import Difference
from talks.records import Programme
from talks.records_json import Json, Plain

INNER = ("stamps", *records_json.DECIDED)  # the calendar's own, and codes without a name


def dumps(programme: Programme, number: int, published: datetime, note: str, current: int) -> str:
    """`current` is the number of the current release, for whose readers it is redacted."""
    moment = published.astimezone(UTC).isoformat()
    release: Json = {"number": number, "published": moment, "note": note, "current": current}
    value = records_json.dumps(programme)
    return _text({"release": release, **{name: value[name] for name in value if name not in INNER}})


def dumps_changes(changes: Iterable[Difference], number: int, since: int | None) -> str:
    found: list[Plain] = [change.as_plain() for change in changes]
    return _text({"release": number, "from": since, "changes": found})


def _text(value: Json) -> str:
    return json.dumps(value, indent=1) + "\n"
