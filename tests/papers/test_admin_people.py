"""The pages on which a person says which authors are one, and which is two."""

import pytest

from papers.editors import ensure_catalogue_editors
from papers.models import Apart, Author, Authorship
from tests.factories import make_author, make_event, make_organizer, make_paper, make_user

pytestmark = pytest.mark.django_db

PAIRS = "/admin/papers/author/pairs/"
SPLITS = "/admin/papers/author/splits/"


@pytest.fixture
def editor(client):
    user = make_user("editor")
    user.groups.add(ensure_catalogue_editors())
    client.force_login(user)
    return user


def placed(author, *, affiliation="", beside=(), **fields):
    """An author's place on a new paper, with others beside them."""
    paper = make_paper(authors=beside, **fields)
    return Authorship.objects.create(
        paper=paper, author=author, position=99, name=author.name, affiliation=affiliation
    )


def offered(response):
    return [(a.row.name, b.row.name, reasons) for a, b, reasons in response.context["pairs"]]


def decision(first, second, said):
    return {
        "first": first.code,
        "second": second.code,
        "first_seen": first.version,
        "second_seen": second.version,
        "decision": said,
    }


def test_likely_joins_are_offered_with_their_reasons(client, editor):
    for name in ("Greg Diamos", "Gregory Diamos"):
        placed(make_author(name), affiliation="Baidu", beside=["Song Han"])

    response = client.get(PAIRS)

    assert offered(response) == [
        (
            *("Greg Diamos", "Gregory Diamos"),
            [
                "One given name is short for the other.",
                "Both wrote with: Song Han.",
                "Both were at: baidu.",
            ],
        )
    ]


def test_authors_become_the_one_that_was_chosen(client, editor):
    short, long = make_author("Greg Diamos"), make_author("Gregory Diamos")
    place = placed(short)

    client.post(PAIRS, decision(short, long, "second"))

    place.refresh_from_db()
    assert Author.objects.get() == long
    assert (place.author, place.name) == (long, "Greg Diamos")


def test_authors_said_to_be_two_are_not_offered_again(client, editor):
    short, long = make_author("Greg Diamos"), make_author("Gregory Diamos")
    before = offered(client.get(PAIRS))

    client.post(PAIRS, decision(short, long, "apart"))

    assert (len(before), offered(client.get(PAIRS))) == (1, [])
    assert Apart.objects.get().kind == "author"


def test_authors_with_different_orcids_are_not_joined(client, editor):
    one = make_author("Greg Diamos", orcid="0000-0002-1825-0097")
    two = make_author("Gregory Diamos", orcid="0000-0001-5109-3700")

    page = client.post(PAIRS, decision(one, two, "first"), follow=True).content.decode()

    assert Author.objects.count() == 2
    assert "Their ORCIDs differ" in page


def test_two_authors_of_any_names_are_compared_when_asked_for(client, editor):
    one, two = make_author("Augusta Ada King"), make_author("Ada Lovelace")

    response = client.get(f"{PAIRS}?author={one.code}&with={two.code.lower()}")

    assert offered(response) == [("Augusta Ada King", "Ada Lovelace", [])]


@pytest.mark.parametrize("pairs", [1, 8])
def test_page_costs_the_same_however_many_pairs(client, editor, pairs, django_assert_num_queries):
    for number in range(pairs):
        family = "abcdefgh"[number] * 6
        for given in ("Greg", "Gregory"):
            placed(make_author(f"{given} {family}"), beside=["Song Han"])

    with django_assert_num_queries(14):
        response = client.get(PAIRS)

    assert len(offered(response)) == pairs


def two_people():
    """One author of two groups of papers, years and places apart."""
    wei = make_author("Wei Zhang")
    early = placed(wei, affiliation="MIT", beside=["Ada"], year=1990)
    return wei, early, placed(wei, affiliation="ETH", beside=["Bob"], year=2015)


def test_likely_splits_are_listed_with_their_reasons(client, editor):
    wei, _early, _late = two_people()

    response = client.get(SPLITS)

    assert response.context["splits"] == [
        (
            wei,
            [1, 1],
            [
                "Papers in 2 groups that share no co-author.",
                "One group is from MIT, another from ETH.",
                "Nothing between 1990 and 2015.",
            ],
        )
    ]
    assert f'href="/admin/papers/author/{wei.pk}/split/"' in response.content.decode()


def split_page(author):
    return f"/admin/papers/author/{author.pk}/split/"


def test_chosen_papers_get_an_author_of_their_own(client, editor):
    wei, early, late = two_people()

    response = client.post(split_page(wei), {"seen": wei.version, "chosen": [late.pk]})

    late.refresh_from_db()
    early.refresh_from_db()
    assert response.url == f"/admin/papers/author/{late.author.pk}/change/"
    assert (early.author, late.author.name) == (wei, "Wei Zhang")
    assert late.author != wei
    assert Apart.objects.count() == 1


def test_who_was_split_is_not_offered_as_one(client, editor):
    wei, _early, late = two_people()
    client.post(split_page(wei), {"seen": wei.version, "chosen": [late.pk]})

    assert Author.objects.filter(name="Wei Zhang").count() == 2
    assert offered(client.get(PAIRS)) == []


@pytest.mark.parametrize(
    "said",
    [{}, {"chosen": []}, {"chosen": ["x"]}, {"chosen": ["9999999"]}, {"seen": "x"}],
)
def test_form_that_says_nothing_splits_nothing(client, editor, said):
    wei, _early, late = two_people()

    response = client.post(split_page(wei), {"seen": 1, "chosen": [late.pk]} | said)

    assert (response.status_code, Author.objects.filter(name="Wei Zhang").count()) == (
        (302, 2) if not said else (200, 1)
    )


def test_all_papers_at_once_are_no_split(client, editor):
    wei, early, late = two_people()

    page = client.post(split_page(wei), {"seen": 1, "chosen": [early.pk, late.pk]})

    assert "leave some" in page.content.decode()
    assert Author.objects.filter(name="Wei Zhang").count() == 1


def test_author_who_changed_meanwhile_is_not_split(client, editor):
    wei, _early, late = two_people()
    Author.objects.filter(pk=wei.pk).update(version=2)

    page = client.post(split_page(wei), {"seen": 1, "chosen": [late.pk]}).content.decode()

    assert "Nothing was changed" in page
    assert Author.objects.filter(name="Wei Zhang").count() == 1


def test_papers_of_others_cannot_be_chosen(client, editor):
    wei, _early, _late = two_people()
    foreign = placed(make_author("Carol"))

    client.post(split_page(wei), {"seen": 1, "chosen": [foreign.pk]})

    foreign.refresh_from_db()
    assert foreign.author.name == "Carol"


def test_pages_are_for_catalogue_editors_alone(client):
    wei = make_author("Wei Zhang")
    client.force_login(make_organizer(make_event()))

    answers = [client.get(page).status_code for page in (PAIRS, SPLITS, split_page(wei))]

    assert answers == [403, 403, 403]
