import pytest

from papers.formats import highwire
from papers.records import AuthorRecord, LinkRecord, PaperRecord

ADDRESS = "https://example.org/papers/P22222222/"


def tags(**values):
    return list(highwire.tags(PaperRecord(**{"title": "A title"} | values), ADDRESS))


def test_all_that_scholar_reads_is_told_in_order():
    assert tags(
        authors=(AuthorRecord("Ada Lovelace", "IBM"), AuthorRecord("王伟", "")),
        venue="Journal of Machine Learning Research",
        venue_kind="journal",
        year=2018,
        month=6,
        details=(("page", "1-34"), ("volume", "19"), ("issue", "2"), ("editor", "Nobody")),
        identifiers=(("arxiv", "1712.08934"), ("doi", "10.1/1"), ("cvf", "x")),
        links=(
            LinkRecord("paper", "https://arxiv.org/pdf/1712.08934"),
            LinkRecord("paper", "https://arxiv.org/abs/1712.08934"),
            LinkRecord("slides", "https://example.org/slides.pdf"),
        ),
        topics=("Pruning", "Surveys"),
    ) == [
        ("citation_title", "A title"),
        ("citation_author", "Ada Lovelace"),
        ("citation_author_institution", "IBM"),
        ("citation_author", "王伟"),
        ("citation_publication_date", "2018/06"),
        ("citation_journal_title", "Journal of Machine Learning Research"),
        ("citation_volume", "19"),
        ("citation_issue", "2"),
        ("citation_firstpage", "1"),
        ("citation_lastpage", "34"),
        ("citation_arxiv_id", "1712.08934"),
        ("citation_doi", "10.1/1"),
        ("citation_pdf_url", "https://arxiv.org/pdf/1712.08934"),
        ("citation_abstract_html_url", ADDRESS),
        ("citation_keywords", "Pruning"),
        ("citation_keywords", "Surveys"),
    ]


def test_what_is_unknown_is_left_out():
    assert tags() == [("citation_title", "A title"), ("citation_abstract_html_url", ADDRESS)]


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("conference", ["citation_conference_title"]),
        ("book", ["citation_inbook_title"]),
        ("preprint", []),
        ("", []),
    ],
)
def test_the_venue_is_named_by_its_kind(kind, name):
    found = [name for name, content in tags(venue="V", venue_kind=kind) if content == "V"]

    assert found == name


@pytest.mark.parametrize(
    ("pages", "ends"),
    [
        ("12-19", ("12", "19")),
        ("12–19", ("12", "19")),
        ("12 -- 19", ("12", "19")),
        ("e17", ("e17", "")),
        ("", ("", "")),
        ("1-2, 5-6", ("", "")),
        ("-", ("", "")),
    ],
)
def test_pages_have_a_first_and_a_last(pages, ends):
    assert highwire.ends(pages) == ends


@pytest.mark.parametrize(
    ("url", "is_pdf"),
    [
        ("https://example.org/p.PDF", True),
        ("https://openreview.net/pdf?id=x", True),
        ("https://arxiv.org/pdf/1712.08934v2", True),
        ("https://example.org/pdfs/", False),
        ("https://example.org/p.pdf.html", False),
    ],
)
def test_a_pdf_is_told_by_its_address(url, is_pdf):
    assert highwire.is_pdf(url) is is_pdf
