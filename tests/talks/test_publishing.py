from datetime import timedelta

import pytest

from papers.joining import merge_papers
from papers.models import Paper, Presentation
from talks import released
from talks.models import Placement, Release
from talks.publishing import DifferenceMoved, preview, publish, write_presentations
from tests.factories import (
    make_event,
    make_organizer,
    make_paper,
    make_person,
    make_placement,
    make_room,
    make_session,
    make_talk,
    make_track,
)

pytestmark = pytest.mark.django_db


def current(event):
    return released.programme(released.head(event.slug))


def kinds(event, code=""):
    return {(d.kind, d.table, d.title) for d in preview(event, code).differences}


def test_unplaced_session_and_its_talks_stay_out():
    event = make_event()
    make_talk(event, title="Shown", session=make_session(event, title="Placed"))
    make_talk(event, title="Draft", session=make_session(event, title="Unplaced", start=None))
    make_talk(event, title="Loose")

    publish(event)

    programme = current(event)
    assert [session.title for session in programme.sessions] == ["Placed"]
    assert [talk.title for talk in programme.talks] == ["Shown"]


def test_room_track_and_person_enter_with_the_first_thing_that_names_them():
    event = make_event()
    make_room(event, name="Empty")
    make_track(event, name="Unused")
    make_person(event, "Nobody")
    session = make_session(event, room=make_room(event, name="Hall"))
    make_talk(event, session=session, track=make_track(event, name="Systems"), people=["Ada"])

    publish(event)

    programme = current(event)
    assert [room.name for room in programme.rooms] == ["Hall"]
    assert [track.name for track in programme.tracks] == ["Systems"]
    assert [person.name for person in programme.people] == ["Ada"]


def test_release_remembers_note_and_who_and_counts_from_one():
    event = make_event()
    ada = make_organizer(event)
    make_session(event, title="One")
    publish(event, ada, "first")
    make_session(event, title="Two")

    second = publish(event, ada, "second")

    assert [(r.number, r.note, r.by) for r in event.releases.all()] == [
        (2, "second", ada),
        (1, "first", ada),
    ]
    assert second == event.releases.first()


def test_nothing_changed_makes_no_release():
    event = make_event()
    make_talk(event, session=make_session(event), people=["Ada"])
    publish(event)

    again = publish(event)

    assert again is None
    assert Release.objects.count() == 1


def test_stamps_are_a_second_apart_at_least():
    event = make_event()
    make_session(event)
    first = publish(event)
    make_session(event)

    second = publish(event)

    assert second.published - first.published >= timedelta(seconds=1)


def test_moved_session_raises_its_sequence_and_a_reworded_one_does_not():
    event = make_event()
    moved, reworded = make_session(event, title="Moved"), make_session(event, title="Old")
    publish(event)
    moved.start += timedelta(minutes=30)
    moved.end += timedelta(minutes=30)
    moved.save()
    reworded.title = "New"
    reworded.save()

    publish(event)

    sequences = {stamp.uid.partition("@")[0]: stamp.sequence for stamp in current(event).stamps}
    assert sequences == {moved.code: 1, reworded.code: 0}


def test_withdrawn_talk_is_gone_and_comes_back_counting():
    event = make_event()
    session = make_session(event)
    talk = make_talk(event, session=session, start=session.start)
    placement = Placement.objects.get()
    publish(event)
    placement.delete()
    publish(event)
    gone = current(event).gone
    Placement.objects.create(
        talk=talk, session=session, position=1, start=session.start, code=placement.code
    )

    publish(event)

    assert gone == {talk.code, placement.code}
    assert current(event).gone == set()
    (stamp,) = [s for s in current(event).stamps if s.uid.startswith(placement.code)]
    assert stamp.sequence == 2


def test_differences_name_what_attendees_will_see():
    event = make_event()
    hall = make_room(event, name="Hall")
    session = make_session(event, title="Morning", room=hall)
    off = make_session(event, title="Evening")
    talk = make_talk(event, title="Old title", session=session, people=["Ada"])
    publish(event)
    talk.title = "New title"
    talk.save()
    off.status = "cancelled"
    off.save()
    session.room = make_room(event, name="Attic")
    session.save()
    make_session(event, title="Added")

    found = kinds(event)

    assert found == {
        ("moved", "talks", "New title"),
        ("cancelled", "sessions", "Evening"),
        ("moved", "sessions", "Morning"),
        ("new", "sessions", "Added"),
        ("new", "rooms", "Attic"),
        ("withdrawn", "rooms", "Hall"),
    }


def test_moved_difference_names_the_rooms_and_not_their_codes():
    event = make_event()
    session = make_session(event, room=make_room(event, name="Hall"))
    publish(event)
    session.room = make_room(event, name="Attic")
    session.save()

    (moved,) = [d for d in preview(event).differences if d.kind == "moved"]

    [place] = moved.fields
    assert (place.before["room"], place.after["room"]) == ("Hall", "Attic")


def test_only_this_change_leaves_everything_else_as_released():
    event = make_event()
    session = make_session(event, title="Morning")
    first = make_talk(event, title="First", session=session, people=["Ada"])
    second = make_talk(event, title="Second", session=session, people=["Bob"])
    publish(event)
    for talk in (first, second):
        talk.title += " changed"
        talk.save()

    publish(event, code=first.code)

    assert {talk.title for talk in current(event).talks} == {"First changed", "Second"}


def test_only_a_new_talk_brings_its_session_room_and_people():
    event = make_event()
    make_session(event, title="There")
    publish(event)
    new = make_session(event, title="New", room=make_room(event, name="Attic"))
    talk = make_talk(event, title="Added", session=new, people=["Ada"])
    make_talk(event, title="Not yet", session=new, people=["Bob"])

    publish(event, code=talk.code)

    programme = current(event)
    assert [talk.title for talk in programme.talks] == ["Added"]
    assert [room.name for room in programme.rooms] == ["Attic"]
    assert [person.name for person in programme.people] == ["Ada"]
    assert [p.talk.title for s in programme.sessions for p in s.placements] == ["Added"]


def test_only_a_session_takes_its_talk_out_of_the_one_before():
    event = make_event()
    old, new = make_session(event, title="Old"), make_session(event, title="New")
    make_talk(event, title="Wanders", session=old)
    publish(event)
    Placement.objects.update(session=new)

    publish(event, code=new.code)

    where = {s.title: [p.talk.title for p in s.placements] for s in current(event).sessions}
    assert where == {"Old": [], "New": ["Wanders"]}


def test_only_an_unplaced_talk_withdraws_it():
    event = make_event()
    session = make_session(event)
    talk = make_talk(event, session=session, people=["Ada"])
    publish(event)
    talk.placements.all().delete()
    session.title = "Changed too"
    session.save()

    publish(event, code=talk.code)

    programme = current(event)
    assert programme.talks == ()
    assert programme.people == ()
    assert programme.sessions[0].title != "Changed too"


def test_everything_after_only_this_change_publishes_the_rest():
    event = make_event()
    session = make_session(event, title="Morning")
    talk = make_talk(event, title="Talk", session=session)
    publish(event)
    talk.title, session.title = "Talk changed", "Morning changed"
    talk.save()
    session.save()
    publish(event, code=talk.code)

    publish(event)

    assert kinds(event) == set()
    assert current(event).sessions[0].title == "Morning changed"


def test_publish_is_refused_when_the_difference_has_moved_since_it_was_shown():
    event = make_event()
    make_session(event)
    shown = preview(event)
    make_session(event)

    with pytest.raises(DifferenceMoved):
        publish(event, expected=shown.digest)

    assert Release.objects.count() == 0


def test_publish_with_the_digest_of_the_difference_shown():
    event = make_event()
    make_session(event)

    release = publish(event, expected=preview(event).digest)

    assert release.number == 1


def test_paper_of_a_released_talk_is_presented_and_public():
    event = make_event(slug="woe-27", name="Workshop on Events")
    paper = make_paper(is_public=False)
    talk = make_talk(event, title="A talk", paper=paper, session=make_session(event))

    publish(event)

    presentation = Presentation.objects.get()
    assert presentation.label == "Workshop on Events"
    assert presentation.url == f"/events/woe-27/talks/{talk.code}-a-talk/"
    assert list(Paper.objects.public()) == [paper]


def test_paper_of_a_draft_stays_hidden():
    event = make_event()
    make_session(event)
    make_talk(event, paper=make_paper(is_public=False))

    publish(event)

    assert not Paper.objects.public().exists()


def test_withdrawn_talk_takes_its_presentation_along():
    event = make_event()
    session = make_session(event)
    talk = make_talk(event, paper=make_paper(is_public=False), session=session)
    publish(event)
    talk.placements.all().delete()

    publish(event)

    assert not Presentation.objects.exists()


def test_hidden_event_presents_nothing_until_it_is_shown_again():
    event = make_event()
    make_talk(event, paper=make_paper(is_public=False), session=make_session(event))
    publish(event)
    event.is_hidden = True
    event.save()
    write_presentations(event)
    hidden = Presentation.objects.count()
    event.is_hidden = False
    event.save()

    write_presentations(event)

    assert hidden == 0
    assert Presentation.objects.count() == 1


def test_presentations_of_another_event_are_left_alone():
    paper = make_paper(is_public=False)
    events = [make_event(), make_event()]
    for event in events:
        make_talk(event, paper=paper, session=make_session(event))
        publish(event)
    make_session(events[0])

    publish(events[0])

    assert Presentation.objects.filter(paper=paper).count() == 2


@pytest.mark.parametrize("talks", [1, 12])
def test_draft_needs_the_same_queries_however_long(django_assert_num_queries, talks):
    event = make_event()
    for number in range(talks):
        session = make_session(event, room=make_room(event), track=make_track(event))
        make_talk(event, session=session, people=[f"Person {number}"], paper=make_paper())

    with django_assert_num_queries(19):  # twice nine of the draft, one of the last release
        preview(event)


def test_poster_shown_twice_stands_in_both_sessions():
    event = make_event()
    lunch, evening = make_session(event, title="Lunch"), make_session(event, title="Evening")
    poster = make_talk(event, kind="poster", session=lunch)
    make_placement(poster, evening)

    publish(event)

    assert [len(s.placements) for s in current(event).sessions] == [1, 1]
    assert len(current(event).talks) == 1


def test_summary_counts_talks_without_posters_and_panels():
    event = make_event()
    session = make_session(event)
    for kind in ("invited", "contributed", "panel", "poster"):
        make_talk(event, kind=kind, session=session, people=["Ada"])

    summary = publish(event).summary

    assert (summary["talks"], summary["posters"], summary["people"]) == (2, 1, 1)


def test_paper_that_was_merged_is_presented_as_the_one_it_became():
    event = make_event()
    kept, other = make_paper(), make_paper()
    make_talk(event, session=make_session(event), paper=other)
    publish(event)
    merge_papers(kept, other)
    Presentation.objects.all().delete()

    write_presentations(event)  # from a release that holds the old code

    assert [row.paper for row in Presentation.objects.all()] == [kept]
