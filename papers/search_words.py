"""Words as the search splits them, on both sides: what is indexed and what is typed.

A word is what `fold` leaves between spaces; signs of Chinese and Japanese, which are written
without spaces, are a word each. No database's own splitting comes into it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from papers.folding import fold, letters
from papers.identifiers import identifiers_of, normalised

LONGEST = 200  # characters of what is typed that are read
MOST_TERMS = 12
LONGEST_WORD = 40  # characters; of a longer one the beginning stands for it
# PostgreSQL counts positions to 16,383, 256 of a word, and takes a megabyte; nobody is told more.
MOST_WORDS, MOST_TIMES, MOST_BYTES = 16_000, 250, 700_000
GAP = "¶"  # stands between texts, so that no phrase reaches across; never part of a word

SINGLE = re.compile(
    "([\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u31f0-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])"
)
NUMBERED = re.compile(r"(?:arxiv:)?\d{4}\.\d{4,5}(?:v\d+)?", re.IGNORECASE)
ADDRESS = re.compile(r"https?://\S+|[\w-]+(?:\.[\w-]+)+/\S+", re.IGNORECASE)
TERM = re.compile(r'(?P<minus>-?)(?:"(?P<phrase>[^"]*)"|(?P<text>[^\s"]+))')


def words_of(text: str) -> list[str]:
    """Return the words of a text, in order."""
    folded = fold(text)
    if not folded.isascii():
        folded = SINGLE.sub(r" \1 ", folded)
    return [word[:LONGEST_WORD] for word in folded.split()]


def has_digit(word: str) -> bool:
    return any(map(str.isdigit, word))


class Indexed(NamedTuple):
    """What the index holds of a paper, each a row of words and gaps."""

    title: list[str]
    people: list[str]
    rest: list[str]


def indexed(title: Iterable[str], people: Iterable[str], rest: Iterable[str]) -> Indexed:
    """Return the words of the texts of a paper, as many as every database can hold.

    What is past the limits is left out of the index, whatever the database.
    """
    times: Counter[str] = Counter()
    room = MOST_WORDS, MOST_BYTES
    columns = []
    for texts in (title, people, rest):
        column: list[str] = []
        for word in joined(texts):
            times[word] += 1
            kept = GAP if times[word] > MOST_TIMES else word
            room = room[0] - 1, room[1] - len(kept.encode())
            if min(room) < 0:
                break
            column.append(kept)
        columns.append(column)
    return Indexed(*columns)


def joined(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield from words_of(text)
        yield GAP


letters_of = lru_cache(maxsize=4_096)(letters)  # of one character


@dataclass(frozen=True, slots=True)
class Term:
    """Words that must stand side by side, or must not; of the last, perhaps only the beginning."""

    words: tuple[str, ...]
    is_prefix: bool = False
    is_excluded: bool = False

    def occurs_in(self, words: list[str]) -> bool:
        """Whether a row of words holds the term."""
        size, last = len(self.words), self.words[-1]
        for at in range(len(words) - size + 1):
            *first, end = words[at : at + size]
            is_end = end.startswith(last) if self.is_prefix else end == last
            if is_end and tuple(first) == self.words[:-1]:
                return True
        return False


def terms_of(text: str) -> list[Term]:
    """Return what is asked for: words, "phrases", -what must not occur, begin* and the last word.

    Everything else that can be typed only separates words, as it does in the index: what stands
    together without a space ("o'reilly", "1.5") is a phrase. An address that names a work stands
    for what the work is known by.
    """
    found: list[Term] = []
    text = text[:LONGEST]
    for match in TERM.finditer(text):
        minus, phrase, plain = match.group("minus", "phrase", "text")
        if named := words_of(name_in(plain or "")):
            found.append(Term(tuple(named), is_excluded=bool(minus)))
        elif words := tuple(words_of(plain if phrase is None else phrase)):
            is_last = match.end() == len(text.rstrip())
            is_prefix = phrase is None and (plain.endswith("*") or (is_last and not minus))
            found.append(Term(words, is_prefix, bool(minus)))
    return found[:MOST_TERMS]


def name_in(text: str) -> str:
    """Return what the index knows a work by that an address names, or a number of arXiv.

    Where an address gives two names, the last is a part of the first: a work may have either.
    """
    if NUMBERED.fullmatch(text):
        return normalised("arxiv", text)
    if not ADDRESS.fullmatch(text):
        return ""
    known = identifiers_of(text if "://" in text else f"https://{text}")
    return " ".join(known[0]) if len(known) == 1 else known[-1][1] if known else ""


def positive(terms: Iterable[Term]) -> list[Term]:
    return [term for term in terms if not term.is_excluded]


def as_phrase(terms: Iterable[Term]) -> Term:
    """Return all the words as one phrase."""
    return Term(tuple(word for term in terms for word in term.words))


def spans(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield every word of a text as `words_of` has it, with where it begins and ends."""
    word, start, end = "", 0, 0
    for at, character in enumerate(text):
        for letter in letters_of(character):
            if word and (letter == " " or SINGLE.match(letter)):
                yield word[:LONGEST_WORD], start, end
                word = ""
            if SINGLE.match(letter):
                yield letter, at, at + 1
            elif letter != " ":
                start, end = start if word else at, at + 1
                word += letter
    if word:
        yield word[:LONGEST_WORD], start, end


def marked(text: str, terms: Iterable[Term]) -> list[tuple[str, bool]]:
    """Return a text in pieces, and of each whether it was asked for."""
    found = list(spans(text))
    words = [word for word, _start, _end in found]
    hit = [False] * len(text)
    for term in positive(terms):
        last = len(term.words)
        for at in range(len(words) - last + 1):
            if term.occurs_in(words[at : at + last]):
                first, end = found[at][1], found[at + last - 1][2]
                hit[first:end] = [True] * (end - first)
    pieces, start = [], 0
    for at in range(1, len(text) + 1):
        if at == len(text) or hit[at] != hit[start]:
            pieces.append((text[start:at], hit[start]))
            start = at
    return pieces


def snippet(text: str, terms: Iterable[Term], around: int = 120) -> str:
    """Return the part of a text about the first word that was asked for; empty when none is."""
    before = 0
    for piece, is_hit in marked(text, terms):
        if is_hit:
            return part(text, before - around, before + len(piece) + around)
        before += len(piece)
    return ""


def part(text: str, start: int, end: int) -> str:
    """Return a text from about `start` to about `end`, cut between words."""
    start = text.rfind(" ", 0, start) + 1 if start > 0 else 0
    if end < len(text):
        space = text.rfind(" ", start, end + 1)
        end = space if space > 0 else end
    cut = text[start:end].strip()
    return f"{'… ' if start else ''}{cut}{' …' if end < len(text) else ''}"
