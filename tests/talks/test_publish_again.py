"""Going back: an earlier release is published again, as a new one."""

from datetime import timedelta

import pytest

from papers.models import Presentation
from talks import released
from talks.drafting import draft
from talks.models import Placement, Release, Talk
from talks.publishing import DifferenceMoved, preview, preview_again, publish, publish_again
from tests.factories import make_event, make_organizer, make_paper, make_session, make_talk

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    """Published twice: the second release renames and moves a session, and lacks a talk."""
    event = make_event(slug="woe-27", name="Workshop on Events")
    session = make_session(event, title="Morning")
    start = session.start
    make_talk(event, title="Stays", session=session, start=start, people=["Ada"])
    make_talk(event, title="Goes", session=session, start=start + timedelta(minutes=30))
    publish(event, note="first")
    session.title = "Late morning"
    session.end += timedelta(hours=1)
    session.save()
    Talk.objects.get(title="Goes").delete()
    publish(event, note="second")
    return event


def current(event):
    return released.programme(released.head(event.slug))


def sequences(programme):
    return {stamp.uid: stamp.sequence for stamp in programme.stamps}


def numbers(event):
    return [release.number for release in event.releases.all()]


def test_earlier_programme_is_the_new_release(event):
    ada = make_organizer(event)

    third = publish_again(event, 1, ada, "Back to the first")

    found = current(event)
    assert (third.number, third.note, third.by) == (3, "Back to the first", ada)
    assert [session.title for session in found.sessions] == ["Morning"]
    assert [talk.title for talk in found.talks] == ["Goes", "Stays"]
    assert found.gone == frozenset()
    assert third.summary["talks"] == 2


def test_every_entry_goes_on_counting(event):
    before = current(event)
    goes = next(stamp for stamp in before.stamps if stamp.withdrawn)

    publish_again(event, 1)

    after = current(event)
    back = next(stamp for stamp in after.stamps if stamp.uid == goes.uid)
    assert sequences(after).keys() == sequences(before).keys()
    assert all(sequences(after)[uid] >= count for uid, count in sequences(before).items())
    assert (back.withdrawn, back.sequence, back.created) == (None, goes.sequence + 1, goes.created)
    assert back.modified > goes.modified


def test_what_the_later_release_added_is_withdrawn(event):
    late = make_talk(event, title="Late", session=event.sessions.get())
    publish(event)

    publish_again(event, 2)

    assert late.code in current(event).gone
    assert released.head("woe-27").number == 4


def test_event_keeps_its_slug_and_its_uids(event):
    uids = {stamp.uid for stamp in current(event).stamps}
    event.slug, event.name = "new", "Another name"
    event.save()

    publish_again(event, 1)

    found = released.programme(released.head("new"))
    assert (found.event.slug, found.event.name) == ("new", "Workshop on Events")
    assert {stamp.uid for stamp in found.stamps} == uids


def test_draft_is_left_alone_and_comes_back_with_the_next_publishing(event):
    before = draft(event)

    publish_again(event, 1)

    assert draft(event) == before
    assert {(d.kind, d.title) for d in preview(event).differences} >= {("withdrawn", "Goes")}
    publish(event)
    assert [talk.title for talk in current(event).talks] == ["Stays"]


def test_hidden_event_stays_hidden(event):
    event.is_hidden = True
    event.save()

    publish_again(event, 1)

    event.refresh_from_db()
    assert (event.is_hidden, numbers(event)) == (True, [3, 2, 1])


def test_current_release_again_is_no_release(event):
    assert publish_again(event, 2) is None
    assert numbers(event) == [2, 1]


def test_number_that_is_none_is_refused(event):
    with pytest.raises(Release.DoesNotExist):
        publish_again(event, 3)


def test_release_of_another_event_is_none_of_this(event):
    make_session(other := make_event())
    publish(other)

    with pytest.raises(Release.DoesNotExist):
        publish_again(other, 2)


def test_what_was_not_shown_is_not_published(event):
    shown = preview_again(event, 1)
    make_session(event, title="Meanwhile")
    publish(event)

    with pytest.raises(DifferenceMoved) as raised:
        publish_again(event, 1, expected=shown.digest)

    assert raised.value.preview == preview_again(event, 1)
    assert numbers(event) == [3, 2, 1]
    assert publish_again(event, 1, expected=raised.value.preview.digest).number == 4


def test_paper_that_stands_no_more_is_presented_no_more(event):
    session = event.sessions.get()
    kept, gone = make_paper("Kept", is_public=False), make_paper("Deleted", is_public=False)
    for paper in (kept, gone):
        make_talk(event, title=paper.title, session=session, paper=paper)
    publish(event)
    Placement.objects.filter(talk__paper__isnull=False).delete()
    publish(event)
    Talk.objects.filter(paper=gone).delete()
    gone.delete()

    publish_again(event, 3)

    assert [talk.title for talk in current(event).talks] == ["Deleted", "Kept", "Stays"]
    assert [row.paper for row in Presentation.objects.all()] == [kept]


def test_attendees_see_what_was(client, event):
    before = client.get("/events/woe-27/schedule.ics").content

    publish_again(event, 1)

    after = client.get("/events/woe-27/schedule.ics").content
    assert (b"Goes" in after, b"STATUS:CANCELLED" in after) == (True, False)
    assert b"SUMMARY:Cancelled: Goes" in before or b"Goes" not in before
