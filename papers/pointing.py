"""Whatever points to one row points to another: found by the tables, not by a list of them.

So a table of another app that points to a paper or an author is not forgotten.
"""

from collections.abc import Iterator

from django.db import IntegrityError, models, transaction

from eventsite import writing
from eventsite.models import Edited
from eventsite.writing import User


def point_to(new: Edited, old: Edited, by: User = None) -> None:
    """Point every row at `new` that points at `old`, in the caller's transaction.

    Rows with versions get a Change, and so do the parents of those without. A row that `new` has
    already (the same name, the same topic) stays behind, and falls with `old`.
    """
    for field in pointers(type(old)):
        owned_by = parent_field(field.model)
        for row in field.model._base_manager.filter(**{field.name: old}):
            if isinstance(row, Edited):
                writing.change(row, row.version, {field.name: new}, by)
            elif owned_by in ("", field.name):
                turn(row, field.name, new)
            else:
                parent = getattr(row, owned_by)
                before = writing.claim(parent, parent.version)
                turn(row, field.name, new)
                writing.record(parent, before, by)


def pointing_at(row: Edited) -> list[tuple[str, int]]:
    """Return what points to a row and is no part of it: the table's name and how many, if any."""
    found = []
    for field in pointers(type(row)):
        if issubclass(field.model, Edited):
            number = field.model._base_manager.filter(**{field.name: row}).count()
            found.append((str(field.model._meta.verbose_name_plural), number))
    return [each for each in found if each[1]]


def turn(row: models.Model, name: str, new: Edited) -> None:
    """Point a row at `new`, unless a rule of its table forbids it."""
    try:
        with transaction.atomic():
            type(row)._base_manager.filter(pk=row.pk).update(**{name: new})
    except IntegrityError:
        pass


def pointers(model: type[models.Model]) -> Iterator[models.ForeignKey]:
    """Yield the foreign keys of all tables that lead to a table, those of its relations too."""
    for relation in model._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ManyToOneRel):
            yield relation.field


def parent_field(model: type[models.Model]) -> str:
    """Return the field that leads to the row whose version a table's rows share; or nothing."""
    for field in model._meta.concrete_fields:
        if not isinstance(field, models.ForeignKey):
            continue
        parent, accessor = field.related_model, field.remote_field.get_accessor_name()
        if issubclass(parent, Edited) and accessor in parent.child_sets:
            return field.name
    return ""
