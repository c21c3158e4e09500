"""What people want to hear: the stars they gave, and the votes of a survey, as counts.

Nothing of a person leaves here: only how many want a talk, and how many want both of two.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from .models import Event, Star, Vote
from .solver.problem import Pair

MOST = 100  # wishes of one person that are compared with each other: nobody hears more


@dataclass(frozen=True, slots=True)
class Wishes:
    """How many persons want a talk, by code, and how many want both of two talks."""

    persons: Mapping[str, int] = field(default_factory=dict)
    together: Mapping[Pair, int] = field(default_factory=dict)


def wishes(event: Event, held: Mapping[str, Sequence[str]]) -> Wishes:
    """Return the counts of an event: two queries.

    `held` are the talks of each session: whoever starred a session wants all of them.
    """
    talks = set(event.talks.values_list("code", flat=True))
    wanted: dict[tuple[str, object], set[str]] = defaultdict(set)
    codes = [*talks, *held]
    stars = Star.objects.filter(agenda__event__in=_with_parents(event), code__in=codes)
    for agenda, code in stars.values_list("agenda", "code"):
        wanted["star", agenda].update(held.get(code, (code,)))
    for voter, code in Vote.objects.filter(event=event).values_list("voter", "talk__code"):
        wanted["vote", voter].add(code)
    return counted(chosen & talks for chosen in wanted.values())


def counted(wanted: Iterable[set[str]]) -> Wishes:
    """Count the wishes of persons, each a set of codes."""
    persons: Counter[str] = Counter()
    together: Counter[Pair] = Counter()
    for chosen in wanted:
        persons.update(chosen)
        together.update(combinations(sorted(chosen)[:MOST], 2))
    return Wishes(persons, together)


def _with_parents(event: Event) -> list[int]:
    """The event and those it is held at: stars are kept with the uppermost."""
    found: list[int] = []
    row: Event | None = event
    while row is not None and row.pk not in found:
        found.append(row.pk)
        row = row.parent
    return found
