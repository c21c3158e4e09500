"""Findings that may stand: seen by an organizer, with a note, until they change."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from eventsite.writing import User

from .models import Acknowledged, Event
from .models.rules import RuleLevel
from .problems import standing
from .records import Programme
from .scheduling import clashes
from .solver import rules
from .solver.problem import Clash, Span, in_utc

UNPLACED = "placed_once"  # the rule


@dataclass(frozen=True, slots=True)
class Finding:
    """A clash, what it is known by, and the row that lets it stand, if there is one."""

    clash: Clash
    fingerprint: str
    acknowledged: Acknowledged | None = None


def fingerprint(clash: Clash) -> str:
    """Return the SHA-256 of all that a clash says: when that changes, it is another one."""
    values = [
        *(clash.rule, clash.fault, clash.amount, clash.of.code),
        [[part.code, *_times(part.start, part.end)] for part in clash.parts],
        [other.code or other.name for other in clash.others],
        _away(clash.away),
    ]
    return hashlib.sha256(json.dumps(values).encode()).hexdigest()


def _away(span: Span | None) -> list[str]:
    return _times(span.start, span.end) if span else []


def _times(start: datetime, end: datetime) -> list[str]:
    return [in_utc(moment).isoformat() for moment in (start, end)]


def findings(event: Event, found: Iterable[Clash]) -> list[Finding]:
    """Return clashes with what was decided about them: one query."""
    known = {(row.rule, row.fingerprint): row for row in _rows(event)}
    marked = [(clash, fingerprint(clash)) for clash in found]
    return [Finding(clash, mark, known.get((clash.rule, mark))) for clash, mark in marked]


def _rows(event: Event) -> list[Acknowledged]:
    return list(Acknowledged.objects.filter(event=event).select_related("by"))


def acknowledge(event: Event, clash: Clash, note: str, by: User = None) -> Acknowledged:
    """Let a finding stand; the note of one that stands already is replaced."""
    row, _made = Acknowledged.objects.update_or_create(
        event=event,
        rule=clash.rule,
        fingerprint=fingerprint(clash),
        defaults={"note": note, "by": by, "at": timezone.now()},
    )
    return row


def take_back(event: Event, rule: str, mark: str) -> bool:
    """Let a finding nag again; return whether it had been acknowledged."""
    rows = Acknowledged.objects.filter(event=event, rule=rule, fingerprint=mark)
    return bool(rows.delete()[0])


def blocking(event: Event, programme: Programme) -> list[Clash]:
    """Return the clashes that forbid publishing: of rules that block, and not acknowledged.

    One query when no rule of the event blocks.
    """
    rules = event.rules.filter(level=RuleLevel.BLOCK).values_list("rule", flat=True)
    blocks = set(rules)
    if not blocks:
        return []
    found = [clash for clash in clashes(event, programme) if clash.rule in blocks]
    if UNPLACED in blocks:
        found += _unplaced(event)
    return [one.clash for one in findings(event, found) if one.acknowledged is None]


def _unplaced(event: Event) -> list[Clash]:
    """What stands nowhere is in no programme: the draft tells of it."""
    draft = standing(event)
    told = rules.ABOUT[UNPLACED].check(draft.problem, draft.timetable)
    return [clash for clash in told if clash.fault in {"unplaced", "no_time"}]
