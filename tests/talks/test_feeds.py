from dataclasses import replace
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest

from talks.feeds import Feeds, ways, with_values
from talks.filters import read
from talks.labels import KINDS
from tests.talks.records import (
    at,
    make_date,
    make_event,
    make_placement,
    make_programme,
    make_role,
    make_room,
    make_session,
    make_talk,
    make_track,
)


def make_feeds(programme, alarm=None, **asked):
    values = {name: [value] for name, value in asked.items()}
    return Feeds(programme, read(values, programme, KINDS), alarm)


def pairs(feeds):
    return [(feed.name, feed.query, feed.path) for feed in feeds]


def programme():
    """Two days; a speaker, a chair, and somebody who only organizes."""
    ada, zak, org = (
        make_role("Ada Lovelace"),
        make_role("Zak Stone", "chair"),
        make_role("Org Only"),
    )
    session = make_session(
        room=make_room("Hall A"),
        track=make_track("Training"),
        chairs=(zak,),
        placements=(make_placement(make_talk(roles=(ada,)), at("8:10")),),
    )
    second = replace(
        make_session("Later", code="S2222222B"), start=at("8:10", 10), end=at("9:00", 10)
    )
    return make_programme(
        session,
        second,
        event=make_event(ends_on=date(2017, 12, 10)),
        rooms=(make_room("Hall A"),),
        tracks=(make_track("Training"),),
        talks=(session.placements[0].talk,),
        people=tuple(role.person for role in (org, zak, ada)),
        dates=(make_date(),),
    )


def test_every_day_track_and_room_is_a_feed():
    feeds = make_feeds(programme())

    assert [(feed.on, feed.path) for feed in feeds.days()] == [
        (date(2017, 12, 9), "/events/dlsc-17/schedule.ics?day=2017-12-09"),
        (date(2017, 12, 10), "/events/dlsc-17/schedule.ics?day=2017-12-10"),
    ]
    assert pairs(feeds.tracks()) == [
        ("Training", "?track=K2222222A", "/events/dlsc-17/schedule.ics?track=K2222222A")
    ]
    assert pairs(feeds.rooms()) == [
        ("Hall A", "?room=R2222222A", "/events/dlsc-17/schedule.ics?room=R2222222A")
    ]
    assert pairs([feeds.whole()]) == [("", "", "/events/dlsc-17/schedule.ics")]


def test_people_on_stage_and_chairs_have_their_own_feeds():
    assert pairs(make_feeds(programme()).people()) == [
        ("Ada Lovelace", "?person=PADALOVEL", "/events/dlsc-17/people/PADALOVEL.ics"),
        ("Zak Stone", "?person=PZAKSTONE", "/events/dlsc-17/people/PZAKSTONE.ics"),
    ]


def test_only_day_of_an_event_is_no_feed_of_its_own():
    assert make_feeds(make_programme(make_session())).days() == []


def test_posters_and_dates_are_feeds_where_there_are_any():
    poster = make_talk(kind="poster")
    there = make_feeds(make_programme(talks=(poster,), dates=(make_date(),)))
    none = make_feeds(make_programme())

    assert pairs(there.posters()) == [
        ("", "?kind=poster", "/events/dlsc-17/schedule.ics?kind=poster")
    ]
    assert pairs(there.dates()) == [("", "?feed=dates", "/events/dlsc-17/dates.ics")]
    assert (none.posters(), none.dates()) == ([], [])


def test_links_to_other_feeds_take_zone_language_and_reminder_along():
    feeds = make_feeds(programme(), alarm=10, tz="Asia/Tokyo", lang="en", q="gap")

    assert pairs(feeds.rooms()) == [
        (
            "Hall A",
            "?room=R2222222A&tz=Asia%2FTokyo&lang=en&alarm=10",
            "/events/dlsc-17/schedule.ics?room=R2222222A&tz=Asia%2FTokyo&alarm=10",
        )
    ]
    assert feeds.dates()[0].query == "?tz=Asia%2FTokyo&lang=en&feed=dates&alarm=10"


@pytest.mark.parametrize(
    ("asked", "path"),
    [
        ({}, "schedule.ics"),
        ({"q": "a&b", "view": "list"}, "schedule.ics?q=a%26b"),
        ({"person": "PADALOVEL"}, "people/PADALOVEL.ics"),
        ({"person": "PADALOVEL", "kind": "break"}, "schedule.ics?kind=break&person=PADALOVEL"),
    ],
)
def test_chosen_feed_answers_the_question(asked, path):
    feeds = make_feeds(programme(), **asked)

    assert feeds.chosen_path(is_dates=False) == f"/events/dlsc-17/{path}"
    assert feeds.chosen_path(is_dates=True) == "/events/dlsc-17/dates.ics"


def test_each_program_gets_the_address_in_the_form_that_works():
    address = "https://example.org/events/dl-17/schedule.ics?track=K2&alarm=10"

    found = ways(address, "DL – A & B")

    google, outlook = urlsplit(found.google), urlsplit(found.outlook)
    assert found.webcal == "webcal://example.org/events/dl-17/schedule.ics?track=K2&alarm=10"
    assert parse_qs(google.query) == {"cid": [found.webcal]}
    assert parse_qs(outlook.query) == {"url": [address], "name": ["DL – A & B"]}
    assert found.office == found.outlook.replace("outlook.live.com", "outlook.office.com")


@pytest.mark.parametrize(
    ("address", "values", "made"),
    [
        ("?", {}, ""),
        ("?", {"alarm": 0}, "?alarm=0"),
        ("/a?b=c", {"alarm": None, "feed": ""}, "/a?b=c"),
        ("/a?b=c", {"feed": "dates", "alarm": 5}, "/a?b=c&feed=dates&alarm=5"),
    ],
)
def test_values_are_added_to_a_query(address, values, made):
    assert with_values(address, **values) == made
