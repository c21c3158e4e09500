"""What a proposal stands on: while that is as it was, its moves may be made.

Stars and votes are not part of it, as they come all the time; nor is the clock.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from eventsite.models import Change
from eventsite.writing import User

from .models import Event
from .problems import Standing
from .solver.problem import in_utc

MOST = 50  # of the changes since, that are told


@dataclass(frozen=True, slots=True)
class Since:
    """One thing that somebody changed since a proposal was made."""

    table: str
    code: str
    fields: tuple[str, ...]
    by: User
    at: datetime


def ground_of(standing: Standing) -> str:
    """Return the SHA-256 of what stands where, and of what the rules know about it."""
    problem = standing.problem
    steady = replace(
        problem,
        talks={code: replace(talk, demand=None) for code, talk in problem.talks.items()},
        together={},
        alike={},
        released=None,
        now=None,
    )
    walks = sorted(problem.walks.items())
    values = [asdict(replace(steady, walks={})), walks, asdict(standing.timetable)]
    text = json.dumps(values, sort_keys=True, default=_plain)
    return hashlib.sha256(text.encode()).hexdigest()


def mark_of(event: Event) -> int:
    """Return the last change of an event's rows so far: what comes later came since."""
    newest = Change.objects.filter(event_code=event.code).order_by("-pk")
    return newest.values_list("pk", flat=True).first() or 0


def since(event: Event, mark: int) -> list[Since]:
    """Return what was changed of an event since a mark, newest first: one query."""
    rows = Change.objects.filter(event_code=event.code, pk__gt=mark).order_by("-pk")
    return [
        Since(row.table, row.code, tuple(row.fields), row.by, row.at)
        for row in rows.select_related("by")[:MOST]
    ]


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return in_utc(value).isoformat()
    if isinstance(value, Iterable):
        return sorted(value)
    return str(value)
