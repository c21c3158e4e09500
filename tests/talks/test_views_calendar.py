import re
from datetime import date
from html import unescape
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from icalendar import Calendar

from talks.models import ImportantDate
from talks.publishing import publish
from tests.factories import make_session, make_talk, make_track
from tests.query_counts import QUERIES
from tests.talks.test_views import at, body, grow, make_workshop
from tests.talks.test_views_export import make_programme

pytestmark = pytest.mark.django_db

SITE = "http://127.0.0.1:8000"


def address_shown(page):
    """The address in the field to copy."""
    (found,) = re.findall(r'<input id="address" type="url" readonly value="([^"]+)">', page)
    return unescape(found)


def feed_links(page):
    """The paths of the feeds that are listed."""
    return [unescape(path) for path in re.findall(r'class="feed-file" href="([^"]+)"', page)]


def test_page_offers_the_whole_event_in_the_forms_that_programs_take(client, settings):
    settings.SITE_URL = "https://events.example.org"
    event, *_rest = make_programme()

    page = unescape(body(client, "/events/dl-17/calendar/"))

    address = "https://events.example.org/events/dl-17/schedule.ics"
    webcal = "webcal://events.example.org/events/dl-17/schedule.ics"
    outlook = f"/calendar/0/addfromweb?url={quote(address, safe='')}&name={quote(event.name)}"
    assert address_shown(page) == address
    assert page.count(f'href="{webcal}"') == 2
    assert f'href="https://calendar.google.com/calendar/r?cid={quote(webcal, safe="")}"' in page
    assert f'href="https://outlook.live.com{outlook}"' in page
    assert f'href="https://outlook.office.com{outlook}"' in page
    assert f'href="{address}" download' in page


@pytest.mark.parametrize(
    ("query", "path"),
    [
        ("?kind=break", "schedule.ics?kind=break"),
        ("?kind=break&view=list&lang=en", "schedule.ics?kind=break"),
        ("?day=2017-12-09&tz=UTC", "schedule.ics?day=2017-12-09&tz=UTC"),
        ("?q=a%26b&alarm=10", "schedule.ics?q=a%26b&alarm=10"),
        ("?feed=dates&alarm=0", "dates.ics?alarm=0"),
    ],
)
def test_page_offers_the_feed_of_its_question(client, query, path):
    make_programme()

    page = body(client, f"/events/dl-17/calendar/{query}")

    assert address_shown(page) == f"{SITE}/events/dl-17/{path}"
    assert client.get(f"/events/dl-17/{path}").status_code == 200


def test_person_is_offered_the_feed_of_their_own(client):
    event, *_rest = make_programme()
    ada = event.people.get(name="Ada Lovelace")

    page = body(client, f"/events/dl-17/calendar/?person={ada.code}")

    assert address_shown(page) == f"{SITE}/events/dl-17/people/{ada.code}.ics"
    assert '<h2 id="feed" dir="auto">Ada Lovelace</h2>' in page


def test_every_feed_is_listed_and_there(client):
    event, *_rest = make_programme()
    make_session(event, title="Next day", start=at("8:00", day=10), end=at("9:00", day=10))
    event.ends_on = date(2017, 12, 10)
    event.save()
    publish(event)
    track, room = event.tracks.get(), event.rooms.get()
    people = sorted(person.code for person in event.people.all())

    links = feed_links(body(client, "/events/dl-17/calendar/"))

    assert links[:7] == [
        "/events/dl-17/schedule.ics",
        "/events/dl-17/schedule.ics?kind=poster",
        "/events/dl-17/dates.ics",
        "/events/dl-17/schedule.ics?day=2017-12-09",
        "/events/dl-17/schedule.ics?day=2017-12-10",
        f"/events/dl-17/schedule.ics?track={track.code}",
        f"/events/dl-17/schedule.ics?room={room.code}",
    ]
    assert sorted(links[7:]) == [f"/events/dl-17/people/{code}.ics" for code in people]
    for path in links:
        assert Calendar.from_ical(client.get(path).content).walk("VEVENT") != []


def test_reminder_is_in_every_address_and_in_the_form(client):
    make_programme()

    page = body(client, "/events/dl-17/calendar/?kind=break&alarm=15")

    assert address_shown(page) == f"{SITE}/events/dl-17/schedule.ics?kind=break&alarm=15"
    assert {parse_qs(urlsplit(path).query)["alarm"][0] for path in feed_links(page)} == {"15"}
    assert '<option value="15" selected>15 minutes before</option>' in page
    assert '<input type="hidden" name="kind" value="break">' in page


def test_reminder_that_is_not_offered_stays_chosen(client):
    make_programme()

    page = body(client, "/events/dl-17/calendar/?alarm=7")

    assert '<option value="7" selected>7 minutes before</option>' in page
    assert page.count("selected") == 1


def test_first_three_entries_are_shown_as_they_will_look(client):
    make_programme()

    page = body(client, "/events/dl-17/calendar/")

    samples = page.split('<section class="samples">')[1].split("</section>")[0]
    assert re.findall("<strong[^>]*>(.*?)</strong>", samples) == ["First", "Second", "Lunch"]
    assert samples.count("Hall") == 2
    assert '<time datetime="2017-12-09T08:00:00-08:00">Sat 9 Dec 2017, 08:00</time>' in samples


def test_samples_are_in_the_zone_asked_for(client):
    make_programme()

    page = body(client, "/events/dl-17/calendar/?tz=Asia/Tokyo")

    assert '<time datetime="2017-12-10T01:00:00+09:00">Sun 10 Dec 2017, 01:00</time>' in page


def test_dates_are_shown_as_days_and_moments(client):
    event, *_rest = make_programme()
    ImportantDate.objects.create(
        event=event, label="Camera ready", on=date(2017, 11, 20), time="12:00", zone="UTC"
    )
    publish(event)

    page = body(client, "/events/dl-17/calendar/?feed=dates")

    assert '<time datetime="2017-11-03">Fri 3 Nov 2017</time>' in page
    assert 'datetime="2017-11-20T04:00:00-08:00">04:00</time>' in page


def test_code_holds_this_page_and_is_named_for_those_who_do_not_see(client):
    make_programme()

    page = body(client, "/events/dl-17/calendar/")
    filtered = body(client, "/events/dl-17/calendar/?kind=break")
    long = body(client, f"/events/dl-17/calendar/?q={'%C3%A9' * 200}")

    drawn = [re.findall(r'role="img" aria-label="([^"]+)"', each) for each in (page, filtered)]
    paths = [re.findall(r'<path d="([^"]+)"', each) for each in (page, filtered)]
    assert drawn == [["QR code of this page"]] * 2
    assert paths[0] != paths[1]
    assert " style=" not in page
    assert (page.count("<svg"), long.count("<svg")) == (1, 0)


def test_large_event_says_that_its_feed_goes_by_session(client):
    event, *_rest = make_programme()
    grow_talks(event, 2001)
    publish(event)

    page = body(client, "/events/dl-17/calendar/")
    of_a_kind = body(client, "/events/dl-17/calendar/?kind=talks")

    assert page.count("This programme is too long for one calendar") == 1
    assert of_a_kind.count("This programme is too long for one calendar") == 0


def grow_talks(event, count):
    """As many timed talks in one session; written at once, since there are thousands."""
    session = make_session(event, title="Marathon", start=at("8:00", 10), end=at("20:00", 10))
    event.ends_on = date(2017, 12, 10)
    event.save()
    first = make_talk(event, title="Talk", session=session, start=session.start, minutes=1)
    talk, placement = type(first), first.placements.get()
    talks = talk.objects.bulk_create(
        talk(event=event, title=f"Talk {n}", kind=first.kind, minutes=1) for n in range(count)
    )
    type(placement).objects.bulk_create(
        type(placement)(talk=each, session=session, position=n, start=session.start)
        for n, each in enumerate(talks, placement.position + 1)
    )


@pytest.mark.parametrize("count", [1, 30])
def test_page_takes_one_query_however_many_people(client, django_assert_num_queries, count):
    event = make_workshop()
    session, *_rest = grow(event, count)
    for n in range(count):
        session.track = make_track(event, name=f"Track {n}")
        session.save()
    publish(event)
    client.get("/events/dl-17/dates/")

    with django_assert_num_queries(QUERIES["calendar"]):
        page = body(client, "/events/dl-17/calendar/?alarm=5")

    assert page.count("<details") == (1 if count == 30 else 0)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("track=K9999999Z", 404),
        ("feed=news", 404),
        ("day=2030-01-01", 404),
        ("day=soon", 400),
        ("alarm=-5", 400),
        (f"q={'a' * 501}", 400),
        ("tz=Mars/Olympus", 200),
    ],
)
def test_question_that_cannot_be_answered_gets_the_page_of_the_schedule(client, query, status):
    make_programme()

    page = body(client, f"/events/dl-17/calendar/?{query}", status)

    assert page.count("<h1") == 1
    assert ("is no time zone that we know" in page) == query.startswith("tz")


def test_page_that_did_not_change_is_not_sent_again(client):
    make_programme()
    first = client.get("/events/dl-17/calendar/")

    again = client.get("/events/dl-17/calendar/", headers={"if-none-match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")


def test_event_without_a_programme_can_be_subscribed_to_already(client):
    publish(make_workshop())

    page = body(client, "/events/dl-17/calendar/")

    assert address_shown(page) == f"{SITE}/events/dl-17/schedule.ics"
    assert "The schedule is not out yet." in page


def test_other_pages_lead_here_with_what_they_show(client):
    make_programme()

    assert 'href="/events/dl-17/calendar/?kind=break&amp;tz=UTC"' in body(
        client, "/events/dl-17/schedule/?kind=break&tz=UTC&view=list"
    )
    assert body(client, "/events/dl-17/").count('href="/events/dl-17/calendar/"') == 2


def test_page_says_how_often_each_program_looks(client):
    make_programme()

    page = body(client, "/events/dl-17/calendar/")

    for words in ("8 to 24 hours", "about every three hours", "every 30 minutes", "every hour to"):
        assert words in page
    assert "never follows a change" in page
    assert 'href="/events/dl-17/agenda/"' in page
