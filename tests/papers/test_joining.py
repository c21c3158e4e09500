"""Two rows that become one, and one that becomes two."""

import pytest

from eventsite.models import Change
from eventsite.writing import Conflict
from papers.joining import (
    CannotJoin,
    keep_apart,
    merge_authors,
    merge_papers,
    moved_to,
    split_author,
)
from papers.models import Apart, Author, Authorship, Moved, Paper, Similar, Spot
from talks.models import Talk
from tests.factories import (
    make_author,
    make_event,
    make_item,
    make_list,
    make_paper,
    make_person,
    make_section,
    make_talk,
    make_user,
    make_venue,
)
from tests.papers.rows import make_identifier, make_link, make_presentation, make_topic

pytestmark = pytest.mark.django_db


def pair(**fields):
    return make_paper("On Engines", **fields), make_paper("On engines, again", is_public=False)


def links_of(paper):
    return [(each.kind, each.url, str(each.venue or ""), each.year) for each in paper.links.all()]


# Papers


def test_merged_paper_has_what_either_had():
    kept, other = pair()
    make_identifier(kept, "doi", "10.1/a")
    make_identifier(other, "arxiv", "1712.01887")
    topic, shared = make_topic("Pruning", papers=[other]), make_topic("All", papers=[kept, other])
    reading_list = make_list()
    items = [make_item(reading_list, each) for each in (kept, other)]
    make_presentation(other)

    merge_papers(kept, other)

    paper = Paper.objects.get()
    assert paper.title == "On Engines"
    assert [str(each) for each in paper.identifiers.all()] == ["arxiv:1712.01887", "doi:10.1/a"]
    assert set(paper.topics.all()) == {topic, shared}
    assert set(paper.items.all()) == set(items)
    assert paper.presentations.count() == 1


def test_merge_is_in_the_history_of_both_and_of_what_pointed_there():
    kept, other = pair()
    item = make_item(make_list(), other)
    user = make_user()

    merge_papers(kept, other, user)

    changes = Change.objects.order_by("pk").values_list("table", "code", "by")
    assert set(changes) == {
        ("papers.item", item.code, user.pk),
        ("papers.paper", other.code, user.pk),
        ("papers.paper", kept.code, user.pk),
    }
    last = Change.objects.filter(code=other.code).latest("pk")
    assert last.fields["title"] == ["On engines, again", None]


def test_talk_of_the_other_paper_has_the_kept_one():
    kept, other = pair()
    talk = make_talk(make_event(), paper=other)

    merge_papers(kept, other)

    talk.refresh_from_db()
    assert (talk.paper, talk.version) == (kept, 2)
    assert Change.objects.filter(table=Talk._meta.label_lower, code=talk.code).count() == 1


def test_presentation_that_both_have_stands_once():
    kept, other = pair()
    for paper in (kept, other):
        make_presentation(paper, code="T23456789")

    merge_papers(kept, other)

    assert kept.presentations.count() == 1


def test_likeness_of_the_other_goes_to_the_kept_one_but_not_to_itself():
    kept, other = pair()
    third = make_paper()
    for first, second in ((kept, other), (other, kept), (other, third), (third, other)):
        Similar.objects.create(paper=first, other=second, score=0.5)
    for paper in (kept, other):
        Spot.objects.create(paper=paper, x=paper.pk / 1e6, y=0)

    merge_papers(kept, other)

    assert set(Similar.objects.values_list("paper", "other")) == {
        (kept.pk, third.pk),
        (third.pk, kept.pk),
    }
    assert Spot.objects.get().paper == kept


@pytest.mark.parametrize("kept_is_public", [True, False])
def test_paper_is_public_when_either_was(kept_is_public):
    kept = make_paper(is_public=kept_is_public)
    other = make_paper(is_public=not kept_is_public)

    merge_papers(kept, other)

    assert Paper.objects.get().is_public


@pytest.mark.parametrize("is_kept", [True, False])
def test_facts_are_those_of_the_published_version_and_the_preprint_is_on_its_link(is_kept):
    arxiv, aaai = make_venue("arXiv", kind="preprint"), make_venue("AAAI")
    preprint = make_paper(venue=arxiv, year=2019, month=5)
    published = make_paper(venue=aaai, year=2020, is_workshop=True)
    make_link(preprint, url="https://arxiv.org/abs/1905.00001")
    make_link(published, url="https://ojs.aaai.org/index.php/AAAI/article/view/1")
    kept, other = (published, preprint) if is_kept else (preprint, published)

    merge_papers(kept, other)

    paper = Paper.objects.get()
    assert (paper.venue, paper.year, paper.month, paper.is_workshop) == (aaai, 2020, None, True)
    assert set(links_of(paper)) == {
        ("version", "https://arxiv.org/abs/1905.00001", "arXiv", 2019),
        ("paper", "https://ojs.aaai.org/index.php/AAAI/article/view/1", "", None),
    }


def test_of_two_published_versions_the_kept_one_leads():
    kept = make_paper(venue=make_venue("ICML"), year=2018)
    other = make_paper(venue=make_venue("JMLR", kind="journal"), year=2020)
    make_link(other, url="https://jmlr.org/papers/v21/1.html")

    merge_papers(kept, other)

    paper = Paper.objects.get()
    assert (paper.venue.name, paper.year) == ("ICML", 2018)
    assert links_of(paper) == [("version", "https://jmlr.org/papers/v21/1.html", "JMLR", 2020)]


def test_preprint_without_a_link_gets_one_of_its_identifier():
    kept = make_paper(venue=make_venue("ICML"), year=2018)
    other = make_paper(venue=make_venue("arXiv", kind="preprint"), year=2017)
    make_identifier(other, "arxiv", "1712.01887")

    merge_papers(kept, other)

    assert links_of(kept) == [("version", "https://arxiv.org/abs/1712.01887", "arXiv", 2017)]


def test_link_that_both_have_stands_once_and_tells_of_the_version():
    kept = make_paper(venue=make_venue("ICML"), year=2018)
    other = make_paper(venue=make_venue("arXiv", kind="preprint"), year=2017)
    make_link(kept, url="https://arxiv.org/abs/1712.01887")
    make_link(other, url="http://arxiv.org/pdf/1712.01887v2.pdf")

    merge_papers(kept, other)

    assert links_of(kept) == [("paper", "https://arxiv.org/abs/1712.01887", "arXiv", 2017)]


def test_versions_that_agree_leave_their_links_as_they_are():
    venue = make_venue()
    kept, other = make_paper(venue=venue, year=2018), make_paper(venue=venue, year=2018)
    make_link(kept, url="https://example.org/a", position=1)
    make_link(other, url="https://example.org/b", position=1)

    merge_papers(kept, other)

    assert links_of(kept) == [
        ("paper", "https://example.org/a", "", None),
        ("paper", "https://example.org/b", "", None),
    ]
    assert [link.position for link in kept.links.all()] == [1, 2]


def test_year_comes_from_the_version_that_has_one():
    kept = make_paper()
    other = make_paper(year=2019, month=3)

    merge_papers(kept, other)

    paper = Paper.objects.get()
    assert (paper.year, paper.month) == (2019, 3)


def test_what_the_kept_one_lacks_comes_from_the_other():
    kept = make_paper(details={"page": "1-10"})
    other = make_paper(
        **{"abstract": "Of engines.", "award": "best paper", "presentation": "oral"},
        **{"alias": "Engine", "cite_key": "ada1843", "details": {"page": "7", "volume": "3"}},
    )

    merge_papers(kept, other)

    paper = Paper.objects.get()
    assert (paper.abstract, paper.award, paper.presentation) == (
        *("Of engines.", "best paper", "oral"),
    )
    assert (paper.alias, paper.cite_key) == ("Engine", "ada1843")
    assert paper.details == {"page": "1-10", "volume": "3"}


def test_citation_key_is_the_kept_ones():
    kept, other = make_paper(cite_key="kept"), make_paper(cite_key="other")

    merge_papers(kept, other)

    assert Paper.objects.get().cite_key == "kept"


@pytest.mark.parametrize(
    ("mine", "theirs", "names"),
    [
        (["Ada"], ["Ada", "Bob"], ["Ada", "Bob"]),
        (["Ada", "Bob"], ["Ada"], ["Ada", "Bob"]),
        (["A. L."], ["Ada"], ["A. L."]),
        ([], ["Ada"], ["Ada"]),
    ],
)
def test_authors_are_those_of_the_fuller_version(mine, theirs, names):
    kept, other = make_paper(authors=mine), make_paper(authors=theirs)

    merge_papers(kept, other)

    assert [each.name for each in kept.authorships.all()] == names
    assert Authorship.objects.count() == len(names)


def byline(paper):
    return [(each.name or each.author.name, each.author) for each in paper.authorships.all()]


def people_of(paper):
    return [each.author for each in paper.authorships.all()]


@pytest.mark.parametrize("is_kept", [True, False])
def test_whole_given_names_stay_with_their_people_and_old_addresses_lead_there(is_kept, client):
    full = make_paper(authors=["Yujun Lin", "S. Han"])
    short = make_paper(authors=["Y. Lin", "Song Han"])
    lin, s_han, y_lin, han = *people_of(full), *people_of(short)

    merge_papers(*((full, short) if is_kept else (short, full)))

    assert byline(Paper.objects.get()) == [("Yujun Lin", lin), ("Song Han", han)]
    assert moved_to([s_han.code, y_lin.code]) == {s_han.code: han.code, y_lin.code: lin.code}
    pages = [client.get(f"/papers/authors/{each.code}/", follow=True) for each in (s_han, y_lin)]
    assert [page.status_code for page in pages] == [200, 200]


@pytest.mark.parametrize("is_public", [True, False])
def test_author_with_another_paper_is_not_joined(is_public):
    """A paper that a programme presents is public, whatever its flag says."""
    kept, other = make_paper(authors=["Yujun Lin"]), make_paper(authors=["Y. Lin"])
    lin, y_lin = *people_of(kept), *people_of(other)
    presented = make_paper(is_public=is_public)
    make_presentation(presented)
    elsewhere = Authorship.objects.create(paper=presented, author=y_lin, position=1)

    merge_papers(kept, other)

    assert people_of(kept) == [lin]
    elsewhere.refresh_from_db()
    assert (elsewhere.author, Moved.objects.filter(kind="author").count()) == (y_lin, 0)


@pytest.mark.parametrize("theirs", [["Bob", "Eve", "Dan"], ["Song Han", "Yujun Lin"]])
def test_byline_that_does_not_fit_leaves_the_kept_one(theirs):
    kept, other = make_paper(authors=["Yujun Lin", "Song Han"]), make_paper(authors=theirs)
    before = byline(kept)

    merge_papers(kept, other)

    assert byline(Paper.objects.get()) == before


def test_places_whose_orcids_differ_do_not_fit():
    kept, other = make_paper(authors=["Y. Lin"]), make_paper(authors=["Yujun Lin"])
    Author.objects.filter(name="Y. Lin").update(orcid="0000-0002-1825-0097")
    Author.objects.filter(name="Yujun Lin").update(orcid="0000-0001-5109-3700")

    merge_papers(kept, other)

    assert [each.name for each in people_of(Paper.objects.get())] == ["Y. Lin"]


def test_authors_no_longer_stop_short_when_one_version_names_them_all():
    kept = make_paper(authors=["Ada"], details={"et-al": "1", "page": "3"})
    other = make_paper(authors=["Ada", "Bob"])

    merge_papers(kept, other)

    assert Paper.objects.get().details == {"page": "3"}


def test_of_as_many_authors_those_with_affiliations_stay():
    kept, other = make_paper(authors=["Ada"]), make_paper(authors=["Ada"])
    other.authorships.update(affiliation="Analytical Engines")

    merge_papers(kept, other)

    assert [each.affiliation for each in kept.authorships.all()] == ["Analytical Engines"]


def test_old_address_leads_to_the_kept_paper_for_good(client):
    first, second, third = make_paper("One"), make_paper("Two"), make_paper("Three", slug="three")
    merge_papers(second, first)
    merge_papers(third, second)

    answers = [client.get(f"/papers/{code}-x/") for code in (first.code, second.code)]

    assert [(each.status_code, each.url) for each in answers] == [
        (301, f"/papers/{third.code}-three/")
    ] * 2
    assert moved_to([first.code, second.code]) == {
        first.code: third.code,
        second.code: third.code,
    }


def test_old_address_of_a_hidden_paper_leads_nowhere(client):
    hidden, other = make_paper(is_public=False), make_paper(is_public=False)
    merge_papers(hidden, other)

    assert client.get(f"/papers/{other.code}/").status_code == 404


def test_refusals_go_along_with_the_merged_paper():
    kept, other = pair()
    third = make_paper()
    keep_apart("paper", other.code, third.code)
    keep_apart("paper", other.code, kept.code)

    merge_papers(kept, other)

    assert [{each.a, each.b} for each in Apart.objects.all()] == [{kept.code, third.code}]


def test_merge_of_a_version_that_was_not_seen_is_refused_whole():
    kept, other = pair()
    make_item(make_list(), other)
    Paper.objects.filter(pk=other.pk).update(version=5)

    with pytest.raises(Conflict):
        merge_papers(kept, other)

    kept.refresh_from_db()
    assert (kept.version, Paper.objects.count(), kept.items.count()) == (1, 2, 0)


@pytest.mark.parametrize("merge", [merge_papers, merge_authors])
def test_row_is_not_merged_with_itself(merge):
    row = make_paper() if merge is merge_papers else make_author()

    with pytest.raises(CannotJoin):
        merge(row, row)

    assert type(row).objects.count() == 1


# Authors


def test_joined_author_has_the_papers_and_the_names_of_both():
    kept, other = make_author("Gregory Diamos"), make_author("Greg Diamos")
    for author in (kept, other):
        Authorship.objects.create(paper=make_paper(), author=author, position=1)
    other.names.create(name="G. Diamos")

    merge_authors(kept, other)

    author = Author.objects.get()
    assert author.name == "Gregory Diamos"
    assert [each.name for each in author.names.all()] == ["G. Diamos", "Greg Diamos"]
    assert sorted(each.name for each in author.authorships.all()) == ["", "Greg Diamos"]


def test_joining_authors_changes_the_papers_of_the_other():
    kept, other = make_author(), make_author()
    paper = make_paper()
    Authorship.objects.create(paper=paper, author=other, position=1, name="A")

    merge_authors(kept, other)

    paper.refresh_from_db()
    change = Change.objects.get(code=paper.code)
    assert (paper.version, list(change.fields)) == (2, ["authorships"])


def test_person_of_an_event_points_to_the_kept_author():
    kept, other = make_author(), make_author()
    person = make_person(make_event(), author=other)

    merge_authors(kept, other)

    person.refresh_from_db()
    assert (person.author, person.version) == (kept, 2)


def test_name_that_both_authors_have_stands_once():
    kept, other = make_author("Ada"), make_author("Ada")
    for author in (kept, other):
        author.names.create(name="A. Lovelace")

    merge_authors(kept, other)

    assert [each.name for each in kept.names.all()] == ["A. Lovelace", "Ada"]


def test_orcid_goes_to_the_kept_author():
    kept, other = make_author(), make_author(orcid="0000-0002-1825-0097")

    merge_authors(kept, other)

    assert Author.objects.get().orcid == "0000-0002-1825-0097"


def test_authors_of_one_paper_are_not_joined():
    paper = make_paper("Twins at work", authors=["Ada One", "Ada Two"])
    first, second = (place.author for place in paper.authorships.all())

    with pytest.raises(CannotJoin, match="They are both authors of “Twins at work”"):
        merge_authors(first, second)

    assert Author.objects.count() == 2


def test_authors_with_different_orcids_are_not_joined():
    kept = make_author(orcid="0000-0002-1825-0097")
    other = make_author(orcid="0000-0001-5109-3700")

    with pytest.raises(CannotJoin):
        merge_authors(kept, other)

    assert Author.objects.count() == 2


def test_old_address_of_an_author_leads_to_the_kept_one(client):
    make_paper(authors=["Ada"])
    kept, other = Author.objects.get(), make_author("A. Lovelace")
    Author.objects.update(slug="ada")

    kept.refresh_from_db()
    merge_authors(kept, other)

    answer = client.get(f"/papers/authors/{other.code}/")
    assert (answer.status_code, answer.url) == (301, f"/papers/authors/{kept.code}-ada/")


def placed(author, *names):
    """Places of an author on a paper each, with these names as printed."""
    return [
        Authorship.objects.create(paper=make_paper(), author=author, position=1, name=name)
        for name in names
    ]


def test_split_author_has_the_chosen_papers_and_the_names_printed_there():
    author = make_author("Wei Zhang")
    for name in ("Wei Zhang", "W. Zhang", "W. Q. Zhang"):
        author.names.create(name=name)
    stays, one, two = placed(author, "Wei Zhang", "W. Q. Zhang", "W. Q. Zhang")

    fresh = split_author(author, [one, two])

    assert fresh.name == "W. Q. Zhang"
    assert set(fresh.authorships.all()) == {one, two}
    assert set(author.authorships.all()) == {stays}
    assert [each.name for each in fresh.names.all()] == ["W. Q. Zhang"]
    assert [each.name for each in author.names.all()] == ["W. Zhang", "Wei Zhang"]


def test_split_authors_are_kept_apart():
    author = make_author("Wei Zhang")
    _stays, goes = placed(author, "Wei Zhang", "Wei Zhang")

    fresh = split_author(author, [goes])

    assert [(each.kind, {each.a, each.b}) for each in Apart.objects.all()] == [
        ("author", {author.code, fresh.code})
    ]


def test_split_changes_each_paper_once():
    author = make_author("Wei Zhang")
    stays, goes = placed(author, "Wei Zhang", "Wei Zhang")
    twice = Authorship.objects.create(paper=goes.paper, author=author, position=2, name="W.")

    split_author(author, [goes, twice])

    assert Change.objects.filter(code=goes.paper.code).count() == 1
    assert Change.objects.filter(code=stays.paper.code).count() == 0


@pytest.mark.parametrize("chosen", [0, 2])
def test_split_leaves_a_paper_on_either_side(chosen):
    author = make_author("Wei Zhang")
    places = placed(author, "Wei Zhang", "Wei Zhang")

    with pytest.raises(CannotJoin):
        split_author(author, places[:chosen])

    assert (Author.objects.count(), Apart.objects.count()) == (1, 0)


def test_place_of_somebody_else_is_not_taken():
    author = make_author("Wei Zhang")
    placed(author, "Wei Zhang", "Wei Zhang")
    foreign = placed(make_author("Ada"), "Ada")

    with pytest.raises(CannotJoin):
        split_author(author, foreign)

    assert Author.objects.count() == 2


# Refusals


def test_refusal_is_remembered_once_with_the_lesser_code_first():
    keep_apart("paper", "P33333333", "P22222222")
    keep_apart("paper", "P22222222", "P33333333")

    assert list(Apart.objects.values_list("kind", "a", "b")) == [
        ("paper", "P22222222", "P33333333")
    ]


def test_code_that_was_never_merged_leads_nowhere():
    Moved.objects.create(kind="paper", old="P22222222", new="P33333333")

    assert moved_to(["P44444444"]) == {}


def test_section_of_the_item_stays_when_its_paper_is_merged():
    kept, other = pair()
    reading_list = make_list()
    item = make_item(reading_list, other, section=make_section(reading_list, heading="Engines"))

    merge_papers(kept, other)

    item.refresh_from_db()
    assert (item.paper, item.section.heading) == (kept, "Engines")
