"""Makes room: the fewest moves with which something can be where somebody wants it."""

from dataclasses import replace

from .limits import Stop, never
from .moving import Target, home_of, session_there
from .problem import Pinned, PinnedTalk, Problem, Timetable
from .repair import Repaired, movable, repair
from .scope import Scope


def make_room(
    problem: Problem,
    present: Timetable,
    code: str,
    target: Target,
    *,
    seconds: float | None = None,
    seed: int = 0,
    stop: Stop = never,
) -> Repaired:
    """Return the fewest moves, its own among them, with which something can be there.

    The talks of a session go along with it. What no move can mend there is in `left`, or there
    is no timetable.
    """
    if code in problem.sessions:
        there = session_there(problem, present, code, target)
        pin = Pinned(there.start, there.room)
        pinned = replace(problem, pins={**problem.pins, code: pin})
    else:
        session = target.session or home_of(present, code).session
        talk_pin = PinnedTalk(session, target.start)
        pinned = replace(problem, talk_pins={**problem.talk_pins, code: talk_pin})
    scope = movable(pinned, present)
    own = {one.talk for each in present.sessions if each.session == code for one in each.talks}
    free = Scope(
        scope.sessions | ({code} & problem.sessions.keys()),
        scope.talks - own | ({code} & problem.talks.keys()),
    )
    return repair(pinned, present, free=free, seconds=seconds, seed=seed, stop=stop)
