"""A timetable of the solver becomes rows, with history and nothing lost."""

from dataclasses import replace
from datetime import timedelta

import pytest

from eventsite.models import Change
from talks.problems import standing
from talks.solver.diff import canonical
from talks.solver.problem import PlacedSession, PlacedTalk, Timetable
from talks.taking import write
from tests.factories import make_event, make_room, make_session, make_talk

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def table(event):
    return canonical(standing(event).timetable)


def moved(timetable, code, **fields):
    sessions = [replace(s, **fields) if s.session == code else s for s in timetable.sessions]
    return canonical(replace(timetable, sessions=tuple(sessions)))


def test_session_takes_its_talks_along():
    event = make_event()
    session = make_session(event, room=make_room(event))
    talk = make_talk(event, session=session, start=session.start + HOUR / 2)
    before = table(event)
    later = replace(
        before.sessions[0],
        start=session.start + HOUR,
        end=session.end + HOUR,
        talks=(PlacedTalk(talk.code, session.start + HOUR * 3 / 2),),
    )

    write(event, before, Timetable((later,)))

    assert table(event) == canonical(Timetable((later,)))
    assert talk.placements.get().start == session.start + HOUR * 3 / 2


def test_talks_of_a_session_change_places_and_keep_their_rows():
    event = make_event()
    session = make_session(event)
    first, second = (make_talk(event, session=session, board=board) for board in "12")
    rows = {talk: talk.placements.get().pk for talk in (first, second)}
    before = table(event)
    after = moved(
        before,
        session.code,
        talks=(PlacedTalk(second.code, None, "1"), PlacedTalk(first.code, None, "2")),
    )

    changed = write(event, before, after)

    assert changed == 2
    assert table(event) == after
    assert {talk: talk.placements.get().pk for talk in (first, second)} == rows


def test_talk_that_goes_to_another_session_keeps_its_placement():
    event = make_event()
    one, other = make_session(event), make_session(event)
    talk = make_talk(event, session=one)
    code = talk.placements.get().code
    before = table(event)
    after = moved(moved(before, one.code, talks=()), other.code, talks=(PlacedTalk(talk.code),))

    write(event, before, after)

    assert [(p.code, p.session) for p in talk.placements.all()] == [(code, other)]


def test_unplaced_things_are_placed_and_placed_ones_taken_out():
    event = make_event()
    room = make_room(event)
    placed = make_session(event)
    waiting = make_session(event, start=None)
    gone, new = make_talk(event, session=placed), make_talk(event)
    before = table(event)
    start = placed.start + 3 * HOUR
    after = Timetable(
        (
            replace(before.sessions[0], talks=()),
            PlacedSession(
                waiting.code, start, start + HOUR, room.code, (PlacedTalk(new.code, start),)
            ),
        )
    )

    write(event, before, after)

    assert table(event) == canonical(after)
    assert not gone.placements.exists()


def test_cancelled_talk_stays_behind_the_others():
    event = make_event()
    session = make_session(event)
    cancelled = make_talk(event, session=session, status="cancelled")
    first, second = make_talk(event, session=session), make_talk(event, session=session)
    before = table(event)
    swapped = (PlacedTalk(second.code), PlacedTalk(first.code))

    write(event, before, moved(before, session.code, talks=swapped))

    order = session.placements.order_by("position").values_list("talk__code", flat=True)
    assert list(order) == [second.code, first.code, cancelled.code]


def test_all_that_changes_has_a_change_and_nothing_else_has():
    event = make_event()
    session, other = make_session(event), make_session(event)
    make_talk(event, session=other)
    before = table(event)

    write(event, before, moved(before, session.code, start=session.start - HOUR))

    assert [(c.code, list(c.fields)) for c in Change.objects.all()] == [(session.code, ["start"])]


@pytest.mark.parametrize("sessions", [2, 40])
def test_writing_needs_as_many_queries_however_much_moves(sessions, django_assert_max_num_queries):
    event = make_event()
    for _ in range(sessions):
        make_talk(event, session=make_session(event))
    before = table(event)
    later = [replace(s, start=s.start + HOUR, end=s.end + HOUR) for s in before.sessions]
    held = [s.talks for s in later]
    turned = [
        replace(session, talks=talks)
        for session, talks in zip(later, [*held[1:], held[0]], strict=True)
    ]

    with django_assert_max_num_queries(40):
        write(event, before, Timetable(tuple(turned)))

    assert table(event) == canonical(Timetable(tuple(turned)))
