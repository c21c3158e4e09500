"""Three versions of a value: what a file said last time, what it says now, what stands here.

What only the file changed is taken from it, what was only changed here stays, and where both
changed it a person decides; until then what stands here goes on standing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Merged(Generic[T]):
    """What will stand, and whether file and site disagree about it."""

    taken: T
    is_conflict: bool = False


def merge(base: T, file: T, here: T) -> Merged[T]:
    """Return what of one value will stand: in a conflict what stands here."""
    if file in (base, here):
        return Merged(here)
    return Merged(file) if here == base else Merged(here, is_conflict=True)


def merge_parts(base: Iterable[T], file: Iterable[T], here: Iterable[T]) -> tuple[T, ...]:
    """Merge a set kept in order: what the file dropped goes, what it added takes its place.

    What it added in no place of another comes last. Parts do not disagree: what was added or
    dropped here stays so.
    """
    before, now, standing = list(base), list(file), list(here)
    added = [part for part in now if part not in before]
    heirs: dict[T, T] = {}
    for step, first, last, start, end in SequenceMatcher(None, before, now, False).get_opcodes():
        if step == "replace":
            heirs |= dict(zip(before[first:last], now[start:end], strict=False))
    whole: list[T] = []
    for part in standing:
        if part not in before or part in now:
            whole.append(part)
        elif part in heirs and heirs[part] in added:
            whole.append(heirs[part])
    return tuple(dict.fromkeys((*whole, *added)))
