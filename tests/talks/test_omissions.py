"""What an organizer is told before publishing."""

from datetime import datetime

import pytest

from talks.drafting import draft
from talks.omissions import omissions
from talks.publishing import notices, preview
from tests.factories import BERLIN, make_event, make_session, make_talk

pytestmark = pytest.mark.django_db


def test_talks_without_a_place_are_named():
    event = make_event()
    make_talk(event, title="Placed", session=make_session(event))
    make_talk(event, title="In no time", session=make_session(event, start=None))
    make_talk(event, title="Orphan")

    assert notices(preview(event)) == (
        "2 talks have no place in a session with a time, so they are not published:"
        " “In no time”, “Orphan”.",
    )


def test_of_many_a_few_are_named():
    event = make_event()
    for number in range(7):
        make_talk(event, title=f"T{number}")

    (sentence,) = omissions(draft(event))

    assert sentence.endswith("“T0”, “T1”, “T2”, “T3”, “T4”, …")


def test_sessions_on_other_days_are_named():
    event = make_event()
    make_session(event, title="Inside")
    make_session(event, title="Late", start=datetime(2027, 3, 28, 9, tzinfo=BERLIN))

    assert omissions(draft(event)) == (
        "“Late” is on Sun 28 March 2027, which is no day of the event.",
    )


def test_talks_of_another_event_are_not_named():
    make_talk(make_event(), title="Theirs")

    assert omissions(draft(make_event())) == ()
