"""Proposals: asked for, made beside, taken whole or in part, refused when the ground has moved."""

from datetime import UTC, datetime, timedelta

import pytest

from eventsite import jobs, writing
from eventsite.jobs import Failed, Running, Stopped
from eventsite.models import Change
from talks.models import PersonTime, Placement, Proposal
from talks.proposals import (
    Clashing,
    StaleProposal,
    Wish,
    ask,
    cancel,
    drop,
    ground_now,
    take,
    wish_of,
)
from talks.solving import run
from tests.factories import make_event, make_room, make_session, make_talk

pytestmark = pytest.mark.django_db

START = datetime(2027, 1, 1, tzinfo=UTC)
LONG = Wish(part="unplaced", seconds=20, effort=10)


def conference():
    """An event with two rooms, two sessions of an hour without a time, and four talks."""
    event = make_event()
    for name in ("Hall", "Attic"):
        make_room(event, name=name)
    for title in ("Morning", "Evening"):
        make_session(event, title=title, start=None, minutes=60)
    for name in ("Ada", "Bob", "Cyd", "Dan"):
        make_talk(event, title=f"{name}'s talk", people=[name], minutes=30)
    return event


def ground(event):
    return ground_now(event)[1]


def place(session):
    times = {"start": session.start.isoformat(), "end": session.end.isoformat()}
    return {**times, "room": session.room.code}


def made(event, wish=LONG):
    """A proposal whose job has run."""
    proposal = ask(event, wish)
    run(proposal.job, Running())
    proposal.refresh_from_db()
    return proposal


def test_proposal_waits_until_its_job_has_run():
    event = conference()

    proposal = ask(event, LONG)

    assert (proposal.state, proposal.job.state) == ("waiting", "waiting")
    assert wish_of(proposal) == LONG


def test_proposal_places_all_that_is_unplaced_and_changes_nothing():
    event = conference()

    proposal = made(event)

    assert proposal.state == "done"
    kinds = sorted(move.kind for move in proposal.moves.all())
    assert kinds == ["session"] * 2 + ["talk"] * 4
    assert not event.sessions.filter(start__isnull=False).exists()
    assert not Placement.objects.exists()


def test_costs_are_told_before_and_after():
    proposal = made(conference())

    before, after = proposal.score["placed_once"]

    assert (before, after) == (6, 0)


def test_taking_all_places_everything():
    event = conference()
    proposal = made(event)

    take(proposal)

    proposal.refresh_from_db()
    assert proposal.state == "taken"
    assert event.sessions.filter(start__isnull=False, room__isnull=False).count() == 2
    assert Placement.objects.filter(start__isnull=False).count() == 4
    assert Change.objects.filter(table="talks.placement").count() == 4


def test_taking_one_move_leaves_the_others_to_be_taken():
    event = conference()
    proposal = made(event)
    first = proposal.moves.filter(kind="session")[:1]

    take(proposal, first)
    proposal.refresh_from_db()
    state = proposal.state
    placed = event.sessions.filter(start__isnull=False).count()
    take(proposal)

    assert (state, placed) == ("done", 1)
    assert Placement.objects.count() == 4


def test_proposal_is_refused_whole_when_somebody_changed_something():
    event = conference()
    proposal = made(event)
    session = event.sessions.first()
    writing.change(session, session.version, {"minutes": 90})

    with pytest.raises(StaleProposal) as refusal:
        take(proposal)

    assert [(since.table, since.fields) for since in refusal.value.since] == [
        ("talks.session", ("minutes",))
    ]
    assert not Placement.objects.exists()


def test_star_does_not_make_a_proposal_stale():
    event = conference()
    proposal = made(event)
    agenda = event.agendas.create(key_hash="a", created=START, changed=START)
    agenda.stars.create(code=event.talks.first().code, added=START)

    take(proposal)

    assert Placement.objects.count() == 4


def test_proposal_that_was_dropped_cannot_be_taken():
    proposal = made(conference())
    drop(proposal)

    with pytest.raises(StaleProposal):
        take(proposal)


def test_moves_that_clash_alone_are_refused():
    event = make_event()
    hall = make_room(event)
    one = make_session(event, room=hall)
    other = make_session(event, room=hall, start=one.start + timedelta(hours=1))
    proposal = Proposal.objects.create(event=event, state="done", ground=ground(event))
    swap = [(one, other), (other, one)]
    for position, (mine, theirs) in enumerate(swap):
        proposal.moves.create(
            **{"position": position, "kind": "session", "code": mine.code},
            before=place(mine),
            after=place(theirs),
        )

    with pytest.raises(Clashing) as refusal:
        take(proposal, proposal.moves.all()[:1])
    before = [s.start for s in (one, other)]
    take(proposal)

    assert [clash.rule for clash in refusal.value.clashes] == ["room_twice"]
    assert [s.start for s in event.sessions.order_by("pk")] == before[::-1]


def test_search_that_waits_is_cancelled_at_once():
    proposal = ask(conference(), LONG)

    cancel(proposal)

    assert (proposal.state, proposal.job.state) == ("cancelled", "cancelled")


def test_search_that_is_told_to_stop_leaves_no_moves():
    proposal = ask(conference(), LONG)
    running = Running()
    running.stop()

    with pytest.raises(Stopped):
        run(proposal.job, running)

    assert not proposal.moves.exists()


def test_proposal_hears_that_its_job_was_interrupted():
    proposal = ask(conference(), LONG)

    jobs.interrupt_all()

    proposal.refresh_from_db()
    assert proposal.state == "interrupted"


def test_impossible_wish_is_explained_and_changes_nothing():
    event = make_event(ends_on=make_event().starts_on)
    make_room(event)
    session = make_session(event, start=None, minutes=60)
    make_talk(event, session=session, people=["Ada"], minutes=30)
    ada = event.people.get()
    midnight = make_session(event).start.replace(hour=0)
    event.sessions.exclude(pk=session.pk).delete()
    PersonTime.objects.create(
        person=ada,
        start=midnight + timedelta(hours=9, minutes=50),
        end=midnight + timedelta(days=1),
    )
    PersonTime.objects.create(
        person=ada, start=midnight, end=midnight + timedelta(hours=9, minutes=1)
    )

    with pytest.raises(Failed) as failure:
        run(ask(event, LONG).job, Running())

    assert "Ada" in str(failure.value)
    explanation = Proposal.objects.get().explanation
    assert any("Ada" in sentence for sentence in explanation["sentences"])


def test_fault_is_told_before_any_search():
    event = make_event()
    make_session(event, start=None, minutes=30)
    make_talk(event, title="Long", minutes=45)

    with pytest.raises(Failed) as failure:
        run(ask(event, LONG).job, Running())

    assert str(failure.value) == (
        "The talk “Long” takes 45 minutes, and the longest session for it has 30."
    )


def test_same_seed_and_effort_give_the_same_timetable():
    event = conference()

    moves = [[(move.code, move.after) for move in made(event).moves.all()] for _attempt in range(2)]

    assert moves[0] == moves[1]
