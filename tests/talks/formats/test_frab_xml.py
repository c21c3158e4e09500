import re
from dataclasses import replace
from pathlib import Path

import pytest
from defusedxml import ElementTree

from talks.formats import frab_xml
from tests.talks.formats.demo import demo_day
from tests.talks.formats.extracts import HOSTILE, hostile_programme, make_extract
from tests.talks.records import at, make_event, make_programme, make_session, release

SCHEMA = Path("../shared/data/1-schedules/schemas/schedule.xml.xsd")


def read(extract):
    return ElementTree.fromstring(frab_xml.dumps(extract))


def long_programme():
    """A session of a week, in no room, at an event with a short slug and no place."""
    event = make_event(slug="ai", place="", zone="Etc/GMT+12")
    week = replace(make_session("Exhibition"), end=at("8:10", day=16))
    return release(make_programme(week, event=event))


@pytest.mark.parametrize("make", [demo_day, hostile_programme, long_programme, make_programme])
def test_file_is_valid_by_the_schema_of_the_voc(make):
    etree = pytest.importorskip("lxml.etree")
    if not SCHEMA.exists():
        pytest.skip("the schema is not beside the project")
    schema = etree.XMLSchema(etree.parse(SCHEMA))

    schema.assertValid(etree.fromstring(frab_xml.dumps(make_extract(make()))))


def test_conference_says_what_when_and_in_which_release():
    schedule = read(make_extract(demo_day()))

    facts = {element.tag: element.text for element in schedule.find("conference")}
    assert schedule.findtext("version") == "7"
    assert schedule.findtext("url") == "https://example.org/events/dlsc-17/schedule.xml"
    assert facts == {
        "acronym": "dlsc_17",
        "title": "Deep Learning at Supercomputer Scale",
        "start": "2017-12-09",
        "end": "2017-12-09",
        "days": "1",
        "timeslot_duration": "00:05",
        "base_url": "https://example.org/events/dlsc-17/",
        "url": "https://example.org/events/dlsc-17/",
        "time_zone_name": "America/Los_Angeles",
    }


def test_every_entry_is_an_event_breaks_too():
    events = read(make_extract(demo_day())).findall("day/room/event")

    assert [(e.findtext("start"), e.findtext("duration"), e.findtext("type")) for e in events] == [
        ("08:00", "00:10", "opening"),
        ("08:10", "00:20", "invited"),
        ("08:30", "00:20", "invited"),
        ("08:50", "00:20", "invited"),
        ("09:10", "00:20", "invited"),
        ("09:30", "00:20", "invited"),
        ("09:50", "00:20", "break"),
        ("11:15", "00:45", "panel"),
        ("12:00", "01:30", "break"),
    ]


def test_event_has_everything_that_is_known_of_a_talk():
    first = read(make_extract(demo_day())).findall("day/room/event")[1]

    assert first.findtext("title") == "Generalization Gap"
    assert first.findtext("room") == "Hall A"
    assert first.findtext("track") == "Training; scaling, speed"
    assert first.findtext("date") == "2017-12-09T08:10:00-08:00"
    assert first.findtext("slug") == "dlsc_17-l222222a2-generalization-gap"
    assert [person.text for person in first.find("persons")] == ["Nitish Keskar"]
    assert [link.get("href") for link in first.find("links")] == [
        "https://stream.example.org/live?room=a,b"
    ]


def test_exhibition_of_a_week_has_days_before_its_hours():
    programme = release(make_programme(replace(make_session(), end=at("8:10", day=16))))

    (event,) = read(make_extract(programme)).findall("day/room/event")

    assert event.findtext("duration") == "07:00:00"


def test_hostile_text_stays_text():
    body = frab_xml.dumps(make_extract(hostile_programme()))

    events = ElementTree.fromstring(body).findall("day/room/event")
    assert len(events) == 2
    assert [len(list(event)) for event in events] == [16, 16]
    assert "<script>" in events[0].findtext("title")
    assert "<script>" in HOSTILE
    assert re.findall("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]", body.decode()) == []


def test_same_release_gives_the_same_octets():
    assert frab_xml.dumps(make_extract(demo_day())) == frab_xml.dumps(make_extract(demo_day()))
