"""Titles that may be of one work though they are not equal: for a person, who decides.

Near are a title with a name before it or something added behind, one that differs by a word
within, by small words or by spelling. Not near are titles that differ by a number, by a leading
word, or by several words: those are often two works of one group.
"""

import re
from array import array
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, groupby

import numpy as np
from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from .works import Identifier, differ_by_identifier, is_generic, share

# fmt: off
SMALL = frozenset((
    "a", "an", "the", "of", "on", "in", "for", "and", "or", "to", "with", "by", "from", "at",
    "via", "using", "towards", "toward",
))
# fmt: on
NUMBER = re.compile(r".*\d.*|i{1,3}|iv|vi{0,3}|ix")
RAREST = 4  # words of a title by which its neighbours are looked for
CROWD = 40  # titles that share a key: more of them, and it says nothing
PLACES, KEYS = 24, (1 << 40) - 1  # bits for the place of a title, and for a key
ENDS_OF_NAME = re.compile(r"[:–—-]")
MOST_ADDED, ENOUGH_LEFT = 4, 5  # words that may be added behind, to how many
ENOUGH_WORDS = 6  # in a title of which one may differ
SPELLING = 75  # of 100: two spellings of a word
ALL_SAME = 60  # likewise, where the authors are all the same: "nets" and "networks"


@dataclass(frozen=True, slots=True)
class Titled:
    """A work as far as nearness needs it."""

    title: str  # as printed
    folded: str
    identifiers: Collection[Identifier] = ()
    names: Collection[str] = ()  # family names, folded


@dataclass(frozen=True, slots=True)
class Near:
    """Two works by their places, the lesser first; the score counts to 100."""

    a: int
    b: int
    score: float
    reason: str


def near_pairs(works: Sequence[Titled], fresh: Collection[int] | None = None) -> list[Near]:
    """Return the near pairs among works, nearest first; with `fresh`, only those with one of it.

    Costs about the number of works: only titles that share two rare words, how they begin or how
    they end are compared.
    """
    found = {}
    for a, b in candidates([work.folded for work in works], fresh):
        one, other = works[a], works[b]
        near = compare(one, other, one.folded.split(), other.folded.split())
        if near:
            found[a, b] = Near(a, b, *near)
    return sorted(found.values(), key=lambda pair: (-pair.score, pair.a, pair.b))


def candidates(titles: Sequence[str], fresh: Collection[int] | None) -> Iterator[tuple[int, int]]:
    """Yield the pairs, by their places, that share a key: some more than once."""
    frequency = Counter(chain.from_iterable(title.split() for title in titles))
    numbers = array("Q")  # key and place in one: a list for each key takes ten times the room
    for place, title in enumerate(titles):
        numbers.extend(key << PLACES | place for key in keys_of(title.split(), frequency))
    placed = np.sort(np.frombuffer(numbers, dtype=np.uint64))
    starts = np.flatnonzero(np.diff(placed >> np.uint64(PLACES), prepend=np.uint64(KEYS)))
    sizes = np.diff(starts, append=len(placed))
    few = (sizes > 1) & (sizes <= CROWD)
    for start, size in zip(starts[few].tolist(), sizes[few].tolist(), strict=True):
        places = [number & (1 << PLACES) - 1 for number in placed[start : start + size].tolist()]
        for a, b in combinations(places, 2):
            if fresh is None or a in fresh or b in fresh:
                yield a, b


def keys_of(title: list[str], frequency: Counter[str]) -> set[int]:
    """Return what near titles share, as numbers: two rare words, how they begin, how they end."""
    telling = sorted(set(title) - SMALL, key=lambda word: (frequency[word], word))[:RAREST]
    shared = [*combinations(sorted(telling), 2), *((word,) for word in telling[:1])]
    if len(title) > 1:
        shared += [("begins", *title[:2]), ("ends", *title[-3:])]
    return {hash(words) & KEYS for words in shared}


def compare(
    one: Titled, other: Titled, words: list[str], more: list[str]
) -> tuple[float, str] | None:
    """Return score and reason of two near titles, or nothing.

    What speaks for two works hides a near title, but no equal one: only a person can tell.
    """
    if words == more and not is_generic(one.folded):
        return 100.0, "same title"
    if 2 * len(set(words) & set(more)) < min(len(words), len(more)):
        return None
    if abs(len(words) - len(more)) > 3 * max(MOST_ADDED, min(len(words), len(more))):
        return None
    if one.names and other.names and not share(one.names, other.names):
        return None
    if differ_by_identifier(one.identifiers, other.identifiers):
        return None
    reason = reason_for(one, other, words, more)
    return (round(fuzz.ratio(one.folded, other.folded), 1), reason) if reason else None


def reason_for(one: Titled, other: Titled, words: list[str], more: list[str]) -> str:
    if len(words) > len(more):
        one, other, words, more = other, one, more, words
    if numbers(words) != numbers(more):
        return ""
    added = len(more) - len(words)
    if more[: len(words)] == words:
        is_subtitle = has_break(other.title, len(words)) and len(words) > 1
        is_short = added <= MOST_ADDED and len(words) >= ENOUGH_LEFT
        return "extended" if is_subtitle or is_short else ""
    if more[added:] == words and len(words) > 1 and has_break(other.title, added):
        return "named" if added <= MOST_ADDED else ""
    is_by_the_same = one.names and set(one.names) == set(other.names)
    spelling = ALL_SAME if is_by_the_same else SPELLING
    return "reworded" if is_reworded(words, more, spelling) else ""


def numbers(words: list[str]) -> list[str]:
    return sorted(word for word in words if NUMBER.fullmatch(word))


def has_break(title: str, words: int) -> bool:
    """Tell whether a colon or a dash stands behind so many words of a title."""
    place = 0
    for seen, found in enumerate(re.finditer(r"[^\W_]+", title)):
        if seen == words:
            return bool(ENDS_OF_NAME.search(title[place : found.start()]))
        place = found.end()
    return False


def is_reworded(words: list[str], more: list[str], spelling: int) -> bool:
    """Tell whether titles differ by small words, by spelling, and by one word within at most."""
    strange = 0
    steps = Levenshtein.opcodes(words, more)
    for is_equal, run in groupby(steps, key=lambda step: step.tag == "equal"):
        if is_equal:
            continue
        step, *_, last = [*run] * 2
        gone = [w for w in words[step.src_start : last.src_end] if w not in SMALL]
        come = [w for w in more[step.dest_start : last.dest_end] if w not in SMALL]
        if is_spelling(gone, come, spelling):
            continue
        is_within = 0 < step.dest_start < len(more) - 1
        if not is_within or min(len(gone), len(come)):
            return False
        strange += len(gone) + len(come)
    return strange == 0 or (strange == 1 and len(words) >= ENOUGH_WORDS)


def is_spelling(gone: list[str], come: list[str], spelling: int) -> bool:
    """Tell whether words are the same but for spaces, an ending or a mistake."""
    if "".join(gone) == "".join(come):
        return True
    if len(gone) != len(come):
        return False
    return all(fuzz.ratio(*pair) >= spelling for pair in zip(gone, come, strict=True))
