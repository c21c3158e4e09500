"""One file with everything a site has: rows, and the files that organizers gave.

A ZIP: `manifest.json`, a file of JSON lines for each table, and `media/`. It is read from one
snapshot, knows no database engine, and holds what passwords and names there are: keep it safe.
`eventsite.restoring` is the way back.
"""

import hashlib
import io
import json
import os
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime, time
from pathlib import Path
from typing import IO

from django.apps import apps
from django.core import serializers
from django.core.files.storage import default_storage
from django.core.serializers.json import DjangoJSONEncoder
from django.db import DEFAULT_DB_ALIAS, connection, connections, models, transaction
from django.db.migrations.recorder import MigrationRecorder

from talks.uploads import DIGEST

FORMAT, FORMAT_VERSION = "eventsite-backup", 1
MANIFEST = "manifest.json"
CHUNK = 64 * 1024

# Who is logged in, who tried to be, what users did with other users: of this machine alone.
# Content types and permissions are made by `migrate`, and their numbers differ.
LEFT_OUT_APPS = ("admin", "axes", "contenttypes", "sessions")
LEFT_OUT = ("auth.permission", "papers.stamp", "papers.word")  # made anew from the rest


class Refused(Exception):
    """Nothing was done; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Part:
    """One file in a backup; `rows` are those of a table, 0 for a file of the organizers'."""

    name: str
    size: int  # octets
    sha256: str
    rows: int


@dataclass(frozen=True, slots=True)
class Manifest:
    made: str  # a moment
    migrations: list[str]
    parts: list[Part]

    def dumps(self) -> str:
        value = {"format": FORMAT, "version": FORMAT_VERSION, **asdict(self)}
        return json.dumps(value, indent=1)

    @property
    def rows(self) -> int:
        return sum(part.rows for part in self.parts)


Told = Callable[[str], None]  # called with each part, for whoever waits


class Exact(DjangoJSONEncoder):
    """Django's drops what is below a millisecond."""

    def default(self, o: object) -> object:
        return o.isoformat() if isinstance(o, datetime | time) else super().default(o)


def tables() -> list[type[models.Model]]:
    """Return the tables of a backup, those that others point to first."""
    chosen = [
        (config, [model for model in config.get_models() if _is_kept(model)])
        for config in apps.get_app_configs()
        if config.label not in LEFT_OUT_APPS
    ]
    return serializers.sort_dependencies(chosen, allow_cycles=True)


def _is_kept(model: type[models.Model]) -> bool:
    return bool(model._meta.managed) and model._meta.label_lower not in LEFT_OUT


def rows_name(model: type[models.Model]) -> str:
    return f"rows/{model._meta.label_lower}.jsonl"


def applied_migrations() -> list[str]:
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in applied)


def back_up(target: Path, now: datetime, told: Told, *, force: bool = False) -> Manifest:
    """Write a backup to a file that appears whole or not at all, for its owner's eyes alone.

    Raises Refused where a file stands already, unless forced, or cannot be written.
    """
    if os.path.lexists(target) and not force:
        raise _is_there(target)
    try:
        with _made(target.parent) as (waiting, file):
            manifest = write(file, now, told)
            file.flush()
            os.fsync(file.fileno())
            _name(waiting, target, force)
    except OSError as error:
        raise Refused(f"{target} cannot be written: {error.strerror or error}.") from error
    return manifest


@contextmanager
def _made(folder: Path) -> Iterator[tuple[Path, IO[bytes]]]:
    """Open a new file of its owner's under a name that nobody else has; gone when this ends."""
    number, name = tempfile.mkstemp(prefix=".backup-", suffix=".part", dir=folder)
    try:
        with os.fdopen(number, "w+b") as file:
            yield Path(name), file
    finally:
        Path(name).unlink(missing_ok=True)


def _name(waiting: Path, target: Path, force: bool) -> None:
    """Give a whole file its name at once; who came first keeps it, unless forced."""
    if force:
        os.replace(waiting, target)
        return
    try:
        os.link(waiting, target)
    except FileExistsError:
        raise _is_there(target) from None
    except OSError:  # a medium without links, as those for carrying are
        if os.path.lexists(target):
            raise _is_there(target) from None
        os.replace(waiting, target)


def _is_there(target: Path) -> Refused:
    return Refused(f"{target} is there already; --force replaces it.")


def write(file: IO[bytes], now: datetime, told: Told) -> Manifest:
    """Write a backup to an open file."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        with snapshot():
            migrations = applied_migrations()
            parts = [_write_rows(archive, model, told) for model in tables()]
        for name in media():
            if part := _write_file(archive, name):
                parts.append(part)
                told(part.name)
        manifest = Manifest(now.isoformat(), migrations, parts)
        archive.writestr(MANIFEST, manifest.dumps())
    return manifest


@contextmanager
def snapshot() -> Iterator[None]:
    """Read one state of the database, whoever writes meanwhile; no writer waits for it."""
    own = vars(connections[DEFAULT_DB_ALIAS])
    mode = own.get("transaction_mode")  # of SQLite: ours locks at once
    try:
        if mode:
            own["transaction_mode"] = "DEFERRED"
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
                    cursor.execute("SET LOCAL statement_timeout = 0")
            yield
    finally:
        if mode:
            own["transaction_mode"] = mode


class _Counted(io.TextIOBase):
    """Text on its way into a part: how much, which, and how many lines."""

    def __init__(self, file: IO[bytes]):
        self.file, self.size, self.lines, self.hash = file, 0, 0, hashlib.sha256()

    def write(self, text: str, /) -> int:
        self.write_bytes(text.encode())
        self.lines += text.count("\n")
        return len(text)

    def write_bytes(self, data: bytes) -> None:
        self.file.write(data)
        self.hash.update(data)
        self.size += len(data)

    def part(self, name: str) -> Part:
        return Part(name, self.size, self.hash.hexdigest(), self.lines)


def _write_rows(archive: zipfile.ZipFile, model: type[models.Model], told: Told) -> Part:
    name = rows_name(model)
    is_auth = model._meta.app_label == "auth"  # which names permissions and groups by words
    with archive.open(name, "w", force_zip64=True) as file:
        lines = _Counted(file)
        rows = model._base_manager.order_by("pk").iterator(500)
        serializers.serialize(
            "jsonl", rows, stream=lines, cls=Exact, use_natural_foreign_keys=is_auth
        )
    told(name)
    return lines.part(name)


def media() -> list[str]:
    """Return the files that organizers gave: each lies under the hash of its bytes."""
    if not default_storage.exists(""):
        return []
    folders = sorted(name for name in default_storage.listdir("")[0] if DIGEST.fullmatch(name))
    return [
        f"{folder}/{name}"
        for folder in folders
        for name in sorted(default_storage.listdir(folder)[1])
    ]


def _write_file(archive: zipfile.ZipFile, place: str) -> Part | None:
    """Write one file; None when it was deleted since it was listed."""
    name = f"media/{place}"
    try:
        source = default_storage.open(place)
    except FileNotFoundError:
        return None
    with source, archive.open(name, "w", force_zip64=True) as file:
        counted = _Counted(file)
        for chunk in source.chunks(CHUNK):
            counted.write_bytes(chunk)
    return counted.part(name)
