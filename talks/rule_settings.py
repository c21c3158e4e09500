"""What an event says of the rules of its timetable: only what differs from the default is kept."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django.db import transaction

from eventsite import writing
from eventsite.writing import Conflict, User

from .models import Event, RuleSetting
from .solver.problem import Level, Option, Setting
from .solver.rules.about import ABOUT

MOST = 100_000  # of a weight and of a number: costs are sums of many
CLOCKS = {"first", "last"}  # options that are texts and times: 09:30
CLOCK = re.compile("([01][0-9]|2[0-3]):[0-5][0-9]")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a rule is to be worth, and the version of its row that was seen; 0 when none was."""

    setting: Setting
    seen: int = 0


@dataclass(frozen=True, slots=True)
class Told:
    """The rules of an event as they are, and the versions of the rows that say so."""

    settings: Mapping[str, Setting] = field(default_factory=dict)
    versions: Mapping[str, int] = field(default_factory=dict)

    def setting(self, rule: str) -> Setting:
        """Return what a rule is worth, with all its options."""
        own = self.settings.get(rule, default(rule))
        known = {name: own.options.get(name, value) for name, value in _options(rule).items()}
        return Setting(own.level, own.weight, known)


def default(rule: str) -> Setting:
    """Return what a rule is worth where nobody has said anything."""
    return Setting(Level.WARN, ABOUT[rule].weight, ABOUT[rule].options)


def told(event: Event) -> Told:
    """Return what an event says of its rules: one query."""
    rows = {row.rule: row for row in RuleSetting.objects.filter(event=event)}
    return Told(
        {
            rule: Setting(Level(row.level), row.weight, sound(rule, row.options))
            for rule, row in rows.items()
        },
        {rule: row.version for rule, row in rows.items()},
    )


def sound(rule: str, options: object) -> dict[str, Option]:
    """Keep of the options that are stored those that the rule can read: it has defaults for all.

    The form writes no others; the shell and a backup may.
    """
    if rule not in ABOUT or not isinstance(options, dict):
        return {}
    return {
        name: options[name]
        for name, usual in _options(rule).items()
        if name in options and _fits(name, options[name], usual, ABOUT[rule].choices.get(name))
    }


def _fits(name: str, value: object, usual: Option, choices: Collection[str] | None) -> bool:
    if type(value) is not type(usual):
        return False
    if isinstance(value, int):
        return 0 <= value <= MOST
    if name in CLOCKS:
        return value == "" or bool(CLOCK.fullmatch(str(value)))
    return not choices or value in choices


@transaction.atomic
def write(event: Event, wanted: Mapping[str, Wanted], by: User = None) -> int:
    """Set rules, all or none; return how many are now said otherwise. Raises Conflict."""
    rows = {row.rule: row for row in RuleSetting.objects.filter(event=event, rule__in=wanted)}
    return sum(
        _write(event, rule, rows.get(rule), each, by) for rule, each in sorted(wanted.items())
    )


def _write(event: Event, rule: str, row: RuleSetting | None, wanted: Wanted, by: User) -> bool:
    values: dict[str, object] = {
        "level": wanted.setting.level.value,
        "weight": wanted.setting.weight,
        "options": _differing(rule, wanted.setting.options),
    }
    made = row or RuleSetting(event=event, rule=rule)
    if wanted.seen != (row.version if row else 0):
        raise Conflict(made, wanted.seen, row.version if row else 0, {})
    is_default = values == {"level": Level.WARN, "weight": ABOUT[rule].weight, "options": {}}
    if row is None:
        if not is_default:
            writing.create(RuleSetting(event=event, rule=rule, **values), by)
        return not is_default
    if is_default:
        writing.delete(row, wanted.seen, by)
        return True
    return writing.change(row, wanted.seen, values, by)


def _differing(rule: str, options: Mapping[str, Option]) -> dict[str, Option]:
    return {name: value for name, value in options.items() if value != _options(rule)[name]}


def _options(rule: str) -> Mapping[str, Option]:
    return ABOUT[rule].options
