"""Which row of a file is which row of its last version."""

from papers.imports.matching import MOST_PAIRS, RowFace, match, neighbours


def face(title, section="", *addresses, identifiers=()):
    return RowFace(title, section, frozenset(addresses), identifiers)


def test_equal_titles_match_whatever_their_order():
    rows, base = [face("trees"), face("nets")], [face("nets"), face("trees")]

    assert match(rows, base) == {0: 1, 1: 0}


def test_of_equal_titles_those_of_one_section_match_first():
    rows = [face("trees", "B"), face("trees", "A")]
    base = [face("trees", "A"), face("trees", "B")]

    assert match(rows, base) == {0: 1, 1: 0}


def test_one_address_matches_a_title_that_was_made_longer():
    rows, base = [face("trees for tables", "B", "x")], [face("trees", "A", "x")]

    assert match(rows, base) == {0: 0}


def test_address_that_two_rows_share_matches_nothing():
    rows = [face("trees for tables", "", "x"), face("trees for chairs", "", "x")]
    base = [face("trees", "", "x")]

    assert match(rows, base) == {}


def test_corrected_title_matches_in_its_section_alone():
    rows, base = [face("learning sparse networks", "A")], [face("learning sparse netwroks", "A")]
    elsewhere = [face("learning sparse netwroks", "B")]

    assert [match(rows, base), match(rows, elsewhere)] == [{0: 0}, {}]


def test_near_titles_with_other_identifiers_do_not_match():
    rows = [face("trees for tables part one", identifiers=(("arxiv", "1"),))]
    base = [face("trees for tables part two", identifiers=(("arxiv", "2"),))]

    assert match(rows, base) == {}


def test_many_rows_of_one_title_match_their_own_section_and_address():
    many = [face("introduction", f"S{n % 7}", str(n)) for n in range(int(MOST_PAIRS**0.5) + 1)]

    found = match(many, many[::-1])

    assert found == {row: len(many) - 1 - row for row in range(len(many))}


def test_neighbours_are_found_among_many_without_comparing_all():
    here = {n: f"a title about subject{n} and thing{n * 7} told" for n in range(100)}
    there = {n: f"{title} anew" for n, title in here.items()}

    assert {(row, other) for _score, row, other in neighbours(here, there)} >= {
        (n, n) for n in range(100)
    }
