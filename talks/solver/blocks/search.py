"""The search for a programme of tracks: first whole, then part by part.

The whole model is solved until it is proven best or its share of the time is over; then several
parts at a time are freed and solved anew (large neighbourhood search, Shaw 1998), as long as time
lasts. What is kept is always packed, and its cost is counted on the packed layout.
"""

import random
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeAlias

from ortools.sat.python import cp_model

from .frame import Frame, frame_of
from .layout import Layout, cost_of
from .merge import merged
from .model import draft_from, draft_of, model_of
from .moves import CHOICES, Choice
from .packing import Packer
from .part import Bad, Cell, Draft, Model

FOUND = (cp_model.OPTIMAL, cp_model.FEASIBLE)
STARTING = ("max_lp", "core")  # CP-SAT's own: a strong linear relaxation, unsatisfiable cores
PROVING = ("max_lp", "quick_restart")  # good together when a model is small
EFFORT = 0.3  # for one part, in CP-SAT's deterministic time: about half a second
FIRST_TRACKS = 6  # in a part, until it is known how many can be solved
GROW, SHRINK = 1.05, 0.95
PATIENCE, MORE_EFFORT = 20, 8  # rounds without success until a part gets twice, ...; at most
FALL = 0.98  # of the cost: less than this is a step worth waiting for the next
WAIT, LONGEST = 0.08, 0.5  # of the time: for the next such step, for the whole model
KEPT = 300  # of what the packing has found out, the latest


@dataclass(frozen=True, slots=True)
class Limits:
    """When to end: after `seconds` of `clock`, after `rounds` of parts, when `stop` says so."""

    seconds: float
    rounds: int | None = None
    clock: Callable[[], float] = time.monotonic
    stop: Callable[[], bool] = lambda: False


@dataclass(slots=True)
class Search:
    """What has been found so far, and by what rules to go on."""

    frame: Frame
    limits: Limits
    seed: int
    workers: int
    report: Callable[[int, int], None]  # cost, bound
    packer: Packer
    begun: float
    draft: Draft | None = None
    layout: Layout | None = None
    cost: int = 0
    bound: int = 0
    fell: tuple[int, float] = (0, 0.0)  # to what cost, when: the last time by much

    def is_over(self, part: float = 1.0, until_found: bool = True) -> bool:
        """Whether this part of the time is over, or the best is found, or somebody said stop.

        Until there is something, all of the time is there for it when `until_found`; while the
        cost falls by much, a part may take longer.
        """
        if self.draft is None:
            part = 1.0 if until_found else part
        elif self.cost <= self.bound:
            return True
        elif part < 1 and self._spent() - self.fell[1] < WAIT:
            part = max(part, LONGEST)
        return self.limits.stop() or self._spent() >= part

    def _spent(self) -> float:
        """Return how much of the time is over, from 0 to 1."""
        limits = self.limits
        return (limits.clock() - self.begun) / limits.seconds if limits.seconds else 1.0

    def offer(self, draft: Draft) -> None:
        """Keep a draft that can be packed and costs no more than what there is."""
        layout = self.packer.layout(draft, self.layout)
        if layout is None:
            return
        cost = cost_of(self.frame, layout)
        if self.draft is not None and cost > self.cost:
            return
        is_better = self.draft is None or cost < self.cost
        if self.draft is None or cost < self.fell[0] * FALL:
            self.fell = cost, self._spent()
        self.draft, self.layout, self.cost = draft, layout, cost
        if is_better:
            self.report(cost, self.bound)

    def solve_whole(self, most: list[int], part: float) -> bool:
        """Solve the whole model within a part of the time; return whether it has a solution.

        True also when none was found in time. What cannot be packed is left out the next time.
        """
        while True:
            impossible = [one for one in self.packer.bad if not one.cost]
            status = self._solve_whole(most, part, impossible)
            is_new = len(impossible) < sum(not one.cost for one in self.packer.bad)
            if self.draft is not None or not is_new or self.is_over(part):
                return status != cp_model.INFEASIBLE

    def prove(self, most: list[int], part: float) -> bool:
        """Try to prove the least cost of a small programme at once; return whether that is done."""
        model = model_of(self.frame, most)
        solver = cp_model.CpSolver()
        self._set(solver, PROVING)
        with self._watching(solver, part, until_found=False):
            status = solver.solve(model.cp, _Offer(self, model))
        if status != cp_model.OPTIMAL:
            return False
        self.offer(draft_from(model, solver))
        if self.draft is None:
            return False
        self.bound = round(solver.best_objective_bound)
        self.tell_rooms_apart()
        self.solve_rooms(most)
        return True

    def _solve_whole(self, most: list[int], part: float, bad: list[Bad]) -> int:
        limit = None if self.draft is None else self.cost
        model = model_of(self.frame, most, limit=limit, bad=bad)
        solver = cp_model.CpSolver()
        self._set(solver, STARTING)
        with self._watching(solver, part):
            status = solver.solve(model.cp, _Offer(self, model))
        if status in FOUND:
            self.bound = max(0, round(solver.best_objective_bound))
            self.offer(draft_from(model, solver))
        return int(status)

    def _set(self, solver: cp_model.CpSolver, together: tuple[str, str]) -> None:
        solver.parameters.num_workers = self.workers
        solver.parameters.random_seed = self.seed
        if self.workers > 1:
            solver.parameters.subsolvers.extend(together)
        else:
            solver.parameters.linearization_level = 2

    def improve(self, most: list[int]) -> None:
        """Free some parts at a time and solve them, until it is over."""
        dice = random.Random(self.seed)
        tracks, blocks, _ = self.frame.sizes
        sizes: dict[Choice, float] = dict.fromkeys(CHOICES, FIRST_TRACKS * blocks)
        rounds = stale = 0
        with ThreadPoolExecutor(self.workers) as pool:
            while not self.is_over() and rounds != self.limits.rounds:
                rounds += 1
                choices = [dice.choice(CHOICES) for _ in range(self.workers)]
                effort = EFFORT * min(1 + stale / PATIENCE, MORE_EFFORT)
                parts = [self._part(most, c, dice, sizes[c], effort) for c in choices]
                base, before = self.draft, self.cost
                for choice, (is_best, draft) in zip(choices, pool.map(_solve, parts), strict=True):
                    size = sizes[choice] * (GROW if is_best else SHRINK)
                    sizes[choice] = min(max(size, 2 * blocks), tracks * blocks)
                    self._offer_change(base, draft)
                stale = 0 if self.cost < before else stale + 1

    def solve_rooms(self, most: list[int]) -> None:
        """Give the tracks other rooms, while every talk stays in its block."""
        assert self.draft is not None
        model = model_of(self.frame, most, draft=self.draft, limit=self.cost)
        for (c, s), term in model.talks.items():
            model.cp.add(term == sum(self.draft.block[i] == s for i in model.members[c]))
        solver = part_solver(self.seed, EFFORT * MORE_EFFORT)
        if solver.solve(model.cp) in FOUND:
            self.offer(draft_from(model, solver))

    def tell_rooms_apart(self) -> None:
        """From here on let each room count for itself, so that no cost is left to the packing."""
        assert self.layout is not None
        self.frame = frame_of(self.frame.programme, each_room=True)
        self.packer = Packer(self.frame, self.packer.bad)
        self.draft = draft_of(self.frame, self.layout)

    def _part(
        self, most: list[int], choice: Choice, dice: random.Random, size: float, effort: float
    ) -> "Part":
        assert self.layout is not None
        free = choice(self.frame, self.layout, dice, round(size))
        return self, most, free, dice.randrange(2**31), effort

    def _offer_change(self, base: Draft | None, draft: Draft | None) -> None:
        """Offer what a part has become, with what others have become meanwhile."""
        if draft is not None and base is not None and self.draft is not None:
            if self.draft is not base:
                draft = merged(self.frame, base, self.draft, draft)
            if draft is not None:
                self.offer(draft)

    @contextmanager
    def _watching(
        self, solver: cp_model.CpSolver, part: float, until_found: bool = True
    ) -> Iterator[None]:
        """End a run of the solver when this part of the time is over."""
        ended = threading.Event()

        def watch() -> None:
            while not ended.wait(0.05):
                if self.is_over(part, until_found):
                    solver.stop_search()

        thread = threading.Thread(target=watch, daemon=True)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()


Part: TypeAlias = tuple[Search, list[int], set[Cell], int, float]  # rooms, free, seed, effort


def part_solver(seed: int, effort: float) -> cp_model.CpSolver:
    """Return what solves a part in one thread, until `effort` of deterministic time is over."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.linearization_level = 2
    solver.parameters.random_seed = seed
    solver.parameters.max_deterministic_time = effort
    return solver


def _solve(part: Part) -> tuple[bool, Draft | None]:
    """Solve a part; return whether it is as good as can be, and what it has become."""
    search, most, free, seed, effort = part
    model = model_of(search.frame, most, free, search.draft, search.cost, search.packer.bad[-KEPT:])
    solver = part_solver(seed, effort)
    status = solver.solve(model.cp)
    draft = draft_from(model, solver) if status in FOUND else None
    return bool(status == cp_model.OPTIMAL), draft


class _Offer(cp_model.CpSolverSolutionCallback):
    """Offers each solution of the whole model as it is found."""

    def __init__(self, search: Search, model: Model) -> None:
        super().__init__()
        self.search = search
        self.model = model

    def on_solution_callback(self) -> None:
        self.search.offer(draft_from(self.model, self))
