"""Links in rows: each address once, all named alike."""

import pytest

from papers.links_shown import shown_links
from tests.factories import make_paper, make_venue
from tests.papers.rows import make_link

pytestmark = pytest.mark.django_db

ARXIV = "https://arxiv.org/abs/1706.03762"


def names_of(*links):
    paper = make_paper()
    for number, link in enumerate(links):
        make_link(paper, **{"position": number, "label": "", **link})
    return [(each.name, each.url) for each in shown_links(paper.links.all())]


def test_the_same_address_is_shown_once_as_the_version_that_says_most():
    version = {"kind": "version", "venue": make_venue("arXiv"), "year": 2017}
    pdf = ARXIV.replace("abs", "pdf") + "v5"

    found = names_of(
        {"url": ARXIV, "label": "arXiv"},
        {"url": pdf, **version},
        {"url": "https://example.org/code", "kind": "code"},
    )

    assert found == [("also arXiv 2017", pdf), ("Code", "https://example.org/code")]


@pytest.mark.parametrize(
    ("link", "name"),
    [
        ({"kind": "code"}, "Code"),
        ({"kind": "code", "label": "code"}, "Code"),
        ({"kind": "code", "label": "Code"}, "Code"),
        ({"label": "pdf"}, "PDF"),
        ({"label": "arXiv"}, "arXiv"),
        ({"kind": "version", "label": "arXiv 2017", "year": 2017}, "also arXiv 2017"),
        ({"kind": "version", "label": "long version"}, "Long version"),
        ({"kind": "version", "year": 2019}, "also 2019"),
    ],
)
def test_links_are_named_alike(link, name):
    assert names_of({"url": "https://example.org/x", **link}) == [(name, "https://example.org/x")]
