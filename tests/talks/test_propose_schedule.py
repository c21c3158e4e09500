"""`manage.py propose_schedule`: what would be placed where, on the command line."""

import json

import pytest
from django.core.management import CommandError, call_command

from talks.models import Placement
from tests.factories import make_event, make_room, make_session, make_talk

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    event = make_event(slug="woe-27")
    make_room(event, name="Hall")
    make_session(event, title="Morning", start=None, minutes=60)
    for name in ("Ada", "Bob"):
        make_talk(event, title=f"{name}'s talk", people=[name], minutes=30)
    return event


def report(capsys, *options):
    call_command("propose_schedule", "woe-27", "--seconds", "20", "--effort", "10", *options)
    return capsys.readouterr().out


def test_moves_are_listed_and_nothing_is_changed(event, capsys):
    lines = report(capsys).splitlines()

    assert [line.split()[0] for line in lines[:3]] == ["session", "talk", "talk"]
    assert lines[-1] == "Nothing was changed: a proposal."
    assert not Placement.objects.exists()


def test_apply_makes_the_moves(event, capsys):
    lines = report(capsys, "--apply").splitlines()

    assert lines[-1] == "3 rows changed."
    assert Placement.objects.count() == 2
    assert event.sessions.get().room.name == "Hall"


def test_dry_run_makes_none_whatever_else_is_said(event, capsys):
    report(capsys, "--apply", "--dry-run")

    assert not Placement.objects.exists()


def test_json_names_moves_costs_and_what_was_applied(event, capsys):
    told = json.loads(report(capsys, "--json", "--apply"))

    assert (told["found"], told["applied"], told["changed"], told["new"]) == (True, True, 3, 3)
    assert told["costs"]["placed_once"] == [3, 0]
    assert {move["kind"] for move in told["moves"]} == {"session", "talk"}


def test_same_seed_and_effort_give_the_same_timetable(event, capsys):
    assert report(capsys, "--json") == report(capsys, "--json")


def test_what_cannot_be_is_told_and_leaves_with_1(event, capsys):
    make_talk(event, title="Too long", minutes=90)

    with pytest.raises(CommandError) as refusal:
        report(capsys, "--json")

    told = json.loads(capsys.readouterr().out)
    assert refusal.value.returncode == 1
    assert told["reasons"] == [
        "The talk “Too long” takes 90 minutes, and the longest session for it has 60."
    ]


def test_empty_event_is_told_so(capsys):
    make_event(slug="woe-27")

    with pytest.raises(CommandError):
        report(capsys)

    assert capsys.readouterr().out == (
        "The event has no sessions and no talks yet, so there is nothing to place.\n"
    )


@pytest.mark.parametrize("options", [["nowhere"], ["woe-27", "--at", "2027-03-01T10:00"]])
def test_wrong_usage_leaves_with_2(event, options):
    with pytest.raises(CommandError) as refusal:
        call_command("propose_schedule", *options)

    assert refusal.value.returncode == 2 or "--at" in str(refusal.value)


def test_past_event_is_tried_again_from_an_earlier_moment(event, capsys):
    call_command("propose_schedule", "woe-27", "--effort", "10", "--apply")
    capsys.readouterr()
    session = event.sessions.get()
    late = session.end.isoformat()

    with pytest.raises(CommandError):
        report(capsys, "--part", "everything", "--at", late)
    told = capsys.readouterr().out
    again = report(capsys, "--part", "everything", "--at", "2027-01-01T00:00+00:00")

    assert told == "Everything is past, and what is past never moves.\n"
    assert "0 moves." in again


@pytest.mark.parametrize(
    "options", [["--seconds", "0"], ["--effort", "-1"], ["--part", "track"], ["--seed", "x"]]
)
def test_what_cannot_be_meant_is_wrong_usage(event, options):
    with pytest.raises(CommandError) as refusal:
        call_command("propose_schedule", "woe-27", *options)

    assert refusal.value.returncode == 2 or "argument" in str(refusal.value)


def test_session_whose_own_talks_are_too_long_is_told_before_any_search(event, capsys):
    only = make_session(event, title="Only", start=None, minutes=60)
    make_talk(event, title="Long", session=only, minutes=90)

    with pytest.raises(CommandError):
        report(capsys, "--apply")

    assert capsys.readouterr().out == (
        "The talks of the session “Only” take 90 minutes, and it has 60: “Long”.\n"
    )


def test_repair_that_may_not_move_far_enough_says_so(event, capsys):
    hall = event.rooms.get()
    first = make_session(event, title="First", room=hall)
    make_session(event, title="Second", room=hall, start=first.start, pin="both")
    event.sessions.filter(start__isnull=True).delete()
    event.talks.all().delete()

    with pytest.raises(CommandError):
        report(capsys, "--part", "repair", "--at-most", "5")

    told = capsys.readouterr().out
    assert told.startswith("Nothing can be mended when nothing may move by more than 5 minutes.")


def test_repair_tells_what_no_move_can_mend(event, capsys):
    hall = event.rooms.get()
    event.sessions.all().delete()
    event.talks.all().delete()
    for title in ("First", "Second"):
        make_session(event, title=title, room=hall, pin="both")

    told = report(capsys, "--part", "repair")

    assert "No move mends this: The room Hall has two sessions at once" in told
