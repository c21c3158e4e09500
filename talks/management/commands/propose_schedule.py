"""`manage.py propose_schedule EVENT`: looks for a timetable, and says which moves it would make."""

import json
from argparse import ArgumentTypeError
from dataclasses import fields
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from django.core.management.base import BaseCommand, CommandError, CommandParser

from eventsite.migrated import check_migrated
from talks.models import Event
from talks.moves_shown import Shown, shown
from talks.proposals import Clashing, StaleProposal, Wish, ground_now, make, wish_from
from talks.solver.search import Found
from talks.solving import Unsolved, said, score, solve

WRONG_USAGE = 2
MOST = 2**31 - 1  # of a number: a seed is one of 32 bits
YEARS = (1900, 9000)  # between which a moment is one in any zone
PARTS = ("unplaced", "everything", "day", "track", "room", "repair")


class Command(BaseCommand):
    help = "Propose a timetable of an event: what would be placed where. Changes nothing by itself."

    def add_arguments(self, parser: CommandParser) -> None:
        default = {field.name: field.default for field in fields(Wish)}
        parser.add_argument("event", metavar="EVENT", help="the event's slug")
        parser.add_argument("--part", choices=PARTS, default="unplaced", help="what may move")
        parser.add_argument(
            "--which", default="", help="the day (2027-03-26), or the code of the track or room"
        )
        for name, least, text in (
            ("seconds", 1, "of the clock, after which the best so far is taken"),
            ("effort", 1, "in the solver's own time: the same effort gives the same timetable"),
            ("seed", 0, "another seed looks in another order"),
            ("at-most", 0, "minutes by which a repair may move anything; 0: any"),
        ):
            key = name.replace("-", "_")
            kind = partial(a_number, least)
            parser.add_argument(f"--{name}", type=kind, default=default[key], help=text)
        parser.add_argument(
            "--may-leave", action="store_true", help="place as much as can be placed"
        )
        parser.add_argument(
            "--at", default="", type=a_moment, help="the moment before which all is past: now"
        )
        parser.add_argument("--apply", action="store_true", help="make all of the moves")
        parser.add_argument(
            "--dry-run", action="store_true", help="make none, whatever else is said"
        )
        parser.add_argument("--json", action="store_true", help="report in JSON")

    def handle(
        self, *, event: str, apply: bool, dry_run: bool, json: bool, **given: object
    ) -> None:
        check_migrated()
        row = Event.objects.filter(slug=event).first()
        if row is None:
            raise CommandError(f"There is no event {event!r}.", returncode=WRONG_USAGE)
        wish = wish_from(given)
        if wish.part in {"day", "track", "room"} and not wish.which:
            text = f"--part {wish.part} needs --which."
            raise CommandError(text, returncode=WRONG_USAGE)
        here, ground = ground_now(row, wish.moment)
        try:
            found = solve(here, wish)
        except Unsolved as unsolved:
            self.stdout.write(refused(unsolved) if json else in_lines(unsolved))
            raise CommandError("Nothing was changed.") from unsolved
        try:
            changed = make(row, ground, found.timetable) if apply and not dry_run else None
        except (StaleProposal, Clashing) as refusal:
            raise CommandError(f"Nothing was changed: {refusal}.") from refusal
        zone = ZoneInfo(row.zone)
        moves = shown(here.problem, found.moves, zone)
        told = as_json if json else as_text
        self.stdout.write(told(found, moves, changed, said(found, zone)))


def a_moment(text: str) -> str:
    """Take a moment of ISO 8601 with its offset: 2027-03-01T12:00+01:00."""
    try:
        moment = datetime.fromisoformat(text) if text else None
        is_moment = moment is None or (YEARS[0] < moment.year < YEARS[1] and moment.tzinfo)
    except ValueError:
        is_moment = False
    if not is_moment:
        raise ArgumentTypeError(f"{text!r} is no moment with its offset: 2027-03-01T12:00+01:00")
    return text


def a_number(least: int, text: str) -> int:
    """Take a whole number that the solver can hold."""
    if not (text.isdecimal() and len(text) < 11 and least <= int(text) <= MOST):
        raise ArgumentTypeError(f"{text!r} is no whole number from {least} to {MOST}")
    return int(text)


def refused(unsolved: Unsolved) -> str:
    report = {"found": False, "reasons": unsolved.sentences, "relaxations": unsolved.relaxations}
    return json.dumps(report, indent=2, ensure_ascii=False)


def in_lines(unsolved: Unsolved) -> str:
    ways = unsolved.relaxations
    head = ["Any one of these would make it possible:"] if ways else []
    return "\n".join([*unsolved.sentences, *head, *(f"  {way}" for way in ways)])


def as_json(found: Found, moves: list[Shown], changed: int | None, message: str) -> str:
    report: dict[str, object] = {
        "found": True,
        "read": len(found.timetable.sessions),
        "new": sum(move.before == "" for move in moves),
        "changed": changed or 0,
        "unchanged": 0,
        "conflicts": 0,
        "duplicates": 0,
        "skipped": list(found.left),
        "costs": score(found),
        "is_proven": found.is_proven,
        "was_stopped": found.was_stopped,
        "applied": changed is not None,
        "message": message,
        "moves": [move.as_plain() for move in moves],
    }
    return json.dumps(report, indent=2, ensure_ascii=False)


def as_text(found: Found, moves: list[Shown], changed: int | None, message: str) -> str:
    lines = [f"{move.kind:<8} {move.code:<10} {move.sentence}" for move in moves]
    for rule, (before, after) in score(found).items():
        lines.append(f"cost     {rule:<20} {before} → {after}")
    lines.append(message)
    lines.append(
        "Nothing was changed: a proposal." if changed is None else f"{changed} rows changed."
    )
    return "\n".join(lines)
