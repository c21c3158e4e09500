"""The table of states: what each page and feed answers, row by row."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from icalendar import Calendar

from eventsite import responses
from talks.answers import READ
from talks.filters import NAMES
from talks.models import ImportantDate
from talks.publishing import publish
from tests import house
from tests.factories import make_event, make_room, make_session, make_talk, make_track

pytestmark = pytest.mark.django_db

PAGES = ("", "schedule/", "people/", "posters/", "organizers/", "dates/")
FEEDS = ("schedule.ics", "dates.ics")


def make_coming(days=30, **fields):
    """An event of one day, so many days from now; slug "woe"."""
    day = (timezone.now() + timedelta(days=days)).date()
    fields = {"slug": "woe", "zone": "UTC", "starts_on": day, "ends_on": day, **fields}
    return make_event(**fields)


def make_published(event):
    """A session with one talk by one person, published."""
    day = event.starts_on
    start = datetime(day.year, day.month, day.day, 10, tzinfo=UTC)
    session = make_session(event, title="Morning", start=start)
    talk = make_talk(event, title="Gradients", session=session, people=["Ada Lovelace"])
    publish(event)
    return session, talk, talk.roles.get().person


def statuses(client, paths, slug="woe"):
    return {path: client.get(f"/events/{slug}/{path}").status_code for path in paths}


def get(client, path):
    return client.get(f"/events/woe/{path}")


def entries(response):
    return Calendar.from_ical(response.content).walk("VEVENT")


# Hidden, or never published; code never published


@pytest.mark.parametrize("state", ["hidden", "never published", "unknown"])
def test_event_that_is_not_public_is_not_found_anywhere(client, state):
    if state == "hidden":
        event = make_coming()
        make_published(event)
        event.is_hidden = True
        event.save()
    elif state == "never published":
        make_session(make_coming())

    assert set(statuses(client, (*PAGES, *FEEDS, "pages/x/")).values()) == {404}
    assert b"woe" not in client.get("/events/").content


def test_hidden_and_unknown_events_look_the_same(client):
    hidden = make_coming(name="Secret meeting", is_hidden=True)
    make_published(hidden)
    hidden.old_slugs.create(slug="woe-before")

    bodies = [
        client.get(f"/events/{slug}/schedule/").content.replace(slug.encode(), b"")
        for slug in ("woe", "woe-before", "nowhere")
    ]

    assert bodies[0] == bodies[1] == bodies[2]
    assert client.get("/events/woe-before/schedule.ics").status_code == 404


def test_event_that_is_shown_again_is_there_again(client):
    event = make_coming(is_hidden=True)
    make_published(event)
    before = get(client, "schedule/").status_code
    event.is_hidden = False
    event.save()

    assert (before, get(client, "schedule/").status_code) == (404, 200)


def test_code_that_was_never_published_is_not_found(client):
    event = make_coming()
    session, talk, person = make_published(event)
    draft = make_talk(event, session=session, people=["Grace Hopper"])
    unplaced = make_session(event, start=None, end=None)

    found = statuses(
        client,
        [
            *(f"sessions/{unplaced.code}/", f"sessions/{unplaced.code}.ics"),
            *(f"talks/{draft.code}/", f"talks/{draft.code}.ics"),
            f"people/{draft.roles.get().person.code}/",
            *(f"sessions/{talk.code}/", f"talks/{person.code}/", "talks/T2/"),
        ],
    )

    assert set(found.values()) == {404}


def test_code_of_another_event_is_not_found(client):
    make_published(make_coming())
    session, talk, person = make_published(make_coming(slug="other"))

    paths = (f"sessions/{session.code}/", f"talks/{talk.code}/", f"people/{person.code}.ics")
    assert set(statuses(client, paths).values()) == {404}


# Published, nothing placed yet


def test_event_without_schedule_says_when_it_is_expected(client):
    event = make_coming()
    ImportantDate.objects.create(event=event, label="Programme out", on=event.starts_on)
    publish(event)

    page = get(client, "schedule/")

    assert page.status_code == 200
    for text in ("The schedule is not out yet.", "Programme out", f"{event.starts_on:%Y-%m-%d}"):
        assert text in page.content.decode()
    assert set(statuses(client, PAGES).values()) == {200}


def test_feed_of_an_event_without_schedule_holds_its_zone_alone(client):
    publish(make_coming(zone="Europe/Berlin"))

    response = get(client, "schedule.ics")

    calendar = Calendar.from_ical(response.content)
    assert [part.name for part in calendar.subcomponents] == ["VTIMEZONE"]


# Cancelled


def test_cancelled_session_is_struck_and_says_so(client):
    event = make_coming()
    session, talk, _person = make_published(event)
    session.status = "cancelled"
    session.save()
    publish(event)

    own = get(client, f"sessions/{session.code}-morning/").content.decode()
    its_talk = get(client, f"talks/{talk.code}-gradients/").content.decode()
    schedule = get(client, "schedule/").content.decode()

    assert ["<s>Morning</s>" in own, "<s>Gradients</s>" in its_talk] == [True, True]
    assert [text.count(">cancelled<") for text in (own, schedule)] == [1, 1]
    assert schedule.count(" is-cancelled") == 1


def test_cancelled_talk_is_struck_and_its_session_is_not(client):
    event = make_coming()
    session, talk, _person = make_published(event)
    make_talk(event, session=session, title="Other")
    talk.status = "cancelled"
    talk.save()
    publish(event)

    own = get(client, f"talks/{talk.code}-gradients/").content.decode()
    schedule = get(client, "schedule/").content.decode()

    assert "<s>Gradients</s>" in own
    assert schedule.count('class="talk is-cancelled"') == 1
    assert "<s>" not in get(client, f"sessions/{session.code}-morning/").content.decode()


def test_cancelled_session_is_cancelled_in_feeds(client):
    event = make_coming()
    session, _talk, _person = make_published(event)
    session.status = "cancelled"
    session.save()
    publish(event)

    for path in ("schedule.ics", f"sessions/{session.code}.ics"):
        (entry,) = entries(get(client, path))
        assert (str(entry["STATUS"]), str(entry["SUMMARY"])) == ("CANCELLED", "Cancelled: Morning")


# Withdrawn


def withdraw(event):
    event.sessions.update(start=None, end=None)
    publish(event)


def test_withdrawn_pages_are_gone_and_lead_to_the_schedule(client):
    event = make_coming()
    session, talk, person = make_published(event)
    withdraw(event)

    for path in (f"sessions/{session.code}-x/", f"talks/{talk.code}/", f"people/{person.code}/"):
        page = get(client, path)
        assert page.status_code == 410
        assert 'href="/events/woe/schedule/"' in page.content.decode()
        assert "Ada Lovelace" not in page.content.decode()


def test_withdrawn_things_are_in_no_list(client):
    event = make_coming()
    make_published(event)
    withdraw(event)

    texts = [get(client, path).content.decode() for path in (*PAGES, "schedule/?q=gradients")]

    for word in ("Morning", "Gradients", "Lovelace"):
        assert [word in text for text in texts] == [False] * len(texts)


def test_withdrawn_thing_leaves_a_tombstone_in_feeds_without_people(client):
    event = make_coming()
    session, talk, person = make_published(event)
    withdraw(event)

    for path in (
        *("schedule.ics", f"schedule.ics?day={event.starts_on}"),
        *(f"sessions/{session.code}.ics", f"talks/{talk.code}.ics", f"people/{person.code}.ics"),
    ):
        response = get(client, path)
        (entry,) = entries(response)
        assert str(entry["UID"]) == f"{session.code}@events.example.org"
        assert (str(entry["STATUS"]), int(entry["SEQUENCE"])) == ("CANCELLED", 1)
        assert b"Lovelace" not in response.content


def test_tombstone_is_in_no_filtered_feed(client):
    event = make_coming()
    make_published(event)
    withdraw(event)

    assert entries(get(client, "schedule.ics?q=morning")) == []


def test_tombstone_of_a_date_is_in_the_feed_of_dates_alone(client):
    event = make_coming()
    deadline = ImportantDate.objects.create(event=event, label="Deadline", on=event.starts_on)
    publish(event)
    deadline.delete()
    publish(event)

    (entry,) = entries(get(client, "dates.ics"))

    assert str(entry["SUMMARY"]) == "Cancelled: Deadline"
    assert entries(get(client, "schedule.ics")) == []


def test_tombstone_is_gone_two_days_after_and_its_own_feed_with_it(client):
    event = make_coming(days=-2)
    session, talk, person = make_published(event)
    withdraw(event)

    own = (f"sessions/{session.code}.ics", f"talks/{talk.code}.ics", f"people/{person.code}.ics")
    assert entries(get(client, "schedule.ics")) == []
    assert set(statuses(client, own).values()) == {410}


def test_tombstone_still_stands_the_day_after(client):
    event = make_coming(days=-1)
    session, talk, _person = make_published(event)
    withdraw(event)

    assert len(entries(get(client, "schedule.ics"))) == 1
    assert len(entries(get(client, f"talks/{talk.code}.ics"))) == 1
    assert len(entries(get(client, f"sessions/{session.code}.ics"))) == 1


def test_tombstone_is_found_after_many_releases_in_one_query(client, django_assert_num_queries):
    event = make_coming()
    _session, talk, _person = make_published(event)
    withdraw(event)
    for number in range(3):
        event.place = f"Place {number}"
        event.save()
        publish(event)
    first = get(client, f"talks/{talk.code}.ics")

    with django_assert_num_queries(1):
        again = get(client, f"talks/{talk.code}.ics")

    assert (len(entries(first)), again.content) == (1, first.content)


def test_what_comes_back_stands_again(client):
    event = make_coming()
    session, talk, _person = make_published(event)
    start, end = session.start, session.end
    withdraw(event)
    event.sessions.update(start=start, end=end)
    publish(event)

    assert get(client, f"talks/{talk.code}-gradients/").status_code == 200
    (entry,) = entries(get(client, "schedule.ics"))
    assert (str(entry["STATUS"]), int(entry["SEQUENCE"])) == ("CONFIRMED", 2)


# Unknown and malformed values


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("day=1999-01-01", "“1999-01-01” is no day of this programme."),
        ("track=K9999999Z", "“K9999999Z” is no track of this programme."),
        ("room=R9999999Z", "“R9999999Z” is no room of this programme."),
        ("person=H9999999Z", "“H9999999Z” is no person of this programme."),
        ("kind=opera", "“opera” is no kind of this programme."),
    ],
)
def test_unknown_value_is_not_found_and_named(client, query, named):
    make_published(make_coming())

    page = get(client, f"schedule/?{query}")

    assert page.status_code == 404
    assert named in page.content.decode()
    assert 'href="/events/woe/schedule/"' in page.content.decode()
    assert get(client, f"schedule.ics?{query}").status_code == 404


@pytest.mark.parametrize(("query", "zone"), [("tz=Mars/Olympus", "UTC"), ("lang=tlh", "UTC")])
def test_unknown_zone_or_language_is_shown_in_pages_and_refused_in_feeds(client, query, zone):
    make_published(make_coming())

    page = get(client, f"schedule/?{query}")

    assert page.status_code == 200
    assert f"All times are in {zone} (UTC)." in page.content.decode()
    assert 'class="notice' in page.content.decode()
    assert get(client, f"schedule.ics?{query}").status_code == 404


@pytest.mark.parametrize(
    "query", ["day=soon", "view=cube", "at=noon", "q=%00", "track=a&track=b", f"q={'a' * 600}"]
)
def test_malformed_value_is_refused(client, query):
    make_published(make_coming())

    assert get(client, f"schedule/?{query}").status_code == 400
    assert get(client, f"schedule.ics?{query}").status_code == 400


@pytest.mark.parametrize("path", ["talks/%00/", "sessions/%00.ics", "%00/"])
def test_nul_in_a_path_is_refused(client, path):
    make_published(make_coming())

    assert get(client, path).status_code == 400


# Phases


@pytest.mark.parametrize(
    ("days", "interval"), [(30, "PT6H"), (7, "PT1H"), (0, "PT15M"), (-30, "P1D")]
)
def test_feed_asks_to_come_again_as_the_event_comes_near(client, days, interval):
    make_published(make_coming(days=days))

    calendar = Calendar.from_ical(get(client, "schedule.ics").content)

    assert calendar["REFRESH-INTERVAL"].to_ical().decode() == interval


def test_answer_is_made_once_and_kept(client):
    make_published(make_coming())
    get(client, "schedule/")
    kept = len(responses.bodies.entries)

    get(client, "schedule/")

    assert len(responses.bodies.entries) == kept


def test_parts_of_an_event_are_not_mixed_up_with_those_of_another(client):
    for slug, name in (("woe", "One"), ("other", "Two")):
        event = make_coming(slug=slug, name=name)
        make_session(event, title=f"Session of {name}", room=make_room(event))
        make_track(event)
        publish(event)

    one, two = (
        client.get(f"/events/{slug}/schedule/").content.decode() for slug in ("woe", "other")
    )

    assert ["Session of One" in one, "Session of Two" in one] == [True, False]
    assert ["Session of One" in two, "Session of Two" in two] == [False, True]


def test_every_parameter_that_a_view_reads_makes_an_answer_of_its_own():
    read = set(NAMES)
    for path in (house.ROOT / "talks").glob("*.py"):
        text = path.read_text()
        read |= set(re.findall(r'GET\.get\("(\w+)"', text))
        read |= set(re.findall(r'number_of\(request, "(\w+)"', text))

    assert read - {"codes"} == READ  # an agenda's page is kept by nobody


def test_withdrawn_is_told_in_every_feed_that_asked_for_it_but_by_words(client):
    event = make_coming()
    room, track = make_room(event), make_track(event)
    session, _talk, person = make_published(event)
    session.room, session.track = room, track
    session.save()
    make_session(event, room=room, track=track, title="Stays", start=session.start)
    publish(event)
    asked = ("", f"?room={room.code}", f"?track={track.code}", "?kind=talks", "?q=gradients")
    asked = (*asked, f"?day={event.starts_on}", f"?room={room.code}&kind=talks")
    session.delete()
    publish(event)

    found = [client.get(f"/events/woe/schedule.ics{query}").content for query in asked]

    told = [b"STATUS:CANCELLED" in body for body in found]
    assert told == [True, True, True, True, False, True, True]
    assert not any(person.name.encode() in body for body in found)
