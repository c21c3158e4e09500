import pytest

from talks.publishing import publish
from tests.factories import make_event, make_list, make_paper, make_session
from tests.query_counts import QUERIES

pytestmark = pytest.mark.django_db


def test_sitemap_names_public_events_papers_and_lists_alone(client):
    shown, hidden, draft = (make_event(slug=slug) for slug in ("shown", "hidden", "draft"))
    for event in (shown, hidden):
        make_session(event)
        publish(event)
    hidden.is_hidden = True
    hidden.save()
    make_session(draft)
    make_paper(slug="open")
    make_paper(slug="closed", is_public=False)
    make_list(slug="read-me")
    make_list(slug="not-yet", is_public=False)

    text = client.get("/sitemap.xml").content.decode()

    assert text.count("<url>") == 8
    assert "http://127.0.0.1:8000/events/shown/schedule/" in text
    assert "-open/" in text
    assert "/papers/lists/read-me/" in text
    for secret in ("/hidden/", "/draft/", "closed", "not-yet"):
        assert secret not in text


@pytest.mark.parametrize("rows", [1, 20])
def test_sitemap_needs_the_same_queries_however_many_rows(client, django_assert_num_queries, rows):
    for _ in range(rows):
        event = make_event()
        make_session(event)
        publish(event)
        make_paper()

    with django_assert_num_queries(QUERIES["sitemap"]):
        client.get("/sitemap.xml")
