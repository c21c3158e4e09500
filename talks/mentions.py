"""Where the name of somebody erased still stands as plain text, for an organizer to see to.

Code cannot know whether a name in an abstract is theirs or another's, so this only tells where:
by table, code and column, never with the text.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import models

from eventsite.models import Change
from eventsite.writing import Plain

from .models import Event


@dataclass(frozen=True, slots=True)
class Mention:
    """A column that still holds a name; within JSON, `field` is the way there."""

    table: str
    code: str  # of the row, else its number
    field: str


def mentions(event: Event, names: Iterable[str]) -> Iterator[Mention]:
    """Yield where names stand, as whole words, in the rows, releases and history of an event."""
    pattern = pattern_of(names)
    if pattern is None:
        return
    for model in apps.get_app_config("talks").get_models():
        if path := path_to_event(model):
            yield from _in_rows(model, model._base_manager.filter(**{path: event.pk}), pattern)
    yield from _in_rows(Change, Change.objects.filter(event_code=event.code), pattern)


def pattern_of(names: Iterable[str]) -> re.Pattern[str] | None:
    """Return what finds names as whole words; None when there are none."""
    words = [re.escape(name.strip()) for name in sorted(names, key=len, reverse=True)]
    if not words:
        return None
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)", re.IGNORECASE)


def path_to_event(model: type[models.Model]) -> str:
    """Return how a row of ours leads to its event: "talk__event"; empty when it does not."""
    if model is Event:
        return "pk"
    for field in model._meta.concrete_fields:
        target = field.related_model
        if not isinstance(target, type) or target is model or target._meta.app_label != "talks":
            continue
        if target is Event:
            return field.name
        if path := path_to_event(target):
            return f"{field.name}__{path}"
    return ""


def _in_rows(
    model: type[models.Model], rows: models.QuerySet, pattern: re.Pattern[str]
) -> Iterator[Mention]:
    kinds = (models.CharField, models.TextField, models.JSONField, models.FileField)
    columns = [field.name for field in model._meta.concrete_fields if isinstance(field, kinds)]
    if not columns:
        return
    for row in rows.order_by("pk").only("pk", *columns).iterator(100):
        for name in columns:
            value = getattr(row, name)
            text = value if isinstance(value, dict | list) else str(value or "")
            for way in _ways(text, name):
                if pattern.search(way.text):
                    yield Mention(model._meta.label_lower, _known_by(row), way.path)


@dataclass(frozen=True, slots=True)
class _Way:
    path: str
    text: str


def _ways(value: Plain, path: str) -> Iterator[_Way]:
    """Yield every text in a value, with the way to it; a record is called by its code."""
    if isinstance(value, dict):
        path = f"{path} {value['code']}" if "code" in value else path
        for name, inner in value.items():
            yield from _ways(inner, f"{path} {name}")
    elif isinstance(value, list):
        for inner in value:
            yield from _ways(inner, path)
    elif isinstance(value, str):
        yield _Way(path, value)


def _known_by(row: models.Model) -> str:
    if isinstance(row, Change):
        return f"{row.table} {row.code} version {row.version}"
    return str(getattr(row, "code", None) or getattr(row, "number", None) or row.pk)
