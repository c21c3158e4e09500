"""The agenda as browsers and calendars meet it: cookie, page, stars, links, feed."""

from datetime import timedelta

import pytest
from django.utils import timezone
from icalendar import Calendar

from eventsite.keys import hash_of, new_key
from talks import agendas, previews, views_agenda
from talks.fitting import Limits
from talks.models import Agenda, Star
from talks.publishing import publish
from tests.factories import make_event, make_placement, make_session, make_talk, make_user
from tests.query_counts import QUERIES
from tests.talks.test_views import at, make_workshop

pytestmark = pytest.mark.django_db

OURS = {"Sec-Fetch-Site": "same-origin"}
PATH = "/events/dl-17/agenda/"


def make_programme(**fields):
    """A timed morning of two talks, and posters; returns the event, a talk, a poster."""
    event = make_workshop(**fields)
    morning = make_session(event, title="Morning", start=at("8:00"), end=at("9:00"))
    first = make_talk(
        event, title="First", session=morning, start=at("8:00"), people=["Ada Lovelace"]
    )
    make_talk(event, title="Second", session=morning, start=at("8:30"))
    posters = make_session(
        event, title="Board time", kind="posters", start=at("8:10"), end=at("10:00")
    )
    sparse = make_talk(event, title="Sparse", session=posters, kind="poster", board="7")
    make_talk(event, title="Dense", session=posters, kind="poster", board="8")
    publish(event)
    return event, first, sparse


def send(client, path=PATH, *, headers=OURS, **values):
    return client.post(path, values, headers=headers)


def star(client, *records, path=PATH):
    for record in records:
        response = send(client, path, action="star", code=record.code)
        assert response.status_code == 303


def key_of(client):
    return client.cookies["agenda"].value


def feed(client, key, query="", path=PATH):
    response = client.get(f"{path}{key}.ics{query}")
    assert response.status_code == 200
    return Calendar.from_ical(response.content).walk("VEVENT")


def page(client, path=PATH):
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


# Starring


def test_first_star_makes_an_agenda_and_its_cookie(client):
    _event, first, _poster = make_programme()

    response = send(client, action="star", code=first.code)

    cookie = response.cookies["agenda"]
    assert (response.status_code, response["Location"]) == (303, f"{PATH}#{first.code}")
    assert (cookie["path"], cookie["samesite"], cookie["httponly"]) == (PATH, "Lax", True)
    assert cookie["max-age"] == 400 * 24 * 3600
    assert Agenda.objects.get().key_hash == hash_of(cookie.value)


@pytest.mark.parametrize("is_https", [True, False])
def test_cookie_travels_by_https_alone_where_the_site_does(client, settings, is_https):
    settings.IS_HTTPS = is_https
    _event, first, _poster = make_programme()

    response = send(client, action="star", code=first.code)

    assert bool(response.cookies["agenda"]["secure"]) == is_https


def test_star_is_taken_away_and_comes_again(client):
    _event, first, _poster = make_programme()
    star(client, first)

    send(client, action="unstar", code=first.code)
    without = client.get(f"{PATH}?starred").json()
    star(client, first)

    assert (without, client.get(f"{PATH}?starred").json()) == ([], [first.code])


def test_script_is_told_what_is_starred(client):
    _event, first, sparse = make_programme()
    star(client, first)

    response = send(
        client, headers={**OURS, "Accept": "application/json"}, action="star", code=sparse.code
    )

    assert (response.status_code, response.json()) == (200, [first.code, sparse.code])


def test_form_leads_back_where_it_says(client):
    _event, first, _poster = make_programme()

    response = send(client, action="star", code=first.code, next="/events/dl-17/schedule/?q=a")

    assert response["Location"] == f"/events/dl-17/schedule/?q=a#{first.code}"


@pytest.mark.parametrize("code", ["T9999999Z", "S9999999Z"])
def test_unknown_code_is_not_found_and_makes_no_agenda(client, code):
    make_programme()

    assert send(client, action="star", code=code).status_code == 404
    assert Agenda.objects.count() == 0


def test_what_is_not_in_the_release_cannot_be_starred(client):
    event, _first, _poster = make_programme()
    draft = make_talk(event, session=make_session(event, start=at("11:00")))

    before = send(client, action="star", code=draft.code).status_code
    publish(event)

    assert (before, send(client, action="star", code=draft.code).status_code) == (404, 303)


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"action": "steal"},
        {"action": "star", "code": "nonsense"},
        {"action": "add", "codes": "1"},
    ],
)
def test_form_that_cannot_be_read_is_refused_in_words(client, values):
    make_programme()

    response = send(client, **values)

    assert response.status_code == 400
    assert b"It asks for something that cannot be read." in response.content


# The page


def test_page_lists_stars_by_time_and_names_clashes_in_words(client):
    _event, first, sparse = make_programme()
    star(client, sparse, first)

    body = page(client)

    assert body.index("First") < body.index("Sparse")
    assert body.count('mark--clash">clash') == 2
    assert "Second" not in body
    assert "Dense" not in body


def test_page_without_an_agenda_says_what_to_do(client):
    make_programme()

    response = client.get(PATH)

    assert b"Nothing is starred in this browser yet." in response.content
    assert (response.cookies, Agenda.objects.count()) == ({}, 0)


def test_page_is_for_one_browser_and_no_search_engine(client):
    _event, first, _poster = make_programme()
    star(client, first)

    response = client.get(PATH)

    assert response["Cache-Control"] == "private, no-cache"
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Referrer-Policy"] == "same-origin"
    assert "Cookie" in response["Vary"]
    assert response.cookies["agenda"].value == key_of(client)


def test_cancelled_talk_stays_and_is_said_to_be(client):
    event, first, _poster = make_programme()
    star(client, first)
    first.status = "cancelled"
    first.save()
    publish(event)

    assert "cancelled</span>" in page(client)
    [entry] = feed(client, key_of(client))
    assert str(entry["STATUS"]) == "CANCELLED"


def test_withdrawn_talk_is_named_without_title_or_people(client):
    event, first, sparse = make_programme()
    star(client, first, sparse)
    first.delete()
    publish(event)

    body = page(client)

    assert "A talk that you starred" in body
    assert "withdrawn" in body
    assert ("First" in body, "Lovelace" in body) == (False, False)


@pytest.mark.parametrize("count", [1, 20])
def test_page_takes_four_queries_however_much_is_starred(client, django_assert_num_queries, count):
    event = make_workshop()
    session = make_session(event, start=at("8:00"), end=at("9:00"))
    talks = [make_talk(event, session=session) for _ in range(count)]
    publish(event)
    star(client, *talks)

    with django_assert_num_queries(QUERIES["agenda"]):
        assert page(client).count('class="talk"') == count


# What can be done with it


def test_new_address_stops_the_old_one(client):
    _event, first, _poster = make_programme()
    star(client, first)
    old = key_of(client)

    response = send(client, action="rotate")

    assert response.status_code == 303
    assert key_of(client) != old
    assert client.get(f"{PATH}{old}.ics").status_code == 404
    assert len(feed(client, key_of(client))) == 1


def test_emptied_agenda_keeps_its_address(client):
    _event, first, _poster = make_programme()
    star(client, first)

    send(client, action="empty")

    assert feed(client, key_of(client)) == []
    assert Agenda.objects.count() == 1


def test_deleted_agenda_leaves_nothing(client):
    _event, first, _poster = make_programme()
    star(client, first)
    key = key_of(client)

    response = send(client, action="delete")

    assert response.cookies["agenda"]["max-age"] == 0
    assert client.get(f"{PATH}{key}.ics").status_code == 404
    assert (Agenda.objects.count(), Star.objects.count()) == (0, 0)


def test_shared_link_lets_another_browser_add_all(client):
    _event, first, sparse = make_programme()
    codes = f"{first.code},{sparse.code}"
    shown = page(client, f"{PATH}?codes={codes}")
    nothing = client.get(f"{PATH}?starred").json()

    response = send(client, action="add", codes=f"{codes},T9999999Z")

    assert "Add all to my agenda" in shown
    assert "Sparse" in shown
    assert (nothing, response.status_code) == ([], 303)
    assert client.get(f"{PATH}?starred").json() == [first.code, sparse.code]


def test_link_to_share_holds_codes_and_no_key(client):
    _event, first, sparse = make_programme()
    star(client, first, sparse)

    body = page(client)

    link = f"?codes={first.code},{sparse.code}</pre>"
    assert body.count(link) == 1
    assert key_of(client) not in page(client, f"{PATH}?codes={first.code}")


@pytest.mark.parametrize("codes", ["nonsense", "T2222222A;S2222222A", "T2222222A,,"])
def test_link_that_cannot_be_read_is_refused(client, codes):
    make_programme()

    assert client.get(PATH, {"codes": codes}).status_code == 400


# The feed


def test_feed_follows_the_stars_at_once(client):
    _event, first, sparse = make_programme()
    star(client, first)
    key = key_of(client)
    one = [str(entry["SUMMARY"]) for entry in feed(client, key)]

    star(client, sparse)

    two = [str(entry["SUMMARY"]) for entry in feed(client, key)]
    assert (one, two) == (["First"], ["First", "Board time"])


def test_feed_holds_all_talks_of_a_starred_session_and_blocks_the_time(client):
    event, _first, _poster = make_programme()
    star(client, event.sessions.get(title="Morning"))

    found = feed(client, key_of(client))

    assert [str(entry["SUMMARY"]) for entry in found] == ["First", "Second"]
    assert {str(entry["TRANSP"]) for entry in found} == {"OPAQUE"}


def test_starred_poster_stands_in_the_entry_of_its_session(client):
    _event, _first, sparse = make_programme()
    star(client, sparse)

    [entry] = feed(client, key_of(client))

    assert "Sparse" in entry["DESCRIPTION"]
    assert "Dense" not in entry["DESCRIPTION"]


def test_entry_is_stamped_with_the_later_of_release_and_star(client):
    _event, first, _poster = make_programme()
    star(client, first)
    added = Star.objects.get().added

    [entry] = feed(client, key_of(client))
    [public] = [
        e
        for e in Calendar.from_ical(client.get("/events/dl-17/schedule.ics").content).walk("VEVENT")
        if e["UID"] == entry["UID"]
    ]

    assert entry["DTSTAMP"].dt == added
    assert entry["LAST-MODIFIED"].dt == added
    assert public["LAST-MODIFIED"].dt <= added
    assert int(entry["SEQUENCE"]) == int(public["SEQUENCE"])


def test_session_partly_taken_moves_with_the_agenda(client):
    event, _first, sparse = make_programme()
    dense = event.talks.get(title="Dense")
    star(client, sparse)
    [before] = feed(client, key_of(client))

    star(client, dense)

    [after] = feed(client, key_of(client))
    assert after["UID"] == before["UID"]
    assert after["LAST-MODIFIED"].dt - before["LAST-MODIFIED"].dt >= timedelta(seconds=1)


def make_coming():
    """A session that stands today, with one talk without a time of its own; not published."""
    start = timezone.now().replace(microsecond=0)
    event = make_event(slug="dl-17", starts_on=start.date(), ends_on=start.date(), zone="UTC")
    session = make_session(event, title="Morning", start=start, end=start + timedelta(minutes=9))
    return event, session, make_talk(event, title="First", session=session, people=["Ada Lovelace"])


def states(client, path):
    found = Calendar.from_ical(client.get(path).content).walk("VEVENT")
    return sorted((str(entry["UID"])[0], str(entry["STATUS"])) for entry in found)


def test_change_of_form_leaves_a_tombstone_in_every_feed_that_had_the_entry(client):
    event, session, talk = make_coming()
    person = event.people.get()
    publish(event)
    keys = [agendas.star("", "dl-17", [record.code]) for record in (session, talk)]
    paths = [f"{PATH}{key}.ics" for key in keys] + [
        f"/events/dl-17/{name}.ics"
        for name in (
            *("schedule", f"sessions/{session.code}", f"talks/{talk.code}"),
            f"people/{person.code}",
        )
    ]
    before = [states(client, path) for path in paths]
    session.placements.update(start=session.start)
    publish(event)

    after = [states(client, path) for path in paths]

    assert before == [[("S", "CONFIRMED")]] * 6
    assert after == [[("C", "CONFIRMED"), ("S", "CANCELLED")]] * 6
    told = {str(e["STATUS"]): b"Lovelace" in e.to_ical() for e in feed(client, keys[1])}
    assert told == {"CONFIRMED": True, "CANCELLED": False}


def test_place_that_a_starred_talk_lost_is_a_tombstone(client):
    event, session, talk = make_coming()
    session.placements.update(start=session.start)
    other = make_session(event, start=session.start, end=session.end)
    lost = make_placement(talk, other, start=other.start)
    publish(event)
    paths = [
        f"{PATH}{agendas.star('', 'dl-17', [talk.code])}.ics",
        f"/events/dl-17/people/{event.people.get().code}.ics",
    ]
    before = [states(client, path) for path in paths]
    lost.delete()
    publish(event)

    after = [states(client, path) for path in paths]

    assert before == [[("C", "CONFIRMED")] * 2] * 2
    assert after == [[("C", "CANCELLED"), ("C", "CONFIRMED")]] * 2


def test_what_was_withdrawn_before_it_was_starred_is_not_told(client):
    event, session, talk = make_coming()
    publish(event)
    session.placements.update(start=session.start)
    publish(event)
    key = agendas.star("", "dl-17", [talk.code])
    at_once = states(client, f"{PATH}{key}.ics")
    agenda = Agenda.objects.get()
    agenda.stars.update(added=timezone.now() + timedelta(hours=2))
    agenda.changed += timedelta(seconds=1)
    agenda.save()

    later = states(client, f"{PATH}{key}.ics")

    assert at_once == [("C", "CONFIRMED"), ("S", "CANCELLED")]
    assert later == [("C", "CONFIRMED")]


def test_publishing_moves_what_was_starred_however_fast_that_was(client):
    event, session, talk = make_coming()
    publish(event)
    key = ""
    for _ in range(30):
        key = agendas.star(key, "dl-17", [talk.code])
        agendas.unstar(key, "dl-17", [talk.code])
    key = agendas.star(key, "dl-17", [session.code])
    (before,) = feed(client, key)
    session.title = "Reworded"
    session.save()
    publish(event)

    (after,) = feed(client, key)

    assert before["LAST-MODIFIED"].dt > timezone.now() + timedelta(seconds=30)
    assert (str(before["SUMMARY"]), str(after["SUMMARY"])) == ("Morning", "Reworded")
    assert after["LAST-MODIFIED"].dt == before["LAST-MODIFIED"].dt + timedelta(seconds=1)


def test_feed_that_would_be_too_large_has_shorter_abstracts(client, monkeypatch):
    event = make_workshop()
    session = make_session(event, start=at("8:00"), end=at("9:00"))
    text = "word " * 110
    for _ in range(20):
        make_talk(event, session=session, start=at("8:00"), abstract=text)
    publish(event)
    star(client, session)
    whole = client.get(f"{PATH}{key_of(client)}.ics").content
    monkeypatch.setattr(views_agenda, "LIMITS", Limits(octets=len(whole) - 1))

    found = client.get(f"{PATH}{key_of(client)}.ics").content
    public = client.get("/events/dl-17/schedule.ics").content

    assert whole.count(b"BEGIN:VEVENT") == found.count(b"BEGIN:VEVENT") == 20
    assert len(whole) - 20 * 300 < len(found) < len(whole) - 20 * 200
    assert len(public) > len(found)


@pytest.mark.parametrize(("days", "states"), [(0, ["CANCELLED"]), (3, [])])
def test_withdrawn_talk_is_a_tombstone_until_the_day_after(client, days, states):
    start = (timezone.now() - timedelta(days=days)).replace(microsecond=0)
    day = start.date()
    event = make_event(slug="dl-17", starts_on=day, ends_on=day, zone="UTC")
    session = make_session(event, start=start, end=start + timedelta(minutes=1))
    first = make_talk(event, title="First", session=session, start=start, people=["Ada Lovelace"])
    publish(event)
    star(client, first)
    standing = feed(client, key_of(client))
    first.delete()
    publish(event)

    found = feed(client, key_of(client))

    assert [str(entry["STATUS"]) for entry in standing] == ["CONFIRMED"]
    assert [str(entry["STATUS"]) for entry in found] == states
    assert [entry for entry in found if b"Lovelace" in entry.to_ical()] == []


def test_feed_reminds_when_asked(client):
    start = at("8:00")
    event = make_event(slug="dl-17", starts_on=start.date().replace(year=2037))
    talk = make_talk(event, session=make_session(event))
    publish(event)
    star(client, talk)

    [entry] = feed(client, key_of(client), "?alarm=10")

    assert [str(alarm["TRIGGER"].dt) for alarm in entry.walk("VALARM")] == ["-1 day, 23:50:00"]


@pytest.mark.parametrize(
    ("query", "status"), [("?alarm=soon", 400), ("?lang=tlh", 404), ("?lang=en", 200)]
)
def test_feed_is_refused_what_other_feeds_are(client, query, status):
    _event, first, _poster = make_programme()
    star(client, first)

    assert client.get(f"{PATH}{key_of(client)}.ics{query}").status_code == status


@pytest.mark.parametrize("count", [1, 20])
def test_feed_takes_two_queries_and_one_when_nothing_changed(
    client, django_assert_num_queries, count
):
    event = make_workshop()
    session = make_session(event, start=at("8:00"), end=at("9:00"))
    talks = [make_talk(event, session=session, start=at("8:00")) for _ in range(count)]
    publish(event)
    star(client, *talks)
    address = f"{PATH}{key_of(client)}.ics"

    with django_assert_num_queries(2):
        whole = client.get(address)
    with django_assert_num_queries(1):
        empty = client.get(address, headers={"If-None-Match": f"W/{whole['ETag']}"})

    assert whole.content.count(b"BEGIN:VEVENT") == count
    assert (empty.status_code, empty.content) == (304, b"")
    assert empty["Cache-Control"] == "private, no-cache"


def test_feed_changes_its_etag_with_the_stars_and_with_the_release(client):
    event, first, sparse = make_programme()
    star(client, first)
    address = f"{PATH}{key_of(client)}.ics"
    tags = [client.get(address)["ETag"]]

    star(client, sparse)
    tags.append(client.get(address)["ETag"])
    first.title = "Renamed"
    first.save()
    publish(event)
    tags.append(client.get(address)["ETag"])

    assert len(set(tags)) == 3


# Events held at another


def make_family(**fields):
    """A conference and a workshop held at it, a talk in each."""
    conference = make_workshop(slug="conf", **fields)
    main = make_talk(conference, title="Main", session=make_session(conference))
    publish(conference)
    workshop, first, _poster = make_programme(parent=conference)
    return conference, main, workshop, first


def test_stars_of_a_workshop_are_kept_where_it_is_held(client):
    make_family()
    path = "/events/conf/agenda/"

    posted = send(client, action="star", code="T2222222A")
    asked = client.get(f"{PATH}?starred")

    assert (posted.status_code, posted["Location"]) == (307, path)
    assert (asked.status_code, asked["Location"]) == (302, f"{path}?starred")
    assert posted.cookies == {}


def test_agenda_and_feed_of_a_conference_hold_its_workshops(client):
    _conference, main, _workshop, first = make_family()
    path = "/events/conf/agenda/"
    star(client, main, first, path=path)

    body = page(client, path)
    found = [str(e["SUMMARY"]) for e in feed(client, key_of(client), path=path)]

    assert ("Main" in body, "First" in body) == (True, True)
    assert found == ["First", main.placements.get().session.title]


@pytest.mark.parametrize("count", [1, 5])
def test_feed_of_a_conference_takes_two_queries_however_many_are_held_at_it(
    client, django_assert_num_queries, count
):
    conference, main, *_rest = make_family()
    talks = [main]
    for _ in range(count):
        workshop = make_event(parent=conference)
        talks.append(make_talk(workshop, session=make_session(workshop)))
        publish(workshop)
    path = "/events/conf/agenda/"
    star(client, *talks, path=path)

    with django_assert_num_queries(2):
        assert len(feed(client, key_of(client), path=path)) == count + 1


@pytest.mark.parametrize("state", ["hidden", "unpublished"])
def test_workshop_of_a_conference_that_is_not_public_keeps_its_own(client, state):
    conference = make_workshop(slug="conf", is_hidden=state == "hidden")
    make_talk(conference, session=make_session(conference))
    if state == "hidden":
        publish(conference)
    _workshop, first, _poster = make_programme(parent=conference)

    star(client, first)

    assert client.get(f"{PATH}?starred").json() == [first.code]


def take_over(client, first):
    """Show the conference after its workshop had an agenda; returns the workshop's key."""
    star(client, first)
    key = key_of(client)
    event = first.event.parent
    event.is_hidden = False
    event.save()
    return key


def test_older_agenda_of_a_workshop_moves_with_its_feed(client):
    _conference, _main, _workshop, first = make_family(is_hidden=True)
    key = take_over(client, first)
    before = len(feed(client, key))

    response = client.get(PATH, follow=True)

    assert response.redirect_chain == [("/events/conf/agenda/", 302)]
    assert b"First" in response.content
    assert Agenda.objects.get().event.slug == "conf"
    assert client.cookies["agenda"].value == key
    assert (before, len(feed(client, key))) == (1, 1)
    assert len(feed(client, key, path="/events/conf/agenda/")) == 1


def test_older_agenda_of_a_workshop_joins_the_one_of_the_conference(client):
    _conference, main, _workshop, first = make_family(is_hidden=True)
    key = take_over(client, first)
    client.cookies.clear()
    path = "/events/conf/agenda/"
    star(client, main, path=path)
    mine = key_of(client)
    client.cookies["agenda"] = key
    led = client.get(PATH)
    client.cookies["agenda"] = mine

    found = client.get(f"{led['Location']}?starred")

    assert found.json() == [main.code, first.code]
    assert client.cookies["agenda"].value == mine
    assert (found.cookies["agenda_carried"]["max-age"], len(feed(client, key))) == (0, 1)


def test_agenda_follows_a_new_slug(client):
    event, first, _poster = make_programme()
    star(client, first)
    key = key_of(client)
    event.old_slugs.create(slug="dl-17")
    event.slug = "deep-17"
    event.save()

    led = client.get(f"{PATH}?starred")
    found = client.get(led["Location"])

    assert led["Location"] == "/events/deep-17/agenda/?starred"
    assert {c["path"] for c in led.cookies.values()} == {PATH, "/events/deep-17/agenda/"}
    assert found.json() == [first.code]
    assert found.cookies["agenda"].value == key
    assert len(feed(client, key)) == 1


# On the public pages


def test_pages_offer_a_star_and_are_the_same_for_everybody(client):
    _event, first, _poster = make_programme()
    paths = [
        "/events/dl-17/schedule/",
        "/events/dl-17/posters/",
        f"/events/dl-17/talks/{first.code}-first/",
    ]
    before = [page(client, path) for path in paths]

    star(client, first)
    client.cookies["agenda"]["path"] = "/"
    after = [client.get(path) for path in paths]

    assert [body.count('class="star"') for body in before] == [6, 2, 1]
    assert [answer.content.decode() for answer in after] == before
    assert [answer.cookies for answer in after] == [{}, {}, {}]


def test_key_that_was_made_up_is_not_taken(client):
    _event, first, _poster = make_programme()
    client.cookies["agenda"] = made_up = new_key()

    response = send(client, action="star", code=first.code)
    again = client.post(response["Location"], {"action": "star", "code": first.code}, headers=OURS)

    assert (response.status_code, response["Location"]) == (307, f"{PATH}?again")
    assert (response.cookies, again.status_code) == ({}, 303)
    assert key_of(client) != made_up
    assert client.get(f"{PATH}?starred").json() == [first.code]


@pytest.mark.parametrize("action", ["unstar", "empty", "rotate", "delete"])
def test_key_that_opens_nothing_stays_what_it_is(client, action):
    _event, first, _poster = make_programme()
    client.cookies["agenda"] = new_key()

    posted = send(client, action=action, code=first.code)
    shown, asked = client.get(PATH), client.get(f"{PATH}?starred")

    assert [one.cookies for one in (posted, shown, asked)] == [{}, {}, {}]
    assert (posted.status_code, asked.json(), Agenda.objects.count()) == (303, [], 0)


def test_star_sent_with_an_address_just_replaced_does_not_replace_the_new_one(client):
    _event, first, sparse = make_programme()
    star(client, first)
    old = key_of(client)
    send(client, action="rotate")
    new = key_of(client)
    client.cookies["agenda"] = old  # as another page sent it, before it heard of the new one

    late = send(client, action="star", code=sparse.code)
    client.cookies["agenda"] = new
    client.post(late["Location"], {"action": "star", "code": sparse.code}, headers=OURS)

    assert (late.status_code, late.cookies) == (307, {})
    assert (key_of(client), Agenda.objects.count()) == (new, 1)
    assert client.get(f"{PATH}?starred").json() == [first.code, sparse.code]


@pytest.mark.parametrize("name", ["agenda", "agenda_carried"])
@pytest.mark.parametrize("value", ["\u0161" * 43, "x" * 42, "x" * 44, "x" * 42 + "!"])
def test_cookie_that_is_no_key_is_as_none(client, name, value):
    _event, first, _poster = make_programme()
    cookie = {"Cookie": f"{name}={value}".encode().decode("latin-1")}  # as servers hand it on

    shown = client.get(PATH, headers=cookie)
    response = send(client, headers=OURS | cookie, action="star", code=first.code)

    assert (shown.status_code, response.status_code) == (200, 303)
    assert value not in str(shown.cookies) + str(response.cookies)
    assert len(key_of(client)) == 43


def test_unknown_key_is_not_carried_elsewhere(client):
    make_family()
    client.cookies["agenda"] = new_key()

    led = client.get(PATH)

    assert (led["Location"], led.cookies) == ("/events/conf/agenda/", {})


def test_break_has_no_star(client):
    event = make_workshop()
    make_session(event, title="Lunch", kind="break")
    make_placement(make_talk(event), make_session(event, start=at("8:00")))
    publish(event)

    body = page(client, "/events/dl-17/schedule/")
    assert ("Lunch" in body, body.count("Star<"), "> Lunch</span>" in body) == (True, 2, False)


def test_draft_has_no_stars(client):
    event, _first, _poster = make_programme()
    key = previews.make(event, make_user(), "Ada")

    body = page(client, f"/preview/{key}/events/dl-17/schedule/")

    assert ("Sparse" in body, 'class="star"' in body, "star.js" in body) == (True, False, False)
