"""Importing into what stands already: what people did here holds, whatever the next file says."""

import pytest
from django.db import IntegrityError, transaction

from eventsite import writing
from eventsite.models import Change
from papers.importing import Choices, StalePlan, apply, preview
from papers.joining import keep_apart, merge_authors, merge_papers, split_author
from papers.models import Author, Item, Paper, ReadingList, Section, Topic
from papers.models.kinship import Kind
from papers.records import LinkRecord
from tests.factories import make_item, make_list, make_paper, make_section
from tests.papers.documents import make_document, make_entry
from tests.papers.rows import make_alias, make_topic

pytestmark = pytest.mark.django_db


def imported(document, slug="a-list", *, choices=None, **options):
    target = ReadingList.objects.filter(slug=slug).first()
    plan = preview(document, target or ReadingList(slug=slug, title="A list"), **options)
    apply(plan, choices)
    return plan


def kinds(plan):
    return [row.kind for row in plan.rows]


def conflicts(plan):
    return [(each.name, each.file, each.here) for row in plan.rows for each in row.conflicts]


def titles(slug="a-list"):
    return list(Item.objects.filter(list__slug=slug).values_list("paper__title", flat=True))


# A list that no import has made.


def test_rows_meet_the_items_that_stand_on_a_list_already():
    row = make_list(slug="a-list")
    for title in ("Born again trees", "Deep sets of trees", "Born again trees"):
        paper = Paper.objects.filter(title=title).first() or make_paper(title)
        make_item(row, paper)
    stood = list(row.items.values_list("pk", "position"))

    plan = imported(
        make_document(
            *(make_entry(t) for t in ("Born again trees", "Deep sets of trees", "Born again trees"))
        )
    )

    assert kinds(plan) == ["unchanged"] * 3
    assert list(row.items.values_list("pk", "position")) == stood


def test_what_stands_already_is_kept_and_what_is_empty_is_filled():
    row = make_list(slug="a-list")
    paper = make_paper("Born again trees", year=1996)
    make_item(row, paper, note="Mine")
    document = make_document(
        make_entry("Born Again Trees", year=1997, note="Theirs", marks=("o",), award="Best paper")
    )

    plan = imported(document)

    item = Item.objects.get()
    assert conflicts(plan) == [
        ("title", "Born Again Trees", "Born again trees"),
        ("year", 1997, 1996),
        ("note", "Theirs", "Mine"),
    ]
    assert (item.note, item.marks, item.paper.year, item.paper.award) == (
        "Mine",
        "o",
        1996,
        "Best paper",
    )
    assert conflicts(imported(document)) == []


def test_section_that_a_person_chose_is_kept_at_the_first_import():
    row = make_list(slug="a-list")
    make_item(row, make_paper("Born again trees"), section=make_section(row, heading="Mine"))

    plan = imported(make_document(make_entry("Born again trees", section=0), headings=["Theirs"]))

    assert conflicts(plan) == [("section", "Theirs", "Mine")]
    assert Item.objects.get().section.heading == "Mine"


# Deleted, gone, moved by hand.


def test_item_deleted_by_hand_stays_deleted_and_is_told():
    document = make_document(make_entry("Born again trees"), make_entry("Deep sets of trees"))
    imported(document)
    item = Item.objects.get(paper__title="Born again trees")
    writing.delete(item, item.version)

    plan = imported(document)

    assert kinds(plan) == ["deleted", "unchanged"]
    assert plan.counts()["deleted"] == 1
    assert titles() == ["Deep sets of trees"]


def test_paper_deleted_with_its_item_is_not_made_again():
    document = make_document(make_entry("Born again trees"), make_entry("Deep sets of trees"))
    imported(document)
    item = Item.objects.get(paper__title="Born again trees")
    writing.delete(item, item.version)
    paper = Paper.objects.get(title="Born again trees")
    writing.delete(paper, paper.version)

    again = imported(document)
    third = imported(document)

    assert [kinds(again), kinds(third)] == [["deleted", "unchanged"]] * 2
    assert [each.title for each in Paper.objects.all()] == ["Deep sets of trees"]


def test_edit_between_preview_and_apply_is_not_written_over():
    imported(make_document(make_entry("Born again trees", year=1996)))
    plan = preview(
        make_document(make_entry("Born again trees", year=1998)), ReadingList.objects.get()
    )
    paper = Paper.objects.get()
    writing.change(paper, paper.version, {"year": 1997})

    with pytest.raises(StalePlan):
        apply(plan, Choices(default="file"))

    assert Paper.objects.get().year == 1997


# People.


def test_author_whom_a_person_split_stays_split():
    document = make_document(
        make_entry("Born again trees", authors=["Wei Wang"]),
        make_entry("Deep sets of trees", authors=["Wei Wang"]),
    )
    imported(document)
    author = Author.objects.get()
    fresh = split_author(author, author.authorships.filter(paper__title="Deep sets of trees"))

    imported(document)
    imported(make_document(*(e for e in document.entries[::-1])), "other")

    written = {a.paper.title: a.author_id for a in author.authorships.all()}
    written |= {a.paper.title: a.author_id for a in fresh.authorships.all()}
    assert written == {"Born again trees": author.pk, "Deep sets of trees": fresh.pk}
    assert Author.objects.count() == 2


def test_of_authors_of_one_name_the_one_with_known_company_is_taken():
    imported(
        make_document(
            make_entry("Born again trees", authors=["Wei Wang", "Ada Lovelace"]),
            make_entry("Deep sets of trees", authors=["Wei Wang", "Emmy Noether"]),
        )
    )
    author = Author.objects.get(name="Wei Wang")
    fresh = split_author(author, author.authorships.filter(paper__title="Deep sets of trees"))

    imported(make_document(make_entry("A new forest", authors=["Emmy Noether", "Wei Wang"])), "b")

    paper = Paper.objects.get(title="A new forest")
    assert [a.author.code for a in paper.authorships.all()][1] == fresh.code


def test_joined_authors_stay_joined():
    imported(make_document(make_entry("Born again trees", authors=["A. Lovelace"])))
    imported(make_document(make_entry("Deep sets of trees", authors=["Ada Lovelace"])), "b")
    merge_authors(Author.objects.get(name="Ada Lovelace"), Author.objects.get(name="A. Lovelace"))

    imported(make_document(make_entry("A new forest", authors=["A. Lovelace"])), "c")

    assert [each.name for each in Author.objects.all()] == ["Ada Lovelace"]


# Papers that are two.


def test_equal_titles_kept_apart_are_not_shown_again():
    one = make_paper("Introduction", authors=["Ada Lovelace"])
    other = make_paper("Introduction", authors=["Emmy Noether"])
    keep_apart(Kind.PAPER, one.code, other.code)
    entries = (
        make_entry("Introduction", authors=["Ada Lovelace"], code=one.code),
        make_entry("Introduction", authors=["Emmy Noether"], code=other.code),
    )

    plan = imported(make_document(*entries))

    assert [row.code for row in plan.rows] == [one.code, other.code]
    assert (plan.near, Paper.objects.count()) == ((), 2)


def test_code_of_another_table_or_of_nothing_is_no_paper():
    item = make_item(make_list())

    imported(make_document(make_entry("Born again trees", code=item.code)))
    imported(make_document(make_entry("Deep sets of trees", code="P22222222")), "b")

    assert set(titles("a-list") + titles("b")) == {"Born again trees", "Deep sets of trees"}
    assert Item.objects.get(pk=item.pk).version == item.version


# Several files for one list.


def test_two_sources_feed_one_list_without_touching_each_other():
    first, second = (
        make_document(make_entry("Born again trees")),
        make_document(make_entry("Deep sets of trees"), make_entry("A new forest")),
    )
    imported(first)
    imported(second, source="more")

    again = imported(first)
    less = imported(make_document(make_entry("A new forest")), source="more")

    assert kinds(again) == ["unchanged"]
    assert kinds(less) == ["unchanged", "gone"]
    assert {i.paper.title: i.is_gone for i in Item.objects.all()} == {
        "Born again trees": False,
        "Deep sets of trees": True,
        "A new forest": False,
    }


def test_text_of_a_list_is_that_of_its_main_file():
    main = make_document(make_entry("Born again trees"), text="- Main", format="markdown_list")
    more = make_document(make_entry("A new forest"), text="- More", format="markdown_list")
    imported(main)

    imported(more, source="more")

    lines = dict(Item.objects.values_list("paper__title", "line"))
    assert ReadingList.objects.get().original == "- Main"
    assert lines == {"Born again trees": 1, "A new forest": None}


def test_title_and_introduction_follow_the_file_until_they_are_edited():
    entry = make_entry("Born again trees")
    imported(make_document(entry, title="A list", about="One"))
    imported(make_document(entry, title="The list", about="Two"))
    row = ReadingList.objects.get()
    followed = (row.title, row.about)
    writing.change(row, row.version, {"about": "Mine"})

    imported(make_document(entry, title="Their list", about="Three"))

    row.refresh_from_db()
    assert followed == ("The list", "Two")
    assert (row.title, row.about) == ("Their list", "Mine")


# Venues, topics, links.


def test_alias_of_a_venue_counts_before_what_is_known_of_names():
    imported(make_document(make_entry("Born again trees", venue="ICML", year=2020)))
    venue = Paper.objects.get().venue
    make_alias(venue, "Machine Gathering")

    imported(make_document(make_entry("A new forest", venue="Machine Gathering 2021")), "b")

    paper = Paper.objects.get(title="A new forest")
    assert (paper.venue_id, paper.year) == (venue.pk, 2021)


def test_section_tied_to_a_topic_files_what_comes_later():
    document = make_document(make_entry("Born again trees", section=0), headings=["Trees"])
    imported(document)
    topic = make_topic("Forestry")
    Section.objects.update(topic=topic)

    imported(
        make_document(
            make_entry("Born again trees", section=0),
            make_entry("A new forest", section=0),
            headings=["Trees"],
        )
    )

    assert {paper.title for paper in topic.papers.all()} == {"Born again trees", "A new forest"}


def test_topics_that_are_not_here_are_told_and_left_out():
    make_topic("Pruning")
    document = make_document(make_entry("Born again trees", topics=("pruning", "Trees")))

    plan = imported(document)

    assert [(each.text, each.is_fault) for each in plan.skipped] == [("Trees (1)", False)]
    assert [each.name for each in Paper.objects.get().topics.all()] == ["Pruning"]


def test_topics_are_made_when_asked_for():
    document = make_document(
        make_entry("Born again trees", topics=("Trees",)),
        make_entry("Deep sets of trees", topics=("trees",)),
    )

    plan = imported(document, makes_topics=True)

    assert plan.skipped == ()
    assert [(each.slug, each.papers.count()) for each in Topic.objects.all()] == [("trees", 2)]


def test_link_that_leads_nowhere_in_the_web_is_told():
    links = (LinkRecord("code", "./code.zip"), LinkRecord("code", "https://example.org/code"))

    plan = imported(make_document(make_entry("Born again trees", links=links)))

    assert [(each.line, each.text, each.is_fault) for each in plan.skipped] == [
        (1, "./code.zip", False)
    ]
    assert [link.url for link in Paper.objects.get().links.all()] == ["https://example.org/code"]


def test_replaced_link_keeps_its_place():
    code = LinkRecord("code", "https://example.org/code")
    imported(make_document(make_entry("Born again trees", url="https://a.org/1", links=(code,))))

    imported(make_document(make_entry("Born again trees", url="https://b.org/1", links=(code,))))

    assert [link.url for link in Paper.objects.get().links.all()] == [
        "https://b.org/1",
        "https://example.org/code",
    ]


# Whole or not at all.


def test_last_of_many_rows_that_does_not_fit_refuses_the_file():
    rows = [make_entry(f"A title of number {n}", year=2020) for n in range(999)]
    target = ReadingList(slug="a-list", title="A list")

    with pytest.raises(ValueError, match=r"^row 1000, year: found 20201, expected a year"):
        preview(make_document(*rows, make_entry("The last", year=20201)), target)


def test_write_of_somebody_else_at_the_same_time_is_a_stale_plan():
    document = make_document(make_entry("Born again trees"))
    plan = preview(document, ReadingList(slug="a-list", title="A list"))
    before = Change.objects.count()

    def meanwhile(step):
        if "new papers" in step:
            with transaction.atomic():
                raise IntegrityError("somebody else took it")

    with pytest.raises(StalePlan):
        apply(plan, told=meanwhile)

    assert (Paper.objects.count(), Change.objects.count()) == (0, before)


# Papers that people joined.


def test_a_paper_that_was_joined_is_known_by_the_title_it_had():
    kept, other = make_paper("Deep gradient compression"), make_paper("Gradients made smaller")
    merge_papers(kept, other)

    plan = imported(make_document(make_entry("Gradients Made Smaller", year=2018)), "another")

    assert plan.new_papers == 0
    assert list(Item.objects.values_list("paper__code", flat=True)) == [kept.code]


def test_a_paper_is_known_by_what_it_is_also_called_when_that_is_a_title():
    make_paper("Deep gradient compression", alias="Gradients made much smaller")
    make_paper("Aggregated transformations", alias="ResNeXt")

    plan = imported(
        make_document(make_entry("Gradients made much smaller"), make_entry("ResNeXt")), "another"
    )

    assert plan.new_papers == 1


def test_equal_titles_that_are_two_works_are_shown_to_a_person():
    make_paper("Sparse networks from long scratch", authors=["Ada Lovelace"])
    entry = make_entry("Sparse networks from long scratch", authors=("Grace Hopper",))

    plan = imported(make_document(entry), "another")

    assert plan.new_papers == 1
    assert [(pair.score, pair.reason) for pair in plan.near] == [(100.0, "same title")]


def test_a_venue_that_nobody_knows_does_not_take_the_place_of_a_known_one():
    imported(make_document(make_entry("Moonshine of nets", venue="NeurIPS", year=2018)), "first")

    imported(make_document(make_entry("Moonshine of nets", venue="Ada, Bob", year=2017)), "second")

    paper = Paper.objects.get()
    assert (paper.venue.short, paper.year) == ("NeurIPS", 2018)
