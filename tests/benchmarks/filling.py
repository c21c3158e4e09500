"""Talks into sessions: how soon there is a timetable, and how good it is after a while.

    python -m tests.benchmarks.filling --seconds 30

Seconds are those of the processor, halved: what two free cores would take. Every case is drawn
from a seed; no rule that must hold may be broken at the end.
"""

import argparse
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import combinations
from random import Random

from talks.solver import rules, scope
from talks.solver.limits import Limits
from talks.solver.problem import (
    Person,
    PlacedSession,
    Problem,
    Room,
    Session,
    Span,
    Talk,
    Timetable,
    Track,
    pair,
)
from talks.solver.search import search

DAY = datetime(2027, 3, 22, 9, tzinfo=UTC)
MINUTES = 20  # of each talk
CORES = 2


@dataclass(frozen=True, slots=True)
class Case:
    """What is drawn; with `blocks` the sessions stand already, else they have no time either."""

    name: str
    sessions: int
    each: int  # talks of a session
    rooms: int
    days: int
    tracks: int = 8
    blocks: int = 0


@dataclass
class Clock:
    """Hears of each better timetable."""

    began: float = field(default_factory=time.process_time)
    first: float | None = None

    def __call__(self, _seconds: float, cost: float | None, _bound: float | None) -> None:
        if cost is not None and self.first is None:
            self.first = self.seconds

    @property
    def seconds(self) -> float:
        return (time.process_time() - self.began) / CORES


CASES = (
    Case("a workshop like the demo", 0, 0, 0, 1),
    Case("12 sessions, all free", 12, 4, 3, 2),
    Case("40 sessions, all free", 40, 4, 5, 3),
    Case("60 sessions, all free", 60, 5, 8, 4),
    Case("40 sessions that stand", 40, 5, 8, 3, blocks=5),
    Case("200 sessions that stand", 200, 5, 20, 5, 25, blocks=10),
)


def problem_of(case: Case, seed: int) -> Problem:
    """Draw a programme: one speaker in ten talks twice, one in ten is away for a day."""
    dice = Random(seed)
    count = case.sessions * case.each
    minutes = case.each * MINUTES
    hours = tuple(_day(day) for day in range(case.days))
    return Problem(
        people={code: _person(dice, code, case) for code in _codes("H", count)},
        rooms={
            code: Room(code, f"Room {code}", capacity=30 * (number + 1))
            for number, code in enumerate(_codes("R", case.rooms))
        },
        tracks={code: Track(code, f"Track {code}") for code in _codes("K", case.tracks)},
        sessions={
            code: Session(code, f"Session {code}", minutes=minutes)
            for code in _codes("S", case.sessions)
        },
        talks={
            code: _talk(dice, code, number, count, case)
            for number, code in enumerate(_codes("T", count))
        },
        hours=hours,
        step=15,
        together=_together(dice, _codes("T", count), case.tracks),
    )


def _codes(letter: str, count: int) -> list[str]:
    return [f"{letter}{number:04}" for number in range(count)]


def _day(day: int) -> Span:
    start = DAY + timedelta(days=day)
    return Span("", start, start + timedelta(hours=9))


def _person(dice: Random, code: str, case: Case) -> Person:
    is_away = dice.random() < 0.1
    return Person(
        code, f"Person {code}", away=(_day(dice.randrange(case.days)),) if is_away else ()
    )


def _talk(dice: Random, code: str, number: int, count: int, case: Case) -> Talk:
    people = [f"H{number:04}"]
    if dice.random() < 0.1:
        people.append(f"H{dice.randrange(count):04}")
    return Talk(
        code,
        f"Talk {code}",
        MINUTES,
        tuple(dict.fromkeys(people)),
        track=f"K{number % case.tracks:04}",
        demand=dice.choice([None, 20, 50, 90]),
    )


def _together(dice: Random, talks: list[str], tracks: int) -> dict[tuple[str, str], int]:
    """Draw what attendees want: half of it from one track."""
    found: Counter[tuple[str, str]] = Counter()
    for _attendee in range(len(talks)):
        first = dice.randrange(tracks)
        own = dice.sample(talks[first::tracks], min(4, len(talks) // tracks))
        stars = sorted({*own, *dice.sample(talks, 4)})
        found.update(pair(*both) for both in combinations(stars, 2))
    return {both: count for both, count in found.items() if count > 1}


def workshop() -> Problem:
    """A day like that of the demo: an opening, four sessions of talks, a panel, posters, breaks."""
    lengths = [("opening", 10), ("talks", 100), ("break", 20), ("talks", 60), ("panel", 45)]
    lengths += [("break", 90), ("talks", 80), ("break", 30), ("talks", 80), ("posters", 45)]
    talks = [Talk(f"T{n:02}", f"Talk {n}", 20, (f"H{n:02}",)) for n in range(16)]
    people = tuple(f"H{n:02}" for n in range(5))
    panel = Talk("T20", "Panel", 45, people, kind="panel", moderators=people[:1])
    posters = [
        Talk(f"T{30 + n}", f"Poster {n}", 45, is_poster=True, kind="poster") for n in range(13)
    ]
    start = DAY - timedelta(hours=1)
    return Problem(
        people={code: Person(code, f"Person {code}") for code in _codes_of(talks)},
        sessions={
            f"S{n}": Session(f"S{n}", f"Session {n}", kind=kind, minutes=minutes)
            for n, (kind, minutes) in enumerate(lengths)
        },
        talks={talk.code: talk for talk in [*talks, panel, *posters]},
        hours=(Span("", start, start + timedelta(hours=10)),),
    )


def _codes_of(talks: list[Talk]) -> list[str]:
    return [person for talk in talks for person in talk.people]


def standing(case: Case, problem: Problem) -> Timetable:
    """Return the sessions in blocks that all rooms share, without talks."""
    if not case.blocks:
        return Timetable()
    minutes = case.each * MINUTES
    a_day = -(-case.blocks // case.days)
    found = []
    for number, code in enumerate(problem.sessions):
        block, room = divmod(number, case.rooms)
        day, hour = divmod(block, a_day)
        start = DAY + timedelta(days=day, minutes=(minutes + 20) * hour)
        end = start + timedelta(minutes=minutes)
        found.append(PlacedSession(code, start, end, list(problem.rooms)[room]))
    return Timetable(tuple(found))


def rows(seconds: float, seed: int, cases: tuple[Case, ...]) -> Iterator[tuple[str, ...]]:
    for case in cases:
        problem = problem_of(case, seed) if case.sessions else workshop()
        present = standing(case, problem)
        part = scope.everything(problem, present)
        if present.sessions:
            part = replace(part, sessions=frozenset())
        clock = Clock()
        limits = Limits(
            seed, effort=1e6, progress=clock, stop=lambda clock=clock: clock.seconds > seconds
        )
        found = search(problem, present, part, limits)
        broken = [c for c in rules.clashes(problem, found.timetable) if c.rule in MUST]
        yield (
            case.name,
            str(len(problem.talks)),
            f"{clock.first or 0:.1f}",
            f"{clock.seconds:.1f}",
            str(sum(found.after.values())),
            str(len(broken)),
        )


MUST = {name for name, about in rules.ABOUT.items() if about.must}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, help="the number of a case, from 0")
    options = parser.parse_args()
    cases = CASES if options.only is None else (CASES[options.only],)
    heads = ("case", "talks", "feasible s", "seconds", "cost", "broken")
    print("{:26}{:>8}{:>12}{:>9}{:>8}{:>8}".format(*heads))
    for row in rows(options.seconds, options.seed, cases):
        print("{:26}{:>8}{:>12}{:>9}{:>8}{:>8}".format(*row), flush=True)


if __name__ == "__main__":
    main()
