import json
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from talks.formats import schedule_json
from tests.talks.formats.demo import demo_day
from tests.talks.formats.extracts import hostile_programme, make_extract
from tests.talks.records import make_programme

SCHEMA = Path("../shared/data/1-schedules/schemas/schedule.schema.json")


def read(extract):
    return json.loads(schedule_json.dumps(extract))["schedule"]


@pytest.mark.parametrize("make", [demo_day, hostile_programme, make_programme])
@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Etc/GMT+12", "UTC", "US/Eastern"])
def test_file_is_valid_by_the_schema_of_the_voc(make, zone):
    jsonschema = pytest.importorskip("jsonschema")
    if not SCHEMA.exists():
        pytest.skip("the schema is not beside the project")

    made = schedule_json.dumps(make_extract(make(), zone=ZoneInfo(zone)))

    checker = jsonschema.FormatChecker()
    jsonschema.validate(json.loads(made), json.loads(SCHEMA.read_text()), format_checker=checker)


def test_conference_names_its_rooms_and_tracks():
    programme = demo_day()
    rooms = tuple({session.room.code: session.room for session in programme.sessions}.values())

    conference = read(make_extract(make_programme(*programme.sessions, rooms=rooms)))["conference"]

    assert [(room["name"], room["capacity"]) for room in conference["rooms"]] == [("Hall A", None)]
    assert (conference["daysCount"], conference["time_zone_name"]) == (1, "America/Los_Angeles")


@pytest.mark.parametrize(("zone", "told"), [("UTC", True), ("Etc/GMT+12", False)])
def test_zone_is_told_where_the_schema_takes_its_name(zone, told):
    conference = read(make_extract(demo_day(), zone=ZoneInfo(zone)))["conference"]

    assert ("time_zone_name" in conference) == told


def test_event_has_both_times_and_both_names_of_a_person():
    first = read(make_extract(demo_day()))["conference"]["days"][0]["rooms"]["Hall A"][1]

    assert (first["date"], first["end"]) == (
        "2017-12-09T08:10:00-08:00",
        "2017-12-09T08:30:00-08:00",
    )
    assert [(p["name"], p["public_name"]) for p in first["persons"]] == [
        ("Nitish Keskar", "Nitish Keskar")
    ]
    assert first["links"] == [
        {"url": "https://stream.example.org/live?room=a,b", "title": "Stream", "type": "media"}
    ]


def test_hostile_text_comes_back_as_one_line_of_text():
    rooms = read(make_extract(hostile_programme()))["conference"]["days"][0]["rooms"]

    ((events),) = rooms.values()
    assert [event["title"].count("<script>") for event in events] == [1, 1]
    assert [event["title"].splitlines() for event in events] == [[e["title"]] for e in events]


def test_same_release_gives_the_same_octets():
    one, other = (schedule_json.dumps(make_extract(demo_day())) for _ in range(2))

    assert one == other
