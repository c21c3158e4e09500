"""What else a citation says, as people write it: a line each, `page: 1-10`."""

import re

from django.utils.translation import gettext as _

NAME = re.compile(r"[A-Za-z][\w-]{0,39}", re.ASCII)  # as CSL names its variables: page, DOI


def read_details(text: str) -> dict[str, str]:
    """Return the values by their names. Raises ValueError, in words, with the first bad line."""
    found: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        name, colon, value = (part.strip() for part in line.partition(":"))
        if not line.strip():
            continue
        if not colon or not value or not NAME.fullmatch(name):
            raise ValueError(
                _("Line %(number)d, “%(line)s”: write a name, a colon and a value.")
                % {"number": number, "line": line.strip()[:60]}
            )
        if name in found:
            raise ValueError(_("“%s” stands there twice.") % name)
        found[name] = value
    return found


def write_details(details: dict[str, str]) -> str:
    return "\n".join(f"{name}: {value}" for name, value in details.items())
