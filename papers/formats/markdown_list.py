"""Markdown lists of papers, however their makers write them.

The file is taken apart into blocks under their headings; in each section the grammar that reads
most of its lines is found, and whatever is no paper is told with its reason. Every line that is
not blank ends up in an entry, a heading, the text about the list, or among what was skipped.
"""

import re
from dataclasses import replace

from papers.entries import Document, Entry, Heading, Refused, Skipped
from papers.formats.citing import ET_AL
from papers.formats.markdown_blocks import blocks, every
from papers.formats.markdown_context import context_of, filled, shared_place
from papers.formats.markdown_evidence import Outcome, Place
from papers.formats.markdown_inline import folded_label, tidy
from papers.formats.markdown_people import has_others
from papers.formats.markdown_places import Place as Where
from papers.formats.markdown_reading import read_part
from papers.formats.markdown_units import Part, parts_of

LINE_END = re.compile(r"\r\n|\n|\r")
TITLE = re.compile(r"title:\s*[\"']?(.+?)[\"']?\s*$", re.IGNORECASE | re.MULTILINE)
LONGEST_LINE = 20_000  # letters; what is longer is no line of a list


def read(text: str) -> Document:
    """Read a list. Raises Refused when no paper is found in it."""
    if "\0" in text:
        raise Refused("This is no text: it holds bytes that are zero.")
    lines = LINE_END.split(text.removeprefix("\ufeff"))
    found = blocks([line if len(line) <= LONGEST_LINE else "" for line in lines])
    references = {
        folded_label(one.marker): one.text for one in every(found) if one.kind == "reference"
    }
    parts = parts_of(found)
    outcomes = [read_part(part, references) for part in parts]
    if not any(outcome.read for outcome in outcomes):
        raise Refused("No paper was found: this does not look like a list of papers.")
    matter = next((one.text for one in found if one.kind == "matter"), "")
    return Putting(text, lines, parts, outcomes).document(matter)


class Putting:
    """A document being put together: headings, entries with what their headings say, the rest."""

    def __init__(self, text: str, lines: list[str], parts: list[Part], outcomes: list[Outcome]):
        self.text, self.lines, self.parts, self.outcomes = text, lines, parts, outcomes
        self.title = self.title_part()
        self.shown = [n for n in range(len(parts)) if self.is_section(n)]
        self.skipped: list[Skipped] = []

    def title_part(self) -> Part | None:
        """Return the heading that names the list: the first, unless it is one of its sections."""
        real = [part for part in self.parts if part.heading and part.is_real]
        if not real:
            return None
        first = real[0]
        has_papers = bool(self.outcomes[self.parts.index(first)].read)
        alone = all(part.level > first.level for part in real[1:])
        return first if not has_papers or (alone and first.level == 1) else None

    def is_section(self, number: int) -> bool:
        """Whether a heading is told: one by its marks, or any with papers below it."""
        part = self.parts[number]
        if not part.heading or part is self.title:
            return False
        return part.is_real or bool(self.outcomes[number].read)

    def document(self, matter: str) -> Document:
        entries: list[Entry] = []
        about: list[str] = []
        places = [context_of(part, self.title) for part in self.parts]
        with_papers = [place for place, one in zip(places, self.outcomes, strict=True) if one.read]
        shared = shared_place(with_papers)
        for number, outcome in enumerate(self.outcomes):
            section = self.section(number)
            is_about = section is None and not entries
            entries += [self.entry(one, section, places[number], shared) for one in outcome.read]
            about += self.left(number, outcome, is_about)
        named = TITLE.search(matter)
        self.too_long()
        return Document(
            entries=tuple(sorted(entries, key=lambda one: one.line)),
            headings=tuple(self.headings()),
            skipped=tuple(sorted(self.skipped, key=lambda one: one.line)),
            title=self.title.heading if self.title else named.group(1) if named else "",
            about="\n\n".join(about),
            format="markdown_list",
            text=self.text,
        )

    def section(self, number: int) -> int | None:
        """Return the heading that papers of a part stand under, as an index."""
        chain = [self.parts.index(one) for one in self.parts[number].chain()]
        told = [self.shown.index(one) for one in chain if one in self.shown]
        return told[-1] if told else None

    def headings(self) -> list[Heading]:
        found: list[Heading] = []
        for number in self.shown:
            part = self.parts[number]
            chain = [self.parts.index(one) for one in part.chain()[:-1]]
            above = [self.shown.index(one) for one in chain if one in self.shown]
            parent = above[-1] if above else None
            level = found[parent].level + 1 if parent is not None else 1
            dialect = self.outcomes[number].dialect
            found.append(Heading(part.heading, level, parent, part.line, part.lines, dialect))
        return found

    def left(self, number: int, outcome: Outcome, is_about: bool) -> list[str]:
        """Note what is no paper; return what is said about the list instead."""
        about = []
        for one in outcome.skipped:
            words = self.original(one.line, one.lines)
            if is_about and one.kind == "paragraph":
                about.append(words)
            else:
                self.skipped.append(Skipped(one.line, words, one.reason, one.is_fault))
        part = self.parts[number]
        if part.heading and part is not self.title and number not in self.shown:
            words = self.original(part.line, part.lines)
            why = "Words with no papers below them."
            self.skipped.append(Skipped(part.line, words, why, is_fault=False))
        return about

    def too_long(self) -> None:
        for number, line in enumerate(self.lines, 1):
            if len(line) > LONGEST_LINE:
                words = f"{line[:200]}…"
                self.skipped.append(Skipped(number, words, "A line too long to be read."))

    def original(self, line: int, count: int) -> str:
        return "\n".join(self.lines[line - 1 : line - 1 + count])

    def entry(self, one: Place, section: int | None, place: Where, shared: Where | None) -> Entry:
        draft = one.draft
        assert draft is not None
        text = self.original(one.line, one.lines)
        paper, warnings = filled(draft, place, shared)
        if has_others(text, paper.authors):
            paper = replace(paper, details=(*paper.details, (ET_AL, "1")))
        return Entry(
            paper=paper,
            line=one.line,
            lines=one.lines,
            text=text,
            section=section,
            marks=tuple(dict.fromkeys([*draft.place.marks, *draft.tags])),
            note=sentences(draft.notes),
            warnings=tuple(warnings),
        )


def sentences(notes: list[str]) -> str:
    """Return remarks one behind the other, each ended."""
    kept = [tidy(note) for note in notes if note.strip()]
    ended = [note if note[-1] in ".!?…" else f"{note}." for note in kept[:-1]]
    return " ".join([*ended, *kept[-1:]])
