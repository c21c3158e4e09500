"""What an event says of the rules of its timetable: only what differs from the default is kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction

from eventsite import writing
from eventsite.writing import Conflict, User

from .models import Event, RuleSetting
from .solver.problem import Level, Option, Setting
from .solver.rules.about import ABOUT


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
        {rule: Setting(Level(row.level), row.weight, row.options) for rule, row in rows.items()},
        {rule: row.version for rule, row in rows.items()},
    )


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
