"""The versions of a programme, as pages, JSON and Atom."""

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest

from talks.models import EventRole, ImportantDate, Placement, Release, SessionRole, Talk
from talks.past import Version, told
from talks.publishing import publish
from tests.factories import (
    make_event,
    make_person,
    make_room,
    make_session,
    make_talk,
)
from tests.query_counts import QUERIES
from tests.talks.crawl import crawl

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
ROOT = "/events/woe-27/releases/"
PATHS = (
    "releases/",
    "releases/1/",
    "releases/1.json",
    "releases/2/changes/",
    "releases/2/changes.json",
    "releases.atom",
)


@pytest.fixture
def event():
    """Published twice: a talk of Bob's was withdrawn, one by Ada and Bob renamed and moved."""
    event = make_event(slug="woe-27", name="Workshop on Events", acronym="WoE")
    session = make_session(event, title="Morning", room=make_room(event, name="Hall"))
    make_talk(event, title="Old title", session=session, people=["Ada", "Cy"])
    gone = make_talk(event, title="Gone", session=session, people=["Bob", "Ada"], abstract="By Bob")
    SessionRole.objects.create(session=session, person=make_person(event, "Dan"))
    publish(event, note="The <first>")
    gone.delete()
    Talk.objects.update(title="New title")
    session.start += timedelta(hours=1)
    session.end += timedelta(hours=1)
    session.save()
    publish(event, note="The second")
    return event


def body(client, path, status=200):
    response = client.get(path)
    assert response.status_code == status
    return response.content.decode()


def entries(client):
    feed = ElementTree.fromstring(client.get("/events/woe-27/releases.atom").content)
    return feed.findall(f"{ATOM}entry")


def rows(page):
    """The rows of a comparison, as (kind, title)."""
    return [(row.kind, row.title) for group in page.context["groups"] for row in group.rows]


# The list


def test_versions_are_listed_youngest_first_with_note_and_counts(client, event):
    page = client.get(ROOT)

    found = [(v.number, v.note, v.talks, v.people) for v in page.context["versions"]]
    assert found == [(2, "The second", 1, 3), (1, "The <first>", 2, 4)]
    text = page.content.decode()
    assert text.index("Version 2</a>") < text.index("Version 1</a>")
    assert "The &lt;first&gt;" in text
    assert "2 versions have been published." in text


def test_event_page_leads_to_the_versions(client, event):
    assert f'href="{ROOT}"' in body(client, "/events/woe-27/")


def test_form_leads_to_the_comparison_of_two(client, event):
    page = client.get(f"{ROOT}?from=2&to=1")

    assert (page.status_code, page["Location"]) == (302, f"{ROOT}1/changes/?from=2")


def test_one_version_is_compared_with_nothing(client):
    make_session(one := make_event(slug="woe-27"))
    publish(one)

    page = body(client, ROOT)

    assert "1 version has been published." in page
    assert "<select" not in page


# A version in full


def test_version_shows_times_rooms_talks_and_people_as_they_were(client, event):
    ImportantDate.objects.create(event=event, label="Doors", on=event.starts_on)
    EventRole.objects.create(person=make_person(event, "Lou"), role="organizer")
    publish(event)
    ImportantDate.objects.update(label="Later")
    publish(event)

    third, first = body(client, f"{ROOT}3/"), body(client, f"{ROOT}1/")

    assert ">10:00</time>" in first
    assert ">11:00</time>" in third
    then, later = ("Old title", "Hall", "Cy", "Dan"), ("New title", "Doors", "Lou")
    assert [word for word in (*then, *later) if word in first] == [*then]
    assert [word for word in (*then[1:], *later, "Later") if word in third] == [*then[1:], *later]
    assert "This is version 1. It holds no longer: the current one is 4." in first


def test_current_version_says_so_and_shows_everybody(client, event):
    page = body(client, f"{ROOT}2/")

    assert "This is the current version." in page
    assert [name in page for name in ("Ada", "Cy", "Dan")] == [True, True, True]


def test_withdrawn_talk_keeps_its_title_and_names_nobody(client, event):
    page = body(client, f"{ROOT}1/")

    gone = page[page.index("Gone") :]
    assert "withdrawn since" in gone
    assert ("Bob" in page, "Ada" in gone[: gone.index("</li>")]) == (False, False)
    assert page.count("Ada") == 1


def test_withdrawn_session_names_no_chair(client, event):
    Placement.objects.update(session=make_session(event, title="Other"))
    event.sessions.get(title="Morning").delete()
    publish(event)

    page = body(client, f"{ROOT}1/")

    assert ("Morning" in page, "Cy" in page, "Dan" in page) == (True, True, False)


def test_whoever_comes_back_is_named_again(client, event):
    make_talk(event, title="New", session=event.sessions.get(), people=["Bob"])
    publish(event)

    page = body(client, f"{ROOT}2/"), body(client, f"{ROOT}1/")

    assert ["Bob" in one for one in page] == [False, False]
    assert "Bob" in body(client, f"{ROOT}3/")


def test_version_links_only_to_what_is_there_now(client, event):
    found = crawl(client, "/events/woe-27/")

    there = {path.partition("?")[0] for path in found}
    assert {f"/events/woe-27/{path}" for path in PATHS} - there == set()
    talk = Talk.objects.get()
    assert f'href="/events/woe-27/talks/{talk.code}-new-title/"' in found[f"{ROOT}1/"]


@pytest.mark.parametrize("path", ["1/", "2/changes/"])
def test_search_engines_keep_no_version(client, event, path):
    assert '<meta name="robots" content="noindex">' in body(client, ROOT + path)


@pytest.mark.parametrize("path", ["1.json", "2/changes.json"])
def test_json_is_kept_by_no_search_engine(client, event, path):
    assert client.get(ROOT + path)["X-Robots-Tag"] == "noindex"


# For programs


def test_version_as_json_holds_the_records(client, event):
    found = client.get(f"{ROOT}1.json").json()

    release = Release.objects.get(number=1)
    assert found["release"] == {
        "number": 1,
        "published": release.published.isoformat(),
        "note": "The <first>",
        "current": 2,
    }
    assert [talk["title"] for talk in found["talks"]] == ["Gone", "Old title"]
    assert {person["name"] for person in found["people"]} == {"Ada", "Cy", "Dan"}
    assert {"stamps", "gone"} & found.keys() == set()
    assert [talk["roles"] for talk in found["talks"] if talk["title"] == "Gone"] == [[]]


def test_changes_as_json_name_kind_and_fields(client, event):
    found = client.get(f"{ROOT}2/changes.json").json()

    changes = {(one["kind"], one["table"], one["title"]) for one in found.pop("changes")}
    assert found == {"release": 2, "from": 1}
    assert changes == {
        ("moved", "sessions", "Morning"),
        ("moved", "talks", "New title"),
        ("withdrawn", "talks", "Gone"),
    }


def test_first_version_changes_everything(client, event):
    found = client.get(f"{ROOT}1/changes.json").json()

    assert found["from"] is None
    assert {one["kind"] for one in found["changes"]} == {"new"}


# The comparison


def test_any_two_versions_are_compared(client, event):
    back = client.get(f"{ROOT}1/changes/?from=2")

    assert "From version 2 to version 1" in back.content.decode()
    assert ("back", "Gone") in rows(back)
    assert "Bob" not in back.content.decode()


def test_withdrawn_talk_is_named_by_its_title_alone(client, event):
    page = client.get(f"{ROOT}2/changes/")

    assert ("withdrawn", "Gone") in rows(page)
    assert "Bob" not in page.content.decode()


def test_same_version_compared_with_itself_differs_in_nothing(client, event):
    assert "Nothing that can still be read has changed" in body(client, f"{ROOT}2/changes/?from=2")


# The feed


def test_feed_has_an_entry_for_each_version_with_its_changes(client, event):
    second, first = entries(client)

    assert second.findtext(f"{ATOM}title") == "Version 2"
    assert second.findtext(f"{ATOM}summary").startswith("The second\n")
    assert "Withdrawn: talk Gone" in second.findtext(f"{ATOM}summary")
    assert "New: session Morning" in first.findtext(f"{ATOM}summary")
    assert "Bob" not in body(client, "/events/woe-27/releases.atom")


def test_feed_says_what_rfc_4287_asks_for(client, event):
    response = client.get("/events/woe-27/releases.atom")
    feed = ElementTree.fromstring(response.content)

    second, first = event.releases.all()
    year = first.published.year
    root = f"tag:events.example.org,{year}:{event.code}/releases"
    moment = second.published.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert feed.findtext(f"{ATOM}id") == root
    assert feed.findtext(f"{ATOM}updated") == moment
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Workshop on Events"
    assert [one.findtext(f"{ATOM}id") for one in feed.findall(f"{ATOM}entry")] == [
        f"{root}/2",
        f"{root}/1",
    ]
    assert {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")} == {
        "self": "http://127.0.0.1:8000/events/woe-27/releases.atom",
        "alternate": f"http://127.0.0.1:8000{ROOT}",
    }


def test_feed_keeps_its_ids_under_a_new_slug(client, event):
    before = [entry.findtext(f"{ATOM}id") for entry in entries(client)]
    event.slug = "new"
    event.save()
    event.old_slugs.create(slug="woe-27")
    publish(event)

    after = [entry.findtext(f"{ATOM}id") for entry in entries(client)]

    assert after[1:] == before


def test_feed_drops_what_xml_cannot_hold(client, event):
    Talk.objects.update(title="Bell\x07 \ufffe & <b>")
    publish(event, note="Form\x0c feed")

    [third, *_rest] = entries(client)

    summary = third.findtext(f"{ATOM}summary")
    assert summary.startswith("Form feed\n")
    assert "Bell  & <b>" in summary


def test_feed_tells_of_the_newest_fifty(client, event):
    for number in range(50):
        Talk.objects.update(title=f"Title {number}")
        publish(event)

    found = entries(client)

    assert len(found) == 50
    assert found[-1].findtext(f"{ATOM}title") == "Version 3"
    assert found[-1].findtext(f"{ATOM}summary") == (
        "Changed: talk Title 0 (title: New title → Title 0)"
    )


@pytest.mark.parametrize(("records", "count"), [(0, 50), (200, 50), (2400, 4), (90_000, 1)])
def test_feed_tells_the_changes_of_as_many_versions_as_are_read_in_a_moment(records, count):
    versions = [
        Version(number, number, "", datetime(2027, 1, 1, tzinfo=UTC), "", records, 0, 0, 0)
        for number in range(60, 0, -1)
    ]

    assert told(versions) == count


def test_version_whose_changes_are_not_told_has_an_entry_all_the_same(client, event):
    first = event.releases.get(number=1)
    first.summary["people"] = 100_000
    first.save()

    second, untold = entries(client)

    assert "Withdrawn: talk Gone" in second.findtext(f"{ATOM}summary")
    assert untold.findtext(f"{ATOM}summary") == "The <first>"


def test_feed_speaks_the_language_of_the_event(client, event):
    response = client.get("/events/woe-27/releases.atom", headers={"Accept-Language": "de"})

    feed = ElementTree.fromstring(response.content)
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"


def test_long_text_is_named_and_not_quoted_in_the_feed(client, event):
    Talk.objects.update(abstract="word " * 100)
    publish(event)

    [third, *_rest] = entries(client)

    assert third.findtext(f"{ATOM}summary") == "Changed: talk New title (abstract)"


# States


@pytest.mark.parametrize("path", PATHS)
def test_hidden_event_has_no_versions(client, event, path):
    event.is_hidden = True
    event.save()

    assert client.get(f"/events/woe-27/{path}").status_code == 404


@pytest.mark.parametrize(
    ("path", "status"),
    [
        *(("3/", 404), ("3.json", 404), ("3/changes/", 404), ("3/changes.json", 404)),
        *(("0/", 404), ("01/", 404), ("x/", 404), (f"{10**30}/", 404)),
        *(("2/changes/?from=9", 404), ("2/changes.json?from=9", 404)),
        *(("2/changes/?from=x", 400), ("2/changes.json?from=-1", 400), ("?to=x", 400)),
        *((f"2/changes/?from={10**30}", 400), ("?from=1&to=9", 302)),
    ],
)
def test_what_is_no_version_is_refused(client, event, path, status):
    assert client.get(ROOT + path).status_code == status


def test_old_slug_leads_to_the_versions(client, event):
    event.old_slugs.create(slug="before")

    page = client.get("/events/before/releases/1/")

    assert (page.status_code, page["Location"]) == (301, f"{ROOT}1/")
    assert client.get("/events/before/releases/1.json").status_code == 200


# What it costs


@pytest.mark.parametrize("releases", [1, 30])
@pytest.mark.parametrize("path", PATHS[1:])
def test_versions_need_two_queries_however_many(client, django_assert_num_queries, releases, path):
    event = make_event(slug="woe-27")
    session = make_session(event)
    make_talk(event, session=session, people=["Ada"])
    for number in range(releases + 1):
        session.title = f"Session {number}"
        session.save()
        publish(event)
    client.get(f"/events/woe-27/{path}")

    with django_assert_num_queries(1 if path.endswith(".atom") else QUERIES["release"]):
        response = client.get(f"/events/woe-27/{path}")
    with django_assert_num_queries(1):
        known = {"If-None-Match": response["ETag"]}
        again = client.get(f"/events/woe-27/{path}", headers=known)

    assert (response.status_code, again.status_code) == (200, 304)


@pytest.mark.parametrize("releases", [2, 30])
def test_feed_seen_for_the_first_time_reads_all_versions_at_once(
    client, django_assert_num_queries, releases
):
    event = make_event(slug="woe-27")
    session = make_session(event)
    for number in range(releases):
        session.title = f"Session {number}"
        session.save()
        publish(event)

    with django_assert_num_queries(4):  # the current programme, and all in one
        assert len(entries(client)) == releases


@pytest.mark.parametrize("path", PATHS)
def test_who_has_it_gets_an_empty_304_until_the_next_release(client, event, path):
    address = f"/events/woe-27/{path}"
    tag = client.get(address)["ETag"]

    same = client.get(address, headers={"If-None-Match": tag})
    publish(event) or Talk.objects.update(title="Newest")
    publish(event)
    other = client.get(address, headers={"If-None-Match": tag})

    assert (same.status_code, same.content) == (304, b"")
    assert other.status_code == 200
