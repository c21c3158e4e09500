"""How long a search may go on, who hears of it, and who may end it."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from ortools.sat.python import cp_model

from .problem import Timetable

Progress = Callable[[float, float | None, float | None], None]  # seconds, cost, bound
Stop = Callable[[], bool]
LOOK = 0.2  # seconds between two looks whether somebody wants it to stop


def never() -> bool:
    return False


def silent(_seconds: float, _cost: float | None, _bound: float | None) -> None:
    return


@dataclass(frozen=True)
class Limits:
    """How long to search: `effort` in CP-SAT's deterministic time, `seconds` by the clock.

    The same seed and effort give the same timetable, unless the clock or `stop` ends the search
    earlier. `progress` hears of each better timetable and bound.
    """

    seed: int = 0
    effort: float = 20.0
    seconds: float | None = None
    progress: Progress = silent
    stop: Stop = never
    began: float = field(default_factory=time.monotonic)

    @property
    def elapsed(self) -> float:
        return time.monotonic() - self.began

    @property
    def is_over(self) -> bool:
        """Whether the clock or somebody has ended the search."""
        return (self.seconds is not None and self.elapsed >= self.seconds) or self.stop()

    def tell(self, cost: float | None, bound: float | None) -> None:
        self.progress(self.elapsed, cost, bound)


@dataclass(frozen=True, slots=True)
class Solved:
    """What a search ended with; `timetable` is None when none was found.

    `is_impossible`: it is proven that there is none. `was_stopped`: by the clock or by somebody,
    so that the same search may end otherwise another time.
    """

    timetable: Timetable | None
    cost: int = 0
    bound: int = 0
    is_impossible: bool = False
    was_stopped: bool = False
    spent: float = 0.0  # of the effort

    @property
    def is_proven(self) -> bool:
        return self.timetable is not None and self.bound >= self.cost


def solver_for(limits: Limits, effort: float, workers: int = 1) -> cp_model.CpSolver:
    """Return a solver whose answer depends on seed and effort alone, while the clock lets it.

    Several workers take turns, as their race would end otherwise each time; one alone is much
    the faster where little is to be done.
    """
    solver = cp_model.CpSolver()
    solver.parameters.random_seed = limits.seed
    solver.parameters.max_deterministic_time = effort
    solver.parameters.num_workers = workers
    solver.parameters.interleave_search = workers > 1
    if limits.seconds is not None:
        solver.parameters.max_time_in_seconds = max(0.01, limits.seconds - limits.elapsed)
    return solver


@contextmanager
def stopping(solver: cp_model.CpSolver, stop: Stop) -> Iterator[None]:
    """End a search soon after `stop` says so, also while it finds nothing."""
    ended = threading.Event()

    def look() -> None:
        while not ended.wait(LOOK):
            if stop():
                solver.stop_search()
                return

    watcher = threading.Thread(target=look, daemon=True)
    if stop is not never:
        watcher.start()
    try:
        yield
    finally:
        ended.set()
        if watcher.is_alive():
            watcher.join()
