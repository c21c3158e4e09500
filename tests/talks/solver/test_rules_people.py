"""Each rule about people, over plain values; no database."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from talks.solver import rules
from talks.solver.problem import (
    Kind,
    Level,
    Person,
    PlacedSession,
    PlacedTalk,
    Problem,
    Relation,
    Room,
    Session,
    Setting,
    Span,
    Talk,
    Timetable,
)

BERLIN = ZoneInfo("Europe/Berlin")


def at(clock, day=26):
    hour, minute = map(int, clock.split(":"))
    return datetime(2027, 3, day, hour, minute, tzinfo=BERLIN)


def span(start, end, day=26):
    return Span("", at(start, day), at(end, day))


def held(session, start="10:00", end="11:00", day=26, room="", talks=()):
    return PlacedSession(session, at(start, day), at(end, day), room, tuple(talks))


PROBLEM = Problem(
    people={"H1": Person("H1", "Ada"), "H2": Person("H2", "Bob")},
    rooms={"R1": Room("R1", "Hall")},
    sessions={code: Session(code, f"Session {code}") for code in ("S1", "S2", "S3")},
    talks={
        "T1": Talk("T1", "One", 20, ("H1",)),
        "T2": Talk("T2", "Two", 30, ("H1", "H2")),
    },
    zone="Europe/Berlin",
)
ONE = held("S1", talks=[PlacedTalk("T1", at("10:00"))])


def with_person(problem=PROBLEM, **known):
    ada = replace(problem.people["H1"], **known)
    return replace(problem, people={**problem.people, "H1": ada})


def with_options(rule, problem=PROBLEM, **options):
    return replace(problem, settings={rule: Setting(Level.WARN, 1, options)})


def found(rule, problem, *sessions):
    """What a rule finds: of whom, the fault, how much, and the codes of what takes part."""
    return [
        (clash.of.name, clash.fault, clash.amount, *(part.code for part in clash.parts))
        for clash in rule(problem, Timetable(sessions))
    ]


def test_chair_who_is_away_for_an_hour_of_the_session_clashes():
    chaired = {**PROBLEM.sessions, "S1": Session("S1", "Morning", people=("H1",))}
    problem = with_person(replace(PROBLEM, sessions=chaired), away=(span("10:30", "10:45"),))

    assert found(rules.person_away, problem, held("S1")) == [("Ada", "", 1, "S1")]


@pytest.mark.parametrize(
    ("rather_not", "clashes"),
    [
        ([("9:00", "10:00")], []),
        ([("10:20", "12:00")], []),
        ([("9:00", "10:01"), ("10:19", "12:00")], [("Ada", "rather_not", 1, "T1")]),
    ],
)
def test_person_on_stage_when_they_would_rather_not_clashes_once(rather_not, clashes):
    problem = with_person(rather_not=tuple(span(*clocks) for clocks in rather_not))

    assert found(rules.preferences, problem, ONE) == clashes


@pytest.mark.parametrize(
    ("likes", "clashes"),
    [
        ([], []),
        ([("10:00", "10:20")], []),
        ([("10:10", "11:00"), ("9:00", "10:10")], []),
        ([("10:11", "11:00"), ("9:00", "10:10")], [("Ada", "not_liked", 1, "T1")]),
    ],
)
def test_person_on_stage_outside_the_times_they_like_clashes(likes, clashes):
    problem = with_person(likes=tuple(span(*clocks) for clocks in likes))

    assert found(rules.preferences, problem, ONE) == clashes


def test_first_time_that_does_not_suit_and_the_first_that_does_are_told():
    late, early = span("10:05", "10:10"), span("9:00", "10:02")
    problem = with_person(rather_not=(late, early), likes=(late, early))

    clashes = list(rules.preferences(problem, Timetable((ONE,))))

    assert [clash.away for clash in clashes] == [early, early]


@pytest.mark.parametrize(
    ("room", "start", "clashes"),
    [("R1", "10:00", [("Hall", "room", 1, "S1")]), ("R1", "10:30", []), ("", "10:00", [])],
)
def test_session_in_a_room_when_that_does_not_suit_clashes(room, start, clashes):
    rooms = {"R1": Room("R1", "Hall", rather_not=(span("9:00", "10:30"),))}

    session = held("S1", start, room=room)

    assert found(rules.preferences, replace(PROBLEM, rooms=rooms), session) == clashes


@pytest.mark.parametrize(
    ("start", "amount"),
    [
        ("23:00", 1),  # 07:00 in Tokyo
        ("23:59", 1),
        ("21:59", 3),
        ("22:00", 1),
        ("0:00", 0),
        ("11:40", 0),  # until 20:00
        ("11:41", 1),
        ("14:40", 1),  # until 23:00
        ("14:41", 3),
        ("15:50", 3),  # over midnight
    ],
)
def test_hours_of_who_speaks_from_elsewhere_count_on_their_clock(start, amount):
    problem = with_person(zone="Asia/Tokyo")
    session = held("S1", "0:00", "23:59", talks=[PlacedTalk("T1", at(start))])

    assert sum(c.amount for c in rules.local_hours(problem, Timetable((session,)))) == amount


def test_hours_of_who_speaks_from_elsewhere_are_told_on_their_clock():
    session = held("S1", "22:00", "23:00", talks=[PlacedTalk("T1", at("22:30"))])

    [clash] = rules.local_hours(with_person(zone="Asia/Tokyo"), Timetable((session,)))

    assert str(clash.parts[0].start) == "2027-03-27 06:30:00+09:00"
    assert str(clash.parts[0].end) == "2027-03-27 06:50:00+09:00"


def test_who_is_at_the_event_speaks_at_any_hour():
    session = held("S1", "3:00", "4:00", talks=[PlacedTalk("T1")])

    assert found(rules.local_hours, PROBLEM, session) == []


def test_hours_can_be_set_to_the_whole_day_so_that_midnight_is_no_bound():
    hours = {"first": 0, "last": 24, "early": 0, "late": 24}
    problem = with_options("local_hours", with_person(zone="Asia/Tokyo"), **hours)
    session = held("S1", "15:30", "16:30", talks=[PlacedTalk("T1", at("15:50"))])

    assert found(rules.local_hours, problem, session) == []


@pytest.mark.parametrize(("day", "amounts"), [(27, [1]), (28, [])])
def test_hours_move_when_the_clocks_of_the_speaker_change(day, amounts):
    """In the night to 28 March the clocks of Berlin go from 2 to 3; Tokyo's stay."""
    problem = with_person(zone="Europe/Berlin")
    start = datetime(2027, 3, day, 6, 30, tzinfo=ZoneInfo("UTC"))  # 7:30, then 8:30
    session = PlacedSession("S1", start, start.replace(hour=7), "", (PlacedTalk("T1"),))

    clashes = rules.local_hours(problem, Timetable((session,)))

    assert [clash.amount for clash in clashes] == amounts


def related(kind):
    return replace(PROBLEM, relations=(Relation(kind, "T1", "T2"),))


@pytest.mark.parametrize(
    ("kind", "day", "clashes"),
    [
        (Kind.SAME_DAY, 26, []),
        (Kind.SAME_DAY, 27, [("One", "same_day", 1, "T1", "T2")]),
        (Kind.REPEATS, 26, [("One", "repeats", 1, "T1", "T2")]),
        (Kind.REPEATS, 27, []),
        (Kind.BEFORE, 27, []),
    ],
)
def test_talks_stand_on_one_day_or_on_different_ones(kind, day, clashes):
    other = held("S2", "12:00", "13:00", day, talks=[PlacedTalk("T2")])

    assert found(rules.spread, related(kind), ONE, other) == clashes


def test_day_of_a_talk_is_the_day_at_the_event():
    late = held("S1", "23:30", "23:59", 26, talks=[PlacedTalk("T1")])
    early = held("S2", "0:30", "1:30", 27, talks=[PlacedTalk("T2")])

    assert found(rules.spread, related(Kind.SAME_DAY), late, early) == [
        ("One", "same_day", 1, "T1", "T2")
    ]
    assert found(rules.spread, replace(related(Kind.SAME_DAY), zone="UTC"), late, early) == []


def test_talk_that_stands_nowhere_is_on_no_day():
    assert found(rules.spread, related(Kind.SAME_DAY), ONE) == []


DAYS = (
    ONE,
    held("S2", "12:00", "13:00", talks=[PlacedTalk("T2")]),
    held("S3", "12:00", "13:00", 27),
)
CHAIRED = replace(
    PROBLEM, sessions={**PROBLEM.sessions, "S3": Session("S3", "Evening", people=("H1", "H2"))}
)


@pytest.mark.parametrize(
    ("wanted", "clashes"),
    [
        ("", []),
        (
            "same_day",
            [("Ada", "many_days", 1, "T1", "T2", "S3"), ("Bob", "many_days", 1, "T2", "S3")],
        ),
        ("different_days", [("Ada", "one_day", 1, "T1", "T2")]),
    ],
)
def test_person_comes_on_one_day_or_speaks_on_different_ones(wanted, clashes):
    problem = with_options("spread", CHAIRED, people=wanted)

    assert found(rules.spread, problem, *DAYS) == clashes


@pytest.mark.parametrize(
    ("moderators", "panelists", "clashes"),
    [
        ((), (), [("Future", "no_moderator", 1), ("Future", "few_panelists", 1)]),
        (("H1",), ("H2",), [("Future", "few_panelists", 1)]),
        (("H1",), ("H1", "H2"), []),
    ],
)
def test_panel_has_a_moderator_and_two_panelists(moderators, panelists, clashes):
    future = Talk("T3", "Future", 60, kind="panel", moderators=moderators, panelists=panelists)

    assert found(rules.panel, replace(PROBLEM, talks={"T3": future})) == clashes


def test_talk_that_is_no_panel_needs_no_moderator():
    assert found(rules.panel, PROBLEM, ONE) == []
