"""What was public once and was taken back, marked, and looked for through earlier releases."""

from xml.etree import ElementTree

import pytest
from django.utils.html import escape

from talks.models import (
    Award,
    EventRole,
    Person,
    Placement,
    SessionRole,
    Talk,
    TalkLink,
    TalkRole,
)
from talks.publishing import publish, publish_again
from tests.factories import (
    make_event,
    make_paper,
    make_person,
    make_placement,
    make_session,
    make_talk,
)
from tests.talks.crawl import crawl

pytestmark = pytest.mark.django_db

MARK = "Unicornmark"
ATOM = "{http://www.w3.org/2005/Atom}"
NUMBERS = range(1, 5)
OLD = (
    *(f"releases/{n}{end}" for n in NUMBERS for end in ("/", ".json")),
    *(
        f"releases/{n}/changes{end}?from={m}"
        for n in NUMBERS
        for m in NUMBERS
        for end in ("/", ".json")
    ),
    *(f"releases/{n}/changes{end}" for n in NUMBERS for end in ("/", ".json")),
    *("releases/", "releases.atom", "releases/?lang=en", "releases.atom?lang=en"),
)


@pytest.fixture
def event():
    """Published four times: marked people and texts come, change, and are taken back."""
    event = make_event(slug="open", contact=f"{MARK}@example.org")
    stays = make_session(event, title="Morning")
    kept = make_talk(event, title="Kept", session=stays, people=["Ada"])
    publish(event, note="One")
    add_marked(event, stays, kept)
    publish(event, note="Two")
    rename(event)
    publish(event, note="Three")
    take_back(event)
    publish(event, note="Four")
    return event


def add_marked(event, stays, kept):
    paper = make_paper(f"{MARK} paper", is_public=False)
    gone = make_talk(
        event,
        title="Withdrawn talk",
        session=stays,
        people=[f"{MARK} gives"],
        paper=paper,
        subtitle=f"With {MARK}",
        abstract=f"By {MARK}",
    )
    TalkRole.objects.create(talk=gone, person=event.people.get(name="Ada"), affiliation=MARK)
    TalkRole.objects.create(talk=kept, person=make_person(event, f"{MARK} helps"))
    TalkLink.objects.create(talk=gone, url=f"https://{MARK}.org/", label=MARK)
    TalkLink.objects.create(talk=kept, url=f"https://{MARK}.org/", label=MARK)
    SessionRole.objects.create(session=stays, person=make_person(event, f"{MARK} chairs"))
    EventRole.objects.create(person=make_person(event, f"{MARK} organizes"), role="organizer")
    Award.objects.create(event=event, name="Best", text=f"For {MARK}").talks.add(gone)
    away = make_session(event, title="Withdrawn session", stream=f"https://{MARK}.org/")
    make_placement(gone, away)
    event.people.filter(name__startswith=MARK).update(about=MARK, affiliation=MARK)


def rename(event):
    for person in event.people.filter(name__startswith=MARK):
        person.name = f"{person.name} anew"
        person.save()
    event.talks.filter(title="Withdrawn talk").update(abstract=f"Rewritten by {MARK}")


def take_back(event):
    event.contact = "office@example.org"
    event.save()
    Placement.objects.filter(talk__title="Withdrawn talk").delete()
    event.sessions.filter(title="Withdrawn session").update(start=None, end=None)
    Award.objects.all().delete()
    TalkLink.objects.all().delete()
    TalkRole.objects.filter(person__name__startswith=MARK, talk__title="Kept").delete()
    for roles in (SessionRole, EventRole):
        roles.objects.all().delete()


def answers(client):
    return {path: client.get(f"/events/open/{path}") for path in OLD}


def leaks(bodies):
    return [path for path, body in bodies.items() if MARK.lower() in body.lower()]


def test_what_was_taken_back_stands_in_no_earlier_release(client, event):
    found = answers(client)

    assert {response.status_code for response in found.values()} == {200}
    assert leaks({path: response.content.decode() for path, response in found.items()}) == []
    assert "Withdrawn talk" in found["releases/2/"].content.decode()
    assert MARK in str(event.releases.get(number=2).records)


def test_nothing_that_links_lead_to_names_it(client, event):
    found = crawl(client)

    assert len([path for path in found if "/releases/" in path]) > 12
    assert leaks(found) == []


def test_headers_say_no_more_than_bodies(client, event):
    paths = [f"/events/open/{path}" for path in OLD]

    headers = {path: str(client.get(path).headers) for path in paths}
    heads = {path: client.head(path) for path in paths}

    assert leaks(headers) == []
    assert {(head.status_code, head.content) for head in heads.values()} == {(200, b"")}


def test_whoever_had_the_page_while_it_was_public_gets_the_one_of_today(client):
    event = make_event(slug="open")
    talk = make_talk(event, session=make_session(event), people=[MARK])
    publish(event)
    paths = ("releases/1/", "releases/1.json", "releases.atom")
    before = {path: client.get(f"/events/open/{path}") for path in paths}
    talk.placements.all().delete()
    publish(event)

    after = {
        path: client.get(f"/events/open/{path}", headers={"If-None-Match": old["ETag"]})
        for path, old in before.items()
    }

    assert leaks({path: old.content.decode() for path, old in before.items()}) == [*paths]
    assert {new.status_code for new in after.values()} == {200}
    assert leaks({path: new.content.decode() for path, new in after.items()}) == []


def test_draft_stands_in_no_release_and_in_no_comparison(client, event):
    Talk.objects.filter(title="Kept").update(title=f"{MARK} draft")
    make_talk(event, title=MARK, session=event.sessions.get(title="Morning"))
    event.about = event.name = MARK
    event.save()
    Person.objects.update(about=MARK)

    found = {path: response.content.decode() for path, response in answers(client).items()}

    assert leaks(found) == []


def test_going_back_publishes_no_draft(client, event):
    Talk.objects.filter(title="Kept").update(title=f"{MARK} draft")

    publish_again(event, 1, note="Five")

    page = client.get("/events/open/schedule/").content.decode()
    assert ("Kept" in page, MARK in page) == (True, False)
    assert "Unicornmark@example.org" in client.get("/events/open/").content.decode()


@pytest.mark.parametrize("method", ["post", "put", "delete", "options"])
@pytest.mark.parametrize("path", ["releases/", "releases/1/", "releases/1.json", "releases.atom"])
def test_releases_are_read_and_nothing_else(client, event, path, method):
    response = getattr(client, method)(f"/events/open/{path}")

    assert (response.status_code, response.content) == (405, b"")


@pytest.mark.parametrize(
    "note", ["<script>alert(1)</script>", "&amp; ]]> [x](javascript:alert(1))", "\u202e\"'evil"]
)
def test_note_is_text_and_nothing_else(client, note):
    event = make_event(slug="open")
    make_session(event)
    publish(event, note=note)

    pages = [client.get(f"/events/open/{path}").content.decode() for path in ("releases/", OLD[0])]
    feed = client.get("/events/open/releases.atom").content

    assert [escape(note) in page for page in pages] == [True, True]
    entry = ElementTree.fromstring(feed).find(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}summary").splitlines()[0] == note
    assert client.get("/events/open/releases/1.json").json()["release"]["note"] == note
