"""From tables and records to what the rules see."""

from datetime import timedelta

import pytest

from talks.drafting import draft
from talks.models import PersonTime, SessionRole, TalkRole
from talks.publishing import preview, publish
from talks.scheduling import clashes
from tests.factories import make_event, make_person, make_room, make_session, make_talk

pytestmark = pytest.mark.django_db


def rules_of(event):
    return sorted(clash.rule for clash in clashes(event, draft(event)))


def housed(event, **fields):
    """A session in a room of its own."""
    return make_session(event, room=make_room(event), **fields)


def twice(event, **fields):
    """Ada on stage in two sessions at once; the later talk, with these fields."""
    make_talk(event, session=housed(event), people=["Ada"])
    return make_talk(event, session=housed(event), people=["Ada"], **fields)


@pytest.mark.parametrize("role", ["speaker", "moderator", "panelist"])
def test_person_is_on_stage_in_every_role_but_author(role):
    event = make_event()
    twice(event, role=role)

    assert rules_of(event) == ["person_twice"]


def test_author_is_not_on_stage():
    event = make_event()
    twice(event, role="author")

    assert rules_of(event) == []


def test_chair_is_on_stage():
    event = make_event()
    make_talk(event, session=housed(event), people=["Ada"])
    SessionRole.objects.create(session=housed(event), person=event.people.get())

    assert rules_of(event) == ["person_twice"]


def test_person_with_two_roles_in_a_talk_clashes_once():
    event = make_event()
    talk = twice(event)
    TalkRole.objects.create(talk=talk, person=event.people.get(), role="moderator")

    assert rules_of(event) == ["person_twice"]


@pytest.mark.parametrize("what", ["talk", "session"])
def test_what_is_cancelled_clashes_with_nothing(what):
    event = make_event()
    hall = make_room(event)
    talk = twice(event)
    event.sessions.update(room=hall)
    before = rules_of(event)

    event.talks.filter(pk=talk.pk).update(status="cancelled")
    if what == "session":
        event.sessions.filter(placements__talk=talk).update(status="cancelled")

    assert before == ["person_twice", "room_twice"]
    assert rules_of(event) == ([] if what == "session" else ["room_twice"])


@pytest.mark.parametrize(
    ("level", "found"), [("cannot", ["person_away"]), ("rather_not", ["preferences"])]
)
def test_times_of_people_clash_by_their_level(level, found):
    event = make_event()
    session = make_session(event)
    make_talk(event, session=session, people=["Ada"])
    span = {"start": session.start, "end": session.start + timedelta(minutes=10)}
    PersonTime.objects.create(person=event.people.get(), level=level, **span)

    assert rules_of(event) == found


def test_talks_of_an_hour_and_a_half_do_not_fit_an_hour():
    event = make_event()
    session = make_session(event)
    make_talk(event, session=session, minutes=45)
    make_talk(event, session=session, minutes=45)

    [clash] = clashes(event, draft(event))

    assert (clash.rule, clash.amount) == ("talk_fits_session", 30)


def test_posters_do_not_add_up():
    event = make_event()
    session = make_session(event, kind="posters")
    for _ in range(9):
        make_talk(event, session=session, kind="poster", people=["Ada"])

    assert rules_of(event) == []


def test_clashes_are_of_what_would_be_published():
    event = make_event()
    talk = make_talk(event, session=housed(event), people=["Ada"])
    publish(event)
    make_talk(event, session=housed(event), people=["Ada"])

    def found(code):
        return [clash.rule for clash in clashes(event, preview(event, code).programme)]

    assert (found(talk.code), found("")) == ([], ["person_twice"])


@pytest.mark.parametrize("people", [1, 30])
def test_clashes_need_as_many_queries_however_many_people(django_assert_num_queries, people):
    event = make_event()
    session = make_session(event, kind="posters")
    for _ in range(people):
        person = make_person(event)
        PersonTime.objects.create(person=person, start=session.start, end=session.end)
        make_talk(event, session=session, people=[person.name], kind="poster")
    programme = draft(event)

    with django_assert_num_queries(18):
        found = clashes(event, programme)

    assert len(found) == people
