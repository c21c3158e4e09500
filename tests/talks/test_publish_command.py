import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from talks.models import Release
from tests.factories import make_event, make_session, make_talk

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
    assert sorted((line.split()[0], line.split()[1], line.split()[3]) for line in lines[:-2]) == [
        ("new", "people", "Ada"),
        ("new", "sessions", "Morning"),
        ("new", "talks", "Opening"),
    ]
    assert lines[-2:] == ["3 read, 3 new", "Release 1 is public."]


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
    make_session(event, title="Evening")

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
    }
    assert [(c["kind"], c["table"], c["title"], c["fields"]) for c in changes] == [
        ("new", "sessions", "Evening", []),
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
