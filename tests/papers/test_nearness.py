"""Near titles: what a person is shown, and what only looks near."""

import pytest

from papers.folding import fold
from papers.imports.nearness import Titled, near_pairs


def titled(title, identifiers=(), names=()):
    return Titled(title, fold(title), frozenset(identifiers), frozenset(names))


@pytest.mark.parametrize(
    ("one", "other", "reasons"),
    [
        (
            "Do deep neural nets really need to be deep",
            "Do deep nets really need to be deep?",
            ["reworded"],
        ),
        ("Sparse convolutional networks", "SparseNet-Sparse convolutional networks", ["named"]),
        ("Deep compression", "Deep compression: pruning and coding", ["extended"]),
        ("Low-bitwidth nets for phones", "Low bit-width nets for phones", ["reworded"]),
        ("Knowledge squeezed compression", "Hierarchical knowledge squeezed compression", []),
        ("Trees for tables, part 1", "Trees for tables, part 2", []),
        ("Pruning filters for efficient convnets", "Learning trees from tables", []),
    ],
)
def test_titles_are_near_for_a_reason(one, other, reasons):
    assert [pair.reason for pair in near_pairs([titled(one), titled(other)])] == reasons


def test_identifiers_of_one_scheme_prove_two_works():
    one = titled("Deep compression of nets", [("arxiv", "1510.00149")])
    other = titled("Deep compression of the nets", [("arxiv", "1710.00149")])

    assert near_pairs([one, other]) == []


def test_only_pairs_with_a_fresh_one_are_told():
    works = [titled("Deep compression of nets"), titled("Deep compression of the nets")]

    assert [near_pairs(works, fresh) != [] for fresh in ([], [1])] == [False, True]


def test_spelling_counts_for_less_where_the_authors_are_the_same():
    titles = "Densely connected convolutional nets", "Densely connected convolutional networks"
    bylines = [("huang", "liu"), ("huang", "liu")], [("huang",), ("liu", "huang")], [(), ()]

    found = [
        [
            pair.reason
            for pair in near_pairs([titled(t, (), n) for t, n in zip(titles, names, strict=True)])
        ]
        for names in bylines
    ]

    assert found == [["reworded"], [], []]
