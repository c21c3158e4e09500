import json

import pytest

from papers.formats import jsonld
from papers.records import AuthorRecord, LinkRecord, PaperRecord


def record(**values):
    return PaperRecord(**{"code": "P22222222", "title": "A title"} | values)


def test_what_is_unknown_is_left_out():
    assert json.loads(jsonld.dumps(record(), "https://example.org/papers/P22222222/")) == {
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle",
        "@id": "https://example.org/papers/P22222222/",
        "url": "https://example.org/papers/P22222222/",
        "headline": "A title",
        "name": "A title",
    }


def test_authors_venue_and_addresses_are_told():
    paper = record(
        authors=(AuthorRecord("Ada Lovelace", "IBM"), AuthorRecord("王伟", "")),
        venue="JMLR",
        venue_kind="journal",
        year=2018,
        month=6,
        identifiers=(("doi", "10.1/1"), ("cvf", "x")),
        links=(
            LinkRecord("paper", "https://example.org/p.pdf"),
            LinkRecord("code", "https://example.org/code"),
        ),
    )

    told = json.loads(jsonld.dumps(paper, "https://example.org/"))

    assert told["author"] == [
        {"@type": "Person", "name": "Ada Lovelace", "affiliation": "IBM"},
        {"@type": "Person", "name": "王伟"},
    ]
    assert told["isPartOf"] == {"@type": "Periodical", "name": "JMLR"}
    assert told["datePublished"] == "2018-06"
    assert told["sameAs"] == ["https://doi.org/10.1/1", "https://example.org/p.pdf"]


@pytest.mark.parametrize("title", ["</script>", "<!--", "a & b", '"\\u003C', "\u2028"])
def test_no_text_ends_the_script_element(title):
    text = jsonld.dumps(record(title=title), "https://example.org/")

    assert json.loads(text)["name"] == title
    assert [sign for sign in "<>&" if sign in text] == []
