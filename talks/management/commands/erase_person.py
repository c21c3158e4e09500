"""`manage.py erase_person EVENT CODE`: takes a person out of everything that names them."""

import json
from dataclasses import asdict

from django.core.management.base import BaseCommand, CommandError, CommandParser

from eventsite.migrated import check_migrated
from talks.erasing import Erased, UnknownPerson, erase
from talks.models import Event

WRONG_USAGE = 2


class Command(BaseCommand):
    help = "Erase a person from the draft, every release, the history and the pictures."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("event", metavar="EVENT", help="the event's slug")
        parser.add_argument("code", metavar="CODE", help="the person's code, in their address")
        parser.add_argument("--dry-run", action="store_true", help="say what would be reached")
        parser.add_argument("--json", action="store_true", help="report in JSON")

    def handle(
        self, *, event: str, code: str, dry_run: bool, json: bool, **options: object
    ) -> None:
        check_migrated()
        row = Event.objects.filter(slug=event).first()
        if row is None:
            raise CommandError(f"There is no event {event!r}.", returncode=WRONG_USAGE)
        try:
            erased = erase(row, code, dry_run=dry_run)
        except UnknownPerson as unknown:
            raise CommandError(
                f"No person of {event!r} has or had the code {code!r}.", returncode=WRONG_USAGE
            ) from unknown
        self.stdout.write(as_json(erased) if json else as_text(erased, dry_run))


def as_json(erased: Erased) -> str:
    changed = sum(erased.reached.values())
    report = {
        "person": erased.person_code,
        "read": changed,
        "new": int(erased.is_new),
        "changed": changed,
        "unchanged": 0,
        "conflicts": 0,
        "duplicates": 0,
        "skipped": [],
        "reached": erased.reached,
        "mentions": [asdict(mention) for mention in erased.mentions],
    }
    return json.dumps(report, indent=2)


def as_text(erased: Erased, dry_run: bool) -> str:
    lines = [f"{place + ':':<11}{count}" for place, count in erased.reached.items()]
    if erased.mentions:
        lines.append("The name still stands as text, here and for you to see to:")
        lines += [f"  {each.table} {each.code}: {each.field}" for each in erased.mentions]
    if dry_run:
        lines.append("Nothing was erased: a dry run.")
    elif erased.is_new or any(erased.reached.values()):
        lines.append(f"{erased.person_code} is erased. Backups made before still hold the name.")
    else:
        lines.append(f"{erased.person_code} was erased before; nothing was left to do.")
    return "\n".join(lines)
