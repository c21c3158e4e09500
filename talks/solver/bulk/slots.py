"""When units may start: few enough moments that each can be a variable of its own."""

from collections import Counter

import numpy as np
from numpy.typing import NDArray

from talks.solver.starts import starts

from .units import Ground, Unit

Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]
MANY = 120  # starts of one unit
DAY = 24 * 60


class Slots:
    """The possible starts; `are_all` is False when there were too many, and some are left out.

    Then those stay that are sums of lengths after a border (the normal patterns of Herz, 1972):
    what follows without a gap on the beginning of the hours, or on what stands fixed for all.
    """

    def __init__(self, ground: Ground, many: int = MANY):
        self.ground, self.many = ground, many
        self.are_all = True
        self._by_length: dict[int, Ints] = {}
        gap = ground.room_gap
        self._lengths = Counter(unit.minutes + gap for unit in ground.units.values())
        self._borders = np.array(sorted({0, *self._find_borders()}), dtype=np.int64)

    def of(self, unit: Unit) -> Ints:
        """Return the minutes at which a unit may start, in order."""
        found = self._of_length(unit.minutes)
        pin = self.ground.problem.pins.get(unit.code)
        also = [] if unit.start is None else [unit.start]
        also += [self.ground.clock.minute(pin.start)] if pin and pin.start else []
        return np.union1d(found, np.array(also, dtype=np.int64)) if also else found

    def _of_length(self, minutes: int) -> Ints:
        if minutes not in self._by_length:
            every = starts(self.ground.problem, self.ground.clock, minutes)
            self._by_length[minutes] = self._thinned(np.array(every, dtype=np.int64))
        return self._by_length[minutes]

    def _thinned(self, every: Ints) -> Ints:
        lengths = [length for length, _count in self._lengths.most_common()]
        while len(every) > self.many and lengths:
            self.are_all = False
            kept = every[_sums(lengths)[self._since_border(every)]]
            if len(kept) <= 4 * self.many or len(lengths) == 1:
                return kept
            lengths.pop()
        return every

    def _since_border(self, moments: Ints) -> Ints:
        index = np.searchsorted(self._borders, moments, side="right") - 1
        since: Ints = moments - self._borders[index]
        return np.minimum(since, DAY)

    def _find_borders(self) -> list[int]:
        ground = self.ground
        found = [ground.clock.span(span)[0] for span in ground.problem.hours]
        for unit in ground.fixed.values():
            if unit.session.is_for_all and unit.start is not None:
                found += [unit.start, unit.start + unit.minutes + ground.room_gap]
        return found


def _sums(lengths: list[int]) -> Mask:
    """Return for each number of minutes whether lengths, each any number of times, make it up."""
    reached = np.zeros(DAY + 1, dtype=np.bool_)
    reached[0] = True
    for minute in range(1, DAY + 1):
        reached[minute] = any(minute >= one and reached[minute - one] for one in lengths)
    return reached
