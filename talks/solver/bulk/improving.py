"""Better times for what people want to see: the local search over the times that were found."""

from collections.abc import Iterator, Mapping
from itertools import chain, combinations, product

import numpy as np

from talks.solver.limits import Limits
from talks.solver.local import improve
from talks.solver.local_problem import Floats, Ints, LocalProblem, Relation
from talks.solver.problem import Kind

from .counts import Counts, unions
from .options import may_not_run_beside
from .order import linked
from .slots import Mask
from .together import Use, never_parallel, tracks_apart
from .units import Stage, Unit
from .wishes import RoomCost, cost_of_start, has_wishes, pair_costs, weight

Bond = tuple[Use, Use, int | None]  # the minutes between them; None: the first ends before

STEPS = 60  # of the local search by unit of effort and session
SEATS = 4  # sizes of rooms that are told apart where talks differ in more than so many


def improved(
    counts: Counts, starts: Mapping[str, int], cost: RoomCost, limits: Limits
) -> dict[str, int]:
    """Return better starts, which keep the rules that count rooms by moment, as `starts` do."""
    times = Times(counts, starts, cost)
    steps = int(STEPS * len(times.codes) * limits.effort)
    if not times.codes or steps <= 0 or limits.is_over:
        return dict(starts)
    left = None if limits.seconds is None else max(0.0, limits.seconds - limits.elapsed)
    found = improve(
        times.problem(),
        times.start,
        seed=limits.seed,
        steps=steps,
        seconds=float("inf") if left is None else left,
        stop=limits.stop,
        progress=lambda best, _done: limits.tell(best, None),
    )
    if found.broken:
        return dict(starts)
    minutes = {
        code: times.bins[place][0]
        for code, place in zip(times.codes, found.assignment.tolist(), strict=True)
    }
    return {**starts, **minutes}


class Times:
    """The units as items and the starts, by length, as bins of the local search."""

    def __init__(self, counts: Counts, starts: Mapping[str, int], cost: RoomCost):
        self.counts, self.bulk, self.cost = counts, counts.bulk, cost
        self.ground = counts.bulk.ground
        self.units = [unit for unit in self.ground.units.values() if unit.code in starts]
        self.codes = [unit.code for unit in self.units]
        self.bins = sorted(
            {(minute, unit.minutes) for unit in self.units for minute in self.bulk.at[unit.code]}
        )
        self.bin_of = {place: index for index, place in enumerate(self.bins)}
        self.first = np.array([start for start, _minutes in self.bins], dtype=np.int64)
        self.length = np.array([minutes for _start, minutes in self.bins], dtype=np.int64)
        self.start: Ints = np.array(
            [self.bin_of[starts[unit.code], unit.minutes] for unit in self.units], dtype=np.intp
        )

    def problem(self) -> LocalProblem:
        sets = unions({self._suited(unit) for unit in self.units if self._needs_room(unit)})
        seats, levels, prices = self._seats()
        sizes = [
            [int(self._needs_room(u) and not self._suited(u) & ~rooms) for rooms in sets]
            + [int(self._needs_room(u) and self._demand(u) > level) for level in levels]
            + [int(self.ground.is_one_place(u))]
            for u in self.units
        ]
        moments = sorted({start for start, _minutes in self.bins})
        free = [self._free(moment) for moment in moments]
        capacities = [
            [(rooms & open_).bit_count() for rooms in sets]
            + [(big & open_).bit_count() for big in seats]
            + [1]
            for open_ in free
        ]
        return LocalProblem(
            costs=self._costs(),
            sizes=np.array(sizes, dtype=np.intp),
            capacities=np.array(capacities, dtype=np.intp),
            pairs=((pair_costs(self.ground, self.codes), self._shares()),),
            apart=tuple(self._apart()),
            prices=np.array([np.inf] * len(sets) + prices + [np.inf]),
            pinned=self._pinned(),
            takes=self._takes(moments),
        )

    def _needs_room(self, unit: Unit) -> bool:
        return self.ground.needs_room(unit)

    def _suited(self, unit: Unit) -> int:
        """Return the rooms, as a mask, that suit a unit at some time."""
        mask = self.counts.all_rooms
        for index in self.bulk.options[unit.code].unsuitable:
            mask &= ~(1 << index)
        return mask

    def _free(self, moment: int) -> int:
        mask = 0
        for index, code in enumerate(self.bulk.choices.rooms):
            if not self.bulk.choices.causes_at(code, moment):
                mask |= 1 << index
        return mask

    def _takes(self, moments: list[int]) -> Ints | None:
        at = np.array(moments)
        end = self.first + self.length + self.ground.room_gap
        takes = (self.first[:, None] <= at) & (at < end[:, None])
        return None if takes.sum() == len(takes) == len(moments) else takes.astype(np.intp)

    def _costs(self) -> Floats:
        """Return what each start costs a unit: inf where it may not be."""
        costs = np.full((len(self.units), len(self.bins)), np.inf)
        for row, unit in enumerate(self.units):
            wishes = has_wishes(self.ground, unit)
            for minute in self.bulk.at[unit.code]:
                place = self.bin_of[minute, unit.minutes]
                costs[row, place] = cost_of_start(self.ground, unit, minute) if wishes else 0
        self._add_fixed(costs)
        self._keep_silence(costs)
        return costs

    def _add_fixed(self, costs: Floats) -> None:
        """Add what it costs to run beside what is fixed."""
        fixed = [unit for unit in self.ground.fixed.values() if unit.start is not None]
        if fixed:
            both = pair_costs(self.ground, [*self.codes, *(unit.code for unit in fixed)])
            beside = np.array([self._beside(unit, unit.start or 0) for unit in fixed], dtype=float)
            costs += both[: len(self.units), len(self.units) :] @ beside

    def _keep_silence(self, costs: Floats) -> None:
        """Let nothing begin that may not run beside what is for all, which stays."""
        for place, alone in enumerate(self.units):
            if alone.session.is_for_all and self.ground.must("plenary_alone"):
                beside = self._beside(alone, self.bins[self.start[place]][0])
                for row, unit in enumerate(self.units):
                    if row != place and may_not_run_beside(alone.session, unit.session):
                        costs[row, beside] = np.inf

    def _beside(self, unit: Unit, start: int) -> Mask:
        """Return the bins that share time with a unit at a start."""
        beside: Mask = (self.first < start + unit.minutes) & (start < self.first + self.length)
        return beside

    # Pairs of units.

    def _shares(
        self, one: Stage | None = None, other: Stage | None = None, gap: int = 0
    ) -> Relation:
        """Return for two bins 1 where a stage of each, or all of them, share time."""
        begin, end = self._span(one)
        first, last = self._span(other)
        shares = (begin[:, None] < last[None] + gap) & (first[None] < end[:, None] + gap)
        return shares.astype(float)

    def _span(self, stage: Stage | None) -> tuple[Ints, Ints]:
        if stage is None:
            return self.first, self.first + self.length
        begin = self.first + stage.offset
        return begin, begin + stage.minutes

    def _apart(self) -> Iterator[tuple[Ints, Relation]]:
        """Yield the pairs of units that may not be at each other's times, by how they may not."""
        index = {code: place for place, code in enumerate(self.codes)}
        pairs: dict[tuple[Stage, Stage, int | None], set[tuple[int, int]]] = {}
        for (one, first), (other, second), gap in chain(self._of_people(), self._of_talks()):
            if one.code in index and other.code in index and one.code != other.code:
                rows = pairs.setdefault((first, second, gap), set())
                rows.add((index[one.code], index[other.code]))
        for (first, second, gap), rows in pairs.items():
            yield np.array(sorted(rows), dtype=np.intp), self._relation(first, second, gap)

    def _relation(self, one: Stage, other: Stage, gap: int | None) -> Relation:
        if gap is not None:
            return self._shares(one, other, gap)
        late = self._span(one)[1][:, None] > self._span(other)[0][None]
        return late.astype(float)

    def _of_people(self) -> Iterator[Bond]:
        uses: dict[str, list[Use]] = {}
        for unit in self.units if self.ground.must("person_twice") else ():
            for person, stage in unit.people:
                uses.setdefault(person, []).append((unit, stage))
        for used in uses.values():
            for one, other in combinations(used, 2):
                yield one, other, self.ground.person_gap

    def _of_talks(self) -> Iterator[Bond]:
        ground = self.ground
        for reason in never_parallel(ground):
            for one, other in product(ground.holding(reason.of), ground.holding(reason.codes[0])):
                yield one, other, 0
        for _reason, one, other in tracks_apart(ground):
            yield one, other, 0
        for relation in ground.problem.relations if ground.must("in_order") else ():
            if relation.kind is Kind.BEFORE:
                first, second = ground.holding(relation.first), ground.holding(relation.second)
                yield from ((one, other, None) for one, other in product(first, second))

    def _pinned(self) -> tuple[int, ...]:
        """Return the units that stay: parts of one thing, and what is for all."""
        parts = {code for two in linked(self.bulk) for code in two}
        return tuple(
            place
            for place, unit in enumerate(self.units)
            if unit.code in parts or unit.session.is_for_all
        )

    # Seats.

    def _demand(self, unit: Unit) -> int:
        return max(self.cost.demands[unit.code], default=0)

    def _seats(self) -> tuple[list[int], list[int], list[float]]:
        """Return rooms with more seats than each of some levels, the levels, and prices.

        What lacks over all levels is what the best rooms for these demands would lack, as the
        larger demand goes into the larger room.
        """
        price = weight(self.ground.problem, "room_holds")
        rooms = self.ground.problem.rooms.values()
        sizes = sorted({room.capacity for room in rooms if room.capacity is not None})
        wanted = max((self._demand(unit) for unit in self.units), default=0)
        sizes = [size for size in sizes if size < wanted]
        wishes = {sum(self._demand(unit) > size for size in sizes) for unit in self.units}
        thin = -(-len(sizes) // SEATS) if len(wishes) > SEATS else 1
        levels = sizes[::thin] if price else []
        bounds = [*levels[1:], wanted] if levels else []
        prices = [float(price * (high - low)) for low, high in zip(levels, bounds, strict=True)]
        bits = self.bulk.choices.bit
        big = [
            sum(bits[r.code] for r in rooms if r.capacity is None or r.capacity > level)
            for level in levels
        ]
        return big, levels, prices
