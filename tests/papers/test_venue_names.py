"""Printed names of venues are known again, whatever stands about them."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.folding import fold
from papers.venue_names import KNOWN, PrintedVenue, marks_of, venue_of

FIXTURES = Path(__file__).parents[2] / "fixtures" / "papers.jsonl"


def said(printed):
    venue = venue_of(printed)
    mark = "workshop" if venue.is_workshop else venue.presentation or venue.award
    return venue.short or venue.name, venue.year, mark


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("NIPSw", ("NeurIPS", None, "workshop")),
        ("NIPSo", ("NeurIPS", None, "oral")),
        ("NIPSs", ("NeurIPS", None, "spotlight")),
        ("CVPRb", ("CVPR", None, "Best paper")),
        ("ICML'17", ("ICML", 2017, "")),
        ("KDD ’19", ("KDD", 2019, "")),
        ("AAAI-19", ("AAAI", 2019, "")),
        ("NIPS17", ("NeurIPS", 2017, "")),
        ("CVPR2020", ("CVPR", 2020, "")),
        ("NIPS 2018", ("NeurIPS", 2018, "")),
        ("In Proc. of the 35th ICML", ("ICML", 2018, "")),
        (
            "In Proceedings of the 35th International Conference on Machine Learning",
            ("ICML", 2018, ""),
        ),
        ("International Conference on Machine Learning, PMLR", ("ICML", None, "")),
        (
            "Proceedings of the 34th International Conference on Machine Learning-Volume 70",
            ("ICML", 2017, ""),
        ),
        ("Advances in Neural Information Processing Systems 31", ("NeurIPS", 2018, "")),
        (
            "6th International Conference on Learning Representations, {ICLR} 2018, Vancouver",
            ("ICLR", 2018, ""),
        ),
        (
            "Proceedings of the 2019 Conference on Empirical Methods in Natural Language Processing"
            " and the 9th International Joint Conference on Natural Language Processing"
            " (EMNLP-IJCNLP)",
            ("EMNLP", 2019, ""),
        ),
        (
            "Findings of the Association for Computational Linguistics: EMNLP 2020",
            ("Findings of ACL", 2020, ""),
        ),
        ("IEEE Trans. Pattern Anal. Mach. Intell.", ("TPAMI", None, "")),
        ("IEEE Trans. Image Process., vol. 12, no. 3, pp. 1-20, 2018", ("TIP", 2018, "")),
        ("Int. J. Comput. Vis.", ("IJCV", None, "")),
        ("TPAMI", ("TPAMI", None, "")),
        ("Proceedings of the IEEE", ("Proc. IEEE", None, "")),
        ("arXiv preprint arXiv:1909.06516", ("arXiv", None, "")),
        ("CoRR abs/1801.00001", ("arXiv", None, "")),
        ("NIPS 2016 Workshop on Deep Learning", ("NeurIPS", 2016, "workshop")),
        ("Workshop on Machine Learning Systems at NIPS 2015", ("NeurIPS", 2015, "workshop")),
        ("ICCVW 2019", ("ICCV", 2019, "workshop")),
        (
            "Proceedings of the Tenth Workshop on Statistical Machine Translation",
            ("WMT", None, ""),
        ),
        ("CVPR 2017 Oral", ("CVPR", 2017, "oral")),
        ("ICLR 2018 (Spotlight)", ("ICLR", 2018, "spotlight")),
        ("ICLR 2023 notable top 25%", ("ICLR", 2023, "spotlight")),
        ("ICML 2019 Outstanding Paper Award", ("ICML", 2019, "Outstanding Paper Award")),
        ("Best Paper at ICML 2019", ("ICML", 2019, "Best Paper")),
        ("CVPR 2024 Highlight", ("CVPR", 2024, "Highlight")),
        ("AutoML 2022 Main Track", ("AutoML", 2022, "")),
    ],
)
def test_a_printed_venue_is_known(printed, expected):
    assert said(printed) == expected


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("MLSys", "MLSys"),
        ("MLsys", "MLSys"),
        ("NNs", "Neural Networks"),
        ("DNNs", "DNNs"),
        ("3DV 2019", "3DV"),
        ("Glottometrics", "Glottometrics"),
        ("Oral Health Letters", "Oral Health Letters"),
    ],
)
def test_no_letter_and_no_word_of_a_name_is_taken_for_a_mark(printed, expected):
    venue = venue_of(printed)

    assert (venue.short or venue.name, venue.presentation, venue.is_workshop) == (
        expected,
        "",
        False,
    )


def test_unknown_editions_are_one_venue():
    third = venue_of("Proceedings of the 3rd Symposium on Foo, 2018")
    fourth = venue_of("The Fourth Symposium on Foo (2019)")

    assert [third, fourth] == [
        PrintedVenue("Symposium on Foo", kind="conference", year=2018),
        PrintedVenue("Symposium on Foo", kind="conference", year=2019),
    ]


@pytest.mark.parametrize(
    "printed", ["Submitted to ICLR 2024", "Under review", "ICLR 2020 Conference Blind Submission"]
)
def test_what_is_submitted_is_published_nowhere(printed):
    assert venue_of(printed).name == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[Oral]", ("oral", "")),
        ("(Spotlight!)", ("spotlight", "")),
        ("[Best paper!]", ("", "Best paper")),
        ("Accept (poster)", ("poster", "")),
        ("oral, best student paper award", ("oral", "Best student paper award")),
        ("behavioural", ("", "")),
    ],
)
def test_marks_in_words_are_read(text, expected):
    assert marks_of(text) == expected


def test_every_name_means_one_venue():
    names = [
        (fold(name), venue.slug)
        for venue in KNOWN
        for name in {venue.name, venue.short, *venue.aliases}
    ]
    meanings = {}
    for name, slug in names:
        meanings.setdefault(name, set()).add(slug)

    assert [pair for pair in meanings.items() if len(pair[1]) > 1] == []
    assert len({venue.slug for venue in KNOWN}) == len({venue.name for venue in KNOWN}) > 200


def test_every_known_venue_is_found_by_each_of_its_names():
    for venue in KNOWN:
        for name in (venue.name, venue.short, *venue.aliases):
            assert venue_of(name).name == venue.name


def test_venues_of_the_fixtures_are_known_exactly():
    rows = [json.loads(row) for row in FIXTURES.read_text().splitlines()]
    venues = [row["fields"] for row in rows if row["model"] == "papers.venue"]

    known = {venue.slug: venue for venue in KNOWN}

    assert len(venues) == 41
    for venue in venues:
        found = known[venue["slug"]]
        assert (found.name, found.short, found.kind) == (
            venue["name"],
            venue["short"],
            venue["kind"],
        )


@given(
    st.text()
    | st.lists(st.sampled_from(["Proc.", "12", "(", "at", "ICML", "oral", "'"])).map(" ".join)
)
def test_any_text_is_read_as_a_venue(text):
    assert isinstance(venue_of(text), PrintedVenue)
