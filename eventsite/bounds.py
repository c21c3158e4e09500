"""How much of a Markdown text is read: some texts cost the square of their length."""

import re

LONGEST = 50_000  # characters
MOST_BRACKETS = 30_000_000  # "[" times characters, summed over paragraphs: a third of a second


def readable(text: str) -> str:
    """Return what is read of a text: its beginning."""
    return text[:LONGEST]


def may_hold_links(text: str) -> bool:
    """False when looking for links among so many brackets would take too long.

    Each "[" is looked at to the end of its paragraph for the "]" that closes it.
    """
    paragraphs = re.split(r"\n\s*\n", text)
    return sum(len(one) * one.count("[") for one in paragraphs) <= MOST_BRACKETS
