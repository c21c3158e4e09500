"""Where uploaded sheets wait to be confirmed: a folder that only this program reads.

They may name anybody, and nothing but their owner's page tells whose they are.
"""

import os
import re
import secrets
import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

NAME = re.compile("[0-9a-f]{32}")
DAY = 86400  # seconds


class Folder:
    """One file in it; the interface of django-import-export's temporary storages."""

    def __init__(self, name: str = "", **_options: object):
        self.name = name

    def save(self, data: bytes) -> None:
        waiting_room().mkdir(mode=0o700, parents=True, exist_ok=True)
        remove_all(older_than=DAY)
        self.name = secrets.token_hex(16)
        flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY
        with os.fdopen(os.open(self.path(), flags, 0o600), "wb") as file:
            file.write(data)

    def read(self) -> bytes:
        return self.path().read_bytes()

    def remove(self) -> None:
        self.path().unlink(missing_ok=True)

    def path(self) -> Path:
        if not NAME.fullmatch(self.name):
            raise FileNotFoundError(self.name)
        return waiting_room() / self.name


def waiting_room() -> Path:
    return Path(settings.DATA_DIR) / "imports"


def remove_all(older_than: int = 0) -> None:
    """Remove what has waited for so many seconds; whoever would confirm it uploads it again."""
    for file in _files():
        try:
            if time.time() - file.stat().st_mtime >= older_than:
                file.unlink()
        except FileNotFoundError:
            continue  # confirmed or removed meanwhile


def _files() -> Iterator[Path]:
    if waiting_room().is_dir():
        yield from (file for file in waiting_room().iterdir() if NAME.fullmatch(file.name))
