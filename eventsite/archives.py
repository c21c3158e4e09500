"""A backup as a file from anywhere: nothing of it is believed before it is checked.

Sizes are refused as they are declared, before anything is unpacked, and names by a pattern, so
that nothing can be written outside its folder. The hashes find damage, not malice.
"""

import hashlib
import json
import re
import struct
import zlib
from pathlib import Path
from types import TracebackType
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from .backups import (
    CHUNK,
    FORMAT,
    FORMAT_VERSION,
    MANIFEST,
    Manifest,
    Part,
    Refused,
    Told,
    applied_migrations,
    rows_name,
    tables,
)

MEGABYTE = 1024 * 1024
MOST_PARTS = 100_000
LARGEST_MANIFEST = 64 * MEGABYTE
LARGEST_FILE = 64 * MEGABYTE  # of the organizers': uploads stop at 50
LARGEST_TABLE = 16 * 1024 * MEGABYTE
MOST_PACKED = 200  # times smaller than it declares to be; rows come to some thirty
PACKED_FREELY = 16 * MEGABYTE  # up to this size nobody asks
MEDIA = re.compile(r"media/([0-9a-f]{64})/[\w.-]{1,100}")
# What Python raises when the bytes of an archive are not what they should be.
DAMAGED = (
    *(ArithmeticError, BadZipFile, EOFError, LookupError, OSError, RuntimeError, TypeError),
    *(ValueError, struct.error, zlib.error),
)
NEWER = "Migrate the database to the state of the backup, or use the release that made it."


class Archive:
    """An open backup; `check` before anything else. A context, as files are."""

    def __init__(self, path: Path):
        try:
            self.zip = ZipFile(path)
        except OSError as error:
            raise Refused(f"{path} cannot be read: {error.strerror}.") from error
        except DAMAGED as error:
            raise Refused(f"{path} is no backup: {error}.") from error
        self.path = path

    def __enter__(self) -> "Archive":
        try:
            self.infos = self._entries()
            self.manifest = self._manifest()
        except BaseException:
            self.zip.close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.zip.close()

    def check(self, told: Told) -> None:
        """Refuse a backup of another database or release, and one that is damaged."""
        if self.manifest.migrations != applied_migrations():
            there, here = set(self.manifest.migrations), set(applied_migrations())
            other = ", ".join(sorted(there ^ here))
            raise Refused(f"The backup is of another state of the tables ({other}). {NEWER}")
        parts = {part.name: part for part in self.manifest.parts}
        if parts.keys() | {MANIFEST} != self.infos.keys():
            raise Refused(f"{self.path} does not hold what its manifest says.")
        if missing := {rows_name(model) for model in tables()} ^ set(filter(_is_rows, parts)):
            raise Refused(f"{self.path} has other tables: {', '.join(sorted(missing))}.")
        for name, part in parts.items():
            self._check_part(name, part)
            told(name)

    def media(self) -> list[str]:
        """Return the files of the organizers, as the store knows them."""
        return [name.removeprefix("media/") for name in self.infos if MEDIA.fullmatch(name)]

    def _entries(self) -> dict[str, ZipInfo]:
        infos = self.zip.infolist()
        if len(infos) > MOST_PARTS:
            raise Refused(f"{self.path} has {len(infos)} parts; {MOST_PARTS} are the most.")
        for info in infos:
            _refuse_entry(info)
        found = {info.filename: info for info in infos}
        if len(found) != len(infos):
            raise Refused(f"{self.path} has two parts of one name.")
        if MANIFEST not in found:
            raise Refused(f"{self.path} is no backup: it has no manifest.")
        return found

    def _manifest(self) -> Manifest:
        try:
            value = json.loads(self.zip.read(MANIFEST))
            if (value["format"], value["version"]) != (FORMAT, FORMAT_VERSION):
                raise Refused(f"{self.path} is of another format than this program's.")
            parts = [
                Part(str(p["name"]), int(p["size"]), str(p["sha256"]), int(p["rows"]))
                for p in value["parts"]
            ]
            return Manifest(str(value["made"]), [str(m) for m in value["migrations"]], parts)
        except DAMAGED as error:
            raise Refused(f"The manifest of {self.path} cannot be read.") from error

    def _check_part(self, name: str, part: Part) -> None:
        digest = hashlib.sha256()
        try:
            with self.zip.open(name) as file:
                while chunk := file.read(CHUNK):
                    digest.update(chunk)
        except DAMAGED as error:
            raise Refused(f"{name} in {self.path} is damaged.") from error
        media = MEDIA.fullmatch(name)
        right = {part.sha256, media[1]} if media else {part.sha256}
        if right != {digest.hexdigest()}:
            raise Refused(f"{name} in {self.path} is damaged.")


def _is_rows(name: str) -> bool:
    return name.startswith("rows/")


def _refuse_entry(info: ZipInfo) -> None:
    """Refuse an entry for its name, or for the size that it declares."""
    name = info.filename
    if name == MANIFEST:
        largest = LARGEST_MANIFEST
    elif MEDIA.fullmatch(name):
        largest = LARGEST_FILE
    elif re.fullmatch(r"rows/[a-z_.]{1,100}\.jsonl", name):
        largest = LARGEST_TABLE
    else:
        raise Refused(f"{name!r} is no part of a backup.")
    if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise Refused(f"{name} is packed as no backup is.")
    is_bomb = info.file_size > max(PACKED_FREELY, MOST_PACKED * info.compress_size)
    if info.file_size > largest or is_bomb:
        raise Refused(f"{name} declares {info.file_size} octets, which is absurd.")
