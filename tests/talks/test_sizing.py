from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from talks import released
from talks.fitting import Fitted
from talks.formats.octets import octets
from talks.models import Placement, Talk, TalkLink
from talks.publishing import notices, preview, publish
from talks.sizing import told
from tests.factories import BERLIN, make_event, make_room, make_session, make_talk
from tests.talks.records import make_programme

START = datetime(2027, 3, 26, 10, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("decided", "too_large", "sentences"),
    [
        ({}, (), ()),
        (
            {"abstract_length": 300},
            (),
            (
                "Calendar entries cut abstracts to 300 characters instead of 600, so that no feed"
                " is larger than 900,000 octets.",
            ),
        ),
        (
            {"abstract_length": 0, "is_by_session": True},
            ("", "2027-03-26"),
            (
                "Calendar entries leave out abstracts, so that no feed is larger than 900,000"
                " octets.",
                "The feed of the whole event has one entry for each session, with its talks in the"
                " text: calendars read no more than about 2,000 entries. The feeds of each day and"
                " each track hold every talk.",
                "Even without abstracts these feeds are larger than 900,000 octets, so that some"
                " calendars will not read them: the whole event, 2027-03-26.",
            ),
        ),
    ],
)
def test_organizer_is_told_what_calendars_leave_out(decided, too_large, sentences):
    assert told(Fitted(replace(make_programme(), **decided), too_large)) == sentences


def make_talks(count, abstract="", links=0):
    """An event of so many talks at their own times, in one session, each with so many links."""
    event = make_event(slug="large-27")
    session = make_session(event, title="All", room=make_room(event))
    talks = Talk.objects.bulk_create(
        Talk(event=event, title=f"Talk {number}", minutes=5, abstract=abstract)
        for number in range(count)
    )
    Placement.objects.bulk_create(
        Placement(
            talk=talk,
            session=session,
            position=number,
            start=START + timedelta(seconds=number),
        )
        for number, talk in enumerate(talks, start=1)
    )
    TalkLink.objects.bulk_create(
        TalkLink(talk=talk, kind="slides", url=f"https://example.org/{'a' * 409}/", position=number)
        for talk in talks
        for number in range(links)
    )
    return event


@pytest.mark.django_db
def test_publishing_decides_how_long_abstracts_are_and_tells_before():
    event = make_talks(100, "Sentence after sentence of an abstract. " * 30, links=18)

    before = notices(preview(event))
    publish(event)

    programme = released.programme(released.head("large-27"))
    assert (programme.abstract_length, programme.is_by_session) == (100, False)
    assert before == (
        "Calendar entries cut abstracts to 100 characters instead of 600, so that no feed is"
        " larger than 900,000 octets.",
    )


@pytest.mark.django_db
def test_what_is_decided_moves_no_difference():
    event = make_event()
    make_talk(event, session=make_session(event))
    shown = preview(event)
    publish(event, expected=shown.digest)

    again = preview(event)

    assert (again.differences, preview(event).digest == again.digest) == ((), True)


@pytest.mark.django_db
def test_publish_that_changes_one_of_600_serialises_one_entry_again(client):
    event = make_talks(600)
    publish(event)
    client.get("/events/large-27/schedule.ics")
    Talk.objects.filter(title="Talk 7").update(title="Another")
    count = octets.count

    publish(event)
    response = client.get("/events/large-27/schedule.ics")

    text = response.content.decode()
    assert (text.count("BEGIN:VEVENT"), text.count("SUMMARY:Another\r\n")) == (600, 1)
    assert octets.count - count == 1
