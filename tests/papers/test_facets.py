"""Counting: each value with the papers it would leave, given every other filter."""

import re

import numpy as np
import pytest

from papers import indexing
from papers.counting import catalogue
from papers.facets import Selection, facet
from papers.filters import FACETS
from tests.factories import make_item, make_list, make_paper, make_venue
from tests.papers.rows import make_link, make_presentation, make_topic

pytestmark = pytest.mark.django_db


def test_a_facet_leaves_out_strangers_and_says_nothing_twice():
    names = {8: ("b", "B"), 3: ("a", "A"), 5: ("unused", "Unused")}

    made = facet([(20, 3), (20, 3), (10, 8), (99, 3), (10, 7)], names, np.array([10, 20]))

    assert (list(made.keys), list(made.labels)) == (["b", "a"], ["B", "A"])
    assert sorted(zip(made.rows.tolist(), made.values.tolist(), strict=True)) == [(0, 0), (1, 1)]


def test_a_facet_of_nothing_counts_nothing():
    made = facet([], {}, np.array([], dtype=np.int64))

    assert made.count(np.array([], dtype=np.bool_)).tolist() == []


def make_two():
    venue = make_venue("NeurIPS", slug="neurips")
    first = make_paper(
        "First", authors=["Ada"], year=2018, venue=venue, presentation="oral", is_workshop=True
    )
    second = make_paper("Second", authors=["Ada", "Grace"], year=2019, venue=venue, award="Best")
    outer = make_topic("Compression", slug="compression", papers=[second])
    make_topic("Pruning", slug="pruning", parent=outer, papers=[first, second])
    reading = make_list(slug="reading", title="Reading")
    make_item(reading, first)
    make_item(reading, first)
    make_presentation(second, event_slug="woe-26", label="WOE 26")
    make_link(first, kind="code")
    make_link(first, kind="code")
    return first.authorships.get().author


def counted(**chosen):
    """Return every facet as {label or key: count}, those of nothing left out."""
    selection = Selection(catalogue(), chosen)
    shown = {}
    for name in FACETS:
        kept = selection.catalogue.facets[name]
        pairs = zip(kept.keys, selection.counts(name).tolist(), strict=True)
        shown[name] = {key: count for key, count in pairs if count}
    return shown


def test_every_facet_counts_its_papers_once():
    ada = make_two()

    counts = counted()

    author = counts.pop("author")
    assert counts == {
        "topic": {"compression": 2, "pruning": 2},
        "year": {"2019": 1, "2018": 1},
        "venue": {"neurips": 2},
        "presentation": {"oral": 1},
        "award": {"Best": 1},
        "workshop": {"1": 1},
        "code": {"1": 1},
        "list": {"reading": 1},
        "event": {"woe-26": 1},
    }
    assert (author[ada.code], sorted(author.values())) == (2, [1, 2])


def test_a_value_is_counted_given_all_other_filters_but_not_its_own():
    make_two()

    counts = counted(year="2018", venue="neurips")

    assert (counts["year"], counts["venue"]) == ({"2019": 1, "2018": 1}, {"neurips": 1})
    assert (counts["award"], counts["presentation"]) == ({}, {"oral": 1})


def test_hidden_papers_gone_items_and_hidden_lists_count_nowhere():
    make_two()
    shown = counted()
    hidden = make_paper("Hidden", authors=["Ada", "Nemo"], year=1999, is_public=False, award="No")
    hidden.venue = make_venue("Hidden venue")
    hidden.save()
    make_topic("Hidden topic", papers=[hidden])
    make_link(hidden, kind="code")
    make_item(make_list(is_public=False), make_paper("Plain", year=2018))
    make_item(make_list(slug="emptied"), make_paper("Gone", year=2018), is_gone=True)

    counts = counted()

    assert counts == {**shown, "year": {"2019": 1, "2018": 3}}


def links(response):
    """Return the facets of a page: {address: count} of every value."""
    side = response.content.decode().partition('id="facets"')[2].replace("&amp;", "&")
    found = re.findall(r'<li><a href="([^"]*)".*?<span class="count">(\d+)</span>', side)
    return {address: int(count) for address, count in found}


def test_each_value_leads_to_as_many_papers_as_it_says(client):
    make_two()
    make_paper("Third", year=2018, authors=["Grace"])

    for page in ("/papers/", "/papers/?year=2018", "/papers/?topic=pruning&sort=title"):
        found = links(client.get(page))
        sizes = {address: client.get(address).content.decode() for address in found}
        chosen = page.partition("?")[2].partition("&")[0]
        led = {a: len(re.findall('<li class="paper">', body)) for a, body in sizes.items()}
        kept = {a: count for a, count in found.items() if not chosen or chosen in a}
        assert kept == {address: led[address] for address in kept}
        assert len(kept) > 5


def test_a_chosen_value_leads_back_and_is_told_apart(client):
    make_two()

    body = client.get("/papers/?year=2018&sort=title").content.decode()

    assert body.count('aria-current="true"') == 1
    assert re.findall(r'<a href="([^"]*)" rel="nofollow" aria-current', body) == [
        "/papers/?sort=title"
    ]


def test_twelve_values_are_offered_and_more_when_asked(client):
    for number in range(15):
        for _ in range(number % 3 + 1):
            make_paper(venue=make_venue(slug=f"v{number}") if not _ else None, year=2000)
    make_paper(venue=make_venue(slug="chosen"))

    def venues(query):
        return len([a for a in links(client.get(f"/papers/?{query}")) if "venue=" in a])

    assert (venues(""), venues("more=venue")) == (12, 16)
    assert "/papers/?more=venue#facet-venue" in client.get("/papers/").content.decode()
    assert client.get("/papers/?more=nothing").status_code == 400


def test_counts_are_kept_until_something_is_written(client, django_assert_num_queries):
    make_paper("One", year=2001)
    indexing.rebuild()
    before = links(client.get("/papers/"))
    make_paper("Two", year=2001)

    unseen = links(client.get("/papers/"))
    indexing.touch()

    assert (before, unseen) == ({"/papers/?year=2001": 1}, {"/papers/?year=2001": 1})
    assert links(client.get("/papers/")) == {"/papers/?year=2001": 2}


def test_a_paper_that_was_hidden_a_moment_ago_is_not_shown_from_memory(client):
    make_paper("Shown")
    secret = make_paper("Secret")
    indexing.rebuild()
    client.get("/papers/")
    type(secret).objects.filter(pk=secret.pk).update(is_public=False)  # and nobody was told

    body = client.get("/papers/").content.decode()

    assert ("Shown" in body, "Secret" in body) == (True, False)
