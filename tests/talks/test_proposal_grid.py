"""Both timetables side by side: days in which something moves, with a word for each thing."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from talks.proposal_grid import Mark, beside
from talks.solver import diff
from talks.solver.problem import (
    PlacedSession,
    PlacedTalk,
    Problem,
    Room,
    Session,
    Talk,
    Timetable,
)

ZONE = ZoneInfo("America/Los_Angeles")
PROBLEM = Problem(
    rooms={"R1": Room("R1", "Hall"), "R2": Room("R2", "Attic")},
    sessions={code: Session(code, f"Session {code}") for code in ("S1", "S2", "S3")},
    talks={code: Talk(code, f"Talk {code}", 30) for code in ("T1", "T2", "T3")},
)


def at(day, hour):
    return datetime(2027, 3, day, hour, tzinfo=ZONE).astimezone(UTC)


def placed(code, start, room="R1", talks=()):
    held = tuple(one if isinstance(one, PlacedTalk) else PlacedTalk(one) for one in talks)
    return PlacedSession(code, start, start + timedelta(hours=1), room, held)


def shown(before, after):
    """Return (day, before, after), each side as {title: (mark, {talk: mark})}."""
    old, new = Timetable(tuple(before)), Timetable(tuple(after))
    days = beside(PROBLEM, old, diff.moves(old, new), ZONE)
    return [(day.on, side(day.before), side(day.after)) for day in days]


def side(day):
    sessions = [slot.session for slot in day.slots] if day else []
    return {
        one.title: (one.mark, {talk.title: talk.mark for talk in one.talks}) for one in sessions
    }


def test_session_that_moves_to_another_day_is_marked_on_both():
    days = shown([placed("S1", at(1, 9))], [placed("S1", at(2, 9))])

    assert days == [
        (date(2027, 3, 1), {"Session S1": (Mark.MOVES, {})}, {}),
        (date(2027, 3, 2), {}, {"Session S1": (Mark.MOVED, {})}),
    ]


def test_session_that_is_new_or_taken_out_is_marked_on_one():
    days = shown([placed("S1", at(1, 9))], [placed("S2", at(1, 9))])

    assert days == [
        (
            date(2027, 3, 1),
            {"Session S1": (Mark.GOES, {})},
            {"Session S2": (Mark.NEW, {})},
        )
    ]


def test_day_on_which_nothing_moves_is_left_out():
    stays = placed("S2", at(2, 9))

    days = shown([placed("S1", at(1, 9)), stays], [placed("S1", at(1, 10)), stays])

    assert [on for on, _before, _after in days] == [date(2027, 3, 1)]


def test_days_begin_at_midnight_of_the_event():
    late = datetime(2027, 3, 2, 6, 30, tzinfo=UTC)  # half past ten in the evening before

    days = shown([placed("S1", late)], [placed("S1", late, "R2")])

    assert [on for on, _before, _after in days] == [date(2027, 3, 1)]


def test_talk_that_changes_its_session_is_marked_in_both_and_the_sessions_are_not():
    before = [placed("S1", at(1, 9), talks=["T1", "T2"]), placed("S2", at(1, 10), talks=["T3"])]
    after = [placed("S1", at(1, 9), talks=["T1"]), placed("S2", at(1, 10), talks=["T3", "T2"])]

    [(_on, old, new)] = shown(before, after)

    assert old == {
        "Session S1": (Mark.NONE, {"Talk T1": Mark.NONE, "Talk T2": Mark.MOVES}),
        "Session S2": (Mark.NONE, {}),
    }
    assert new == {
        "Session S1": (Mark.NONE, {}),
        "Session S2": (Mark.NONE, {"Talk T3": Mark.NONE, "Talk T2": Mark.MOVED}),
    }


def test_poster_with_another_board_is_marked():
    before = [placed("S1", at(1, 9), talks=[PlacedTalk("T1", board="1")])]
    after = [placed("S1", at(1, 9), talks=[PlacedTalk("T1", board="2")])]

    [(_on, old, new)] = shown(before, after)

    assert old == new == {"Session S1": (Mark.NONE, {"Talk T1": Mark.BOARD})}


def test_rooms_are_the_columns():
    before, after = [placed("S1", at(1, 9))], [placed("S1", at(1, 9), "R2")]
    old, new = Timetable(tuple(before)), Timetable(tuple(after))

    [day] = beside(PROBLEM, old, diff.moves(old, new), ZONE)

    names = [[room.name for room in side.columns] for side in (day.before, day.after)]
    assert names == [["Hall"], ["Attic"]]
