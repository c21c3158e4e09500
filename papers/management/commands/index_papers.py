"""`manage.py index_papers`: makes the index of words anew, for whoever wrote rows past the site."""

import json
import sys

from django.core.management.base import BaseCommand, CommandParser

from eventsite.migrated import check_migrated
from papers.indexing import rebuild


class Command(BaseCommand):
    help = "Make the index of words anew. It follows what is written by itself."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="report in JSON")

    def handle(self, *, json: bool, **options: object) -> None:
        check_migrated()
        count = rebuild(self.tell)
        if sys.stderr.isatty():
            self.stderr.write("")
        self.stdout.write(as_json(count) if json else f"{count} papers indexed")

    def tell(self, done: int, whole: int) -> None:
        """Show progress on a terminal, each step over the last."""
        if sys.stderr.isatty():
            self.stderr.write(f"\r{done} of {whole}", ending="")


def as_json(count: int) -> str:
    return json.dumps({"read": count, "indexed": count}, indent=2)
