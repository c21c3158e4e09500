"""The four documents that the site began with, read: each of their counts and awkward lines."""

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from papers.formats.markdown_list import read

SEEDS = Path(__file__).resolve().parents[4] / "shared" / "seeds"
pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="the documents are not here")


@cache
def document(number):
    return read(next(SEEDS.glob(f"{number:03}_*")).read_text(encoding="utf-8"))


def at(number, line):
    return next(entry for entry in document(number).entries if entry.line == line)


def in_sections(number):
    headings = document(number).headings
    counts = Counter(headings[entry.section].heading for entry in document(number).entries)
    return dict(counts)


def test_one_line_list_has_28_papers_in_7_sections_each_with_a_note():
    entries = document(0).entries

    assert list(in_sections(0).values()) == [4, 4, 9, 5, 2, 2, 2]
    assert [bool(entry.note) for entry in entries] == [True] * 28
    assert {(e.paper.venue, e.paper.year) for e in entries} == {("NIPS", 2018)}
    assert {entry.lines for entry in entries} == {2}


def test_notes_of_2020_have_29_papers_with_126_authors():
    entries = document(1).entries

    assert list(in_sections(1).values()) == [6, 3, 20]
    assert sum(len(entry.paper.authors) for entry in entries) == 126
    assert sum(bool(a.affiliation) for entry in entries for a in entry.paper.authors) == 107
    assert {(e.paper.venue, e.paper.year) for e in entries} == {("NeurIPS", 2020)}
    assert Counter(e.paper.presentation for e in entries) == {"oral": 6, "spotlight": 3, "": 20}
    assert sum(len(entry.paper.links) for entry in entries) == 6


def test_efficient_dnns_have_734_papers_by_section_and_year():
    headings = document(3).headings
    tops = Counter()
    for entry in document(3).entries:
        top = headings[entry.section]
        tops[top.heading if top.parent is None else headings[top.parent].heading] += 1

    assert list(tops.values()) == [17, 546, 8, 8, 117, 18, 20]
    years = Counter(
        headings[entry.section].heading
        for entry in document(3).entries
        if headings[entry.section].parent == 1
    )
    assert list(years.values()) == [9, 2, 2, 2, 5, 15, 32, 61, 133, 114, 76, 35, 45, 15]


def test_headings_of_efficient_dnns_are_siblings_whatever_their_levels():
    top = [heading.heading for heading in document(3).headings if heading.parent is None]

    assert top[:8] == [
        "Surveys",
        "Papers [Pruning and Quantization]",
        "Papers [Actual Acceleration via Sparsity]",
        "Papers [Lottery Ticket Hypothesis (LTH)]",
        "Papers [Bayesian Compression]",
        "Papers [Knowledge Distillation (KD)]",
        "Papers [AutoML (NAS etc.)]",
        "Papers [Interpretability]",
    ]


def test_marks_and_links_of_efficient_dnns_are_as_many_as_there_are():
    entries = document(3).entries
    papers = [entry.paper for entry in entries]

    assert Counter(paper.presentation for paper in papers) == {"": 716, "oral": 13, "spotlight": 5}
    assert sum(paper.is_workshop for paper in papers) == 19
    assert [paper.award for paper in papers if paper.award] == ["Best paper", "Best paper"]
    kinds = Counter(link.kind for paper in papers for link in paper.links)
    assert (kinds["paper"], kinds["code"], kinds["version"]) == (719 + 1, 134, 9)
    assert sum(paper.month is not None for paper in papers) == 62


def test_awkward_years_and_venues_are_those_of_the_line():
    years = Counter(entry.paper.year for entry in document(3).entries)
    venues = Counter(entry.paper.venue for entry in document(3).entries)

    assert [years[year] for year in (1988, 2007, 2018, 2019, 2020, 2023)] == [
        4,
        1,
        164,
        142,
        135,
        15,
    ]
    named = ("NIPS", "CVPR", "ICLR", "ICML", "AAAI", "BMVC", "NNs", "MLSys", "MLsys", "")
    assert [venues[name] for name in named] == [196, 127, 108, 84, 44, 8, 1, 2, 1, 63]


POSTERS = [3, 3, 1, 3, 4, 9, 8, 4, 3, 3, 5, 2, 5]


def test_posters_are_the_papers_of_the_workshop_page():
    entries = document(4).entries

    assert [len(entry.paper.authors) for entry in entries] == POSTERS
    assert [entry.line for entry in entries] == list(range(36, 49))
    assert {e.paper.presentation for e in entries} == {"poster"}


FACTS = {  # document and line: title, venue, year, month, alias
    (0, 62): ("Video-to-Video Synthesis", "NIPS", 2018, None, ""),
    (1, 34): ("What if Neural Networks had SVDs?", "NeurIPS", 2020, None, ""),
    (3, 24): ("Pruning Algorithms -- A survey", "TNN", 1993, None, ""),
    (3, 25): (
        "Efficient Processing of Deep Neural Networks: A Tutorial and Survey",
        "Proceedings of the IEEE",
        2017,
        None,
        "",
    ),
    (3, 59): ("The minimum description length principle", "Book", 2007, None, ""),
    (3, 126): (
        "Training skinny deep neural networks with iterative hard thresholding methods",
        "",
        2016,
        7,
        "IHT",
    ),
    (3, 162): (
        "Aggregated Residual Transformations for Deep Neural Networks",
        "CVPR",
        2017,
        None,
        "ResNeXt",
    ),
    (3, 200): (
        "Dynamic Deep Neural Networks_Optimizing Accuracy-Efficiency Trade-offs by Selective"
        " Execution",
        "AAAI",
        2018,
        None,
        "",
    ),
    (3, 335): (
        "To compress or not to compress: Understanding the Interactions between Adversarial"
        " Attacks and Neural Network Compression",
        "MLsys",
        2019,
        None,
        "",
    ),
    (3, 565): (
        "Dynamical Isometry: The Missing Ingredient for Neural Network Pruning",
        "",
        2021,
        5,
        "",
    ),
    (3, 611): (
        "M³ViT: Mixture-of-Experts Vision Transformer for Efficient Multi-task Learning with"
        " Model-Accelerator Co-design",
        "NIPS",
        2022,
        None,
        "",
    ),
    (3, 669): ("Born again trees", "", 1996, None, ""),
    (3, 708): (
        "Learning deep representations with probabilistic knowledge transfer",
        "ECCV",
        2018,
        None,
        "",
    ),
}


@pytest.mark.parametrize(("place", "expected"), FACTS.items(), ids=str)
def test_awkward_line_is_a_paper(place, expected):
    paper = at(*place).paper

    assert (paper.title, paper.venue, paper.year, paper.month, paper.alias) == expected


LINKS = {  # line of EfficientDNNs: kind, part of the address, label, venue and year of a version
    25: [
        ("paper", "8114708", "", "", None),
        (
            "version",
            "morganclaypool",
            "2020 Book: Efficient Processing of Deep Neural Networks",
            "Book",
            2020,
        ),
    ],
    28: [
        ("paper", "8253600", "", "", None),
        ("version", "1710.09282", "Arxiv extension", "Arxiv", None),
    ],
    59: [],
    92: [
        ("paper", "Zhang_Efficient", "", "", None),
        (
            "version",
            "7332968",
            "2016 TPAMI version: Accelerating Very Deep Convolutional Networks for"
            " Classification and Detection",
            "TPAMI",
            2016,
        ),
    ],
    174: [
        ("paper", "6910", "", "", None),
        ("code", "Net-Trim", "Code", "", None),
        (
            "version",
            "19M1246468",
            "Journal version: 2020-SIAM-Fast Convex Pruning of Deep Neural Networks",
            "SIAM",
            2020,
        ),
    ],
    226: [
        ("paper", "Sy1iIDkPM", "", "", None),
        ("other", "r1lbgwFj5m", "Similar topic: 2018-NIPSw-nip in the bud", "", None),
        ("other", "r1eLk2mKiX", "Similar topic: 2018-NIPSw-rethink", "", None),
    ],
    322: [
        ("paper", "S1e_xM7_iQ", "", "", None),
        ("version", "1804.09461", "2019 IJCNN version", "IJCNN", 2019),
        ("code", "Caffe_IncReg", "Caffe Code", "", None),
    ],
    335: [("paper", "1810.00208", "", "", None)],
    533: [("code", "CAMC", "Code", "", None)],
    542: [("paper", "2103.15263", "", "", None), ("code", "ZAQ", "Code", "", None)],
    619: [("paper", "2301.12900", "", "", None), ("code", "Torch-Pruning", "code", "", None)],
    669: [("paper", "ftp://ftp.stat.berkeley.edu", "", "", None)],
    714: [
        ("paper", "nips18_cl", "", "", None),
        ("other", "continual2018", "workshop: continual learning", "", None),
    ],
    808: [("paper", "2203.17261", "", "", None), ("code", "R2L", "Code", "", None)],
}


@pytest.mark.parametrize(("line", "expected"), LINKS.items(), ids=str)
def test_awkward_line_keeps_its_links(line, expected):
    links = at(3, line).paper.links

    assert [
        (x.kind, part if part in x.url else x.url, x.label, x.venue, x.year)
        for x, (_, part, *_) in zip(links, expected, strict=True)
    ] == expected


MARKS = {  # document and line: marks, presentation, award, at a workshop
    (1, 34): (("Spotlight", "session 5", "23:00 – 23:10 CST"), "spotlight", "", False),
    (3, 99): (("Best paper!",), "", "Best paper", False),
    (3, 226): (("w",), "", "", True),
    (3, 322): (("w",), "", "", True),
    (3, 542): (("Oral",), "oral", "", False),
    (3, 561): (("Spotlight!",), "spotlight", "", False),
    (3, 714): (("w",), "", "", True),
}


@pytest.mark.parametrize(("place", "expected"), MARKS.items(), ids=str)
def test_awkward_line_keeps_its_marks(place, expected):
    entry = at(*place)

    assert (
        entry.marks,
        entry.paper.presentation,
        entry.paper.award,
        entry.paper.is_workshop,
    ) == expected


AUTHORS = {  # document and line: names, affiliations
    (1, 65): "Lawrence Livermore National Laboratory|Facebook AI Research"
    "|Florida State University, USA|Florida State University",
    (1, 97): "Google|Google Research|Google, Brain Team, Zurich|Google"
    "|Google Brain (Zurich)|Google Brain (Zurich)|Google Research, Brain Team",
    (1, 117): "Peking University|" * 6 + "Princeton University",
}


@pytest.mark.parametrize(("place", "expected"), AUTHORS.items(), ids=str)
def test_affiliations_are_whole(place, expected):
    authors = at(*place).paper.authors

    assert [author.affiliation for author in authors] == expected.split("|")


def test_names_of_posters_are_without_marks():
    several, gholami = at(4, 41).paper.authors, at(4, 43).paper.authors

    assert [author.name for author in several][-2:] == ["Kristyn J. Maschhoff", "Steve L. Scott"]
    assert [author.name for author in gholami] == [
        "Amir Gholami",
        "Ariful Azad",
        "Kurt Keutzer",
        "Aydın Buluc",
    ]


@pytest.mark.parametrize("line", [58, 60])
def test_debris_of_a_chat_is_told_and_no_paper(line):
    skipped = [one.line for one in document(1).skipped if not one.is_fault]

    assert line in skipped


@pytest.mark.parametrize(("number", "line"), [(3, 859), (3, 857), (4, 30), (4, 67), (4, 82)])
def test_workshops_dates_and_breaks_are_told_and_no_papers(number, line):
    skipped = [one.line for one in document(number).skipped if not one.is_fault]

    assert line in skipped


def test_malformed_address_is_kept_and_told():
    entry = at(0, 62)

    url = "http://papers.nips.cc/paper/7391-.pdfvideo-to-video-synthesis.pdf"
    assert [link.url for link in entry.paper.links] == [url]
    assert list(entry.warnings) == [f"The address “{url}” looks broken."]


def test_wrapped_title_takes_two_lines():
    assert at(3, 335).lines == 2


@pytest.mark.parametrize(
    ("line", "note"),
    [
        (193, "OpenAI"),
        (405, "AutoML workshop"),
        (639, "White paper from NVIDIA"),
        (
            669,
            "proposed compressing neural networks and multipletree predictors by approximating"
            " them with a single tree",
        ),
    ],
)
def test_short_remarks_are_notes(line, note):
    assert at(3, line).note == note
