"""Three versions of a value: what a file said last time, what it says now, what stands here.

What only the file changed is taken from it, what was only changed here stays, and where both
changed it a person decides; until then what stands here goes on standing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
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
    """Merge a set kept in order: what the file added comes last, what it dropped goes.

    Parts do not disagree: what was added or dropped here stays so.
    """
    before, now, standing = list(base), list(file), list(here)
    kept = [part for part in standing if part not in before or part in now]
    return (*kept, *(part for part in now if part not in before and part not in kept))
