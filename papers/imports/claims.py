"""What files and the catalogue say of one work: normal forms, several as one, three ways.

A claim is a PaperRecord in a normal form: the venue by the name it has here, identifiers taken
from links, the year off the venue. Two claims of one paper may disagree on when and where it
appeared: then the published version's facts are the paper's, and the other's stand on its links.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from typing import cast

from eventsite.merging import merge, merge_parts
from papers.identifiers import identifiers_for, identifiers_of, same_address
from papers.records import AuthorRecord, LinkRecord, PaperRecord, identifier_address
from papers.venue_names import PrintedVenue

from .plans import Plain

FACTS = ("venue", "is_workshop", "year", "month")  # of one version, taken or left together
PLAIN = ("title", "authors", "presentation", "award", "alias", "abstract", "key")
PARTS = ("identifiers", "links", "topics")
DETAIL = "details."
KEPT = (*PLAIN, *FACTS, "venue_short", "venue_kind", *PARTS, "details")
EMPTY = PaperRecord("")
WEB = ("https://", "http://", "ftp://")

Named = Callable[[str], PrintedVenue]

MAKERS: dict[str, Callable[[list[str]], object]] = {
    "authors": lambda row: AuthorRecord(*row),
    "links": lambda row: LinkRecord(row[0], row[1], row[2], row[3], cast("int | None", row[4])),
    "identifiers": tuple,
    "topics": str,
    "details": tuple,
}

UNKNOWN = ("", "other")  # kinds of venues


@dataclass(frozen=True, slots=True)
class Difference:
    """A field in which a paper changes, or would: `taken` is what stands in the end."""

    name: str
    base: object
    file: object
    here: object
    taken: object
    is_conflict: bool = False


def normal(record: PaperRecord, venue_of: Named) -> PaperRecord:
    """Return what a file says of a paper as a claim."""
    printed = venue_of(record.venue) if record.venue else PrintedVenue("")
    links = tuple(normal_link(link, venue_of) for link in record.links if is_web(link.url))
    named = [
        pair for scheme, value in record.identifiers for pair in identifiers_for(scheme, value)
    ]
    named += [pair for link in links if link.kind == "paper" for pair in identifiers_of(link.url)]
    year = record.year or printed.year
    return replace(
        record,
        title=title if (title := " ".join(record.title.split())) != record.title else record.title,
        code="",
        key="" if record.key == record.code else record.key,
        venue=printed.name,
        venue_short=printed.short,
        venue_kind=record.venue_kind or printed.kind,
        is_workshop=record.is_workshop or printed.is_workshop,
        year=year,
        month=record.month if year else None,
        presentation=record.presentation or printed.presentation,
        award=record.award or printed.award,
        identifiers=tuple(dict.fromkeys(named)),
        links=tuple(dict.fromkeys(links)),
        note="",
    )


def normal_link(link: LinkRecord, venue_of: Named) -> LinkRecord:
    """Return a link in normal form: itself where it is so already, as a file has very many."""
    url, venue = link.url.strip(), short_name(link.venue, venue_of)
    same = (url, venue) == (link.url, link.venue)
    return link if same else replace(link, url=url, venue=venue)


def is_web(url: str) -> bool:
    return url.strip().lower().startswith(WEB)


def short_name(printed: str, venue_of: Named) -> str:
    """Return a venue as links name it."""
    if not printed:
        return ""
    venue = venue_of(printed)
    return venue.short or venue.name


def rank(kind: str | None, *, is_workshop: bool, year: int | None) -> int:
    """Return how far a version has come by the kind of its venue, None without one: 4 the most.

    A venue that nobody knows may be anything that was printed: a known one goes before it.
    """
    if kind is None:
        return 1 if year else 0
    if kind == "preprint":
        return 1
    if kind in UNKNOWN:
        return 2
    return 3 if is_workshop else 4


def standing(claim: PaperRecord) -> tuple[int, int, int]:
    """Return how far a version has come, to sort by: published ones first, the earliest of them."""
    kind = claim.venue_kind if claim.venue else None
    how_far = rank(kind, is_workshop=claim.is_workshop, year=claim.year)
    return -how_far, claim.year or 9999, claim.month or 99


def facts(claim: PaperRecord) -> tuple[str, bool, int | None, int | None]:
    return claim.venue, claim.is_workshop, claim.year, claim.month


def disagree(one: PaperRecord, other: PaperRecord) -> bool:
    """Tell whether two claims name different venues or years."""
    return bool(
        (one.venue and other.venue and one.venue != other.venue)
        or (one.year and other.year and one.year != other.year)
    )


def combined(claims: Sequence[PaperRecord], leader: PaperRecord | None = None) -> PaperRecord:
    """Return what several claims of one paper say together.

    The facts are the leader's, and without one those of the version that has come furthest.
    """
    first, *others = sorted(claims, key=lambda each: (each is not leader, standing(each)))
    whole = first
    for other in others:
        agrees = not disagree(first, other)
        names = [*PLAIN, *(FACTS[:3] if agrees else ())]
        if agrees and (whole.year or other.year) == other.year:
            names.append("month")
        whole = changed(whole, {n: getattr(whole, n) or getattr(other, n) for n in names})
        whole = replace(
            whole,
            venue_kind=whole.venue_kind or other.venue_kind,
            identifiers=tuple(dict.fromkeys((*whole.identifiers, *other.identifiers))),
            topics=tuple(dict.fromkeys((*whole.topics, *other.topics))),
            links=with_links(whole.links, other.links if agrees else as_version(other)),
            details=tuple({**dict(other.details), **dict(whole.details)}.items()),
        )
    return whole


def changed(record: PaperRecord, values: Mapping[str, object]) -> PaperRecord:
    """Return a record with other values, by names that are known at run time alone."""
    new = copy(record)
    for name, value in values.items():
        object.__setattr__(new, name, value)
    return new


def as_version(claim: PaperRecord) -> tuple[LinkRecord, ...]:
    """Return the links of a claim whose facts are not the paper's: they carry venue and year."""
    links = claim.links
    if not any(link.kind == "paper" for link in links):
        named = (identifier_address(*each) for each in claim.identifiers)
        links += tuple(LinkRecord("paper", url) for url in named if url)[:1]
    short = claim.venue_short or claim.venue
    day = f"{claim.year}.{claim.month:02}" if claim.month and claim.year else str(claim.year or "")
    label = f"{short} {claim.year or ''}".strip() if short else day
    return tuple(
        replace(link, kind="version", label=link.label or label, venue=short, year=claim.year)
        if link.kind == "paper"
        else link
        for link in links
    )


def with_links(links: tuple[LinkRecord, ...], more: Iterable[LinkRecord]) -> tuple[LinkRecord, ...]:
    """Add the links that lead elsewhere; one address may be of the paper and of a version."""
    known = {(link.kind == "version", same_address(link.url)) for link in links}
    added = []
    for link in more:
        place = link.kind == "version", same_address(link.url)
        if place not in known:
            known.add(place)
            added.append(link)
    return (*links, *added)


def value_of(claim: PaperRecord, name: str) -> object:
    """Return a field, or one of the details: "details.page"."""
    if name.startswith(DETAIL):
        return dict(claim.details).get(name.removeprefix(DETAIL), "")
    return getattr(claim, name)


def names_of(*claims: PaperRecord) -> Iterator[str]:
    """Yield the fields that are compared, each detail as one."""
    yield from (*PLAIN, *FACTS, *PARTS)
    details = dict.fromkeys(key for claim in claims for key, _value in claim.details)
    yield from (DETAIL + key for key in details)


def taking(here: PaperRecord, taken: Mapping[str, object]) -> PaperRecord:
    """Return what stands here with the values that are taken."""
    details = dict(here.details)
    for name, value in taken.items():
        if name.startswith(DETAIL):
            details[name.removeprefix(DETAIL)] = str(value)
    plain_fields = {name: value for name, value in taken.items() if not name.startswith(DETAIL)}
    kept = tuple((key, value) for key, value in details.items() if value)
    return changed(here, {**plain_fields, "details": kept})


def first_meeting(
    here: PaperRecord, file: Sequence[PaperRecord], *, is_edited: bool, is_listed: bool = False
) -> Iterator[Difference]:
    """Yield what a file adds to a paper that it tells of for the first time.

    What stands here stays; a published version takes the place of a preprint's facts, unless
    these were set by hand. With `is_listed` the paper stands on this very list already, put there
    by no import: then what the file says otherwise is a conflict.
    """
    whole = combined([here, *file], leader=here if is_edited or is_listed else None)
    kept = {name: getattr(here, name) or getattr(whole, name) for name in PLAIN}
    whole = changed(whole, kept)
    whole = replace(whole, details=tuple({**dict(whole.details), **dict(here.details)}.items()))
    says = combined(file)
    is_behind = standing(says)[0] > standing(here)[0]
    for name in names_of(here, whole):
        taken, stands, said = (value_of(each, name) for each in (whole, here, says))
        if taken != stands:
            yield Difference(name, None, said, stands, taken)
        elif is_listed and is_otherwise(name, said, stands, is_behind=is_behind):
            yield Difference(name, None, said, stands, stands, is_conflict=True)


def is_otherwise(name: str, said: object, stands: object, *, is_behind: bool) -> bool:
    """Tell whether a file contradicts what stands here, and does not only say less or earlier."""
    if name == "key" or name in PARTS or (name in FACTS and is_behind):
        return False
    return bool(said and stands and said != stands)


def next_meeting(
    base: PaperRecord, file: PaperRecord, here: PaperRecord, *, is_ours: bool, is_edited: bool
) -> Iterator[Difference]:
    """Yield three ways what the next version of a file changes.

    `is_ours`: where and when the paper appeared was said by this source, so that it may correct
    it. Else its facts change only when it tells of a version that has come further, which is a
    conflict where these were edited here.
    """
    for name in names_of(base, file):
        before, now, stands = (value_of(each, name) for each in (base, file, here))
        if before == now:
            continue
        taken, is_conflict = stands, False
        if name in PARTS:
            taken = merge_parts(*(getattr(each, name) for each in (base, file, here)))
        elif name not in FACTS or is_ours:
            merged = merge(before, now, stands)
            taken, is_conflict = merged.taken, merged.is_conflict
        elif standing(file)[0] < standing(here)[0]:
            is_conflict = is_edited and now != stands
            taken = stands if is_conflict else now
        if taken != stands or is_conflict:
            yield Difference(name, before, now, stands, taken, is_conflict)


def as_values(claim: PaperRecord) -> dict[str, Plain]:
    """Return a claim as JSON holds it, without what is empty."""
    return {name: plain(value) for name in KEPT if (value := getattr(claim, name))}


def plain(value: object) -> Plain:
    """Return a value of a claim as JSON holds it: records become lists of their values."""
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    if isinstance(value, AuthorRecord):
        return [value.name, value.affiliation]
    if isinstance(value, LinkRecord):
        return [value.kind, value.url, value.label, value.venue, value.year]
    return value if isinstance(value, int | None) else str(value)


def from_values(values: Mapping[str, object]) -> PaperRecord:
    """Return the claim that `as_values` wrote."""
    read = dict(values)
    for name, make in MAKERS.items():
        rows = cast("list[list[str]]", values.get(name, []))
        read[name] = tuple(make(row) for row in rows)
    return changed(EMPTY, read)
