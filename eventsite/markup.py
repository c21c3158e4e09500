"""XML as our formats write it: a line a tag, in UTF-8, and no character that XML lacks."""

import re
from datetime import UTC, datetime
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

ATOM = "http://www.w3.org/2005/Atom"
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # XML 1.0, 2.2


def add(parent: Element, tag: str, text: str) -> Element:
    """Add an element that holds a text, and return it."""
    element = SubElement(parent, tag)
    element.text = written(text)
    return element


def written(text: str) -> str:
    """Return a text without the characters that XML cannot hold."""
    return UNWRITABLE.sub("", text)


def moment(at: datetime) -> str:
    """Return a moment as Atom has it (RFC 4287, section 3.3)."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def dumps(root: Element) -> bytes:
    ElementTree.indent(root, " ")
    made: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return made + b"\n"
