"""Where new and moved rows go among those that stay: after the row before them in the file.

Those of a file of which nothing stands yet, a second source of a list, go behind all others.
"""

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from itertools import groupby
from typing import TypeVar

STEP = 16  # between positions, so that a row put between others leaves these where they are

H = TypeVar("H", bound=Hashable)


def places_for(order: Sequence[H], standing: Mapping[H, int]) -> dict[H, int]:
    """Return the positions of those in `order` that stand nowhere yet, or of all, in a new range.

    `standing` has positions from 1, of rows that stay; some may not be in `order`. All get new
    positions, above the old ones, when there is no room between two.
    """
    after: defaultdict[H | None, list[H]] = defaultdict(list)
    last: H | None = None
    for each in order:
        if each in standing:
            last = each
        else:
            after[last].append(each)
    first = after.pop(None, [])
    whole = [] if last is None else first
    for each in sorted(standing, key=lambda one: standing[one]):
        whole += [each, *after[each]]
    whole += first if last is None else []
    places = between(whole, standing)
    return anew(whole, standing) if places is None else places


def between(whole: Sequence[H], standing: Mapping[H, int]) -> dict[H, int] | None:
    """Return positions in the gaps, or None where a gap is too narrow."""
    places: dict[H, int] = {}
    low = 0
    runs = [(stays, list(run)) for stays, run in groupby(whole, key=lambda each: each in standing)]
    for number, (stays, run) in enumerate(runs):
        if stays:
            low = standing[run[-1]]
            continue
        is_last = number + 1 == len(runs)
        step = STEP * (len(run) + 1) if is_last else standing[runs[number + 1][1][0]] - low
        if step <= len(run):
            return None
        places |= {
            each: low + step * place // (len(run) + 1) for place, each in enumerate(run, start=1)
        }
    return places


def anew(whole: Sequence[H], standing: Mapping[H, int]) -> dict[H, int]:
    highest = max(standing.values(), default=0)
    return {each: highest + STEP * place for place, each in enumerate(whole, start=1)}
