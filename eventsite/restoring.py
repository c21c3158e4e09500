"""Puts a backup in the place of everything a site has, so that no client is told a number twice.

First the file is checked and nothing is touched; then, in one transaction, all rows are replaced,
who was erased is erased again, and every event is published again with lifted numbers
(`talks.lifting`).
"""

from dataclasses import dataclass
from datetime import datetime
from itertools import chain, islice
from pathlib import Path
from zipfile import ZipFile

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core import serializers
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.core.management.color import no_style
from django.core.serializers.base import DeserializationError, DeserializedObject
from django.db import DatabaseError, connection, models, transaction

from talks.erasing import repeat
from talks.lifting import Known, known, lift
from talks.models import Erasure, Event

from .archives import Archive
from .backups import Refused, Told, rows_name, tables

NOTE = "Restored from a backup"
BATCH = 500  # rows in one query
EMPTIED = ("sessions.session", "admin.logentry")  # they point to users who may be others now


@dataclass(frozen=True, slots=True)
class Kept:
    """An erasure of the database that is replaced; rows are named by codes, as numbers change."""

    event: str
    person: str
    at: datetime
    by: str | None  # a user's name


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back, and what was done to it."""

    made: str  # when the backup was made
    rows: int
    files: int
    erased: int  # people who stood in the backup and are erased again
    released: dict[str, int]  # numbers of the releases that were published again, by slug
    lost: tuple[str, ...]  # codes of events that only the replaced database had
    was_empty: bool


def is_empty() -> bool:
    """Whether there is nothing to lose: `migrate` itself may make a group."""
    return not any(model._base_manager.exists() for model in tables() if model is not Group)


def restore(path: Path, told: Told, *, dry_run: bool = False) -> Restored:
    """Replace everything by what a backup holds. Raises Refused, and then nothing has changed.

    A dry run does it all and takes it back.
    """
    with Archive(path) as archive:
        archive.check(told)
        written: list[str] = []
        try:
            with transaction.atomic():
                restored = _replace(archive, written, told)
                transaction.set_rollback(dry_run)
        except (DatabaseError, DeserializationError) as error:
            _delete(written)
            raise Refused(f"The rows of the backup do not fit: {error}") from error
        except BaseException:
            _delete(written)
            raise
        if dry_run:
            _delete(written)
    return restored


def _replace(archive: Archive, written: list[str], told: Told) -> Restored:
    was_empty = is_empty()
    _lock()
    erasures, before = _erasures(), _known()
    _empty()
    for model in tables():
        _load(archive.zip, model)
        told(rows_name(model))
    _renumber()
    connection.check_constraints()
    for place in archive.media():
        _write_file(archive.zip, place, written)
        told(place)
    _keep(erasures)
    repeated = chain.from_iterable(repeat(event) for event in Event.objects.order_by("pk"))
    erased = sum(any(person.reached.values()) for person in repeated)
    return Restored(
        made=archive.manifest.made,
        rows=archive.manifest.rows,
        files=len(archive.media()),
        erased=erased,
        released=_release(before),
        lost=tuple(sorted(before.keys() - set(Event.objects.values_list("code", flat=True)))),
        was_empty=was_empty,
    )


def _erasures() -> list[Kept]:
    rows = Erasure.objects.select_related("event", "by").order_by("pk")
    return [
        Kept(row.event.code, row.person_code, row.at, row.by.get_username() if row.by else None)
        for row in rows
    ]


def _known() -> dict[str, Known]:
    """Return what clients were told last, by the codes of events."""
    found = {event.code: known(event) for event in Event.objects.all()}
    return {code: told for code, told in found.items() if told}


def _keep(erasures: list[Kept]) -> None:
    """Add to the erasures of the backup those of the database that is replaced."""
    events = Event.objects.in_bulk([kept.event for kept in erasures], field_name="code")
    users = {user.get_username(): user for user in get_user_model().objects.all()}
    for kept in erasures:
        if event := events.get(kept.event):
            Erasure.objects.get_or_create(
                event=event,
                person_code=kept.person,
                defaults={"at": kept.at, "by": users.get(kept.by or "")},
            )


def _release(before: dict[str, Known]) -> dict[str, int]:
    released = {}
    for event in Event.objects.order_by("pk"):
        if release := lift(event, before.get(event.code), NOTE):
            released[event.slug] = release.number
    return released


# Rows


def _lock() -> None:
    """Let nobody write meanwhile; SQLite has one writer anyway."""
    if connection.vendor != "postgresql":
        return
    names = ", ".join(connection.ops.quote_name(name) for name in _table_names())
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute(f"LOCK TABLE {names} IN EXCLUSIVE MODE")


def _empty() -> None:
    with connection.cursor() as cursor:
        for name in _table_names():
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(name)}")


def _table_names() -> list[str]:
    """Return all tables that are replaced or emptied, those that point to others first."""
    chosen = [*(apps.get_model(label) for label in EMPTIED), *reversed(tables())]
    through = [
        _through(field)._meta.db_table
        for model in chosen
        for field in model._meta.local_many_to_many
    ]
    return [*through, *(model._meta.db_table for model in chosen)]


def _load(archive: ZipFile, model: type[models.Model]) -> None:
    with archive.open(rows_name(model)) as file:
        rows = serializers.deserialize("jsonl", file)
        while batch := list(islice(rows, BATCH)):
            _insert(model, batch)


def _insert(model: type[models.Model], rows: list[DeserializedObject]) -> None:
    foreign = {row.object._meta.label_lower for row in rows} - {model._meta.label_lower}
    if foreign:
        raise Refused(f"{rows_name(model)} holds rows of {foreign.pop()}.")
    model._base_manager.bulk_create(row.object for row in rows)
    for field in model._meta.local_many_to_many:
        through = _through(field)
        own, other = field.m2m_column_name(), field.m2m_reverse_name()
        through._base_manager.bulk_create(
            [
                through(**{own: row.object.pk, other: getattr(key, "pk", key)})
                for row in rows
                for key in (row.m2m_data or {}).get(field.name, [])
            ],
            batch_size=BATCH,
        )


def _through(field: models.ManyToManyField) -> type[models.Model]:
    through = field.remote_field.through
    assert through is not None
    return through


def _renumber() -> None:
    """Let new rows be numbered after those that came: PostgreSQL does not see it by itself."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), tables()):
            cursor.execute(statement)


# Files


def _write_file(archive: ZipFile, place: str, written: list[str]) -> None:
    """Put back a file that is missing: what lies under a hash never differs."""
    if default_storage.exists(place):
        return
    with archive.open(f"media/{place}") as file:
        written.append(default_storage.save(place, File(file)))


def _delete(places: list[str]) -> None:
    for place in places:
        default_storage.delete(place)
