"""Timetables that make themselves, against hostile values, stale pages and people erased."""

from dataclasses import replace
from datetime import UTC, date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.utils import timezone

from eventsite.jobs import Running, Stopped
from talks.acknowledging import findings
from talks.models import Proposal
from talks.problems import standing
from talks.proposals import StaleProposal, Wish, ask, cancel, is_stale, take
from talks.scheduling import findings_of
from talks.solving import run
from tests.factories import (
    make_event,
    make_organizer,
    make_person,
    make_room,
    make_rule,
    make_session,
    make_talk,
)
from tests.talks.test_admin_proposals import all_later, made

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    event = make_event(slug="woe-27")
    morning = make_session(event, title="Morning", room=make_room(event, name="Hall"))
    make_session(event, title="Attic", room=make_room(event))
    make_talk(event, title="Waves", session=morning, people=["Ada"])
    return event


def two_talks_leave(sessions):
    one, other = sorted(sessions, key=lambda placed: -len(placed.talks))
    return [replace(one, talks=()), replace(other, talks=one.talks)]


def test_move_that_was_taken_meanwhile_is_not_made_twice(event):
    make_talk(event, title="Tides", session=event.sessions.get(title="Morning"))
    proposal = made(event, two_talks_leave)
    seen = list(proposal.moves.all())
    take(proposal, seen[:1])

    with pytest.raises(StaleProposal):
        take(proposal, seen[:1])

    assert [move.is_taken for move in proposal.moves.all()] == [True, False]


def test_proposal_that_is_gone_is_refused(event):
    proposal = made(event, all_later)
    Proposal.objects.all().delete()

    with pytest.raises(StaleProposal):
        take(proposal)


def test_search_of_a_proposal_that_is_gone_can_be_stopped(event):
    proposal = ask(event, Wish())
    Proposal.objects.all().delete()

    cancel(proposal)

    assert proposal.job.state == "cancelled"


def test_search_whose_proposal_is_gone_stops_without_a_word(event):
    job = ask(event, Wish()).job
    Proposal.objects.all().delete()

    with pytest.raises(Stopped):
        run(job, Running())


def test_search_that_was_given_up_writes_nothing(event):
    proposal = ask(event, Wish())
    Proposal.objects.update(state="interrupted")

    with pytest.raises(Stopped):
        run(proposal.job, Running())

    proposal.refresh_from_db()
    assert (proposal.state, proposal.ground) == ("interrupted", "")


def test_proposal_is_refused_when_the_event_has_other_days(event):
    proposal = made(event, all_later)
    event.ends_on = date(2027, 3, 29)
    event.save()

    assert is_stale(Proposal.objects.get())
    with pytest.raises(StaleProposal):
        take(proposal)


@pytest.mark.parametrize(
    "content",
    [
        b'[{"voter": "\\ud800", "talk": "Waves"}]',
        b'[{"voter": "Ada", "talk": "\\ud800"}]',
        b'[{"voter": "Ada", "t\\ud800": "Waves"}]',
    ],
)
def test_survey_with_half_a_character_is_refused(client, event, content):
    client.force_login(make_organizer(event))
    file = SimpleUploadedFile("votes.json", content)

    page = f"/admin/talks/event/{event.pk}/survey/"
    response = client.post(page, {"action": "look", "file": file})

    assert response.status_code == 200
    assert [*response.context["form"].errors] == ["file"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("--seed", "99999999999999"),
        ("--seed", "-1"),
        ("--seconds", "0"),
        ("--at-most", "9999999999999999999"),
        ("--at", "0001-01-01T00:00+14:00"),
        ("--at", "9999-12-31T23:00-12:00"),
        ("--at", "2027-01-01T00:00"),
    ],
)
def test_number_or_moment_out_of_reason_is_wrong_usage(event, name, value):
    with pytest.raises(CommandError, match=f"argument {name}: '{value}' is no".replace("+", r"\+")):
        call_command("propose_schedule", "woe-27", f"{name}={value}")


@pytest.mark.parametrize(
    ("rule", "options"),
    [
        ("in_hours", {"first": "99:99"}),
        ("in_hours", {"first": "09:00+05:00"}),
        ("in_hours", {"first": 5, "last": None}),
        ("in_hours", {"step": "a"}),
        ("in_hours", []),
        ("buffer", {"person_minutes": 10**12}),
        ("local_hours", {"first": None}),
        ("of no kind", {}),
    ],
)
def test_stored_option_that_no_rule_can_read_is_as_if_not_said(event, rule, options):
    usual = findings_of(event, timezone.now())[1]
    make_rule(event, rule, options=options)

    _standing, found = findings_of(event, timezone.now())

    assert [one.fingerprint for one in findings(event, found)] == [
        one.fingerprint for one in findings(event, usual)
    ]


def test_version_of_a_rule_that_is_no_number_is_told(client, event):
    client.force_login(make_organizer(event))
    page = f"/admin/talks/event/{event.pk}/rules/"
    sent = {"in_hours-seen": "x", "initial-in_hours-level": "warn", "in_hours-level": "block"}

    response = client.post(page, sent)

    assert response.status_code == 200
    assert not event.rules.exists()


def test_hours_that_the_clocks_leap_over_are_none():
    event = make_event(starts_on=date(2027, 3, 27), ends_on=date(2027, 3, 28))
    make_rule(event, "in_hours", options={"first": "02:30", "last": "03:00"})

    hours = standing(event).problem.hours

    assert [span.start.astimezone(UTC).isoformat() for span in hours] == [
        "2027-03-27T01:30:00+00:00"
    ]


def test_pages_of_another_event_are_not_there(client, event):
    other = make_event()
    make_person(other, "Grace")
    make_session(other)
    theirs = made(other, all_later)
    client.force_login(make_organizer(event))

    places = ["clashes/", "rules/", "survey/", "why/", "proposals/", f"proposals/{theirs.pk}/"]
    pages = [f"/admin/talks/event/{other.pk}/{place}" for place in places]
    pages.append(f"/admin/talks/event/{event.pk}/proposals/{theirs.pk}/")

    assert {client.get(page).status_code for page in pages} == {404}
    assert {client.post(page, {"action": "take_all"}).status_code for page in pages} == {404}
