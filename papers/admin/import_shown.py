"""What the preview of an import shows, and what is chosen on it: what a page can hold."""

from dataclasses import dataclass
from itertools import islice

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from eventsite.history import label
from papers.entries import Skipped
from papers.imports import plans
from papers.models import Item, Paper
from papers.models.catalogue import PaperLinkKind

MOST = 200  # rows of each kind
NOTHING = "–"

KINDS = {
    plans.NEW: gettext_lazy("New papers"),
    plans.KNOWN: gettext_lazy("Papers that are here already, new on this list"),
    plans.CHANGED: gettext_lazy("Changed"),
    plans.BACK: gettext_lazy("Back again"),
    plans.DELETED: gettext_lazy("Deleted here, and still in the file: they stay deleted"),
    plans.GONE: gettext_lazy("Gone from the file: marked, not deleted"),
}
WHYS = {
    "list": gettext_lazy("its place on this list"),
    "title": gettext_lazy("its title"),
    "code": gettext_lazy("its code"),
}
COUNTS = {
    "read": gettext_lazy("papers read"),
    "new": gettext_lazy("new on the list"),
    "new_papers": gettext_lazy("new in the catalogue"),
    "changed": gettext_lazy("changed"),
    "unchanged": gettext_lazy("unchanged"),
    "deleted": gettext_lazy("deleted here"),
    "gone": gettext_lazy("gone from the file"),
    "conflicts": gettext_lazy("conflicts"),
    "duplicates": gettext_lazy("repeated in the file"),
    "near": gettext_lazy("pairs to look at"),
    "skipped": gettext_lazy("lines not read as papers"),
}


@dataclass(frozen=True, slots=True)
class Group:
    """The first rows of one kind, and how many there are."""

    name: str
    words: str
    rows: list[object]
    count: int

    @property
    def left(self):
        return self.count - len(self.rows)


@dataclass(frozen=True, slots=True)
class Numbered:
    """A planned row with its number in the plan, by which the form names it."""

    number: int
    row: plans.PlannedRow
    fields: list[object]
    warnings: tuple[str, ...]
    told: list[tuple[str, str]]

    @property
    def why(self):
        return WHYS.get(self.row.why, self.row.why)

    @property
    def is_decided_above(self):
        return bool(self.row.conflicts)


@dataclass(frozen=True, slots=True)
class Asked:
    """A conflict with its number in the plan; values in words."""

    number: int
    row: plans.PlannedRow
    field: object


@dataclass(frozen=True, slots=True)
class Shown:
    """One field of a row, in words."""

    name: str
    base: str
    file: str
    here: str
    taken: str
    is_conflict: bool


def group(name, words, rows):
    found = list(rows)
    return Group(name, words, found[:MOST], len(found))


def counts(numbers):
    """Return words and number of everything that was counted."""
    return [(words, numbers[name]) for name, words in COUNTS.items() if name in numbers]


def counts_of(plan):
    """Return the counts of a plan: columns that are not read are no lines."""
    numbers = plan.counts()
    return counts({**numbers, "skipped": numbers["skipped"] - len(unread(plan.document))})


def groups(plan):
    """Return the planned rows by kind, the empty kinds left out; unchanged ones are not shown."""
    found = {kind: [] for kind in KINDS}
    for number, row in enumerate(plan.rows):
        if row.kind in found:
            found[row.kind].append((number, row))
    return [
        Group(kind, KINDS[kind], [numbered(plan, *each) for each in rows[:MOST]], len(rows))
        for kind, rows in found.items()
        if rows
    ]


def numbered(plan, number, row):
    entry = plan.entry(row)
    is_new = row.kind == plans.NEW
    fields = [] if is_new else [shown(each) for each in row.fields if not each.is_conflict]
    told = told_of(entry, plan.document) if is_new and entry else []
    return Numbered(number, row, fields, entry.warnings if entry else (), told)


def told_of(entry, document):
    """Return what was read of a new paper beside its title, in words, to check the reading."""
    paper = entry.paper
    links = [f"{PaperLinkKind(each.kind).label} {each.url}" for each in paper.links]
    numbers = [" ".join(each) for each in paper.identifiers]
    heading = "" if entry.section is None else document.headings[entry.section].heading
    lines = [
        (_("authors"), ", ".join(each.name for each in paper.authors)),
        (_("appeared"), " ".join(filter(None, [paper.venue, str(paper.year or "")]))),
        (_("marks"), ", ".join(entry.marks)),
        (_("links"), "; ".join([*links, *numbers])),
        (_("section"), heading),
        (_("note"), entry.note),
    ]
    return [each for each in lines if each[1]]


def shown(field):
    return Shown(
        name_of(field.name),
        *(in_words(each) for each in (field.base, field.file, field.here, field.taken)),
        field.is_conflict,
    )


def name_of(name):
    """Return what a field is called: of the item, else of its paper."""
    words = label(Item, name)
    return words if words != name else label(Paper, name)


def in_words(value):
    if isinstance(value, list):
        return "; ".join(in_words(each) for each in value) or NOTHING
    if isinstance(value, dict):
        return ", ".join(f"{name} {in_words(each)}" for name, each in value.items() if each)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return NOTHING if value in (None, "") else str(value)


def conflicts(plan):
    every = enumerate((row, field) for row in plan.rows for field in row.conflicts)
    rows = [Asked(number, row, shown(field)) for number, (row, field) in islice(every, MOST)]
    return Group("conflicts", _("Conflicts"), rows, plan.counts()["conflicts"])


def choices(plan, data, default):
    """Return what was chosen on the page: of each conflict shown, and which rows stay out."""
    every = enumerate((row, field) for row in plan.rows for field in row.conflicts)
    chosen = {
        (row.key, field.name): data[f"conflict-{number}"]
        for number, (row, field) in islice(every, MOST)
        if data.get(f"conflict-{number}") in ("file", "here")
    }
    left = {int(each) for each in data.getlist("leave") if each.isdecimal() and len(each) < 9}
    keys = frozenset(plan.rows[each].key for each in left if each < len(plan.rows))
    return plans.Choices(conflicts=chosen, left_out=keys, default=default)


def duplicates(plan):
    """Return the rows that repeat a work of the file, each with the line of the first one."""
    rows = ((row, plan.document.entries[row.duplicate_of]) for row in plan.duplicates)
    return group("duplicates", _("The same paper twice in the file"), rows)


def near(plan):
    return group("near", _("Papers that may be one"), plan.near)


def dialects(document):
    """Return how the sections of a file are written, each way with its headings' number."""
    found = {}
    for heading in document.headings:
        if heading.dialect:
            found[heading.dialect] = found.get(heading.dialect, 0) + 1
    return found


def unread(document):
    """Return the columns of a table that are read as nothing."""
    return [each.text for each in document.skipped if is_column(each, document)]


def is_column(row, document):
    """Whether what was skipped is a column: the first line of a table names them."""
    is_named = f"“{row.text}”" in row.reason
    return bool(document.mapping) and row.line == 1 and not row.is_fault and is_named


def columns(document, data):
    """Return what was chosen for the columns that are not read yet: our field by their name."""
    chosen = ((name, data.get(f"column-{at}", "")) for at, name in enumerate(unread(document)))
    return {name: field for name, field in chosen if field}


def skipped(lines):
    """Return what was not read as a paper, in two groups: faults first."""
    rows = list(lines)
    return [
        each
        for each in (
            group("faults", _("Could not be read"), (row for row in rows if row.is_fault)),
            group("others", _("Taken for no paper"), (row for row in rows if not row.is_fault)),
        )
        if each.count
    ]


def skipped_in_report(report):
    """Return the same from the report of an applied import, where they are plain values."""
    return skipped(Skipped(**each) for each in report.get("skipped_lines", ()))
