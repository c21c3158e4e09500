"""`manage.py backup FILE`: everything the site has, in one file, from one moment."""

import json
import os
import tempfile
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from eventsite.backups import Manifest, Refused, back_up, write
from eventsite.migrated import check_migrated

WRONG_USAGE = 2


class Command(BaseCommand):
    help = "Write all rows and uploaded files to one file, to be read by `restore`."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path, help="the file to write")
        parser.add_argument("--force", action="store_true", help="replace a file that is there")
        parser.add_argument("--dry-run", action="store_true", help="say what would be in it")
        parser.add_argument("--json", action="store_true", help="report in JSON")

    def handle(
        self, *, file: Path, force: bool, dry_run: bool, json: bool, **options: object
    ) -> None:
        if os.path.exists(file) and not os.path.isfile(file):
            raise CommandError(
                f"{str(file)!r} is no file: name the one to write.", returncode=WRONG_USAGE
            )
        check_migrated()
        try:
            if dry_run:
                with tempfile.TemporaryFile() as nowhere:
                    manifest = write(nowhere, timezone.now(), self.told)
            else:
                manifest = back_up(file, timezone.now(), self.told, force=force)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(as_json(manifest) if json else as_text(manifest, file))

    def told(self, part: str) -> None:
        """Say on a terminal what was just written."""
        if self.stderr.isatty():
            self.stderr.write(part)


def counts(manifest: Manifest) -> dict[str, int]:
    return {
        part.name.removeprefix("rows/").removesuffix(".jsonl"): part.rows
        for part in manifest.parts
        if part.name.startswith("rows/")
    }


def files(manifest: Manifest) -> int:
    return sum(part.name.startswith("media/") for part in manifest.parts)


def as_json(manifest: Manifest) -> str:
    report = {
        "made": manifest.made,
        "read": manifest.rows,
        **dict.fromkeys(("new", "changed", "unchanged", "conflicts", "duplicates"), 0),
        "skipped": [],
        "tables": counts(manifest),
        "files": files(manifest),
    }
    return json.dumps(report, indent=2)


def as_text(manifest: Manifest, file: Path) -> str:
    return (
        f"{file}: {manifest.rows} rows of {len(counts(manifest))} tables,"
        f" {files(manifest)} uploaded files."
    )
