"""What times and rooms cost by the rules that need not hold, for the stages that follow."""

from collections.abc import Iterator
from itertools import product

import numpy as np
from numpy.typing import NDArray

from talks.solver.problem import Pair, PlacedSession, PlacedTalk, Problem, Timetable
from talks.solver.rules import ABOUT, is_ignored, setting

from .units import Ground, Unit

Floats = NDArray[np.float64]
BY_ITSELF = ("preferences", "local_hours", "changed")  # what a session costs, others apart
OF_PAIRS = ("wanted_together", "alike_parallel")  # what two talks at one time cost


def weight(problem: Problem, rule: str) -> int:
    """Return what one unit of a rule costs; 0 when it is ignored."""
    return 0 if is_ignored(problem, rule) else setting(problem, rule).weight


def placed(ground: Ground, unit: Unit, start: int, room: str) -> PlacedSession:
    """Return a unit as it stands from a start, its talks at their distances."""
    moment = ground.clock.moment
    here, there = ground.placed.get(unit.code), ground.present.waiting.get(unit.code, ())
    talks = tuple(
        PlacedTalk(
            one.talk, moment(start + stage.offset) if one.start and here else None, one.board
        )
        for one, (_code, stage) in zip(here.talks if here else there, unit.talks, strict=True)
    )
    return PlacedSession(unit.code, moment(start), moment(start + unit.minutes), room, talks)


def cost_of_start(ground: Ground, unit: Unit, start: int) -> int:
    """Return what it costs that a unit starts then, be the room as it may."""
    prices = {rule: weight(ground.problem, rule) for rule in BY_ITSELF}
    return sum(
        price * amount_of_start(ground, unit, start, rule)
        for rule, price in prices.items()
        if price
    )


def amount_of_start(ground: Ground, unit: Unit, start: int, rule: str) -> int:
    """Return by how much a unit, by itself, breaks a rule when it starts then."""
    alone = Timetable((placed(ground, unit, start, unit.room),))
    clashes = ABOUT[rule].check(ground.problem, alone)
    return sum(clash.amount for clash in clashes if clash.fault != "room")


def has_wishes(ground: Ground, unit: Unit) -> bool:
    """Whether its start can cost a unit anything by itself."""
    people = [ground.problem.people[code] for code, _stage in unit.people]
    released = ground.problem.released
    return any(p.rather_not or p.likes or p.zone for p in people) or (
        released is not None and any(one.session == unit.code for one in released.sessions)
    )


class RoomCost:
    """What it costs that a unit is in a room: seats that lack, a room that it was not in."""

    def __init__(self, ground: Ground):
        self.ground, self.problem = ground, ground.problem
        self.seats = weight(self.problem, "room_holds")
        self.moved = weight(self.problem, "changed")
        self.moved *= int(setting(self.problem, "changed").options["room"])
        self.disliked = weight(self.problem, "preferences")
        self.released = (self.problem.released or Timetable()).by_code()
        self.demands = {code: tuple(self._demands(unit)) for code, unit in ground.units.items()}

    def __call__(self, code: str, start: int, room: str) -> int:
        known, unit = self.problem.rooms[room], self.ground.units[code]
        cost = 0
        if known.capacity is not None:
            over = sum(max(0, persons - known.capacity) for persons in self.demands[code])
            cost += self.seats * over
        before = self.released.get(code)
        if before is not None and before.room != room:
            cost += self.moved
        for span in known.rather_not:
            first, end = self.ground.clock.span(span)
            if first < start + unit.minutes and start < end:
                return cost + self.disliked
        return cost

    def _demands(self, unit: Unit) -> Iterator[int]:
        talks = [self.problem.talks[code] for code, _stage in unit.talks]
        yield from (talk.demand or 0 for talk in talks if not talk.is_poster)
        yield sum(talk.demand or 0 for talk in talks if talk.is_poster)


def pair_costs(ground: Ground, codes: list[str]) -> Floats:
    """Return what it costs that two units share time, as a matrix; fixed units may be named."""
    index = {code: place for place, code in enumerate(codes)}
    units = [ground.units.get(code) or ground.fixed[code] for code in codes]
    found = np.zeros((len(codes), len(codes)))
    holders: dict[str, list[int]] = {}
    for unit in units:
        for talk, _stage in unit.talks:
            holders.setdefault(talk, []).append(index[unit.code])
    for rule in OF_PAIRS:
        price = weight(ground.problem, rule)
        for (one, other), amount in talk_pairs(ground.problem, rule) if price else ():
            for first, second in product(holders.get(one, ()), holders.get(other, ())):
                found[first, second] += price * amount
                found[second, first] += price * amount
    belongs = [tracks(ground.problem, unit) for unit in units]
    price = weight(ground.problem, "track_parallel")
    for track in sorted(set().union(*belongs)) if price else ():
        members = [place for place, own in enumerate(belongs) if track in own]
        found[np.ix_(members, members)] += price
    np.fill_diagonal(found, 0)
    return found


def tracks(problem: Problem, unit: Unit) -> set[str]:
    """Return the tracks of a session: its own, and those of its talks."""
    own = {unit.session.track, *(problem.talks[talk].track for talk, _stage in unit.talks)}
    return own - {""}


def talk_pairs(problem: Problem, rule: str) -> Iterator[tuple[Pair, int]]:
    """Yield the pairs of talks that a rule wants at different times, and how much."""
    least = int(setting(problem, rule).options["least"])
    if rule == "wanted_together":
        yield from ((pair, n) for pair, n in problem.together.items() if n >= least)
    else:
        near = ((pair, n) for pair, n in problem.alike.items() if n >= least)
        yield from ((pair, 1 + (n - least) // 10) for pair, n in near)
