from dataclasses import replace

import pytest
import rispy
from hypothesis import given
from hypothesis import strategies as st

from papers.entries import Refused
from papers.formats import ris
from papers.records import AuthorRecord, LinkRecord, PaperRecord
from tests.papers.formats.citations import read_back, sorted_paper
from tests.papers.formats.paper_strategies import NASTY, SLOWLY, papers
from tests.papers.formats.test_bibtex import FULL


def test_reference_is_written_and_nothing_lost():
    assert ris.dumps([FULL]) == (
        "TY  - JOUR\n"
        "ID  - lovelace2018bert\n"
        "TI  - BERT & friends: a study of Bayes in 50% of {cases}\n"
        "AU  - Lovelace, Ada\n"
        "AU  - Beethoven, Ludwig van\n"
        "T2  - Journal of Sketches\n"
        "PY  - 2018\n"
        "DA  - 2018/06//\n"
        "DO  - 10.1234/5_6\n"
        "UR  - https://example.org/a_b%20c\n"
        "KW  - learning\n"
        "KW  - maps, and others\n"
        "AB  - Costs $5 & more.\n"
        "N1  - Read this first.\n"
        "VL  - 12\n"
        "IS  - 2\n"
        "PB  - Sketch Press\n"
        "SP  - 1\n"
        "EP  - 10\n"
        "C1  - presented=oral&award=Best%20paper&arxiv=1806.01234&openreview=B1xsqj09Fm"
        "&code=https://example.org/%7Eada/code\n"
        "ER  - \n"
    )
    assert read_back(ris.read(ris.dumps([FULL]))) == [sorted_paper(FULL)]


@SLOWLY
@given(st.lists(papers(), min_size=1, max_size=2, unique_by=lambda paper: paper.key))
def test_what_is_written_is_read_back(written):
    assert read_back(ris.read(ris.dumps(written))) == [sorted_paper(paper) for paper in written]


@SLOWLY
@given(st.lists(st.one_of(NASTY, st.sampled_from(["TY  - JOUR", "AU  - A", "ER  - ", "XX  - "]))))
def test_any_text_is_read(lines):
    document = ris.read("\n".join(["TY  - JOUR", "TI  - A", *lines]))

    assert document.entries[0].paper.title.startswith("A")


def test_other_dialects_are_read_with_the_lines_they_stand_on():
    document = ris.read(
        "\ufeffProvider: Somebody\r\n"
        "\r\n"
        "TY  - CPAPER\r\n"
        "T1  - A sketch\r\n"
        "A1  - Lovelace, Ada\r\n"
        "A1  - King, Martin, Jr\r\n"
        "BT  - Proceedings of Sketches\r\n"
        "Y1  - 2018/06/12/\r\n"
        "SP  - 55\r\n"
        "EP  - 65\r\n"
        "SN  - 0028-0836\r\n"
        "UR  - https://example.org/a;b\r\n"
        "L1  - https://example.org/a.pdf\r\n"
        "N2  - About\r\n"
        "sketches.\r\n"
        "ER  - \r\n"
        "TY - JOUR\n"
        "TI - No end\n"
        "JO - Journal\n"
        "PY - 2019\n"
        "TY  - JOUR\n"
        "AU  - Nobody\n"
        "ER  -\n"
    )

    first, second = document.entries
    assert first.paper == PaperRecord(
        title="A sketch",
        authors=(AuthorRecord("Ada Lovelace", ""), AuthorRecord("Martin King Jr", "")),
        venue="Proceedings of Sketches",
        venue_kind="conference",
        year=2018,
        month=6,
        abstract="About sketches.",
        links=(
            LinkRecord("paper", "https://example.org/a;b"),
            LinkRecord("paper", "https://example.org/a.pdf"),
        ),
        details=(("ISSN", "0028-0836"), ("page", "55-65")),
    )
    assert (first.line, first.lines, second.line, second.lines) == (3, 14, 17, 4)
    assert (second.paper.venue, second.paper.year) == ("Journal", 2019)
    assert [bool(entry.warnings) for entry in document.entries] == [False, True]
    assert [(each.line, each.is_fault) for each in document.skipped] == [(1, False), (21, True)]


@pytest.mark.parametrize("text", ["", "Dear Ada,", "TI  - A\nER  - ", "\ud800"])
def test_what_is_no_ris_is_refused(text):
    with pytest.raises(Refused):
        ris.read(text)


def test_no_line_of_a_value_becomes_a_tag():
    nasty = replace(FULL, title="A\r\nER  - \nTY  - BOOK\x00\ud800 ]]>")

    text = ris.dumps([nasty])

    assert text.encode()
    assert [entry.paper.title for entry in ris.read(text).entries] == ["A ER - TY - BOOK ]]>"]


def test_rispy_reads_ours_whole():
    theirs = rispy.loads(ris.dumps([FULL, FULL]))

    assert [each["id"] for each in theirs] == ["lovelace2018bert", "lovelace2018berta"]
    assert theirs[0]["authors"] == ["Lovelace, Ada", "Beethoven, Ludwig van"]


@pytest.mark.parametrize("others", ["et al.", "et al", "others", "and others"])
def test_authors_who_are_not_named_are_read_and_written(others):
    text = f"TY  - GEN\nTI  - A\nAU  - Lovelace, Ada\nAU  - {others}\nER  - \n"

    (entry,) = ris.read(text).entries

    assert entry.paper.authors == (AuthorRecord("Ada Lovelace", ""),)
    assert entry.paper.details == (("et-al", "1"),)
    assert "AU  - Lovelace, Ada\nAU  - et al.\n" in ris.dumps([entry.paper])


def test_others_without_anybody_named_are_nobody():
    (entry,) = ris.read("TY  - GEN\nTI  - A\nAU  - et al.\nER  - \n").entries

    assert (entry.paper.authors, entry.paper.details) == ((), ())


def test_organizations_are_not_turned():
    details = (("organizations", "Google Brain"),)
    paper = PaperRecord("A", key="a", authors=(AuthorRecord("Google Brain", ""),), details=details)

    text = ris.dumps([paper])

    assert "AU  - Google Brain\n" in text
    assert read_back(ris.read(text)) == [paper]
