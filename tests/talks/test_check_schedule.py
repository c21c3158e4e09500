"""The command that says what clashes in a draft."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from talks.acknowledging import acknowledge, fingerprint
from talks.scheduling import findings_of
from tests.factories import make_event, make_room, make_rule, make_session, make_talk

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    """Two sessions in one hall at once, which is too small for the talk of one."""
    event = make_event(slug="woe-27")
    hall = make_room(event, name="Hall", capacity=20)
    morning = make_session(event, title="Morning", room=hall)
    make_session(event, title="Evening", room=hall)
    make_talk(event, title="Opening words", session=morning, demand=30)
    return event


def run(*arguments):
    """Return what the command says, and with what it leaves."""
    output = StringIO()
    try:
        call_command("check_schedule", *arguments, stdout=output)
    except SystemExit as left:
        return output.getvalue(), left.code
    return output.getvalue(), 0


def found(event, rule):
    _standing, clashes = findings_of(event, timezone.now())
    [clash] = [each for each in clashes if each.rule == rule]
    return clash


def test_findings_are_a_line_each_and_counted(event):
    text, code = run("woe-27")

    must, wish, last = text.splitlines()
    assert must.split(maxsplit=3)[:3] == ["must", "room_twice", "1"]
    assert must.split(maxsplit=3)[3].startswith("The room Hall has two sessions at once: ")
    assert wish.split(maxsplit=3)[:3] == ["wish", "room_holds", "10"]
    assert last == (
        "2 found: 0 blocking, 1 that must not be, 1 wishes; 0 acknowledged; they cost 11."
    )
    assert code == 0


def test_what_blocks_leaves_with_one(event):
    make_rule(event, "room_twice", level="block")

    text, code = run("woe-27")

    assert text.splitlines()[0].startswith("blocks room_twice ")
    assert text.splitlines()[-1] == "Publishing is blocked."
    assert code == 1


def test_what_is_acknowledged_is_counted_and_blocks_nothing(event):
    make_rule(event, "room_twice", level="block")
    acknowledge(event, found(event, "room_twice"), "A wall")

    text, code = run("woe-27")

    assert "room_twice" not in text
    assert "1 acknowledged" in text.splitlines()[-1]
    assert code == 0


def test_one_rule_alone(event):
    make_rule(event, "room_twice", level="block")

    text, code = run("woe-27", "--rule", "room_holds")

    first, last = text.splitlines()
    assert first.startswith("wish   room_holds ")
    assert last.startswith("1 found:")
    assert code == 0


def test_report_in_json_has_everything(event):
    make_rule(event, "room_twice", level="block", weight=3)
    twice, small = found(event, "room_twice"), found(event, "room_holds")
    acknowledge(event, twice, "A wall")

    text, code = run("woe-27", "--json")

    report = json.loads(text)
    holds, stands = report.pop("findings")
    texts = [each.pop("text") for each in (holds, stands)]
    assert report == {
        "read": 3,
        **dict.fromkeys(["new", "changed", "unchanged", "conflicts", "duplicates"], 0),
        "skipped": [],
        "blocking": 0,
        "must": 0,
        "wishes": 1,
        "acknowledged": 1,
        "cost": 13,
    }
    assert holds == {
        "rule": "room_holds",
        "fault": "",
        "level": "warn",
        "kind": "wish",
        "cost": 10,
        "codes": [*small.codes],
        "fingerprint": fingerprint(small),
        "acknowledged": None,
    }
    assert stands == {
        "rule": "room_twice",
        "fault": "",
        "level": "block",
        "kind": "blocks",
        "cost": 3,
        "codes": [*twice.codes],
        "fingerprint": fingerprint(twice),
        "acknowledged": "A wall",
    }
    assert texts[1].startswith("The room Hall has two sessions at once: ")
    assert code == 0


def test_report_in_json_leaves_with_one_too(event):
    make_rule(event, "room_twice", level="block")

    text, code = run("woe-27", "--json")

    assert (json.loads(text)["blocking"], code) == (1, 1)


def test_empty_event_has_nothing_to_find():
    make_event(slug="empty")

    text, code = run("empty")

    assert text.startswith("0 found:")
    assert code == 0


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["nope"], "There is no event 'nope'."),
        (["woe-27", "--rule", "nope"], "There is no rule 'nope'; there are "),
    ],
)
def test_wrong_usage_leaves_with_two(event, arguments, reason):
    with pytest.raises(CommandError, match=reason) as refusal:
        run(*arguments)

    assert refusal.value.returncode == 2
