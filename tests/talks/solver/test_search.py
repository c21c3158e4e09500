"""A search places what it is asked to place, and nothing else moves."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from talks.solver import rules, scope
from talks.solver.limits import Limits
from talks.solver.problem import (
    Level,
    Person,
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
from talks.solver.search import NoTimetable, broken, search

NINE = datetime(2027, 3, 26, 9, tzinfo=UTC)
LIMITS = Limits(seed=1, effort=2)


def at(hour, day=0):
    return NINE + timedelta(days=day, hours=hour - 9)


def placed(code, hour, room="R1", talks=(), day=0):
    held = tuple(PlacedTalk(one, at(hour, day) + k * timedelta(minutes=30)) for k, one in talks)
    return PlacedSession(code, at(hour, day), at(hour + 1, day), room, held)


def problem(sessions=4, talks=8, days=2, **more):
    """Days of four hours, two rooms, sessions of two talks each; a track for every second."""
    given = {
        "people": {f"H{n}": Person(f"H{n}", f"Person {n}") for n in range(talks)},
        "rooms": {code: Room(code, code) for code in ("R1", "R2")},
        "tracks": {code: Track(code, code) for code in ("K0", "K1")},
        "sessions": {
            f"S{n}": Session(f"S{n}", f"Session {n}", minutes=60) for n in range(sessions)
        },
        "talks": {
            f"T{n}": Talk(f"T{n}", f"Talk {n}", 30, (f"H{n}",), track=f"K{n % 2}")
            for n in range(talks)
        },
        "hours": tuple(Span("", at(9, day), at(13, day)) for day in range(days)),
        "step": 30,
    }
    return Problem(**{**given, **more})


def standing(problem):
    """Return a timetable of the first three sessions in one row, each with two talks."""
    rows = (("S0", 9, 0), ("S1", 10, 0), ("S2", 9, 1))
    return Timetable(
        tuple(
            placed(code, hour, talks=((0, f"T{2 * n}"), (1, f"T{2 * n + 1}")), day=day)
            for n, (code, hour, day) in enumerate(rows)
        )
    )


def where(timetable):
    """Return by talk its session, start and room."""
    return {
        one.talk: (session.session, one.start, session.room)
        for session in timetable.sessions
        for one in session.talks
    }


def test_everything_is_placed_from_nothing():
    new = problem()

    found = search(new, Timetable(), scope.everything(new, Timetable()), LIMITS)

    assert broken(new, found.timetable) == []
    assert sorted(where(found.timetable)) == sorted(new.talks)
    assert found.left == ()


def test_same_seed_and_effort_give_the_same_timetable():
    new = problem(sessions=6, talks=12)
    part = scope.everything(new, Timetable())

    one, other = (search(new, Timetable(), part, LIMITS) for _ in range(2))

    assert one.timetable == other.timetable


def test_unplaced_are_placed_and_all_else_stays():
    drafted = problem()
    present = standing(drafted)

    found = search(drafted, present, scope.unplaced(drafted, present), LIMITS)

    after = found.timetable.by_code()
    assert [after[one.session] for one in present.sessions] == list(present.sessions)
    assert {one.talk for one in after["S3"].talks} == {"T6", "T7"}


def test_day_is_searched_and_the_other_stays():
    drafted = problem()
    present = standing(drafted)
    away = replace(drafted.people["H0"], away=(Span("", at(9), at(10)),))
    drafted = replace(drafted, people={**drafted.people, "H0": away})

    found = search(drafted, present, scope.of_day(drafted, present, NINE.date()), LIMITS)

    after = where(found.timetable)
    assert {code: after[code] for code in ("T4", "T5")} == {
        "T4": ("S2", at(9, 1), "R1"),
        "T5": ("S2", at(9, 1) + timedelta(minutes=30), "R1"),
    }
    assert broken(drafted, found.timetable) == []


def test_track_is_searched_and_the_other_stays():
    drafted = problem()
    own = replace(drafted.sessions["S3"], track="K1")
    drafted = replace(drafted, sessions={**drafted.sessions, "S3": own})
    present = standing(drafted)
    before = where(present)

    found = search(drafted, present, scope.of_track(drafted, present, "K1"), LIMITS)

    after = where(found.timetable)
    assert all(after[code] == before[code] for code in ("T0", "T2", "T4"))
    assert {"T1", "T3", "T5", "T7"} <= set(after)


def test_room_is_searched_and_the_other_stays():
    drafted = problem()
    present = Timetable(
        (
            placed("S0", 9, "R1", ((0, "T0"), (1, "T1"))),
            placed("S1", 9, "R2", ((0, "T2"), (1, "T3"))),
        )
    )
    drafted = replace(
        drafted,
        sessions={code: drafted.sessions[code] for code in ("S0", "S1")},
        talks={code: drafted.talks[code] for code in ("T0", "T1", "T2", "T3")},
        rooms={**drafted.rooms, "R2": Room("R2", "R2", closed=(Span("", at(9), at(10)),))},
    )

    found = search(drafted, present, scope.of_room(drafted, present, "R2"), LIMITS)

    assert found.timetable.by_code()["S0"] == present.by_code()["S0"]
    assert broken(drafted, found.timetable) == []


def test_as_much_as_can_be_placed_is_placed():
    full = problem(sessions=2, talks=4)
    full = replace(full, talks={**full.talks, "T0": replace(full.talks["T0"], people=("H0", "H1"))})
    away = (Span("", at(9), at(13)), Span("", at(9, 1), at(12, 1) + timedelta(minutes=30)))
    people = {**full.people, "H0": Person("H0", "Ada", away=away), "H1": Person("H1", "Bob", away)}
    full = replace(full, people=people)
    part = scope.everything(full, Timetable())

    with pytest.raises(NoTimetable) as told:
        search(full, Timetable(), part, LIMITS)
    found = search(full, Timetable(), part, LIMITS, may_leave=True)

    assert told.value.is_proven
    assert len(found.left) == 1
    assert {clash.rule for clash in broken(full, found.timetable)} == {"placed_once"}


def test_track_that_has_two_rooms_for_good_gets_no_third():
    drafted = problem(
        sessions=3,
        talks=6,
        days=1,
        rooms={code: Room(code, code) for code in ("R1", "R2", "R3")},
        settings={"track_one_room": Setting(Level.BLOCK, 2)},
    )
    tracked = {code: replace(one, track="K0") for code, one in drafted.sessions.items()}
    drafted = replace(drafted, sessions=tracked)
    present = Timetable(
        (
            placed("S0", 9, "R1", ((0, "T0"), (1, "T2"))),
            placed("S1", 10, "R2", ((0, "T1"), (1, "T3"))),
        )
    )

    found = search(drafted, present, scope.unplaced(drafted, present), LIMITS)

    assert rules.costs(drafted, found.timetable)["track_one_room"] == 2
    assert found.timetable.by_code()["S2"].room in {"R1", "R2"}


def test_talks_that_clash_for_good_leave_the_rest_to_be_placed():
    drafted = problem(sessions=3, talks=5)
    both = replace(drafted.talks["T2"], people=("H0",))
    drafted = replace(drafted, talks={**drafted.talks, "T2": both})
    present = Timetable(
        (
            placed("S0", 9, "R1", ((0, "T0"), (1, "T1"))),
            placed("S1", 9, "R2", ((0, "T2"), (1, "T3"))),
        )
    )

    found = search(drafted, present, scope.unplaced(drafted, present), LIMITS)

    assert [clash.rule for clash in broken(drafted, found.timetable)] == ["person_twice"]
    assert where(found.timetable)["T4"][0] == "S2"


def test_many_talks_are_placed_by_stages():
    large = problem(
        sessions=24, talks=48, days=3, rooms={f"R{n}": Room(f"R{n}", "") for n in "123"}
    )
    heard = []
    limits = replace(LIMITS, effort=0.3, progress=lambda _seconds, cost, _bound: heard.append(cost))

    found = search(large, Timetable(), scope.everything(large, Timetable()), limits)

    assert broken(large, found.timetable) == []
    assert len(where(found.timetable)) == 48
    assert sum(found.after.values()) <= heard[0]


def test_search_that_is_stopped_says_so():
    large = problem(sessions=24, talks=48, days=3)
    heard = []
    told = replace(LIMITS, effort=1e6, progress=lambda *one: heard.append(one))
    limits = replace(told, stop=lambda: bool(heard))

    found = search(large, Timetable(), scope.everything(large, Timetable()), limits)

    assert found.was_stopped
    assert broken(large, found.timetable) == []
