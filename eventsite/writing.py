"""The one way to write what people edit: nothing is lost, and history is whole.

A row has a `version`. Whoever changes it says which version they saw; when another save came
first they get a Conflict with both versions, and nothing has changed. Rows without a version of
their own (a talk's roles and links) are children: to change them is to change the parent.
A model names the accessors of its children in `child_sets`. What an app derives from its rows
(an index, a count) hears of every Change in the same transaction: `follow`.
"""

from collections.abc import Callable, Iterable, Sequence
from copy import copy
from datetime import date, datetime, time
from itertools import chain
from typing import TypeAlias

from django.contrib.auth.models import User as UserRow
from django.db import models, router, transaction
from django.db.models import F
from django.db.models.deletion import Collector

from .models import Change, Edited

Plain: TypeAlias = "str | int | float | bool | list[Plain] | dict[str, Plain] | None"
Values: TypeAlias = dict[str, Plain]
User: TypeAlias = UserRow | None
Written: TypeAlias = tuple[Edited, Values]  # a row, and the fields of its Change
Follower: TypeAlias = Callable[[Sequence[Written]], None]

followers: dict[str, Follower] = {}  # by the label of the app whose rows they hear of


class Conflict(Exception):
    """Somebody saved the row after the version that was seen; nothing has been written.

    `theirs` maps each field changed since to [as it was seen, as it is now]; `version` is the
    row's version now, 0 when the row is gone.
    """

    def __init__(self, row: Edited, seen: int, version: int, theirs: dict[str, list[Plain]]):
        super().__init__(f"{row} has changed since version {seen}")
        self.row, self.seen, self.version, self.theirs = row, seen, version, theirs


def follow(app_label: str, follower: Follower) -> None:
    """Tell `follower` of every row of an app that is written, before the transaction ends.

    A deleted row has its primary key and its last values, each to None.
    """
    followers[app_label] = follower


def create(row: Edited, by: User = None, batch: str = "") -> Edited:
    """Save a new row and write its first Change, which names no fields."""
    with transaction.atomic():
        row.save(force_insert=True)
        _write(row, {}, by, batch)
    return row


def change(row: Edited, seen: int, values: dict[str, object], by: User = None) -> bool:
    """Set plain fields of a row; return whether anything was different. Raises Conflict."""
    with transaction.atomic():
        before = claim(row, seen)
        for name, value in values.items():
            setattr(row, name, value)
        row.save(update_fields=[*values, "version"])
        return record(row, before, by)


def delete(row: Edited, seen: int, by: User = None) -> None:
    """Delete a row and what falls with it; Changes keep the last values.

    Raises Conflict, and what Django raises for a row that others need.
    """
    with transaction.atomic():
        last = claim(row, seen)
        gone = [(copy(row), _gone(last))]  # a deleted row forgets its key
        gone += [(other, _gone(snapshot(other))) for other in falling(row)]
        for each, fields in gone:
            _remember(each, fields, by, "")
        row.delete()
        for each, fields in gone:
            _tell(each, fields)


def falling(row: Edited) -> list[Edited]:
    """Return the rows with versions of their own that the database deletes with a row."""
    collector = Collector(using=router.db_for_write(type(row)), origin=row)
    collector.collect([row])
    rows = chain(*collector.data.values(), *collector.fast_deletes)
    return [other for other in rows if isinstance(other, Edited) and other != row]


def claim(row: Edited, seen: int) -> Values:
    """Take a row for changing, in the caller's transaction, and return its stored values.

    The row's version is one more than `seen` from here on; `record` must follow. Raises Conflict.
    """
    stored = type(row)._base_manager.filter(pk=row.pk)
    if not stored.filter(version=seen).update(version=F("version") + 1):
        raise conflict(row, seen)
    row.version = seen + 1
    return snapshot(row)


def record(row: Edited, before: Values, by: User = None, batch: str = "") -> bool:
    """Write the Change from `before` to what is stored now; return whether there is one.

    When nothing is different the version goes back, so that nobody meets an empty conflict.
    """
    fields = differences(before, snapshot(row))
    if not fields:
        type(row)._base_manager.filter(pk=row.pk).update(version=F("version") - 1)
        row.version -= 1
        return False
    _write(row, fields, by, batch)
    return True


def differences(before: Values, after: Values) -> Values:
    """Return [before, after] of each field that differs."""
    return {
        name: [before.get(name), value] for name, value in after.items() if before[name] != value
    }


def conflict(row: Edited, seen: int) -> Conflict:
    """Return what changed in a row since a version, from its Changes."""
    now = type(row)._base_manager.filter(pk=row.pk).values_list("version", flat=True).first()
    theirs: dict[str, list[Plain]] = {}
    for later in history(row).filter(version__gt=seen).order_by("version", "pk"):
        for name, (old, new) in later.fields.items():
            first = theirs.get(name, [old])[0]
            theirs[name] = [first, new]
    return Conflict(row, seen, now or 0, theirs)


def history(row: Edited) -> models.QuerySet[Change]:
    """Return the Changes of a row, newest first."""
    return Change.objects.filter(table=row._meta.label_lower, code=key_of(row))


def key_of(row: Edited) -> str:
    """Return what a row is known by in history: its code, else its primary key."""
    return str(getattr(row, "code", row.pk))


def snapshot(row: Edited) -> Values:
    """Return a row's stored values as JSON holds them, with its children and its relations."""
    return snapshot_many([row])[row.pk]


def snapshot_many(rows: Sequence[Edited]) -> dict[int, Values]:
    """Return the stored values of rows of one table by their keys: a query for each relation."""
    model, pks = type(rows[0]), [row.pk for row in rows]
    stored = model._base_manager.filter(pk__in=pks).order_by()
    values = {row.pk: _plain_fields(row, leave=()) for row in stored}
    for field in model._meta.many_to_many:
        through, own = getattr(model, field.name).through, field.m2m_column_name()
        other = field.m2m_reverse_name()
        pairs = through.objects.filter(**{f"{own}__in": values}).order_by(other)
        _gather(values, field.name, pairs.values_list(own, other))
    for accessor in model.child_sets:
        link = getattr(model, accessor).field
        children = link.model._default_manager.filter(**{f"{link.name}__in": list(values)})
        plain_children = [
            (getattr(child, link.attname), _plain_fields(child, leave=(link.name,)))
            for child in children
        ]
        _gather(values, accessor, plain_children)
    return values


def _gather(values: dict[int, Values], name: str, pairs: Iterable[tuple[int, Plain]]) -> None:
    """Put to each row the list of what belongs to it."""
    lists: dict[int, list[Plain]] = {pk: [] for pk in values}
    for pk, value in pairs:
        lists[pk].append(value)
    for pk, each in values.items():
        each[name] = lists[pk]


def _plain_fields(row: models.Model, leave: Iterable[str]) -> Values:
    left = {"version", *leave}
    return {
        field.name: plain(field.value_from_object(row))
        for field in row._meta.concrete_fields
        if not field.primary_key and field.name not in left
    }


def plain(value: object) -> Plain:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return value if isinstance(value, int | float | list | dict | None) else str(value)


def _gone(values: Values) -> Values:
    return {name: [value, None] for name, value in values.items()}


def _write(row: Edited, fields: Values, by: User, batch: str) -> None:
    _remember(row, fields, by, batch)
    _tell(row, fields)


def _remember(row: Edited, fields: Values, by: User, batch: str) -> None:
    change_of(row, fields, by, batch).save(force_insert=True)


def change_of(row: Edited, fields: Values, by: User, batch: str) -> Change:
    """Return the Change of one save of a row, not yet saved itself."""
    event = getattr(row, "event", None)
    return Change(
        table=row._meta.label_lower,
        code=key_of(row),
        version=row.version,
        fields=fields,
        by=by,
        batch=batch,
        event_code=event.code if event else "",
    )


def _tell(row: Edited, fields: Values) -> None:
    tell([(row, fields)])


def tell(written: Sequence[Written]) -> None:
    """Let the follower of an app hear of rows that were written, all of one table."""
    if follower := followers.get(written[0][0]._meta.app_label):
        follower(written)
