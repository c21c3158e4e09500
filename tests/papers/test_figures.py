"""Counts become bars, places fill a picture, names stand where their papers are."""

from itertools import combinations
from math import dist

import pytest

from papers import figures
from papers.figures import Counted, Label


def test_the_highest_bar_fills_the_height_and_each_year_has_its_room():
    years = figures.years([Counted("All", "", {2018: 1, 2020: 4, 2021: 2})])

    [chart] = years.charts
    assert [(bar.year, bar.x, bar.width) for bar in chart.bars] == [
        (2018, 6, 48),
        (2020, 126, 48),
        (2021, 186, 48),
    ]
    assert [(bar.y, bar.height) for bar in chart.bars] == [(58, 14), (16, 56), (44, 28)]
    assert (chart.total, chart.best.year) == (7, 2020)


def test_every_chart_has_the_same_years_and_a_height_of_its_own():
    years = figures.years(
        [Counted("All", "", {2018: 9, 2019: 9}), Counted("One", "one", {2019: 1})]
    )

    assert years.charts[1].bars[0].x == years.charts[0].bars[1].x
    assert years.charts[1].bars[0].height == years.charts[0].bars[1].height


def test_the_table_says_the_same_latest_year_first():
    years = figures.years(
        [Counted("All", "", {2018: 2, 2020: 1}), Counted("One", "one", {2018: 1})]
    )

    assert years.rows == ((2020, (1, 0)), (2018, (2, 1)))


@pytest.mark.parametrize("counts", [{}, {2018: 5}])
def test_one_year_is_no_picture(counts):
    assert figures.years([Counted("All", "", counts)]) is None


def test_a_number_over_the_first_or_last_bar_stays_in_the_picture():
    counts = dict.fromkeys(range(1901, 2021), 1)

    [chart] = figures.years([Counted("All", "", counts)]).charts

    assert (chart.bars[0].middle, chart.bars[-1].middle) == (9, 231)


def test_places_fill_the_picture():
    assert figures.spread([(0.4, 0.2), (0.5, 0.3), (0.6, 0.4)]) == [
        (24, 24),
        (500, 350),
        (976, 676),
    ]


def test_one_place_stands_in_the_picture():
    assert figures.spread([(0.4, 0.2)]) == [(24, 24)]
    assert figures.spread([]) == []


def test_a_name_stands_in_the_middle_of_its_papers():
    places = [(300, 100), (320, 110), (500, 120), (310, 900)]

    assert figures.labels({"Pruning": places, "Rare": places[:3]}) == [Label("Pruning", 315, 115)]


def test_of_two_names_in_one_place_the_more_frequent_stays():
    near, far = [(500, 300)] * 5, [(500, 400)] * 4

    found = figures.labels({"Less": near[:4], "More": near, "Elsewhere": far})

    assert [label.name for label in found] == ["More", "Elsewhere"]


def test_a_name_at_an_edge_stands_in_the_picture_whole():
    name = "A name that is as long as one may be and longer"
    places = {
        f"{number} {name}": [(x, number * 100)] * 4 for number, x in enumerate((0, 500, 1000))
    }

    found = figures.labels(places)

    assert [label.side for label in found] == ["start", "middle", "end"]
    assert min(label.left for label in found) >= 0
    assert max(label.left + label.width for label in found) <= figures.MAP_WIDTH
    assert {label.name for label in found} == {f"{n} A name that is as long…" for n in range(3)}


def test_names_side_by_side_do_not_meet():
    here = {"Left": [(300, 300)] * 4, "Right": [(700, 300)] * 4, "Over both": [(360, 310)] * 4}

    assert [label.name for label in figures.labels(here)] == ["Left", "Right"]


def test_dots_with_numbers_are_pushed_apart_within_the_picture():
    places = [(500, 300), (500, 300), (505, 300), (24, 24), (30, 24), (976, 676)]

    found = figures.apart(places)

    assert min(dist(*pair) for pair in combinations(found, 2)) > figures.ROOM - 2
    assert [(x, y) for x, y in found if not (28 <= x <= 972 and 28 <= y <= 672)] == []
    assert figures.apart([(100, 100), (300, 300)]) == [(100, 100), (300, 300)]
