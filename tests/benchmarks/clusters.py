"""How well papers are gathered into sessions, beside what an exact method has proven.

`python -m tests.benchmarks.clusters [FILE...] --seconds N` reads instances of Bulhoes, Correia
and Subramanian (https://github.com/tbulhoes/conference_scheduling): as much benefit as possible
between the papers of one session, no author in two sessions at a time. Without files it takes all
there are beside the checkout. Two searches with different seeds run beside each other, each for
N seconds of its processor, and the better one counts.
"""

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from time import process_time

import numpy as np

from talks.solver.grouping import Grouping, gather
from talks.solver.local import LocalProblem

DATA = Path(__file__).resolve().parents[2].parent / "shared/data/8-scheduling/bulhoes/input"
PUBLISHED = {"ebl_original": 1_237, "lars_original": 1_194}  # proven by branch-cut-and-price


@dataclass(frozen=True, slots=True)
class Session:
    day: int
    slot: int  # the sessions of a slot are at the same time
    least: int  # papers
    most: int


@dataclass(frozen=True, slots=True)
class Instance:
    name: str
    benefit: tuple[tuple[int, ...], ...]  # paper by paper
    sessions: tuple[Session, ...]
    authors: tuple[frozenset[int], ...]  # by paper


def read(text: str, name: str) -> Instance:
    """Read an instance; the size of a session says which type of cluster it takes.

    Raises StopIteration when the text is too short, ValueError when numbers are left over.
    """
    numbers = map(int, text.split())
    papers = next(numbers)
    benefit = tuple(tuple(next(numbers) for _ in range(papers)) for _ in range(papers))
    least = {}
    for _ in range(next(numbers)):
        most, _count, few = (next(numbers) for _ in range(3))
        least[most] = few
    sessions = []
    for day in range(next(numbers)):
        _slots, count = next(numbers), next(numbers)
        for _ in range(count):
            slot, size = next(numbers), next(numbers)
            sessions.append(Session(day, slot, least[size], size))
    _topics, authors = _sets(numbers), _sets(numbers)
    if left := list(numbers):
        raise ValueError(f"{name}: {len(left)} numbers left over")
    return Instance(name, benefit, tuple(sessions), authors)


def _sets(numbers: Iterator[int]) -> tuple[frozenset[int], ...]:
    count, _kinds = next(numbers), next(numbers)
    return tuple(frozenset(next(numbers) for _ in range(next(numbers))) for _ in range(count))


def grouping_of(instance: Instance) -> Grouping:
    """Return the instance as items (papers) and bins (sessions)."""
    slots = sorted({(session.day, session.slot) for session in instance.sessions})
    return Grouping(
        np.array(instance.benefit, dtype=float),
        kinds=tuple((session.least, session.most) for session in instance.sessions),
        times=tuple(slots.index((session.day, session.slot)) for session in instance.sessions),
        apart=tuple(
            (first, second)
            for first, second in combinations(range(len(instance.benefit)), 2)
            if instance.authors[first] & instance.authors[second]
        ),
    )


def problem_of(instance: Instance) -> LocalProblem:
    """Return the instance as the local search has it."""
    return grouping_of(instance).local_problem()


def faults(instance: Instance, assignment: Sequence[int]) -> list[str]:
    """Return what an assignment of papers to sessions breaks; shares nothing with the solver."""
    found = []
    taken = Counter(assignment)
    for number, session in enumerate(instance.sessions):
        if not session.least <= taken[number] <= session.most:
            found.append(f"session {number} has {taken[number]} papers")
    for first, second in combinations(range(len(assignment)), 2):
        one, other = assignment[first], assignment[second]
        here, there = instance.sessions[one], instance.sessions[other]
        at_once = one != other and (here.day, here.slot) == (there.day, there.slot)
        if at_once and instance.authors[first] & instance.authors[second]:
            found.append(f"papers {first} and {second} have an author in two places")
    return found


def benefit_of(instance: Instance, assignment: Sequence[int]) -> int:
    """Return the benefit of all pairs in one session."""
    return sum(
        instance.benefit[first][second]
        for first, second in combinations(range(len(assignment)), 2)
        if assignment[first] == assignment[second]
    )


def solve(instance: Instance, seed: int, seconds: float) -> tuple[list[int], float]:
    """Return the session of each paper, and after how many seconds of the processor."""
    begun = process_time()
    found = [begun]
    result = gather(
        grouping_of(instance),
        seed=seed,
        rounds=10**9,
        stop=lambda: process_time() - begun > seconds,
        progress=lambda _worth: found.append(process_time()),
    )
    return result.assignment.tolist(), found[-1] - begun


def main() -> None:
    """Print the table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("files", nargs="*", type=Path, metavar="FILE")
    arguments.add_argument("--seconds", type=float, default=60)
    arguments.add_argument("--seed", type=int, default=1)
    chosen = arguments.parse_args()
    print(f"{'instance':14} {'papers':>6} {'published':>9} {'ours':>6} {'after s':>7}  faults")
    with ProcessPoolExecutor(2) as pool:
        for file in chosen.files or sorted(DATA.rglob("*.txt")):
            instance = read(file.read_text(), file.stem)
            runs = [
                pool.submit(solve, instance, chosen.seed + number, chosen.seconds)
                for number in range(2)
            ]
            rank = [
                (-len(faults(instance, places)), benefit_of(instance, places), -seconds)
                for places, seconds in (run.result() for run in runs)
            ]
            wrong, ours, seconds = max(rank)
            published = PUBLISHED.get(instance.name, "")
            print(
                f"{instance.name:14} {len(instance.benefit):6} {published:>9} {ours:6}"
                f" {-seconds:7.1f}  {-wrong}",
                flush=True,
            )


if __name__ == "__main__":
    main()
