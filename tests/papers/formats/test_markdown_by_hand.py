"""Lists of other makers: counted whole by a plain rule, and fifty papers of each read by hand.

The fifty are spread evenly: of `n` papers those at `i * n // 50`, or all when there are fewer.
`lists_by_hand/<list>.json` says of each what a person read in the raw line.
"""

import json
import re
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from papers.entries import Document, Entry
from papers.formats.markdown_list import read

LISTS = Path(__file__).resolve().parents[4] / "shared/data/4-paperlists"
BY_HAND = Path(__file__).resolve().parent.parent / "lists_by_hand"
DATED = r"\s*[-*]\s+\d{4}(\.\d+)?-"
# How a paper's line begins, and the sections that count: those named, or all but those named.
RULES = {
    "Awesome-Efficient-ViT": (DATED, "", ""),
    "Awesome-Pruning-at-Initialization": (DATED, "", ""),
    "EMDL_awesome-emdl": (
        r"\s*\d+\.\s",
        r"Survey|Model|System|Quantization|Pruning|Approx|Character|Research Demos|NEON",
        "",
    ),
    "EfficientDNNs_2021-07": (DATED, "", ""),
    "FLHonker_Awesome-Knowledge-Distillation": (r"\d+\. ", "", r"Distiller Tools"),
    "chester256_Model-Compression-Papers": (r"- \[", "", ""),
    "dennybritz_papernotes": (r"- ", "", ""),
    "dkozlov_awesome-knowledge-distillation": (r"- ", r"Papers$", ""),
    "he-y_Awesome-Pruning": (r"\|\s*\[.+\]\(.*\|", "", ""),
    "terryum_awesome-deep-learning-papers": (r"- ", r"^### ", r"Video Lectures"),
    "thunlp_GNNPapers": (r"\s*\d+\.\s+\*\*", "", ""),
    "weiaicunzai_awesome-image-classification": (r"\*\*(?!Note)", "", ""),
}
# What a rule finds, as those who chose the lists counted it.
COUNTS = {
    "Awesome-Efficient-ViT": 18,
    "Awesome-Pruning-at-Initialization": 78,
    "EMDL_awesome-emdl": 57,
    "EfficientDNNs_2021-07": 675,
    "FLHonker_Awesome-Knowledge-Distillation": 693,
    "chester256_Model-Compression-Papers": 65,
    "dennybritz_papernotes": 627,
    "dkozlov_awesome-knowledge-distillation": 160,
    "he-y_Awesome-Pruning": 278,
    "terryum_awesome-deep-learning-papers": 223,
    "thunlp_GNNPapers": 461,
    "weiaicunzai_awesome-image-classification": 64,
}
# Among papers, but lists, a demonstration and a manual: they may be read, and need not be.
IN_DOUBT = {"EMDL_awesome-emdl": {9, 11, 75, 145, 167}}
# Papers a person sees and the rules miss: bullets among numbers, no space, a title not in bold.
ALSO = {
    "FLHonker_Awesome-Knowledge-Distillation": {358, 359, 360, 361, 362, 363},
    "dennybritz_papernotes": {349},
    "weiaicunzai_awesome-image-classification": {382},
}
TOLD = {"oral", "spotlight", "poster", "workshop", "best paper"}  # marks that are never remarks
DASHES = re.compile("[\u00ad\u2010\u2011-]+")

pytestmark = pytest.mark.skipif(not LISTS.is_dir(), reason="the lists are not here")
every_list = pytest.mark.parametrize("name", sorted(RULES))


@cache
def document(name: str) -> Document:
    return read((LISTS / f"{name}.md").read_text(encoding="utf-8-sig"))


def lines_by_rule(name: str) -> list[int]:
    """Return the lines that begin a paper, by the rule alone."""
    begins, within, without = (re.compile(words) for words in RULES[name])
    found, section = [], ""
    text = (LISTS / f"{name}.md").read_text(encoding="utf-8-sig")
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith("#"):
            section = line
        counts = within.search(section) and not (without.pattern and without.search(section))
        if counts and begins.match(line):
            found.append(number)
    return found


def lines_of_papers(name: str) -> list[int]:
    return [line for line in lines_by_rule(name) if line not in IN_DOUBT.get(name, set())]


def spread(lines: list[int]) -> list[int]:
    """Return fifty of them at even distances, or all when they are fewer."""
    count = len(lines)
    return lines if count <= 50 else [lines[i * count // 50] for i in range(50)]


def by_hand(name: str) -> list[dict]:
    return json.loads((BY_HAND / f"{name}.json").read_text(encoding="utf-8"))


def lines_of(entry: Entry) -> range:
    return range(entry.line, entry.line + entry.lines)


def entry_at(name: str, line: int) -> Entry | None:
    found = (one for one in document(name).entries if line in lines_of(one))
    return next(found, None)


def plain(title: str) -> str:
    """Return a title without what a printer adds: broken hyphens, wide spaces, a last full stop."""
    return DASHES.sub("-", " ".join(title.split())).strip(" .,∗*")


def marks_of(entry: Entry) -> set[str]:
    paper = entry.paper
    told = {paper.presentation, "workshop" * paper.is_workshop, paper.award.casefold().rstrip("!")}
    return (told | {mark.casefold() for mark in entry.marks} | {entry.note.casefold()}) - {""}


def words(row: dict, entry: Entry) -> list[tuple[str, object, object, bool]]:
    """Return title, year, venue: the fact, what a person read, what we read, if that is right."""
    paper = entry.paper
    found = [("title", row["title"], paper.title, plain(paper.title) == plain(row["title"]))]
    if "year" in row:
        found.append(("year", row["year"], paper.year, paper.year == row["year"]))
    if "venue" in row:
        venues = [row["venue"]] if isinstance(row["venue"], str) else row["venue"]
        is_right = paper.venue.casefold() in [venue.casefold() for venue in venues]
        found.append(("venue", row["venue"], paper.venue, is_right))
    return found


def links_and_marks(row: dict, entry: Entry) -> list[tuple[str, object, object, bool]]:
    """Return links with their kinds, arXiv numbers and marks; one too many is one wrong."""
    paper, marks = entry.paper, marks_of(entry)
    links = {link.url: link.kind for link in paper.links}
    wanted = {url: kind for kind, url in row["links"]}
    expected = {mark.casefold() for mark in row.get("marks", [])}
    found = [
        *((url, kind, links.get(url), links.get(url) == kind) for url, kind in wanted.items()),
        *((url, None, kind, False) for url, kind in links.items() if url not in wanted),
        *(("mark", mark, marks, any(mark in one for one in marks)) for mark in sorted(expected)),
        *(("mark", None, mark, False) for mark in sorted((marks & TOLD) - expected)),
    ]
    if "arxiv" in row:
        value = dict(paper.identifiers).get("arxiv", "")
        found.append(("arxiv", row["arxiv"], value, value.split("v")[0] == row["arxiv"]))
    return found


@every_list
def test_the_rule_finds_as_many_papers_as_were_counted(name):
    assert len(lines_by_rule(name)) == COUNTS[name]


@every_list
def test_the_lines_read_by_hand_are_spread_evenly(name):
    assert [row["line"] for row in by_hand(name)] == spread(lines_of_papers(name))


@every_list
def test_nearly_every_paper_is_read_and_nearly_nothing_else(name):
    lines = lines_of_papers(name)
    papers = {*lines, *IN_DOUBT.get(name, set()), *ALSO.get(name, set())}
    entries = document(name).entries

    missing = [line for line in lines if entry_at(name, line) is None]
    more = [one.line for one in entries if papers.isdisjoint(lines_of(one))]
    twice = [a.line for a, b in pairwise(entries) if b.line in lines_of(a)]

    print(f"{name}: {len(lines)} lines, {len(entries)} read, missing {missing}, more {more}")
    assert not twice
    assert len(missing) <= len(lines) * 0.01, missing
    assert len(more) <= len(entries) * 0.01, more


@every_list
@pytest.mark.parametrize("facts", [words, links_and_marks])
def test_facts_are_what_a_person_reads(name, facts):
    right, wrong = 0, []

    for row in by_hand(name):
        entry = entry_at(name, row["line"])
        if entry is None:
            wrong.append((row["line"], "paper", row["title"], "not read"))
            continue
        for fact, expected, got, is_right in facts(row, entry):
            right += is_right
            wrong += [] if is_right else [(row["line"], fact, expected, got)]

    count = right + len(wrong)
    print(f"{name}, {facts.__name__}: {right} of {count} right", *wrong, sep="\n  ")
    assert right >= 0.98 * count, wrong
