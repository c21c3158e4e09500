"""Narrows a reading list to what an address asks for: words, section, year, mark, code.

The list is loaded whole in any case, so all of it is decided here and not by the database.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace

from django.core.exceptions import BadRequest
from django.http import Http404, QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext

from papers.folding import fold
from papers.models import Item
from papers.outline import Part, marks_of

LONGEST = 200  # characters of words that are read


@dataclass(frozen=True, slots=True)
class ListFilter:
    """What is asked for, as it stands in the address; empty asks for everything."""

    q: str = ""
    section: str = ""  # its position in the list
    year: str = ""
    mark: str = ""
    code: str = ""

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """The parameters that are read, as addresses have them."""
        return tuple(each.name for each in fields(cls))

    @property
    def query(self) -> str:
        """The query of the address: "?year=2018", or nothing."""
        chosen = [(each.name, getattr(self, each.name)) for each in fields(self)]
        query = urlencode([(name, value) for name, value in chosen if value])
        return f"?{query}" if query else ""


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that can be asked for, and how many entries it would leave."""

    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Narrowed:
    """A list with a filter: the entries that pass, and what else could be asked for."""

    filter: ListFilter
    whole: Part
    found: Part

    def kept_but(self, name: str) -> list[Item]:
        """Return the items that pass all filters but one."""
        keep = keeper(replace(self.filter, **{name: ""}), self.whole)
        return items_of(self.whole.kept(keep))

    @property
    def sections(self) -> Sequence[Choice]:
        keys = {item.pk for item in self.kept_but("section")}
        found = []
        for part in self.whole.walk():
            if part.section:
                value = str(part.section.position)
                count = sum(item.pk in keys for item in items_of(part))
                label = "\u2003" * (part.level - 2) + part.section.heading
                found.append(Choice(value, label, count, value == self.filter.section))
        return found

    @property
    def years(self) -> Sequence[Choice]:
        every = sorted({year for year in map(year_of, items_of(self.whole)) if year}, reverse=True)
        return self.choices("year", {year: year for year in every}, lambda item: [year_of(item)])

    @property
    def marks(self) -> Sequence[Choice]:
        every: dict[str, str] = {}
        for item in items_of(self.whole):
            every |= marks_of(item)
        return self.choices("mark", dict(sorted(every.items())), marks_of)

    @property
    def codes(self) -> Sequence[Choice]:
        every = {"1": "1"} if any(map(has_code, items_of(self.whole))) else {}
        return self.choices("code", every, lambda item: ["1"] if has_code(item) else [])

    def choices(
        self, name: str, values: Mapping[str, str], of: Callable[[Item], Iterable[str]]
    ) -> Sequence[Choice]:
        """Return the values of a filter, counted under the others."""
        counts = Counter(value for item in self.kept_but(name) for value in of(item))
        chosen = getattr(self.filter, name)
        return [Choice(v, label, counts[v], v == chosen) for v, label in values.items()]


def narrowed(whole: Part, query: QueryDict) -> Narrowed:
    """Return the list as an address asks for it.

    Raises BadRequest for what cannot be meant, Http404 for what the list does not have.
    """
    wanted = ListFilter(**{each.name: query.get(each.name, "") for each in fields(ListFilter)})
    wanted = replace(wanted, q=wanted.q.strip()[:LONGEST])
    for value in (wanted.section, wanted.year):
        if value and not (value.isascii() and value.isdecimal() and len(value) < 10):
            raise BadRequest(gettext("“%(value)s” cannot be read.") % {"value": value[:60]})
    if wanted.code not in ("", "1"):
        raise BadRequest(gettext("“%(value)s” cannot be read.") % {"value": wanted.code[:60]})
    asked = Narrowed(wanted, whole, whole.kept(keeper(wanted, whole)))
    for name, offered in (
        ("section", asked.sections if wanted.section else ()),
        ("year", asked.years if wanted.year else ()),
        ("mark", asked.marks if wanted.mark else ()),
    ):
        value = getattr(wanted, name)
        if value and not any(choice.is_chosen for choice in offered):
            raise Http404(gettext("This list has no “%(value)s”.") % {"value": value[:60]})
    return asked


def keeper(wanted: ListFilter, whole: Part) -> Callable[[Item], bool]:
    """Return the test that an entry has to pass."""
    tests: list[Callable[[Item], bool]] = []
    if wanted.q:
        literal, words = wanted.q.casefold(), fold(wanted.q).split()
        tests.append(lambda item: holds(text_of(item), words, literal))
    if wanted.section:
        within = {
            item.pk
            for part in whole.walk()
            if part.section and str(part.section.position) == wanted.section
            for item in items_of(part)
        }
        tests.append(lambda item: item.pk in within)
    if wanted.year:
        tests.append(lambda item: year_of(item) == wanted.year)
    if wanted.mark:
        tests.append(lambda item: wanted.mark in marks_of(item))
    if wanted.code:
        tests.append(has_code)
    return lambda item: all(test(item) for test in tests)


def holds(text: str, words: Sequence[str], literal: str) -> bool:
    """True when every word occurs; signs alone ("%") are looked for as they are."""
    if not words:
        return literal in text.casefold()
    folded = fold(text)
    return all(word in folded for word in words)


def text_of(item: Item) -> str:
    """Return what a reader of the page sees of an entry."""
    paper = item.paper
    names = [each.name or each.author.name for each in paper.authorships.all()]
    venue = f"{paper.venue.name} {paper.venue.short}" if paper.venue else ""
    facts = [paper.title, paper.alias, *names, venue, year_of(item), item.note]
    return "\n".join([*facts, *marks_of(item).values()])


def items_of(part: Part) -> list[Item]:
    return [each.item for inner in part.walk() for each in inner.items]


def year_of(item: Item) -> str:
    return str(item.paper.year or "")


def has_code(item: Item) -> bool:
    return any(link.kind == "code" for link in item.paper.links.all())
