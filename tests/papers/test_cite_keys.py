import pytest
from django.core.management import call_command

from papers.cite_keys import assign, assign_missing
from papers.models import Paper
from papers.naming import derive
from papers.records import AuthorRecord, PaperRecord
from tests.factories import make_paper

pytestmark = pytest.mark.django_db


def test_new_paper_gets_its_key_with_its_first_save_and_keeps_it():
    paper = Paper(title="A Sketch of the Engine", year=2018)

    derive(paper)
    paper.save()
    paper.title, paper.year = "Another title", 2020
    derive(paper)

    assert paper.cite_key == "sketch2018engine"


def test_saved_paper_without_a_key_is_named_after_its_first_author():
    paper = make_paper("A Sketch of the Engine", year=2018, authors=["Ada Lovelace", "C. Babbage"])
    Paper.objects.filter(pk=paper.pk).update(cite_key=None)
    paper.refresh_from_db()

    derive(paper)

    assert paper.cite_key == "lovelace2018sketch"


@pytest.mark.parametrize("number", [1, 30])
def test_many_get_keys_in_one_query_none_of_them_taken(number, django_assert_num_queries):
    Paper.objects.create(title="Old", folded="old", cite_key="lovelace2018sketch")
    record = PaperRecord("A Sketch", year=2018, authors=(AuthorRecord("Ada Lovelace", ""),))
    papers = [Paper(title="A Sketch") for _ in range(number)]

    with django_assert_num_queries(1):
        assign((paper, record) for paper in papers)

    letters = "abcdefghijklmnopqrstuvwxyz"
    endings = [*letters, *(f"a{letter}" for letter in letters)][:number]
    assert [paper.cite_key for paper in papers] == [f"lovelace2018sketch{end}" for end in endings]


def test_key_of_a_file_is_kept():
    paper = Paper(title="A Sketch")

    assign([(paper, PaperRecord("A Sketch", key="gowda-may-2020"))])

    assert paper.cite_key == "gowda-may-2020"


@pytest.mark.parametrize("number", [1, 30])
def test_missing_keys_are_given_in_constant_queries(number, django_assert_num_queries):
    for _ in range(number):
        make_paper("Sketch", year=2018, authors=["Ada Lovelace"])
    kept = make_paper("Kept", cite_key="mine")
    Paper.objects.exclude(pk=kept.pk).update(cite_key=None)

    with django_assert_num_queries(3):
        assert assign_missing(Paper.objects.all()) == number

    assert Paper.objects.get(pk=kept.pk).cite_key == "mine"
    keys = set(Paper.objects.values_list("cite_key", flat=True))
    assert len(keys) == number + 1
    assert "lovelace2018sketch" in keys


def test_papers_of_the_demo_have_keys_after_loading():
    call_command("loaddata", "papers", verbosity=0)

    assign_missing(Paper.objects.all())

    keys = Paper.objects.values_list("cite_key", flat=True)
    assert (None in keys, len(set(keys))) == (False, Paper.objects.count())
