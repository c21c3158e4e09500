"""`relate_papers`: what is alike is kept, and kept again only where it differs."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from papers import relating
from papers.models import Paper, Similar, Spot
from tests.factories import make_paper
from tests.papers.rows import make_topic

pytestmark = pytest.mark.django_db


def relate():
    output = StringIO()
    call_command("relate_papers", "--json", stdout=output)
    return json.loads(output.getvalue())


def pairs():
    return [
        (each.paper.title, each.other.title)
        for each in Similar.objects.select_related("paper", "other").order_by("paper_id", "-score")
    ]


def test_titles_abstracts_and_topics_make_papers_alike():
    first = make_paper("Pruning filters")
    make_paper("Filters and pruning")
    make_paper("A lottery", abstract="Winning tickets are found at random.")
    make_paper("Chance", abstract="Tickets which are winning.")
    third, fourth = make_paper("One"), make_paper("Other")
    make_topic("Compilers", papers=[third, fourth])

    report = relate()

    assert pairs() == [
        ("Pruning filters", "Filters and pruning"),
        ("Filters and pruning", "Pruning filters"),
        ("A lottery", "Chance"),
        ("Chance", "A lottery"),
        ("One", "Other"),
        ("Other", "One"),
    ]
    assert Spot.objects.count() == 6
    assert (report["read"], report["changed"], report["unchanged"]) == (6, 6, 0)
    assert first.similar.get().score == 1


def test_the_second_time_nothing_is_written():
    for number in range(12):
        make_paper(f"Sparse networks {number % 3}")
    relate()
    keys = list(Similar.objects.values_list("pk", flat=True))

    with CaptureQueriesContext(connection) as queries:
        report = relate()

    assert (report["changed"], report["unchanged"]) == (0, 12)
    assert list(Similar.objects.values_list("pk", flat=True)) == keys
    assert [q["sql"] for q in queries if q["sql"].startswith(("INSERT", "UPDATE"))] == []


def test_what_is_no_longer_alike_is_forgotten():
    make_paper("Sparse networks")
    changed = make_paper("Sparse networks")
    make_paper("Speech")
    make_paper("Speech")
    relate()

    Paper.objects.filter(pk=changed.pk).update(title="Mosses")
    relate()

    assert pairs() == [("Speech", "Speech"), ("Speech", "Speech")]


def test_a_paper_that_went_meanwhile_is_left_out():
    kept, gone = make_paper(), make_paper()
    there = {kept.pk: [(gone.pk, 0.5)], gone.pk: [(kept.pk, 0.5)]}
    places = {kept.pk: (0.1, 0.2), gone.pk: (0.3, 0.4)}
    gone.delete()

    relating.keep_similar(there)
    relating.keep_spots(places)

    assert Similar.objects.count() == 0
    assert list(Spot.objects.values_list("paper", "x", "y")) == [(kept.pk, 0.1, 0.2)]


def test_an_empty_catalogue_has_nothing_to_compare():
    report = relate()

    assert report == {
        "read": 0,
        "changed": 0,
        "unchanged": 0,
        "new": 0,
        "conflicts": 0,
        "duplicates": 0,
        "skipped": [],
    }


def test_without_json_the_report_is_a_line():
    make_paper()
    output = StringIO()

    call_command("relate_papers", stdout=output)

    assert output.getvalue() == "1 read, 0 changed, 1 unchanged\n"


@pytest.mark.parametrize("count", [2, 40])
def test_the_queries_do_not_grow_with_the_papers(django_assert_num_queries, count):
    for number in range(count):
        make_paper(f"Sparse networks {number % 2}")

    with django_assert_num_queries(14):
        relating.relate(lambda *_step: None)
