"""A section of a list read: each of its places by the grammar that reads most of them."""

from collections import Counter
from collections.abc import Iterator, Mapping

from papers.formats.markdown_blocks import Block
from papers.formats.markdown_details import is_fact, names_alone, take_within
from papers.formats.markdown_drafts import Draft
from papers.formats.markdown_evidence import (
    ENOUGH,
    Outcome,
    Place,
    heading_sign,
    reason,
    verdict,
    weight,
)
from papers.formats.markdown_grammars import GRAMMARS, Split
from papers.formats.markdown_html import as_markdown
from papers.formats.markdown_inline import pieces
from papers.formats.markdown_links import is_scholarly
from papers.formats.markdown_named import Unit
from papers.formats.markdown_paragraphs import Told, told_in
from papers.formats.markdown_tables import draft_of_row, every_link, roles_of
from papers.formats.markdown_tails import draft_of
from papers.formats.markdown_units import Part

LONGEST = 8_000  # letters that one place may have
OWN = 3.0  # what must speak for an item within another to be a paper of its own


class Section:
    """A section being read."""

    def __init__(self, part: Part, references: Mapping[str, str]):
        self.part, self.references = part, references
        chain = [one for one in part.chain() if one.heading and not one.is_first]
        self.sign = heading_sign([one.heading for one in chain])
        if part.is_first:
            self.sign = max(0, heading_sign([part.heading]))
        self.favourite = ""
        self.roles: dict[tuple[str, ...], dict[int, str]] = {}

    def places(self) -> list[Place]:
        found: list[Place] = []
        for unit in self.part.units:
            if unit.kind == "item":
                found += self.items(unit.block)
            elif unit.kind == "row":
                found.append(self.row(unit))
            elif unit.kind == "named":
                found.append(self.named(unit))
            elif unit.kind == "aside":
                found.append(Place("aside", unit.line, unit.lines, None, unit.reason))
            else:
                found += self.paragraph(unit)
        return found

    def items(self, block: Block) -> Iterator[Place]:
        """Yield an item with what tells more of it, then the items within it that are papers."""
        own = self.best(block.text, [])
        told = self.told_within(block, own)
        apart = next(
            (at for at, child in enumerate(block.children) if self.is_apart(child, own)),
            len(block.children),
        )
        apart = len(block.children) if told else apart
        while apart and block.children[apart - 1].kind == "markup":
            apart -= 1
        within = block.children[:apart]
        last = within[-1].last if within else block.line + block.lines - 1
        draft = told or self.best(block.text, within)
        place = self.judged("item", block.line, last - block.line + 1, draft, block.text)
        place.is_numbered = any(sign.isdigit() for sign in block.marker)
        yield place
        for child in block.children[len(within) :]:
            if child.kind == "item":
                yield from self.items(child)
            else:
                kind = "paragraph" if child.kind == "paragraph" else "aside"
                yield Place(
                    kind, child.line, child.last - child.line + 1, None, "Words between items."
                )

    def told_within(self, block: Block, own: Draft | None) -> Draft | None:
        """Return the paper of an item that has its links, when the one item within it names it."""
        items = [child for child in block.children if child.kind == "item"]
        if own is None or len(items) != 1 or own.authors or own.place.year or not own.links:
            return None
        told = self.best(items[0].text, [])
        if told is None or told.links or told.split.grammar not in ("cited", "quoted"):
            return None
        told.links = own.links
        if len(own.title.split()) <= 2:
            told.alias = told.alias or own.title
        else:
            told.notes.append(own.title)
        return told

    def is_apart(self, child: Block, own: Draft | None) -> bool:
        """Whether an item within another is no detail of it, but may be a paper itself."""
        if child.kind != "item":
            return False
        parts = pieces(as_markdown(child.text[:LONGEST]), self.references)
        if own is not None and (is_fact(parts) or (not own.authors and names_alone(parts))):
            return False
        if own is None or weight(own, self.sign) < ENOUGH:
            return True
        found = self.best(child.text, [])
        return found is not None and found.split.grammar != "plain" and weight(found, 0) >= OWN

    def best(self, text: str, within: list[Block]) -> Draft | None:
        """Return what the first grammar that finds a paper reads; else what speaks most for
        one."""
        if len(text) > LONGEST:
            return None
        parts = pieces(as_markdown(text), self.references)
        best: Draft | None = None
        names = [self.favourite, *GRAMMARS] if self.favourite else list(GRAMMARS)
        for name in dict.fromkeys(names):
            split = GRAMMARS[name](parts)
            if split is None or not split.title.strip():
                continue
            draft = self.whole(split, within)
            if weight(draft, self.sign) >= ENOUGH:
                return draft
            if best is None or weight(draft, self.sign) > weight(best, self.sign):
                best = draft
        return best

    def whole(self, split: Split, within: list[Block]) -> Draft:
        draft = draft_of(split)
        for child in within:
            take_within(draft, child, self.references)
        return draft

    def judged(
        self, kind: str, line: int, lines: int, draft: Draft | None, text: str, form: str = ""
    ) -> Place:
        """Return a place with its verdict; one that looks like a paper and has no title is a
        fault."""
        place = Place(kind, line, lines, draft)
        if draft is None:
            links = every_link(pieces(as_markdown(text[:LONGEST]), self.references))
            place.is_fault = (
                any(is_scholarly(link.url) for link in links)
                and self.sign >= 0
                and kind != "paragraph"
            )
            place.reason = (
                "It leads to a paper, but no title was found."
                if place.is_fault
                else "No title of a paper."
            )
            return place
        place.weight, place.form = weight(draft, self.sign), form or draft.split.grammar
        if place.weight < ENOUGH:
            place.reason = reason(draft, self.sign)
        return place

    def row(self, unit: Unit) -> Place:
        header = unit.block.header
        if header not in self.roles:
            rows = [
                one.block
                for one in self.part.units
                if one.block.kind == "row" and one.block.header == header
            ]
            self.roles[header] = roles_of(header, rows)
        if "title" not in self.roles[header].values():
            return Place(
                "row", unit.line, unit.lines, None, "A row of a table without titles of papers."
            )
        draft = draft_of_row(unit.block, self.roles[header], self.references)
        return self.judged("row", unit.line, unit.lines, draft, unit.block.text, "table")

    def named(self, unit: Unit) -> Place:
        """Read a title over names with values."""
        text, draft = unit.block.text, None
        if unit.block.kind == "heading":
            parts = pieces(as_markdown(text), self.references)
            split = GRAMMARS["linked"](parts) or Split("bold", "".join(p.text for p in parts))
            draft = self.whole(split, unit.within)
        else:
            draft = self.best(text, unit.within)
        place = self.judged("named", unit.line, unit.lines, draft, text, "named")
        if draft and unit.name:
            draft.alias = draft.alias or unit.name
        return place

    def paragraph(self, unit: Unit) -> Iterator[Place]:
        """Yield the papers of a paragraph: one of all its lines, or one for some of them."""
        lines = as_markdown(unit.block.text).split("\n")
        if len(lines) != unit.lines or sum(map(len, lines)) > LONGEST:
            lines = []
        told, rest = told_in(lines, self.references) if len(lines) > 1 else ([], [])
        if told:
            yield from self.told(unit, told, rest)
            return
        draft = self.best(unit.block.text, [])
        if draft and is_titled(draft) and weight(draft, self.sign) >= ENOUGH:
            alone = [self.best(line, []) for line in lines] if len(lines) > 1 else []
            if (
                sum(
                    bool(one and is_titled(one) and weight(one, self.sign) >= ENOUGH)
                    for one in alone
                )
                > 1
            ):
                for at, one in enumerate(alone):
                    yield self.judged("line", unit.line + at, 1, one, lines[at])
                return
            yield self.judged("line", unit.line, unit.lines, draft, unit.block.text)
            return
        yield Place("paragraph", unit.line, unit.lines, None, "Words about the list.")

    def told(self, unit: Unit, told: list[Told], rest: list[int]) -> Iterator[Place]:
        for one in told:
            line, count = unit.line + one.first, one.last - one.first + 1
            place = self.judged("line", line, count, one.draft, "", "lines")
            place.weight += 1.0  # a title over names
            yield place
        for at in rest:
            yield Place("aside", unit.line + at, 1, None, "Words between papers.")


def is_titled(draft: Draft) -> bool:
    """Whether a paragraph begins with a title that is set off: linked, bold or in quotes."""
    if draft.split.grammar == "plain":
        return (
            bool(draft.links) and len(draft.notes) == 0 and bool(draft.authors or draft.place.year)
        )
    return draft.split.grammar != "quoted" or bool(draft.place.year or draft.links)


def read_part(part: Part, references: Mapping[str, str]) -> Outcome:
    """Read a section twice: first to find the grammar of most of its lines, then by it."""
    section = Section(part, references)
    places = section.places()
    forms = Counter(place.form for place in places if place.draft and place.weight >= ENOUGH)
    if len(forms) > 1 and forms.most_common(1)[0][0] in GRAMMARS:
        section.favourite = forms.most_common(1)[0][0]
        places = section.places()
    return verdict(part, places, section.sign)
