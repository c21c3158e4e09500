"""Only this change, of rows that are named in odd ways."""

import pytest

from talks import released
from talks.models import Award, EventRole
from talks.publishing import preview, publish
from tests.factories import make_event, make_person, make_session, make_talk, make_track

pytestmark = pytest.mark.django_db


def current(event):
    return released.programme(released.head(event.slug))


def test_only_a_session_brings_its_new_talk_with_a_new_speaker_and_track():
    event = make_event()
    publish(event)
    session = make_session(event)
    make_talk(event, title="New", session=session, track=make_track(event), people=["Ada"])

    publish(event, code=session.code)

    programme = current(event)
    assert [talk.title for talk in programme.talks] == ["New"]
    assert [person.name for person in programme.people] == ["Ada"]
    assert len(programme.tracks) == 1


def test_only_an_unplaced_talk_takes_its_speaker_along():
    event = make_event()
    talk = make_talk(event, session=make_session(event), people=["Ada"])
    publish(event)
    talk.placements.all().delete()

    publish(event, code=talk.code)

    assert [person.name for person in current(event).people] == []


def test_only_a_talk_takes_over_the_placement_of_another():
    event = make_event()
    session = make_session(event)
    make_talk(event, title="First", session=session)
    publish(event)
    second = make_talk(event, title="Second")
    session.placements.update(talk=second)

    publish(event, code=second.code)

    [placement] = current(event).sessions[0].placements
    assert placement.talk.title == "Second"


def test_only_an_award_waits_for_its_winner():
    event = make_event()
    publish(event)
    award = Award.objects.create(event=event, name="Best talk")
    award.talks.add(make_talk(event, session=make_session(event)))

    assert [d.title for d in preview(event, award.code).differences] == []


def test_organizers_published_one_by_one_stand_in_the_order_of_the_draft():
    event = make_event()
    publish(event)
    people = [make_person(event, name) for name in ("Ada", "Grace")]
    for position, person in enumerate(people):
        EventRole.objects.create(person=person, position=position)

    for person in reversed(people):
        publish(event, code=person.code)

    assert [role.person.name for role in current(event).organizers] == ["Ada", "Grace"]
    assert publish(event) is None
