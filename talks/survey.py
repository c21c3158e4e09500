"""What people said in a survey that they want to hear: a sheet -> votes, without their names.

A sheet has a row for each vote (columns `voter` and `talk`), or a row for each voter and a column
for each talk. A talk is told by its code, its number elsewhere or its exact title. Of a voter
only a hash is kept, salted anew for each sheet: the salt is thrown away, so that nobody can ask
the votes for a name.
"""

import hmac
import secrets
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

import tablib
from django.db import transaction
from django.utils.translation import gettext as _

from eventsite.cells import CSV, JSON, MOST_BYTES, MOST_COLUMNS, XLSX, Unreadable
from eventsite.formulas import Cell

from .models import Event, Talk, Vote
from .publishing import locked

FORMATS: dict[str, type[CSV | XLSX | JSON]] = {".csv": CSV, ".xlsx": XLSX, ".json": JSON}
VOTER, TALK = "voter", "talk"
YES = {"1", "x", "yes", "true", "y", "✓"}
NO = {"", "0", "no", "false", "n", "-"}
SALT = 32  # octets

Choice = tuple[str, str]  # the hash of a voter, the code of a talk


@dataclass(frozen=True, slots=True)
class Skipped:
    """A cell that cannot be read; rows are counted from 1, the header."""

    row: int
    field: str
    found: str
    expected: str


@dataclass(frozen=True, slots=True)
class Survey:
    """The votes of a sheet, each once and in order, and what was wrong with it."""

    choices: tuple[Choice, ...] = ()
    read: int = 0  # rows
    duplicates: int = 0
    skipped: tuple[Skipped, ...] = ()

    @property
    def voters(self) -> int:
        return len({voter for voter, _talk in self.choices})

    def persons(self) -> dict[str, int]:
        """Return how many want each talk, by code."""
        found: dict[str, int] = defaultdict(int)
        for _voter, talk in self.choices:
            found[talk] += 1
        return dict(found)


def read(event: Event, name: str, content: bytes) -> Survey:
    """Read a sheet by the ending of its name. Raises Unreadable, with a reason."""
    reader = FORMATS.get(PurePath(name).suffix.lower())
    if reader is None:
        known = ", ".join(FORMATS)
        raise Unreadable(
            _("“%(name)s” is none of the files that are read: %(known)s.")
            % {"name": name, "known": known}
        )
    if len(content) > MOST_BYTES:
        raise Unreadable(_("The file is larger than %d MB.") % (MOST_BYTES // 1024 // 1024))
    return read_table(event, reader().create_dataset(content))


def read_table(event: Event, sheet: tablib.Dataset) -> Survey:
    """Read a sheet with a row for each vote, or for each voter. Raises Unreadable."""
    headers = [_text(name) for name in sheet.headers]
    folded = [name.casefold() for name in headers]
    if len(headers) > MOST_COLUMNS:
        raise Unreadable(
            _("The file has more than %d columns; use two: voter and talk.") % MOST_COLUMNS
        )
    if len(set(folded)) < len(folded):
        raise Unreadable(_("Two columns have the same name."))
    if len(headers) < 2 or (TALK in folded and VOTER not in folded):
        raise Unreadable(
            _("Found the columns %s; expected voter and talk, or voter and one for each talk.")
            % ", ".join(f"“{name}”" for name in headers)
        )
    reader = _Reader(_Talks(event), headers, folded)
    for number, row in enumerate(sheet, start=2):
        reader.read(number, row)
    return reader.survey()


class _Talks:
    """The talks of an event by all that may stand for one: one query."""

    def __init__(self, event: Event) -> None:
        self.known: dict[str, set[str]] = defaultdict(set)
        rows = Talk.objects.filter(event=event).values_list("code", "external_id", "title")
        for code, number, title in rows:
            for name in {code, _text(number), _text(title)} - {""}:
                self.known[name].add(code)

    def codes(self, text: str) -> set[str]:
        """Return the codes that a text may mean; a code may be written in small letters."""
        return self.known.get(text) or self.known.get(text.upper()) or set()


@dataclass
class _Reader:
    """Goes through the rows of a sheet."""

    talks: _Talks
    headers: Sequence[str]
    folded: Sequence[str]
    found: dict[Choice, None] = field(default_factory=dict)  # as an ordered set
    skipped: list[Skipped] = field(default_factory=list)
    rows: int = 0
    duplicates: int = 0
    salt: bytes = field(default_factory=lambda: secrets.token_bytes(SALT))

    def __post_init__(self) -> None:
        self.voter = self.folded.index(VOTER) if VOTER in self.folded else 0
        self.column = self.folded.index(TALK) if TALK in self.folded else None
        others = [at for at in range(len(self.headers)) if at != self.voter]
        self.columns: Mapping[int, str] = {}
        if self.column is None:
            named = {at: self.talk(1, self.headers[at], self.headers[at]) for at in others}
            self.columns = {at: code for at, code in named.items() if code}

    def read(self, number: int, row: Sequence[Cell]) -> None:
        """Take in a row, counted from 1; one that is empty is nothing."""
        cells = [_text(cell) for cell in row]
        if not any(cells):
            return
        self.rows += 1
        if not cells[self.voter]:
            self.skip(number, self.headers[self.voter], "", _("who voted"))
            return
        voter = self.hashed(cells[self.voter])
        for code in self.chosen(number, cells):
            self.duplicates += (voter, code) in self.found
            self.found[voter, code] = None

    def chosen(self, number: int, cells: Sequence[str]) -> Iterator[str]:
        if self.column is not None:
            code = self.talk(number, self.headers[self.column], cells[self.column])
            yield from [code] if code else []
            return
        for at, code in self.columns.items():
            said = cells[at].casefold()
            if said in YES:
                yield code
            elif said not in NO:
                expected = _("1, x or yes; or 0, no or nothing")
                self.skip(number, self.headers[at], cells[at], expected)

    def talk(self, number: int, name: str, text: str) -> str:
        """Return the code of the talk that a text stands for; empty when that is not one."""
        codes = self.talks.codes(text)
        if len(codes) == 1:
            return next(iter(codes))
        expected = _("the code, the number elsewhere or the title of a talk of this event")
        if codes:
            listed = ", ".join(sorted(codes))
            expected = _("the code of one of the talks that are called so: %s") % listed
        self.skip(number, name, text, expected)
        return ""

    def skip(self, number: int, name: str, found: str, expected: str) -> None:
        self.skipped.append(Skipped(number, name, found, expected))

    def hashed(self, voter: str) -> str:
        return hmac.digest(self.salt, voter.casefold().encode(), "sha256").hex()

    def survey(self) -> Survey:
        return Survey(tuple(self.found), self.rows, self.duplicates, tuple(self.skipped))


def _text(cell: Cell) -> str:
    """Return what a cell says; a whole number without the decimals that a sheet gives it."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "" if cell is None else " ".join(str(cell).split())


@transaction.atomic
def replace(event: Event, choices: Sequence[Choice]) -> int:
    """Put votes in the place of all votes of an event; return how many there are now.

    Votes for talks that are gone by now are left out.
    """
    locked(event)  # two at once would leave the votes of both
    talks = dict(Talk.objects.filter(event=event).values_list("code", "pk"))
    Vote.objects.filter(event=event).delete()
    rows = [
        Vote(event=event, voter=voter, talk_id=talks[code])
        for voter, code in choices
        if code in talks
    ]
    return len(Vote.objects.bulk_create(rows, batch_size=1000))


def forget(event: Event) -> int:
    """Delete all votes of an event; return how many there were."""
    return Vote.objects.filter(event=event).delete()[0]
