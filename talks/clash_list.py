"""Findings as lists show them: by rule, what blocks publishing first and wishes by their cost."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from .acknowledging import Finding, findings
from .findings import sentence
from .findings.names import LABELS
from .findings.wording import Label
from .models import Event
from .problems import settings_of
from .records import Programme
from .scheduling import clashes
from .solver.problem import Level, Problem
from .solver.rules import ABOUT, must_hold, setting


class Gravity(StrEnum):
    """What a broken rule means at an event, the gravest first."""

    BLOCKS = "blocks"  # nothing is published
    MUST = "must"  # told before publishing, and no proposal breaks it
    WISH = "wish"  # costs its weight


RANKS = list(Gravity)


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one rule: those that are open, and those that an organizer lets stand."""

    rule: str
    gravity: Gravity
    weight: int
    open: tuple[Finding, ...]
    standing: tuple[Finding, ...]

    @property
    def label(self) -> Label:
        return LABELS[self.rule]

    @property
    def blocks(self) -> bool:
        return self.gravity is Gravity.BLOCKS and bool(self.open)

    @property
    def amount(self) -> int:
        """By how much the rule is broken, in what it counts; also by what may stand."""
        return sum(one.clash.amount for one in (*self.open, *self.standing))

    @property
    def cost(self) -> int:
        return self.amount * self.weight


def gravity(problem: Problem, rule: str) -> Gravity:
    """Return what it means at an event that a rule is broken."""
    if setting(problem, rule).level is Level.BLOCK:
        return Gravity.BLOCKS
    return Gravity.MUST if must_hold(problem, rule) else Gravity.WISH


def groups(problem: Problem, marked: Iterable[Finding]) -> list[Group]:
    """Return a group for each rule that is broken; last those whose findings may all stand.

    In a group the findings with the greatest amount come first.
    """
    found: dict[str, list[Finding]] = defaultdict(list)
    for one in marked:
        found[one.clash.rule].append(one)
    return sorted(
        (_group(problem, rule, found[rule]) for rule in ABOUT if rule in found), key=_rank
    )


def _group(problem: Problem, rule: str, found: list[Finding]) -> Group:
    found.sort(key=lambda one: -one.clash.amount)
    return Group(
        rule=rule,
        gravity=gravity(problem, rule),
        weight=setting(problem, rule).weight,
        open=tuple(one for one in found if one.acknowledged is None),
        standing=tuple(one for one in found if one.acknowledged),
    )


def _rank(group: Group) -> tuple[bool, int, int]:
    by_cost = group.cost if group.gravity is Gravity.WISH else 0
    return not group.open, RANKS.index(group.gravity), -by_cost


@dataclass(frozen=True, slots=True)
class Counts:
    """How many findings are open, by what they mean, how many may stand, and what all cost."""

    blocks: int
    must: int
    wish: int
    standing: int
    cost: int

    @property
    def open(self) -> int:
        return self.blocks + self.must + self.wish


def counts(listed: Iterable[Group]) -> Counts:
    every = list(listed)
    of = {kind: sum(len(g.open) for g in every if g.gravity is kind) for kind in Gravity}
    return Counts(
        blocks=of[Gravity.BLOCKS],
        must=of[Gravity.MUST],
        wish=of[Gravity.WISH],
        standing=sum(len(group.standing) for group in every),
        cost=sum(group.cost for group in every),
    )


@dataclass(frozen=True, slots=True)
class Told:
    """What is to be known before publishing: sentences of what is grave, and counts of the rest."""

    blocks: tuple[str, ...]
    must: tuple[str, ...]
    wish: int
    standing: int


def groups_of(event: Event, programme: Programme) -> list[Group]:
    """Return what clashes in a programme of an event, as it would be published."""
    marked = findings(event, clashes(event, programme))
    return groups(Problem(settings=settings_of(event)), marked)


def told(event: Event, programme: Programme) -> Told:
    """Return what is to be known of the clashes of a programme before it is published."""
    listed = groups_of(event, programme)
    number = counts(listed)

    def sentences(kind: Gravity) -> tuple[str, ...]:
        found = [one.clash for each in listed if each.gravity is kind for one in each.open]
        return tuple(sentence(clash, programme.event.tz) for clash in found)

    return Told(sentences(Gravity.BLOCKS), sentences(Gravity.MUST), number.wish, number.standing)
