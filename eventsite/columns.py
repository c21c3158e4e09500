"""How the values of columns stand in a sheet's cells, and how cells are read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from import_export import fields, widgets

from . import moments
from .formulas import Cell
from .inputs import zone_of

if TYPE_CHECKING:
    from .sheets import SheetResource

P = ParamSpec("P")
T = TypeVar("T")

NAMES = ("code", "slug", "username", "name", "title", "heading")
TRUE, FALSE = {"true", "yes", "1"}, {"false", "no", "0"}
Row = Mapping[str, Cell]


class SheetField(fields.Field):
    """A column of a sheet and the attribute it holds."""

    def export(self, instance: models.Model, **_options: object) -> Cell:
        return self.widget.show(self.get_value(instance), instance)

    def put(self, instance: models.Model, value: object) -> None:
        """Set the column's attribute, whatever the cell says."""
        setattr(instance, self.attribute, value)


class Column(widgets.Widget):
    """One column. Raises ValueError, in words, for a cell that cannot be meant."""

    resource: SheetResource  # set by the resource that the column is of

    def clean(self, value: Cell, row: Row | None = None, **_options: object) -> object:
        text = as_text(value)
        return self.read(text) if text.strip() else None

    def read(self, text: str) -> object:
        return text

    def show(self, value: object, instance: models.Model) -> Cell:
        return "" if value is None else str(value)


class Text(Column):
    def __init__(self, empty: str | None = ""):
        super().__init__()
        self.empty = empty

    def clean(self, value: Cell, row: Row | None = None, **_options: object) -> object:
        return as_text(value) or self.empty


class Whole(Column):
    def read(self, text: str) -> int:
        number = text.strip().removesuffix(".0")
        if len(number) > 12 or not number.lstrip("-").isdecimal():
            raise ValueError(_("“%s” is no whole number.") % text)
        return int(number)

    def show(self, value: object, instance: models.Model) -> Cell:
        return "" if value is None else value


class Flag(Column):
    def read(self, text: str) -> bool:
        word = text.strip().lower()
        if word not in TRUE | FALSE:
            raise ValueError(_("“%s” is neither true nor false.") % text)
        return word in TRUE

    def show(self, value: object, instance: models.Model) -> Cell:
        return "" if value is None else value


class Day(Column):
    def read(self, text: str) -> date:
        try:
            day = date.fromisoformat(text.strip()[:10])
        except ValueError:
            raise ValueError(_("“%s” is no day; write it like 2017-12-08.") % text) from None
        return in_words(moments.is_near, day) or day


class Clock(Column):
    def read(self, text: str) -> time:
        clock = in_words(moments.read_clock, text)
        if clock.tzinfo:
            raise ValueError(_("“%s” must have no offset: the column zone says it.") % text)
        return clock

    def show(self, value: object, instance: models.Model) -> Cell:
        return value.isoformat() if isinstance(value, time) else ""


class Moment(Column):
    """`2017-12-08 08:10`, on the wall clock of the row's event, or with its offset."""

    def read(self, text: str) -> datetime:
        typed = in_words(moments.read, text)
        return in_words(moments.settle, typed, zone_of(self.resource.event))

    def show(self, value: object, instance: models.Model) -> Cell:
        if not isinstance(value, datetime):
            return ""
        return moments.written(value, zone_of(getattr(instance, "event", None)))


class Ref(Column):
    """Another row: by its code, or by a name that only one row has where one looks."""

    def __init__(self, model: type[models.Model]):
        super().__init__()
        self.model = model

    def read(self, text: str) -> models.Model:
        return find(self.resource.visible(self.model), text.strip())

    def show(self, value: object, instance: models.Model) -> Cell:
        return key_of(value) if isinstance(value, models.Model) else ""


class Refs(Column, widgets.ManyToManyWidget):
    """Other rows, by code or name, separated by commas."""

    def __init__(self, model: type[models.Model]):
        widgets.ManyToManyWidget.__init__(self, model)

    def clean(self, value: Cell, row: Row | None = None, **_options: object) -> object:
        names = [name.strip() for name in as_text(value).split(",") if name.strip()]
        rows = self.resource.visible(self.model)
        return [find(rows, name) for name in names]

    def show(self, value: object, instance: models.Model) -> Cell:
        rows: Iterable[models.Model] = value.all() if isinstance(value, models.Manager) else ()
        return ",".join(key_of(row) for row in rows)


def as_text(value: Cell) -> str:
    """Return what stands in a cell as text; numbers and days as people write them.

    Lines end by LF, as everywhere in the tables, whatever program wrote the file.
    """
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | time):
        return value.isoformat(*([" "] if isinstance(value, datetime) else []))
    return str(value).replace("\r\n", "\n").replace("\r", "\n")


def key_of(row: models.Model) -> str:
    """Return what a row is called in sheets: its code, slug or position."""
    names = ("code", "slug", "username", "position")
    return next((str(getattr(row, name)) for name in names if hasattr(row, name)), str(row.pk))


def find(rows: models.QuerySet, text: str) -> models.Model:
    """Return the one row of these that has the text as its code, slug or name.

    Raises ValueError when there is none, or more than one.
    """
    columns = {field.name for field in rows.model._meta.concrete_fields}
    names = [name for name in NAMES if name in columns]
    if "heading" in columns and text.isdecimal():  # a section of a list
        names.insert(0, "position")
    for name in names:
        found = list(rows.filter(**{name: text[:500]})[:2])
        if len(found) == 1:
            return found[0]
        if found:
            raise ValueError(_("More than one is called “%s”; write the code.") % text)
    raise ValueError(
        _("There is no %(table)s “%(text)s” here.")
        % {"table": rows.model._meta.verbose_name, "text": text}
    )


def in_words(function: Callable[P, T], *values: P.args, **options: P.kwargs) -> T:
    """Call a function; its ValidationError becomes the ValueError of a cell."""
    try:
        return function(*values, **options)
    except ValidationError as refusal:
        raise ValueError(" ".join(refusal.messages)) from None
