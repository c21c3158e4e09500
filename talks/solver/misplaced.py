"""What cannot all stay where it is, and how many sessions have to move at least."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ortools.sat.python import cp_model

from .problem import MINUTE, Clash, PlacedSession, Problem, Timetable, in_utc
from .rules import ABOUT, must_hold
from .scope import Scope
from .starts import length

CERTAIN = frozenset(
    {
        "person_twice", "person_away", "room_twice", "room_closed", "room_suits", "pinned",
        "in_hours", "plenary_alone", "never_parallel", "session_length",
    }
)  # fmt: skip
# Rules whose clashes last as long as all that they are about stays where it is.


@dataclass(frozen=True, slots=True)
class Trouble:
    """The sessions that clash and may move, and how many of them have to at least."""

    sessions: frozenset[str]
    least: int


def troubles(problem: Problem, present: Timetable, scope: Scope) -> Trouble:
    """Return what clashes by the rules that must hold, with the lengths that are meant."""
    as_meant = _as_meant(problem, present, scope)
    holding = {t.talk: one.session for one in present.sessions for t in one.talks}
    standing = {one.session for one in present.sessions}
    new = {frozenset({code}) for code in scope.sessions - standing}
    other = {
        frozenset({placed.session})
        for placed, was in zip(as_meant.sessions, present.sessions, strict=True)
        if placed.end != was.end
    }
    found, certain = new | other, new | other
    for clash in _broken(problem, as_meant):
        codes = {holding.get(code, code) for code in clash.codes} & scope.sessions
        if codes:
            found.add(frozenset(codes))
            if clash.rule in CERTAIN or (clash.rule, clash.fault) == ("in_order", "before"):
                certain.add(frozenset(codes))
    return Trouble(frozenset().union(*found), _least_hitting(certain))


def _as_meant(problem: Problem, present: Timetable, scope: Scope) -> Timetable:
    """Give each session that may move the length that it is to have."""

    def meant(placed: PlacedSession) -> PlacedSession:
        if placed.session not in scope.sessions:
            return placed
        minutes = length(problem, placed.session, Timetable((placed,)))
        if minutes * MINUTE == in_utc(placed.end) - in_utc(placed.start):
            return placed
        end = (in_utc(placed.start) + minutes * MINUTE).astimezone(placed.end.tzinfo)
        return replace(placed, end=end)

    return replace(present, sessions=tuple(map(meant, present.sessions)))


def _broken(problem: Problem, timetable: Timetable) -> Iterator[Clash]:
    for name, about in ABOUT.items():
        if must_hold(problem, name):
            yield from about.check(problem, timetable)


def _least_hitting(sets: Iterable[frozenset[str]]) -> int:
    """Return how many codes are needed at least so that each set has one of them."""
    model = cp_model.CpModel()
    some = sorted(sets, key=sorted)
    taken = {code: model.new_bool_var(code) for code in sorted(frozenset().union(*some))}
    for each in some:
        model.add_bool_or([taken[code] for code in sorted(each)])
    model.minimize(sum(taken.values()))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_deterministic_time = 1
    solver.solve(model)
    return max(0, round(solver.best_objective_bound))
