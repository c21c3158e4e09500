"""/papers/<code>-<slug>/: everything known of a paper, and nothing that is hidden."""

import json
import re
from datetime import UTC, datetime
from html import unescape

import pytest

from papers.models import Moved, Paper, Similar
from tests.factories import make_item, make_list, make_paper, make_section, make_venue
from tests.papers.rows import make_identifier, make_link, make_presentation, make_topic
from tests.query_counts import QUERIES

pytestmark = pytest.mark.django_db


def get(client, paper):
    response = client.get(paper.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


def data(body):
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', body, re.DOTALL)
    return json.loads(found[1])


def meta(body):
    return re.findall(r'<meta name="(citation_\w+)" content="([^"]*)">', body)


@pytest.mark.parametrize(
    "segment", ["{code}", "{code}-old-title", "{lower}-a-title", "{code}-a-title-and-more"]
)
def test_another_slug_redirects_for_good_to_the_present_one(client, segment):
    paper = make_paper("A title", slug="a-title")
    segment = segment.format(code=paper.code, lower=paper.code.lower())

    response = client.get(f"/papers/{segment}/?lang=en")

    assert (response.status_code, response["Location"]) == (
        301,
        f"/papers/{paper.code}-a-title/?lang=en",
    )


@pytest.mark.parametrize("segment", ["P99999999", "nonsense", "-", "%E2%80%AE", "P9999999%00"])
def test_an_unknown_code_is_not_found(client, segment):
    make_paper()

    assert client.get(f"/papers/{segment}/").status_code in (400, 404)


def test_a_draft_is_404_until_a_programme_presents_it(client):
    paper = make_paper("Draft", is_public=False)
    before = client.get(paper.get_absolute_url()).status_code

    make_presentation(paper)

    assert (before, client.get(paper.get_absolute_url()).status_code) == (404, 200)


def test_everything_known_is_shown(client):
    paper = make_paper(
        "Deep Gradient Compression",
        authors=["Yujun Lin"],
        abstract="Less to send.",
        year=2017,
        month=12,
        venue=make_venue("Neural Information Processing Systems", short="NeurIPS", slug="neurips"),
        is_workshop=True,
        presentation="spotlight",
        award="Best paper",
        alias="DGC",
    )
    paper.authorships.update(affiliation="Tsinghua University")
    make_topic("Distributed training", slug="distributed", papers=[paper])

    body = get(client, paper)

    words = ["Deep Gradient Compression", "Yujun Lin", "Tsinghua University", "Less to send."]
    words += ["December 2017", "Neural Information Processing Systems", "workshop", "spotlight"]
    words += ["Best paper", "also called DGC", "Distributed training"]
    assert [word for word in words if word not in body] == []
    assert 'href="/papers/venues/neurips/"' in body
    assert 'href="/papers/topics/distributed/"' in body


def test_a_paper_of_which_only_the_title_is_known_has_a_page(client):
    body = get(client, make_paper("Only a title"))

    assert "none known" in body
    assert data(body)["headline"] == "Only a title"
    assert [name for name, _ in meta(body)] == ["citation_title", "citation_abstract_html_url"]


@pytest.mark.parametrize(
    ("scheme", "value", "address"),
    [
        ("doi", "10.1007/978-3-030-01237-3_14", "https://doi.org/10.1007/978-3-030-01237-3_14"),
        ("doi", "10.1002/(SICI)<1::A>3", "https://doi.org/10.1002/%28SICI%29%3C1%3A%3AA%3E3"),
        ("arxiv", "1712.08934", "https://arxiv.org/abs/1712.08934"),
        ("arxiv", "cs/0101001", "https://arxiv.org/abs/cs/0101001"),
        ("openreview", "rJ8uN_-p", "https://openreview.net/forum?id=rJ8uN_-p"),
        ("acl", "P19-1001", "https://aclanthology.org/P19-1001/"),
        ("pmlr", "v37/chenc15", "https://proceedings.mlr.press/v37/chenc15.html"),
    ],
)
def test_an_identifier_leads_to_where_it_is_kept(client, scheme, value, address):
    paper = make_paper()
    make_identifier(paper, scheme, value)

    body = get(client, paper)

    assert f'<a href="{address}" rel="noopener">' in body
    assert data(body)["sameAs"] == [address]


def test_an_identifier_without_an_address_is_text(client):
    paper = make_paper()
    make_identifier(paper, "cvf", "Zhang_Efficient_2015_CVPR")

    assert "<dd>Zhang_Efficient_2015_CVPR</dd>" in get(client, paper)


def test_links_stand_by_kind_and_lead_away_safely(client):
    paper = make_paper()
    make_link(paper, kind="code", url="https://example.org/code?a=1&b=2", label="PyTorch code")
    make_link(paper, kind="paper", url="ftp://example.org/old.ps")
    make_link(paper, kind="code", url="https://example.org/caffe", label="Caffe code")
    make_link(
        paper, kind="version", url="https://example.org/v", venue=make_venue("TPAMI"), year=2016
    )

    body = get(client, paper)

    assert 'href="ftp://example.org/old.ps" rel="noopener"' in body
    assert 'href="https://example.org/code?a=1&amp;b=2" rel="noopener"' in body
    assert body.count("<dt>Links: code</dt>") == 1
    assert ">also TPAMI 2016</a>" in body


def test_presentations_link_back_to_the_programme(client):
    paper = make_paper()
    make_presentation(
        paper,
        label="Keynote, WOE 26",
        url="/events/woe-26/talks/T22222222-keynote/",
        start=datetime(2026, 3, 26, 9, 30, tzinfo=UTC),
        zone="America/Los_Angeles",
    )

    body = get(client, paper)

    assert 'href="/events/woe-26/talks/T22222222-keynote/"' in body
    assert "26 March 2026, 02:30" in body
    assert 'datetime="2026-03-26T02:30:00-07:00"' in body


def test_the_lists_it_stands_on_are_named_with_their_words(client):
    paper, reading = make_paper(), make_list(slug="reading", title="Good reading")
    outer = make_section(reading, heading="Papers")
    inner = make_section(reading, heading="2018", parent=outer, level=2)
    item = make_item(reading, paper, section=inner, note="Short & good.", marks="o")

    body = get(client, paper)

    assert f'href="/papers/lists/reading/#{item.code}"' in body
    assert [w for w in ("Good reading", "Papers, 2018", "Short &amp; good.") if w not in body] == []


def test_a_hidden_list_is_never_named(client):
    paper = make_paper()
    make_item(make_list(title="Open list"), paper, note="said openly")
    make_item(make_list(title="Hidden list", is_public=False), paper, note="said in secret")
    make_item(make_list(title="Newer list"), paper, note="no longer there", is_gone=True)

    body = get(client, paper)

    words = ("Open list", "said openly", "Hidden", "secret", "no longer", "Newer")
    assert [word for word in words if word in body] == ["Open list", "said openly"]


def test_citation_tags_say_what_a_reference_needs(client):
    venue = make_venue("Neural Information Processing Systems")
    paper = make_paper("A & B", authors=["Ada Lovelace", "王伟"], year=2018, month=6, venue=venue)
    make_identifier(paper, "doi", "10.1000/1")
    make_link(paper, kind="paper", url="https://example.org/p.pdf")

    body = get(client, paper)

    assert meta(body) == [
        ("citation_title", "A &amp; B"),
        ("citation_author", "Ada Lovelace"),
        ("citation_author", "王伟"),
        ("citation_publication_date", "2018/06"),
        ("citation_conference_title", "Neural Information Processing Systems"),
        ("citation_doi", "10.1000/1"),
        ("citation_pdf_url", "https://example.org/p.pdf"),
        ("citation_abstract_html_url", f"http://127.0.0.1:8000{paper.get_absolute_url()}"),
    ]


def test_what_else_a_citation_says_is_shown_in_words(client):
    details = {"page": "1-10", "collection-title": "LNCS", "annote": "<b>odd</b>", "volume": ""}

    body = get(client, make_paper(details=details))

    facts = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", body)
    assert [fact for fact in facts if fact[0] in ("Series", "Pages", "annote", "Volume")] == [
        ("Series", "LNCS"),
        ("Pages", "1-10"),
        ("annote", "&lt;b&gt;odd&lt;/b&gt;"),
    ]


def test_it_can_be_cited_in_every_format(client):
    paper = make_paper("A title", authors=["Ada Lovelace"], year=2018, cite_key="lovelace2018")

    body = get(client, paper)

    box = body.partition('id="cite"')[2].partition("</section>")[0]
    named = re.findall(r"<summary>(.*?)</summary>", box)
    texts = [unescape(text) for text in re.findall(r"<pre[^>]*>(.*?)</pre>", box, re.DOTALL)]
    assert named == ["BibTeX", "RIS", "CSL-JSON", "Markdown", "Text"]
    assert [text for text in texts if "A title" not in text] == []
    assert texts[0].startswith("@misc{lovelace2018,")
    assert json.loads(texts[2])[0]["id"] == "lovelace2018"
    assert re.findall(r'href="(/papers/[^"]*)" type', box) == [
        f"/papers/{paper.code}.{ending}" for ending in ("bib", "ris", "json", "csv", "md", "txt")
    ]


def test_the_public_papers_like_it_are_named_the_most_alike_first(client):
    paper = make_paper("This one")
    others = [make_paper(f"Other {n}", venue=make_venue(short="V"), year=2000 + n) for n in (1, 2)]
    draft = make_paper("Draft", is_public=False)
    for other, score in zip([*others, draft], (0.4, 0.6, 0.9), strict=True):
        Similar.objects.create(paper=paper, other=other, score=score)

    body = get(client, paper)

    alike = body.partition("Papers like it")[2].partition("</section>")[0]
    assert re.findall(r'href="([^"]*)"><bdi>(.*?)</bdi>', alike) == [
        (others[1].get_absolute_url(), "Other 2"),
        (others[0].get_absolute_url(), "Other 1"),
    ]


def test_without_papers_like_it_nothing_is_said_of_them(client):
    assert "Papers like it" not in get(client, make_paper())


def test_a_merged_paper_leads_to_the_one_that_was_kept(client):
    kept = make_paper("Kept", slug="kept")
    Moved.objects.create(kind="paper", old="P22222222", new=kept.code)

    response = client.get("/papers/P22222222-old-title/")

    assert (response.status_code, response["Location"]) == (301, kept.get_absolute_url())


NASTY = [
    "</script><script>alert(1)</script>",
    "<!-- <script> ]]> &amp; \"quoted\" 'too'",
    "P $\\leq$ NP for $H^*X$ and Top-k \u2028 \U0001d49c",
    "مقدمة في التعلم العميق \u202e evil",
    "C++ " * 75,
    "{{ title }} {% now 'Y' %}",
]


@pytest.mark.parametrize("title", NASTY)
def test_a_title_is_text_wherever_it_stands(client, title):
    paper = make_paper(title, authors=[title[:200]], abstract=title)
    make_item(make_list(), paper, note=title, marks=title[:200])

    body = get(client, paper)

    assert data(body)["headline"] == title
    assert body.count("</script>") == body.count("<script")
    assert "<script>alert" not in body


@pytest.mark.parametrize("rows", [1, 40])
def test_a_paper_needs_the_same_queries_however_much_is_known(
    client, django_assert_num_queries, rows
):
    paper = make_paper(authors=[f"Author {number}" for number in range(rows)], venue=make_venue())
    for number in range(rows):
        reading = make_list()
        outer = make_section(reading)
        inner = make_section(reading, parent=outer, level=2)
        make_item(reading, paper, section=inner, note="A note.")
        make_link(paper, venue=make_venue())
        make_presentation(paper)
        make_topic(papers=[paper])
        make_identifier(paper, "arxiv", f"{number}")
        Similar.objects.create(paper=paper, other=make_paper(venue=make_venue()), score=0.5)

    with django_assert_num_queries(QUERIES["paper"]):
        body = get(client, paper)

    assert body.count("A note.") == rows
    assert body.count('name="citation_author"') == rows


def test_a_page_has_one_heading_of_the_first_level(client):
    assert get(client, make_paper(abstract="Words.")).count("<h1") == 1


def test_the_public_test_is_the_querysets(client):
    make_paper("Draft", is_public=False)
    public = make_paper("Public")

    assert list(Paper.objects.public()) == [public]


def test_an_address_is_shown_once_and_another_version_says_once_where_and_when(client):
    arxiv = make_venue("arXiv", slug="arxiv")
    paper = make_paper()
    make_link(paper, url="https://arxiv.org/abs/1706.03762", label="arXiv")
    url = "http://arxiv.org/abs/1706.03762v1"
    make_link(paper, kind="version", url=url, venue=arxiv, year=2017)
    url = "https://example.org/long"
    make_link(paper, kind="version", url=url, label="journal", venue=arxiv)
    make_identifier(paper, "arxiv", "1706.03762")

    facts = get(client, paper).partition('class="facts"')[2].partition("</dl>")[0]

    assert re.findall(r'<a href="([^"]*)" rel="noopener">([^<]*)</a>', facts) == [
        ("http://arxiv.org/abs/1706.03762v1", "also arXiv 2017"),
        ("https://example.org/long", "journal (arXiv)"),
    ]
    assert "<dd>1706.03762</dd>" in facts


def test_a_pdf_leaves_the_identifier_its_address(client):
    paper = make_paper()
    make_link(paper, url="https://arxiv.org/pdf/1706.03762.pdf")
    make_identifier(paper, "arxiv", "1706.03762")

    assert '<a href="https://arxiv.org/abs/1706.03762" rel="noopener">' in get(client, paper)


@pytest.mark.parametrize(("details", "said"), [({}, False), ({"et-al": "1"}, True)])
def test_authors_who_are_not_named_are_told(client, details, said):
    paper = make_paper(authors=["Ada Lovelace"], details=details | {"organizations": "Ada"})

    body = get(client, paper)

    assert ("</a> et al.</span>" in body) is said
    assert re.findall("<dt>(?:et-al|organizations)", body) == []
