"""Puts a backup in the place of everything a site has, so that no client is told a number twice.

First the file is checked and nothing is touched; then, in one transaction, all rows are replaced,
what was closed since stays closed (`talks.keeping`), every event is published again with lifted
numbers (`talks.lifting`), who was erased is erased again, jobs that ran are interrupted, and papers
are indexed anew.
"""

from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from zipfile import ZipFile

from django.apps import apps
from django.contrib.auth.models import Group
from django.core import serializers
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.core.management.color import no_style
from django.core.serializers.base import DeserializationError, DeserializedObject
from django.db import DatabaseError, DataError, IntegrityError, connection, models, transaction

from papers.indexing import rebuild
from talks.erasing import repeat
from talks.keeping import Former, former, keep
from talks.lifting import MALFORMED, Unreadable, check, lift
from talks.models import Event

from .archives import Archive
from .backups import Refused, Told, rows_name, tables
from .jobs import interrupt_all
from .locking import lock

NOTE = "Restored from a backup"
BATCH = 500  # rows in one query
EMPTIED = ("sessions.session", "admin.logentry")  # they point to users who may be others now
# Locked after the table at the right, as those write who star and who publish.
LOCKED_LATER = (("talks_star", "talks_agenda"), ("talks_release", "talks_event"))
UNFIT = (DataError, DeserializationError, IntegrityError, Unreadable)


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back, and what was done to it."""

    made: str  # when the backup was made
    rows: int
    files: int
    erased: int  # people who stood in the backup and are erased again
    kept: dict[str, int]  # of the replaced database: keys revoked, agendas, hidden events, slugs
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
        except BaseException as error:
            _delete(written)
            if sentence := _sentence(error):
                raise Refused(sentence) from error
            raise
        if dry_run:
            _delete(written)
    return restored


def _sentence(error: BaseException) -> str:
    """Say what is wrong with the backup, or with this machine; empty for what is our own fault."""
    if isinstance(error, UNFIT):
        return f"The rows of the backup do not fit: {error}"
    if isinstance(error, DatabaseError):
        return f"The database did not take it: {error}"
    if isinstance(error, OSError):
        return f"A file cannot be written: {error}"
    if isinstance(error, MALFORMED):  # a value of the wrong kind in a column of JSON
        return f"The rows of the backup are malformed: {error!r}"
    return ""


def _replace(archive: Archive, written: list[str], told: Told) -> Restored:
    lock(_in_order_of_writers(_table_names()))
    was_empty, before = is_empty(), former()
    _empty()
    for model in tables():
        _load(archive.zip, model)
        told(rows_name(model))
    _renumber()
    connection.check_constraints()
    for place in archive.media():
        _write_file(archive.zip, place, written)
        told(place)
    events = list(Event.objects.order_by("pk"))
    for event in events:
        check(event)
    interrupt_all()
    kept = keep(before)
    released = _release(events, before)
    repeated = chain.from_iterable(repeat(event) for event in events)
    rebuild()
    return Restored(
        made=archive.manifest.made,
        rows=archive.manifest.rows,
        files=len(archive.media()),
        erased=sum(any(person.reached.values()) for person in repeated),
        kept=kept,
        released=released,
        lost=tuple(sorted(before.codes - {event.code for event in events})),
        was_empty=was_empty,
    )


def _release(events: list[Event], before: Former) -> dict[str, int]:
    lifted = {event.slug: lift(event, before.known.get(event.code), NOTE) for event in events}
    return {slug: release.number for slug, release in lifted.items() if release}


# Rows


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


def _in_order_of_writers(names: list[str]) -> list[str]:
    for later, earlier in LOCKED_LATER:
        names.remove(later)
        names.insert(names.index(earlier) + 1, later)
    return names


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
