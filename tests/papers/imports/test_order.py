"""Where rows are put among those that stay: nobody else moves unless there is no room."""

from papers.imports.headings import in_order, known_again
from papers.imports.order import places_for


def test_first_rows_stand_sixteen_apart():
    assert places_for(["a", "b"], {}) == {"a": 16, "b": 32}


def test_row_between_two_is_put_in_the_middle():
    assert places_for(["a", "new", "b"], {"a": 16, "b": 32}) == {"new": 24}


def test_row_after_one_that_a_person_put_elsewhere_follows_it():
    assert places_for(["a", "new", "b"], {"b": 16, "a": 32}) == {"new": 48}


def test_all_are_placed_anew_above_when_a_gap_is_too_narrow():
    assert places_for(["a", "new", "b"], {"a": 1, "b": 2}) == {"a": 18, "new": 34, "b": 50}


def test_longest_run_that_rises_did_not_move():
    assert in_order([1, 9, 2, 3, 4]) == {0, 2, 3, 4}


def test_heading_whose_rows_mostly_stood_under_another_is_that_one():
    rows = [("Trees and forests", "Trees"), ("Trees and forests", "Trees"), ("Nets", "Trees")]

    assert known_again(["Trees and forests", "Nets"], {"Trees": 7}, rows) == {
        "Trees and forests": 7
    }


def test_rows_of_which_none_stands_yet_go_behind_all_others():
    places = places_for(["c", "d"], {"a": 16, "b": 32})

    assert sorted(places, key=lambda each: places[each]) == ["c", "d"]
    assert min(places.values()) > 32
