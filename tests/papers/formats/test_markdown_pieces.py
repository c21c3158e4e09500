"""Single facts inside the lines of Markdown lists, in the ways that people write these."""

from dataclasses import replace

import pytest

from papers.formats.markdown_facts import Facts, edited
from papers.formats.markdown_pieces import rewritten
from papers.records import LinkRecord

PAPER = LinkRecord("paper", "https://arxiv.org/abs/1510.00149")
CODE = LinkRecord("code", "https://github.com/ada/nets", "Code")
NETS = Facts(
    "Deep Nets", 2018, None, "NIPS", presentation="oral", links=(PAPER, CODE), note="short"
)
DATED = f"- 2018-NIPSo-[Deep Nets]({PAPER.url}) [[Code]({CODE.url})] (short)"
NUMBERED = f"\t1. [Deep Nets]({PAPER.url}) \n\t\t- short"
TAGGED = f"- [Deep Nets]({PAPER.url}) [NIPS'18]"
NAMED = f"- [Deep Nets]({PAPER.url}), Ada Lovelace, Grace Hopper, 2018"
ROW = f"| [Deep Nets]({PAPER.url}) | NIPS 2018 | F | [Code]({CODE.url}) |"


@pytest.mark.parametrize(
    ("text", "changes", "expected"),
    [
        (DATED, {"title": "Nets"}, DATED.replace("Deep Nets", "Nets")),
        (DATED, {"year": 2019}, DATED.replace("2018", "2019")),
        (DATED, {"month": 7}, DATED.replace("2018-", "2018.07-")),
        (DATED, {"venue": "ICML"}, DATED.replace("NIPS", "ICML")),
        (DATED, {"presentation": "spotlight"}, DATED.replace("NIPSo", "NIPSs")),
        (DATED, {"presentation": ""}, DATED.replace("NIPSo", "NIPS")),
        (DATED, {"is_workshop": True, "presentation": ""}, DATED.replace("NIPSo", "NIPSw")),
        (DATED, {"note": "long\nand wide"}, DATED.replace("short", "long and wide")),
        (DATED, {"note": ""}, DATED.replace(" (short)", "")),
        (DATED, {"award": "Best paper"}, f"{DATED} [Award: Best paper]"),
        (DATED, {"links": (PAPER,)}, DATED.replace(f" [[Code]({CODE.url})]", "")),
        (DATED, {"links": (CODE,)}, DATED.replace(PAPER.url, "")),
        (
            DATED,
            {"links": (PAPER, replace(CODE, url="https://gitlab.com/ada"))},
            DATED.replace(CODE.url, "https://gitlab.com/ada"),
        ),
        (
            DATED,
            {"links": (PAPER, CODE, LinkRecord("video", "https://example.org/v"))},
            f"{DATED} [[Video](https://example.org/v)]",
        ),
    ],
)
def test_a_dated_bullet_changes_in_one_piece(text, changes, expected):
    assert rewritten(text, NETS, replace(NETS, **changes)) == expected


@pytest.mark.parametrize(
    ("text", "printed", "changes", "expected"),
    [
        (NUMBERED, {"note": "short"}, {"note": "long"}, NUMBERED.replace("short", "long")),
        (NUMBERED, {"note": "short"}, {"note": ""}, NUMBERED.partition("\n")[0]),
        (TAGGED, {"year": 2018, "venue": "NIPS"}, {"year": 2019}, TAGGED.replace("'18", "'19")),
        (TAGGED, {"year": 2018, "venue": "NIPS"}, {"venue": "KDD"}, TAGGED.replace("NIPS", "KDD")),
        (NAMED, {"year": 2018}, {"year": 2020}, NAMED.replace("2018", "2020")),
        (
            NAMED,
            {"authors": ("Ada Lovelace", "Grace Hopper")},
            {"authors": ("Ada King", "Grace Hopper")},
            NAMED.replace("Ada Lovelace", "Ada King"),
        ),
        (
            NAMED,
            {"authors": ("Ada Lovelace", "Grace Hopper")},
            {"authors": ("Ada Lovelace",)},
            NAMED.replace(", Grace Hopper", ""),
        ),
        (
            NAMED,
            {"authors": ("Ada Lovelace", "Grace Hopper")},
            {"authors": ("Ada Lovelace", "Grace Hopper", "Alan Turing")},
            NAMED.replace("Grace Hopper", "Grace Hopper, Alan Turing"),
        ),
        (ROW, {"venue": "NIPS", "year": 2018}, {"venue": "A|B"}, ROW.replace("NIPS", "A\\|B")),
        (ROW, {}, {"title": "A | B"}, ROW.replace("Deep Nets", "A \\| B")),
        (
            ROW,
            {"links": (PAPER,)},
            {"links": (PAPER, LinkRecord("slides", "https://example.org/s"))},
            ROW.replace(" | NIPS", " [[Slides](https://example.org/s)] | NIPS"),
        ),
    ],
)
def test_other_ways_of_writing_change_in_one_piece(text, printed, changes, expected):
    facts = Facts("Deep Nets", **printed)

    assert rewritten(text, facts, replace(facts, **changes)) == expected


def test_a_year_in_an_address_or_a_title_is_left_alone():
    text = "- [Nets of 2018](https://example.org/2018/nets), Ada, 2018"
    facts = Facts("Nets of 2018", 2018)

    assert rewritten(text, facts, replace(facts, year=2021)) == text[:-4] + "2021"


def test_what_is_not_there_cannot_be_replaced():
    facts = Facts("Other words", 2018)

    assert rewritten("- [Deep Nets]()", facts, replace(facts, title="New")) is None


def test_what_the_catalogue_made_of_the_printed_words_is_no_edit():
    printed = replace(NETS, links=(PAPER,))
    then = replace(printed, venue="NeurIPS", links=(PAPER, CODE))

    assert edited(printed, then, then) == printed
    assert edited(printed, then, replace(then, year=2019)) == replace(printed, year=2019)
