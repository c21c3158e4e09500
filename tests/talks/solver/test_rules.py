"""Each rule, over plain values; no database."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talks.solver import rules
from talks.solver.problem import (
    Person,
    PlacedSession,
    PlacedTalk,
    Problem,
    Room,
    Session,
    Span,
    Talk,
    Timetable,
)

BERLIN = ZoneInfo("Europe/Berlin")


def at(clock, day=26):
    hour, minute = map(int, clock.split(":"))
    return datetime(2027, 3, day, hour, minute, tzinfo=BERLIN)


def span(code, start, end):
    return Span(code, at(start), at(end))


def held(session, start="10:00", end="11:00", room="", talks=()):
    return PlacedSession(session, at(start), at(end), room, tuple(talks))


PROBLEM = Problem(
    people={"H1": Person("H1", "Ada"), "H2": Person("H2", "Bob")},
    rooms={"R1": Room("R1", "Hall"), "R2": Room("R2", "Attic")},
    sessions={code: Session(code, f"Session {code}") for code in ("S1", "S2", "S3")},
    talks={
        "T1": Talk("T1", "One", 20, ("H1",)),
        "T2": Talk("T2", "Two", 30, ("H1", "H2")),
        "T3": Talk("T3", "Three", 40),
        "T4": Talk("T4", "Poster", 90, ("H1",), is_poster=True),
        "T5": Talk("T5", "Other poster", 90, ("H1",), is_poster=True),
    },
)


def found(rule, *sessions, problem=PROBLEM):
    """What a rule finds: whose clash, and the codes of what meets."""
    clashes = rule(problem, Timetable(sessions))
    return [(clash.of.name, *(part.code for part in clash.parts)) for clash in clashes]


def test_spans_that_share_time_pair_in_order_of_start():
    spans = [span("c", "10:30", "12:00"), span("a", "9:00", "11:00"), span("b", "10:00", "10:45")]

    pairs = [(one.code, other.code) for one, other in rules.overlaps(spans)]

    assert pairs == [("a", "b"), ("a", "c"), ("b", "c")]


def test_span_that_ends_when_another_starts_does_not_pair():
    spans = [span("a", "9:00", "10:00"), span("b", "10:00", "11:00")]

    assert list(rules.overlaps(spans)) == []


def test_spans_of_one_code_never_pair():
    spans = [span("a", "9:00", "11:00"), span("a", "10:00", "12:00")]

    assert list(rules.overlaps(spans)) == []


def test_hour_that_the_clocks_repeat_is_two_hours():
    first = Span(
        "a",
        datetime(2027, 10, 31, 2, 0, tzinfo=BERLIN),
        datetime(2027, 10, 31, 2, 45, tzinfo=BERLIN),
    )
    second = Span("b", first.start.replace(fold=1), first.end.replace(fold=1))

    assert list(rules.overlaps([first, second])) == []


moments = st.integers(0, 40).map(lambda n: datetime(2027, 3, 26, tzinfo=UTC) + timedelta(hours=n))
spans = st.builds(Span, st.sampled_from("abcd"), moments, moments)


@given(st.lists(spans, max_size=12, unique=True))
def test_sweep_finds_what_comparing_all_pairs_finds(spans):
    lasting = [one for one in spans if one.start < one.end]
    expected = {
        frozenset((one, other))
        for one in lasting
        for other in lasting
        if one.code != other.code and one.start < other.end and other.start < one.end
    }

    pairs = list(rules.overlaps(spans))

    assert {frozenset(pair) for pair in pairs} == expected
    assert len(pairs) == len(expected)
    assert all(one.start <= other.start for one, other in pairs)


def test_room_with_two_sessions_at_once_clashes():
    clashes = found(
        rules.room_twice, held("S1", room="R1"), held("S2", "10:30", "11:30", room="R1")
    )

    assert clashes == [("Hall", "S1", "S2")]


@pytest.mark.parametrize(
    "other",
    [
        held("S2", "11:00", "12:00", room="R1"),
        held("S2", room="R2"),
        held("S2", room=""),
    ],
)
def test_room_with_one_session_at_a_time_does_not_clash(other):
    assert found(rules.room_twice, held("S1", room="R1"), other) == []


def test_sessions_without_a_room_do_not_clash_over_it():
    assert found(rules.room_twice, held("S1"), held("S2")) == []


def test_person_in_two_sessions_at_once_clashes():
    one = held("S1", talks=[PlacedTalk("T1", at("10:00"))])
    other = held("S2", talks=[PlacedTalk("T2", at("10:10"))])

    assert found(rules.person_twice, one, other) == [("Ada", "T1", "T2")]


def test_person_with_time_between_two_talks_does_not_clash():
    one = held("S1", talks=[PlacedTalk("T1", at("10:00"))])
    other = held("S2", talks=[PlacedTalk("T2", at("10:20"))])

    assert found(rules.person_twice, one, other) == []


def test_talk_without_a_start_takes_all_of_its_session():
    one = held("S1", talks=[PlacedTalk("T1")])
    other = held("S2", "10:50", "11:30", talks=[PlacedTalk("T2")])

    assert found(rules.person_twice, one, other) == [("Ada", "T1", "T2")]


def test_chair_is_on_stage_for_the_whole_session():
    chaired = replace(PROBLEM.sessions["S1"], people=("H2",))
    problem = replace(PROBLEM, sessions={**PROBLEM.sessions, "S1": chaired})
    other = held("S2", talks=[PlacedTalk("T2", at("10:30"))])

    assert found(rules.person_twice, held("S1"), other, problem=problem) == [("Bob", "S1", "T2")]


def test_person_who_does_several_things_in_one_session_does_not_clash():
    chaired = replace(PROBLEM.sessions["S1"], people=("H1",))
    problem = replace(PROBLEM, sessions={**PROBLEM.sessions, "S1": chaired})
    session = held("S1", talks=[PlacedTalk("T1"), PlacedTalk("T4"), PlacedTalk("T5")])

    assert found(rules.person_twice, session, problem=problem) == []


def test_poster_shown_twice_at_once_needs_its_presenter_twice():
    one, other = held("S1", talks=[PlacedTalk("T4")]), held("S2", talks=[PlacedTalk("T4")])

    assert found(rules.person_twice, one, other) == [("Ada", "T4", "T4")]


def away(*times):
    ada = replace(PROBLEM.people["H1"], away=tuple(span("", *clocks) for clocks in times))
    return replace(PROBLEM, people={**PROBLEM.people, "H1": ada})


def test_person_who_cannot_be_there_clashes_once_for_each_talk():
    problem = away(("10:00", "10:15"), ("10:10", "10:30"))
    session = held("S1", talks=[PlacedTalk("T1", at("10:00")), PlacedTalk("T2", at("10:20"))])

    clashes = list(rules.person_away(problem, Timetable((session,))))

    assert [(c.of.name, c.parts[0].code, c.away.start) for c in clashes] == [
        ("Ada", "T1", at("10:00")),
        ("Ada", "T2", at("10:10")),
    ]


def test_person_who_is_away_before_and_after_does_not_clash():
    problem = away(("9:00", "10:00"), ("10:20", "12:00"))
    session = held("S1", talks=[PlacedTalk("T1", at("10:00"))])

    assert found(rules.person_away, session, problem=problem) == []


def test_talks_that_take_longer_than_their_session_clash():
    session = held("S1", talks=[PlacedTalk("T1"), PlacedTalk("T2"), PlacedTalk("T3")])

    [clash] = rules.talk_fits_session(PROBLEM, Timetable((session,)))

    assert (clash.fault, clash.amount) == ("too_long", 30)
    assert clash.key == ("talk_fits_session", "too_long", "S1", "T1", "T2", "T3")


def test_talk_without_a_start_needs_what_the_others_leave():
    timed = [PlacedTalk("T1", at("10:00")), PlacedTalk("T2", at("10:20"))]
    session = held("S1", talks=[*timed, PlacedTalk("T3")])

    [clash] = rules.talk_fits_session(PROBLEM, Timetable((session,)))

    assert (clash.fault, clash.amount) == ("too_long", 30)


def test_talks_that_fill_their_session_do_not_clash():
    session = held("S1", talks=[PlacedTalk("T1"), PlacedTalk("T3")])

    assert found(rules.talk_fits_session, session) == []


def test_session_across_a_change_of_clocks_has_its_true_length():
    spring = PlacedSession("S1", at("1:30", 28), at("3:15", 28), "", (PlacedTalk("T3"),))
    both = replace(spring, talks=(PlacedTalk("T3"), PlacedTalk("T1")))

    assert found(rules.talk_fits_session, spring) == []
    assert found(rules.talk_fits_session, both) == [("Session S1", "T3", "T1")]


@pytest.mark.parametrize("start", ["9:50", "10:50"])
def test_talk_that_goes_beyond_its_session_clashes(start):
    session = held("S1", talks=[PlacedTalk("T1", at(start))])

    [clash] = rules.talk_fits_session(PROBLEM, Timetable((session,)))

    assert (clash.fault, [part.code for part in clash.parts]) == ("outside", ["T1", "S1"])


def test_talk_that_goes_into_the_next_clashes():
    talks = [PlacedTalk("T2", at("10:00")), PlacedTalk("T1", at("10:20"))]

    [clash] = rules.talk_fits_session(PROBLEM, Timetable((held("S1", talks=talks),)))

    assert (clash.fault, [part.code for part in clash.parts]) == ("overlap", ["T2", "T1"])


def test_posters_stand_side_by_side():
    posters = [PlacedTalk("T4"), PlacedTalk("T5")]
    timed = [replace(poster, start=at("10:00")) for poster in posters]

    assert found(rules.talk_fits_session, held("S1", talks=posters)) == []
    assert found(rules.talk_fits_session, held("S2", "10:00", "11:30", talks=timed)) == []


def test_every_rule_is_asked():
    problem = away(("10:00", "10:15"))
    one = held("S1", room="R1", talks=[PlacedTalk("T1", at("10:50"))])
    other = held("S2", room="R1", talks=[PlacedTalk("T2")])

    asked = {clash.rule for clash in rules.clashes(problem, Timetable((one, other)))}

    broken = {"room_twice", "person_twice", "person_away", "talk_fits_session", "placed_once"}
    assert asked & broken == broken
