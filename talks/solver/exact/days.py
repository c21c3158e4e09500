"""The terms of the rules about the shape of a day: which minutes of it something runs.

A day is cut where a session may start or end; between two cuts either something runs or nothing.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from talks.solver.kinds import RESTING
from talks.solver.rules.about import setting
from talks.solver.rules.days import ASIDE

from .amounts import chosen, total
from .logic import Expr, Literal
from .terms import Term, terms
from .variables import Variables


@dataclass(frozen=True, slots=True)
class Piece:
    """The minutes between two cuts of a day."""

    day: date
    start: int
    end: int

    @property
    def minutes(self) -> int:
        return self.end - self.start


@terms("opening_first")
def opening_first(v: Variables) -> Iterator[Term]:
    for code, session in v.problem.sessions.items():
        if session.kind != "opening":
            continue
        own = v.sessions[code]
        earlier = [
            v.all_of([other.present, v.holds(other.start, "<", own.start)])
            for other in v.sessions.values()
            if other.code != code and other.low < own.high
        ]
        yield Term(v.all_of([own.present, v.any_of(earlier)]), code)


@terms("no_idle_time")
def no_idle_time(v: Variables) -> Iterator[Term]:
    for pieces in _days(v):
        busy = [_running(v, piece, v.sessions) for piece in pieces]
        begun, going_on = _any_until(v, busy), _any_until(v, busy[::-1])[::-1]
        idle = [
            (piece.minutes, v.all_of([v.negated(now), before, after]))
            for piece, now, before, after in zip(pieces, busy, begun, going_on, strict=True)
        ]
        most = sum(piece.minutes for piece in pieces)
        yield Term(total(v, idle), "", (), most)


@terms("breaks_between")
def breaks_between(v: Variables) -> Iterator[Term]:
    kinds = {code: session.kind for code, session in v.problem.sessions.items()}
    work = [code for code, kind in kinds.items() if kind not in RESTING]
    begun, nothing = _begun(v, work), Begun([], [], [])
    for code, kind in kinds.items():
        if kind != "break":
            continue
        alone = []
        for minute, literal in v.at[code].items():
            day = begun.get(v.clock.day(minute), nothing)
            both = day.both(v, minute, minute + v.minutes[code])
            alone.append(v.all_of([literal, v.negated(both)]))
        yield Term(v.any_of(alone), code)


@dataclass(frozen=True, slots=True)
class Begun:
    """The possible starts of a day, in order: whether any is taken up to each, and from each on."""

    minutes: list[int]
    until: list[Literal]
    since: list[Literal]

    def both(self, v: Variables, start: int, end: int) -> Literal:
        """Return whether something begins before a start and something else from an end on."""
        earlier, later = bisect_left(self.minutes, start), bisect_left(self.minutes, end)
        if earlier == 0 or later == len(self.minutes):
            return v.false
        return v.all_of([self.until[earlier - 1], self.since[later]])


def _begun(v: Variables, codes: Collection[str]) -> dict[date, Begun]:
    """Return by day when any of some sessions begin."""
    starts: dict[date, dict[int, list[Literal]]] = defaultdict(lambda: defaultdict(list))
    for code in codes:
        for minute, literal in v.at[code].items():
            starts[v.clock.day(minute)][minute].append(literal)
    found = {}
    for day, at in starts.items():
        here = [v.any_of(at[minute]) for minute in sorted(at)]
        found[day] = Begun(sorted(at), _any_until(v, here), _any_until(v, here[::-1])[::-1])
    return found


@terms("breaks_in_time")
def breaks_in_time(v: Variables) -> Iterator[Term]:
    longest = int(setting(v.problem, "breaks_in_time").options["longest"])
    kinds = {code: session.kind for code, session in v.problem.sessions.items()}
    rest = [code for code, kind in kinds.items() if kind in RESTING]
    work = [code for code, kind in kinds.items() if kind not in ASIDE]
    for pieces in _days(v) if rest else ():
        listening = [
            v.all_of([_running(v, piece, work), v.negated(_running(v, piece, rest))])
            for piece in pieces
        ]
        yield from _stretches(v, pieces, listening, longest)


def _stretches(
    v: Variables, pieces: list[Piece], listening: list[Literal], longest: int
) -> Iterator[Term]:
    """Count through a day how long people have listened; what is over counts at the end."""
    day = pieces[-1].end - pieces[0].start
    so_far: Expr = 0
    for piece, literal, next_one in zip(pieces, listening, [*listening[1:], v.false], strict=True):
        so_far = chosen(v, [(literal, so_far + piece.minutes)], day)
        over = v.excess(so_far, longest, day)
        yield Term(chosen(v, [(v.negated(next_one), over)], day), "", (), day)


def _days(v: Variables) -> Iterator[list[Piece]]:
    """Yield the pieces of each day in which something may run, in order."""
    cuts: dict[date, set[int]] = defaultdict(set)
    for code, at in v.at.items():
        for minute in at:
            cuts[v.clock.day(minute)] |= {minute, minute + v.minutes[code]}
    for day in sorted(cuts):
        pieces = [Piece(day, *both) for both in pairwise(sorted(cuts[day]))]
        if pieces:
            yield pieces


def _running(v: Variables, piece: Piece, codes: Collection[str]) -> Literal:
    """Return whether any of some sessions that began on the piece's day runs through it."""
    return v.any_of(
        literal
        for code in codes
        for minute, literal in v.at[code].items()
        if minute <= piece.start
        and piece.end <= minute + v.minutes[code]
        and v.clock.day(minute) == piece.day
    )


def _any_until(v: Variables, literals: list[Literal]) -> list[Literal]:
    """Return for each literal whether it or any before it is true."""
    found: list[Literal] = []
    so_far = v.false
    for literal in literals:
        so_far = v.any_of([so_far, literal])
        found.append(so_far)
    return found
