"""From tables to what rules and search see."""

from datetime import UTC, datetime, time, timedelta

import pytest

from talks.models import PersonTime, SessionRole, TalkRelation, TalkRole
from talks.problems import standing
from talks.solver.problem import Pinned, PinnedTalk, Relation, Span
from tests.factories import (
    make_event,
    make_paper,
    make_person,
    make_room,
    make_room_time,
    make_rule,
    make_session,
    make_talk,
    make_track,
    make_walk,
)

pytestmark = pytest.mark.django_db


def test_unplaced_things_are_in_the_problem_and_not_in_the_timetable():
    event = make_event()
    waiting, talk = make_session(event, start=None), make_talk(event)
    held = make_talk(event, session=waiting)

    found = standing(event)

    assert set(found.problem.sessions) == {waiting.code}
    assert set(found.problem.talks) == {talk.code, held.code}
    assert found.timetable.sessions == ()
    assert [one.talk for one in found.timetable.waiting[waiting.code]] == [held.code]


@pytest.mark.parametrize("what", ["session", "talk"])
def test_what_is_cancelled_is_in_neither(what):
    event = make_event()
    session = make_session(event, status="cancelled" if what == "session" else "planned")
    make_talk(event, session=session, status="cancelled" if what == "talk" else "planned")

    found = standing(event)

    assert len(found.problem.sessions) == (what == "talk")
    assert len(found.problem.talks) == (what == "session")
    assert [placed.talks for placed in found.timetable.sessions] == [()] * (what == "talk")


def test_times_of_people_are_told_apart():
    event = make_event()
    ada = make_person(event, "Ada", zone="Asia/Tokyo")
    start = make_session(event).start
    hours = {level: start + number * timedelta(hours=1) for number, level in enumerate(LEVELS)}
    for level, begins in hours.items():
        PersonTime.objects.create(
            person=ada, level=level, start=begins, end=begins + timedelta(hours=1)
        )

    person = standing(event).problem.people[ada.code]

    assert person.zone == "Asia/Tokyo"
    told = {"cannot": person.away, "rather_not": person.rather_not, "likes": person.likes}
    assert told == {
        level: (Span(ada.code, begins, begins + timedelta(hours=1)),)
        for level, begins in hours.items()
    }


LEVELS = ("cannot", "rather_not", "likes")


def test_room_has_features_and_times_and_walks():
    event = make_event()
    hall = make_room(event, features="Beamer, piano ,", capacity=90)
    attic = make_room(event)
    closed = make_room_time(hall)
    make_walk(attic, hall, minutes=7)

    problem = standing(event).problem

    room = problem.rooms[hall.code]
    assert (room.capacity, room.features) == (90, {"beamer", "piano"})
    assert [(span.start, span.end) for span in room.closed] == [(closed.start, closed.end)]
    assert problem.walks == {tuple(sorted((hall.code, attic.code))): 7}


def test_talk_says_who_is_on_stage_and_what_it_needs():
    event = make_event()
    room, track, paper = make_room(event), make_track(event), make_paper()
    talk = make_talk(
        event, kind="panel", people=["Ada"], role="moderator", track=track, paper=paper,
        features="Piano", level="beginner", language="en",
    )  # fmt: skip
    talk.rooms.add(room)
    TalkRole.objects.create(
        talk=talk, person=make_person(event, "Bob"), role="panelist", position=2
    )
    TalkRole.objects.create(talk=talk, person=make_person(event, "Cyd"), role="author", position=3)

    found = standing(event).problem.talks[talk.code]

    names = dict(event.people.values_list("code", "name"))
    assert [names[code] for code in found.people] == ["Ada", "Bob"]
    assert [names[code] for code in (*found.moderators, *found.panelists)] == ["Ada", "Bob"]
    assert (found.track, found.paper, found.rooms) == (track.code, paper.code, {room.code})
    assert (found.features, found.level, found.language) == ({"piano"}, "beginner", "en")


def test_organizers_choose_which_roles_are_on_stage():
    event = make_event()
    session = make_session(event)
    SessionRole.objects.create(session=session, person=make_person(event, "Cyd"))
    talk = make_talk(event, people=["Ada"], role="author")
    make_rule(event, "person_twice", options={"authors": True, "chairs": False})

    problem = standing(event).problem

    assert len(problem.talks[talk.code].people) == 1
    assert problem.sessions[session.code].people == ()


@pytest.mark.parametrize(
    ("pin", "expected"), [("none", (False, False)), ("time", (True, False)), ("both", (True, True))]
)
def test_pins_say_what_stays(pin, expected):
    event = make_event()
    room = make_room(event)
    session = make_session(event, room=room, pin=pin)
    time, place = expected

    pins = standing(event).problem.pins

    wanted = Pinned(session.start if time else None, room.code if place else None)
    assert pins == ({} if pin == "none" else {session.code: wanted})


def test_pinned_talk_stays_in_its_session():
    event = make_event()
    session = make_session(event)
    talk = make_talk(event, session=session)
    talk.placements.update(pin="room")

    assert standing(event).problem.talk_pins == {talk.code: PinnedTalk(session.code)}


def test_relations_of_planned_talks_are_told():
    event = make_event()
    one, two, gone = make_talk(event), make_talk(event), make_talk(event, status="cancelled")
    TalkRelation.objects.create(first=one, second=two, kind="before")
    TalkRelation.objects.create(first=one, second=gone, kind="before")

    assert standing(event).problem.relations == (Relation("before", one.code, two.code),)


def test_hours_are_set_or_follow_the_timetable():
    event = make_event()
    early = make_session(event)
    event.sessions.update(start=early.start.replace(hour=7))
    derived = standing(event).problem.hours
    make_rule(event, "in_hours", options={"first": "10:30", "last": "16:00", "step": 15})

    problem = standing(event).problem

    assert [(s.start.time(), s.end.time()) for s in derived] == [(time(7), time(18))] * 2
    assert [(s.start.time(), s.end.time()) for s in problem.hours] == [(time(10, 30), time(16))] * 2
    assert problem.step == 15


@pytest.mark.parametrize("number", [1, 25])
def test_problem_needs_as_many_queries_however_large(number, django_assert_num_queries):
    event = make_event()
    room = make_room(event)
    for _ in range(number):
        talk = make_talk(event, session=make_session(event, room=room), people=["Ada"])
        talk.rooms.add(room)
        PersonTime.objects.create(person=event.people.get(), start=NOON, end=NOON + HOUR)
    event = type(event).objects.get(pk=event.pk)

    with django_assert_num_queries(17):
        standing(event)


NOON, HOUR = datetime(2027, 3, 26, 12, tzinfo=UTC), timedelta(hours=1)
