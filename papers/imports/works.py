"""Which rows tell of one work: by what the world calls it, else by its title, with guards.

An identifier is stronger than a title. Equal titles are one work unless something speaks against
it; a title that many works have ("Introduction") needs something that speaks for it. What is only
near is never one work here: a person is shown it.
"""

import re
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from itertools import chain
from sys import intern

from rapidfuzz import fuzz

from papers.folding import fold
from papers.records import PaperRecord

Identifier = tuple[str, str]

# Which identifier is believed first, when two lead to different papers.
STRENGTH = ("doi", "arxiv", "acl", "pmlr", "openreview", "neurips", "cvf", "jmlr", "aaai", "ijcai")
# A work has one identifier of these, so that two different ones are two works.
PROVING = frozenset(("doi", "arxiv", "acl", "pmlr", "jmlr", "ijcai", "isbn", "pubmed"))
ONE_EACH = frozenset(("arxiv",))
DATED = re.compile(r"^\d{4}-[A-Za-z]{2,10}-(?=\S)")
# fmt: off
GENERIC = frozenset((
    "abstract", "acknowledgements", "afterword", "appendix", "announcement", "bibliography",
    "book review", "book reviews", "comment", "comments", "commentary", "conclusion",
    "conclusions", "contents", "correction", "corrigendum", "discussion", "editorial",
    "editors introduction", "editor s introduction", "editors note", "editor s note", "epilogue",
    "erratum", "errata", "foreword", "front matter", "frontmatter", "guest editorial",
    "guest editors introduction", "guest editor s introduction", "in memoriam", "index",
    "introduction", "introduction to the special issue", "introduction to special issue",
    "invited talk", "keynote", "letter to the editor", "message from the chairs", "obituary",
    "opening remarks", "overview", "panel", "panel discussion", "poster session", "preface",
    "prologue", "reply", "response", "retraction", "review", "survey", "summary",
    "table of contents", "tutorial", "welcome", "welcome message", "workshop summary",
))
# fmt: on
FEW_WORDS = 2
CROWD = 50  # works of one title that are compared
ALIKE = 40  # of 100: titles below it are hardly of one work, whatever link they share


def title_key(title: str) -> str:
    """Return a title as works are told apart by it; a repeated "2018-ECCV-" is dropped."""
    return fold(DATED.sub("", title.strip()))


@dataclass(slots=True, eq=False)
class Work:
    """A work: a paper of the catalogue, rows of the file, or both."""

    title: str
    pk: int = 0
    code: str = ""
    names: tuple[str, ...] = ()  # family names of its authors, folded
    year: int | None = None
    venue: str = ""
    identifiers: tuple[Identifier, ...] = ()
    rows: list[int] = field(default_factory=list)


def family_names(record: PaperRecord) -> tuple[str, ...]:
    """Return the last words of the authors' names: enough to see that none is shared."""
    folded = (fold(author.name) for author in record.authors)
    return tuple(dict.fromkeys(intern(name.rpartition(" ")[2]) for name in folded if name))


def share(one: Iterable[Hashable], other: Iterable[Hashable]) -> bool:
    """Tell whether two have anything in common."""
    return not set(one).isdisjoint(other)


def work_of(record: PaperRecord, pk: int = 0, code: str = "") -> Work:
    return Work(
        title=title_key(record.title),
        pk=pk,
        code=code,
        names=family_names(record),
        year=record.year,
        venue=record.venue,
        identifiers=record.identifiers,
    )


def is_generic(title: str) -> bool:
    return title in GENERIC or (len(title.split()) <= FEW_WORDS and title.isascii())


def differ_by_identifier(
    one: Iterable[Identifier], other: Iterable[Identifier], proving: frozenset[str] = PROVING
) -> bool:
    """Tell whether identifiers prove two works: the same scheme, and none in common."""
    mine, theirs = set(one), set(other)
    if mine & theirs:
        return False
    schemes = {scheme for scheme, _value in mine} & {scheme for scheme, _value in theirs}
    return bool(schemes & proving)


def may_be_one(row: Work, work: Work) -> bool:
    """Tell whether two of one title are one work."""
    if share(row.identifiers, work.identifiers):
        return True
    if row.names and work.names and not share(row.names, work.names):
        return False
    if not is_generic(row.title):
        # A journal's version has a DOI of its own, but nobody has two numbers of arXiv.
        is_known = share(row.names, work.names)
        return is_known or not differ_by_identifier(row.identifiers, work.identifiers, ONE_EACH)
    if differ_by_identifier(row.identifiers, work.identifiers):
        return False
    years_agree = not (row.year and work.year) or abs(row.year - work.year) <= 1
    if row.title not in GENERIC:
        return years_agree
    return share(row.names, work.names) and (row.year, row.venue) == (work.year, work.venue)


class Works:
    """The works met so far, those of the catalogue first, found by identifier and by title."""

    def __init__(self, known: Iterable[Work] = ()):
        self.works: list[Work] = []
        self.by_identifier: dict[Identifier, Work] = {}
        self.by_title: dict[str, list[Work]] = {}
        self.crowds: dict[str, dict[str, list[Work]]] = {}  # by title, then by family name
        self.by_pk: dict[int, Work] = {}
        self.by_code: dict[str, Work] = {}
        for work in known:
            self.add(work)

    def add(self, work: Work) -> None:
        self.works.append(work)
        if work.pk:
            self.by_pk[work.pk] = work
            self.by_code[work.code] = work
        owners = self.by_identifier
        own = (each for each in work.identifiers if owners.setdefault(each, work) is work)
        work.identifiers = tuple(dict.fromkeys(own))
        if work.title:
            self.entitle(work, work.title)

    def entitle(self, work: Work, title: str) -> None:
        """Let a work be found by a title; where many have it, by the names as well."""
        same = self.by_title.setdefault(title, [])
        same.append(work)
        if len(same) > CROWD:
            added = [work] if title in self.crowds else same
            crowd = self.crowds.setdefault(title, {})
            for each in added:
                for name in each.names or ("",):
                    crowd.setdefault(name, []).append(each)

    def titled(self, row: Work) -> Iterable[Work]:
        """Return the works that have the title of a row; of a crowd those that may be meant."""
        crowd = self.crowds.get(row.title)
        if crowd is None:
            return self.by_title.get(row.title, ())
        if not row.names:
            return () if row.title in GENERIC else self.by_title[row.title][:CROWD]
        return chain.from_iterable(crowd.get(name, [])[:CROWD] for name in (*row.names, ""))

    def place(self, row: Work, number: int, pk: int = 0, code: str = "") -> tuple[Work, str]:
        """Put a row to its work, a new one if need be; return it and how it was known.

        `pk` is the paper that the row stands for already, `code` the one it names.
        """
        work, why = self.find(row, pk, code)
        if work is None:
            self.add(row)
            work = row
        else:
            self.learn(work, row)
        work.rows.append(number)
        return work, why

    def find(self, row: Work, pk: int, code: str) -> tuple[Work | None, str]:
        if pk in self.by_pk:
            return self.by_pk[pk], "list"
        if code in self.by_code:
            return self.by_code[code], "code"
        for scheme, value in sorted(row.identifiers, key=strength):
            work = self.by_identifier.get((scheme, value))
            if work and (
                share(row.names, work.names) or fuzz.token_set_ratio(row.title, work.title) >= ALIKE
            ):
                return work, f"{scheme} {value}"
        same = [work for work in self.titled(row) if may_be_one(row, work)]
        best = min(same, key=lambda work: nearness(row, work), default=None)
        return best, "title" if best else ""

    def learn(self, work: Work, row: Work) -> None:
        """Let a work be found by what one more of its rows says."""
        for identifier in row.identifiers:
            if self.by_identifier.setdefault(identifier, work) is work:
                work.identifiers = tuple(dict.fromkeys((*work.identifiers, identifier)))
        if row.title not in ("", work.title) and work not in self.titled(row):
            self.entitle(work, row.title)
        work.names = tuple(dict.fromkeys((*work.names, *row.names)))


def strength(identifier: Identifier) -> tuple[int, str]:
    scheme, value = identifier
    return (STRENGTH.index(scheme) if scheme in STRENGTH else len(STRENGTH)), value


def nearness(row: Work, work: Work) -> tuple[bool, bool, bool]:
    """Sort works of one title: the same authors, year and venue first."""
    return not share(row.names, work.names), row.year != work.year, row.venue != work.venue
