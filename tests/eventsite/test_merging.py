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
