import gzip
import re
from datetime import date, timedelta

import pytest
from django.utils import timezone
from icalendar import Calendar

from eventsite import responses
from talks.models import ImportantDate, SessionRole
from talks.publishing import publish
from tests.factories import (
    make_person,
    make_placement,
    make_room,
    make_session,
    make_talk,
    make_track,
)
from tests.talks.test_views import at, grow, make_workshop

pytestmark = pytest.mark.django_db


def feed(client, path):
    response = client.get(f"/events/dl-17/{path}")
    assert response.status_code == 200
    return Calendar.from_ical(response.content)


def titles(client, path):
    return [str(entry["SUMMARY"]) for entry in feed(client, path).walk("VEVENT")]


def make_programme():
    """A timed session of two talks, a break and a poster session."""
    event = make_workshop()
    morning = make_session(
        event,
        title="Morning",
        room=make_room(event, name="Hall"),
        track=make_track(event, name="Training"),
        start=at("8:00"),
        end=at("9:00"),
    )
    first = make_talk(
        event, title="First", session=morning, start=at("8:00"), people=["Ada Lovelace"]
    )
    make_talk(event, title="Second", session=morning, start=at("8:30"), kind="keynote")
    make_session(event, title="Lunch", kind="break", start=at("12:00"), end=at("13:00"))
    posters = make_session(
        event, title="Posters", kind="posters", start=at("16:00"), end=at("17:00")
    )
    make_talk(event, title="Sparse", session=posters, kind="poster", people=["Grace Hopper"])
    SessionRole.objects.create(session=morning, person=make_person(event, "Chloe Chair"))
    ImportantDate.objects.create(event=event, label="Deadline", on=date(2017, 11, 3))
    publish(event)
    return event, morning, first


# What is in a feed


def test_schedule_holds_timed_talks_and_whole_sessions(client):
    make_programme()

    assert titles(client, "schedule.ics") == ["First", "Second", "Lunch", "Posters"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kind=break", ["Lunch"]),
        ("kind=keynote", ["Second"]),
        ("q=lovelace", ["First"]),
        ("day=2017-12-09", ["First", "Second", "Lunch", "Posters"]),
        ("day=2017-12-10&tz=Asia/Tokyo", ["First", "Second", "Lunch", "Posters"]),
        ("q=zebra", []),
        ("view=list&at=2017-12-09T09:00", ["First", "Second", "Lunch", "Posters"]),
    ],
)
def test_schedule_takes_the_filters_of_its_page(client, query, found):
    make_programme()

    assert titles(client, f"schedule.ics?{query}") == found


def test_schedule_of_a_track_names_it_and_links_the_same_page(client):
    event, *_rest = make_programme()
    track = event.tracks.get()

    calendar = feed(client, f"schedule.ics?track={track.code.lower()}")

    assert str(calendar["X-WR-CALNAME"]) == f"{event.name} – Training"
    assert str(calendar["URL"]).endswith(f"/events/dl-17/schedule/?track={track.code.lower()}")
    assert [str(entry["SUMMARY"]) for entry in calendar.walk("VEVENT")] == ["First", "Second"]


def test_session_is_a_download_of_its_entries(client):
    _event, morning, _first = make_programme()

    response = client.get(f"/events/dl-17/sessions/{morning.code}.ics")

    assert titles(client, f"sessions/{morning.code}.ics") == ["First", "Second"]
    assert response["Content-Disposition"] == (f'attachment; filename="dl-17-{morning.code}.ics"')
    assert b"X-WR-CALNAME" not in response.content


def test_talk_holds_its_places_or_their_sessions_under_the_uids_of_every_feed(client):
    event, _morning, first = make_programme()
    evening = make_session(event, title="Evening", start=at("18:00"), end=at("19:00"))
    make_placement(first, evening)
    publish(event)

    own = feed(client, f"talks/{first.code}.ics").walk("VEVENT")

    every = {str(e["UID"]): e.to_ical() for e in feed(client, "schedule.ics").walk("VEVENT")}
    assert [str(entry["SUMMARY"]) for entry in own] == ["First", "Evening"]
    assert [str(entry["UID"]) in every for entry in own] == [True, True]


def test_person_has_a_feed_of_talks_and_of_sessions_they_chair(client):
    event, *_rest = make_programme()
    ada, chloe = (event.people.get(name=name) for name in ("Ada Lovelace", "Chloe Chair"))

    response = client.get(f"/events/dl-17/people/{ada.code}.ics")

    assert titles(client, f"people/{ada.code}.ics") == ["First"]
    assert titles(client, f"people/{chloe.code}.ics") == ["First", "Second"]
    assert response["Content-Disposition"] == f'inline; filename="dl-17-{ada.code}.ics"'
    assert "Ada Lovelace" in response.content.decode()


def test_entries_of_one_s_own_block_the_time_and_those_of_the_event_do_not(client):
    _event, _morning, first = make_programme()

    own = feed(client, f"talks/{first.code}.ics").walk("VEVENT")
    every = feed(client, "schedule.ics").walk("VEVENT")

    assert {str(entry["TRANSP"]) for entry in own} == {"OPAQUE"}
    assert {str(entry["TRANSP"]) for entry in every} == {"TRANSPARENT"}


def test_dates_are_in_a_feed_of_their_own(client):
    make_programme()

    assert titles(client, "dates.ics") == ["Deadline"]


def test_alarm_is_there_when_asked_for(client):
    soon = timezone.now().date() + timedelta(days=90)
    event = make_workshop(starts_on=soon, ends_on=soon)
    make_session(event)
    publish(event)

    (alarm,) = feed(client, "schedule.ics?alarm=15").walk("VALARM")

    assert alarm["TRIGGER"].dt == timedelta(minutes=-15)
    assert feed(client, "schedule.ics").walk("VALARM") == []


# How a feed answers


FEEDS = ("schedule.ics", "dates.ics", "sessions/{s}.ics", "talks/{t}.ics", "people/{h}.ics")


def paths(session, talk, person):
    codes = {"s": session.code, "t": talk.code, "h": person.code}
    return [f"/events/dl-17/{path.format(**codes)}" for path in FEEDS]


def test_feed_is_a_calendar_without_cookie_and_kept_from_search(client):
    event = make_workshop()

    for path in paths(*grow(event, 1)):
        response = client.get(path)
        assert response["Content-Type"] == "text/calendar; charset=utf-8"
        assert response["X-Robots-Tag"] == "noindex"
        assert response["Cache-Control"] == "no-cache"
        assert response.cookies == {}
        assert response.get("Vary", "Accept-Encoding") == "Accept-Encoding"
        assert client.head(path).status_code == 200


@pytest.mark.parametrize("count", [1, 30])
def test_feed_takes_one_query_however_long(client, django_assert_num_queries, count):
    event = make_workshop()
    feeds = paths(*grow(event, count))
    client.get("/events/dl-17/dates/")

    for path in feeds:
        with django_assert_num_queries(1):
            assert client.get(path).status_code == 200


def test_feed_that_did_not_change_is_not_sent_again(client):
    event = make_workshop()

    for path in paths(*grow(event, 1)):
        first = client.get(path)
        again = client.get(path, headers={"if-none-match": f"W/{first['ETag']}"})
        assert (again.status_code, again.content) == (304, b"")
        assert again["X-Robots-Tag"] == "noindex"


def test_feed_has_the_same_bytes_each_time_whatever_is_accepted(client):
    make_programme()
    first = client.get("/events/dl-17/schedule.ics")
    responses.bodies.entries.clear()

    again = client.get(
        "/events/dl-17/schedule.ics", headers={"accept": "text/html", "accept-language": "de"}
    )

    assert (again.content, again["ETag"]) == (first.content, first["ETag"])


@pytest.mark.parametrize("path", ["schedule.ics", "dates.ics"])
def test_feed_under_an_old_slug_answers_in_place_with_the_same_bytes(client, path):
    event, *_rest = make_programme()
    event.old_slugs.create(slug="dl-17")
    event.slug = "deep-17"
    event.save()

    old, new = (client.get(f"/events/{slug}/{path}") for slug in ("dl-17", "deep-17"))

    assert (old.status_code, old.content) == (200, new.content)
    assert b"/events/dl-17/" not in old.content


def test_feed_takes_codes_in_any_case_and_with_a_slug_without_redirect(client):
    _event, morning, _first = make_programme()

    for name in (morning.code.lower(), f"{morning.code}-old-title"):
        assert client.get(f"/events/dl-17/sessions/{name}.ics").status_code == 200


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("schedule.ics?tz=Mars/Olympus", 404),
        ("schedule.ics?lang=tlh", 404),
        ("dates.ics?lang=tlh", 404),
        ("schedule.ics?track=K9999999Z", 404),
        ("schedule.ics?day=2030-01-01", 404),
        ("schedule.ics?day=soon", 400),
        ("schedule.ics?alarm=-5", 400),
        ("schedule.ics?alarm=99999", 400),
        ("schedule.ics?q=%00", 400),
        ("sessions/S9999999Z.ics", 404),
        ("talks/nonsense.ics", 404),
        ("people/H9999999Z.ics", 404),
    ],
)
def test_feed_of_what_is_not_there_is_refused(client, path, status):
    make_programme()

    assert client.get(f"/events/dl-17/{path}").status_code == status


def test_every_entry_links_the_page_that_shows_it(client):
    make_programme()

    entries = feed(client, "schedule.ics").walk("VEVENT")

    found = [re.sub("^http://[^/]+", "", str(entry["URL"])) for entry in entries]
    assert [client.get(path).status_code for path in found] == [200] * 4


def test_feed_is_sent_compressed_and_still_answers_304(client):
    event = make_workshop()
    publish(event)
    address = f"/events/{event.slug}/schedule.ics"
    plain = client.get(address)

    packed = client.get(address, headers={"accept-encoding": "gzip"})
    again = client.get(
        address, headers={"accept-encoding": "gzip", "if-none-match": packed["ETag"]}
    )

    assert gzip.decompress(packed.content) == plain.content
    assert packed["Vary"] == "Accept-Encoding"
    assert (again.status_code, again.content) == (304, b"")
