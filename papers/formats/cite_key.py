"""The key of a paper in BibTeX: who, when, and the first word that says something."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import count, product
from string import ascii_lowercase

from eventsite.slugs import slug
from papers.formats.person_names import named
from papers.records import PaperRecord

LONGEST = 30  # characters of a name or word: a key of two fits its column with any suffix
KEY = re.compile(r"[A-Za-z0-9][\w:./+-]{0,69}", re.ASCII)
# Words that begin many titles and say nothing.
_EMPTY_WORDS = (
    "a an the on of for in to and or with from by at as is are be can do does how what when "
    "where why we i it its towards toward via using into not no der die das ein eine le la "
    "les un une el los il"
)
EMPTY_WORDS = frozenset(_EMPTY_WORDS.split())


def wanted(author: str, year: int | None, title: str) -> str:
    """Return "lovelace2018sketch"; without an author two words of the title, never nothing."""
    words = [word for word in slug(title).split("-") if word]
    telling = [word for word in words if word not in EMPTY_WORDS and not word.isdigit()] or words
    family = slug(named(author).family).replace("-", "")
    first, *others = [each for each in (family, *telling) if each] or ["paper"]
    return f"{first[:LONGEST]}{year or ''}{''.join(others[:1])[:LONGEST]}"


def usable(key: str) -> str:
    """Return a key that BibTeX and every tool about it take as it is, else nothing."""
    return key if KEY.fullmatch(key) and "//" not in key else ""


def key_of(paper: PaperRecord) -> str:
    """Return the key that a paper has, or should have."""
    author = paper.authors[0].name if paper.authors else ""
    return usable(paper.key) or wanted(author, paper.year, paper.title)


class Keys:
    """Keys that are taken, and the next that is free; case makes no difference."""

    def __init__(self, taken: Iterable[str] = ()):
        self.taken = {key.lower() for key in taken}
        self.suffixes: dict[str, Iterator[str]] = defaultdict(suffixes)

    def take(self, key: str) -> str:
        """Return a key, or with the first suffix that makes it another than those taken: a, b."""
        found = key
        while found.lower() in self.taken:
            found = key + next(self.suffixes[key])
        self.taken.add(found.lower())
        return found


def suffixes() -> Iterator[str]:
    """Yield a to z, aa to zz, and so on."""
    for length in count(1):
        yield from map("".join, product(ascii_lowercase, repeat=length))
