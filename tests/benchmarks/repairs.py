"""Repairs and explains generated programmes of 1,000 talks, beside what a first model reached.

    python -m tests.benchmarks.repairs [--talks 1000] [--seed 0] [--seconds 60]

What is repaired is checked by `programmes_check`, which shares nothing with the solver. Seconds
are those of the processor, halved: what the same work takes on two free cores.
"""

import argparse
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from random import Random

from talks.solver import bulk, scope
from talks.solver.explain import explain
from talks.solver.limits import Limits
from talks.solver.problem import Person, Problem, Span, Timetable
from talks.solver.repair import repair
from tests.benchmarks.programmes import Programme, Shape, programme
from tests.benchmarks.programmes_check import faults
from tests.benchmarks.timetables import MIDNIGHT, places_of, problem_of

DAY = timedelta(days=1)
NOTED = {  # moves and seconds of the first model: notes on scheduling, section 2b
    "10 talks lose their day": ("10", 1.2),
    "1 room closed a day": ("7", 1.4),
    "30 talks, 2 rooms": ("39", 1.4),
    "a contradiction": ("5 rules, 1 too many", 1.2),
}
HEAD = (
    f"{'what':26}{'moved':>7}{'bound':>7} {'proven':8}{'faults':>7}{'cpu/2 s':>9}"
    "   noted, its seconds"
)


@dataclass(frozen=True, slots=True)
class Trouble:
    """What goes wrong in a programme: talks that lose the day they are on, rooms closed a day."""

    talks: int = 0
    rooms: int = 0


TROUBLES = {
    "10 talks lose their day": Trouble(talks=10),
    "1 room closed a day": Trouble(rooms=1),
    "30 talks, 2 rooms": Trouble(talks=30, rooms=2),
}


def troubled(problem: Problem, present: Timetable, trouble: Trouble, dice: Random) -> Problem:
    """Return the problem after the trouble has come."""
    people, rooms = dict(problem.people), dict(problem.rooms)
    for placed in dice.sample(present.sessions, trouble.talks):
        for code in problem.talks[placed.talks[0].talk].people[:1]:
            lost = _day_of(code, placed.start)
            people[code] = replace(people[code], away=(*people[code].away, lost))
    for code in dice.sample(sorted(rooms), trouble.rooms):
        closed = _day_of(code, dice.choice(present.sessions).start)
        rooms[code] = replace(rooms[code], closed=(closed,))
    return replace(problem, people=people, rooms=rooms)


def _day_of(code, moment) -> Span:
    midnight = moment.replace(hour=0, minute=0)
    return Span(code, midnight, midnight + DAY)


def contradicted(problem: Problem, dice: Random) -> Problem:
    """Return the problem with somebody who has three talks and two slots to be there."""
    slots = sorted(problem.hours, key=lambda span: span.start)
    free = dice.sample(range(len(slots)), 2)
    talks = dice.sample(sorted(problem.talks), 3)
    away = tuple(
        Span("PX", span.start, span.start + timedelta(minutes=40))
        for n, span in enumerate(slots)
        if n not in free
    )
    busy = {code: replace(problem.talks[code], people=("PX",), rooms=frozenset()) for code in talks}
    return replace(
        problem,
        people={**problem.people, "PX": Person("PX", "Somebody", _merged(away))},
        talks={**problem.talks, **busy},
    )


def _merged(away: tuple[Span, ...]) -> tuple[Span, ...]:
    """Join what is less than an hour apart: so people say when they are away."""
    found: list[Span] = []
    for span in away:
        if found and span.start - found[-1].end < timedelta(minutes=40):
            found[-1] = replace(found[-1], end=span.end)
        else:
            found.append(span)
    return tuple(found)


def checked(made: Programme, problem: Problem, found: Timetable | None) -> int:
    """Return how many rules are broken, by the check that knows nothing of the solver."""
    away = {code: _minutes(person.away) for code, person in problem.people.items() if person.away}
    wrong = len(faults(replace(made, away=away), places_of(found or Timetable())))
    closed = {room.code: room.closed for room in problem.rooms.values() if room.closed}
    for placed in found.sessions if found else ():
        wrong += any(
            s.start < placed.end and placed.start < s.end for s in closed.get(placed.room, ())
        )
    return wrong


def _minutes(spans) -> tuple[tuple[int, int], ...]:
    minute = timedelta(minutes=1)
    return tuple(((s.start - MIDNIGHT) // minute, (s.end - MIDNIGHT) // minute) for s in spans)


def timed(work: Callable):
    began = time.process_time()
    found = work()
    return found, (time.process_time() - began) / 2


def main() -> None:
    reader = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    reader.add_argument("--talks", type=int, default=1_000)
    reader.add_argument("--seed", type=int, default=0)
    reader.add_argument("--seconds", type=float, default=60)
    asked = reader.parse_args()
    made = programme(replace(Shape(), talks=asked.talks), asked.seed)
    problem, nothing = problem_of(made)
    everything = scope.everything(problem, nothing)
    solved, spent = timed(lambda: bulk.solve(problem, nothing, everything, Limits(asked.seed, 0)))
    present = solved.timetable
    print(f"{len(made.talks)} talks in {len(made.rooms)} rooms, placed in {spent:.1f} s\n\n{HEAD}")
    for name, trouble in TROUBLES.items():
        after = troubled(problem, present, trouble, Random(asked.seed))
        found, spent = timed(lambda after=after: repair(after, present, seconds=asked.seconds))
        print(
            f"{name:26}{len(found.moves):7}{found.bound:7} {'yes' if found.is_proven else 'no':8}"
            f"{checked(made, after, found.timetable):7}{spent:9.1f}   {_noted(name)}",
            flush=True,
        )
    after = contradicted(problem, Random(asked.seed))
    why, spent = timed(lambda: explain(after, nothing, everything, seconds=asked.seconds))
    is_sure = "yes" if why.is_irreducible else "no"
    name = "a contradiction"
    print(f"{name:26}{len(why.reasons):7}{'':7} {is_sure:15}{spent:9.1f}   {_noted(name)}")
    for reason in why.reasons:
        print(f"    {'* ' if reason in why.relaxations else '  '}{reason}")


def _noted(name: str) -> str:
    what, seconds = NOTED[name]
    return f"{what}, {seconds}"


if __name__ == "__main__":
    main()
