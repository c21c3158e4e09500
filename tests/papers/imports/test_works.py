"""Which rows are one work: identifiers before titles, with guards for titles that many have."""

import pytest

from papers.imports.works import Work, Works, differ_by_identifier, is_generic, title_key


def placed(*rows):
    """Return the number of the work that each row was put to."""
    works = Works()
    found = [works.place(row, number)[0] for number, row in enumerate(rows)]
    return [works.works.index(work) for work in found]


def test_two_numbers_of_arxiv_are_two_works_unless_the_authors_are_known_to_be_the_same():
    title = "do deep nets really need to be deep"
    one, other = (Work(title, identifiers=(("arxiv", n),)) for n in ("1312.6184", "1603.05691"))
    same = (
        Work(title, names=("ba",), identifiers=(("arxiv", n),)) for n in ("1312.6184", "1603.05691")
    )

    assert placed(one, other) == [0, 1]
    assert placed(*same) == [0, 0]


def test_repeated_prefix_of_a_title_is_dropped():
    assert title_key("2018-ECCV-Deep Nets: a Survey") == "deep nets a survey"


def test_identifier_finds_a_work_under_another_title():
    one = Work("deep compression", identifiers=(("arxiv", "1510.00149"),))
    other = Work("deep compression pruning and coding", identifiers=(("arxiv", "1510.00149"),))

    assert placed(one, other) == [0, 0]


def test_identifier_of_a_quite_different_title_is_a_mistake():
    one = Work("deep compression", identifiers=(("arxiv", "1510.00149"),))
    other = Work("quantum wells", identifiers=(("arxiv", "1510.00149"),))

    assert placed(one, other) == [0, 1]


@pytest.mark.parametrize(
    ("one", "other", "works"),
    [
        ({}, {}, [0, 0]),
        ({"names": ("ba",)}, {"names": ("ba", "caruana")}, [0, 0]),
        ({"names": ("ba",)}, {"names": ("noether",)}, [0, 1]),
        ({"year": 2014}, {"year": 2019}, [0, 0]),
    ],
)
def test_equal_titles_are_one_work_unless_the_authors_differ(one, other, works):
    title = "do deep nets really need to be deep"

    assert placed(Work(title, **one), Work(title, **other)) == works


@pytest.mark.parametrize(
    ("one", "other", "works"),
    [
        ({"names": ("ba",), "year": 2014}, {"names": ("ba",), "year": 2014}, [0, 0]),
        ({"names": ("ba",), "year": 2014}, {"names": ("ba",), "year": 2015}, [0, 1]),
        ({"year": 2014}, {"year": 2014}, [0, 1]),
    ],
)
def test_title_that_many_have_needs_something_that_speaks_for_it(one, other, works):
    assert placed(Work("introduction", **one), Work("introduction", **other)) == works


def test_short_title_with_other_identifiers_of_one_scheme_is_another_work():
    one = Work("deep nets", identifiers=(("doi", "10.1/a"),))
    other = Work("deep nets", identifiers=(("doi", "10.1/b"),))

    assert placed(one, other) == [0, 1]


def test_long_title_with_another_doi_is_the_same_work():
    title = "do deep nets really need to be deep"
    preprint = Work(title, identifiers=(("doi", "10.48550/a"),))
    published = Work(title, identifiers=(("doi", "10.1/b"),))

    assert placed(preprint, published) == [0, 0]


@pytest.mark.parametrize(
    ("title", "generic"), [("preface", True), ("deep nets", True), ("trees for tables", False)]
)
def test_few_words_are_generic(title, generic):
    assert is_generic(title) is generic


def test_one_identifier_in_common_proves_nothing_apart():
    one = [("doi", "10.1/a"), ("arxiv", "1")]

    assert differ_by_identifier(one, [("doi", "10.1/b"), ("arxiv", "1")]) is False
    assert differ_by_identifier(one, [("doi", "10.1/b")]) is True
    assert differ_by_identifier(one, [("openreview", "x")]) is False


def test_works_of_a_crowd_are_still_found_by_their_authors():
    rows = [Work("introduction", names=(f"name{n}",), year=2020) for n in range(200)]

    found = placed(*rows, Work("introduction", names=("name150",), year=2020))

    assert found == [*range(200), 150]


def test_paper_that_a_row_stands_for_already_comes_before_all_else():
    works = Works([Work("deep nets", pk=1, code="P1"), Work("trees", pk=2, code="P2")])

    assert [works.place(Work("deep nets"), 0, pk=2)[1], works.by_pk[2].rows] == ["list", [0]]
    assert [works.place(Work("deep nets"), 1, code="P2")[1], works.by_pk[2].rows] == [
        "code",
        [0, 1],
    ]
