"""Finds papers by words: one interface, whatever the database.

Whatever a person types is literal text. Every word must occur in the title, what the paper is
also called, a name of an author or of the venue, the abstract, or the note of a list; case and
accents do not count.
"""

from collections import defaultdict
from itertools import chain

from django.db.models import Exists, OuterRef, Q

from papers.folding import fold
from papers.models import Authorship, Item, VenueAlias
from papers.querysets import PaperQuerySet

LONGEST = 200  # characters that are read; the rest of the text is left out
MOST_WORDS = 12


def find(papers: PaperQuerySet, text: str) -> PaperQuerySet:
    """Keep the papers in which every word of `text` occurs; all of them when it is empty.

    A text without letters and digits ("%", "*") is looked for in titles and abstracts as it is.
    """
    literal = text.replace("\0", "").strip()[:LONGEST]
    words = fold(literal).split()[:MOST_WORDS]
    if literal and not words:
        return papers.filter(Q(title__contains=literal) | Q(abstract__contains=literal))
    for word in words:
        papers = papers.filter(occurs(word))
    return papers


def occurs(word: str) -> Q:
    """Ask for papers that hold a folded word anywhere a reader would look for it."""
    pattern = unfolded(word)
    aliases = VenueAlias.objects.filter(venue=OuterRef("venue"), folded__contains=word)
    authors = Authorship.objects.filter(paper=OuterRef("pk")).filter(
        Q(name__regex=pattern) | Q(author__name__regex=pattern)
    )
    notes = Item.objects.public().filter(paper=OuterRef("pk"), note__regex=pattern)
    return (
        Q(folded__contains=word)
        | Q(venue__name__regex=pattern)
        | Q(venue__short__regex=pattern)
        | Q(abstract__regex=pattern)
        | Q(alias__regex=pattern)
        | Q(Exists(aliases))
        | Q(Exists(authors))
        | Q(Exists(notes))
    )


def unfolded(word: str) -> str:
    """Return a regular expression for everything that folds to `word` ("u" finds "ü" and "Ü").

    Only titles are kept folded. Both databases read character classes alike, so names and texts
    can be compared without a column or an extension of their own.
    """
    parts, at = [], 0
    while at < len(word):
        pair = word[at : at + 2]
        if pair in ALIKE and len(pair) == 2:
            parts.append(f"(?:{letter(pair[0])}{letter(pair[1])}|{letter(pair)})")
        else:
            parts.append(letter(word[at]))
        at += len(pair) if pair in ALIKE else 1
    return "".join(parts)


def letter(folded: str) -> str:
    """Return a regular expression for what folds to one letter or pair, and accents behind it."""
    return f"[{ALIKE.get(folded, folded)}][\u0300-\u036f]*"


def spellings() -> dict[str, str]:
    """Return the characters that fold to each letter or pair of letters."""
    found: defaultdict[str, str] = defaultdict(str)
    for number in chain(range(0x20, 0x2200), range(0xFB00, 0xFB07), range(0xFF01, 0xFF5F)):
        if 1 <= len(folded := fold(chr(number))) <= 2:
            found[folded] += chr(number)
    return dict(found)


ALIKE = spellings()
