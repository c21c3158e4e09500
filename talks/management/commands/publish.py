"""`manage.py publish EVENT`: makes the draft of an event public, or says what that would change."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.core.management.base import BaseCommand, CommandError, CommandParser

from eventsite.migrated import check_migrated
from talks import clash_list, findings
from talks.changes import Row, described
from talks.difference import TABLES, Difference
from talks.models import Event, Release
from talks.publishing import Blocked, DifferenceMoved, Preview, notices, preview, publish
from talks.records_json import Json, Plain

WRONG_USAGE = 2


class Command(BaseCommand):
    help = "Publish an event: write its next release from the draft."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("event", metavar="EVENT", help="the event's slug")
        parser.add_argument("--note", default="", help="what readers of the release are told")
        parser.add_argument("--dry-run", action="store_true", help="say what would change")
        parser.add_argument("--json", action="store_true", help="report in JSON")

    def handle(
        self, *, event: str, note: str, dry_run: bool, json: bool, **options: object
    ) -> None:
        check_migrated()
        row = Event.objects.filter(slug=event).first()
        if row is None:
            raise CommandError(f"There is no event {event!r}.", returncode=WRONG_USAGE)
        found = preview(row)
        warnings = warnings_of(row, found)
        try:
            release = None if dry_run else publish(row, note=note, expected=found.digest)
        except DifferenceMoved as moved:
            raise CommandError(f"Nothing was published: {moved}.") from moved
        except Blocked as blocked:
            raise CommandError(refusal(row, blocked)) from blocked
        text = as_json if json else as_text
        self.stdout.write(text(found, warnings, release, dry_run))


def refusal(event: Event, blocked: Blocked) -> str:
    """Return what blocks publishing, a line each, on the clock of the event."""
    zone = ZoneInfo(event.zone)
    lines = [f"blocks     {findings.sentence(clash, zone)}" for clash in blocked.clashes]
    return "\n".join([*lines, "Nothing was published: mend what blocks it, or acknowledge it."])


@dataclass(frozen=True, slots=True)
class Warnings:
    """What is told before publishing: clashes that are grave, counts of the others, notices."""

    clashes: list[Json]
    wishes: int
    acknowledged: int
    notices: list[str]


def warnings_of(event: Event, found: Preview) -> Warnings:
    programme = found.programme
    listed = clash_list.groups_of(event, programme)
    grave = [each for each in listed if each.gravity is not clash_list.Gravity.WISH]
    plain = [
        {**clash, "blocks": each.blocks}
        for each in grave
        for clash in findings.as_plain((one.clash for one in each.open), programme.event.tz)
    ]
    number = clash_list.counts(listed)
    return Warnings(plain, number.wish, number.standing, list(notices(found)))


def counts(found: Preview) -> dict[str, int]:
    """Return how many records of the programme are new, changed, withdrawn or as before."""
    kinds = Counter(kind_of(difference) for difference in found.differences)
    read = sum(len(getattr(found.programme, table)) for table in TABLES)
    listed = [difference for difference in found.differences if difference.table in TABLES]
    standing = sum(kind_of(difference) != "withdrawn" for difference in listed)
    return {
        "read": read,
        **{kind: kinds[kind] for kind in ("new", "changed", "withdrawn")},
        "unchanged": read - standing,
        "conflicts": 0,
        "duplicates": 0,
    }


def kind_of(difference: Difference) -> str:
    plain = {"new": "new", "back": "new", "withdrawn": "withdrawn"}
    return plain.get(difference.kind, "changed")


def as_json(found: Preview, warnings: Warnings, release: Release | None, _dry_run: bool) -> str:
    changes: list[Plain] = [difference.as_plain() for difference in found.differences]
    report = {
        "release": release.number if release else None,
        **counts(found),
        "skipped": [],
        "changes": changes,
        "clashes": warnings.clashes,
        "wishes": warnings.wishes,
        "acknowledged": warnings.acknowledged,
        "notices": warnings.notices,
    }
    return json.dumps(report, indent=2, ensure_ascii=False)


def as_text(found: Preview, warnings: Warnings, release: Release | None, dry_run: bool) -> str:
    number = counts(found)
    rows = described(found.differences, found.programme.event.tz)
    lines = [line for row in rows for line in lines_of(row)]
    lines += [
        f"{'blocks' if clash['blocks'] else 'clash':<10} {clash['text']}"
        for clash in warnings.clashes
    ]
    lines += [f"notice     {notice}" for notice in warnings.notices]
    shown = [name for name in number if number[name] or name == "read"]
    lines.append(", ".join(f"{number[name]} {name}" for name in shown))
    if warnings.wishes or warnings.acknowledged:
        lines.append(f"wishes not met: {warnings.wishes}, acknowledged: {warnings.acknowledged}")
    if release:
        lines.append(f"Release {release.number} is public.")
    elif dry_run:
        lines.append("Nothing was published: a dry run.")
    else:
        lines.append("Nothing was published: the release says all of it already.")
    return "\n".join(lines)


def lines_of(row: Row) -> Iterator[str]:
    """Yield a difference, and under it what is before and after, a line each."""
    yield f"{row.kind:<10} {row.table:<10} {row.code:<10} {row.title}".rstrip()
    if row.sentence:
        yield f"{'':<10} {row.sentence}"
    for line in row.lines:
        text = " ".join(f"{line.name}: {line.before} → {line.after}".split())
        yield f"{'':<10} {text}"
