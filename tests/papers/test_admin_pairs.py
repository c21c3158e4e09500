"""The page on which a person says of two papers whether they are one."""

import pytest

from papers.editors import ensure_catalogue_editors
from papers.models import Apart, Moved, Paper
from tests.factories import make_event, make_item, make_list, make_organizer, make_paper, make_user
from tests.papers.rows import make_identifier, make_link

pytestmark = pytest.mark.django_db

PAGE = "/admin/papers/paper/pairs/"


@pytest.fixture
def editor(client):
    user = make_user("editor")
    user.groups.add(ensure_catalogue_editors())
    client.force_login(user)
    return user


def near_pair():
    """Two papers whose titles are near, as the page offers them."""
    title = "Deep gradient compression reduces the bandwidth of training"
    return make_paper(title), make_paper(f"{title}: a study")


def offered(response):
    return [(a.row.code, b.row.code) for a, b, _reasons in response.context["pairs"]]


def decision(first, second, said):
    return {
        "first": first.code,
        "second": second.code,
        "first_seen": first.version,
        "second_seen": second.version,
        "decision": said,
    }


def test_near_papers_are_offered_with_the_words_that_differ(client, editor):
    first, second = near_pair()
    make_paper("Something else altogether")

    response = client.get(PAGE)

    assert offered(response) == [(first.code, second.code)]
    (_first, side, reasons) = response.context["pairs"][0]
    assert [word for word, is_other in side.name if is_other] == ["training:", "a", "study"]
    assert [str(each) for each in reasons] == ["One title goes on where the other ends."]


def test_facts_of_both_papers_are_shown(client, editor):
    first, second = make_paper("One", authors=["Ada"], year=2017), make_paper("Two")
    make_identifier(first, "arxiv", "1712.01887")
    make_link(second, url="https://example.org/two")
    make_item(make_list(title="What we read"), first)

    page = client.get(f"{PAGE}?paper={first.code}&with={second.code}").content.decode()

    assert [each in page for each in ("Ada", "2017", "arxiv:1712.01887", "What we read")] == [
        True
    ] * 4
    assert "https://example.org/two" in page


@pytest.mark.parametrize(("said", "kept"), [("first", 0), ("second", 1)])
def test_two_papers_become_the_one_that_was_chosen(client, editor, said, kept):
    pair = near_pair()

    response = client.post(PAGE, decision(*pair, said))

    assert response.url == PAGE
    assert Paper.objects.get() == pair[kept]
    assert Moved.objects.get().new == pair[kept].code


def test_outcome_is_shown_before_anything_is_joined(client, editor):
    kept, other = make_paper("On engines", authors=["A. Lovelace"]), make_paper("Of engines")
    full = make_paper("On engines!", authors=["Ada Lovelace"], year=1843)
    make_item(make_list(), full)

    response = client.get(f"{PAGE}?keep={kept.code}&join={full.code}")

    page = response.content.decode()
    facts = {str(name): values for name, values in response.context["side"].facts}
    assert (facts["Authors"], facts["Appeared"]) == (["Ada Lovelace"], ["1843"])
    assert response.context["pointing"] == [("items", 1)]
    assert f'name="second_seen" value="{full.version}"' in page
    assert (Paper.objects.count(), Moved.objects.count()) == (3, 0)
    assert (
        f"?keep={kept.code}"
        in client.get(f"{PAGE}?paper={kept.code}&with={other.code}").content.decode()
    )


def test_outcome_of_what_is_not_there_is_not_found(client, editor):
    kept = make_paper()

    assert client.get(f"{PAGE}?keep={kept.code}&join=P99999999").status_code == 404


def test_joining_from_the_outcome_leads_back_to_the_pairs(client, editor):
    first, second = near_pair()

    response = client.post(
        f"{PAGE}?keep={second.code}&join={first.code}", decision(second, first, "first")
    )

    assert response.url == PAGE
    assert Paper.objects.get() == second


def test_papers_said_to_be_two_are_not_offered_again(client, editor):
    pair = near_pair()
    before = offered(client.get(PAGE))

    client.post(PAGE, decision(*pair, "apart"))

    assert len(before) == 1
    assert offered(client.get(PAGE)) == []
    assert (Paper.objects.count(), Apart.objects.count()) == (2, 1)


def test_paper_that_changed_meanwhile_is_not_merged(client, editor):
    first, second = near_pair()
    Paper.objects.filter(pk=second.pk).update(version=2)

    page = client.post(PAGE, decision(first, second, "first"), follow=True).content.decode()

    assert Paper.objects.count() == 2
    assert "one of the two was changed or joined meanwhile" in page


@pytest.mark.parametrize(
    "changed",
    [{"decision": "both"}, {"first_seen": "x"}, {"second": ""}, {"second": "P99999999"}],
)
def test_what_is_no_decision_changes_nothing(client, editor, changed):
    pair = near_pair()

    response = client.post(PAGE, decision(*pair, "first") | changed)

    assert response.status_code == 302
    assert Paper.objects.count() == 2


def test_pairs_of_one_paper_are_asked_for_by_its_code(client, editor):
    first, second = near_pair()
    other = make_paper("Towards federated learning at scale with systems in mind")
    third = make_paper("Towards federated learning at scale with system in mind")

    response = client.get(f"{PAGE}?paper={third.code}")

    assert offered(response) == [(other.code, third.code)]
    assert len(offered(client.get(PAGE))) == 2
    assert {first.code, second.code} == set(offered(client.get(f"{PAGE}?paper={first.code}"))[0])


def test_paper_is_not_compared_with_itself(client, editor):
    paper = make_paper()

    response = client.get(f"{PAGE}?paper={paper.code}&with={paper.code}")

    assert offered(response) == []


@pytest.mark.parametrize("pairs", [1, 8])
def test_page_costs_the_same_however_many_pairs(client, editor, pairs, django_assert_num_queries):
    for number in range(pairs):
        title = f"On the {'abcdefgh'[number] * 7} of engines that compute the numbers"
        for ending in ("", ": a study"):
            paper = make_paper(title + ending, authors=["Ada", "Bob"])
            make_item(make_list(), paper)
            make_link(paper)

    with django_assert_num_queries(16):
        response = client.get(PAGE)

    assert len(offered(response)) == pairs


def test_page_leads_to_the_others(client, editor):
    for number in range(12):
        title = f"On the {'abcdefghijkl'[number] * 7} of engines that compute the numbers"
        make_paper(title)
        make_paper(f"{title}: a study")

    first, second = client.get(PAGE), client.get(f"{PAGE}?p=2")

    assert (len(offered(first)), len(offered(second))) == (10, 2)


def test_page_is_for_catalogue_editors_alone(client):
    client.force_login(make_organizer(make_event()))

    assert client.get(PAGE).status_code == 403
    assert client.get("/admin/papers/paper/").status_code == 200


@pytest.mark.parametrize("place", ["list", "form"])
def test_list_and_form_lead_there(client, editor, place):
    paper = make_paper()
    address = {"list": "/admin/papers/paper/", "form": f"/admin/papers/paper/{paper.pk}/change/"}

    page = client.get(address[place]).content.decode()

    expected = {"list": f'href="{PAGE}"', "form": f'href="{PAGE}?paper={paper.code}"'}
    assert page.count(expected[place]) == 1
