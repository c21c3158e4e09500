"""The course of a search as a picture: steps down of the cost, steps up of the bound."""

from talks.course import MOST_ROWS, picture


def test_nothing_is_drawn_while_nothing_is_known():
    assert picture([]) is None
    assert picture([[0.5, None, None]]) is None


def test_cost_and_bound_are_lines_of_steps_within_the_picture():
    drawn = picture([[0, 100, 0], [5, 50, 0], [10, 50, 50]])

    assert drawn.cost == "8.0,8.0 240.0,8.0 240.0,80.0 472.0,80.0"
    assert drawn.bound == "8.0,152.0 472.0,152.0 472.0,80.0 472.0,80.0"
    assert (drawn.lowest, drawn.highest, drawn.seconds) == (0, 100, 10)
    assert drawn.dot == ["472.0", "80.0"]


def test_cost_that_is_found_at_once_and_stays_is_a_line_across():
    drawn = picture([[0, 7, None], [10, 7, None]])

    assert (drawn.cost, drawn.bound) == ("8.0,8.0 472.0,8.0", "")


def test_bound_below_nothing_is_nothing():
    drawn = picture([[1, 10, -3.0]])

    assert [(row.seconds, row.cost, row.bound) for row in drawn.rows] == [(1, 10, 0.0)]


def test_table_tells_each_change_once_and_the_end():
    drawn = picture([[1, 9, 0], [2, 9, 0], [3, 8, 0], [4, 8, 0]])

    assert [(row.seconds, row.cost) for row in drawn.rows] == [(1, 9), (3, 8), (4, 8)]


def test_long_table_is_thinned_out():
    drawn = picture([[second, 1000 - second, 0] for second in range(500)])

    assert len(drawn.rows) <= MOST_ROWS + 1
    assert (drawn.rows[0].cost, drawn.rows[-1].cost) == (1000, 501)
