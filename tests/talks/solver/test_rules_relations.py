"""The rules about talks that belong together and about pins, over plain values."""

from dataclasses import replace

import pytest

from talks.solver import rules
from talks.solver.problem import (
    Kind,
    Pinned,
    PinnedTalk,
    PlacedSession,
    PlacedTalk,
    Problem,
    Relation,
    Room,
    Session,
    Talk,
    Timetable,
    in_utc,
)

from .test_rules import at, held

PROBLEM = Problem(
    rooms={"R1": Room("R1", "Hall"), "R2": Room("R2", "Attic")},
    sessions={
        "S1": Session("S1", "Morning"),
        "S2": Session("S2", "Noon"),
        "S3": Session("S3", "Late morning"),
        "S4": Session("S4", "Coffee", kind="break"),
    },
    talks={
        **{code: Talk(code, f"Talk {code}", 20) for code in ("T1", "T2", "T3")},
        "T4": Talk("T4", "Poster", 60, is_poster=True),
    },
)


def found(rule, *sessions, kind=Kind.BEFORE, first="T1", second="T2"):
    problem = replace(PROBLEM, relations=(Relation(kind, first, second),))
    clashes = rule(problem, Timetable(sessions))
    return [(clash.of.code, *(part.code for part in clash.parts), clash.fault) for clash in clashes]


def talks(**starts):
    return [PlacedTalk(code, start and at(start)) for code, start in starts.items()]


@pytest.mark.parametrize("kind", [Kind.BEFORE, Kind.PART])
def test_second_that_begins_before_the_first_is_over_clashes(kind):
    sessions = held("S1", talks=talks(T1="10:00")), held("S2", talks=talks(T2="10:19"))
    fault = {Kind.BEFORE: "before", Kind.PART: "part_order"}[kind]

    assert found(rules.in_order, *sessions, kind=kind) == [("T1", "T1", "T2", fault)]


def test_second_that_begins_when_the_first_ends_comes_after_it():
    sessions = held("S1", talks=talks(T1="10:00")), held("S2", talks=talks(T2="10:20"))

    assert found(rules.in_order, *sessions) == []


def test_order_in_the_night_of_the_change_of_clocks_is_that_of_true_time():
    first = PlacedSession("S1", at("1:00", 28), at("1:50", 28), "", (PlacedTalk("T1"),))
    second = PlacedSession("S2", at("3:00", 28), at("4:00", 28), "", (PlacedTalk("T2"),))

    assert found(rules.in_order, first, second) == []
    assert len(found(rules.in_order, replace(first, end=at("3:05", 28)), second)) == 1


def test_talks_without_starts_come_in_the_order_of_their_session():
    in_order = held("S1", talks=talks(T1=None, T2=None))
    reversed_ = held("S1", talks=talks(T2=None, T1=None))

    assert found(rules.in_order, in_order) == []
    assert found(rules.in_order, reversed_) == [("T1", "T1", "T2", "before")]


def test_talk_of_which_no_order_is_known_does_not_clash():
    assert found(rules.in_order, held("S1", talks=talks(T2="10:00", T1=None))) == []


def test_related_talk_that_is_not_placed_does_not_clash():
    assert found(rules.in_order, held("S1", talks=talks(T2="10:00"))) == []


def parts(*sessions):
    return found(rules.in_order, *sessions, kind=Kind.PART)


def test_part_that_follows_at_once_does_not_clash():
    assert parts(held("S1", talks=talks(T1="10:00", T2="10:20"))) == []
    assert parts(held("S1", talks=talks(T1=None, T2=None))) == []


def test_part_that_does_not_follow_at_once_in_its_session_clashes():
    apart = [("T1", "T1", "T2", "part_apart")]

    assert parts(held("S1", talks=talks(T1="10:00", T2="10:25"))) == apart
    assert parts(held("S1", talks=talks(T1=None, T3=None, T2=None))) == apart


FIRST = held("S1", "9:00", "10:00", "R1", talks(T1="9:40"))
SECOND = held("S2", "11:00", "12:00", "R1", talks(T2="11:00"))


def test_part_in_the_next_session_of_the_room_does_not_clash():
    elsewhere = held("S3", "10:00", "11:00", "R2")

    assert parts(FIRST, elsewhere, SECOND) == []


def test_part_in_another_room_clashes():
    assert parts(FIRST, replace(SECOND, room="R2")) == [("T1", "T1", "T2", "part_room")]


def test_part_whose_room_is_not_known_yet_does_not_clash():
    assert parts(FIRST, replace(SECOND, room="")) == []


def test_part_with_another_session_between_clashes_but_not_with_a_break():
    between = held("S3", "10:00", "11:00", "R1")

    assert parts(FIRST, between, SECOND) == [("T1", "T1", "T2", "part_apart")]
    assert parts(FIRST, replace(between, session="S4"), SECOND) == []


def parallel(*sessions, **names):
    return found(rules.never_parallel, *sessions, kind=Kind.NEVER_PARALLEL, **names)


def test_talks_that_must_never_be_parallel_clash_when_they_are():
    one, other = held("S1", talks=talks(T1="10:00")), held("S2", talks=talks(T2="10:19"))

    assert parallel(one, other) == [("T1", "T1", "T2", "")]
    assert parallel(held("S1", talks=talks(T1="10:00", T2="10:10"))) == [("T1", "T1", "T2", "")]


def test_talks_that_must_never_be_parallel_may_follow_each_other():
    one, other = held("S1", talks=talks(T1="10:00")), held("S2", talks=talks(T2="10:20"))

    assert parallel(one, other) == []
    assert parallel(held("S1", talks=talks(T1=None, T2="10:10"))) == []


def test_poster_is_parallel_to_a_talk_of_its_session():
    assert parallel(held("S1", talks=talks(T1=None, T4=None)), second="T4") == [
        ("T1", "T1", "T4", "")
    ]


def pinned(*sessions, pins=(), talk_pins=()):
    problem = replace(PROBLEM, pins=dict(pins), talk_pins=dict(talk_pins))
    return list(rules.pinned(problem, Timetable(sessions)))


def test_session_away_from_its_pinned_time_and_room_clashes():
    pin = Pinned(at("11:00"), "R2")

    time, room = pinned(held("S1", room="R1"), pins={"S1": pin})

    assert (time.fault, time.away.start, time.away.end) == ("time", at("11:00"), at("12:00"))
    assert (room.fault, [other.name for other in room.others]) == ("room", ["Attic"])


def test_session_pinned_to_no_room_clashes_in_one():
    [clash] = pinned(held("S1", room="R1"), pins={"S1": Pinned(room="")})

    assert (clash.of.code, clash.fault) == ("S1", "no_room")


def test_session_where_it_is_pinned_does_not_clash():
    pin = Pinned(at("10:00"), "R1")

    assert pinned(held("S1", room="R1"), pins={"S1": pin}) == []
    assert pinned(held("S1", "10:00", room="R2"), pins={"S1": Pinned(at("10:00"))}) == []


def test_pinned_time_in_the_night_of_the_change_of_clocks_has_its_true_length():
    session = PlacedSession("S1", at("0:00", 28), at("1:00", 28), "", (PlacedTalk("T1"),))
    late = at("1:50", 28)

    time, talk_time = pinned(
        session, pins={"S1": Pinned(late)}, talk_pins={"T1": PinnedTalk("S1", late)}
    )

    assert in_utc(time.away.end) == in_utc(at("3:50", 28))
    assert in_utc(talk_time.away.end) == in_utc(at("3:10", 28))


def test_talk_in_another_session_than_pinned_clashes():
    pins = {"T1": PinnedTalk("S1", at("10:00"))}

    [clash] = pinned(held("S2", talks=talks(T1="10:00")), talk_pins=pins)

    assert (clash.of.code, clash.fault, clash.parts[0].code) == ("T1", "session", "T1")
    assert [other.name for other in clash.others] == ["Morning"]


def test_talk_at_another_start_than_pinned_clashes():
    pins = {"T1": PinnedTalk("S1", at("10:00"))}

    [clash] = pinned(held("S1", talks=talks(T1="10:20")), talk_pins=pins)

    assert (clash.fault, clash.away.start, clash.away.end) == (
        "talk_time",
        at("10:00"),
        at("10:20"),
    )


def test_talk_where_it_is_pinned_or_nowhere_does_not_clash():
    session = held("S1", talks=talks(T1="10:20"))

    assert pinned(session, talk_pins={"T1": PinnedTalk("S1")}) == []
    assert pinned(session, talk_pins={"T2": PinnedTalk("S1", at("10:00"))}) == []


def test_pins_of_what_is_not_in_the_problem_are_left_alone():
    pins = {"T1": PinnedTalk("S9"), "T9": PinnedTalk("S1")}

    assert pinned(held("S1", talks=talks(T1="10:00")), talk_pins=pins) == []


def test_poster_that_is_shown_elsewhere_too_does_not_clash():
    both = held("S1", talks=talks(T4=None)), held("S2", talks=talks(T4=None))

    assert pinned(*both, talk_pins={"T4": PinnedTalk("S2")}) == []
