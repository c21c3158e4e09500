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


POSTERS = [3, 3, 1, 3, 4, 9, 8, 4, 3, 3, 5, 2, 5]


def test_posters_are_the_papers_of_the_workshop_page():
    entries = document(4).entries

    assert [len(entry.paper.authors) for entry in entries] == POSTERS
    assert [entry.line for entry in entries] == list(range(36, 49))
    assert {e.paper.presentation for e in entries} == {"poster"}


# The 35 awkward lines of the oracle: what each tells of its paper, as far as it is awkward.
# A line of 004 that is a date, a break or a slot of the schedule is no paper to a list reader.
NO_PAPER = {"told": True}
AWKWARD = {
    (0, 62): {
        "title": "Video-to-Video Synthesis",
        "place": "NIPS 2018",
        "links": ["paper http://papers.nips.cc/paper/7391-.pdfvideo-to-video-synthesis.pdf"],
        "warnings": 1,
    },
    (1, 34): {"marks": ("Spotlight", "session 5", "23:00 – 23:10 CST"), "month": None},
    (1, 35): {"title": "What if Neural Networks had SVDs?", "presentation": "spotlight"},
    (1, 58): NO_PAPER,
    (1, 66): {
        "affiliations": "Lawrence Livermore National Laboratory|Facebook AI Research"
        "|Florida State University, USA|Florida State University",
    },
    (1, 98): {
        "affiliations": "Google|Google Research|Google, Brain Team, Zurich|Google"
        "|Google Brain (Zurich)|Google Brain (Zurich)|Google Research, Brain Team",
    },
    (1, 118): {"affiliations": "Peking University|" * 6 + "Princeton University"},
    (3, 24): {"title": "Pruning Algorithms -- A survey", "place": "TNN 1993"},
    (3, 25): {
        "title": "Efficient Processing of Deep Neural Networks: A Tutorial and Survey",
        "place": "Proceedings of the IEEE 2017",
        "labels": ["", "2020 Book: Efficient Processing of Deep Neural Networks"],
    },
    (3, 28): {
        "place": "IEEE Signal Processing Magazine 2018",
        "labels": ["", "Arxiv extension"],
        "note": "",
    },
    (3, 59): {
        "title": "The minimum description length principle",
        "place": "Book 2007",
        "links": [],
        "warnings": 0,
    },
    (3, 92): {
        "place": "CVPR 2015",
        "labels": [
            "",
            "2016 TPAMI version: Accelerating Very Deep Convolutional Networks for"
            " Classification and Detection",
        ],
        "versions": [("TPAMI", 2016)],
    },
    (3, 99): {"place": "ICLR 2016", "award": "Best paper", "marks": ("Best paper!",)},
    (3, 126): {"place": "2016", "month": 7, "alias": "IHT"},
    (3, 162): {"place": "CVPR 2017", "alias": "ResNeXt"},
    (3, 174): {
        "kinds": "paper code version",
        "versions": [("SIAM", 2020)],
        "title": "Net-trim: Convex pruning of deep neural networks with performance guarantee",
    },
    (3, 200): {
        "title": "Dynamic Deep Neural Networks_Optimizing Accuracy-Efficiency Trade-offs by"
        " Selective Execution",
    },
    (3, 226): {"place": "ICLR 2018", "workshop": True, "kinds": "paper other other"},
    (3, 322): {
        "place": "NIPS 2018",
        "workshop": True,
        "kinds": "paper version code",
        "versions": [("IJCNN", 2019)],
    },
    (3, 335): {
        "title": "To compress or not to compress: Understanding the Interactions between"
        " Adversarial Attacks and Neural Network Compression",
        "place": "MLsys 2019",
        "lines": 2,
        "links": ["paper https://arxiv.org/abs/1810.00208"],
    },
    (3, 533): {"links": ["code https://github.com/liuyixin-louis/CAMC-hanlab"]},
    (3, 542): {"presentation": "oral", "marks": ("Oral",), "kinds": "paper code"},
    (3, 565): {"place": "2021", "month": 5},
    (3, 611): {
        "title": "M³ViT: Mixture-of-Experts Vision Transformer for Efficient Multi-task Learning"
        " with Model-Accelerator Co-design",
    },
    (3, 619): {
        "title": "DepGraph: Towards Any Structural Pruning",
        "links": [
            "paper https://arxiv.org/abs/2301.12900",
            "code https://github.com/VainF/Torch-Pruning",
        ],
    },
    (3, 669): {
        "place": "1996",
        "links": ["paper ftp://ftp.stat.berkeley.edu/pub/users/breiman/BAtrees.ps"],
        "note": "proposed compressing neural networks and multipletree predictors by approximating"
        " them with a single tree",
    },
    (3, 708): {
        "title": "Learning deep representations with probabilistic knowledge transfer",
        "place": "ECCV 2018",
    },
    (3, 714): {
        "place": "NIPS 2018",
        "workshop": True,
        "kinds": "paper other",
        "labels": ["", "workshop: continual learning"],
    },
    (3, 808): {"kinds": "paper code", "labels": ["", "Code"]},
    (3, 859): NO_PAPER,
    (4, 30): NO_PAPER,
    (4, 41): {
        "authors": "Sreenivas R. Sukumar|Peter J. Mendygral|Jacob Balma|Jeffrey Dawson"
        "|Alessandro Rigazzi|Aaron Vose|Michael F. Ringenberg|Kristyn J. Maschhoff"
        "|Steve L. Scott",
    },
    (4, 43): {"authors": "Amir Gholami|Ariful Azad|Kurt Keutzer|Aydın Buluc"},
    (4, 67): NO_PAPER,
    (4, 82): NO_PAPER,
}


def facts_at(number, line):
    """Return what is read in a line: of the paper that it is part of, or that it is told apart."""
    found = (one for one in document(number).entries if 0 <= line - one.line < one.lines)
    entry = next(found, None)
    if entry is None:
        told = [one.line for one in document(number).skipped if not one.is_fault]
        return {"told": line in told}
    paper = entry.paper
    return {
        "title": paper.title,
        "place": f"{paper.venue} {paper.year}".strip(),
        "month": paper.month,
        "alias": paper.alias,
        "workshop": paper.is_workshop,
        "presentation": paper.presentation,
        "award": paper.award,
        "authors": "|".join(author.name for author in paper.authors),
        "affiliations": "|".join(author.affiliation for author in paper.authors),
        "links": [f"{link.kind} {link.url}" for link in paper.links],
        "kinds": " ".join(link.kind for link in paper.links),
        "labels": [link.label for link in paper.links],
        "versions": [(x.venue, x.year) for x in paper.links if x.kind == "version"],
        "marks": entry.marks,
        "note": entry.note,
        "lines": entry.lines,
        "warnings": len(entry.warnings),
    }


def test_the_oracle_names_35_awkward_lines():
    assert len(AWKWARD) == 35


@pytest.mark.parametrize(("place", "expected"), AWKWARD.items(), ids=str)
def test_awkward_line_is_read_as_the_oracle_says(place, expected):
    facts = facts_at(*place)

    assert {name: facts.get(name) for name in expected} == expected


LISTS_OF_THEIR_OWN = {"Workshops": 9, "Books & Courses": 1, "Lightweight": 14, "Related": 15}


@pytest.mark.parametrize(("heading", "count"), LISTS_OF_THEIR_OWN.items())
def test_bullets_that_are_no_papers_are_told(heading, count):
    lines = document(3).text.split("\n")
    first = next(n for n, x in enumerate(lines) if x.startswith(f"## {heading}"))
    last = next((n for n in range(first + 1, len(lines)) if lines[n][:3] == "## "), len(lines))
    bullets = [n + 1 for n in range(first, last) if lines[n].startswith("- ")]

    told = [one.line for one in document(3).skipped if not one.is_fault]

    assert len(bullets) == count
    assert [line for line in bullets if line not in told] == []


def test_years_and_large_venues_are_as_many_as_the_oracle_counts():
    papers = [entry.paper for entry in document(3).entries]

    assert Counter(paper.year for paper in papers) == YEARS
    families = Counter(paper.venue for paper in papers)
    assert {name: families[name] for name in FAMILIES} == FAMILIES
    editions = Counter((x.venue, x.year) for x in papers if x.venue).most_common(11)
    assert [count for _, count in editions] == [44, 44, 40, 36, 35, 27, 26, 24, 23, 23, 22]


YEARS = {
    **{1988: 4, 1989: 2, 1990: 1, 1992: 1, 1993: 2, 1995: 1, 1996: 1, 1997: 1, 2001: 1, 2006: 1},
    **{2007: 1, 2010: 2, 2011: 2, 2013: 2, 2014: 7, 2015: 19, 2016: 38, 2017: 80, 2018: 164},
    **{2019: 142, 2020: 135, 2021: 62, 2022: 50, 2023: 15},
}
FAMILIES = {
    **{"NIPS": 196, "CVPR": 127, "ICLR": 108, "ICML": 84, "AAAI": 44, "ECCV": 25, "ICCV": 20},
    **{"IJCAI": 10, "BMVC": 8, "JMLR": 5, "MLSys": 2, "MLsys": 1, "WACV": 3, "NNs": 1, "KDD": 1},
    **{"Proceedings of the IEEE": 2, "Book": 2, "INTERSPEECH": 2, "EMNLP": 2, "ICASSP": 2},
}


@pytest.mark.parametrize("line", [58, 60])
def test_debris_of_a_chat_is_told_and_no_paper(line):
    skipped = [one.line for one in document(1).skipped if not one.is_fault]

    assert line in skipped


@pytest.mark.parametrize(("number", "line"), [(3, 859), (3, 857), (4, 30), (4, 67), (4, 82)])
def test_workshops_dates_and_breaks_are_told_and_no_papers(number, line):
    skipped = [one.line for one in document(number).skipped if not one.is_fault]

    assert line in skipped


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
