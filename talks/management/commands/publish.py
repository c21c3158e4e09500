"""`manage.py publish EVENT`: makes the draft of an event public, or says what that would change."""

import json
from collections import Counter

from django.core.management.base import BaseCommand, CommandError, CommandParser

from talks.difference import TABLES, Difference
from talks.models import Event, Release
from talks.publishing import DifferenceMoved, Preview, preview, publish

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
        row = Event.objects.filter(slug=event).first()
        if row is None:
            raise CommandError(f"There is no event {event!r}.", returncode=WRONG_USAGE)
        found = preview(row)
        try:
            release = None if dry_run else publish(row, note=note, expected=found.digest)
        except DifferenceMoved as moved:
            raise CommandError(f"Nothing was published: {moved}.") from moved
        self.stdout.write(as_json(found, release) if json else as_text(found, release, dry_run))


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


def as_json(found: Preview, release: Release | None) -> str:
    report = {
        "release": release.number if release else None,
        **counts(found),
        "skipped": [],
        "changes": [
            {
                "kind": difference.kind,
                "table": difference.table,
                "code": difference.code,
                "title": difference.title,
                "fields": [
                    {"name": field.name, "before": field.before, "after": field.after}
                    for field in difference.fields
                ],
            }
            for difference in found.differences
        ],
    }
    return json.dumps(report, indent=2, ensure_ascii=False)


def as_text(found: Preview, release: Release | None, dry_run: bool) -> str:
    number = counts(found)
    lines = [
        f"{difference.kind:<10} {difference.table:<10} {difference.code:<10} {difference.title}"
        for difference in found.differences
    ]
    shown = [name for name in number if number[name] or name == "read"]
    lines.append(", ".join(f"{number[name]} {name}" for name in shown))
    if release:
        lines.append(f"Release {release.number} is public.")
    elif dry_run:
        lines.append("Nothing was published: a dry run.")
    else:
        lines.append("Nothing was published: the release says all of it already.")
    return "\n".join(lines)
