"""Moves say what differs between two timetables, and lead from the one to the other."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talks.solver.diff import Move, SessionPlace, TalkPlace, apply_moves, canonical, moves
from talks.solver.problem import PlacedSession, PlacedTalk, Timetable

NINE = datetime(2027, 3, 26, 9, tzinfo=UTC)


def at(minutes):
    return NINE + timedelta(minutes=minutes)


def session(code, start=0, room="R1", talks=(), minutes=60):
    return PlacedSession(code, at(start), at(start + minutes), room, tuple(talks))


def place(session, position, start=None, into=None, board=""):
    into = timedelta(minutes=into) if into is not None else None
    return TalkPlace(session, position, at(start) if start is not None else None, into, board)


@st.composite
def some_timetables(draw):
    """Any timetable of a few sessions and talks; a talk may stand in several sessions."""
    talks = st.lists(
        st.builds(
            PlacedTalk,
            st.sampled_from(["T1", "T2", "T3", "T4"]),
            st.sampled_from([None, at(0), at(20), at(40)]),
            st.sampled_from(["", "1"]),
        ),
        max_size=4,
        unique_by=lambda one: one.talk,
    ).map(tuple)
    placed, waiting = [], {}
    for code in ("S1", "S2", "S3"):
        where = draw(st.sampled_from(["placed", "placed", "waiting", "nowhere"]))
        if where == "placed":
            start = draw(st.integers(0, 3)) * 20
            placed.append(session(code, start, draw(st.sampled_from("AB")), draw(talks)))
        elif where == "waiting":
            waiting[code] = draw(talks)
    return Timetable(tuple(draw(st.permutations(placed))), waiting)


@given(some_timetables(), some_timetables())
def test_moves_lead_from_one_timetable_to_the_other(before, after):
    assert apply_moves(before, moves(before, after)) == canonical(after)


@given(some_timetables())
def test_nothing_moves_between_a_timetable_and_itself(timetable):
    assert moves(timetable, timetable) == ()


def test_a_talk_that_goes_along_with_its_session_has_not_moved():
    before = Timetable((session("S1", 0, talks=[PlacedTalk("T1", at(20))]),))
    after = Timetable((session("S1", 60, talks=[PlacedTalk("T1", at(80))]),))

    assert moves(before, after) == (
        Move(
            "session", "S1", SessionPlace(at(0), at(60), "R1"), SessionPlace(at(60), at(120), "R1")
        ),
    )


def test_a_talk_in_another_session_moves_and_those_behind_it_do_not():
    three = [PlacedTalk("T1"), PlacedTalk("T2"), PlacedTalk("T3")]
    before = Timetable((session("S1", talks=three), session("S2", room="R2")))
    after = Timetable((session("S1", talks=three[1:]), session("S2", room="R2", talks=three[:1])))

    assert moves(before, after) == (Move("talk", "T1", place("S1", 0), place("S2", 0)),)


def test_one_talk_that_is_put_first_is_one_move():
    before = Timetable((session("S1", talks=[PlacedTalk(c) for c in ("T1", "T2", "T3")]),))
    after = Timetable((session("S1", talks=[PlacedTalk(c) for c in ("T3", "T1", "T2")]),))

    assert moves(before, after) == (Move("talk", "T3", place("S1", 2), place("S1", 0)),)


def test_a_talk_at_another_distance_from_the_start_moves():
    before = Timetable((session("S1", talks=[PlacedTalk("T1", at(0))]),))
    after = Timetable((session("S1", talks=[PlacedTalk("T1", at(20))]),))

    assert moves(before, after) == (
        Move("talk", "T1", place("S1", 0, 0, 0), place("S1", 0, 20, 20)),
    )


def test_another_board_alone_is_a_move_of_the_board():
    before = Timetable((session("S1", talks=[PlacedTalk("T1", board="7")]),))
    after = Timetable((session("S1", talks=[PlacedTalk("T1", board="8")]),))

    assert moves(before, after) == (
        Move("board", "T1", place("S1", 0, board="7"), place("S1", 0, board="8")),
    )


def test_a_session_that_loses_its_time_takes_its_talks_along():
    before = Timetable((session("S1", talks=[PlacedTalk("T1", at(0))]),))
    after = Timetable((), {"S1": (PlacedTalk("T1"),)})

    assert moves(before, after) == (Move("session", "S1", SessionPlace(at(0), at(60), "R1"), None),)


def test_an_hour_that_comes_twice_is_two_hours():
    berlin = ZoneInfo("Europe/Berlin")
    first = datetime(2026, 10, 25, 2, 30, tzinfo=berlin)
    second = first.replace(fold=1)
    end = datetime(2026, 10, 25, 4, tzinfo=berlin)
    before = Timetable((PlacedSession("S1", first, end, "R1"),))
    after = Timetable((PlacedSession("S1", second, end, "R1"),))

    assert [move.code for move in moves(before, after)] == ["S1"]


def test_a_talk_that_is_taken_without_its_session_comes_at_its_distance_from_the_start():
    before = Timetable((session("S1", talks=[PlacedTalk("T1", at(0))]), session("S2", 60)))
    after = Timetable((session("S1"), session("S2", 120, talks=[PlacedTalk("T1", at(140))])))
    [talk] = [move for move in moves(before, after) if move.kind == "talk"]

    taken = apply_moves(before, [talk])

    assert taken == Timetable((session("S1"), session("S2", 60, talks=[PlacedTalk("T1", at(80))])))


def test_a_move_from_where_a_talk_is_not_is_refused():
    before = Timetable((session("S1", talks=[PlacedTalk("T1")]), session("S2", 60)))
    move = Move("talk", "T1", place("S2", 0), place("S1", 0))

    with pytest.raises(ValueError, match="T1 is not where"):
        apply_moves(before, [move])
