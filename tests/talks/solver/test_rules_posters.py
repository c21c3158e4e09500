"""What the rules about posters find, over plain values; no database."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from talks.solver import rules
from talks.solver.problem import (
    PlacedSession,
    PlacedTalk,
    Problem,
    Session,
    Talk,
    Timetable,
    Track,
)
from talks.solver.rules.posters import natural

TALKS = [
    *(Talk(f"P{n}", f"Poster {n}", 60, is_poster=True, track="K1") for n in range(1, 5)),
    Talk("P5", "Poster 5", 60, is_poster=True, track="K2", paper="A"),
    Talk("P6", "Poster 6", 60, is_poster=True, track="K2"),
    Talk("P7", "Poster 7", 60, is_poster=True),
    Talk("T1", "Talk", 30, paper="A"),
    Talk("T2", "Talk again", 30, paper="A"),
    Talk("T3", "Other talk", 30),
]
PROBLEM = Problem(
    sessions={code: Session(code, f"Session {code}", kind="posters") for code in ("S1", "S2")}
    | {code: Session(code, f"Session {code}") for code in ("S3", "S4")},
    talks={talk.code: talk for talk in TALKS},
    tracks={code: Track(code, f"Track {code}") for code in ("K1", "K2")},
)


def at(hour):
    return datetime(2027, 3, 26, hour, tzinfo=UTC)


def held(session, start, *talks):
    """An hour in which talks are shown, posters with the board that stands behind them."""
    shown = (talk.partition("@") for talk in talks)
    placed = tuple(PlacedTalk(code, None, board) for code, _at, board in shown)
    return PlacedSession(session, at(start), at(start + 1), "", placed)


def found(rule, *sessions, problem=PROBLEM):
    return [
        (clash.of.code, [part.code for part in clash.parts], clash.amount)
        for clash in rule(problem, Timetable(sessions))
    ]


def test_track_with_all_its_posters_in_one_session_clashes():
    one, other = held("S1", 10, "P1", "P2", "P3"), held("S2", 11, "P5")

    assert found(rules.poster_topics, one, other) == [("K1", ["S1", "S2"], 2)]


@pytest.mark.parametrize(
    "sessions",
    [
        [held("S1", 10, "P1", "P2"), held("S2", 11, "P3", "P5", "P7")],
        [held("S1", 10, "P1", "P2", "P3")],  # the only one
        [held("S1", 10, "P7", "P7"), held("S2", 11)],  # of no track
        [held("S1", 10, "P1", "P2", "P3"), held("S2", 11, "P1", "P2")],  # shown again
    ],
)
def test_track_whose_posters_are_spread_does_not_clash(sessions):
    assert found(rules.poster_topics, *sessions) == []


def test_sessions_that_are_not_for_posters_need_none():
    assert found(rules.poster_topics, held("S1", 10, "P1", "P2", "P3"), held("S3", 11)) == []


@pytest.mark.parametrize("start", [9, 10])
def test_poster_before_or_beside_the_talk_about_its_paper_clashes(start):
    clashes = found(rules.poster_after_talk, held("S1", start, "P5", "P6"), held("S3", 10, "T1"))

    assert clashes == [("P5", ["P5", "T1"], 1)]


def test_poster_after_the_talk_about_its_paper_does_not_clash():
    assert found(rules.poster_after_talk, held("S1", 11, "P5"), held("S3", 10, "T1", "T3")) == []


def test_poster_that_is_shown_again_after_its_talk_does_not_clash():
    sessions = [held("S1", 9, "P5"), held("S3", 10, "T1"), held("S2", 11, "P5")]

    assert found(rules.poster_after_talk, *sessions) == []


def test_poster_comes_after_every_talk_about_its_paper():
    sessions = [held("S3", 9, "T1"), held("S1", 10, "P5"), held("S4", 11, "T2")]

    assert found(rules.poster_after_talk, *sessions) == [("P5", ["P5", "T2"], 1)]


def test_posters_of_a_track_that_stand_apart_clash():
    session = held("S1", 10, "P1@1", "P5@2", "P2@3", "P6@10")

    assert found(rules.poster_boards, session) == [("S1", ["P1", "P5", "P2", "P6"], 2)]


def test_only_posters_of_tracks_that_stand_apart_are_told():
    session = held("S1", 10, "P1@A9", "P5@A10", "P2@A11")

    [clash] = rules.poster_boards(PROBLEM, Timetable((session,)))

    assert ([part.code for part in clash.parts], clash.amount) == (["P1", "P2"], 1)
    assert [track.name for track in clash.others] == ["Track K1"]


@pytest.mark.parametrize(
    "posters",
    [
        ["P1@1", "P2@2", "P5@10", "P6@11"],
        ["P1@1", "P7@2", "P2@3", "P5@4"],  # one of no track between them
        ["P1@1", "P5", "P2@2", "P6"],  # some have no board
        ["P1", "P5", "P2"],
    ],
)
def test_posters_of_a_track_that_stand_together_do_not_clash(posters):
    assert found(rules.poster_boards, held("S1", 10, *posters)) == []


def test_rules_about_posters_pass_over_talks():
    talks = {code: replace(talk, is_poster=False) for code, talk in PROBLEM.talks.items()}
    problem = replace(PROBLEM, talks=talks)
    session = held("S1", 10, "P1@1", "P5@2", "P2@3", "P6@4")

    assert found(rules.poster_boards, session, problem=problem) == []
    assert found(rules.poster_topics, session, held("S2", 11), problem=problem) == []


def test_labels_are_sorted_by_their_numbers():
    labels = ["B1", "A10", "a2", "3", "12", "A2b", ""]

    assert sorted(labels, key=natural) == ["", "3", "12", "a2", "A2b", "A10", "B1"]
