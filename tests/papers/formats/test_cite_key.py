import pytest

from papers.formats.cite_key import Keys, key_of, usable, wanted
from papers.records import AuthorRecord, PaperRecord


@pytest.mark.parametrize(
    ("author", "year", "title", "key"),
    [
        ("Ada Lovelace", 2018, "A Sketch of the Engine", "lovelace2018sketch"),
        ("Ludwig van Beethoven", 1801, "Für Elise", "beethoven1801fur"),
        ("Józef O'Brien-Łoś", None, "To be or not to be", "obrienlosto"),
        ("", 2018, "The Sketch of an Engine", "sketch2018engine"),
        ("漢字", 2018, "漢字", "paper2018"),
        ("", None, "", "paper"),
        ("", None, "2001", "2001"),
    ],
)
def test_key_says_who_when_and_what(author, year, title, key):
    assert wanted(author, year, title) == key


def test_key_fits_its_column_however_long_the_words():
    assert len(wanted("A" * 200, 2018, "b" * 200)) == 64


def test_taken_keys_get_a_letter_and_case_makes_no_difference():
    keys = Keys(["Sketch", "sketcha"])

    assert [keys.take("sketch") for _ in range(26)][::25] == ["sketchb", "sketchaa"]


@pytest.mark.parametrize("key", ["gowda-may-2020", "westfahl:space", "a" * 70])
def test_key_of_a_file_is_kept(key):
    assert usable(key) == key
    assert key_of(PaperRecord("Sketch", key=key)) == key


@pytest.mark.parametrize("key", ["", "a b", "a,b", "{a}", "é", "a" * 71, "http://x.org/1", "a%"])
def test_key_that_no_tool_takes_is_made_anew(key):
    paper = PaperRecord("Sketch", key=key, authors=(AuthorRecord("Ada Lovelace", ""),))

    assert key_of(paper) == "lovelacesketch"
