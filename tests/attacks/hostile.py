"""An event and a paper with hostile text in every column that takes text."""

from datetime import date, timedelta

from django.db import models

from papers.models import Identifier, PaperLink, Topic, VenueAlias
from talks.models import Award, EventRole, ImportantDate, Page, SessionRole, TalkLink, TalkRole
from talks.publishing import publish
from tests.factories import (
    make_event,
    make_item,
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

MARKUP = (
    "</script><script>alert(1)</script><img src=x onerror=alert(1)>\"'><a href='javascript:a()'>"
)
CONTROLS = "\x01\x08\x0b\x1b[31m\x7f\x85\u2028\u202e\ufeff"
LINES = "\r\nBEGIN:VALARM\r\nEND:VEVENT\nX-EVIL:1\rSet-Cookie: a=b\r\n;,\\:"
MARKS = "{{ 7|add:7 }}{% now %}%s%(a)s"
MARKDOWN = "[x](javascript:a) ![y](data:text/html,a) <javascript:a> <b onclick=a>\n\n<svg onload=a>"
TEXT = MARKUP + MARKS + CONTROLS + LINES + "💥" * 20

KEPT = {"code", "slug", "zone", "uid_domain", "language", "accent", "colour", "picture", "file"} | {
    "external_id"  # of each talk its own
}
ADDRESSES = {"url", "stream", "source"}  # the database holds some to https://


def spoil(row):
    """Write the hostile text into every column of a row that takes any text."""
    values = {}
    for field in row._meta.concrete_fields:
        is_text = isinstance(field, models.CharField | models.TextField)
        if not is_text or field.name in KEPT or field.choices:
            continue
        text = MARKDOWN + TEXT if isinstance(field, models.TextField) else TEXT
        if field.name in ADDRESSES:
            text = f"https://example.org/{MARKUP}\r\nX-EVIL:1"
        values[field.name] = text[: field.max_length]
    type(row).objects.filter(pk=row.pk).update(**values)


def make_hostile_event():
    """A published event of two sessions and two talks, with one row at least in every table."""
    event = make_event(slug="hostile", accent="#0a5c8f")
    room, track = make_room(event), make_track(event)
    person = make_person(event, links="x https://example.org/")
    session = make_session(event, room=room, track=track, stream="https://example.org/")
    talk = make_talk(event, session=session, paper=make_hostile_paper(), board="1", people=["Ada"])
    timed = make_session(event, kind="posters")
    poster = make_talk(event, session=timed, start=timed.start, kind="poster", minutes=30)
    moment = {"time": "12:00", "zone": "Europe/Berlin"}
    rows = [
        *(event, room, track, person, session, talk, timed, poster),
        EventRole.objects.create(person=person),
        SessionRole.objects.create(session=session, person=person),
        TalkRole.objects.create(talk=talk, person=person, role="moderator"),
        TalkLink.objects.create(talk=talk, url="https://example.org/"),
        ImportantDate.objects.create(event=event, on=event.starts_on - timedelta(days=9), **moment),
        ImportantDate.objects.create(event=event, on=date(2027, 3, 1)),
        Award.objects.create(event=event, name="Best"),
        Page.objects.create(event=event, slug="page", title="Page"),
        *talk.placements.all(),
    ]
    for row in rows:
        spoil(row)
    publish(event)
    return event


def make_hostile_paper():
    venue = make_venue(slug="venue")
    paper = make_paper("Paper", authors=["Author"], venue=venue, year=2018, award="Best")
    topic = Topic.objects.create(slug="topic", name="Topic")
    paper.topics.add(topic)
    reading_list = make_list(slug="list")
    section = make_section(reading_list)
    rows = [
        *(
            paper,
            venue,
            topic,
            reading_list,
            section,
            make_item(reading_list, paper, section=section),
        ),
        *(*paper.authorships.all(), paper.authorships.get().author),
        VenueAlias.objects.create(venue=venue, folded="venue"),
        Identifier.objects.create(paper=paper, scheme="doi", value="10.1/x"),
        PaperLink.objects.create(paper=paper, kind="paper", url="https://example.org/"),
    ]
    for row in rows:
        spoil(row)
    return paper
