"""Three-way merging: what both changed is a conflict, and nothing else is."""

import pytest

from eventsite.merging import Merged, merge, merge_parts


@pytest.mark.parametrize(
    ("base", "file", "here", "expected"),
    [
        (1, 1, 1, Merged(1)),
        (1, 2, 1, Merged(2)),
        (1, 1, 2, Merged(2)),
        (1, 2, 2, Merged(2)),
        (1, 2, 3, Merged(3, is_conflict=True)),
    ],
)
def test_value_is_taken_from_where_it_changed(base, file, here, expected):
    assert merge(base, file, here) == expected


def test_parts_added_and_dropped_on_both_sides_stay_so():
    assert merge_parts("abc", "acd", "bce") == ("c", "e", "d")


def test_part_that_the_file_replaced_keeps_its_place():
    assert merge_parts(["a", "c"], ["b", "c"], ["a", "c", "mine"]) == ("b", "c", "mine")


def test_part_that_replaces_one_removed_here_comes_last():
    assert merge_parts(["a", "c"], ["b", "c"], ["c"]) == ("c", "b")


def test_parts_that_only_changed_places_are_neither_lost_nor_doubled():
    assert merge_parts(["a", "b", "c"], ["c", "b", "d"], ["a", "b", "c"]) == ("b", "c", "d")
