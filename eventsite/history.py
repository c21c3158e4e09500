"""Changes in words: what was changed in a row, from what, to what.

Values are kept as JSON holds them; here a key becomes the name of its row, a choice its label,
and a moment the wall clock of the row's zone.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from . import moments
from .models import Change
from .writing import Plain

NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Line:
    """One field of one Change, in words."""

    label: str
    before: str
    after: str


class Words:
    """Tells the values of one table in words, with a query for each table they point to."""

    def __init__(self, model: type[models.Model], zone: ZoneInfo):
        self.model, self.zone = model, zone
        self.names: dict[tuple[type[models.Model], Plain], str] = {}

    def lines(self, change: Change) -> list[Line]:
        """Return what a Change changed; call `learn` before, for all that are shown."""
        return [
            Line(label(self.model, name), *self.sides(name, *change.fields[name]))
            for name in in_order(self.model, change.fields)
        ]

    def sides(self, name: str, before: Plain, after: Plain) -> tuple[str, str]:
        """Return both values of a field; of rows in a list, those that the other lacks."""
        if isinstance(before, list) and isinstance(after, list):
            gone = [each for each in before if each not in after]
            come = [each for each in after if each not in before]
            return self.say(name, gone), self.say(name, come)
        return self.say(name, before), self.say(name, after)

    def say(self, name: str, value: Plain) -> str:
        """Return one value in words."""
        return _say(self, self.model, name, value)

    def learn(self, changes: Iterable[dict[str, Plain]]) -> None:
        """Load the names of all rows that these values point to."""
        wanted: dict[type[models.Model], set[Plain]] = defaultdict(set)
        for fields in changes:
            for name, values in fields.items():
                for value in values if isinstance(values, list) else [values]:
                    for target, key in _keys(self.model, name, value):
                        wanted[target].add(key)
        for target, keys in wanted.items():
            known = target._base_manager.in_bulk(sorted(key for key in keys if key))
            self.names.update({(target, key): str(row) for key, row in known.items()})

    def name_of(self, target: type[models.Model], key: Plain) -> str:
        return self.names.get((target, key)) or _("(deleted, number %(key)s)") % {"key": key}


def label(model: type[models.Model], name: str) -> str:
    """Return what a field, or a list of rows that belong to a row, is called."""
    field = _field(model, name)
    if field is None:
        return name
    if isinstance(field, models.ForeignObjectRel):
        return capfirst(str(field.related_model._meta.verbose_name_plural))
    return capfirst(str(field.verbose_name))


def in_order(model: type[models.Model], names: Iterable[str]) -> list[str]:
    """Return names in the order of the table's columns: a database may keep another."""
    columns = [field.name for field in model._meta.get_fields()]
    return sorted(names, key=lambda name: columns.index(name) if name in columns else -1)


def _field(model: type[models.Model], name: str) -> models.Field | models.ForeignObjectRel | None:
    try:
        return model._meta.get_field(name)
    except FieldDoesNotExist:
        return None  # a field of an older release of ours


def _keys(
    model: type[models.Model], name: str, value: Plain
) -> Iterator[tuple[type[models.Model], Plain]]:
    """Yield the rows that a value points to, as (table, primary key)."""
    field = _field(model, name)
    if isinstance(value, list):
        for each in value:
            yield from _keys(model, name, each)
    elif isinstance(value, dict) and (table := getattr(field, "related_model", None)):
        for inner, key in value.items():
            yield from _keys(table, inner, key)
    elif isinstance(field, models.ForeignKey | models.ManyToManyField) and value is not None:
        yield field.related_model, value


def _say(words: Words, model: type[models.Model], name: str, value: Plain) -> str:
    field = _field(model, name)
    if isinstance(value, list):
        return "; ".join(_say(words, model, name, each) for each in value) or NOTHING
    if isinstance(value, dict) and (table := getattr(field, "related_model", None)):
        parts = (
            f"{label(table, inner).lower()} {said}"
            for inner in in_order(table, value)
            if (said := _say(words, table, inner, value[inner])) != NOTHING
        )
        return ", ".join(parts)
    if value is None or value == "" or value == {}:
        return NOTHING
    if isinstance(field, models.ForeignKey | models.ManyToManyField):
        return words.name_of(field.related_model, value)
    return _say_plain(field, value, words.zone)


def _say_plain(
    field: models.Field | models.ForeignObjectRel | None, value: Plain, zone: ZoneInfo
) -> str:
    if isinstance(field, models.DateTimeField):
        return " ".join(moments.as_typed(datetime.fromisoformat(str(value)), zone))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict):
        lists = {name: each if isinstance(each, list) else [each] for name, each in value.items()}
        return "; ".join(
            f"{name} {', '.join(map(str, each))}" for name, each in sorted(lists.items())
        )
    choices = dict(getattr(field, "flatchoices", ()))
    return str(choices.get(value, value))
