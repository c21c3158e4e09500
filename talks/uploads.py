"""Files that organizers give: which are taken, and where they are kept.

A file lies under the SHA-256 of its bytes, so that its address never means anything else. What
a browser might run (HTML, SVG) is not taken.
"""

import hashlib
import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from talks.models import Person, TalkLink

MEGABYTE = 1024 * 1024
DIGEST = re.compile("[0-9a-f]{64}")  # the folder of a file

# What a file with this ending must begin with, and the type it is sent as.
PICTURES = {
    "png": (b"\x89PNG\r\n\x1a\n", "image/png"),
    "jpg": (b"\xff\xd8\xff", "image/jpeg"),
    "jpeg": (b"\xff\xd8\xff", "image/jpeg"),
    "gif": (b"GIF8", "image/gif"),
    "webp": (b"RIFF", "image/webp"),
}
OFFICE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
DOCUMENTS = {
    "pdf": (b"%PDF-", "application/pdf"),
    "pptx": (b"PK\x03\x04", OFFICE),
    "odp": (b"PK\x03\x04", "application/vnd.oasis.opendocument.presentation"),
    "zip": (b"PK\x03\x04", "application/zip"),
}
TYPES = PICTURES | DOCUMENTS


def is_picture(file: File) -> None:
    """Refuse what is not a PNG, JPEG, GIF or WebP of four megabytes at most."""
    _refuse(file, PICTURES, 4 * MEGABYTE)


def is_document(file: File) -> None:
    """Refuse what is neither a picture, a PDF, slides nor a ZIP, or has over 50 megabytes."""
    _refuse(file, TYPES, 50 * MEGABYTE)


def content_type(name: str) -> str:
    """Return the type that a file kept under this name is sent as."""
    return TYPES[_ending(name)][1]


def keep_picture(person: "Person", name: str) -> str:
    """Return where a person's picture is kept."""
    return _place(person.picture, name)


def keep_document(link: "TalkLink", name: str) -> str:
    """Return where the file of a talk's link is kept."""
    return _place(link.file, name)


def _place(file: File, name: str) -> str:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    return f"{digest.hexdigest()}/{get_valid_filename(PurePosixPath(name).name)[-80:]}"


def _refuse(file: File, types: dict[str, tuple[bytes, str]], most: int) -> None:
    """A file that is kept already was looked at when it came, and may be missing by now."""
    if getattr(file, "_committed", False):  # as Django marks it
        return
    start, _type = types.get(_ending(file.name or ""), (None, ""))
    if start is None:
        known = ", ".join(types)
        raise ValidationError(
            _("“%(name)s” is none of the files that are taken: %(known)s."),
            params={"name": file.name, "known": known},
        )
    if file.size > most:
        raise ValidationError(
            _("“%(name)s” has %(size)d MB; at most %(most)d MB are taken."),
            params={"name": file.name, "size": file.size // MEGABYTE, "most": most // MEGABYTE},
        )
    file.seek(0)
    if not file.read(len(start)).startswith(start):
        raise ValidationError(
            _("“%(name)s” does not hold what its ending says."), params={"name": file.name}
        )


def _ending(name: str) -> str:
    return PurePosixPath(name).suffix.removeprefix(".").lower()
