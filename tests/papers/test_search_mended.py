"""Typing mistakes: the nearest words of public papers, only when nothing has what was typed."""

import pytest

from papers import indexing
from papers.search import mended
from tests.factories import make_paper

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("lernign", "learning"),
        ("deeep lernign", "deep learning"),
        ("buluk", "buluc"),
        ('"deep lernign" -roses', '"deep learning" -roses'),
        ("deep", ""),
        ("zzzzzzzz", ""),
        ("dep", ""),  # too short to be sure
        ("-lernign", ""),
    ],
)
def test_the_nearest_word_is_taken(typed, meant):
    make_paper("Deep learning", authors=["Aydın Buluç"])
    make_paper("Roses")
    indexing.rebuild()

    assert mended(typed) == meant


def test_of_words_equally_near_the_one_of_more_papers_is_taken():
    for title in ("Neural nets", "Neural codes", "Rural nets"):
        make_paper(title)
    indexing.rebuild()

    assert mended("nural") == "neural"


def test_a_hidden_paper_lends_no_word_and_hinders_none():
    make_paper("Learning")
    make_paper("Lernign zebrafish", is_public=False)
    indexing.rebuild()

    assert (mended("lernign"), mended("zebrafsh")) == ("learning", "")


def test_words_that_would_find_nothing_together_are_not_offered():
    make_paper("Learning")
    make_paper("Zebrafish")
    indexing.rebuild()

    assert mended("lernign zebrafish") == ""


def test_the_page_says_what_it_shows_instead_and_leads_to_what_was_typed(client):
    make_paper("Deep learning")
    indexing.rebuild()

    body = client.get("/papers/?q=lernign&sort=title").content.decode()
    literal = client.get("/papers/?q=lernign&literal=1").content.decode()

    assert "Nothing for “lernign”. Showing “learning”." in body
    assert 'href="/papers/?q=lernign&amp;literal=1&amp;sort=title"' in body
    assert "Deep <mark>learning</mark>" in body
    assert "Nothing for" not in literal
    assert "No paper has all of these words." in literal


def test_filters_that_leave_nothing_are_said_to_and_nothing_is_mended(client):
    make_paper("Deep learning", year=2018)
    make_paper("Roses", year=2019)
    indexing.rebuild()

    body = client.get("/papers/?q=learning&year=2019").content.decode()

    assert "1 paper has “learning”, but it does not pass the filters." in body
    assert 'href="/papers/?q=learning"' in body
