"""The feed of a list: what was added, newest first, and nothing that is hidden."""

from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest

from eventsite import writing
from eventsite.models import Change
from papers.models import Item
from tests.factories import make_item, make_list, make_paper
from tests.papers.rows import make_link

pytestmark = pytest.mark.django_db


def add(reading_list, title, day, **fields):
    position = reading_list.items.count() + 1
    paper = make_paper(title, authors=["Ada"], is_public=fields.pop("is_public", True))
    make_link(paper)
    item = writing.create(Item(list=reading_list, paper=paper, position=position, **fields))
    Change.objects.filter(code=item.code).update(at=datetime(2026, 1, day, tzinfo=UTC))
    return item


def entries(client):
    response = client.get("/papers/lists/nets.atom")
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    root = ElementTree.fromstring(response.content)
    names = {"a": "http://www.w3.org/2005/Atom"}
    return [
        (each.findtext("a:title", namespaces=names), each.findtext("a:updated", namespaces=names))
        for each in root.findall("a:entry", names)
    ]


def test_additions_come_newest_first_without_what_is_hidden(client):
    row = make_list(slug="nets")
    add(row, "First", 1)
    add(row, "Second", 2)
    add(row, "Hidden", 3, is_public=False)
    add(row, "Gone", 4, is_gone=True)
    make_item(row, make_paper("Before there was a history"))

    assert entries(client) == [
        ("Second", "2026-01-02T00:00:00Z"),
        ("First", "2026-01-01T00:00:00Z"),
    ]


def test_an_edit_is_no_addition(client):
    row = make_list(slug="nets")
    item = add(row, "First", 1)
    assert writing.change(item, item.version, {"note": "later"})

    assert entries(client) == [("First", "2026-01-01T00:00:00Z")]


@pytest.mark.parametrize("rows", [1, 30])
def test_a_feed_needs_as_many_queries_however_long(client, django_assert_num_queries, rows):
    row = make_list(slug="nets")
    for _ in range(rows):
        add(row, "Again", 1)

    with django_assert_num_queries(6):
        assert len(entries(client)) == rows
