"""Reads the environment strictly: a value that cannot be meant is refused by name."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

FLAGS = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}


class Environment:
    """The variables of a process, by name; every reader names the variable it refuses."""

    def __init__(self, values: Mapping[str, str] = os.environ):
        self.values = values

    def text(self, name: str, default: str = "") -> str:
        return self.values.get(name, "").strip() or default

    def words(self, name: str, default: list[str]) -> list[str]:
        """Return words separated by commas."""
        return [word.strip() for word in self.text(name).split(",") if word.strip()] or default

    def flag(self, name: str, *, default: bool) -> bool:
        value = self.text(name).lower()
        if value and value not in FLAGS:
            raise ImproperlyConfigured(
                f"{name} is {value!r}; it must be one of {', '.join(FLAGS)}."
            )
        return FLAGS.get(value, default)

    def number(self, name: str, default: int) -> int:
        value = self.text(name)
        if value and not value.isdecimal():
            raise ImproperlyConfigured(f"{name} is {value!r}; it must be a whole number.")
        return int(value) if value else default

    def url(self, name: str, default: str, schemes: tuple[str, ...] = ("http", "https")) -> str:
        """Return an address without a slash at its end."""
        value = self.text(name, default)
        if value and (urlsplit(value).scheme not in schemes or not urlsplit(value).netloc):
            begins = " or ".join(f"{scheme}://" for scheme in schemes)
            raise ImproperlyConfigured(f"{name} is {value!r}; it must begin with {begins}.")
        return value.rstrip("/")

    def secret(self, name: str, path: Path) -> str:
        """Return the variable, else what the file holds; a file that is missing is made (0600)."""
        if value := self.text(name):
            return value
        try:
            return kept_secret(path)
        except OSError as error:
            raise ImproperlyConfigured(unwritable(path.parent, error)) from error

    def database(self, name: str, default: Path) -> dict[str, object]:
        """Return Django's settings of one database, from postgres://user:pass@host:port/name."""
        value = self.text(name)
        if not value:
            return sqlite(default)
        parts = urlsplit(value)
        if parts.scheme == "sqlite" and parts.path.strip("/"):
            return sqlite(Path(parts.path.removeprefix("/") if parts.netloc == "" else parts.path))
        if parts.scheme not in ("postgres", "postgresql") or not parts.path.strip("/"):
            raise ImproperlyConfigured(
                f"{name} must look like postgres://user:password@host:5432/name or sqlite:///file."
            )
        return postgresql(parts)


def unwritable(folder: Path, error: OSError) -> str:
    return f"{folder} cannot be written ({error.strerror}); set DATA_DIR to a folder that can."


def kept_secret(path: Path) -> str:
    """Return what the file holds; make it first, for its owner alone, when it is missing."""
    try:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            with open(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
                file.write(secrets.token_urlsafe(50))
    except FileExistsError:
        pass  # another process was quicker
    return path.read_text().strip()


def sqlite(path: Path) -> dict[str, object]:
    """WAL, so that readers never wait; IMMEDIATE, so that two writers queue and none fails."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
            " PRAGMA journal_size_limit=27103364;",
        },
    }


def postgresql(parts: SplitResult) -> dict[str, object]:
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"options": "-c statement_timeout=30000"},
    }
