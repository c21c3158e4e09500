"""Many rows written at once by the rules of `writing`: constant queries for each thousand.

All rows of a call are of one table. Their followers hear of a thousand at a time.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, islice
from typing import TypeVar

from django.db import DEFAULT_DB_ALIAS, connections, models, transaction
from django.db.models import F

from .models import Edited
from .writing import (
    User,
    Values,
    Written,
    change_of,
    conflict,
    differences,
    key_of,
    snapshot_many,
    tell,
)

T = TypeVar("T")
R = TypeVar("R", bound=Edited)
MANY = 1000
AS_THEY_ARE = (models.CharField, models.TextField, models.IntegerField, models.ForeignKey)


def thousands(things: Iterable[T]) -> Iterator[list[T]]:
    """Yield the things in lists of at most a thousand."""
    rest = iter(things)
    while some := list(islice(rest, MANY)):
        yield some


def create_many(
    rows: Sequence[Edited],
    children: Sequence[models.Model] = (),
    by: User = None,
    batch: str = "",
) -> None:
    """Save new rows, then what belongs to them, then a first Change of each row.

    Children point to rows of the same call, saved or not, and may be of several tables.
    """
    with transaction.atomic():
        for some in thousands(rows):
            _create(some)
        insert(children)
        for some in thousands(rows):
            _remember_many([(row, {}) for row in some], by, batch)


def insert(children: Iterable[models.Model]) -> None:
    """Save new rows without versions, which may be of several tables; they learn no keys.

    Takes half the time of `bulk_create`, which asks for the keys.
    """
    for _label, same in groupby(sorted(children, key=_table), key=_table):
        for some in thousands(same):
            _store(some)


def _table(row: models.Model) -> str:
    return row._meta.label


def _create(rows: Sequence[Edited]) -> None:
    """Save new rows, which learn their keys: by their codes, where they have any."""
    table: models.Manager[models.Model] = type(rows[0])._base_manager
    if not hasattr(rows[0], "code"):
        table.bulk_create(rows)
        return
    _recode(rows)
    _store(rows)
    stored = table.filter(code__in=[key_of(row) for row in rows]).order_by()
    keys = dict(stored.values_list("code", "pk"))
    for row in rows:
        row.pk = keys[key_of(row)]
        row._state.adding = False


def _recode(rows: Sequence[Edited]) -> None:
    """Give another code to those whose code is taken: of 100,000 rows one may meet an old one."""
    table: models.Manager[models.Model] = type(rows[0])._base_manager
    field = next(each for each in rows[0]._meta.concrete_fields if each.name == "code")
    taken = set(table.filter(code__in=[key_of(row) for row in rows]).values_list("code", flat=True))
    for row in rows:
        while key_of(row) in taken:
            setattr(row, field.name, field.get_default())
        taken.add(key_of(row))


def _store(rows: Sequence[models.Model]) -> None:
    """Save rows of one table whose database makes the primary keys: one query."""
    connection, options = connections[DEFAULT_DB_ALIAS], rows[0]._meta
    columns = []
    for field in options.concrete_fields:
        if not field.primary_key:
            values = [_value(row, field) for row in rows]
            if not isinstance(field, AS_THEY_ARE):
                values = [field.get_db_prep_save(value, connection) for value in values]
            columns.append((connection.ops.quote_name(field.column or ""), values))
    names = ", ".join(name for name, _values in columns)
    marks = ", ".join("%s" for _column in columns)
    table = connection.ops.quote_name(options.db_table)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} ({names}) VALUES ({marks})",
            list(zip(*(values for _name, values in columns), strict=True)),
        )


def _value(row: models.Model, field: models.Field) -> object:
    """Return what a column will hold; a parent that was saved just now has its key."""
    value = getattr(row, field.attname)
    if value is None and isinstance(field, models.ForeignKey):
        parent = getattr(row, field.name)
        return parent.pk if parent else None
    return value


def change_many(
    changes: Sequence[tuple[R, Mapping[str, object]]], by: User = None, batch: str = ""
) -> int:
    """Set plain fields of rows as they were loaded; return how many became different.

    Raises Conflict when one of them was saved since; then nothing is written.
    """
    changed = 0
    with transaction.atomic():
        for some in thousands(changes):
            rows = [row for row, _values in some]
            before = claim_many(rows)
            set_many(some)
            changed += record_many(rows, before, by, batch)
    return changed


def set_many(changes: Sequence[tuple[R, Mapping[str, object]]]) -> None:
    """Store plain fields of claimed rows."""
    names = {name for _row, values in changes for name in values}
    for row, values in changes:
        for name, value in values.items():
            setattr(row, name, value)
    if names:
        model = type(changes[0][0])
        model._base_manager.bulk_update([row for row, _values in changes], sorted(names))


def claim_many(rows: Sequence[Edited]) -> dict[int, Values]:
    """Take at most a thousand rows for changing, as `claim` does: `record_many` must follow.

    The version seen is the one that each row was loaded with.
    """
    stored = type(rows[0])._base_manager.filter(pk__in=[row.pk for row in rows])
    versions = dict(stored.order_by("pk").select_for_update().values_list("pk", "version"))
    for row in rows:
        if versions.get(row.pk) != row.version:
            raise conflict(row, row.version)
    stored.update(version=F("version") + 1)
    for row in rows:
        row.version += 1
    return snapshot_many(rows)


def record_many(
    rows: Sequence[Edited], before: Mapping[int, Values], by: User = None, batch: str = ""
) -> int:
    """Write the Changes of claimed rows; return how many there are.

    A row that is as it was gets its version back.
    """
    after = snapshot_many(rows)
    written = [(row, differences(before[row.pk], after[row.pk])) for row in rows]
    same = [row for row, fields in written if not fields]
    if same:
        stored = type(rows[0])._base_manager.filter(pk__in=[row.pk for row in same])
        stored.update(version=F("version") - 1)
        for row in same:
            row.version -= 1
    different = [(row, fields) for row, fields in written if fields]
    _remember_many(different, by, batch)
    return len(different)


def _remember_many(written: Sequence[Written], by: User, batch: str) -> None:
    if written:
        insert([change_of(row, fields, by, batch) for row, fields in written])
        tell(written)
