"""Importing: new papers, changes three ways, and nothing at all the second time."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from eventsite import writing
from eventsite.models import Change, Import, ImportRow
from papers.entries import Refused
from papers.importing import Choices, StalePlan, apply, preview
from papers.models import Item, Paper, ReadingList, Section
from tests.factories import make_item, make_paper
from tests.papers.documents import make_document, make_entry

pytestmark = pytest.mark.django_db


def imported(document, slug="a-list", *, choices=None, source=""):
    target = ReadingList.objects.filter(slug=slug).first()
    target = target or ReadingList(slug=slug, title="A list")
    plan = preview(document, target, source=source)
    apply(plan, choices)
    return plan


def test_file_becomes_papers_items_and_sections():
    document = make_document(
        make_entry(
            "Deep nets",
            url="https://arxiv.org/abs/1312.6184",
            year=2014,
            venue="NIPS",
            section=0,
            marks=("o",),
            note="Read it",
            authors=["Jimmy Ba", "Rich Caruana"],
        ),
        make_entry("Born again trees", year=1996, section=1),
        headings=["Old", "Older"],
    )

    plan = imported(document)

    item = Item.objects.get(position=16)
    assert plan.counts()["new"] == 2
    assert (item.paper.title, item.section.heading, item.marks, item.note) == (
        "Deep nets",
        "Old",
        "o",
        "Read it",
    )
    assert [a.author.name for a in item.paper.authorships.all()] == ["Jimmy Ba", "Rich Caruana"]
    assert item.paper.venue.short == "NeurIPS"
    assert [str(i) for i in item.paper.identifiers.all()] == ["arxiv:1312.6184"]


def test_second_import_of_one_file_changes_nothing():
    document = make_document(
        make_entry(
            "Deep nets",
            url="https://arxiv.org/abs/1312.6184",
            year=2014,
            venue="NIPS",
            section=0,
            authors=["A B"],
        ),
        make_entry(
            "Deep Nets", url="https://openreview.net/forum?id=abcdefgh", year=2015, section=1
        ),
        make_entry("Born again trees", year=1996),
        headings=["Old", "Older"],
    )
    imported(document)
    before = Change.objects.count()

    plan = imported(document)

    assert plan.counts() | {"near": 0} == {
        "read": 3,
        "new": 0,
        "new_papers": 0,
        "changed": 0,
        "unchanged": 3,
        "deleted": 0,
        "gone": 0,
        "conflicts": 0,
        "duplicates": 1,
        "near": 0,
        "skipped": 0,
    }
    assert (
        list(Change.objects.all()[: Change.objects.count() - before].values_list("table", "fields"))
        == []
    )
    assert Import.objects.count() == 2
    assert ImportRow.objects.count() == 6  # with two headings, and what the list is


def paper(title):
    return Paper.objects.get(title=title)


def test_edit_made_here_is_kept_and_told_as_conflict():
    imported(make_document(make_entry("Born again trees", year=1996, note="Old")))
    row = paper("Born again trees")
    writing.change(row, row.version, {"year": 1997})

    plan = imported(make_document(make_entry("Born again trees", year=1998, note="New")))

    [conflict] = plan.rows[0].conflicts
    assert (conflict.name, conflict.base, conflict.file, conflict.here) == (
        "year",
        1996,
        1998,
        1997,
    )
    assert (paper("Born again trees").year, Item.objects.get().note) == (1997, "New")


def test_chosen_file_takes_the_place_of_an_edit():
    imported(make_document(make_entry("Born again trees", year=1996)))
    row = paper("Born again trees")
    writing.change(row, row.version, {"year": 1997})

    imported(
        make_document(make_entry("Born again trees", year=1998)),
        choices=Choices({("born again trees#1", "year"): "file"}),
    )

    assert paper("Born again trees").year == 1998


def test_refused_conflict_is_not_told_again():
    imported(make_document(make_entry("Born again trees", year=1996)))
    row = paper("Born again trees")
    writing.change(row, row.version, {"year": 1997})
    document = make_document(make_entry("Born again trees", year=1998))
    imported(document)

    plan = imported(document)

    assert [row.kind for row in plan.rows] == ["unchanged"]
    assert paper("Born again trees").year == 1997


def test_row_that_is_gone_is_marked_and_comes_back():
    both = make_document(make_entry("Born again trees"), make_entry("Dropout as a Bayesian thing"))
    imported(both)

    gone = imported(make_document(make_entry("Born again trees")))
    marked = list(Item.objects.values_list("is_gone", flat=True))
    still = imported(make_document(make_entry("Born again trees")))
    back = imported(both)

    assert [row.kind for row in gone.rows] == ["unchanged", "gone"]
    assert marked == [False, True]
    assert [row.kind for row in still.rows] == ["unchanged"]
    assert [row.kind for row in back.rows] == ["unchanged", "back"]
    assert list(Item.objects.values_list("is_gone", flat=True)) == [False, False]


def test_corrected_title_is_a_change_and_no_new_paper():
    imported(
        make_document(make_entry("Learning sparse netwroks quickly", section=0), headings=["A"])
    )

    imported(
        make_document(make_entry("Learning sparse networks quickly", section=0), headings=["A"])
    )

    assert [each.title for each in Paper.objects.all()] == ["Learning sparse networks quickly"]


def test_renamed_heading_keeps_its_section():
    entries = [
        make_entry("Born again trees", section=0),
        make_entry("Deep sets of trees", section=0),
    ]
    imported(make_document(*entries, headings=["Trees"]))
    section = Section.objects.get()

    imported(make_document(*entries, headings=["Trees and forests"]))

    assert [(each.pk, each.heading) for each in Section.objects.all()] == [
        (section.pk, "Trees and forests")
    ]


def test_row_between_others_moves_nothing():
    first, last = make_entry("Born again trees"), make_entry("Deep sets of trees")
    imported(make_document(first, last))

    imported(make_document(first, make_entry("A tree in between"), last))

    assert list(Item.objects.values_list("position", "paper__title")) == [
        (16, "Born again trees"),
        (24, "A tree in between"),
        (32, "Deep sets of trees"),
    ]
    assert set(Item.objects.values_list("version", flat=True)) == {1}


def test_published_version_takes_the_place_of_a_preprint_whatever_comes_first():
    preprint = make_entry(
        "Pruning from scratch", url="https://arxiv.org/abs/1909.12579", year=2019, month=9
    )
    published = make_entry(
        "Pruning from Scratch", url="https://aaai.org/p/697.pdf", year=2020, venue="AAAI"
    )
    imported(make_document(preprint), "one")
    imported(make_document(published), "other")
    first = facts_and_links()
    Item.objects.all().delete()
    Paper.objects.all().delete()

    imported(make_document(published), "third")
    imported(make_document(preprint), "fourth")

    assert (
        facts_and_links()
        == first
        == (
            "AAAI",
            2020,
            None,
            {
                ("paper", "https://aaai.org/p/697.pdf", "", None),
                ("version", "https://arxiv.org/abs/1909.12579", "2019.09", 2019),
            },
        )
    )


def facts_and_links():
    row = Paper.objects.get()
    links = {(each.kind, each.url, each.label, each.year) for each in row.links.all()}
    return row.venue.short, row.year, row.month, links


def test_generic_title_of_other_authors_is_another_work():
    imported(
        make_document(
            make_entry("Introduction", authors=["Ada Lovelace"], year=2020),
            make_entry("Introduction", authors=["Emmy Noether"], year=2020),
        )
    )

    assert Paper.objects.count() == 2


def test_stale_plan_writes_nothing():
    document = make_document(make_entry("Born again trees", year=1996))
    plan = preview(document, ReadingList(slug="a-list", title="A list"))
    apply(plan)
    papers = Paper.objects.count()

    with pytest.raises(StalePlan):
        apply(plan)

    assert (Paper.objects.count(), Import.objects.count()) == (papers, 1)


def test_row_that_does_not_fit_is_named_and_nothing_is_written():
    document = make_document(make_entry("Born again trees"), make_entry("x" * 501))

    with pytest.raises(Refused) as refused:
        imported(document)

    assert str(refused.value) == "row 2, title: found 501 characters, expected at most 500."
    assert ReadingList.objects.count() == 0


def test_left_out_rows_are_not_taken():
    document = make_document(make_entry("Born again trees"), make_entry("Deep sets of trees"))

    imported(document, choices=Choices(left_out=frozenset({"born again trees#1"})))

    assert [each.title for each in Paper.objects.all()] == ["Deep sets of trees"]


def test_item_added_by_hand_is_not_touched():
    imported(make_document(make_entry("Born again trees")))
    by_hand = make_item(ReadingList.objects.get(), make_paper("By hand"), position=99)

    imported(make_document(make_entry("Deep sets of trees")))

    by_hand.refresh_from_db()
    assert (by_hand.version, by_hand.is_gone, by_hand.position) == (1, False, 99)


def many(rows):
    return make_document(
        *(
            make_entry(
                f"Title {n} of trees {n * 7}",
                url=f"https://arxiv.org/abs/2001.{n:05}",
                year=2020,
                authors=[f"Ada Number{n}"],
            )
            for n in range(rows)
        )
    )


@pytest.mark.parametrize("rows", [1, 900])
def test_thousand_rows_cost_as_many_queries_as_batches_need(rows):
    with CaptureQueriesContext(connection) as queries:
        imported(many(rows))

    assert len(queries) < 130 + rows // 10
