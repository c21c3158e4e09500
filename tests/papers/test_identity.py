"""Who may be one person, and who may be two."""

from itertools import count

import pytest

from papers.identity import Known, Place, Reason, known, likely_joins, likely_splits, words_of


def joins(*people, apart=()):
    found = likely_joins({each.pk: each for each in people}, frozenset(apart))
    return [(each.a, each.b, [reason.word for reason in each.reasons]) for each in found]


@pytest.mark.parametrize(
    ("one", "two", "word"),
    [
        ("José García", "Jose Garcia", "same"),
        ("Wei Zhang", "Zhang Wei", "same"),
        ("Lovelace, Ada", "Ada Lovelace", "same"),
        ("Jean-Luc Picard", "Jean Luc Picard", "same"),
        ("Xiao-Lin Hu", "Xiaolin Hu", "same"),
        ("Greg Diamos", "Gregory Diamos", "short"),
        ("Mike Burrows", "Michael Burrows", "short"),
        ("Song Han", "Song J. Han", "middle"),
    ],
)
def test_names_of_one_person_are_offered_whatever_else_is_known(one, two, word):
    assert joins(Known(1, one), Known(2, two)) == [(1, 2, [word])]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Ada Lovelace", "Ada Byron"),
        ("Adam Lovelace", "Anna Lovelace"),
        ("Li Wang", "Lin Wang"),
        ("Ada", "Ada Lovelace"),
        ("A. Lovelace", "Ada Lovelace"),
        ("", "Ada"),
    ],
)
def test_names_alone_do_not_make_these_one(one, two):
    assert joins(Known(1, one), Known(2, two)) == []


def test_initials_are_offered_with_a_shared_coauthor():
    one = Known(1, "A. Lovelace", coauthors=frozenset({7, 8}))
    two = Known(2, "Ada Lovelace", coauthors=frozenset({8, 9}))

    assert joins(one, two) == [(1, 2, ["initials", "coauthors"])]


def test_initials_are_offered_with_the_same_affiliation():
    here = frozenset({"analytical engines"})

    found = joins(
        Known(1, "A. Lovelace", affiliations=here), Known(2, "Ada Lovelace", affiliations=here)
    )

    assert found == [(1, 2, ["initials", "affiliation"])]


def test_best_reasons_come_first():
    shared = frozenset({9})
    found = joins(
        Known(1, "Greg Diamos"),
        Known(2, "Gregory Diamos"),
        Known(3, "José García", coauthors=shared),
        Known(4, "Jose Garcia", coauthors=shared),
    )

    assert [(a, b) for a, b, _reasons in found] == [(3, 4), (1, 2)]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ({"orcid": "0000-0002-1825-0097"}, {"orcid": "0000-0001-5109-3700"}),
        ({"papers": frozenset({5})}, {"papers": frozenset({5, 6})}),
    ],
)
def test_what_proves_two_people_is_not_offered(one, two):
    assert joins(Known(1, "José García", **one), Known(2, "Jose Garcia", **two)) == []


def test_refused_pair_is_not_offered_again():
    people = [Known(1, "José García"), Known(2, "Jose Garcia")]

    assert joins(*people, apart=[(1, 2)]) == []
    assert len(joins(*people)) == 1


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Łukasz Kaiser", ["lukasz", "kaiser"]),
        ("van den Oord, Aäron", ["aaron", "van", "den", "oord"]),
    ],
)
def test_family_name_stands_last(name, words):
    assert words_of(name) == words


numbers = count(1)


def place(author, paper, **known_of_it):
    return Place(next(numbers), author, paper, **known_of_it)


def test_what_is_known_of_an_author_is_taken_from_their_places():
    places = [
        place(1, 10, affiliation="MIT"),
        place(2, 10),
        place(1, 11, affiliation="M.I.T."),
        place(3, 11),
    ]

    ada = known({1: ("Ada", "")}, places)[1]

    assert ada == Known(
        *(1, "Ada", ""),
        coauthors=frozenset({2, 3}),
        papers=frozenset({10, 11}),
        affiliations=frozenset({"mit", "m i t"}),
    )


def test_a_crowd_tells_nothing_of_coauthors():
    places = [place(author, 10) for author in range(1, 60)]

    assert known({1: ("Ada", "")}, places)[1].coauthors == frozenset()


def splits(*places):
    return [
        ([[each.paper for each in group] for group in found.groups], list(found.reasons))
        for found in likely_splits(places)
    ]


def test_groups_without_a_common_coauthor_at_different_places_may_be_two_people():
    found = splits(
        place(1, 10, affiliation="MIT"),
        *(place(2, 10), place(1, 11, affiliation="MIT"), place(2, 11)),
        place(1, 12, affiliation="ETH"),
        place(3, 12),
    )

    assert found == [
        ([[10, 11], [12]], [Reason("groups", (2,)), Reason("elsewhere", ("MIT", "ETH"))])
    ]


def test_groups_far_apart_in_time_may_be_two_people():
    found = splits(
        *(place(1, 10, year=1990), place(2, 10, year=1990)),
        *(place(1, 11, year=2015), place(3, 11, year=2015)),
    )

    assert found == [([[10], [11]], [Reason("groups", (2,)), Reason("years", (1990, 2015))])]


def test_author_who_stands_twice_on_a_paper_may_be_two_people():
    found = splits(place(1, 10), place(1, 10), place(2, 10))

    assert [reasons for _groups, reasons in found] == [[Reason("twice", (10,))]]


@pytest.mark.parametrize("shared", ["coauthor", "affiliation"])
def test_papers_that_share_something_belong_together(shared):
    affiliation = "MIT" if shared == "affiliation" else ""
    other = 2 if shared == "coauthor" else 3

    found = splits(
        *(place(1, 10, year=1990, affiliation=affiliation), place(2, 10)),
        *(place(1, 11, year=2015, affiliation=affiliation), place(other, 11)),
    )

    assert found == []


def test_other_coauthors_alone_are_no_reason():
    found = splits(
        *(place(1, 10, year=2014), place(2, 10)), *(place(1, 11, year=2015), place(3, 11))
    )

    assert found == []


def test_papers_are_put_together_through_a_third():
    found = splits(
        *(place(1, 10, year=1990), place(2, 10), place(1, 11, year=2015), place(3, 11)),
        *(place(1, 12, year=2000), place(2, 12), place(3, 12)),
    )

    assert found == []


@pytest.mark.parametrize(
    ("other", "found"), [("S. Han", ["initials", "families"]), ("B. Dally", None)]
)
def test_initials_and_a_co_author_of_one_family_name_are_offered(other, found):
    names = {1: ("Y. Lin", ""), 2: ("Yujun Lin", ""), 3: ("Song Han", ""), 4: (other, "")}
    places = [
        Place(pk, author, paper)
        for pk, (author, paper) in enumerate([(1, 7), (3, 7), (2, 8), (4, 8)])
    ]

    reasons = {
        (each.a, each.b): [reason.word for reason in each.reasons]
        for each in likely_joins(known(names, places), frozenset())
    }

    assert reasons.get((1, 2)) == found
