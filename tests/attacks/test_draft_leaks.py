"""Every address, by its pattern, asked by everybody: none tells of a draft, or who it was told to.

A new pattern needs its row in ADDRESSES; `Row n` is that of the list of attacks.
"""

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver

from eventsite.keys import new_key
from papers import indexing
from papers.models import Author, Similar, Spot
from talks import previews
from talks.models import Agenda, EventRole, ImportantDate, Page
from talks.publishing import publish, write_presentations
from tests.attacks.test_leaks import MARK, add_drafts
from tests.factories import (
    make_event,
    make_item,
    make_list,
    make_organizer,
    make_paper,
    make_person,
    make_room,
    make_session,
    make_talk,
    make_track,
    make_user,
    make_venue,
)
from tests.papers.rows import make_topic

pytestmark = pytest.mark.django_db

SHOWN = "P22222222"
LEFT = "Gonemark"  # what was published once and is withdrawn
PAGES = "events/<slug:event_slug>/"
PREVIEW = "preview/<str:key>/events/<slug:event_slug>/"
PROGRAMME = {
    "": 200,
    "schedule/": 200,
    "schedule.ics": 200,
    "schedule.xml": 200,
    "schedule.json": 200,
    "schedule.csv": 200,
    "schedule.txt": 200,
    "schedule.atom": 200,
    "calendar/": 200,
    "sessions/<str:segment>.ics": 200,
    "sessions/<str:segment>/": 200,
    "talks/<str:segment>.ics": 200,
    "talks/<str:segment>/": 200,
    "people/": 200,
    "people/<str:segment>.ics": 200,
    "people/<str:segment>/": 200,
    "posters/": 200,
    "organizers/": 200,
    "dates/": 200,
    "dates.ics": 200,
    "pages/<str:slug>/": 200,
    "colours-<str:digest>.css": 404,
    "files/<str:digest>/<str:name>": 404,
}
PUBLIC_ONLY = {
    "agenda/": 200,
    "agenda/<str:key>.ics": 404,
    "releases/": 200,
    "releases.atom": 200,
    "releases/<release:number>.json": 200,
    "releases/<release:number>/": 200,
    "releases/<release:number>/changes/": 200,
    "releases/<release:number>/changes.json": 200,
}
SITE = {
    "": 200,
    "healthz": 200,
    "readyz": 200,
    "robots.txt": 200,
    "sitemap.xml": 200,
    "events/": 200,
}
CATALOGUE = {
    "": 200,
    "papers.<ending:extension>": 200,
    "map/": 200,
    "years/": 200,
    "authors/<str:segment>.<ending:extension>": 200,
    "authors/<str:segment>/": 200,
    "venues/<str:slug>.<ending:extension>": 200,
    "venues/<str:slug>/": 200,
    "topics/<str:slug>.<ending:extension>": 200,
    "topics/<str:slug>/": 200,
    "lists/": 200,
    "lists/<str:slug>.md": 200,
    "lists/<str:slug>.atom": 200,
    "lists/<str:slug>.<ending:extension>": 200,
    "lists/<str:slug>/": 200,
    "<str:segment>.<ending:extension>": 200,
    "<str:segment>/": 200,
}
# Row 7: every pattern, and what everybody alike is answered there.
ADDRESSES = (
    SITE
    | {PAGES + path: status for path, status in (PROGRAMME | PUBLIC_ONLY).items()}
    | {PREVIEW + path: 404 for path in PROGRAMME}
    | {"papers/" + path: status for path, status in CATALOGUE.items()}
)


def patterns(resolver=None, before=""):
    """Yield every pattern of the site; the admin's are tested elsewhere."""
    for one in (resolver or get_resolver()).url_patterns:
        path = before + str(one.pattern)
        if path.startswith("admin/"):
            continue
        if isinstance(one, URLResolver):
            yield from patterns(one, path)
        else:
            yield path


@pytest.fixture
def event():
    """A published event with drafts beside it, and something it has withdrawn."""
    event = make_event(slug="open", name="Open days")
    room, track = make_room(event, name="Hall"), make_track(event, name="Theory")
    session = make_session(event, title="Morning", room=room, track=track)
    make_talk(event, title="Shown", session=session, people=["Ada"], kind="poster")
    EventRole.objects.create(person=make_person(event, "Grace"))
    Page.objects.create(event=event, slug="travel", title="Travel")
    ImportantDate.objects.create(event=event, label="Papers due", on=date(2027, 1, 1))
    event.people.update(email="unicornmark@example.org", notes=MARK)
    gone = make_session(event, title="Left out")
    make_talk(event, title="Left out too", session=gone, people=[f"{LEFT} Ann"])
    publish(event, note="First")
    event.sessions.filter(pk=gone.pk).update(start=None, end=None)
    add_drafts(event)
    publish(event, note="Second")
    add_catalogue()
    return event


def add_catalogue():
    """A paper anyone may see, and beside it, wherever it stands, one that nobody may."""
    venue, reading = make_venue(slug="travel"), make_list(slug="travel")
    shown = make_paper("Read by all", authors=["Grace"], venue=venue, year=2020, code=SHOWN)
    draft = make_paper(MARK, authors=["Grace", MARK], venue=venue, year=2019, is_public=False)
    make_topic(slug="travel", papers=[shown, draft])
    for paper in (shown, draft):
        make_item(reading, paper, note=paper.title)
        Spot.objects.create(paper=paper, x=0.5, y=0.5)
    Similar.objects.create(paper=shown, other=draft, score=1)
    indexing.rebuild()


def filled(pattern, event):
    """An address of the pattern that names what is public of the event."""
    session, talk = event.sessions.get(title="Morning"), event.talks.get(title="Shown")
    person = event.people.get(name="Ada")
    codes = {"sessions": session.code, "talks": talk.code, "people": person.code}
    codes |= {"authors": Author.objects.get(name="Grace").code, "papers": SHOWN}
    segment = next((code for name, code in codes.items() if f"/{name}/<" in f"/{pattern}"), "")
    values = {
        "event_slug": event.slug,
        "segment": segment,
        "slug": "travel",
        "number": "2",
        "key": "A" * 43,
        "digest": "0" * 16,
        "name": "paper.pdf",
        "extension": "csv",
    }
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: values[found[1]], pattern)


def answer(client, address, **headers):
    """Status and octets, wherever redirects of slugs lead."""
    response = client.get(address, follow=True, headers=headers)
    return response.status_code, response.getvalue()


def test_every_pattern_has_its_row():
    assert sorted(patterns()) == sorted(ADDRESSES)


@pytest.mark.parametrize("pattern", ADDRESSES)
def test_everybody_is_answered_alike_and_nobody_of_drafts(client, event, pattern):
    """Rows 1, 3, 7, 13, 20: also after an organizer, and with an Authorization header."""
    address = filled(pattern, event)
    known = [
        make_user(is_superuser=True),
        make_organizer(event),
        make_organizer(make_event()),
        make_user(is_staff=False),
    ]
    answers = []
    for user in known:
        visitor = Client()
        visitor.force_login(user)
        answers.append(answer(visitor, address))
    answers.append(answer(client, address, Authorization="Basic b3JnYW5pemVyOnB3"))

    stranger = answer(client, address)

    assert stranger[0] == ADDRESSES[pattern]
    assert answers == [stranger] * 5
    assert {*client.cookies} == set()
    assert [mark for mark in (MARK, LEFT) if mark.lower().encode() in stranger[1].lower()] == []


@pytest.mark.parametrize("number", [1, 2])
@pytest.mark.parametrize("path", ["{}/", "{}.json", "{}/changes/", "{}/changes.json"])
def test_old_releases_name_nobody_of_what_was_withdrawn(client, event, number, path):
    status, body = answer(client, f"/events/open/releases/{path.format(number)}")

    assert (status, LEFT.encode() in body, MARK.encode() in body) == (200, False, False)


@pytest.mark.parametrize("end", ["/", ".ics"])
@pytest.mark.parametrize("table", ["sessions", "talks", "people"])
def test_draft_is_answered_as_what_never_was(client, event, table, end):
    """Row 2: by every method, and the same words."""
    draft = getattr(event, table).filter(**{f"{NAMES[table]}__startswith": MARK}).first()
    never = draft.code[0] + "ZZZZZZZZ"
    base = f"/events/open/{table}/"

    for method in ("get", "head", "options", "post"):
        found = [getattr(client, method)(f"{base}{code}{end}") for code in (draft.code, never)]
        bodies = [
            response.content.replace(draft.code.encode(), never.encode()) for response in found
        ]

        assert found[0].status_code == found[1].status_code
        assert found[0].status_code in (404, 405)
        assert bodies[0] == bodies[1]


NAMES = {"sessions": "title", "talks": "title", "people": "name"}
FORMATS = ("ics", "xml", "json", "csv", "txt", "atom")


@pytest.mark.parametrize("path", ["schedule/", *(f"schedule.{end}" for end in FORMATS)])
def test_no_filter_finds_a_draft(client, event, path):
    """Row 4: a code of a draft is unknown, and its words find what no words find."""
    base, nonsense = f"/events/open/{path}", "z" * len(MARK)
    drafts = {
        "track": event.tracks.filter(name__startswith=MARK).first().code,
        "room": event.rooms.filter(name__startswith=MARK).first().code,
        "person": event.people.filter(name__startswith=MARK).first().code,
        "day": "2027-03-29",
    }

    statuses = {name: client.get(base, {name: value}).status_code for name, value in drafts.items()}
    asked = (client.get(base, {"q": words}).content for words in (MARK, nonsense))
    found, never = (re.sub(rb"\r\n |<id>[^<]*", b"", body) for body in asked)

    assert statuses == dict.fromkeys(drafts, 404)
    assert found.replace(MARK.encode(), nonsense.encode()) == never


@pytest.mark.parametrize(
    "query",
    [
        *("ordering=email", "person__email=unicornmark@example.org", "fields=notes", "sort=notes"),
        *(
            "expand=notes",
            "page=999999999",
            "per_page=1000000",
            "format=api",
            "draft=1",
            ";",
            "a=;",
        ),
    ],
)
@pytest.mark.parametrize("path", ["schedule/", "schedule.json", "schedule.ics", "people/"])
def test_parameters_that_are_none_change_nothing(client, event, path, query):
    """Rows 12 and 70: neither this answer, but for its own address, nor the next one."""
    base = f"/events/open/{path}"
    before = answer(client, base)

    status, body = answer(client, f"{base}?{query}")

    assert (status, MARK.lower().encode() in body.lower().replace(b"unicornmark@", b"")) == (
        200,
        False,
    )
    assert body.count(b"BEGIN:VEVENT") == before[1].count(b"BEGIN:VEVENT")
    assert answer(client, base) == before


@pytest.mark.parametrize("pattern", [p for p in ADDRESSES if p.startswith("events/<")])
def test_hidden_event_is_nowhere(client, event, pattern):
    """Rows 5 and 65."""
    address = filled(pattern, event)
    tag = client.get(address).get("ETag", '"none"')
    event.is_hidden = True
    event.save()
    write_presentations(event)

    found = [client.get(address), client.get(address, headers={"If-None-Match": tag})]

    assert [response.status_code for response in found] == [404, 404]
    assert client.post(
        "/events/open/agenda/", {"action": "star", "code": "T2222222A"}
    ).status_code in (403, 404)


def test_hidden_event_is_in_no_list(client, event):
    lists = ("/", "/events/", "/sitemap.xml")
    before = [b"/events/open/" in client.get(path).content for path in lists]
    event.is_hidden = True
    event.save()
    write_presentations(event)

    after = [b"/events/open/" in client.get(path).content for path in lists]

    assert (before, after) == ([True, True, True], [False, False, False])


def test_preview_opens_to_its_key_alone(client, event):
    """Row 19, and nothing of it is kept for others."""
    other = make_event(slug="other")
    make_session(other)
    publish(other)
    key = previews.make(event, None, "the chair")
    path = "events/open/schedule/"

    shown = client.get(f"/preview/{key}/{path}")
    wrong = [
        client.get(f"/preview/{each}/{path}")
        for each in (previews.make(other, None, ""), key.swapcase(), key[:-1], new_key())
    ]
    event.keys.update(revoked="2026-01-01T00:00Z")
    revoked = client.get(f"/preview/{key}/{path}")

    assert (shown.status_code, shown["Cache-Control"]) == (200, "no-store")
    assert shown["X-Robots-Tag"] == "noindex, nofollow"
    assert [response.status_code for response in (*wrong, revoked)] == [404] * 5
    assert MARK.encode() not in client.get(f"/{path}").content


def test_only_the_right_key_opens_an_agenda(client, event):
    """Row 62: an altered key, one in other letters, another's, a rotated one; all alike."""
    ours = {"Sec-Fetch-Site": "same-origin"}
    talk = event.talks.get(title="Shown")
    client.post("/events/open/agenda/", {"action": "star", "code": talk.code}, headers=ours)
    key = client.cookies["agenda"].value
    stored = Agenda.objects.get().key_hash
    feed = "/events/open/agenda/{}.ics"
    stranger = Client()
    right = stranger.get(feed.format(key))
    client.post("/events/open/agenda/", {"action": "rotate"}, headers=ours)

    wrong = [
        stranger.get(feed.format(each))
        for each in (key, key.swapcase(), key[:-1], stored, new_key())
    ]

    assert (right.status_code, len(key) >= 43, key in stored) == (200, True, False)
    assert {(response.status_code, response.content) for response in wrong} == {
        (404, wrong[0].content)
    }
    assert right["Cache-Control"] == "private, no-cache"
    assert (right["Referrer-Policy"], "noindex" in right["X-Robots-Tag"]) == ("no-referrer", True)


@pytest.mark.parametrize("path", ["schedule.ics", "schedule/", "calendar/", "releases.atom", ""])
def test_host_of_the_request_is_said_nowhere(client, event, path):
    """Row 69."""
    plain = answer(client, f"/events/open/{path}")

    forwarded = answer(client, f"/events/open/{path}", **{"X-Forwarded-Host": "evil.example.net"})
    evil = client.get(f"/events/open/{path}", headers={"Host": "evil.example.net"})

    assert forwarded == plain
    assert (evil.status_code, b"evil.example.net" in evil.content) == (400, False)


def test_nothing_is_placed_yet_and_the_feed_is_a_zone(client):
    """Row 72; an event that was never published is not there."""
    empty, never = make_event(slug="empty"), make_event(slug="never")
    make_session(never, title=MARK)
    make_session(empty, title=MARK, start=None)
    publish(empty)

    feeds = [client.get(f"/events/{slug}/schedule.ics") for slug in ("empty", "never")]

    assert [response.status_code for response in feeds] == [200, 404]
    assert (feeds[0].content.count(b"BEGIN:VTIMEZONE"), b"VEVENT" in feeds[0].content) == (1, False)
