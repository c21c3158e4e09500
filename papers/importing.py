"""From a document to tables: a preview of all it would do, and doing that in one transaction."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import partial

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from eventsite import writing
from eventsite.models import Import, ImportState
from eventsite.slugs import slug
from eventsite.writing import Conflict, User
from papers.entries import Document, Refused
from papers.imports.base import target_of
from papers.imports.checks import check, left
from papers.imports.claims import Difference, plain
from papers.imports.drafting import draft
from papers.imports.drafts import Draft, Row
from papers.imports.laying import paper_differences_of
from papers.imports.list_writing import ListWriter, keep_base
from papers.imports.near_rows import near_rows
from papers.imports.paper_writing import PaperWriter, decided
from papers.imports.plans import (
    GONE,
    Choices,
    FieldPlan,
    NearPair,
    NearSide,
    Plan,
    PlannedRow,
    Report,
    StalePlan,
    Told,
)
from papers.models import ReadingList

__all__ = [
    "Choices",
    "FieldPlan",
    "NearPair",
    "NearSide",
    "Plan",
    "PlannedRow",
    "Report",
    "StalePlan",
    "apply",
    "preview",
]

MOST_SKIPPED = 1000  # lines that a report names
IMPORTS = 42_017  # the number of the lock: any, as long as nothing else takes it


def silent(_step: str) -> None:
    """Tell nobody."""


def preview(
    document: Document,
    reading_list: ReadingList | None,
    *,
    source: str = "",
    file_name: str = "",
    sha256: str = "",
    makes_topics: bool = False,
    told: Told = silent,
) -> Plan:
    """Return what importing a document into a list would do; nothing is written.

    Topics that a file names are made with `makes_topics`, else left out and told so.
    A list that is not there yet is an unsaved ReadingList (slug, title, is_public), or None: then
    its slug and title are those of the document. Raises Refused when a row cannot be held.
    """
    check(document)
    target = reading_list or new_list(document)
    told(_("comparing"))
    made = draft(document, target, source, makes_topics=makes_topics)
    plan = plan_of(made, target, source)
    told(_("looking for near titles"))
    return replace(
        plan,
        file_name=file_name,
        sha256=sha256,
        near=tuple(near_rows(made)),
        left=tuple(left(document, made.known.strange)),
        makes_topics=makes_topics,
    )


def new_list(document: Document) -> ReadingList:
    """Return a list, not saved, with the title of a document."""
    title = document.title.strip()[:300]
    if not slug(title):
        raise Refused("The document has no title: say the list that it is for.")
    return ReadingList(slug=slug(title), title=title)


def plan_of(made: Draft, target: ReadingList, source: str) -> Plan:
    rows = [planned(made, row, place) for place, row in enumerate(made.rows)]
    titles = {each.code: each for each in made.gone if each.code in made.going}
    rows += [
        PlannedRow(-1, base.key, GONE, base.claim.title, 0, item_code=base.code)
        for base in titles.values()
    ]
    new_papers = sum(1 for work in made.works if not work.pk)
    plan = Plan(
        document=made.document,
        rows=tuple(rows),
        digest="",
        list_pk=target.pk,
        list_slug=target.slug,
        list_title=target.title,
        is_public=target.is_public,
        source=source,
        new_papers=new_papers,
    )
    return replace(plan, digest=digest_of(plan, made))


def planned(made: Draft, row: Row, place: int) -> PlannedRow:
    work = row.work
    first = work.rows[0] if work else place
    differences = (*paper_differences_of(made, row), *row.differences)
    return PlannedRow(
        number=row.number,
        key=row.key,
        kind=row.kind,
        title=row.claim.title,
        line=made.document.entries[row.number].line,
        code=work.code if work else "",
        item_code=row.item.code if row.item else "",
        why=row.why,
        duplicate_of=made.rows[first].number if first != place else None,
        fields=tuple(field_plan(each) for each in differences),
    )


def field_plan(difference: Difference) -> FieldPlan:
    return FieldPlan(
        difference.name,
        plain(difference.base),
        plain(difference.file),
        plain(difference.here),
        plain(difference.taken),
        difference.is_conflict,
    )


def digest_of(plan: Plan, made: Draft) -> str:
    """Return a digest of what a plan does: equal for plans that do the same."""
    digest = hashlib.sha256(repr((plan.list_pk, plan.list_slug, plan.source)).encode())
    digest.update(repr(sorted(made.section_of.items())).encode())
    for row in plan.rows:
        digest.update(repr(row).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def apply(
    plan: Plan,
    choices: Choices | None = None,
    by: User = None,
    *,
    mapping: Mapping[str, str] | None = None,
    told: Told = silent,
) -> Report:
    """Do what a plan says, in one transaction; the Import is kept with its report.

    Raises StalePlan when a fresh preview of the same document says something else.
    """
    choices = choices or Choices()
    try:
        with transaction.atomic():
            wait_for_others()
            return write(plan, choices, by, dict(mapping or plan.document.mapping), told)
    except (Conflict, IntegrityError) as meanwhile:  # somebody else wrote the same just now
        raise StalePlan(str(meanwhile)) from meanwhile


def wait_for_others() -> None:
    """Let no other import be applied in this transaction: two would make one work twice.

    In SQLite whoever writes is alone.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [IMPORTS])


def target_for(plan: Plan) -> ReadingList:
    """Return the list of a plan, as it is now."""
    if plan.list_pk is None:
        if ReadingList.objects.filter(slug=plan.list_slug).exists():
            raise StalePlan(plan.list_slug)
        return ReadingList(slug=plan.list_slug, title=plan.list_title, is_public=plan.is_public)
    target = ReadingList.objects.filter(pk=plan.list_pk).first()
    if target is None:
        raise StalePlan(plan.list_slug)
    return target


def report_of(plan: Plan) -> dict[str, object]:
    """Return what is kept of an import, for people: counts, and what was not read."""
    skipped = [
        {
            "line": each.line,
            "text": each.text[:200],
            "reason": each.reason,
            "is_fault": each.is_fault,
        }
        for each in plan.skipped[:MOST_SKIPPED]
    ]
    return {**plan.counts(), "skipped_lines": skipped}


def kept_import(plan: Plan, target: ReadingList, by: User, mapping: dict[str, str]) -> Import:
    """Return the Import of a plan, with its report."""
    return Import.objects.create(
        source=plan.source,
        target=target_of(target),
        file_name=plan.file_name[:200],
        sha256=plan.sha256,
        format=plan.document.format[:40],
        mapping=mapping,
        by=by,
        state=ImportState.APPLIED,
        report=report_of(plan),
    )


def drafted_again(plan: Plan, target: ReadingList, left_out: Collection[str]) -> Draft:
    """Return the draft of a plan, without the rows left out. Raises StalePlan."""
    again = partial(draft, plan.document, target, plan.source, makes_topics=plan.makes_topics)
    made = again()
    if plan_of(made, target, plan.source).digest != plan.digest:
        raise StalePlan(plan.list_slug)
    return again(left_out=left_out) if left_out else made


def write(plan: Plan, choices: Choices, by: User, mapping: dict[str, str], told: Told) -> Report:
    told(_("comparing again"))
    target = target_for(plan)
    made = drafted_again(plan, target, choices.left_out)
    created = int(target.pk is None)
    if created:
        writing.create(target, by)
    kept = kept_import(plan, target, by, mapping)
    batch = str(kept.pk)

    def decide(row: Row, differences: tuple[Difference, ...]) -> dict[str, object]:
        return decided(differences, row.key, choices.conflicts, choices.default)

    papers = PaperWriter(made, target.is_public, by, batch)
    papers.write(
        {
            row.work.pk: decide(row, found)
            for row in made.rows
            if row.work and (found := paper_differences_of(made, row))
        },
        told,
    )
    told(_("writing the list"))
    items = ListWriter(made, target, by, batch)
    items.write(decide)
    told(_("keeping what the file said"))
    keep_base(made, kept, items.sections)
    return Report(
        import_pk=kept.pk,
        list_slug=target.slug,
        list_pk=target.pk,
        counts=plan.counts(),
        created=created + papers.created + items.created,
        changed=papers.changed + items.changed,
        new_papers=plan.new_papers,
    )
