"""What is known of each rule beside its function: whether it must hold, weight and options."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from talks.solver.problem import Clash, Level, Option, Problem, Setting, Timetable

Rule: TypeAlias = Callable[[Problem, Timetable], Iterator[Clash]]


@dataclass(frozen=True, slots=True)
class About:
    """A rule and what it is worth where an organizer has said nothing.

    What `must` hold no proposal breaks unless the organizer ignores it; what need not costs its
    weight times the amount of each clash. `options` are the names that its settings may have,
    with their defaults; `choices` are the only texts that an option may be.
    """

    check: Rule
    must: bool
    weight: int
    options: Mapping[str, Option]
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.check.__name__


ABOUT: dict[str, About] = {}


def rule(
    *,
    must: bool,
    weight: int = 1,
    options: Mapping[str, Option] | None = None,
    choices: Mapping[str, tuple[str, ...]] | None = None,
) -> Callable[[Rule], Rule]:
    """Make a function a rule of the timetable, known by its name."""

    def remember(check: Rule) -> Rule:
        ABOUT[check.__name__] = About(check, must, weight, options or {}, choices or {})
        return check

    return remember


def setting(problem: Problem, name: str) -> Setting:
    """Return what a rule is worth here; options that are not set have their defaults."""
    about = ABOUT[name]
    given = problem.settings.get(name)
    if given is None:
        return Setting(Level.WARN, about.weight, about.options)
    return Setting(given.level, given.weight, {**about.options, **given.options})


def must_hold(problem: Problem, name: str) -> bool:
    """Whether a proposal may never break the rule."""
    level = setting(problem, name).level
    return level is Level.BLOCK or (level is Level.WARN and ABOUT[name].must)


def is_ignored(problem: Problem, name: str) -> bool:
    return setting(problem, name).level is Level.IGNORE
