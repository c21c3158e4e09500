"""`manage.py import_papers FILE --list SLUG`: reads a file of any format into a reading list."""

import hashlib
import json
import sys
from dataclasses import replace
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from eventsite import beside
from eventsite.migrated import check_migrated
from eventsite.slugs import slug as slug_of
from papers import reading
from papers.entries import Document, Refused
from papers.importing import Choices, Plan, Report, StalePlan, apply, new_list, preview
from papers.models import ReadingList

WRONG_USAGE = 2
WIDTH = 60  # of the line that tells how far it is
SHOWN_NEAR = 20  # pairs printed; the admin shows all


class Command(BaseCommand):
    help = "Read a file of papers into a reading list, which is made when it is missing."

    def add_arguments(self, parser: CommandParser) -> None:
        add = parser.add_argument
        add(
            "file",
            metavar="FILE",
            help="Markdown, BibTeX, RIS, JSON, XML or a table; - reads it from standard input",
        )
        add("--list", metavar="SLUG", required=True, dest="slug", help="the list's slug")
        add("--title", default="", help="the title of a list that is made; else the document's")
        add("--public", action="store_true", help="a list that is made is public at once")
        add(
            "--source", metavar="NAME", default="", help="which of several files that feed the list"
        )
        add("--format", default="", choices=["", *reading.FORMATS], help="instead of guessing it")
        add(
            "--column",
            metavar="OURS=THEIRS",
            action="append",
            default=[],
            help="which column of a table holds what",
        )
        add(
            "--take",
            choices=["here", "file"],
            default="here",
            help="what stands where file and site both changed a value",
        )
        add("--topics", action="store_true", help="make the topics that the file names")
        add("--dry-run", action="store_true", help="say what would change")
        add("--json", action="store_true", help="report in JSON")

    def handle(self, *, file: str, dry_run: bool, json: bool, **options: object) -> None:
        check_migrated()
        content = self.content(file)
        target = self.target(str(options["slug"]), str(options["title"]), bool(options["public"]))
        mapping = columns(options["column"])
        report = None
        try:
            document = reading.read(
                content, file.removeprefix("-"), str(options["format"]), mapping
            )
            digest = hashlib.sha256(content).hexdigest()
            del content  # a large file stands in the document once more
            target = titled(target, document)
            plan = preview(
                document,
                target,
                source=str(options["source"]),
                file_name="" if file == "-" else Path(file).name,
                sha256=digest,
                makes_topics=bool(options["topics"]),
                told=self.told,
            )
            if not dry_run:
                choices = Choices(default=str(options["take"]))
                report = apply(plan, choices, mapping=mapping, told=self.told)
        except Refused as refused:
            raise CommandError(f"Nothing was imported. {refused}") from refused
        except StalePlan as stale:
            raise CommandError("Nothing was imported: somebody else was writing.") from stale
        if report:
            beside.start("relate_papers")
        self.stdout.write(as_json(plan, report) if json else as_text(plan, report))

    def content(self, file: str) -> bytes:
        """Return the bytes of a file, of standard input for "-"; a size too large is refused."""
        if file == "-":
            return sys.stdin.buffer.read(reading.MOST_BYTES + 1)
        path = Path(file)
        if not path.is_file():
            raise CommandError(
                f"Nothing was imported. There is no file {file!r}.", returncode=WRONG_USAGE
            )
        try:
            reading.check_size(path.stat().st_size)
        except Refused as refused:
            raise CommandError(f"Nothing was imported. {refused}") from refused
        return path.read_bytes()

    def target(self, slug: str, title: str, is_public: bool) -> ReadingList:
        """Return the list, not saved when it is missing."""
        if slug_of(slug) != slug:
            raise CommandError(f"{slug!r} is no slug.", returncode=WRONG_USAGE)
        there = ReadingList.objects.filter(slug=slug).first()
        return there or ReadingList(slug=slug, title=title, is_public=is_public)

    def told(self, step: str) -> None:
        """Say on a terminal what is being done, each step in the place of the last."""
        if self.stderr.isatty():
            self.stderr.write(f"\r{step:<{WIDTH}}", ending="\r")


def columns(pairs: object) -> dict[str, str]:
    """Return the columns that a person named, ours by theirs."""
    mapping = {}
    for pair in pairs if isinstance(pairs, list) else []:
        ours, equals, theirs = pair.partition("=")
        if not (ours and equals and theirs):
            raise CommandError(f"{pair!r} is not OURS=THEIRS.", returncode=WRONG_USAGE)
        mapping[theirs] = ours
    return mapping


def titled(target: ReadingList, document: Document) -> ReadingList:
    """Give a list that is made the document's title, when none was given."""
    if not target.title:
        target.title = new_list(replace(document, title=document.title or target.slug)).title
    return target


def as_json(plan: Plan, report: Report | None) -> str:
    skipped = [
        {"line": each.line, "text": each.text, "reason": each.reason, "is_fault": each.is_fault}
        for each in plan.skipped
    ]
    near = [
        {
            "a": {"title": pair.a.title, "line": pair.a.line, "code": pair.a.code},
            "b": {"title": pair.b.title, "line": pair.b.line, "code": pair.b.code},
            "score": pair.score,
            "reason": pair.reason,
        }
        for pair in plan.near
    ]
    conflicts = [
        {"line": row.line, "title": row.title, "field": f.name, "file": f.file, "here": f.here}
        for row in plan.rows
        for f in row.conflicts
    ]
    done = {"list": plan.list_slug, "import": report.import_pk if report else None}
    found = {"skipped": skipped, "near_pairs": near, "fields_in_conflict": conflicts}
    return json.dumps({**done, **plan.counts(), **found}, indent=2, ensure_ascii=False)


def as_text(plan: Plan, report: Report | None) -> str:
    lines = [f"line {each.line}: {each.reason}: {each.text[:80]}" for each in plan.skipped]
    lines += [
        f"conflict   line {row.line}, {each.name}: {each.here!r} here, {each.file!r} in the file"
        for row in plan.rows
        for each in row.conflicts
    ]
    lines += [
        f"near       {pair.a.title!r} and {pair.b.title!r} ({pair.reason})"
        for pair in plan.near[:SHOWN_NEAR]
    ]
    counts = plan.counts()
    lines.append(", ".join(f"{n} {name.replace('_', ' ')}" for name, n in counts.items() if n))
    if report is None:
        lines.append("Nothing was imported: a dry run.")
    elif not report.created + report.changed:
        lines.append("Nothing has changed: the list says all of it already.")
    else:
        lines.append(
            f"{report.created} rows made and {report.changed} changed in {plan.list_slug}."
        )
    return "\n".join(lines)
