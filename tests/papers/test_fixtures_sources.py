"""fixtures/papers.jsonl against its sources: works that stand twice are one paper, no title and no
address is missing, and no sentence was taken over.
"""

import re

import pytest

from papers.folding import fold
from papers.models import Item, Paper, PaperLink
from tests import demo

pytestmark = pytest.mark.django_db

ONE_LINE, NOTES, EFFICIENT = "nips-2018-one-line", "neurips-2020-notes", "efficient-dnns"


@pytest.fixture(scope="module", autouse=True)
def catalogue(django_db_setup, django_db_blocker):
    with demo.loaded(django_db_blocker, "papers"):
        yield


def papers_at(*places):
    """Return how many papers stand at these places, each a list and a line."""
    return len({Item.objects.get(list__slug=slug, line=line).paper_id for slug, line in places})


TWICE = [
    *[(137, 686), (200, 700), (233, 243), (316, 638), (339, 353), (446, 454)],
    *[(481, 490), (493, 719), (518, 851), (532, 751), (640, 643), (741, 753)],
    (76, 675),  # a near pair, merged by a person
]


@pytest.mark.parametrize("pair", TWICE)
def test_work_that_stands_twice_is_one_paper(pair):
    assert papers_at(*((EFFICIENT, line) for line in pair)) == 1


@pytest.mark.parametrize("pair", [(277, 279), (440, 754), (436, 464), (137, 675)])
def test_works_that_only_look_alike_stay_two(pair):
    assert papers_at(*((EFFICIENT, line) for line in pair)) == 2


ACROSS = {
    ONE_LINE: [
        *[(4, 314), (6, 300), (8, 296), (14, 310), (16, 309)],
        *[(18, 311), (24, 315), (28, 313), (30, 308), (34, 317)],
    ],
    NOTES: [
        *[(7, 524), (65, 518), (117, 516), (122, 511)],
        (126, 508),  # a near pair, merged by a person
    ],
}


@pytest.mark.parametrize("slug", ACROSS)
def test_lists_share_their_papers(slug):
    both = Paper.objects.filter(items__list__slug=slug).filter(items__list__slug=EFFICIENT)

    assert both.distinct().count() == len(ACROSS[slug])
    for line, other in ACROSS[slug]:
        assert papers_at((slug, line), (EFFICIENT, other)) == 1


@pytest.mark.parametrize(
    ("line", "venue", "year"),
    [(446, "AAAI", 2020), (493, "CVPR", 2020), (518, "NeurIPS", 2020), (532, "AAAI", 2020)],
)
def test_first_facts_are_the_published_versions(line, venue, year):
    paper = Item.objects.get(list__slug=EFFICIENT, line=line).paper

    assert (paper.venue.short, paper.year, paper.month) == (venue, year, None)


def test_merged_titles_are_kept():
    aliases = Paper.objects.exclude(alias="").values_list("alias", "title")

    assert {alias: title for alias, title in aliases if len(alias) > 10} == {
        "Do deep neural nets really need to be deep": "Do deep nets really need to be deep?",
        "Pruning neural networks without any data by conserving synaptic flow": (
            "Pruning neural networks without any data by iteratively conserving synaptic flow"
        ),
        "Deep Gradient Compression: Reducing Communication Bandwidth for Distributed Training": (
            "Deep Gradient Compression: Reducing the Communication Bandwidth for Distributed"
            " Training"
        ),
    }


@demo.needs_seeds
@pytest.mark.parametrize(("slug", "number"), [(ONE_LINE, "000"), (EFFICIENT, "003")])
def test_every_line_keeps_its_title_and_addresses(slug, number):
    text = demo.seed_lines(number)
    items = Item.objects.filter(list__slug=slug).select_related("paper")
    for item in items.prefetch_related("paper__links"):
        line = " ".join(text[item.line - 1 : item.line - 1 + item.lines])
        [title] = re.match(r"[^\[]*\[([^\[\]]*)\]\(", line).groups()
        urls = set(re.findall(r"\]\(([^)]+)\)", line))

        titles = (item.paper.folded, fold(item.paper.alias))
        assert fold(title.removeprefix("2018-ECCV-")) in titles
        assert urls - {link.url for link in item.paper.links.all()} == set()


@demo.needs_seeds
def test_every_dated_line_is_an_item():
    dated = [
        number
        for number, line in enumerate(demo.seed_lines("003"), start=1)
        if re.match(r"- +\d{4}(\.\d{1,2})?-", line)
    ]

    found = Item.objects.filter(list__slug=EFFICIENT).values_list("line", flat=True)

    assert list(found) == dated


@demo.needs_seeds
def test_every_title_of_the_notes_is_kept():
    text = demo.seed_lines("001")
    for item in Item.objects.filter(list__slug=NOTES).select_related("paper"):
        line = text[item.line - 1 + ("CST" in item.marks)].strip()
        title = re.sub(r"^\d+ - Spotlight: |^\[|\]\(.*\)$", "", line)

        assert fold(title) in (item.paper.folded, fold(item.paper.alias))


@demo.needs_seeds
def test_every_address_of_the_notes_is_kept():
    text = "\n".join(demo.seed_lines("001"))

    urls = set(re.findall(r"(?:^Link: |\]\()(\S+?)\)?$", text, re.MULTILINE))

    assert len(urls) == 6
    assert PaperLink.objects.filter(url__in=urls).count() == 6


@demo.needs_seeds
def test_no_sentence_is_copied():
    assert demo.copied_runs("papers", 8) == []
