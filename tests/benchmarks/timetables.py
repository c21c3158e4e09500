"""Places generated programmes: how soon there is a timetable, and how good it becomes.

    python -m tests.benchmarks.timetables [--talks 1000] [--rooms 20] [--effort 20] [--seed 0]

What is found is checked by `programmes_check`, which shares nothing with the solver. Seconds are
those of the processor, halved: what the same work takes on two free cores.
"""

import argparse
import resource
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from talks.solver import scope
from talks.solver.bulk import solve
from talks.solver.limits import Limits
from talks.solver.problem import (
    Kind,
    Person,
    PlacedTalk,
    Problem,
    Relation,
    Room,
    Session,
    Span,
    Talk,
    Timetable,
    Track,
)
from tests.benchmarks.programmes import DOUBLES, LARGE, UNEQUAL, Programme, Shape, Slot, programme
from tests.benchmarks.programmes_check import costs, faults

MIDNIGHT = datetime(2027, 3, 1, tzinfo=UTC)
DAY = 24 * 60
SHAPES = {"1000": Shape(), "2000": LARGE, "doubles": DOUBLES, "unequal": UNEQUAL}


def problem_of(made: Programme) -> tuple[Problem, Timetable]:
    """Return the problem with one session for each talk, S0001 for T0001, nothing placed.

    The hours are one span for each slot, to the end of the last slot that it may run into, and
    the step is a day: so a session begins with a slot.
    """
    problem = Problem(
        people=_people(made),
        rooms={
            room.code: Room(room.code, room.code, room.capacity, room.features, position=position)
            for position, room in enumerate(made.rooms)
        },
        sessions={
            session_of(talk.code): Session(session_of(talk.code), talk.code, minutes=talk.minutes)
            for talk in made.talks
        },
        talks={
            talk.code: Talk(
                talk.code,
                talk.code,
                talk.minutes,
                talk.people,
                track=talk.track,
                demand=talk.demand,
                features=talk.features,
                rooms=talk.rooms,
            )
            for talk in made.talks
        },
        tracks={talk.track: Track(talk.track, talk.track) for talk in made.talks},
        relations=tuple(Relation(Kind.BEFORE, *two) for two in made.before),
        hours=tuple(Span("", _moment(s.start), _moment(_last(made.slots, s))) for s in made.slots),
        step=DAY,
        together=made.together,
    )
    waiting = {session_of(talk.code): (PlacedTalk(talk.code),) for talk in made.talks}
    return problem, Timetable((), waiting)


def session_of(talk: str) -> str:
    return "S" + talk[1:]


def _people(made: Programme) -> dict[str, Person]:
    codes = sorted({person for talk in made.talks for person in talk.people})
    return {
        code: Person(
            code,
            code,
            away=tuple(Span(code, _moment(a), _moment(b)) for a, b in made.away.get(code, ())),
        )
        for code in codes
    }


def _moment(minute: int) -> datetime:
    return MIDNIGHT + timedelta(minutes=minute)


def _last(slots: tuple[Slot, ...], slot: Slot) -> int:
    index = slots.index(slot)
    while slots[index].joins:
        index += 1
    return slots[index].end


def places_of(timetable: Timetable) -> dict[str, tuple[int, str]]:
    """Return where each talk stands, in minutes, as the check reads it."""
    return {
        one.talk: ((placed.start - MIDNIGHT) // timedelta(minutes=1), placed.room)
        for placed in timetable.sessions
        for one in placed.talks
    }


def run(name: str, shape: Shape, seed: int, effort: float) -> str:
    """Place one programme and return a line of the table."""
    made = programme(shape, seed)
    problem, present = problem_of(made)
    began = time.process_time()
    found = solve(problem, present, scope.everything(problem, present), Limits(seed, effort))
    used = (time.process_time() - began) / 2
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    if found.timetable is None:
        return f"{name:10} {seed:4} nothing found  {used:8.1f}"
    places = places_of(found.timetable)
    wrong, cost = faults(made, places), costs(made, places)
    return (
        f"{name:10} {seed:4} {len(made.talks):5} {len(wrong):6} {used:8.1f} {memory:6.2f}"
        f" {cost.together:8} {cost.tracks:7} {cost.overflow:9} {cost.total:7}"
    )


def main() -> None:
    reader = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    reader.add_argument("--shape", choices=SHAPES, action="append")
    reader.add_argument("--talks", type=int, help="so many instead of the shape's")
    reader.add_argument("--effort", type=float, action="append", help="0: only feasible")
    reader.add_argument("--seed", type=int, default=0)
    asked = reader.parse_args()
    print(
        "programme  seed talks faults  cpu/2 s    GiB together  tracks  overflow   total",
        flush=True,
    )
    for name in asked.shape or SHAPES:
        shape = replace(SHAPES[name], **({"talks": asked.talks} if asked.talks else {}))
        for effort in asked.effort or [0.0, 20.0]:
            print(run(name, shape, asked.seed, effort), flush=True)


if __name__ == "__main__":
    main()
