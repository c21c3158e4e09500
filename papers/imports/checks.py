"""What a row of a file may say at most, as the tables hold it: told before anything is written."""

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from django.db import models
from django.utils.translation import gettext as _

from papers.entries import Document, Entry, Refused, Skipped
from papers.models import Author, Authorship, Item, Paper, PaperLink, Section, Venue
from papers.records import PaperRecord

from .claims import is_web

Found: TypeAlias = tuple[str, str, str]  # field, what was found, what is expected
SHOWN = 5  # errors in one sentence
LOWEST_YEAR, HIGHEST_YEAR = 1000, 9999
PRESENTED = tuple(Paper._meta.get_field("presentation").choices or ())


def longest(model: type[models.Model], field: str) -> int:
    return getattr(model._meta.get_field(field), "max_length", 0) or 0


LONGEST = {
    "title": longest(Paper, "title"),
    "award": longest(Paper, "award"),
    "alias": longest(Paper, "alias"),
    "key": longest(Paper, "cite_key"),
    "venue": longest(Venue, "name"),
}
NAME, AFFILIATION = longest(Author, "name"), longest(Authorship, "affiliation")
ADDRESS, LABEL = longest(PaperLink, "url"), longest(PaperLink, "label")
MARKS, HEADING = longest(Item, "marks"), longest(Section, "heading")


def check(document: Document) -> None:
    """Raise Refused when a row says what no table can hold: nothing of the file is taken then."""
    errors = []
    for entry in document.entries:
        for field, found, expected in wrong(entry):
            where = _("row {line}, {field}").format(line=entry.line, field=field)
            words = _("found {found}, expected {expected}").format(found=found, expected=expected)
            errors.append(f"{where}: {words}")
        if len(errors) > SHOWN:
            break
    for heading in document.headings:
        if len(heading.heading) > HEADING:
            found, expected = characters(len(heading.heading)), at_most(HEADING)
            errors.append(
                _("row {line}, heading: found {found}, expected {expected}").format(
                    line=heading.line, found=found, expected=expected
                )
            )
    if errors:
        more = _(" and more") if len(errors) > SHOWN else ""
        raise Refused("; ".join(errors[:SHOWN]) + more + ".")


def left(document: Document, topics: Mapping[str, int]) -> Iterator[Skipped]:
    """Yield what of rows is not taken: links that lead nowhere in the web, topics not here."""
    for entry in document.entries:
        for link in entry.paper.links:
            if link.url.strip() and not is_web(link.url):
                reason = _("A link that is no address of the web (https://, http://, ftp://).")
                yield Skipped(entry.line, link.url, reason, is_fault=False)
    if topics:
        named = ", ".join(f"{name} ({number})" for name, number in topics.items())
        reason = _("Topics that are not here: no paper is filed under them.")
        yield Skipped(0, named, reason, is_fault=False)


def wrong(entry: Entry) -> Iterator[Found]:
    """Yield what of a row does not fit."""
    paper = entry.paper
    if not paper.title.strip():
        yield "title", _("nothing"), _("a title")
    for field, most in LONGEST.items():
        yield from too_long(field, getattr(paper, field), most)
    for author in paper.authors:
        yield from too_long("author", author.name, NAME)
        yield from too_long("affiliation", author.affiliation, AFFILIATION)
    for link in paper.links:
        yield from too_long("link", link.url, ADDRESS)
        yield from too_long("link label", link.label, LABEL)
    yield from too_long("marks", ", ".join(entry.marks), MARKS)
    yield from wrong_day(paper)
    if paper.presentation not in dict(PRESENTED):
        yield (
            "presentation",
            f"“{paper.presentation[:60]}”",
            ", ".join(n for n, _w in PRESENTED if n),
        )
    if any(is_unfit(text) for text in texts(entry)):
        yield "text", _("a sign that no text has"), _("text without control characters")


def wrong_day(paper: PaperRecord) -> Iterator[Found]:
    if paper.year is not None and not LOWEST_YEAR <= paper.year <= HIGHEST_YEAR:
        yield "year", str(paper.year), _("a year of four digits")
    if paper.month is not None and not 1 <= paper.month <= 12:
        yield "month", str(paper.month), _("1 to 12")


def too_long(field: str, text: str, most: int) -> Iterator[Found]:
    if len(text) > most:
        yield field, characters(len(text)), at_most(most)


def characters(number: int) -> str:
    return _("{number} characters").format(number=number)


def at_most(number: int) -> str:
    return _("at most {number}").format(number=number)


def texts(entry: Entry) -> Iterator[str]:
    paper = entry.paper
    yield from (paper.title, paper.abstract, paper.award, paper.alias, paper.venue, paper.key)
    yield from (text for author in paper.authors for text in (author.name, author.affiliation))
    yield from (text for link in paper.links for text in (link.url, link.label, link.venue))
    yield from (text for pair in paper.details for text in pair)
    yield from (*paper.topics, entry.note, entry.text, *entry.marks)


def is_unfit(text: str) -> bool:
    """Tell whether a database refuses a text: NUL, or half of a surrogate pair."""
    if text.isascii():
        return "\0" in text
    return "\0" in text or any("\ud800" <= sign <= "\udfff" for sign in text)
