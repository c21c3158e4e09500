"""Reads what a form or a link asks of an agenda."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.http import url_has_allowed_host_and_scheme

from talks.agendas import MOST
from talks.filters import Malformed

ACTIONS = frozenset({"star", "unstar", "add", "rotate", "empty", "delete"})
CODE = re.compile("[ST][0-9A-Z]{8}")
LOCAL = re.compile(r"/[^\s\\\x00-\x1f#]*(#[\w-]*)?")


@dataclass(frozen=True, slots=True)
class Wish:
    """What a form asks for; `codes` are capitals, `then` a path of this site or empty."""

    action: str
    codes: tuple[str, ...]
    then: str


def read_wish(values: Mapping[str, str]) -> Wish:
    """Read a form. Raises Malformed for an action that there is not, or too many codes."""
    action = values.get("action", "")
    if action not in ACTIONS:
        raise Malformed("action")
    found = read_codes(values.get("codes" if action == "add" else "code", ""))
    return Wish(action, found, local(values.get("next", "")))


def read_codes(text: str) -> tuple[str, ...]:
    """Read codes with commas between them, each once. Raises Malformed for anything else."""
    found = tuple(dict.fromkeys(text.upper().split(","))) if text else ()
    if len(found) > MOST or not all(CODE.fullmatch(code) for code in found):
        raise Malformed("codes")
    return found


def local(path: str) -> str:
    """Return a path if it stays on this site, else nothing."""
    is_local = LOCAL.fullmatch(path) and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return path if is_local else ""
