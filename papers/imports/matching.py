"""Which row of a file is which row of its last version: by title, by address, by near title."""

from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from rapidfuzz import fuzz, process

from .nearness import candidates
from .works import ALIKE, Identifier, differ_by_identifier

LIKELY = 80  # of 100, in one section: a title that was corrected
MOST_PAIRS = 10_000  # of rows of one title, tried all with all
MOST_COMPARED = 2_000_000  # titles of one section, likewise: about a second


@dataclass(frozen=True, slots=True)
class RowFace:
    """What a row is recognised by."""

    title: str  # folded
    section: str
    addresses: frozenset[str] = frozenset()
    identifiers: tuple[Identifier, ...] = ()


def match(rows: Sequence[RowFace], base: Sequence[RowFace]) -> dict[int, int]:
    """Return which row, by its place, is which row of the base, each at most once."""
    found: dict[int, int] = {}
    open_base = set(range(len(base)))
    for pairs in (by_title, by_address, by_near_title):
        left = [number for number in range(len(rows)) if number not in found]
        for row, other in pairs(rows, left, base, sorted(open_base)):
            if row not in found and other in open_base:
                found[row] = other
                open_base.discard(other)
    return found


Pairs = Iterator[tuple[int, int]]


def by_title(
    rows: Sequence[RowFace], left: list[int], base: Sequence[RowFace], open_: list[int]
) -> Pairs:
    """Pair equal titles: of several those of one section and one address first."""
    there = grouped(open_, lambda number: base[number].title)
    here = grouped(left, lambda number: rows[number].title)
    for title, numbers in here.items():
        others = there.get(title, [])
        if len(numbers) * len(others) > MOST_PAIRS:
            yield from in_turn(rows, numbers, base, others)
            continue
        both = [(row, other) for row in numbers for other in others]
        yield from sorted(both, key=lambda pair: unlikeness(rows[pair[0]], base[pair[1]]))


def in_turn(
    rows: Sequence[RowFace], numbers: list[int], base: Sequence[RowFace], others: list[int]
) -> Pairs:
    """Pair the many of one title in the order of both files, equal section and addresses first."""
    alike: defaultdict[Hashable, deque[int]] = defaultdict(deque)
    for other in others:
        alike[base[other].section, base[other].addresses].append(other)
    rest = []
    for row in numbers:
        same = alike[rows[row].section, rows[row].addresses]
        if same:
            yield row, same.popleft()
        else:
            rest.append(row)
    yield from zip(rest, sorted(chain.from_iterable(alike.values())), strict=False)


def unlikeness(row: RowFace, other: RowFace) -> int:
    return 2 * (row.section != other.section) + (row.addresses.isdisjoint(other.addresses))


def by_address(
    rows: Sequence[RowFace], left: list[int], base: Sequence[RowFace], open_: list[int]
) -> Pairs:
    """Pair what one address leads to, when just one row of each has it."""
    here = owners(left, rows)
    there = owners(open_, base)
    for address, row in here.items():
        other = there.get(address)
        if row is None or other is None:
            continue
        if fuzz.token_set_ratio(rows[row].title, base[other].title) >= ALIKE:
            yield row, other


def owners(numbers: list[int], rows: Sequence[RowFace]) -> dict[str, int | None]:
    """Return the one row of each address; None where there are several."""
    found: dict[str, int | None] = {}
    for number in numbers:
        for address in rows[number].addresses:
            found[address] = None if address in found else number
    return found


def by_near_title(
    rows: Sequence[RowFace], left: list[int], base: Sequence[RowFace], open_: list[int]
) -> Pairs:
    """Pair near titles of one section, the nearest first, unless identifiers prove two works."""
    there = grouped(open_, lambda number: base[number].section)
    near = []
    for section, numbers in grouped(left, lambda number: rows[number].section).items():
        here = {row: rows[row].title for row in numbers}
        titles = {other: base[other].title for other in there.get(section, ())}
        is_much = len(here) * len(titles) > MOST_COMPARED
        for score, row, other in (neighbours if is_much else nearest)(here, titles):
            if not differ_by_identifier(rows[row].identifiers, base[other].identifiers):
                near.append((-score, row, other))
    yield from ((row, other) for _score, row, other in sorted(near))


Scored = Iterator[tuple[float, int, int]]


def nearest(here: Mapping[int, str], there: Mapping[int, str]) -> Scored:
    """Yield for each title here the nearest one there, if it is near: every two are compared."""
    for row, title in here.items():
        best = process.extractOne(title, there, scorer=fuzz.ratio, score_cutoff=LIKELY)
        if best:
            yield best[1], row, best[2]


def neighbours(here: Mapping[int, str], there: Mapping[int, str]) -> Scored:
    """Yield the near titles among those that share rare words: for files of many thousand rows."""
    places = [*here, *there]
    titles = [*here.values(), *there.values()]
    for a, b in set(candidates(titles, range(len(here)))):
        if a < len(here) <= b and (score := fuzz.ratio(titles[a], titles[b])) >= LIKELY:
            yield score, places[a], places[b]


def grouped(numbers: list[int], key: Callable[[int], Hashable]) -> dict[Hashable, list[int]]:
    groups: defaultdict[Hashable, list[int]] = defaultdict(list)
    for number in numbers:
        groups[key(number)].append(number)
    return groups
