from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from talks.models import Award, EventRole, ImportantDate, Page, SessionRole, TalkLink
from talks.publishing import publish
from tests.factories import (
    make_event,
    make_paper,
    make_person,
    make_placement,
    make_room,
    make_session,
    make_talk,
    make_track,
)
from tests.query_counts import QUERIES
from tests.talks.crawl import crawl

pytestmark = pytest.mark.django_db

LOS_ANGELES = ZoneInfo("America/Los_Angeles")


def at(clock, day=9):
    hour, minute = map(int, clock.split(":"))
    return datetime(2017, 12, day, hour, minute, tzinfo=LOS_ANGELES)


def make_workshop(**fields):
    """An event of one day in Long Beach; slug "dl-17"."""
    days = {"starts_on": date(2017, 12, 9), "ends_on": date(2017, 12, 9)}
    return make_event(**{"slug": "dl-17", "zone": "America/Los_Angeles", **days, **fields})


def body(client, path, status=200):
    response = client.get(path)
    assert response.status_code == status
    return response.content.decode()


def address(record, *, under=""):
    """The page of a row, reached by its code alone."""
    kinds = {"S": "sessions", "T": "talks", "H": "people"}
    return f"/events/dl-17/{kinds[record.code[0]]}/{record.code}{under}"


# What an attendee looks for


def test_schedule_is_a_table_by_time_and_room(client):
    event = make_workshop()
    hall, lab = make_room(event, name="Hall", position=1), make_room(event, name="Lab", position=2)
    make_session(event, title="Morning", room=hall, start=at("8:10"), end=at("9:50"))
    make_session(event, title="Demos", room=lab, start=at("8:10"), end=at("9:00"))
    publish(event)

    page = body(client, "/events/dl-17/schedule/")

    assert page.count('<table class="timetable">') == 1
    assert page.index('scope="col">Hall') < page.index('scope="col">Lab')
    assert page.count('<th scope="row">') == 2
    assert '<td rowspan="2">' in page
    assert '<time datetime="2017-12-09T08:10:00-08:00">08:10</time>' in page


@pytest.mark.parametrize(
    ("view", "tables", "marked"), [("grid", 1, "timetable--grid"), ("list", 0, 'class="sessions"')]
)
def test_view_forces_a_form(client, view, tables, marked):
    event = make_workshop()
    make_session(event)
    publish(event)

    page = body(client, f"/events/dl-17/schedule/?view={view}")

    assert (page.count("<table"), page.count(marked)) == (tables, 1)


def test_times_are_in_the_event_s_zone_which_is_named_once(client):
    event = make_workshop()
    make_session(event, start=at("8:10"), end=at("9:50"))
    publish(event)

    page = body(client, "/events/dl-17/schedule/")

    assert page.count("All times are in America/Los_Angeles (UTC−8).") == 1


def test_another_zone_moves_times_and_days(client):
    event = make_workshop()
    make_session(event, title="Morning", start=at("8:10"), end=at("9:50"))
    publish(event)

    page = body(client, "/events/dl-17/schedule/?tz=Asia/Tokyo")

    assert "All times are in Asia/Tokyo (UTC+9)." in page
    assert '<time datetime="2017-12-10">Sunday 10 December</time>' in page
    assert '<time datetime="2017-12-10T01:10:00+09:00">01:10</time>' in page


def test_unknown_zone_is_said_and_the_event_s_is_shown(client):
    event = make_workshop()
    make_session(event, start=at("8:10"), end=at("9:50"))
    publish(event)

    page = body(client, "/events/dl-17/schedule/?tz=Mars/Olympus")

    assert "“Mars/Olympus” is no time zone that we know" in page
    assert "All times are in America/Los_Angeles" in page


def test_unknown_language_is_said(client):
    event = make_workshop()
    publish(event)

    page = body(client, "/events/dl-17/dates/?lang=tlh")

    assert "“tlh” is no language of this site" in page


def test_session_over_midnight_stands_on_the_day_it_starts_on(client):
    event = make_workshop()
    make_session(event, title="Party", start=at("22:00"), end=at("1:30", 10))
    publish(event)

    page = body(client, "/events/dl-17/schedule/?view=list")

    assert page.count('class="day"') == 1
    assert (
        '<time datetime="2017-12-10T01:30:00-08:00">01:30</time> <span class="soft">Sun</' in page
    )


def test_days_have_tabs_and_a_day_shows_its_sessions_alone(client):
    event = make_workshop(ends_on=date(2017, 12, 10))
    make_session(event, title="Saturday talks", start=at("8:00"), end=at("9:00"))
    make_session(event, title="Sunday talks", start=at("8:00", 10), end=at("9:00", 10))
    publish(event)

    page = body(client, "/events/dl-17/schedule/?day=2017-12-10")

    assert '<a href="?day=2017-12-10" aria-current="page">Sun <span>10 Dec</span></a>' in page
    assert ("Saturday talks" in page, "Sunday talks" in page) == (False, True)


def test_filters_are_a_form_with_counts_and_chips_that_take_them_away(client):
    event = make_workshop()
    training, theory = make_track(event, name="Training"), make_track(event, name="Theory")
    make_session(event, title="One", track=training)
    make_session(event, title="Two", track=theory, start=at("8:00"), end=at("9:00"))
    publish(event)

    page = body(client, f"/events/dl-17/schedule/?track={theory.code}&view=list")

    assert f'<option value="{theory.code}" selected>Theory (1)</option>' in page
    assert f'<option value="{training.code}">Training (1)</option>' in page
    assert '<a class="chip chip--on" href="?view=list">Track: Theory' in page
    assert '<option value="list" selected>List</option>' in page
    assert '<p class="found">1 session</p>' in page
    assert f'href="/events/dl-17/schedule.ics?track={theory.code}"' in page
    assert ("One" in page, "Two" in page) == (False, True)


def test_search_without_result_offers_everything(client):
    event = make_workshop()
    make_session(event)
    publish(event)

    page = body(client, "/events/dl-17/schedule/?q=zebra&tz=UTC")

    assert "Nothing in the schedule matches these filters." in page
    assert '<a class="button button--quiet" href="?tz=UTC">Show everything</a>' in page


def test_moment_marks_what_runs_and_what_is_next(client):
    event = make_workshop()
    make_session(event, title="First", start=at("8:00"), end=at("9:00"))
    make_session(event, title="Second", start=at("9:00"), end=at("10:00"))
    make_session(event, title="Third", start=at("10:00"), end=at("11:00"))
    publish(event)

    page = body(client, "/events/dl-17/schedule/?at=2017-12-09T09:30")

    assert [page.count(f" is-{state}") for state in ("past", "now", "next")] == [1, 1, 1]


def test_talk_names_times_people_room_paper_and_links(client):
    event = make_workshop()
    paper = make_paper("Attention")
    session = make_session(event, title="Morning", room=make_room(event, name="Hall"))
    talk = make_talk(
        *(event,),
        session=session,
        people=["Ada Lovelace"],
        start=at("8:10"),
        title="Gradients",
        abstract="It goes *down*.",
        paper=paper,
        minutes=25,
        kind="invited",
    )
    talk.roles.update(affiliation="Analytical Society")
    TalkLink.objects.create(talk=talk, kind="slides", url="https://example.org/s.pdf")
    session.start, session.end = at("8:00"), at("9:00")
    session.save()
    publish(event)

    page = body(client, f"/events/dl-17/talks/{talk.code}-gradients/")

    assert "Invited talk" in page
    assert '<time datetime="2017-12-09T08:10:00-08:00">Sat 9 December 2017, 08:10</time>' in page
    assert '<time datetime="2017-12-09T08:35:00-08:00">08:35</time>' in page
    assert "It goes <em>down</em>." in page
    assert '<span class="affiliation">Analytical Society</span>' in page
    assert '<span class="room">Hall</span>' in page
    assert f'<a href="/papers/{paper.code}/">Attention</a>' in page
    assert '<a href="https://example.org/s.pdf" rel="noopener">Slides</a>' in page
    assert f'href="/events/dl-17/talks/{talk.code}.ics"' in page


def test_poster_shown_twice_lists_both_sessions_with_their_boards(client):
    event = make_workshop()
    lunch = make_session(event, title="Lunch", start=at("12:00"), end=at("13:30"))
    evening = make_session(event, title="Evening", start=at("16:45"), end=at("17:30"))
    poster = make_talk(event, title="Sparse", kind="poster", session=lunch, board="7")
    make_placement(poster, evening, board="12")
    publish(event)

    page = body(client, f"/events/dl-17/talks/{poster.code}-sparse/")
    listed = body(client, "/events/dl-17/posters/")

    assert [page.count(text) for text in ("Lunch", "Evening", "board 7", "board 12")] == [1] * 4
    assert listed.count(">Sparse</a>") == 1
    assert [listed.count(text) for text in ("Lunch", "Evening", "board 12")] == [1, 1, 1]


def test_posters_stand_by_board_as_people_count(client):
    event = make_workshop()
    session = make_session(event, kind="posters")
    for board in ("10", "2", "A1"):
        make_talk(event, title=f"Board {board}", kind="poster", session=session, board=board)
    publish(event)

    page = body(client, "/events/dl-17/posters/")

    assert page.index("Board 2") < page.index("Board 10") < page.index("Board A1")


def test_session_lists_its_talks_in_order_with_chair_and_room(client):
    event = make_workshop()
    session = make_session(
        event, title="Morning", room=make_room(event, name="Hall"), start=at("8:00"), end=at("9:00")
    )
    make_talk(event, title="First talk", session=session, start=at("8:00"))
    make_talk(event, title="Second talk", session=session, start=at("8:30"))
    SessionRole.objects.create(session=session, person=make_person(event, "Grace Hopper"))
    publish(event)

    page = body(client, f"/events/dl-17/sessions/{session.code}-morning/")

    assert page.index("First talk") < page.index("Second talk")
    assert ["Grace Hopper" in page, "Hall" in page] == [True, True]
    assert '<time datetime="2017-12-09T08:30:00-08:00">08:30</time>' in page


def test_person_has_talks_sessions_and_offices(client):
    event = make_workshop()
    session = make_session(event, title="Morning")
    chaired = make_session(event, title="Panel hour", start=at("15:00"), end=at("16:00"))
    talk = make_talk(event, title="Gradients", session=session, people=["Ada Lovelace"])
    ada = talk.roles.get().person
    SessionRole.objects.create(session=chaired, person=ada)
    EventRole.objects.create(person=ada, role="organizer")
    publish(event)

    page = body(client, f"/events/dl-17/people/{ada.code}-ada-lovelace/")

    assert ["Gradients" in page, "Panel hour" in page, "Organizer" in page] == [True] * 3
    assert f'href="/events/dl-17/people/{ada.code}.ics"' in page


def test_picture_and_files_are_shown_from_the_event_s_own_files(client):
    event = make_workshop()
    talk = make_talk(event, session=make_session(event), people=["Ada Lovelace"])
    event.people.update(picture="abc/ada.png")
    TalkLink.objects.create(talk=talk, kind="slides", label="My slides", file="abc/s.pdf")
    publish(event)
    person = body(client, client.get(address(talk.roles.get().person, under="/"))["Location"])

    page = body(client, client.get(address(talk, under="/"))["Location"])

    assert 'src="/events/dl-17/files/abc/ada.png" alt=""' in person
    assert '<a href="/events/dl-17/files/abc/s.pdf" rel="noopener">My slides</a>' in page


def test_talk_of_another_track_than_its_session_s_says_so(client):
    event = make_workshop()
    theory = make_track(event, name="Theory")
    session = make_session(event, track=make_track(event, name="Training"))
    make_talk(event, session=session, track=theory)
    make_talk(event, session=session, track=session.track)
    publish(event)

    page = body(client, "/events/dl-17/schedule/?view=list")

    assert page.count(f'<span class="track track-{theory.code}">Theory</span>') == 1
    assert page.count(f'<span class="track track-{session.track.code}">Training</span>') == 1


def test_people_stand_by_the_name_they_are_sorted_by(client):
    event = make_workshop()
    session = make_session(event)
    make_talk(event, session=session, people=["Ada Lovelace", "Grace Hopper", "Édith Abel"])
    event.people.filter(name="Ada Lovelace").update(sort_name="Lovelace, Ada")
    event.people.filter(name="Grace Hopper").update(sort_name="Hopper, Grace")
    event.people.filter(name="Édith Abel").update(sort_name="Ábel, Édith")
    publish(event)

    page = body(client, "/events/dl-17/people/")

    names = ["Édith Abel", "Grace Hopper", "Ada Lovelace"]
    assert sorted(names, key=page.index) == names


def test_many_people_have_letters_to_jump_to(client):
    event = make_workshop()
    names = [f"{letter}na Person" for letter in "ABCDEFGHIJ" for _ in range(1)]
    talk = make_talk(event, session=make_session(event), people=names)
    for number in range(25):
        talk.roles.create(person=make_person(event, f"Zoe {number}"), role="author")
    publish(event)

    page = body(client, "/events/dl-17/people/")

    assert page.count('<h2 id="letter-') == 11
    assert '<a href="#letter-11">Z</a>' in page


def test_dates_are_days_or_moments_with_zone_and_the_text_as_announced(client):
    event = make_workshop()
    ImportantDate.objects.create(
        event=event,
        label="Submissions due",
        on=date(2017, 11, 3),
        time=time(16, 59),
        zone="America/Los_Angeles",
        announced="4:59pm PST",
        position=1,
    )
    ImportantDate.objects.create(
        event=event,
        label="Camera ready",
        on=date(2017, 11, 20),
        time=time(23, 59),
        zone="Etc/GMT+12",
        position=2,
    )
    ImportantDate.objects.create(event=event, label="Workshop", on=date(2017, 12, 9), position=3)
    publish(event)

    page = body(client, "/events/dl-17/dates/")

    assert '<time datetime="2017-11-03T16:59:00-07:00">Fri 3 November 2017, 16:59</time>' in page
    assert "America/Los_Angeles (UTC−7)" in page
    assert "announced as “4:59pm PST”" in page
    assert page.count("anywhere on Earth") == 1
    assert '<time datetime="2017-12-09">Sat 9 December 2017</time>' in page


def test_event_page_says_what_it_is_and_links_its_pages(client):
    event = make_workshop(
        about="All about *depth*.",
        contact="chair@example.org",
        place="Long Beach",
        links="Call https://example.org/call",
    )
    session = make_session(event, start=at("8:00"), end=at("9:00"))
    talk = make_talk(event, title="Gradients", session=session)
    award = Award.objects.create(event=event, name="Best talk", text="A laptop")
    award.talks.add(talk)
    EventRole.objects.create(person=make_person(event, "Grace Hopper"), role="organizer")
    Page.objects.create(event=event, slug="travel", title="Travel", body="By **train**.")
    publish(event)

    page = body(client, "/events/dl-17/")

    for text in (
        *("All about <em>depth</em>.", 'href="mailto:chair@example.org"', "Best talk", "A laptop"),
        *("Grace Hopper", '<a href="https://example.org/call" rel="noopener">Call</a>'),
        *('<a href="/events/dl-17/pages/travel/">Travel</a>', "Gradients", "Long Beach"),
        '<a href="/events/dl-17/schedule/?day=2017-12-09">Saturday 9 December 2017</a>',
    ):
        assert text in page
    assert "By <strong>train</strong>." in body(client, "/events/dl-17/pages/travel/")


def test_page_shows_only_while_it_is_there(client):
    event = make_workshop()
    publish(event)
    now = timezone.now()
    hour = timedelta(hours=1)
    Page.objects.create(event=event, slug="now", title="Now", appears=now - hour)
    Page.objects.create(event=event, slug="later", title="Later", appears=now + hour)
    Page.objects.create(event=event, slug="over", title="Over", disappears=now - hour)

    event_page = body(client, "/events/dl-17/")

    assert ["Now</a>" in event_page, "Later" in event_page] == [True, False]
    assert [
        client.get(f"/events/dl-17/pages/{slug}/").status_code for slug in ("now", "later", "over")
    ] == [200, 404, 404]


def test_organizers_stand_by_their_part(client):
    event = make_workshop()
    EventRole.objects.create(person=make_person(event, "Peter Programme"), role="programme")
    EventRole.objects.create(person=make_person(event, "Olga Organizer"), role="organizer")
    publish(event)

    page = body(client, "/events/dl-17/organizers/")

    assert page.index("Olga Organizer") < page.index("Programme committee") < page.index("Peter")


def test_events_stand_apart_by_whether_they_are_over(client):
    today = timezone.now().date()
    for days, name in ((-400, "Long ago"), (-30, "Lately"), (30, "Soon"), (300, "Next year")):
        day = today + timedelta(days=days)
        publish(make_event(name=name, starts_on=day, ends_on=day))

    page = body(client, "/events/")

    names = ["Soon", "Next year", "Lately", "Long ago"]
    assert sorted(names, key=page.index) == names


def test_markup_of_organizers_cannot_break_out(client):
    event = make_workshop(about="<script>x</script>", name="A <b>bold</b> name")
    session = make_session(event, title="<img src=x>")
    make_talk(event, session=session, title="T & <i>", people=["O'Neil <u>"], abstract="<svg/>")
    publish(event)

    pages = {a: text for a, text in crawl(client).items() if "<html" in text}

    assert len(pages) > 10
    for raw in ("<b>bold", "<img src=x", "<script>x", "<svg/", "<u>", "& <i>"):
        assert [a for a, text in pages.items() if raw in text] == []


# Addresses


def test_only_the_code_of_an_address_is_read_and_the_rest_is_put_right(client):
    event = make_workshop()
    session = make_session(event, title="Morning")
    talk = make_talk(event, title="Gradients", session=session, people=["Ada Lovelace"])
    person = talk.roles.get().person
    publish(event)

    for wrong, right in (
        (f"sessions/{session.code}/", f"sessions/{session.code}-morning/"),
        (f"talks/{talk.code.lower()}-old-title/?lang=en", f"talks/{talk.code}-gradients/?lang=en"),
        (f"people/{person.code}-x/", f"people/{person.code}-ada-lovelace/"),
    ):
        response = client.get(f"/events/dl-17/{wrong}")
        assert (response.status_code, response["Location"]) == (301, f"/events/dl-17/{right}")


def test_old_slug_leads_to_the_same_address_under_the_present_one(client):
    event = make_workshop(slug="old-17")
    make_session(event, start=at("8:00"), end=at("9:00"))
    publish(event)
    event.old_slugs.create(slug="old-17")
    event.slug = "dl-17"
    event.save()

    response = client.get("/events/old-17/schedule/?tz=UTC&q=a%26b")

    assert response.status_code == 301
    assert response["Location"] == "/events/dl-17/schedule/?tz=UTC&q=a%26b"
    assert 'href="/events/dl-17/schedule.ics?q=a%26b&amp;tz=UTC"' in body(
        client, response["Location"]
    )


def test_redirect_is_asked_again_since_a_slug_may_come_back(client):
    event = make_workshop()
    event.old_slugs.create(slug="old-17")
    publish(event)

    response = client.get("/events/old-17/schedule/")

    assert (response.status_code, response["Cache-Control"]) == (301, "no-cache")


def test_colours_are_kept_for_ever_under_their_digest(client):
    event = make_workshop(accent="#0a5c8f")
    publish(event)
    page = body(client, "/events/dl-17/schedule/")
    path = page[page.index("/events/dl-17/colours-") :].partition('"')[0]

    response = client.get(path)

    assert response.content.startswith(b":root { --accent: light-dark(")
    assert response["Content-Type"] == "text/css; charset=utf-8"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert client.get("/events/dl-17/colours-0123456789abcdef.css").status_code == 404


def test_event_without_colours_links_none(client):
    publish(make_workshop())

    assert "colours-" not in body(client, "/events/dl-17/")


# What no draft may pass


def test_no_draft_stands_on_any_public_page(client):
    event = make_workshop(about="Public", accent="#0a5c8f")
    session = make_session(event, title="Public session", start=at("8:00"), end=at("9:00"))
    talk = make_talk(event, session=session, title="Public talk", people=["Ada Lovelace"])
    person = talk.roles.get().person
    person.email, person.notes = "mark@example.org", "MARK of the organizers"
    person.save()
    ImportantDate.objects.create(event=event, label="Public date", on=date(2017, 11, 3))
    publish(event)
    draft(event, session, talk, person)
    hidden = make_event(slug="hidden", name="MARK hidden", is_hidden=True)
    make_session(hidden, title="MARK")
    publish(hidden)
    make_event(slug="never", name="MARK never published")

    bodies = crawl(client)

    assert [a for a, text in bodies.items() if "MARK" in text or "mark@" in text] == []
    assert len(bodies) > 15
    endings = {urlsplit(address).path.rpartition("/")[2].rpartition(".")[2] for address in bodies}
    assert endings == {"", "atom", "css", "csv", "ics", "json", "txt", "xml"}


def draft(event, session, talk, person):
    """Change everything that stands, and add what does not stand yet."""
    make_session(event, title="MARK unplaced", start=None, end=None)
    make_talk(event, title="MARK unplaced talk")
    make_talk(event, session=session, title="MARK new talk", people=["MARK new person"])
    make_room(event, name="MARK room")
    make_track(event, name="MARK track")
    ImportantDate.objects.create(event=event, label="MARK date", on=date(2017, 11, 3))
    Award.objects.create(event=event, name="MARK award")
    EventRole.objects.create(person=make_person(event, "MARK organizer"), role="organizer")
    later = timezone.now() + timedelta(hours=1)
    Page.objects.create(event=event, slug="mark", title="MARK", appears=later)
    for row, name in ((event, "about"), (session, "title"), (talk, "title"), (person, "name")):
        setattr(row, name, "MARK changed")
        row.save()


# How often the database is asked


def grow(event, count):
    room, track = make_room(event), make_track(event)
    for number in range(count):
        session = make_session(event, room=room, track=track)
        talk = make_talk(event, session=session, people=[f"Speaker {number}"], kind="poster")
        SessionRole.objects.create(session=session, person=talk.roles.get().person)
        EventRole.objects.create(person=talk.roles.get().person, role="organizer")
        ImportantDate.objects.create(event=event, label=f"Date {number}", on=event.starts_on)
        Award.objects.create(event=event, name=f"Award {number}").talks.add(talk)
        Page.objects.create(event=event, slug=f"page-{number}", title=f"Page {number}")
    publish(event)
    return session, talk, talk.roles.get().person


PAGES = ("schedule/", "people/", "posters/", "organizers/", "dates/", "schedule/?view=list&q=a")


@pytest.mark.parametrize("count", [1, 30])
def test_page_of_the_programme_takes_one_query_however_long(
    client, django_assert_num_queries, count
):
    event = make_workshop(accent="#0a5c8f")
    session, talk, person = grow(event, count)
    client.get("/events/dl-17/dates/")  # this process sees the release for the first time
    own = [client.get(address(row, under="/"))["Location"] for row in (session, talk, person)]

    for path in [*(f"/events/dl-17/{page}" for page in PAGES), *own]:
        with django_assert_num_queries(QUERIES["schedule"]):
            assert client.get(path).status_code == 200


@pytest.mark.parametrize("count", [1, 30])
def test_event_page_and_live_page_take_two_queries(client, django_assert_num_queries, count):
    event = make_workshop()
    grow(event, count)
    client.get("/events/dl-17/dates/")

    for path in ("/events/dl-17/", "/events/dl-17/pages/page-0/"):
        with django_assert_num_queries(QUERIES["event"]):
            assert client.get(path).status_code == 200


@pytest.mark.parametrize("count", [1, 30])
def test_list_of_events_takes_one_query(client, django_assert_num_queries, count):
    for _ in range(count):
        publish(make_event())

    with django_assert_num_queries(QUERIES["events"]):
        response = client.get("/events/")

    assert response.content.decode().count('<li class="event') == count


def test_first_sight_of_a_release_takes_one_more_query(client, django_assert_num_queries):
    publish(make_workshop())

    with django_assert_num_queries(2):
        client.get("/events/dl-17/schedule/")


# What stays as it was


def test_page_that_did_not_change_is_not_sent_again(client):
    event = make_workshop()
    make_session(event)
    publish(event)
    first = client.get("/events/dl-17/schedule/")

    again = client.get("/events/dl-17/schedule/", headers={"if-none-match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert (first["Cache-Control"], again["ETag"]) == ("no-cache", first["ETag"])
    assert first["Last-Modified"] == again["Last-Modified"]


def test_new_release_makes_another_page(client):
    event = make_workshop()
    session = make_session(event, title="Morning")
    publish(event)
    first = client.get("/events/dl-17/schedule/")
    session.title = "Noon"
    session.save()
    publish(event)

    again = client.get("/events/dl-17/schedule/", headers={"if-none-match": first["ETag"]})

    assert (again.status_code, b"Noon" in again.content) == (200, True)


def test_live_page_is_another_once_its_text_is(client):
    event = make_workshop()
    publish(event)
    text = Page.objects.create(event=event, slug="travel", title="Travel")
    first = client.get("/events/dl-17/")
    same = client.get("/events/dl-17/", headers={"if-none-match": first["ETag"]})
    text.title = "How to come"
    text.save()

    other = client.get("/events/dl-17/", headers={"if-none-match": first["ETag"]})

    assert [same.status_code, other.status_code] == [304, 200]


def test_public_pages_set_no_cookie_and_vary_by_none(client):
    event = make_workshop()
    grow(event, 1)

    agenda = "/events/dl-17/agenda/"  # what is one reader's own

    paths = set(crawl(client))

    assert agenda in paths
    for path in paths - {agenda}:
        response = client.get(path, follow=True)
        assert response.cookies == {}, path
        assert "Cookie" not in response.get("Vary", ""), path
        assert b"csrf" not in b"".join(response), path


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_pages_are_read_only(client, method):
    publish(make_workshop())

    assert getattr(client, method)("/events/dl-17/schedule/").status_code == 405


def test_head_has_no_body(client):
    publish(make_workshop())

    response = client.head("/events/dl-17/schedule/")

    assert (response.status_code, response.content) == (200, b"")


def test_last_modified_is_the_start_of_the_phase_when_that_is_later(client):
    today = timezone.now().astimezone(ZoneInfo("Etc/GMT-3")).date()
    event = make_event(slug="dl-17", zone="Etc/GMT-3", starts_on=today, ends_on=today)
    publish(event)
    event.releases.update(published=datetime(2017, 1, 1, tzinfo=UTC))
    midnight = datetime.combine(today, time(), ZoneInfo("Etc/GMT-3")).astimezone(UTC)

    response = client.get("/events/dl-17/schedule/")

    assert response["Last-Modified"] == f"{midnight:%a, %d %b %Y %H:%M:%S} GMT"
