"""The headings of a file as sections of a list: known again by their path, or by their rows."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from papers.entries import Heading
from papers.models import Section

WITHIN = " › "


def paths_of(headings: Sequence[Heading]) -> list[str]:
    """Return the path of each heading, told apart where two are the same: "A › B (2)"."""
    paths: list[str] = []
    seen: Counter[str] = Counter()
    for heading in headings:
        above = paths[heading.parent] if heading.parent is not None else ""
        path = f"{above}{WITHIN}{heading.heading}" if above else heading.heading
        seen[path] += 1
        paths.append(path if seen[path] == 1 else f"{path} ({seen[path]})")
    return paths


def paths_of_sections(sections: Iterable[Section]) -> dict[str, int]:
    """Return the sections of a list by the paths that their headings would have in a file."""
    rows = list(sections)
    places = {row.pk: place for place, row in enumerate(rows)}
    headings = [
        Heading(row.heading, row.level, places.get(row.parent_id) if row.parent_id else None)
        for row in rows
    ]
    return dict(zip(paths_of(headings), places, strict=True))


def known_again(
    paths: Iterable[str], base: Mapping[str, int], rows: Iterable[tuple[str, str]]
) -> dict[str, int]:
    """Return which section each path is, where it is one of the last import's.

    `base` has its sections by path, `rows` the path now and the path then of each row that is
    known again: a heading whose rows mostly stood under one that is gone is that one, renamed.
    """
    paths = list(paths)
    found = {path: base[path] for path in paths if path in base}
    votes = Counter(pair for pair in rows if pair[0] not in found and pair[1] in base)
    votes = Counter({pair: n for pair, n in votes.items() if pair[1] not in found})
    then = Counter(pair[1] for pair in votes.elements())
    taken: set[int] = set()
    for (path, old), number in votes.most_common():
        if path not in found and base[old] not in taken and 2 * number > then[old]:
            found[path] = base[old]
            taken.add(base[old])
    return found


def in_order(numbers: Sequence[int]) -> set[int]:
    """Return the places of the longest run of numbers that rise: what did not move."""
    tails: list[int] = []  # place of the least last number of a run of each length
    before: list[int] = []
    for place, number in enumerate(numbers):
        length = _run_below(tails, numbers, number)
        before.append(tails[length - 1] if length else -1)
        tails[length : length + 1] = [place]
    kept, step = set(), tails[-1] if tails else -1
    while step >= 0:
        kept.add(step)
        step = before[step]
    return kept


def _run_below(tails: list[int], numbers: Sequence[int], number: int) -> int:
    low, high = 0, len(tails)
    while low < high:
        middle = (low + high) // 2
        if numbers[tails[middle]] < number:
            low = middle + 1
        else:
            high = middle
    return low
