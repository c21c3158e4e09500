import json

import pytest

from talks.drafting import draft
from talks.records_json import dumps, loads
from tests.factories import make_event, make_paper, make_room, make_session, make_talk, make_track


@pytest.mark.django_db
def test_programme_reads_back_as_it_was_written():
    event = make_event(accent="#336699")
    event.dates.create(label="Deadline", on="2027-01-05", time="16:59", zone="Etc/GMT+12")
    event.dates.create(label="Workshop", on="2027-03-26")
    event.refresh_from_db()
    session = make_session(event, room=make_room(event, capacity=90), track=make_track(event))
    talk = make_talk(
        event, session=session, people=["Ada"], paper=make_paper(), start=session.start
    )
    talk.links.create(kind="slides", url="https://example.org/slides.pdf")
    event.awards.create(name="Best talk").talks.add(talk)
    programme = draft(event)

    read = loads(json.loads(json.dumps(dumps(programme))))

    assert read == programme


@pytest.mark.django_db
def test_field_that_an_older_release_lacks_takes_its_default():
    value = dumps(draft(make_event()))
    del value["gone"]

    read = loads(value)

    assert read.gone == frozenset()
