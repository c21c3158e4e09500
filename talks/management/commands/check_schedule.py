"""`manage.py check_schedule EVENT`: what clashes in the draft, and whether it blocks publishing."""

import json
import sys
from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from eventsite.migrated import check_migrated
from talks.acknowledging import Finding, findings
from talks.clash_list import Group, counts, groups
from talks.findings import sentence
from talks.models import Event
from talks.records_json import Json
from talks.scheduling import findings_of
from talks.solver.problem import Problem
from talks.solver.rules import ABOUT, setting

BLOCKED, WRONG_USAGE = 1, 2


class Command(BaseCommand):
    help = "Say what clashes in the draft of an event; leaves with 1 when that blocks publishing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("event", metavar="EVENT", help="the event's slug")
        parser.add_argument("--rule", metavar="NAME", default="", help="look at one rule alone")
        parser.add_argument("--json", action="store_true", help="report in JSON")

    def handle(self, *, event: str, rule: str, json: bool, **options: object) -> None:
        check_migrated()
        row = Event.objects.filter(slug=event).first()
        if row is None:
            raise CommandError(f"There is no event {event!r}.", returncode=WRONG_USAGE)
        if rule and rule not in ABOUT:
            known = ", ".join(ABOUT)
            raise CommandError(
                f"There is no rule {rule!r}; there are {known}.", returncode=WRONG_USAGE
            )
        standing, found = findings_of(row, timezone.now())
        asked = [clash for clash in found if rule in ("", clash.rule)]
        listed = groups(standing.problem, findings(row, asked))
        text = as_json if json else as_text
        self.stdout.write(text(standing.problem, listed, row))
        if any(group.blocks for group in listed):
            sys.exit(BLOCKED)


def as_json(problem: Problem, listed: Sequence[Group], event: Event) -> str:
    number, zone = counts(listed), ZoneInfo(event.zone)
    report: Json = {
        "read": len(problem.sessions) + len(problem.talks),
        "skipped": [],
        **counted(listed),
        "cost": number.cost,
        "findings": [
            plain(problem, group, one, zone)
            for group in listed
            for one in (*group.open, *group.standing)
        ],
    }
    return json.dumps(report, indent=2, ensure_ascii=False)


def counted(listed: Sequence[Group]) -> dict[str, int]:
    """Return how many findings there are of each kind; `duplicates` and the like are never any."""
    number = counts(listed)
    return {
        "new": 0,
        "changed": 0,
        "unchanged": 0,
        "conflicts": 0,
        "duplicates": 0,
        "blocking": number.blocks,
        "must": number.must,
        "wishes": number.wish,
        "acknowledged": number.standing,
    }


def plain(problem: Problem, group: Group, one: Finding, zone: ZoneInfo) -> Json:
    row = one.acknowledged
    return {
        "rule": one.clash.rule,
        "fault": one.clash.fault,
        "level": setting(problem, one.clash.rule).level.value,
        "kind": group.gravity.value,
        "cost": one.clash.amount * group.weight,
        "codes": [code for code in one.clash.codes if code],
        "text": sentence(one.clash, zone),
        "fingerprint": one.fingerprint,
        "acknowledged": None if row is None else row.note,
    }


def as_text(_problem: Problem, listed: Sequence[Group], event: Event) -> str:
    number, zone = counts(listed), ZoneInfo(event.zone)
    lines = [line for group in listed for line in lines_of(group, zone)]
    lines.append(
        f"{number.open} found: {number.blocks} blocking, {number.must} that must not be,"
        f" {number.wish} wishes; {number.standing} acknowledged; they cost {number.cost}."
    )
    if number.blocks:
        lines.append("Publishing is blocked.")
    return "\n".join(lines)


def lines_of(group: Group, zone: ZoneInfo) -> Iterator[str]:
    """Yield a line for each finding that is open: what it means, rule, cost and sentence."""
    for one in group.open:
        cost = one.clash.amount * group.weight
        yield f"{group.gravity:<6} {group.rule:<18} {cost:>6}  {sentence(one.clash, zone)}"
