import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from talks.models import Release
from tests.factories import make_event, make_room, make_rule, make_session, make_talk

pytestmark = pytest.mark.django_db


def run(*arguments):
    output = StringIO()
    call_command("publish", *arguments, stdout=output)
    return output.getvalue()


def make_programme():
    """An event with a session, a talk and its speaker."""
    event = make_event(slug="woe-26")
    session = make_session(event, title="Morning")
    make_talk(event, title="Opening words", session=session, people=["Ada Lovelace"])
    return event


def test_publish_writes_a_release_and_lists_what_is_new():
    make_programme()

    lines = run("woe-26", "--note", "The first").splitlines()

    [release] = Release.objects.all()
    assert (release.number, release.note, release.by) == (1, "The first", None)
    named = [line.split() for line in lines[:-2] if not line.startswith(" ")]
    assert [(kind, table, title) for kind, table, _code, title, *_rest in named] == [
        ("new", "sessions", "Morning"),
        ("new", "talks", "Opening"),
        ("new", "people", "Ada"),
    ]
    assert lines[-2:] == ["3 read, 3 new", "Release 1 is public."]


def test_dry_run_tells_where_things_were_and_where_they_are():
    event = make_programme()
    run("woe-26")
    event.sessions.update(room=make_room(event, name="Hall"))

    lines = run("woe-26", "--dry-run").splitlines()

    assert [" ".join(line.split()) for line in lines if line.startswith(" ")] == [
        "when and where: Fri 26 March 2027, 10:00–11:00 → Fri 26 March 2027, 10:00–11:00, Hall",
        "when and where: Fri 26 March 2027, 10:00–11:00, Morning"
        " → Fri 26 March 2027, 10:00–11:00, Hall, Morning",
    ]


def test_clashes_are_listed_and_forbid_nothing():
    event = make_programme()
    event.sessions.update(room=make_room(event))
    later = make_session(event, title="Later", room=make_room(event))
    make_talk(event, title="Closing words", session=later, people=["Ada Lovelace"])

    report = json.loads(run("woe-26", "--json"))
    lines = run("woe-26", "--dry-run").splitlines()

    [clash] = report["clashes"]
    codes = {*event.talks.values_list("code", flat=True), event.people.get().code}
    assert (report["release"], clash["rule"], {*clash["codes"]}) == (1, "person_twice", codes)
    assert clash["text"].startswith("Ada Lovelace is in two places at once: “")
    assert [line for line in lines if line.startswith("clash")] == ["clash      " + clash["text"]]


def test_what_blocks_is_told_and_nothing_is_published():
    event = make_programme()
    hall = make_room(event, name="Hall")
    event.sessions.update(room=hall)
    make_session(event, title="Evening", room=hall)
    make_rule(event, "room_twice", level="block")

    with pytest.raises(CommandError) as refusal:
        run("woe-26")

    first, last = str(refusal.value).splitlines()
    assert first.startswith("blocks     The room Hall has two sessions at once: ")
    assert last == "Nothing was published: mend what blocks it, or acknowledge it."
    assert refusal.value.returncode == 1
    assert Release.objects.count() == 0


def test_a_dry_run_says_what_blocks():
    event = make_programme()
    hall = make_room(event, name="Hall")
    event.sessions.update(room=hall)
    make_session(event, title="Evening", room=hall)
    make_rule(event, "room_twice", level="block")

    lines = run("woe-26", "--dry-run").splitlines()
    [clash] = json.loads(run("woe-26", "--dry-run", "--json"))["clashes"]

    assert [line for line in lines if line.startswith("blocks")] == ["blocks     " + clash["text"]]
    assert clash["blocks"] is True


def test_wishes_are_counted_and_not_listed():
    event = make_programme()
    event.sessions.update(room=make_room(event, capacity=2))
    event.talks.update(demand=30)

    lines = run("woe-26", "--dry-run").splitlines()

    assert "wishes not met: 1, acknowledged: 0" in lines
    assert [line for line in lines if line.startswith("clash")] == []


def test_publish_again_says_that_nothing_has_changed():
    make_programme()
    run("woe-26")

    lines = run("woe-26").splitlines()

    assert lines == [
        "3 read, 3 unchanged",
        "Nothing was published: the release says all of it already.",
    ]
    assert Release.objects.count() == 1


def test_a_dry_run_publishes_nothing():
    make_programme()

    lines = run("woe-26", "--dry-run").splitlines()

    assert lines[-1] == "Nothing was published: a dry run."
    assert Release.objects.count() == 0


def test_the_report_in_json_counts_and_lists_changes():
    event = make_programme()
    run("woe-26")
    event.talks.update(title="Opening remarks")
    evening = event.sessions.get().start + timedelta(hours=8)
    make_session(event, title="Evening", start=evening)
    make_rule(event, "no_idle_time", level="ignore")

    report = json.loads(run("woe-26", "--json"))

    changes = report.pop("changes")
    assert report == {
        "release": 2,
        "read": 4,
        "new": 1,
        "changed": 1,
        "withdrawn": 0,
        "unchanged": 2,
        "conflicts": 0,
        "duplicates": 0,
        "skipped": [],
        "clashes": [],
        "wishes": 0,
        "acknowledged": 0,
        "notices": [],
    }
    place = {"start": "2027-03-26T18:00:00+01:00", "end": "2027-03-26T19:00:00+01:00", "room": None}
    assert [(c["kind"], c["table"], c["title"], c["fields"]) for c in changes] == [
        (
            "new",
            "sessions",
            "Evening",
            [{"name": "when_and_where", "before": None, "after": place}],
        ),
        (
            *("reworded", "talks", "Opening remarks"),
            [{"name": "title", "before": "Opening words", "after": "Opening remarks"}],
        ),
    ]


def test_what_a_release_leaves_out_is_counted_as_withdrawn():
    event = make_programme()
    run("woe-26")
    event.sessions.update(start=None, end=None)

    report = json.loads(run("woe-26", "--json"))

    assert (report["read"], report["withdrawn"], report["unchanged"]) == (0, 3, 0)


def test_an_unknown_event_is_wrong_usage():
    with pytest.raises(CommandError, match="There is no event 'nope'") as refusal:
        run("nope")

    assert refusal.value.returncode == 2
