"""When people can be on stage: kept with the person, on the event's clock, and never public."""

from datetime import UTC, datetime

import pytest

from eventsite.models import Change
from talks.drafting import draft
from talks.models import PersonTime
from talks.publishing import preview, publish
from tests.admin_forms import errors, filled, upload
from tests.factories import make_event, make_organizer, make_person, make_session, make_talk

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(client):
    """Ada of an event in Berlin, one of whose organizers is logged in."""
    event = make_event(slug="woe-27", zone="Europe/Berlin")
    client.force_login(make_organizer(event))
    return make_person(event, "Ada")


def address_of(person):
    return f"/admin/talks/person/{person.pk}/change/"


def row(start, end, level="cannot"):
    """A new row of the list of times: `start` and `end` are a day and a clock."""
    fields = {"start_0": start[0], "start_1": start[1], "end_0": end[0], "end_1": end[1]}
    typed = {f"times-0-{name}": value for name, value in {**fields, "level": level}.items()}
    return {"times-TOTAL_FORMS": "1", **typed}


def add_time(client, person, *times):
    return client.post(
        address_of(person), {**filled(client.get(address_of(person))), **row(*times)}
    )


DAY = "2027-03-26"


def test_time_is_typed_and_shown_on_the_clock_of_the_event(client, ada):
    add_time(client, ada, (DAY, "09:00"), (DAY, "12:00"))
    shown = filled(client.get(address_of(ada)))

    time = PersonTime.objects.get()
    assert (time.start, time.end, time.level) == (
        datetime(2027, 3, 26, 8, tzinfo=UTC),
        datetime(2027, 3, 26, 11, tzinfo=UTC),
        "cannot",
    )
    assert (shown["times-0-start_1"], shown["times-0-end_1"]) == ("09:00", "12:00")


def test_time_is_a_change_of_the_person(client, ada):
    add_time(client, ada, (DAY, "09:00"), (DAY, "12:00"), "likes")

    ada.refresh_from_db()
    [change] = Change.objects.all()
    assert (ada.version, change.table, [*change.fields]) == (2, "talks.person", ["times"])


def test_time_that_ends_before_it_starts_is_refused(client, ada):
    response = add_time(client, ada, (DAY, "12:00"), (DAY, "09:00"))

    assert errors(response) == {"times-0-__all__": ["A time must end after it starts."]}
    assert PersonTime.objects.count() == 0


def test_hour_that_does_not_exist_is_refused(client, ada):
    response = add_time(client, ada, ("2027-03-28", "02:30"), ("2027-03-28", "05:00"))

    assert [*errors(response)] == ["times-0-start"]
    assert PersonTime.objects.count() == 0


def test_times_are_read_from_a_sheet_on_the_clock_of_the_event(client, ada):
    cells = {"person": ada.code, "version": 1, "level": "cannot"}

    response = upload(
        client,
        "person",
        [{**cells, "start": "2027-03-26 09:00", "end": "2027-03-26 12:00"}],
        resource="2",
    )
    client.post("/admin/talks/person/process_import/", response.context["confirm_form"].initial)

    ada.refresh_from_db()
    time = ada.times.get()
    assert (time.start, time.end) == (
        datetime(2027, 3, 26, 8, tzinfo=UTC),
        datetime(2027, 3, 26, 11, tzinfo=UTC),
    )
    assert ada.version == 2


def test_time_is_never_in_a_programme(client, ada):
    make_talk(ada.event, session=make_session(ada.event), people=["Ada"])
    publish(ada.event)
    before = draft(ada.event)

    add_time(client, ada, (DAY, "09:00"), (DAY, "12:00"))

    assert PersonTime.objects.count() == 1
    assert draft(ada.event) == before
    assert preview(ada.event).differences == ()
