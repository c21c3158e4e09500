"""The index follows every write, in its transaction, and hears of no draft too much."""

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from eventsite import writing
from papers import indexing
from papers.models import Author, Item, Paper, ReadingList, Stamp, Venue, Word
from papers.search import find
from tests.factories import make_author, make_item, make_list, make_paper, make_venue

pytestmark = pytest.mark.django_db


def titles(text):
    return sorted(paper.title for paper in find(Paper.objects.public(), text))


def set_to(row, **values):
    row.refresh_from_db()
    return writing.change(row, row.version, values)


def test_a_new_paper_is_found_at_once():
    writing.create(Paper(title="Deep nets", folded="deep nets", is_public=True))

    assert titles("deep") == ["Deep nets"]


def test_a_changed_title_is_found_and_the_old_one_no_more():
    paper = make_paper("Deep nets")
    indexing.rebuild()

    set_to(paper, title="Shallow nets")

    assert (titles("deep"), titles("shallow")) == ([], ["Shallow nets"])


def test_a_deleted_paper_leaves_the_index():
    paper = make_paper("Deep nets")
    indexing.rebuild()

    writing.delete(paper, paper.version)

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM papers_search")
        assert cursor.fetchone() == (0,)


def test_a_renamed_author_is_found_on_all_their_papers():
    make_paper("One", authors=["Ada Byron"])
    make_paper("Two", authors=["Ada Byron"])
    indexing.rebuild()

    set_to(Author.objects.get(), name="Ada Lovelace")

    assert titles("lovelace") == ["One", "Two"]


def test_a_renamed_venue_and_its_new_alias_are_found():
    venue = make_venue("Neural Information", short="NIPS")
    make_paper("One", venue=venue)
    indexing.rebuild()

    set_to(venue, short="NeurIPS")
    before = writing.claim(venue, venue.version)
    venue.aliases.create(folded="snowbird workshop")
    writing.record(venue, before)

    assert (titles("nips"), titles("neurips"), titles("snowbird")) == ([], ["One"], ["One"])


def test_notes_follow_their_item_and_their_list():
    shelf = make_list()
    item = make_item(shelf, make_paper("One"), note="wonderful")
    other = make_paper("Two")
    indexing.rebuild()

    found = [titles("wonderful")]
    set_to(item, paper=other)
    found.append(titles("wonderful"))
    set_to(shelf, is_public=False)
    found.append(titles("wonderful"))
    set_to(shelf, is_public=True)
    set_to(item, is_gone=True)
    found.append(titles("wonderful"))
    set_to(item, is_gone=False)
    found.append(titles("wonderful"))
    writing.delete(shelf, ReadingList.objects.get().version)
    found.append(titles("wonderful"))

    assert found == [["One"], ["Two"], [], [], ["Two"], []]


def test_what_is_taken_back_was_never_indexed():
    paper = make_paper("Deep nets")
    indexing.rebuild()
    stamp = Stamp.objects.get().value

    with transaction.atomic():
        set_to(paper, title="Shallow nets")
        transaction.set_rollback(True)

    assert (titles("deep"), titles("shallow"), Stamp.objects.get().value) == (
        ["Deep nets"],
        [],
        stamp,
    )


@pytest.mark.parametrize(
    "write",
    [
        lambda: writing.create(Venue(name="A venue", slug="a-venue")),
        lambda: set_to(Author.objects.get(), sort_name="Lovelace, Ada"),
        lambda: set_to(Item.objects.get(), position=7),
        indexing.touch,
    ],
)
def test_every_write_renews_the_stamp(write):
    make_item(make_list(), make_paper(authors=["Ada Lovelace"]))
    indexing.rebuild()
    stamp = Stamp.objects.get().value

    write()

    assert Stamp.objects.get().value != stamp


@pytest.mark.parametrize("papers", [1, 40])
def test_many_papers_take_as_many_queries_as_one(django_assert_num_queries, papers):
    rows = [make_paper(f"Paper {n}", authors=["Ada", f"N {n}"]) for n in range(papers)]
    for row in rows:
        make_item(make_list(), row, note="note")
    Paper.objects.filter(pk=rows[0].pk).update(venue=make_venue())

    with django_assert_num_queries(10):  # two of them are a savepoint's
        indexing.index(row.pk for row in rows)


def test_rebuilding_forgets_what_is_gone_and_says_how_far_it_is():
    for number in range(5):
        make_paper(f"Paper {number}")
    Word.objects.create(text="forgotten")
    said = []

    count = indexing.rebuild(lambda done, whole: said.append((done, whole)))

    assert (count, said) == (5, [(5, 5)])
    assert sorted(Word.objects.values_list("text", flat=True)) == ["paper"]


def test_the_command_makes_the_index_anew(capsys):
    make_paper("Deep nets")

    call_command("index_papers")

    assert capsys.readouterr().out == "1 papers indexed\n"
    assert titles("deep") == ["Deep nets"]


def test_an_author_without_papers_changes_no_index():
    author = make_author("Ada")

    assert set_to(author, name="Ada Lovelace")
    assert titles("ada") == []
