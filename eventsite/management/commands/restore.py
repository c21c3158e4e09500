"""`manage.py restore FILE`: puts a backup in the place of everything the site has."""

import json
import os
import sys
from dataclasses import asdict
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from eventsite.backups import Refused
from eventsite.migrated import check_migrated
from eventsite.restoring import Restored, is_empty, restore

WRONG_USAGE = 2

# What of the replaced database is kept, in words.
KEPT = {
    "keys": "Keys that stay revoked: {}.",
    "agendas": "Agendas that are as their readers left them: {}.",
    "hidden": "Events that stay hidden: {}.",
    "slugs": "Addresses since the backup that go on leading to their events: {}.",
}


class Command(BaseCommand):
    help = "Replace all rows by those of a backup, and publish every event again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path, help="what `backup` wrote")
        parser.add_argument("--yes", action="store_true", help="do not ask")
        parser.add_argument("--dry-run", action="store_true", help="do it, then take it back")
        parser.add_argument("--json", action="store_true", help="report in JSON")

    def handle(
        self, *, file: Path, yes: bool, dry_run: bool, json: bool, **options: object
    ) -> None:
        if not os.path.isfile(file):
            raise CommandError(
                f"Nothing was restored. There is no file {str(file)!r}.", returncode=WRONG_USAGE
            )
        check_migrated()
        if not (yes or dry_run or is_empty()):
            self.ask()
        try:
            restored = restore(file, self.told, dry_run=dry_run)
        except Refused as refused:
            raise CommandError(f"Nothing was restored. {refused}") from refused
        self.stdout.write(as_json(restored) if json else as_text(restored, dry_run))

    def ask(self) -> None:
        """Let a person on a terminal confirm; refuse where there is none."""
        if not sys.stdin.isatty():
            raise CommandError("The database is not empty: --yes replaces all that is in it.")
        self.stderr.write("All that is in the database will be replaced. Type yes to go on:")
        if sys.stdin.readline().strip() != "yes":
            raise CommandError("Nothing was restored.")

    def told(self, part: str) -> None:
        """Say on a terminal what was just checked or read."""
        if self.stderr.isatty():
            self.stderr.write(part)


def as_json(restored: Restored) -> str:
    report = {
        "read": restored.rows,
        "new": restored.rows,
        **dict.fromkeys(("changed", "unchanged", "conflicts", "duplicates"), 0),
        "skipped": [],
        **asdict(restored),
    }
    return json.dumps(report, indent=2)


def as_text(restored: Restored, dry_run: bool) -> str:
    lines = [f"{restored.rows} rows and {restored.files} files, as of {restored.made}."]
    lines += [f"{slug}: published again as release {n}." for slug, n in restored.released.items()]
    lines += [f"Event {code} is not in the backup and is gone." for code in restored.lost]
    lines += [KEPT[name].format(count) for name, count in restored.kept.items() if count]
    if restored.erased:
        lines.append(f"{restored.erased} people were erased again.")
    if restored.was_empty:
        lines.append(
            "This database was empty: who was erased since the backup was made is not known here."
            " Erase them again with erase_person. Nor is known what was hidden, revoked or"
            " published since: an event without a release is numbered from 1."
        )
    if dry_run:
        lines.append("Nothing was restored: a dry run.")
    return "\n".join(lines)
