"""What /papers/ costs with 100,000 papers.

`python -m pytest -q -s -m slow tests/benchmarks/search.py`, on the database of `DATABASE_URL`.
Ratios in one run, as clocks differ between machines: a search against the bare query of the
full-text index, ranked and cut by the database itself; browsing against a catalogue of 700 papers.
"""

import random
import resource
from itertools import accumulate
from statistics import median
from time import perf_counter

import pytest
from django.db import connection

from papers import indexing
from papers.counting import catalogue
from papers.folding import fold
from papers.models import Author, Authorship, Item, Paper, PaperLink, ReadingList, Topic, Venue
from papers.search import mended, ranked
from papers.search_words import terms_of

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

FEW, MANY, RUNS = 700, 100_000, 7
LETTERS = "bcdfghklmnprstvz", "aeiou"
BARE = {
    "sqlite": "SELECT rowid FROM papers_search WHERE papers_search MATCH %s ORDER BY rank LIMIT 50",
    "postgresql": "SELECT paper_id FROM papers_search WHERE whole @@ %s::tsquery"
    " ORDER BY ts_rank(whole, %s::tsquery) DESC LIMIT 50",
}
PAGES = ["", "venue=venue-7", "year=2010", "venue=venue-7&year=2010", "topic=topic-3", "page=9"]


def word(dice):
    return "".join(dice.choice(LETTERS[n % 2]) for n in range(dice.randint(4, 10)))


def fill(count):
    """Make papers whose words are as frequent as words are (Zipf); the same for the same count."""
    dice = random.Random(count)
    words = ["learning", "network", *sorted({word(dice) for _ in range(20_000)})]
    weights = list(accumulate(1 / rank for rank in range(1, len(words) + 1)))

    def text(length):
        return " ".join(dice.choices(words, cum_weights=weights, k=length))

    venues = Venue.objects.bulk_create(
        Venue(slug=f"venue-{n}", name=f"Venue {n}") for n in range(max(10, count // 500))
    )
    topics = Topic.objects.bulk_create(Topic(slug=f"topic-{n}", name=f"T {n}") for n in range(10))
    authors = Author.objects.bulk_create(
        (Author(name=f"{word(dice)} {word(dice)}".title()) for _ in range(count // 2)),
        batch_size=5_000,
    )
    titles = [text(9).capitalize() for _ in range(count)]
    papers = Paper.objects.bulk_create(
        (
            Paper(
                title=title,
                folded=fold(title),
                abstract=text(110),
                year=2005 + n % 12,
                venue=dice.choice(venues),
                is_public=n % 50 > 0,
                presentation=dice.choice(["", "", "oral", "poster"]),
            )
            for n, title in enumerate(titles)
        ),
        batch_size=5_000,
    )
    Authorship.objects.bulk_create(
        (
            Authorship(paper=paper, author=author, position=at)
            for paper in papers
            for at, author in enumerate(dice.choices(authors, k=3))
        ),
        batch_size=5_000,
    )
    filed = Paper.topics.through
    filed.objects.bulk_create(
        (filed(paper=paper, topic=dice.choice(topics)) for paper in papers), batch_size=5_000
    )
    PaperLink.objects.bulk_create(
        (PaperLink(paper=p, kind="code", url="https://example.org/") for p in papers[::3]),
        batch_size=5_000,
    )
    shelf = ReadingList.objects.create(slug="list", title="List", is_public=True)
    Item.objects.bulk_create(
        (Item(list=shelf, paper=p, position=n, note=text(12)) for n, p in enumerate(papers[:5000])),
        batch_size=1_000,
    )
    return words


def empty():
    for model in (Item, ReadingList, Authorship, PaperLink, Paper, Author, Topic, Venue):
        model.objects.all().delete()


def milliseconds(work):
    times = []
    for _ in range(RUNS):
        start = perf_counter()
        work()
        times.append((perf_counter() - start) * 1000)
    return median(times)


def bare(text):
    query = terms_of(text)
    sql = BARE[connection.vendor]
    expression = indexing.engine().every(query)
    with connection.cursor() as cursor:
        cursor.execute(sql, [expression] * sql.count("%s"))
        return cursor.fetchall()


def shown(client, query):
    assert client.get(f"/papers/?{query}").status_code == 200


def browsing(client):
    return {page: milliseconds(lambda page=page: shown(client, page)) for page in PAGES}


def timed(name, work):
    start = perf_counter()
    made = work()
    print(f"{name:<34}{perf_counter() - start:>8.1f} s")
    return made


def test_what_search_and_browsing_cost(client):
    print(f"\n{connection.vendor}")
    fill(FEW)
    indexing.rebuild()
    few = browsing(client)
    empty()
    words = timed(f"{MANY:,} papers made", lambda: fill(MANY))
    timed("indexed", indexing.rebuild)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    whole = timed("first sight", catalogue)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    print(f"{len(whole.keys):,} public papers, {grown / 1024:.0f} MB more at the peak")
    many = browsing(client)
    print(f"{'page':<26}{'700':>8}{'100,000':>9} ms{'ratio':>7}")
    print(f"?{'page=1900':<25}{'':>8}{milliseconds(lambda: shown(client, 'page=1900')):>9.1f}")
    for page in PAGES:
        print(f"?{page:<25}{few[page]:>8.1f}{many[page]:>9.1f}   {many[page] / few[page]:>7.2f}")
    print(
        f"{'search':<26}{'found':>8}{'bare':>8}{'ranked':>8}{'page':>8} ms{'ratio':>7}{'page':>7}"
    )
    for text in [words[0], f"{words[1]} ", words[40], f"{words[0]} {words[9]}", words[5_000], "be"]:
        alone = milliseconds(lambda text=text: bare(text))
        ours = milliseconds(lambda text=text: ranked(text))
        page = milliseconds(lambda text=text: client.get("/papers/", {"q": text}))
        print(
            f"{text:<26}{len(ranked(text)):>8}{alone:>8.1f}{ours:>8.1f}{page:>8.1f}   "
            f"{ours / alone:>7.2f}{page / alone:>7.2f}"
        )
    print(f"mended: {milliseconds(lambda: mended('netwrok')):.0f} ms {mended('netwrok')}")
