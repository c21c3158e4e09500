"""An event in a new zone: clocks stay, moments move."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth import get_user_model

from eventsite import writing
from eventsite.models import Change
from talks.models import Page, PersonTime, RoomTime
from talks.publishing import current, preview, programme_of, publish
from tests.admin_forms import errors, filled, upload
from tests.factories import (
    make_event,
    make_person,
    make_room,
    make_room_time,
    make_session,
    make_talk,
    make_user,
)

pytestmark = pytest.mark.django_db

BERLIN, NEW_YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")


@pytest.fixture
def event(client):
    """An event in Berlin with a timed talk and somebody who is away; a superuser is logged in."""
    client.force_login(make_user(is_superuser=True))
    event = make_event(slug="woe-27", name="Workshop on Events")
    session = make_session(event, title="Morning")
    make_talk(event, title="First", session=session, start=session.start)
    person = make_person(event, "Ada")
    for hour in (1, 3):
        start = session.start + timedelta(hours=hour)
        PersonTime.objects.create(person=person, start=start, end=start + timedelta(hours=1))
    make_room_time(make_room(event))
    Page.objects.create(event=event, slug="travel", title="Travel", appears=session.start)
    return event


def move(client, event, zone):
    """Give an event another zone in its form."""
    address = f"/admin/talks/event/{event.pk}/change/"
    return client.post(address, filled(client.get(address), zone=zone))


def clocks(event, zone):
    """Every moment of an event on the wall clock of a zone."""
    session = event.sessions.get()
    placement = session.placements.get()
    times = [*PersonTime.objects.filter(person__event=event)]
    times += RoomTime.objects.filter(room__event=event)
    moments = [session.start, session.end, placement.start, event.pages.get().appears]
    moments += [moment for time in times for moment in (time.start, time.end)]
    return [f"{moment.astimezone(zone):%d %H:%M}" for moment in moments]


TYPED = ["26 10:00", "26 11:00", "26 10:00", "26 10:00", "26 11:00", "26 12:00"]
TYPED += ["26 13:00", "26 14:00", "26 10:00", "26 11:00"]


def test_clocks_stay_when_the_zone_changes_in_the_admin(client, event):
    before = clocks(event, BERLIN)

    move(client, event, "America/New_York")

    assert before == TYPED
    assert clocks(event, NEW_YORK) == TYPED


def test_every_row_that_moves_has_a_new_version_and_one_change(client, event):
    session, person = event.sessions.get(), event.people.get()
    rows = [session, session.placements.get(), person, event.rooms.get(), event.pages.get()]

    move(client, event, "America/New_York")

    for row in rows:
        row.refresh_from_db()
    fields = [sorted(writing.history(row).get().fields) for row in rows]
    assert [row.version for row in rows] == [2, 2, 2, 2, 2]
    assert fields == [["end", "start"], ["start"], ["times"], ["times"], ["appears"]]
    assert {change.by for change in Change.objects.all()} == {get_user_model().objects.get()}


def test_zone_that_stays_moves_nothing(client, event):
    address = f"/admin/talks/event/{event.pk}/change/"

    client.post(address, filled(client.get(address), name="Renamed"))

    assert clocks(event, BERLIN) == TYPED
    assert Change.objects.count() == 1


def test_sequence_rises_and_the_difference_says_only_that_the_zone_changes(client, event):
    publish(event)
    move(client, event, "America/New_York")
    event.refresh_from_db()
    found = preview(event).differences

    publish(event)

    [stamp] = programme_of(current(event)).stamps
    assert stamp.sequence == 1
    assert [(d.kind, d.table, [f.name for f in d.fields]) for d in found] == [
        ("reworded", "event", ["zone"])
    ]


def test_publishing_only_the_new_zone_keeps_the_clocks(client, event):
    publish(event)
    move(client, event, "America/New_York")
    event.refresh_from_db()

    shown = preview(event, event.code)
    publish(event, code=event.code)

    released = programme_of(current(event)).sessions[0]
    assert [(found.kind, found.table) for found in shown.differences] == [("reworded", "event")]
    assert f"{released.start:%H:%M} {released.start.tzinfo}" == "10:00 America/New_York"
    assert f"{released.placements[0].start:%H:%M}" == "10:00"
    assert preview(event).differences == ()


def test_publishing_something_else_keeps_the_released_zone_and_its_clocks(client, event):
    publish(event)
    move(client, event, "America/New_York")
    session = event.sessions.get()
    session.title = "Late morning"
    session.save()

    publish(event, code=session.code)

    released = programme_of(current(event)).sessions[0]
    assert released.title == "Late morning"
    assert f"{released.start:%H:%M} {released.start.tzinfo}" == "10:00 Europe/Berlin"


@pytest.mark.parametrize(
    ("day", "hour"),
    [((2027, 3, 14), 2), ((2027, 11, 7), 1)],
    ids=["does not exist", "exists twice"],
)
def test_zone_that_lacks_an_hour_or_has_it_twice_is_refused(client, event, day, hour):
    start = datetime(*day, hour, 30, tzinfo=BERLIN)
    make_session(event, title="Night", start=start, end=start + timedelta(hours=3))

    response = move(client, event, "America/New_York")

    assert errors(response) == {
        "zone": [
            f"“Night” cannot keep its hour: in America/New_York, {start:%Y-%m-%d %H:%M} does not"
            " exist or exists twice, as the clocks change. Move it first."
        ]
    }
    event.refresh_from_db()
    assert event.zone == "Europe/Berlin"


def test_zone_in_which_a_session_would_end_before_it_starts_is_refused(client, event):
    start = datetime(2027, 10, 31, 2, 45, tzinfo=BERLIN)
    end = datetime(2027, 10, 31, 2, 15, tzinfo=BERLIN, fold=1)
    make_session(event, title="Night", start=start, end=end)

    response = move(client, event, "America/New_York")

    assert errors(response) == {
        "zone": ["“Night” would end before it starts in America/New_York: move it first."]
    }


def test_clocks_stay_when_a_sheet_changes_the_zone(client, event):
    row = {"code": event.code, "version": 1, "zone": "America/New_York"}

    response = upload(client, "event", [row])
    client.post("/admin/talks/event/process_import/", response.context["confirm_form"].initial)

    event.refresh_from_db()
    assert event.zone == "America/New_York"
    assert clocks(event, NEW_YORK) == TYPED


def test_sheet_with_a_zone_that_lacks_an_hour_is_refused(client, event):
    start = datetime(2027, 3, 14, 2, 30, tzinfo=BERLIN)
    make_session(event, title="Night", start=start, end=start + timedelta(hours=3))
    row = {"code": event.code, "version": 1, "zone": "America/New_York"}

    response = upload(client, "event", [row])

    assert "“Night” cannot keep its hour" in response.content.decode()
    assert clocks_of("Night", event) == "14 02:30"


def clocks_of(title, event):
    return f"{event.sessions.get(title=title).start.astimezone(BERLIN):%d %H:%M}"
