"""What is not public, marked, and looked for in every answer of the public site."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from papers.models import Item, PaperLink, Topic
from talks.models import Award, ImportantDate, Page, TalkLink
from talks.publishing import publish, write_presentations
from tests.factories import (
    make_event,
    make_list,
    make_paper,
    make_person,
    make_room,
    make_section,
    make_session,
    make_talk,
    make_track,
    make_venue,
)
from tests.talks.crawl import crawl

pytestmark = pytest.mark.django_db

MARK = "Unicornmark"
SLUG = "unicornmark"


@pytest.fixture
def public():
    """A published event; whatever it does not publish is marked."""
    event = make_event(slug="open")
    paper = make_paper("Shown", authors=["Ada"], is_public=False)
    talk = make_talk(event, session=make_session(event), people=["Ada"], paper=paper)
    event.people.update(email=f"{SLUG}@example.org", notes=MARK)
    talk.features = talk.external_id = MARK
    talk.save()
    add_drafts(event)
    publish(event)
    add_drafts(event)
    Page.objects.create(event=event, slug=SLUG, title=MARK, appears=timezone.now() + timedelta(1))
    return event


def add_drafts(event):
    session = make_session(event, title=MARK, start=None, stream=f"https://{SLUG}.org/")
    track = make_track(event, name=f"{MARK} {event.tracks.count()}")
    paper = make_private_paper()
    draft = make_talk(
        event, session=session, title=MARK, track=track, people=[f"{MARK} gives"], paper=paper
    )
    TalkLink.objects.create(talk=draft, url=f"https://{SLUG}.org/")
    Award.objects.create(event=event, name=MARK).talks.add(draft)
    make_person(event, f"{MARK} alone")
    make_room(event, name=f"{MARK} {event.rooms.count()}")


def make_private_paper():
    number = Topic.objects.count()
    venue = make_venue(f"{MARK} {number}", slug=f"{SLUG}-{number}")
    paper = make_paper(MARK, authors=[MARK], venue=venue, year=1999, award=MARK, is_public=False)
    paper.topics.add(Topic.objects.create(slug=f"{SLUG}-{number}", name=f"{MARK} {number}"))
    PaperLink.objects.create(paper=paper, kind="code", url=f"https://{SLUG}.org/")
    shown = make_list()
    Item.objects.create(list=shown, paper=paper, position=1, note=MARK, text=MARK)
    hidden = make_list(title=MARK, slug=f"{SLUG}-{number}", about=MARK, is_public=False)
    open_paper = make_paper("Open")
    section = make_section(hidden, heading=MARK)
    Item.objects.create(list=hidden, section=section, paper=open_paper, position=1, note=MARK)
    return paper


def everything(client):
    """The bodies of all that links lead to, and of what a stranger would try."""
    tried = ("/", "/sitemap.xml", "/robots.txt", f"/papers/?q={MARK}", "/papers/?density=abstracts")
    found = {path: client.get(path).content.decode() for path in tried}
    return {**found, **crawl(client), **crawl(client, "/papers/")}


def leaks(bodies):
    """The addresses at which something marked stands, but for the words a visitor asked for."""
    return [
        path
        for path, body in bodies.items()
        if MARK.lower() in body.lower() and "q=" not in path and "/?" not in path
    ]


def test_nothing_that_is_not_public_stands_anywhere(client, public):
    bodies = everything(client)

    assert len(bodies) > 30
    assert leaks(bodies) == []
    assert public.talks.get(paper__title="Shown").paper.code in bodies["/sitemap.xml"]


@pytest.mark.parametrize(
    "query",
    [f"q={MARK}", "q=1999", f"venue={SLUG}-0", f"topic={SLUG}-0", f"list={SLUG}-0", "year=1999"],
)
def test_no_search_and_no_filter_finds_a_paper_that_is_not_public(client, public, query):
    response = client.get(f"/papers/?{query}")

    assert (response.status_code, "https://unicornmark.org" in response.content.decode()) in [
        (200, False),
        (404, False),
    ]
    assert response.status_code == 404 or response.context["found"].paginator.count == 0


@pytest.mark.parametrize("path", ["", "schedule/", "schedule.ics", "dates.ics", "people/"])
def test_nothing_kept_of_an_event_is_sent_once_it_is_hidden(client, public, path):
    shown = client.get(f"/events/open/{path}")
    public.is_hidden = True
    public.save()
    write_presentations(public)

    response = client.get(f"/events/open/{path}", headers={"If-None-Match": shown["ETag"]})

    assert (shown.status_code, response.status_code) == (200, 404)
    assert "Ada" not in response.content.decode()


def test_a_hidden_event_presents_no_paper_and_is_in_no_list(client, public):
    paper = public.talks.exclude(paper=None).get(title__startswith="Talk").paper
    before = everything(client)
    public.is_hidden = True
    public.save()
    write_presentations(public)

    after = everything(client)

    assert [path for path, body in before.items() if "/events/open/" in body] != []
    assert [path for path, body in after.items() if "/events/open/" in body] == []
    assert client.get(paper.get_absolute_url()).status_code == 404


def test_a_new_date_or_name_waits_for_its_release(client, public):
    public.name, public.starts_on = MARK, date(2027, 3, 20)
    public.save()
    ImportantDate.objects.create(event=public, label=MARK, on=date(2027, 1, 1))

    assert leaks(everything(client)) == []
