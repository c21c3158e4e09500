"""Lists in the styles of many makers, one file each, with what a person reads in them.

`lists_of_dialects/<style>.md` is a short list, `<style>.txt` its papers: title, venue and date,
first author, links by kind, marks, alias, between bars. Written before the reader saw them.
"""

from pathlib import Path

import pytest

from papers.formats.markdown_list import read

LISTS = Path(__file__).resolve().parent.parent / "lists_of_dialects"
STYLES = sorted(path.stem for path in LISTS.glob("*.md"))


def text_of(style):
    return (LISTS / f"{style}.md").read_text(encoding="utf-8")


def papers_by_hand(style):
    rows = (LISTS / f"{style}.txt").read_text(encoding="utf-8").splitlines()
    return [tuple(cell.strip() for cell in f"{row}|||||".split("|")[:6]) for row in rows]


def facts(entry):
    paper = entry.paper
    date = f"{paper.year or ''}" + (f".{paper.month}" if paper.month else "")
    return (
        paper.title,
        f"{paper.venue} {date}".strip(),
        paper.authors[0].name if paper.authors else "",
        " ".join(link.kind for link in paper.links),
        ", ".join(entry.marks),
        paper.alias,
    )


def test_there_are_lists_to_read():
    assert len(STYLES) > 40


@pytest.mark.parametrize("style", STYLES)
def test_list_in_a_style_is_read_as_a_person_reads_it(style):
    document = read(text_of(style))

    assert [facts(entry) for entry in document.entries] == papers_by_hand(style)
