"""A person's name as it is printed, taken apart for the formats that want its parts."""

import re
from dataclasses import dataclass

SUFFIX = re.compile(r"(?:Jr|Sr)\.?|I{2,3}|I?V", re.IGNORECASE)
OTHERS = re.compile(r"(?:and\s+)?others|et\.?\s+al\.?", re.IGNORECASE)  # authors nobody names
_ORGANIZATION = (
    "collaboration consortium team group working community association society foundation "
    "committee council project initiative network university institute institution laboratory "
    "lab labs department ministry agency office company corporation authors "
    "developers contributors inc inc. ltd ltd. gmbh llc"
)
ORGANIZATION = frozenset(_ORGANIZATION.split())


@dataclass(frozen=True, slots=True)
class Name:
    """The parts of a name; an organization, or a single word, is all `family`."""

    family: str
    given: str = ""
    particle: str = ""  # "van der": small words before the family name
    suffix: str = ""

    def __str__(self) -> str:
        parts = (self.given, self.particle, self.family, self.suffix)
        return " ".join(part for part in parts if part)


def named(printed: str) -> Name:
    """Return the parts of "Ludwig van Beethoven", as BibTeX tells them apart by their case.

    What has a comma is no person's name as people print it, and stays whole, as does what can
    only be an organization's.
    """
    words = printed.split()
    if len(words) < 2 or "," in printed or is_organization(printed):
        return Name(" ".join(words))
    suffix = words.pop() if len(words) > 2 and SUFFIX.fullmatch(words[-1]) else ""
    small = [at for at, word in enumerate(words[:-1]) if at and word[0].islower()]
    start = small[0] if small else len(words) - 1
    end = small[-1] + 1 if small else start
    return Name(
        family=" ".join(words[end:]),
        given=" ".join(words[:start]),
        particle=" ".join(words[start:end]),
        suffix=suffix,
    )


def is_organization(printed: str) -> bool:
    """Whether a name is no person's by its words: "The ATLAS Collaboration"."""
    words = printed.lower().split()
    return len(words) > 1 and words[-1] in ORGANIZATION


def needs_braces(printed: str) -> bool:
    """Whether BibTeX would take a name apart that is one."""
    has_word = re.search(r"\band\b|\bothers\b", printed, re.IGNORECASE)
    return bool("," in printed or "=" in printed or has_word) or is_organization(printed)


def turned(printed: str) -> str:
    """Return a name whose family stands first as people print it.

    "King, Jr, Martin" is BibTeX's order and "King, Martin, Jr" that of RIS.
    """
    family, *others = [" ".join(part.split()) for part in printed.split(",")]
    if len(others) > 1 and SUFFIX.fullmatch(others[-1]):
        others = [others[-1], *others[:-1]]
    return " ".join(part for part in (*others[-1:], family, *others[:-1]) if part)
