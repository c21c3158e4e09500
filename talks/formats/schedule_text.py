"""The schedule as people write it into an e-mail: days, times, titles, rooms, people.

At most 78 columns (RFC 5322, section 2.1.1), of which a wide character takes two; addresses alone
are never broken.
"""

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import groupby

from talks.entries import Entry, printed
from talks.formats.extract import Extract, people, room_name, subtitle, track_name
from talks.formats.wording import one_line, summary, talk_lines

WIDTH = 78
MARGIN = 13  # columns: "08:10-08:40  "


def dumps(extract: Extract, day_name: Callable[[date], str], about: Iterable[str]) -> bytes:
    """Return the text in UTF-8 with LF; `about` are lines for its head: when, where, the zone."""
    title = list(wrapped(one_line(extract.event.name)))
    lines = [*title, "=" * max(map(width, title), default=0)]
    for line in about:
        lines += wrapped(one_line(line))
    lines.append(extract.page_url)
    by_day = groupby(extract.entries, key=lambda entry: extract.start_of(entry).date())
    for day, entries in by_day:
        name = one_line(day_name(day))
        lines += ["", "", name, "-" * width(name)]
        for entry in entries:
            lines += ["", *_entry(extract, entry)]
    return ("\n".join(lines) + "\n").encode()


def wrapped(text: str, margin: int = 0, first: str = "") -> Iterator[str]:
    """Yield the lines of a text, all but the first after `margin` spaces; `first` begins it."""
    line, held = first.ljust(margin), 0
    for piece in _pieces(text, WIDTH - margin):
        room = WIDTH - margin - held
        if held and width(piece) + 1 > room:
            yield line
            line, held = " " * margin, 0
        line += f" {piece}" if held else piece
        held += width(piece) + (1 if held else 0)
    if held:
        yield line


def width(text: str) -> int:
    """Return how many columns a text takes in type of one width."""
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) == "Cf":
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _pieces(text: str, most: int) -> Iterator[str]:
    """Yield the words, those that fit no line in pieces."""
    for word in text.split():
        piece = ""
        for character in word:
            if width(piece) + _columns(character) > most:
                yield piece
                piece = ""
            piece += character
        yield piece


def _entry(extract: Extract, entry: Entry) -> Iterator[str]:
    start, end = extract.start_of(entry), extract.end_of(entry)
    yield from wrapped(summary(entry, extract.words), MARGIN, f"{start:%H:%M}-{end:%H:%M}")
    yield from wrapped(subtitle(entry), MARGIN)
    board = f"{extract.words.board} {one_line(entry.board)}" if entry.board else ""
    where = " | ".join(filter(None, (room_name(entry), track_name(entry), board)))
    yield from wrapped(where, MARGIN)
    several = () if entry.talk else entry.session.placements
    shown = entry.session.chairs if several else people(entry)
    yield from wrapped(", ".join(one_line(printed(role)) for role in shown), MARGIN)
    for line in talk_lines(several, extract.event, extract.words):
        yield from wrapped(line, MARGIN + 2, " " * MARGIN + "- ")
