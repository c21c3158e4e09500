from dataclasses import replace

import pytest
from hypothesis import given
from markdown_it import MarkdownIt

from papers.formats import citation_text
from papers.formats.citing import one_line
from papers.records import AuthorRecord, LinkRecord, PaperRecord
from tests.papers.formats.paper_strategies import NASTY, SLOWLY, papers
from tests.papers.formats.test_bibtex import FULL


def test_citation_is_a_line_of_what_is_known():
    assert citation_text.dumps([FULL, PaperRecord("Alone?")]) == (
        "Ada Lovelace and Ludwig van Beethoven (2018). BERT & friends: a study of Bayes in 50% of"
        " {cases}. Journal of Sketches 12(2), 1–10. https://doi.org/10.1234/5_6\n"
        "Alone?\n"
    )


def test_markdown_leads_to_the_paper_and_its_code():
    paper = replace(FULL, title="A [B] *c*", identifiers=())

    assert citation_text.dumps_markdown([paper]) == (
        "- Ada Lovelace and Ludwig van Beethoven (2018)."
        " [A \\[B\\] \\*c\\*](https://example.org/a_b%20c)."
        " Journal of Sketches 12(2), 1–10."
        " [\\[code\\]](https://example.org/~ada/code)\n"
    )


def test_seven_authors_are_six_and_others():
    paper = PaperRecord("A", authors=(AuthorRecord("B", ""),) * 7)

    assert citation_text.plain(paper) == "B, B, B, B, B, B, et al. A."


@pytest.mark.parametrize(("names", "said"), [(1, "B et al. A."), (2, "B, B, et al. A."), (0, "A.")])
def test_authors_who_are_not_named_are_told(names, said):
    paper = PaperRecord("A", authors=(AuthorRecord("B", ""),) * names, details=(("et-al", "1"),))

    assert citation_text.plain(paper) == said


@SLOWLY
@given(papers(title=NASTY.filter(one_line)))
def test_markdown_of_any_paper_is_one_item_with_its_title(paper):
    tokens = MarkdownIt("commonmark").parse(citation_text.dumps_markdown([paper]))

    inline = [token for token in tokens if token.type == "inline"]
    assert [token.type for token in tokens if token.type.endswith("_open")] == [
        "bullet_list_open",
        "list_item_open",
        "paragraph_open",
    ]
    shown = "".join(child.content for child in inline[0].children if child.type == "text")
    assert one_line(paper.title) in shown


@pytest.mark.parametrize(
    "title", ["1. A", "- A", "+ A", "# A", "> A", "---", "<b>", "&amp;", "a_b_"]
)
def test_text_that_looks_like_markdown_stays_text(title):
    tokens = MarkdownIt("commonmark").parse(citation_text.dumps_markdown([PaperRecord(title)]))

    (inline,) = [token for token in tokens if token.type == "inline"]
    assert "".join(child.content for child in inline.children) == f"{title}."


def test_address_cannot_end_its_link():
    paper = PaperRecord("A", links=(LinkRecord("paper", "https://example.org/a) [b](c"),))

    assert citation_text.markdown(paper) == "[A](https://example.org/a%29%20[b]%28c)."
