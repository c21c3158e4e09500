"""fixtures/papers.jsonl holds what the awkward lines of the lists mean, by their line numbers."""

from collections import Counter
from urllib.parse import urlsplit

import pytest

from papers.models import Item, PaperLink
from tests import demo

pytestmark = pytest.mark.django_db

ONE_LINE, NOTES, EFFICIENT = "nips-2018-one-line", "neurips-2020-notes", "efficient-dnns"


@pytest.fixture(scope="module", autouse=True)
def catalogue(django_db_setup, django_db_blocker):
    with demo.loaded(django_db_blocker, "papers"):
        yield


def item_at(slug, line):
    return Item.objects.get(list__slug=slug, line=line)


def paper_at(slug, line):
    return item_at(slug, line).paper


PAPERS = {  # list and line: year, month and venue, and the title
    (ONE_LINE, 62): ("2018 NeurIPS", "Video-to-Video Synthesis"),
    (NOTES, 34): ("2020 NeurIPS", "What if Neural Networks had SVDs?"),
    (EFFICIENT, 24): ("1993 TNN", "Pruning Algorithms -- A survey"),
    (EFFICIENT, 25): (
        "2017 Proc. IEEE",
        "Efficient Processing of Deep Neural Networks: A Tutorial and Survey",
    ),
    (EFFICIENT, 59): ("2007 Book", "The minimum description length principle"),
    (EFFICIENT, 126): (
        "2016.7",
        "Training skinny deep neural networks with iterative hard thresholding methods",
    ),
    (EFFICIENT, 162): (
        "2017 CVPR",
        "Aggregated Residual Transformations for Deep Neural Networks",
    ),
    (EFFICIENT, 200): (
        "2018 AAAI",
        "Dynamic Deep Neural Networks_Optimizing Accuracy-Efficiency Trade-offs by Selective"
        " Execution",
    ),
    (EFFICIENT, 335): (
        "2019 MLSys",
        "To compress or not to compress: Understanding the Interactions between Adversarial"
        " Attacks and Neural Network Compression",
    ),
    (EFFICIENT, 565): (
        "2021.5",
        "Dynamical Isometry: The Missing Ingredient for Neural Network Pruning",
    ),
    (EFFICIENT, 611): (
        "2022 NeurIPS",
        "M³ViT: Mixture-of-Experts Vision Transformer for Efficient Multi-task Learning with"
        " Model-Accelerator Co-design",
    ),
    (EFFICIENT, 669): ("1996", "Born again trees"),
    (EFFICIENT, 708): (
        "2018 ECCV",
        "Learning deep representations with probabilistic knowledge transfer",
    ),
}


@pytest.mark.parametrize(
    ("place", "expected"), PAPERS.items(), ids=[f"{slug}:{line}" for slug, line in PAPERS]
)
def test_awkward_line_is_a_paper(place, expected):
    paper = paper_at(*place)

    facts = f"{paper.year}" + (f".{paper.month}" if paper.month else "")
    if paper.venue:
        facts += f" {paper.venue.short}"
    assert (facts, paper.title) == expected


LINKS = {  # line of EfficientDNNs: kind, host and label of its paper's links
    25: [
        ("paper", "ieeexplore.ieee.org", ""),
        (
            "version",
            "www.morganclaypool.com",
            "2020 Book: Efficient Processing of Deep Neural Networks",
        ),
    ],
    28: [
        ("paper", "ieeexplore.ieee.org", ""),
        ("version", "arxiv.org", "Arxiv extension"),
    ],
    59: [],
    92: [
        ("paper", "www.cv-foundation.org", ""),
        (
            "version",
            "ieeexplore.ieee.org",
            "2016 TPAMI version: Accelerating Very Deep Convolutional Networks for"
            " Classification and Detection",
        ),
    ],
    174: [
        ("paper", "papers.nips.cc", ""),
        ("code", "github.com", "Code"),
        (
            "version",
            "epubs.siam.org",
            "Journal version: 2020-SIAM-Fast Convex Pruning of Deep Neural Networks",
        ),
    ],
    226: [
        ("paper", "openreview.net", ""),
        ("other", "openreview.net", "Similar topic: 2018-NIPSw-nip in the bud"),
        ("other", "openreview.net", "Similar topic: 2018-NIPSw-rethink"),
    ],
    322: [
        ("paper", "openreview.net", ""),
        ("version", "arxiv.org", "2019 IJCNN version"),
        ("code", "github.com", "Caffe Code"),
    ],
    335: [("paper", "arxiv.org", "")],
    533: [("code", "github.com", "Code")],
    619: [("paper", "arxiv.org", ""), ("code", "github.com", "code")],
    669: [("paper", "ftp.stat.berkeley.edu", "")],
    714: [
        ("paper", "hushell.github.io", ""),
        ("other", "sites.google.com", "workshop: continual learning"),
    ],
    808: [("paper", "arxiv.org", ""), ("code", "github.com", "Code")],
}


@pytest.mark.parametrize(("line", "expected"), LINKS.items(), ids=LINKS)
def test_awkward_line_keeps_its_links(line, expected):
    links = paper_at(EFFICIENT, line).links.all()

    assert [(x.kind, urlsplit(x.url).netloc, x.label) for x in links] == expected


VERSIONS = {  # line of EfficientDNNs: venue and year of another version of its paper
    **{25: ("Book", 2020), 28: (None, None), 92: ("TPAMI", 2016), 170: ("TPAMI", 2018)},
    **{174: ("SIAM", 2020), 321: ("ICLR", 2019), 322: ("IJCNN", 2019), 711: ("TPAMI", 2019)},
    **{446: (None, 2019), 532: ("AAAI", 2021), 719: (None, 2018), 851: (None, 2019)},
    837: ("IJCV", 2016),
}


def test_other_versions_carry_their_venue_and_year():
    versions = PaperLink.objects.filter(kind="version").values_list("paper", "venue__short", "year")

    assert Counter(versions) == Counter(
        (paper_at(EFFICIENT, line).pk, *facts) for line, facts in VERSIONS.items()
    )


@pytest.mark.parametrize(
    ("line", "field", "expected"),
    [
        (99, "award", "Best paper"),
        (126, "alias", "IHT"),
        (162, "alias", "ResNeXt"),
        (226, "is_workshop", True),
        (322, "is_workshop", True),
        (542, "presentation", "oral"),
        (714, "is_workshop", True),
    ],
)
def test_awkward_line_marks_its_paper(line, field, expected):
    assert getattr(paper_at(EFFICIENT, line), field) == expected


def test_malformed_address_is_kept_as_it_is():
    [link] = paper_at(ONE_LINE, 62).links.all()

    assert link.url == "http://papers.nips.cc/paper/7391-.pdfvideo-to-video-synthesis.pdf"


def test_slots_stay_text():
    slots = Item.objects.filter(list__slug=NOTES).exclude(marks="").values_list("line", "marks")

    assert list(slots) == [
        (34, "Spotlight, session 5, 23:00 – 23:10 CST"),
        (39, "Spotlight, session 6, 23:10 – 23:20 CST"),
        (44, "Spotlight, session 8, 23:30 – 23:40 CST"),
    ]


def test_wrapped_title_takes_two_lines():
    assert item_at(EFFICIENT, 335).lines == 2


@pytest.mark.parametrize(
    ("line", "expected"),
    [(193, "OpenAI"), (405, "AutoML workshop"), (639, "White paper from NVIDIA")],
)
def test_short_remarks_are_notes(line, expected):
    assert item_at(EFFICIENT, line).note == expected


AFFILIATIONS = {  # line of the notes: "|" stands between authors
    65: "Lawrence Livermore National Laboratory|Facebook AI Research"
    "|Florida State University, USA|Florida State University",
    97: "Google|Google Research|Google, Brain Team, Zurich|Google"
    "|Google Brain (Zurich)|Google Brain (Zurich)|Google Research, Brain Team",
    117: "Peking University|" * 6 + "Princeton University",
}


@pytest.mark.parametrize(("line", "expected"), AFFILIATIONS.items(), ids=AFFILIATIONS)
def test_affiliations_are_whole(line, expected):
    authorships = paper_at(NOTES, line).authorships

    assert list(authorships.values_list("affiliation", flat=True)) == expected.split("|")


@pytest.mark.parametrize(("slug", "lines"), [(NOTES, range(58, 64)), (EFFICIENT, range(855, 905))])
def test_debris_and_workshops_are_no_papers(slug, lines):
    assert not Item.objects.filter(list__slug=slug, line__in=lines).exists()
