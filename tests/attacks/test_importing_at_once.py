"""Two people import the same works at the same moment."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections

from papers import reading
from papers.importing import StalePlan, apply, preview
from papers.models import Paper, ReadingList

ROWS = range(400)


@pytest.fixture
def several_connections(transactional_db):
    if not connection.features.test_db_allows_multiple_connections:
        pytest.skip("a database in memory has one connection")


def table(author):
    rows = "\n".join(f"Title{n} of a long table,{author and author + str(n)},2018" for n in ROWS)
    return reading.read(f"title,authors,year\n{rows}".encode(), "papers.csv")


def test_two_imports_of_the_same_works_make_each_once(several_connections):
    """Both were looked at before either was applied; only titles are equal, so no key clashes."""
    lists = [ReadingList.objects.create(slug=slug, title=slug) for slug in ("one", "two")]
    plans = [preview(table(author), each) for author, each in zip(["Ada", ""], lists, strict=True)]

    def applied(plan):
        try:
            return bool(apply(plan))
        except StalePlan:
            return False
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(applied, plans))

    assert sorted(done) == [False, True]
    assert Paper.objects.count() == len(ROWS)
