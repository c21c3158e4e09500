from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

import pytest

from talks.formats import voc
from talks.records import TalkLink
from tests.talks.formats.demo import demo_day
from tests.talks.formats.extracts import make_extract
from tests.talks.records import (
    at,
    make_event,
    make_placement,
    make_programme,
    make_room,
    make_session,
    make_talk,
    release,
)


def only_event(extract):
    ((day),) = voc.days(extract)
    ((room),) = day.rooms
    ((event),) = room.events
    return event


def test_days_hold_rooms_by_position_and_what_has_no_room_stands_under_the_place():
    hall, annex = make_room("Hall"), replace(make_room("Annex", "R2222222B"), position=2)
    sessions = (
        make_session("Walk", code="S2222222A"),
        make_session("Demos", code="S2222222B", room=annex),
        make_session("Talks", code="S2222222C", room=hall),
    )

    (day,) = voc.days(make_extract(release(make_programme(*sessions))))

    assert [room.name for room in day.rooms] == ["Hall", "Annex", "Long Beach"]
    assert [room.guid is None for room in day.rooms] == [False, False, True]


def test_day_keeps_its_number_when_only_it_is_asked_for():
    event = make_event(starts_on=date(2017, 12, 8), ends_on=date(2017, 12, 10))
    programme = release(make_programme(make_session(), event=event))

    (day,) = voc.days(make_extract(programme))

    assert (day.index, day.on) == (2, date(2017, 12, 9))
    assert (day.start, day.end) == (at("0:00"), at("0:00", day=10))


def test_there_is_a_day_when_nothing_is_found():
    (day,) = voc.days(make_extract(demo_day(), entries=[]))

    assert (day.index, day.on, day.rooms) == (1, date(2017, 12, 9), ())


def test_times_and_days_are_those_of_the_zone_asked_for():
    programme = release(make_programme(make_session()))

    (day,) = voc.days(make_extract(programme, zone=ZoneInfo("Asia/Tokyo")))

    assert (day.index, day.on) == (2, date(2017, 12, 10))
    assert day.rooms[0].events[0].start.isoformat() == "2017-12-10T01:10:00+09:00"


@pytest.mark.parametrize(
    ("slug", "acronym"), [("dlsc-17", "dlsc_17"), ("AI", "event_ai"), ("-woe--26-", "woe_26")]
)
def test_acronym_is_the_slug_in_the_letters_of_the_schemas(slug, acronym):
    assert voc.acronym(make_event(slug=slug)) == acronym


def test_step_divides_every_start_and_length():
    sessions = (
        make_session(start="8:10", end="8:40", code="S2222222A"),
        make_session(start="9:00", end="9:45", code="S2222222B"),
    )

    assert voc.step(make_extract(make_programme(*sessions))) == 5
    assert voc.step(make_extract(make_programme())) == 5
    assert voc.step(make_extract(make_programme(sessions[0]))) == 10


def test_cancelled_talk_says_so_in_its_title_and_has_no_stream():
    talk = make_talk("Gap", status="cancelled")
    session = make_session(
        placements=(make_placement(talk, at("8:10")),), stream="https://stream.example.org/"
    )

    event = only_event(make_extract(make_programme(session)))

    assert (event.title, event.references) == ("Cancelled: Gap", ())


def test_links_that_can_be_followed_are_told_and_files_apart():
    links = (
        TalkLink("slides", "", "Slides", file="abc/slides.pdf"),
        TalkLink("code", "https://code.example.org/", ""),
        TalkLink("other", "javascript:alert(1)", "Bad"),
    )
    session = make_session(placements=(make_placement(make_talk(links=links), at("8:10")),))

    event = only_event(make_extract(make_programme(session)))

    assert [(each.url, each.title, each.is_file) for each in event.references] == [
        ("https://example.org/events/dlsc-17/files/abc/slides.pdf", "Slides", True),
        ("https://code.example.org/", "Code", False),
    ]


def test_session_of_several_talks_lists_them_and_everybody_in_them():
    lunch = voc.days(make_extract(demo_day()))[0].rooms[0].events[-1]

    assert lunch.description == "Board 2: Adaptive Memory Networks\nBoard 3: Sparse Persistent RNNs"
    assert (lunch.kind, lunch.minutes, lunch.abstract) == ("break", 90, "")


def test_hour_over_a_change_of_the_clock_has_its_true_length():
    zone = ZoneInfo("America/Los_Angeles")
    start, end = (
        at("0:30", 9).replace(month=3, day=12, tzinfo=zone),
        at("3:30").replace(month=3, day=12, tzinfo=zone),
    )
    session = replace(make_session(), start=start, end=end)

    assert only_event(make_extract(make_programme(session))).minutes == 120
