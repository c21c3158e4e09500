"""The solver of tracks against every schedule there is, scored by code it does not share."""

import random
from itertools import product

import pytest

from talks.solver.blocks.frame import frame_of
from talks.solver.blocks.plan import solve
from talks.solver.blocks.problem import NoPlan
from talks.solver.blocks.search import Limits
from tests.benchmarks.cosplib_programme import programme_of, schedule_of
from tests.benchmarks.cosplib_score import Schedule, broken, presenter_conflicts, score
from tests.benchmarks.cosplib_workbook import WEIGHTS, Hours, Session, Submission, Workbook

LIMITS = Limits(seconds=60, rounds=40)
NAMES = ["ann", "ben", "cai", "dee"]


def penalties(dice, keys):
    return {key: dice.choice([1, 2, 5]) for key in keys if dice.random() < 0.3}


def some(dice, most):
    return tuple(dice.sample(NAMES, dice.choice([0, 0, *range(1, most + 1)])))


def made(seed):
    """A workbook of four submissions, two tracks, two sessions, two rooms; all of it by chance."""
    dice = random.Random(seed)
    sessions = tuple(
        Session(name, dice.choice([2, 2, 3]), start, start + 90)
        for name, start in (("s1", 8 * 60), ("s2", 20 * 60))
    )
    rooms, tracks = ("r1", "r2"), ("t1", "t2")
    names = [one.name for one in sessions]
    submissions = tuple(
        Submission(
            name=f"p{n}",
            track=tracks[n] if n < 2 else dice.choice(tracks),
            slots=dice.choice([1, 1, 2]),
            order=dice.choice([0, 1, 2]),
            zone=dice.choice([0, 0, 120, -300]),
            presenters=some(dice, 2) if seed % 3 else (),
            attendees=some(dice, 2),
            sessions=penalties(dice, names),
            rooms=penalties(dice, rooms),
        )
        for n in range(4)
    )
    return Workbook(
        name=str(seed),
        weights={name: dice.choice([0, 1, 2, 7]) for name in WEIGHTS.values()},
        hours=Hours(0, (570, 1290), (420, 1380), 1, 10),
        submissions=submissions,
        chairs={track: some(dice, 1) for track in tracks},
        sessions=sessions,
        rooms=rooms,
        track_session=penalties(dice, product(tracks, names)),
        track_room=penalties(dice, product(tracks, rooms)),
        session_room=penalties(dice, product(names, rooms)),
        similar=penalties(dice, [("t1", "t2")]),
    )


def schedules(book, apart):
    """Yield every schedule that is one and has nobody in two places."""
    spots = [
        (session, room, at)
        for session in book.sessions
        for room in book.rooms
        for at in range(session.slots)
    ]
    for chosen in product(spots, repeat=len(book.submissions)):
        schedule = laid(book, chosen)
        if schedule and not broken(book, schedule) and not twice(book, schedule, apart):
            yield schedule


def twice(book, schedule, apart):
    """Return who is in two places: in one block, or in one slot."""
    in_blocks, in_slots = presenter_conflicts(book, schedule)
    return in_slots if apart == "slot" else in_blocks


def laid(book, chosen):
    tracks, slots = {}, {}
    for one, (session, room, at) in zip(book.submissions, chosen, strict=True):
        cell = (session.name, room)
        row = slots.setdefault(cell, [""] * session.slots)
        ours = range(at, at + one.slots)
        if tracks.setdefault(cell, one.track) != one.track or at + one.slots > session.slots:
            return None
        if any(row[n] for n in ours):
            return None
        for n in ours:
            row[n] = one.name
    return Schedule(tracks, slots)


@pytest.mark.parametrize("apart", ["block", "slot"])
@pytest.mark.parametrize("seed", range(6))
def test_no_schedule_is_better_than_the_solvers(seed, apart):
    book = made(seed)
    programme = programme_of(book, apart)
    found = list(schedules(book, programme.apart))
    if programme.chairs_apart:
        apart = [one for one in found if not chair_conflicts(book, one)]
        found = apart or found

    if not found:
        with pytest.raises(NoPlan):
            solve(programme, LIMITS, seed=seed)
        return
    plan = solve(programme, LIMITS, seed=seed)

    schedule = schedule_of(book, plan.places)
    assert broken(book, schedule) == []
    assert twice(book, schedule, programme.apart) == []
    assert plan.cost == score(book, schedule)
    assert plan.bound <= plan.cost
    assert plan.cost == min(score(book, one) for one in found)


def chair_conflicts(book, schedule):
    chairs = {t: set(names) for t, names in book.chairs.items()}
    if not chairs["t1"] & chairs["t2"]:
        return False
    return any(
        {schedule.tracks.get((one.name, room)) for room in book.rooms} >= {"t1", "t2"}
        for one in book.sessions
    )


def test_talks_that_nobody_shares_are_of_one_class():
    book = made(0)
    alone = next(one for one in book.submissions if one.track == "t1")
    book = Workbook(
        **{
            **vars(book),
            "submissions": (plain(alone, "a"), plain(alone, "b"), plain(alone, "c", ("ann",))),
        }
    )

    assert frame_of(programme_of(book)).class_of[0] == frame_of(programme_of(book)).class_of[1]


def plain(one, name, presenters=()):
    return Submission(name, one.track, 1, 0, 0, presenters, (), {}, {})
