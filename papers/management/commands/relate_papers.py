"""`manage.py relate_papers`: computes which papers are alike, and the map of them all."""

import json
import sys

from django.core.management.base import BaseCommand, CommandParser

from eventsite.migrated import check_migrated
from papers.relating import relate


class Command(BaseCommand):
    help = "Compute which papers are alike, and where each stands on the map of all of them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="report in JSON")

    def handle(self, *, json: bool, **options: object) -> None:
        check_migrated()
        report = relate(self.tell)
        if sys.stderr.isatty():
            self.stderr.write("")
        self.stdout.write(as_json(report) if json else as_text(report))

    def tell(self, step: str, done: int, whole: int) -> None:
        """Show progress on a terminal, each step over the last."""
        if sys.stderr.isatty():
            self.stderr.write(f"\r{step} {done} of {whole}", ending="")


def as_json(report: dict[str, int]) -> str:
    whole = {"new": 0, "conflicts": 0, "duplicates": 0, "skipped": []}
    return json.dumps({**report, **whole}, indent=2)


def as_text(report: dict[str, int]) -> str:
    return ", ".join(f"{number} {name}" for name, number in report.items())
