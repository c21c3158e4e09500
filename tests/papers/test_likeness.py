"""Papers are alike by their words; the map has a place of its own for each of them."""

from itertools import combinations

import pytest

from papers import likeness
from papers.likeness import apart, nearest, spots, weights

TEXTS = [
    "Pruning filters for efficient networks",
    "Pruning filters by rank of efficient networks",
    "Knowledge distillation of a teacher",
    "A teacher and a student: knowledge distillation",
    "Sphagnum",
]


def silent(_step, _done, _whole):
    pass


def alike(texts):
    rows = weights(iter(texts), len(texts))
    return [[other for other, _score in near] for near in nearest(rows, silent)]


def test_papers_that_share_words_are_alike():
    assert alike(TEXTS) == [[1], [0], [3], [2], []]


def test_the_same_words_are_wholly_alike_and_nothing_is_like_itself():
    rows = weights(iter(["Öne wörd", "one WORD", "another thing", "another matter"]), 4)

    assert list(nearest(rows, silent))[:2] == [[(1, 1.0)], [(0, 1.0)]]


def test_of_many_equals_the_first_are_named():
    assert alike(["same words"] * 20 + ["other"] * 30)[19] == [0, 1, 2, 3, 4, 5, 6, 7]


def test_the_most_alike_come_first():
    texts = ["deep sparse nets", "deep sparse trees", "deep sparse nets", "trees", "nets"]

    assert alike(texts)[0] == [2, 1, 4]


@pytest.mark.parametrize("texts", [[""], ["alone"], ["one", "two"], ["the of and"] * 4])
def test_texts_that_share_nothing_are_like_nothing(texts):
    assert alike(texts) == [[]] * len(texts)


def test_progress_is_told():
    told = []
    rows = weights(iter(["a word"] * 450), 450)

    list(nearest(rows, lambda *step: told.append(step)))

    assert told == [("compared", 200, 450), ("compared", 400, 450), ("compared", 450, 450)]


def of_two_kinds(count):
    """Texts about one thing and about another, in turns."""
    kinds = [combinations([f"{kind}{number}" for number in range(12)], 5) for kind in "ab"]
    return [" ".join(next(kinds[number % 2])) for number in range(count)]


def distance(a, b):
    return ((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5


def middle(places):
    xs, ys = zip(*places, strict=True)
    return sum(xs) / len(xs), sum(ys) / len(ys)


@pytest.mark.parametrize("landmarks", [1000, 100])
def test_what_is_alike_stands_together(monkeypatch, landmarks):
    monkeypatch.setattr(likeness, "LANDMARKS", landmarks)
    texts = of_two_kinds(200)

    placed = spots(weights(iter(texts), 200))

    first, second = placed[::2], placed[1::2]
    wrong = [
        place
        for kind, other in ((first, second), (second, first))
        for place in kind
        if distance(place, middle(other)) < distance(place, middle(kind))
    ]
    assert wrong == []


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 5, 40])
def test_every_paper_has_a_place_of_its_own_on_the_map(count):
    texts = [*of_two_kinds(count), *["Sphagnum"] * (count > 4), "Alone here"]

    placed = spots(weights(iter(texts), len(texts)))

    assert len(set(placed)) == len(texts)
    assert [place for place in placed if not (0 <= place[0] <= 1 and 0 <= place[1] <= 1)] == []


def test_papers_without_words_in_common_stand_below_the_others():
    placed = spots(weights(iter([*of_two_kinds(30), "Alone here", "Quite lonely"]), 32))

    assert min(y for _x, y in placed[30:]) > max(y for _x, y in placed[:30])


def test_the_same_texts_give_the_same_map():
    first, second = (spots(weights(iter(of_two_kinds(60)), 60)) for _ in range(2))

    assert first == second


def test_what_would_stand_on_another_is_moved_aside():
    placed = apart([(0.5, 0.5)] * 50 + [(0.0, 1.0)] * 50)

    assert len(set(placed)) == 100
    assert [p for p in placed[:50] if distance(p, (0.5, 0.5)) > 0.02] == []
    assert [p for p in placed[50:] if distance(p, (0, 1)) > 0.02] == []
