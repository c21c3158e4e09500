"""What else a citation says, written and read as lines."""

import pytest

from papers.details import read_details, write_details


def test_lines_are_read_and_written_back():
    details = {"page": "1-10", "container-title": "Advances: volume 30", "DOI": "10.1/x"}

    assert read_details(write_details(details)) == details


def test_empty_lines_and_spaces_are_nothing():
    assert read_details("\n  page :  7 \r\n\n") == {"page": "7"}


@pytest.mark.parametrize("text", ["page", "page:", ": 7", "two words: 7", "page: 7\npage: 8"])
def test_line_that_says_nothing_is_refused(text):
    with pytest.raises(ValueError, match="“"):
        read_details(text)
