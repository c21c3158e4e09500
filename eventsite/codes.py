"""The short codes by which public rows are known for ever.

A code is a letter that names the table and eight random characters: 30 ** 8 of them for each
table, so that a thousand new rows meet an old code once in nearly a billion.
"""

from random import SystemRandom

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # no 0 O, 1 I L, U: people read codes aloud
LENGTH = 9
CHANCE = SystemRandom()


def new_code(letter: str) -> str:
    """Return a fresh random code of the table that `letter` names."""
    return letter + "".join(CHANCE.choices(ALPHABET, k=LENGTH - 1))


def code_of(segment: str) -> str:
    """Return the code in an address's `<code>-<slug>` or `<code>`, in capitals."""
    return segment.partition("-")[0].upper()
