"""Posters on boards: neighbours are alike, and what may not move stays."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talks.solver.boards import boards
from talks.solver.problem import (
    PlacedSession,
    PlacedTalk,
    Problem,
    Session,
    Talk,
    Timetable,
    Track,
    pair,
)
from talks.solver.rules import poster_boards

START = datetime(2027, 3, 26, 10, tzinfo=UTC)


def problem_of(tracks, alike=()):
    """Posters P01, P02, ... of the tracks named, K1 or K2 or "", and a talk."""
    posters = [
        Talk(f"P{n:02}", f"Poster {n}", 60, is_poster=True, track=track)
        for n, track in enumerate(tracks, 1)
    ]
    return Problem(
        sessions={code: Session(code, code, kind="posters") for code in ("S1", "S2")},
        talks={talk.code: talk for talk in [*posters, Talk("T1", "Talk", 30)]},
        tracks={code: Track(code, f"Track {code}") for code in ("K1", "K2", "K3")},
        alike=dict(alike),
    )


def shown(*talks, session="S1"):
    """A session with posters, each with the board that stands behind it."""
    placed = (talk.partition("@") for talk in talks)
    held = tuple(PlacedTalk(code, None, board) for code, _at, board in placed)
    return PlacedSession(session, START, START + timedelta(hours=1), "", held)


def given_boards(problem, *sessions, talks=None):
    """The codes of each session's posters from board to board, and the boards."""
    timetable = boards(problem, Timetable(sessions), problem.talks if talks is None else talks)
    return [
        [(one.talk, one.board) for one in sorted(placed.talks, key=lambda one: int(one.board or 0))]
        for placed in timetable.sessions
    ]


def test_posters_of_a_track_get_boards_side_by_side():
    problem = problem_of(["K1", "K2", "K1", "K2"])

    [row] = given_boards(problem, shown("P01", "P02", "P03", "P04"))

    assert row == [("P01", "1"), ("P03", "2"), ("P02", "3"), ("P04", "4")]


def test_neighbours_are_those_that_are_most_alike():
    ring = ["P01", "P04", "P02", "P05", "P03"]
    alike = {pair(one, other): 90 for one, other in pairwise(ring)}

    [row] = given_boards(problem_of([""] * 5, alike), shown(*sorted(ring)))

    assert [code for code, _board in row] == ring


def test_row_is_not_only_the_nearest_each_time():
    alike = {("P01", "P02"): 50, ("P01", "P03"): 49, ("P01", "P04"): 0, ("P02", "P04"): 48}

    [row] = given_boards(problem_of([""] * 4, alike), shown("P01", "P02", "P03", "P04"))

    assert [code for code, _board in row] in (
        ["P03", "P01", "P02", "P04"],
        ["P04", "P02", "P01", "P03"],
    )


def test_labels_of_the_session_are_dealt_out_anew():
    problem = problem_of(["K1", "K2", "K1"])

    [row] = given_boards(problem, shown("P01@7", "P02@8", "P03@10"))

    assert row == [("P01", "7"), ("P03", "8"), ("P02", "10")]


def test_numbers_continue_those_in_use():
    problem = problem_of(["K1"] * 5)

    timetable = boards(
        problem, Timetable((shown("P01@A-09", "P02@A-11", "P03", "P04", "P05"),)), ("P03", "P04")
    )

    labels = [one.board for one in timetable.sessions[0].talks]
    assert labels == ["A-09", "A-11", "A-10", "A-12", ""]


def test_labels_without_numbers_are_followed_by_numbers():
    problem = problem_of(["K1"] * 3)

    [placed] = boards(
        problem, Timetable((shown("P01@door", "P02", "P03"),)), ("P02", "P03")
    ).sessions

    assert [one.board for one in placed.talks] == ["door", "1", "2"]


def test_posters_that_may_not_move_keep_their_boards():
    problem = problem_of(["K1", "K2", "K2", "K1"])
    session = shown("P01@3", "P02@4", "P03@1", "P04@2")

    [row] = given_boards(problem, session, talks={"P03", "P04"})

    assert row == [("P03", "1"), ("P04", "2"), ("P01", "3"), ("P02", "4")]


def test_posters_stand_with_those_of_their_track_that_may_not_move():
    problem = problem_of(["K1", "K2", "K2", "K1"])
    session = shown("P01@2", "P02@3", "P03@1", "P04@4")

    [row] = given_boards(problem, session, talks={"P03", "P04"})

    assert [code for code, _board in row] == ["P04", "P01", "P02", "P03"]


def test_each_session_has_its_own_boards_and_talks_have_none():
    problem = problem_of(["K1", "K1"])

    rows = given_boards(problem, shown("P01", "T1"), shown("P02", session="S2"))

    assert rows == [[("T1", ""), ("P01", "1")], [("P02", "1")]]


def test_poster_that_hangs_twice_in_a_session_has_two_boards():
    [row] = given_boards(problem_of(["K1", "K2"]), shown("P01", "P02", "P01"))

    assert row == [("P01", "1"), ("P01", "2"), ("P02", "3")]


def test_nothing_changes_when_nothing_may_move():
    timetable = Timetable((shown("P01@1", "P02"),))

    assert boards(problem_of(["K1", "K1"]), timetable, ()) == timetable


tracks = st.sampled_from(["", "K1", "K2", "K3"])


@st.composite
def drafts(draw):
    """A problem, a session of all its posters with or without boards, and some of the posters."""
    problem = problem_of(draw(st.lists(tracks, min_size=1, max_size=9)))
    codes = [code for code in problem.talks if code != "T1"]
    labels = draw(st.permutations([*range(1, 11), *[""] * 4]))
    session = shown(*(f"{code}@{label}" for code, label in zip(codes, labels, strict=False)))
    alike = draw(
        st.dictionaries(
            st.tuples(st.sampled_from(codes), st.sampled_from(codes)).map(lambda both: pair(*both)),
            st.integers(0, 100),
        )
    )
    some = draw(st.sets(st.sampled_from(codes)))
    return problem_of([problem.talks[code].track for code in codes], alike), session, some


@given(drafts())
@settings(deadline=None)
def test_no_avoidable_clash_is_left_when_all_posters_may_move(draft):
    problem, session, _some = draft

    timetable = boards(problem, Timetable((session,)), problem.talks)

    assert list(poster_boards(problem, timetable)) == []


@given(drafts())
@settings(deadline=None)
def test_every_poster_of_those_asked_for_has_a_board_of_its_own(draft):
    problem, session, some = draft

    [placed] = boards(problem, Timetable((session,)), some).sessions

    before = {one.talk: one.board for one in session.talks}
    after = {one.talk: one.board for one in placed.talks}
    labels = [board for board in after.values() if board]
    assert [one.talk for one in placed.talks] == [one.talk for one in session.talks]
    assert len(set(labels)) == len(labels)
    assert all(after[code] for code in some)
    assert {c: after[c] for c in after if c not in some} == {
        c: before[c] for c in before if c not in some
    }


@pytest.mark.parametrize("size", [2, 7])
def test_row_is_no_longer_than_any_other_that_changes_two_posters(size):
    """A check of the improvement that shares nothing with it."""
    codes = [f"P{n:02}" for n in range(1, size + 1)]
    alike = {
        pair(one, other): (17 * a + 31 * b + a * b) % 101
        for a, one in enumerate(codes)
        for b, other in enumerate(codes)
        if a < b
    }
    problem = problem_of([""] * size, alike)

    [row] = given_boards(problem, shown(*codes))

    def length(order):
        return sum(100 - alike[pair(one, other)] for one, other in pairwise(order))

    order = [code for code, _board in row]
    for a in range(size):
        for b in range(a):
            swapped = order.copy()
            swapped[a], swapped[b] = swapped[b], swapped[a]
            assert length(order) <= length(swapped)
