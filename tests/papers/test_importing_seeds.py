"""The four documents: 804 rows are 777 works, and five pairs are shown to a person."""

import pytest

from papers import reading
from papers.importing import apply, preview
from papers.joining import merge_papers
from papers.models import Item, Paper, ReadingList
from tests.demo import SEEDS, needs_seeds

FILES = {"one-line": "000", "notes": "001", "efficient": "003", "posters": "004"}

pytestmark = [
    pytest.mark.django_db,
    needs_seeds,
]


def read(number):
    file = next(SEEDS.glob(f"{number}_*"))
    return reading.read(file.read_bytes(), "list.md")


@pytest.fixture
def plans(db):
    plans = {}
    for slug, number in FILES.items():
        plans[slug] = preview(read(number), ReadingList(slug=slug, title=slug))
        apply(plans[slug])
    return plans


def lines(plan):
    """Return the near pairs of a plan by their lines, 0 for a paper of another file."""
    return {tuple(sorted((pair.a.line, pair.b.line))) for pair in plan.near}


def test_804_rows_are_777_works(plans):
    assert {slug: plan.counts()["read"] for slug, plan in plans.items()} == {
        "one-line": 28,
        "notes": 29,
        "efficient": 734,
        "posters": 13,
    }
    assert Paper.objects.count() == 777
    assert Item.objects.count() == 804


def test_near_pairs_are_those_of_the_oracle(plans):
    assert lines(plans["efficient"]) == {(76, 675), (277, 279), (440, 754), (0, 508)}
    assert [pair.score for pair in plans["posters"].near] == [97.6]


def test_three_near_pairs_merged_leave_774(plans):
    pairs = [p for plan in plans.values() for p in plan.near if p.reason == "reworded"]
    by_title = {paper.title: paper for paper in Paper.objects.all()}

    for pair in pairs:
        merge_papers(by_title[pair.a.title], by_title[pair.b.title])

    assert Paper.objects.count() == 774


def test_second_import_of_a_seed_changes_nothing(plans):
    plan = preview(read("003"), ReadingList.objects.get(slug="efficient"))

    report = apply(plan)

    assert (report.created, report.changed, plan.counts()["unchanged"]) == (0, 0, 734)


def test_next_version_of_a_list_changes_it(db):
    older = SEEDS.parent / "data" / "4-paperlists" / "EfficientDNNs_2021-07.md"
    if not older.exists():
        pytest.skip("the older version is not here")
    apply(preview(reading.read(older.read_bytes(), "a.md"), ReadingList(slug="e", title="E")))
    papers, there = Paper.objects.count(), Item.objects.count()

    plan = preview(read("003"), ReadingList.objects.get())
    apply(plan)

    counts = plan.counts()
    assert counts["conflicts"] == 0
    assert Item.objects.filter(is_gone=False).count() == 734
    assert Item.objects.count() == there + counts["new"]
    assert Paper.objects.count() == papers + counts["new_papers"]
    assert counts["gone"] == Item.objects.filter(is_gone=True).count()
