import csv
import io
import json

import pytest
from defusedxml import ElementTree

from eventsite import responses
from talks import previews
from talks.publishing import publish
from tests.attacks.hostile import make_hostile_event
from tests.factories import make_session, make_user
from tests.talks.test_views import at, body, grow, make_workshop
from tests.talks.test_views_export import make_programme

pytestmark = pytest.mark.django_db

TYPES = {
    "xml": "application/xml; charset=utf-8",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
}
ATOM = "{http://www.w3.org/2005/Atom}"


def titles(client, end, query="", slug="dl-17"):
    """The titles of what a file holds, in its order."""
    text = body(client, f"/events/{slug}/schedule.{end}{query}")
    if end == "json":
        days = json.loads(text)["schedule"]["conference"]["days"]
        return [e["title"] for day in days for events in day["rooms"].values() for e in events]
    if end == "csv":
        rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
        return [row["Title"] for row in rows]
    root = ElementTree.fromstring(text.encode())
    if end == "xml":
        return [event.findtext("title") for event in root.iter("event")]
    return [entry.findtext(f"{ATOM}title") for entry in root.iter(f"{ATOM}entry")]


@pytest.mark.parametrize("end", ["xml", "json", "csv", "atom"])
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"First", "Second", "Lunch", "Posters"}),
        ("?kind=break", {"Lunch"}),
        ("?kind=keynote", {"Second"}),
        ("?q=lovelace", {"First"}),
        ("?day=2017-12-10&tz=Asia/Tokyo", {"First", "Second", "Lunch", "Posters"}),
        ("?q=zebra", set()),
        ("?view=list&at=2017-12-09T09:00&alarm=10", {"First", "Second", "Lunch", "Posters"}),
    ],
)
def test_file_takes_the_filters_of_the_page(client, end, query, found):
    make_programme()

    listed = titles(client, end, query)

    assert (set(listed), len(listed)) == (found, len(found))


def test_text_takes_the_filters_of_the_page(client):
    make_programme()

    text = body(client, "/events/dl-17/schedule.txt?kind=break&tz=UTC")

    assert [line for line in text.splitlines() if line[:1].isdigit()] == [
        "9 December 2017",
        "20:00-21:00  Lunch",
    ]
    assert "All times are in UTC (UTC)." in text.splitlines()


@pytest.mark.parametrize("end", TYPES)
def test_file_of_a_person_holds_what_they_do(client, end):
    event, *_rest = make_programme()
    grace = event.people.get(name="Grace Hopper")

    text = body(client, f"/events/dl-17/schedule.{end}?person={grace.code}")

    assert ("Posters" in text, "First" in text) == (True, False)


@pytest.mark.parametrize("end", TYPES)
def test_file_says_what_it_is_sets_no_cookie_and_is_kept_from_search(client, end):
    make_programme()

    response = client.get(f"/events/dl-17/schedule.{end}")

    how = "attachment" if end == "csv" else "inline"
    assert response["Content-Type"] == TYPES[end]
    assert response["Content-Disposition"] == f'{how}; filename="dl-17.{end}"'
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Cache-Control"] == "no-cache"
    assert response.cookies == {}
    assert client.head(f"/events/dl-17/schedule.{end}").content == b""


@pytest.mark.parametrize("end", TYPES)
@pytest.mark.parametrize("count", [1, 30])
def test_file_takes_one_query_however_long(client, django_assert_num_queries, end, count):
    grow(make_workshop(), count)
    client.get("/events/dl-17/dates/")

    with django_assert_num_queries(1):
        response = client.get(f"/events/dl-17/schedule.{end}")

    assert response.status_code == 200


@pytest.mark.parametrize("end", TYPES)
def test_file_that_did_not_change_is_not_sent_again(client, end):
    make_programme()
    first = client.get(f"/events/dl-17/schedule.{end}")

    again = client.get(
        f"/events/dl-17/schedule.{end}", headers={"if-none-match": f"W/{first['ETag']}"}
    )
    since = client.get(
        f"/events/dl-17/schedule.{end}", headers={"if-modified-since": first["Last-Modified"]}
    )

    assert (again.status_code, again.content) == (304, b"")
    assert (since.status_code, since.content) == (304, b"")


@pytest.mark.parametrize("end", TYPES)
def test_file_has_the_same_bytes_each_time_whatever_is_accepted(client, end):
    make_programme()
    first = client.get(f"/events/dl-17/schedule.{end}")
    responses.bodies.entries.clear()

    again = client.get(
        f"/events/dl-17/schedule.{end}", headers={"accept": "text/html", "accept-language": "de"}
    )

    assert (again.content, again["ETag"]) == (first.content, first["ETag"])


@pytest.mark.parametrize("end", TYPES)
@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("tz=Mars/Olympus", 404),
        ("lang=tlh", 404),
        ("track=K9999999Z", 404),
        ("room=R9999999Z", 404),
        ("person=H9999999Z", 404),
        ("kind=lecture", 404),
        ("day=2030-01-01", 404),
        ("day=soon", 400),
        ("day=2017-12-09&day=2017-12-10", 400),
        (f"q={'a' * 501}", 400),
    ],
)
def test_question_that_cannot_be_answered_is_refused(client, end, query, status):
    make_programme()

    response = client.get(f"/events/dl-17/schedule.{end}?{query}")

    assert response.status_code == status
    assert response["Content-Type"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize("end", TYPES)
def test_withdrawn_session_and_its_people_stand_in_no_file(client, end):
    event, morning, _first = make_programme()
    before = body(client, f"/events/dl-17/schedule.{end}")
    morning.delete()
    publish(event)

    after = body(client, f"/events/dl-17/schedule.{end}")

    assert ("First" in before, "Lovelace" in before) == (True, True)
    assert ("First" in after, "Lovelace" in after, "Lunch" in after) == (False, False, True)


@pytest.mark.parametrize("end", TYPES)
def test_draft_stands_in_no_file(client, end):
    event, *_rest = make_programme()
    make_session(event, title="Secret", start=at("18:00"), end=at("19:00"))

    before = body(client, f"/events/dl-17/schedule.{end}")
    publish(event)

    assert "Secret" not in before
    assert "Secret" in body(client, f"/events/dl-17/schedule.{end}")


@pytest.mark.parametrize(
    ("end", "line"),
    [
        ("xml", "<version>Draft</version>"),
        ("json", '"version": "Draft",'),
        ("txt", "Draft"),
        ("atom", "<title>Draft – Event"),
    ],
)
def test_file_of_a_preview_says_that_it_is_a_draft_and_is_kept_by_nobody(client, end, line):
    event, *_rest = make_programme()
    make_session(event, title="Secret", start=at("18:00"), end=at("19:00"))
    key = previews.make(event, make_user(), "Programme committee")

    response = client.get(f"/preview/{key}/events/dl-17/schedule.{end}")

    lines = [each.strip() for each in response.content.decode().splitlines()]
    assert [each for each in lines if each.startswith(line)] != []
    assert "Secret" in response.content.decode()
    assert (response["Cache-Control"], "ETag" in response) == ("no-store", False)


@pytest.mark.parametrize("end", TYPES)
def test_event_without_a_programme_has_files_all_the_same(client, end):
    publish(make_workshop())

    assert client.get(f"/events/dl-17/schedule.{end}").status_code == 200


def test_version_is_the_number_of_the_release(client):
    event, morning, _first = make_programme()
    morning.title = "Early"
    morning.save()
    publish(event)

    schedule = json.loads(body(client, "/events/dl-17/schedule.json"))["schedule"]

    assert schedule["version"] == "2"


@pytest.mark.parametrize("end", TYPES)
def test_file_under_an_old_slug_answers_in_place_with_the_same_bytes(client, end):
    event, *_rest = make_programme()
    event.old_slugs.create(slug="dl-17")
    event.slug = "deep-17"
    event.save()

    old, new = (client.get(f"/events/{slug}/schedule.{end}") for slug in ("dl-17", "deep-17"))

    assert (old.status_code, old.content) == (200, new.content)


@pytest.mark.parametrize("end", ["xml", "json", "csv", "atom"])
def test_hostile_text_makes_no_entry_of_its_own(client, end):
    make_hostile_event()

    listed = titles(client, end, slug="hostile")

    assert len(listed) == 2
    assert [title.splitlines() for title in listed] == [[title] for title in listed]


def test_schedule_page_offers_every_format_of_what_it_shows(client):
    make_programme()

    page = body(client, "/events/dl-17/schedule/?kind=break&view=list")

    for end, kind in TYPES.items():
        path = f"/events/dl-17/schedule.{end}?kind=break"
        assert f'<link rel="alternate" type="{kind.partition(";")[0]}" href="{path}"' in page
        assert page.count(f'href="{path}"') == 2
