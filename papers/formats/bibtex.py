"""BibTeX and BibLaTeX, read and written: https://ctan.org/pkg/biblatex."""

from collections.abc import Iterable

from papers.entries import Document, Entry, Refused, Skipped
from papers.formats.bibtex_blocks import Block, blocks
from papers.formats.bibtex_reading import paper_of
from papers.formats.bibtex_writing import fields_of
from papers.formats.cite_key import Keys, key_of
from papers.formats.citing import clean
from papers.records import PaperRecord

NO_PAPERS = {"set": "a set of other entries", "xdata": "fields for other entries"}


def read(text: str) -> Document:
    """Read every entry; what is broken, repeated or without a title is reported.

    Raises Refused when nothing in the text is BibTeX.
    """
    found, skipped = blocks(text)
    entries = []
    for block in found:
        entry = entry_of(block)
        if isinstance(entry, Skipped):
            skipped.append(entry)
        else:
            entries.append(entry)
    if not entries and not any(each.is_fault for each in skipped):
        raise Refused("This BibTeX holds no entry.")
    return Document(
        entries=tuple(entries),
        skipped=tuple(sorted(skipped, key=lambda each: each.line)),
        format="bibtex",
        text=text,
    )


def entry_of(block: Block) -> Entry | Skipped:
    if block.kind in NO_PAPERS:
        return Skipped(block.line, block.text, NO_PAPERS[block.kind], is_fault=False)
    if block.is_volume:
        reason = "the volume that other entries of this file stand in"
        return Skipped(block.line, block.text, reason, is_fault=False)
    paper, note, warnings = paper_of(block)
    if not paper.title:
        reason = ": ".join(["this entry has no title", *block.warnings[:1]])
        return Skipped(block.line, block.text, reason)
    return Entry(
        paper=paper,
        line=block.line,
        lines=block.text.count("\n") + 1,
        text=block.text,
        note=note,
        warnings=(*block.warnings, *warnings),
    )


def dumps(papers: Iterable[PaperRecord]) -> str:
    """Return entries under keys that are all different, in the order of the papers."""
    keys = Keys()
    return "\n".join(entry_text(paper, keys.take(key_of(paper))) for paper in papers)


def readable(text: str) -> str:
    """Return entries of ours as people read them: without the field that only programs need."""
    return "".join(
        line for line in text.splitlines(keepends=True) if not line.startswith("  verba = ")
    )


def entry_text(paper: PaperRecord, key: str) -> str:
    kind, fields = fields_of(paper)
    lines = [f"  {name} = {value},\n" for name, value in fields]
    return clean(f"@{kind}{{{key},\n{''.join(lines)}}}\n")
