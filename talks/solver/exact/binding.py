"""Makes rules hold; what is broken already by things that cannot move is left as it is.

A clash of things of which none can move is constant, and let be. Where an amount is made of much,
such as the rooms of a track, it may be what it is without all that moves, at a high price.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from talks.solver.problem import MINUTE, PlacedSession, PlacedTalk, Timetable
from talks.solver.rules import ABOUT

from .logic import Expr, is_constant
from .terms import MUSTS, TERMS, Term
from .variables import Variables

UNDONE = 1_000  # the price of an amount that might be less, though the rule cannot hold
INSIDE = frozenset({"coherent_session", "talk_fits_session"})  # rules about what a session holds


def bind(v: Variables, rule: str) -> Iterator[Expr]:
    """Let a rule hold; yield the cost of what can only be kept small."""
    if rule in MUSTS:
        MUSTS[rule](v)
        return
    given = {id(stretch.present) for stretch in v.sessions.values()}
    constants: dict[str, int] = defaultdict(int)
    several: dict[str, list[Expr]] = defaultdict(list)
    for term in TERMS[rule](v):
        if is_constant(term.amount, v):
            constants[term.of] += _number(v, term)
        elif term.most > 1:
            several[term.of].append(term.amount)
        elif id(term.amount) not in given:  # else it clashes wherever its session is
            v.model.add(term.amount == 0)
    amounts = _standing(v, rule) if several else {}
    for of, found in several.items():
        least = max(0, amounts.get(of, 0) - constants[of])
        amount = sum(found)
        v.model.add(amount <= least)
        if least:
            yield UNDONE * amount


def _number(v: Variables, term: Term) -> int:
    return term.amount if isinstance(term.amount, int) else int(term.amount is v.true)


def _standing(v: Variables, rule: str) -> dict[str, int]:
    """Return by code what a rule finds in the timetable of what cannot move alone."""
    found: dict[str, int] = defaultdict(int)
    standing = Timetable(tuple(_kept(v, holds_free=rule in INSIDE)))
    for clash in ABOUT[rule].check(v.problem, standing):
        found[clash.of.code] += clash.amount
    return found


def _kept(v: Variables, holds_free: bool) -> Iterator[PlacedSession]:
    """Yield the sessions that stay, with the talks that stay in them; else of all of them."""
    placed = v.present.by_code()
    for code, held in v.held.items():
        if code in v.scope.sessions and not holds_free:
            continue
        stay = tuple(one for one in held if one.talk not in v.scope.talks)
        if code in placed:
            yield replace(placed[code], talks=stay)
        elif holds_free and stay:
            start, end = v.clock.base, v.clock.base + v.minutes[code] * MINUTE
            yield PlacedSession(code, start, end, "", tuple(PlacedTalk(o.talk) for o in stay))
