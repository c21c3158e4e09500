"""Talks are alike by their words."""

import pytest

from papers.models import Topic
from talks.alikeness import alike, likeness
from talks.problems import standing
from talks.solver.problem import pair
from tests.factories import make_event, make_paper, make_talk

TEXTS = {
    "T1": "Sparse matrices on graphics processors",
    "T2": "Graphics processors and sparse tensors",
    "T3": "A history of the harpsichord",
    "T4": "Harpsichord: its history in Antwerp",
    "T5": "Baking bread with rye",
}


def test_talks_that_share_rare_words_are_alike():
    found = likeness(TEXTS)

    assert set(found) == {("T1", "T2"), ("T3", "T4")}
    assert found["T1", "T2"] > found["T3", "T4"]


def test_equal_texts_are_wholly_alike():
    assert likeness({"T1": "sparse tensors", "T2": "Sparse Tensors!", "T3": "rye bread"}) == {
        ("T1", "T2"): 100
    }


def test_words_that_all_share_make_nothing_alike():
    texts = {f"T{number}": f"talk about thing{number}" for number in range(20)}

    assert likeness(texts) == {}


@pytest.mark.parametrize("texts", [{}, {"T1": "alone"}, {"T1": "", "T2": ""}])
def test_nothing_to_compare_is_nothing_alike(texts):
    assert likeness(texts) == {}


@pytest.mark.django_db
def test_topics_of_papers_make_talks_alike():
    event = make_event()
    topic = Topic.objects.create(slug="music", name="Harpsichord")
    talks = []
    for title in ("Plucking", "Quills"):
        paper = make_paper(title)
        paper.topics.add(topic)
        talks.append(make_talk(event, title=title, paper=paper))
    for title in ("Bread", "Rye", "Ovens"):
        make_talk(event, title=title)

    [both] = standing(event).problem.alike

    assert both == pair(*(talk.code for talk in talks))


@pytest.mark.django_db
@pytest.mark.parametrize("talks", [2, 40])
def test_likeness_needs_one_query_however_many_talks(talks, django_assert_num_queries):
    event = make_event()
    for number in range(talks):
        make_talk(event, paper=make_paper(f"Paper on bread {number}"))
    rows = list(event.talks.select_related("paper"))

    with django_assert_num_queries(1):
        alike(rows)
