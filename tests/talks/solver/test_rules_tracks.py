"""What the rules about tracks find, over plain values; no database."""

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from talks.solver import rules
from talks.solver.problem import (
    Level,
    PlacedSession,
    PlacedTalk,
    Problem,
    Room,
    Session,
    Setting,
    Span,
    Talk,
    Timetable,
    Track,
)

BERLIN = ZoneInfo("Europe/Berlin")
CODES = [f"S{number}" for number in range(1, 7)]


def at(clock, day=26, month=3):
    hour, minute = map(int, clock.split(":"))
    return datetime(2027, month, day, hour, minute, tzinfo=BERLIN)


PROBLEM = Problem(
    rooms={"R1": Room("R1", "Hall"), "R2": Room("R2", "Attic")},
    sessions={code: Session(code, f"Session {code}") for code in CODES},
    talks={
        "T1": Talk("T1", "One", 30, track="K1"),
        "T2": Talk("T2", "Two", 30, track="K2"),
        "T3": Talk("T3", "Three", 30, track="K1"),
        "T4": Talk("T4", "Four", 30),
        "T5": Talk("T5", "Poster", 30, is_poster=True, track="K1"),
    },
    tracks={code: Track(code, f"Track {code}") for code in ("K1", "K2")},
    hours=tuple(Span("", at("9:00", day), at("17:00", day)) for day in (26, 27)),
    zone="Europe/Berlin",
)


def held(session, start="10:00", end="11:00", talks=("T1",), room="R1", day=26):
    placed = tuple(PlacedTalk(code) for code in talks)
    return PlacedSession(session, at(start, day), at(end, day), room, placed)


def of_track(track, *codes, **changed):
    """The problem in which some sessions have a track of their own."""
    given = {code: replace(PROBLEM.sessions[code], track=track, **changed) for code in codes}
    return replace(PROBLEM, sessions={**PROBLEM.sessions, **given})


def found(rule, *sessions, problem=PROBLEM, **options):
    problem = replace(problem, settings={rule.__name__: Setting(Level.WARN, 1, options)})
    return [
        (clash.of.code, [part.code for part in clash.parts], clash.fault, clash.amount)
        for clash in rule(problem, Timetable(sessions))
    ]


def test_sessions_of_one_track_at_once_clash():
    one, other = held("S1"), held("S2", "10:30", "11:30", ["T3", "T2"])

    assert found(rules.track_parallel, one, other) == [("K1", ["S1", "S2"], "", 1)]


def test_each_track_that_two_sessions_share_counts():
    one, other = held("S1", talks=["T1", "T2"]), held("S2", talks=["T2", "T3"])

    assert [clash[0] for clash in found(rules.track_parallel, one, other)] == ["K1", "K2"]


@pytest.mark.parametrize(
    "other",
    [
        held("S2", "11:00", "12:00", ["T3"]),  # afterwards
        held("S2", talks=["T2"]),  # of another track
        held("S2", talks=["T4"]),  # of none
        held("S2", talks=["T5"]),  # a poster
    ],
)
def test_track_beside_something_else_does_not_clash(other):
    assert found(rules.track_parallel, held("S1"), other) == []


def test_track_of_the_session_wins_over_those_of_its_talks():
    problem = of_track("K2", "S2")

    assert found(rules.track_parallel, held("S1"), held("S2"), problem=problem) == []
    assert found(rules.track_parallel, held("S1"), held("S2")) == [("K1", ["S1", "S2"], "", 1)]


def test_sessions_of_posters_and_breaks_are_of_no_track():
    for kind in ("posters", "break"):
        problem = of_track("K1", "S2", kind=kind)

        assert found(rules.track_parallel, held("S1"), held("S2"), problem=problem) == []


def test_track_in_two_rooms_clashes_by_those_beyond_one():
    sessions = [held("S1"), held("S2", "11:00", "12:00", ["T3"], "R2")]

    assert found(rules.track_one_room, *sessions) == [("K1", ["S1", "S2"], "", 1)]


@pytest.mark.parametrize("room", ["R1", ""])
def test_track_in_one_room_does_not_clash(room):
    assert found(rules.track_one_room, held("S1"), held("S2", room=room)) == []


def test_track_on_two_days_clashes_by_those_beyond_one():
    sessions = [held("S1"), held("S2", "11:00", "12:00"), held("S3", day=27)]

    assert found(rules.track_together, *sessions) == [("K1", ["S1", "S2", "S3"], "days", 1)]


def test_days_of_a_track_are_those_of_the_event():
    late = PlacedSession("S1", at("23:30"), at("23:50"), "", (PlacedTalk("T1"),))
    problem = replace(PROBLEM, zone="Asia/Tokyo")  # where it is 07:30 on the 27th
    next_day = held("S2", "0:30", "1:00", day=27)

    assert found(rules.track_together, late, next_day) == [("K1", ["S1", "S2"], "days", 1)]
    assert found(rules.track_together, late, next_day, problem=problem) == []


def test_long_gap_within_a_track_clashes():
    sessions = [held("S1"), held("S2", "12:31", "13:00"), held("S3", "16:00", "17:00")]

    assert found(rules.track_together, *sessions) == [("K1", ["S2", "S3"], "gap", 2)]


def test_gap_as_long_as_allowed_does_not_clash():
    sessions = [held("S1"), held("S2", "12:30", "13:00")]

    assert found(rules.track_together, *sessions) == []
    assert found(rules.track_together, *sessions, longest=89) == [("K1", ["S2"], "gap", 1)]


def test_gap_is_behind_all_that_has_begun():
    sessions = [held("S1", "9:00", "13:00"), held("S2"), held("S3", "14:00", "15:00")]

    assert found(rules.track_together, *sessions) == []


def test_gap_over_the_hour_that_the_clocks_skip_is_as_long_as_it_is():
    night = [
        PlacedSession(code, at(start, 28), at(end, 28), "", (PlacedTalk("T1"),))
        for code, start, end in (("S1", "1:00", "1:30"), ("S2", "3:45", "4:30"))
    ]

    assert found(rules.track_together, *night, longest=75) == []
    assert found(rules.track_together, *night, longest=74) == [("K1", ["S2"], "gap", 1)]


def test_session_of_several_tracks_clashes_by_those_beyond_one():
    session = held("S1", talks=["T1", "T2", "T3", "T4"])

    assert found(rules.coherent_session, session) == [("S1", ["T1", "T2", "T3", "T4"], "tracks", 1)]


def test_talk_of_another_track_than_its_session_clashes():
    problem = of_track("K2", "S1")

    assert found(rules.coherent_session, held("S1"), problem=problem) == [
        ("S1", ["T1"], "tracks", 1)
    ]


@pytest.mark.parametrize("talks", [["T1", "T3", "T4"], ["T2", "T5"]])
def test_session_of_one_track_does_not_clash(talks):
    assert found(rules.coherent_session, held("S1", talks=talks)) == []


def test_plenary_session_may_hold_everything():
    problem = of_track("", "S1", is_plenary=True)

    assert found(rules.coherent_session, held("S1", talks=["T1", "T2"]), problem=problem) == []


def test_pairs_of_talks_with_little_in_common_clash_if_that_is_asked_for():
    problem = replace(PROBLEM, alike={("T1", "T3"): 40, ("T3", "T4"): 39})
    session = held("S1", talks=["T4", "T1", "T3"])

    assert found(rules.coherent_session, session, problem=problem) == []
    assert found(rules.coherent_session, session, problem=problem, least=40) == [
        ("S1", ["T4", "T1", "T3"], "unlike", 2)
    ]


MORNINGS = [
    held("S1", "9:00", "10:00"),
    held("S2", "9:00", "10:00", ["T3"], day=27),
    held("S3", "10:00", "11:00", ["T2"]),
    held("S4", "10:00", "11:00", ["T2"], day=27),
]


def test_track_with_more_than_its_share_of_first_sessions_clashes():
    assert found(rules.fair_slots, *MORNINGS) == [("K1", ["S1", "S2"], "", 1)]


def test_track_with_its_share_of_first_and_last_sessions_does_not_clash():
    last = held("S3", "16:00", "17:00", ["T2"])

    assert found(rules.fair_slots, MORNINGS[0], MORNINGS[3], last, held("S5", talks=["T3"])) == []


def test_no_time_is_bad_where_no_hours_are_known():
    assert found(rules.fair_slots, *MORNINGS, problem=replace(PROBLEM, hours=())) == []


def test_hours_of_a_day_are_compared_in_utc():
    hours = tuple(
        Span("", span.start.astimezone(UTC), span.end.astimezone(UTC)) for span in PROBLEM.hours
    )
    problem = replace(PROBLEM, hours=hours)

    assert found(rules.fair_slots, *MORNINGS, problem=problem) == [("K1", ["S1", "S2"], "", 1)]


def test_days_with_several_stretches_of_hours_begin_and_end_once():
    noon = [Span("", at("9:00", day), at("10:00", day)) for day in (26, 27)]
    afternoon = [Span("", at("10:00", day), at("17:00", day)) for day in (26, 27)]
    problem = replace(PROBLEM, hours=(*afternoon, *noon))

    assert found(rules.fair_slots, *MORNINGS, problem=problem) == [("K1", ["S1", "S2"], "", 1)]
