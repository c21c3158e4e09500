import json

from hypothesis import given, settings

from talks.difference import differences
from talks.formats.releases_json import dumps, dumps_changes
from talks.records_json import loads
from tests.attacks.worlds import WORLD, draft
from tests.talks.records import LONG_AGO, make_programme, make_session


def test_release_says_which_it_is():
    found = json.loads(dumps(make_programme(), 3, LONG_AGO, "A note", 7))

    assert found["release"] == {
        "number": 3,
        "published": "2017-11-01T09:00:00+00:00",
        "note": "A note",
        "current": 7,
    }


def test_calendar_numbers_and_codes_of_what_is_gone_stay_inside():
    found = json.loads(dumps(make_programme(), 1, LONG_AGO, "", 1))

    assert {"stamps", "gone", "abstract_length", "is_by_session"} & found.keys() == set()


@settings(max_examples=30, deadline=None)
@given(world=WORLD)
def test_records_are_read_back_as_they_were(world):
    programme = draft(world)

    assert loads(json.loads(dumps(programme, 1, LONG_AGO, "", 1))) == programme


def test_changes_say_from_where_to_where():
    old, new = make_programme(make_session("Old")), make_programme(make_session("New"))

    found = json.loads(dumps_changes(differences(old, new), 2, 1))

    assert found == {
        "release": 2,
        "from": 1,
        "changes": [
            {
                "kind": "reworded",
                "table": "sessions",
                "code": "S2222222A",
                "title": "New",
                "fields": [{"name": "title", "before": "Old", "after": "New"}],
            }
        ],
    }


def test_first_release_is_compared_with_nothing():
    found = json.loads(dumps_changes(differences(None, make_programme(make_session())), 1, None))

    assert (found["from"], [one["kind"] for one in found["changes"]]) == (None, ["new"])
