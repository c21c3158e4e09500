"""Rooms for units of which some share time and some do not: a small exact model."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from ortools.sat.python import cp_model
from ortools.sat.python.cp_model_helper import LinearExpr, Literal

from talks.solver.limits import Limits, solver_for

Costs = NDArray[np.int64]  # units x rooms
NEVER = 1 << 40  # the price of a room in which a unit must not be
EFFORT = 2.0  # for the rooms of one group


@dataclass(frozen=True, slots=True)
class Shortage:
    """Units that cannot all have a room when they start so; `rooms`: those that run short.

    `moment` is when they share time, None when they are bound together otherwise.
    """

    codes: tuple[str, ...]
    moment: int | None = None
    rooms: int = 0


@dataclass(frozen=True, slots=True)
class Guest:
    """A unit with its time, and the rooms, as a mask, that it may have."""

    code: str
    start: int
    end: int
    rooms: int


@dataclass(frozen=True, slots=True)
class Bounds:
    """What binds the rooms of two units: `same` have one room, `walks` a way that is not too far.

    `walks` are two units and the minutes between them; `is_far` is asked with the indices of two
    rooms, and these minutes.
    """

    same: Sequence[tuple[str, str]]
    walks: Sequence[tuple[str, str, int]]
    is_far: Callable[[int, int, int], bool] = field(repr=False)


class RoomModel:
    """Each unit in one of its rooms, no room held twice at a moment."""

    def __init__(self, guests: Sequence[Guest], costs: Costs, bounds: Bounds):
        self.guests, self.costs = guests, costs
        self.model = cp_model.CpModel()
        self.at = {
            guest.code: {index: self.model.new_bool_var("") for index in indices(guest.rooms)}
            for guest in guests
        }
        self.has_room = {guest.code: self.model.new_bool_var("") for guest in guests}
        for code, places in self.at.items():
            self.model.add_at_most_one(places.values())
            self.model.add_bool_or([*places.values(), self.has_room[code].negated()])
        self._hold_once()
        self._bind(bounds)

    def _hold_once(self) -> None:
        for guest in self.guests:
            running = [other for other in self.guests if other.start <= guest.start < other.end]
            for index in indices(guest.rooms) if len(running) > 1 else ():
                held = [self.at[g.code][index] for g in running if index in self.at[g.code]]
                self.model.add_at_most_one(held)

    def _bind(self, bounds: Bounds) -> None:
        for one, other in bounds.same:
            for index in self.at.get(one, {}).keys() | self.at.get(other, {}).keys():
                both = [self._literal(code, index) for code in (one, other)]
                self.model.add(both[0] == both[1])
        for one, other, gap in bounds.walks:
            for index, literal in self.at.get(one, {}).items():
                for far, there in self.at.get(other, {}).items():
                    if bounds.is_far(index, far, gap):
                        self.model.add_bool_or([literal.negated(), there.negated()])

    def _literal(self, code: str, index: int) -> Literal | int:
        return self.at[code].get(index, 0)

    def solve(self, limits: Limits) -> Mapping[str, int] | Shortage:
        """Return the index of each unit's room, or units that cannot all have one."""
        self.model.add_assumptions(list(self.has_room.values()))
        solver = solver_for(limits, EFFORT, workers=1)
        status = solver.solve(self.model)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            core = set(solver.sufficient_assumptions_for_infeasibility())
            codes = (code for code, literal in self.has_room.items() if literal.index in core)
            return Shortage(tuple(codes) or tuple(self.has_room))
        found = self._found(solver)
        return self._cheaper(found, limits)

    def _found(self, solver: cp_model.CpSolver) -> dict[str, int]:
        return {
            code: index
            for code, places in self.at.items()
            for index, literal in places.items()
            if solver.boolean_value(literal)
        }

    def _cheaper(self, found: dict[str, int], limits: Limits) -> dict[str, int]:
        """Begin with the rooms that were found, and look for those of least cost."""
        prices = {
            (guest.code, index): int(self.costs[row, index])
            for row, guest in enumerate(self.guests)
            for index in self.at[guest.code]
        }
        if sum(prices[place] for place in found.items()) == self._least():
            return found
        self.model.clear_assumptions()
        self.model.add_bool_and(self.has_room.values())
        for code, places in self.at.items():
            for index, literal in places.items():
                self.model.add_hint(literal, found[code] == index)
        literals = [self.at[code][index] for code, index in prices]
        self.model.minimize(LinearExpr.weighted_sum(literals, list(prices.values())))
        solver = solver_for(limits, EFFORT, workers=1)
        status = solver.solve(self.model)
        better = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
        return self._found(solver) if better else found

    def _least(self) -> int:
        """Return what the rooms cost when each unit has its cheapest."""
        return int(self.costs.min(axis=1).sum())


def indices(mask: int) -> list[int]:
    """Return which rooms are in a mask."""
    return [index for index in range(mask.bit_length()) if mask >> index & 1]
