"""Our placing beside conference-scheduler's, on the same talks in the same run.

    python -m tests.benchmarks.conference_scheduler [--talks 50 --talks 100] [--seed 20260]

Talks in slots of one length: some may not be at the same time (a tag), people speak twice or are
away. "efficiency" is the other's own objective: the sum of demand less capacity; "overflow" is
ours: persons without a seat. It runs once, for its objective; we run once for each. Seconds are
of the processor, with those of its solver.
"""

import argparse
import resource
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import combinations
from random import Random

import pulp
from conference_scheduler import scheduler
from conference_scheduler.lp_problem import objective_functions as objectives
from conference_scheduler.resources import Event, Slot

from talks.solver import bulk, scope
from talks.solver.limits import Limits
from talks.solver.problem import (
    Person,
    PlacedTalk,
    Problem,
    Room,
    Session,
    Span,
    Talk,
    Timetable,
)

MORNING = datetime(2027, 3, 1, 9, tzinfo=UTC)
LENGTH, STEP, A_DAY = 30, 30, 8  # minutes, minutes, slots
EFFORT = 0.5

Places = dict[int, tuple[int, int]]  # talk -> slot, room


@dataclass(frozen=True)
class Instance:
    """Talks, slots and rooms, counted from 0."""

    capacities: list[int]
    slots: int
    demands: list[int]
    people: list[set[str]]  # of each talk: speakers, and a tag, of which one is at a time
    away: list[set[int]]  # slots at which a talk cannot be


def instance(talks: int, seed: int) -> Instance:
    """Draw talks for 87 % of the slots of some rooms, as the notes on scheduling have it."""
    dice = Random(f"{talks} {seed}")
    slots = 24 if talks <= 200 else 40
    rooms = -(-talks * 115 // 100 // slots)
    capacities = [500, *(dice.randint(40, 300) for _ in range(rooms - 1))]
    people = [{f"tag {talk // 10}"} for talk in range(talks)]
    away = []
    for talk in range(talks):
        speaker = dice.randrange(talk) if talk and dice.random() < 0.1 else talk
        people[talk].add(f"speaker {speaker}")
        day = dice.randrange(slots // A_DAY)
        whole = set(range(day * A_DAY, (day + 1) * A_DAY)) if dice.random() < 0.15 else set()
        away.append(whole | {dice.randrange(slots)})
    demands = [min(400, round(30 * dice.paretovariate(1.5))) for _ in range(talks)]
    return Instance(capacities, slots, demands, people, away)


def begin(slot: int) -> datetime:
    return MORNING + timedelta(days=slot // A_DAY, minutes=STEP * (slot % A_DAY))


def theirs(made: Instance) -> Places:
    """Let conference-scheduler place the talks for its own objective. Raises ValueError."""
    cells = [(slot, room) for slot in range(made.slots) for room in range(len(made.capacities))]
    slots = [
        Slot(f"R{room}", begin(slot).replace(tzinfo=None), LENGTH, made.capacities[room], "")
        for slot, room in cells
    ]
    events = [Event(f"T{n}", LENGTH, demand) for n, demand in enumerate(made.demands)]
    for event, away in zip(events, made.away, strict=True):
        gone = (slot for slot, cell in zip(slots, cells, strict=True) if cell[0] in away)
        event.add_unavailability(*gone)
    for one, other in combinations(range(len(events)), 2):
        if made.people[one] & made.people[other]:
            events[one].add_unavailability(events[other])
    found = scheduler.solution(
        events,
        slots,
        objective_function=objectives.efficiency_capacity_demand_difference,
        solver=pulp.PULP_CBC_CMD(msg=False),
    )
    return {event: cells[slot] for event, slot in found}


def ours(made: Instance, extra: int) -> Places:
    """Place the talks with fewest persons without a seat, so many more wanting each."""
    problem, present = problem_of(made, extra)
    found = bulk.solve(problem, present, scope.everything(problem, present), Limits(0, EFFORT))
    if found.timetable is None:
        return {}
    slot_of = {begin(slot): slot for slot in range(made.slots)}
    return {
        int(placed.session[1:]): (slot_of[placed.start], int(placed.room[1:]))
        for placed in found.timetable.sessions
    }


def problem_of(made: Instance, extra: int) -> tuple[Problem, Timetable]:
    talks = range(len(made.demands))
    away = defaultdict(tuple[Span, ...])
    people = [sorted(made.people[n] | {f"away {n}"}) for n in talks]
    for n in talks:
        away[f"away {n}"] = tuple(_slot(slot) for slot in sorted(made.away[n]))
    problem = Problem(
        people={p: Person(p, p, away=away[p]) for n in talks for p in people[n]},
        rooms={f"R{n}": Room(f"R{n}", f"R{n}", size) for n, size in enumerate(made.capacities)},
        sessions={f"S{n}": Session(f"S{n}", f"S{n}", minutes=LENGTH) for n in talks},
        talks={
            f"T{n}": Talk(f"T{n}", f"T{n}", LENGTH, tuple(people[n]), demand=demand + extra)
            for n, demand in enumerate(made.demands)
        },
        hours=tuple(_slot(slot) for slot in range(made.slots)),
        step=STEP,
    )
    return problem, Timetable((), {f"S{n}": (PlacedTalk(f"T{n}"),) for n in talks})


def _slot(slot: int) -> Span:
    return Span("", begin(slot), begin(slot) + timedelta(minutes=LENGTH))


def faults(made: Instance, places: Places) -> Iterator[str]:
    """Yield what is wrong with a timetable, by code that shares nothing with either."""
    yield from (f"T{n} is missing" for n in range(len(made.demands)) if n not in places)
    yield from (f"T{n} is away" for n, (slot, _) in places.items() if slot in made.away[n])
    for one, other in combinations(places, 2):
        if places[one] == places[other]:
            yield f"T{one} and T{other} share a room"
        if places[one][0] == places[other][0] and made.people[one] & made.people[other]:
            yield f"T{one} and T{other} share a person"


def efficiency(made: Instance, places: Places) -> int:
    return sum(made.demands[n] - made.capacities[room] for n, (_, room) in places.items())


def overflow(made: Instance, places: Places) -> int:
    lack = (made.demands[n] - made.capacities[room] for n, (_, room) in places.items())
    return sum(max(0, one) for one in lack)


def timed(place: Callable[[], Places]) -> tuple[Places, float]:
    before = _seconds()
    return place(), _seconds() - before


def _seconds() -> float:
    """Return the seconds of the processor that this process and its children have had."""
    kinds = resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN
    return sum(used.ru_utime + used.ru_stime for used in map(resource.getrusage, kinds))


def main() -> None:
    reader = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    reader.add_argument("--talks", type=int, action="append")
    reader.add_argument("--seed", type=int, default=20260)
    asked = reader.parse_args()
    print("talks  who                   seconds  faults  efficiency  overflow", flush=True)
    for talks in asked.talks or [50, 100]:
        made = instance(talks, asked.seed)
        more = max(made.capacities)
        runs = {
            "ours, for efficiency": lambda made=made, more=more: ours(made, more),
            "ours, for overflow": lambda made=made: ours(made, 0),
            "conference-scheduler": lambda made=made: theirs(made),
        }
        for name, place in runs.items():
            places, seconds = timed(place)
            wrong = len(list(faults(made, places)))
            print(
                f"{talks:5}  {name:20} {seconds:8.2f}  {wrong:6}"
                f"  {efficiency(made, places):10}  {overflow(made, places):8}",
                flush=True,
            )


if __name__ == "__main__":
    main()
