"""fixtures/papers.jsonl holds as much of everything as the three lists and the posters do."""

from collections import Counter

import pytest
from django.db.models import Count

from papers.folding import fold
from papers.models import Author, Authorship, Identifier, Item, Paper, PaperLink, ReadingList, Topic
from tests import demo

pytestmark = pytest.mark.django_db

ONE_LINE, NOTES, EFFICIENT = "nips-2018-one-line", "neurips-2020-notes", "efficient-dnns"
PRUNING = "Papers [Pruning and Quantization]"
DISTILLATION = "Papers [Knowledge Distillation (KD)]"

# Lines of EfficientDNNs that print another year or venue than their paper has: its label for it.
OTHER_FACTS = {446: "2019.09", 532: "listed as AAAI 2021", 719: "2018.12", 851: "2019.06"}


@pytest.fixture(scope="module", autouse=True)
def catalogue(django_db_setup, django_db_blocker):
    with demo.loaded(django_db_blocker, "papers"):
        yield


def items(slug):
    return Item.objects.filter(list__slug=slug)


def lines(queryset):
    return sorted(queryset.values_list("line", flat=True))


def printed_facts():
    """Yield venue and year of every item of EfficientDNNs as its own line prints them."""
    for item in items(EFFICIENT).select_related("paper__venue"):
        facts = item.paper
        if item.line in OTHER_FACTS:
            facts = item.paper.links.get(kind="version", label=OTHER_FACTS[item.line])
        yield (facts.venue.short if facts.venue else ""), facts.year


COUNTS = {
    "papers": (lambda: Paper.objects.count(), 774),
    "public papers": (lambda: Paper.objects.public().count(), 763),
    "items": (lambda: Item.objects.count(), 791),
    "public lists": (lambda: ReadingList.objects.public().count(), 3),
    "NIPS 2018 with a note": (lambda: items(ONE_LINE).exclude(note="").count(), 28),
    "NeurIPS 2020 papers": (lambda: items(NOTES).count(), 29),
    "EfficientDNNs papers": (lambda: items(EFFICIENT).count(), 734),
    "EfficientDNNs distinct": (lambda: items(EFFICIENT).values("paper").distinct().count(), 721),
    "EfficientDNNs with a link": (
        lambda: items(EFFICIENT).filter(paper__links__kind="paper").distinct().count(),
        719,
    ),
    "authors of NeurIPS 2020": (
        lambda: Authorship.objects.filter(paper__items__list__slug=NOTES).count(),
        126,
    ),
    "with an affiliation": (lambda: Authorship.objects.exclude(affiliation="").count(), 107),
    "authors with the posters'": (lambda: Authorship.objects.count(), 126 + 53),
    "distinct names": (lambda: Author.objects.count(), 178),
    "workshop papers": (lambda: Paper.objects.filter(is_workshop=True).count(), 19),
    "orals": (lambda: Paper.objects.filter(presentation="oral").count(), 13 + 6),
    "spotlights": (lambda: Paper.objects.filter(presentation="spotlight").count(), 5 + 3),
    "papers with a month": (lambda: Paper.objects.filter(month__gt=0).count(), 62 - 3),
    # 134 on 133 rows; row 643 repeats the link of 640, and 741 and 753 are one paper.
    "code links": (lambda: PaperLink.objects.filter(kind="code").count(), 133),
    "papers with code": (lambda: Paper.objects.filter(links__kind="code").distinct().count(), 131),
    "ftp links": (lambda: PaperLink.objects.filter(url__startswith="ftp://").count(), 1),
    "http links of NIPS 2018": (
        lambda: PaperLink.objects.filter(
            paper__items__list__slug=ONE_LINE, url__regex=r"^http://papers.nips.cc/.*\.pdf$"
        ).count(),
        22,
    ),
    "https links of NIPS 2018": (
        lambda: PaperLink.objects.filter(
            paper__items__list__slug=ONE_LINE, url__regex=r"^https://papers.nips.cc/.*\.pdf$"
        ).count(),
        6,
    ),
}


@pytest.mark.parametrize(("count", "expected"), COUNTS.values(), ids=list(COUNTS))
def test_counts_are_the_sources(count, expected):
    assert count() == expected


SECTIONS = {
    ONE_LINE: {
        ("CNN Architechture", ""): 4,
        ("Communication- or Memory bounded learning", ""): 4,
        ("Efficient Methods", ""): 9,
        ("Hardware and Software systems", ""): 5,
        ("Computational complexity", ""): 2,
        ("Computer Vision and Video", ""): 2,
        ("Misc", ""): 2,
    },
    NOTES: {
        ("NeurIPS'20 Oral", ""): 6,
        ("NeurIPS'20 Spotlight", ""): 3,
        ("Other papers (to be organized)", ""): 20,
    },
    EFFICIENT: {
        ("Surveys", ""): 17,
        (PRUNING, ""): 0,
        (PRUNING, "1980s,1990s"): 9,
        (PRUNING, "2000s"): 2,
        (PRUNING, "2011"): 2,
        (PRUNING, "2013"): 2,
        (PRUNING, "2014"): 5,
        (PRUNING, "2015"): 15,
        (PRUNING, "2016"): 32,
        (PRUNING, "2017"): 61,
        (PRUNING, "2018"): 133,
        (PRUNING, "2019"): 114,
        (PRUNING, "2020"): 76,
        (PRUNING, "2021"): 35,
        (PRUNING, "2022"): 45,
        (PRUNING, "2023"): 15,
        ("Papers [Actual Acceleration via Sparsity]", ""): 8,
        ("Papers [Lottery Ticket Hypothesis (LTH)]", ""): 0,
        ("Papers [Bayesian Compression]", ""): 8,
        (DISTILLATION, ""): 0,
        (DISTILLATION, "Before 2014"): 3,
        (DISTILLATION, "2014"): 2,
        (DISTILLATION, "2016"): 2,
        (DISTILLATION, "2017"): 11,
        (DISTILLATION, "2018"): 21,
        (DISTILLATION, "2019"): 15,
        (DISTILLATION, "2020"): 43,
        (DISTILLATION, "2021"): 17,
        (DISTILLATION, "2022"): 3,
        ("Papers [AutoML (NAS etc.)]", ""): 18,
        ("Papers [Interpretability]", ""): 20,
    },
}


@pytest.mark.parametrize("slug", SECTIONS)
def test_sections_stand_in_order_with_their_items(slug):
    sections = ReadingList.objects.get(slug=slug).sections.select_related("parent")

    found = {
        (s.parent.heading, s.heading) if s.parent else (s.heading, ""): s.size
        for s in sections.annotate(size=Count("items"))
    }

    assert list(found.items()) == list(SECTIONS[slug].items())


def test_items_stand_in_the_order_of_their_lines():
    for slug in SECTIONS:
        assert list(items(slug).values_list("line", flat=True)) == lines(items(slug))


YEARS = {
    **{1988: 4, 1989: 2, 1990: 1, 1992: 1, 1993: 2, 1995: 1, 1996: 1, 1997: 1, 2001: 1, 2006: 1},
    **{2007: 1, 2010: 2, 2011: 2, 2013: 2, 2014: 7, 2015: 19, 2016: 38, 2017: 80, 2018: 164},
    **{2019: 142, 2020: 135, 2021: 62, 2022: 50, 2023: 15},
}
VENUES = {
    **{"NeurIPS": 196, "CVPR": 127, "ICLR": 108, "ICML": 84, "AAAI": 44, "ECCV": 25, "ICCV": 20},
    **{"IJCAI": 10, "BMVC": 8, "JMLR": 5, "MLSys": 3, "WACV": 3, "Proc. IEEE": 2, "Book": 2},
    **{"INTERSPEECH": 2, "EMNLP": 2, "ICASSP": 2, "AISTATS": 2, "KDD": 2 + 1},
    # two abbreviations each: TNN and NN, Neural Networks and NNs, Pattern Recognition and PR
    **{"TNN": 2, "Neural Networks": 2, "Pattern Recognition": 2},
    **{"FITEE": 1, "IEEE SPM": 1, "TPAMI": 1, "IJCV": 1, "TPDS": 1, "ICNN": 1, "ISCA": 1},
    **{"CoNLL": 1, "FPGA": 1, "ASPLOS": 1, "BigComp": 1, "PRL": 1, "TNNLS": 1, "PLOS ONE": 1},
    **{"Neural Computation": 1, "Machine Learning": 1, "DSP": 1},
    "": 62 + 1,  # and IHT, which is an alias
}
LARGEST = {
    **{("NeurIPS", 2020): 44, ("NeurIPS", 2022): 44, ("NeurIPS", 2018): 40, ("CVPR", 2019): 36},
    **{("CVPR", 2020): 35, ("ICLR", 2018): 27, ("CVPR", 2018): 26, ("AAAI", 2020): 24},
    **{("ICLR", 2019): 23, ("ICML", 2021): 23, ("ECCV", 2018): 22},
}


def test_years_are_the_sources():
    assert Counter(year for _venue, year in printed_facts()) == YEARS


def test_venues_are_the_sources():
    assert Counter(venue for venue, _year in printed_facts()) == VENUES


def test_largest_venues_of_a_year_are_the_sources():
    named = Counter((venue, year) for venue, year in printed_facts() if venue)

    assert dict(named.most_common(11)) == LARGEST


def test_marks_are_kept_as_written():
    marks = Counter(items(EFFICIENT).exclude(marks="").values_list("marks", flat=True))

    assert marks == {
        **{"w": 19, "o": 12, "Oral": 1, "Best paper!": 2},
        **{"s": 2, "Spotlight": 1, "Spotlight!": 1, "spotlight": 1},
    }


def test_best_papers_are_two():
    assert lines(items(EFFICIENT).exclude(paper__award="")) == [99, 185]


def test_papers_without_an_address_are_fifteen():
    bare = items(EFFICIENT).exclude(paper__links__kind="paper")

    assert lines(bare) == [59, 533, *range(742, 747), 749, 750, *range(797, 803)]


@pytest.mark.parametrize(
    ("section", "expected"),
    [("NeurIPS'20 Oral", 29), ("NeurIPS'20 Spotlight", 11), ("Other papers (to be organized)", 86)],
)
def test_author_entries_of_a_section(section, expected):
    assert Authorship.objects.filter(paper__items__section__heading=section).count() == expected


def test_folded_titles_are_what_the_program_folds():
    assert [p.pk for p in Paper.objects.all() if p.folded != fold(p.title)] == []


def test_no_topic_is_empty():
    assert [topic.slug for topic in Topic.objects.filter(papers__isnull=True)] == []


def test_identifiers_are_of_known_schemes():
    schemes = Counter(Identifier.objects.values_list("scheme", flat=True))

    assert schemes == {
        **{"arxiv": 245, "openreview": 129, "neurips": 144, "cvf": 116, "pmlr": 42, "doi": 3}
    }


def test_every_row_passes_its_fields_validators():
    assert demo.rows_with_faults("papers") == []
