"""Where the search begins: things stay where they stand, and what is new comes in its own order.

Sessions that have no time are lined up one after the other, as they were made, an opening first,
and the talks that have no session fill them in the same way. It is a guess that breaks rules as
it likes; but of a workshop in one room it is often a timetable that costs nothing.
"""

from talks.solver.problem import Timetable

from .logic import Literal
from .variables import Variables


def hint(v: Variables, timetable: Timetable) -> None:
    """Let the search begin where things stand, and line up the rest."""
    starts = _lined_up(v, timetable)
    placed = timetable.by_code()
    for code in v.problem.sessions:
        room = placed[code].room if code in placed else next(iter(v.rooms[code]), "")
        if code in v.starts:
            v.model.add_hint(v.starts[code], starts.get(code, 0))
        for minute, literal in v.at[code].items():
            _say(v, literal, minute == starts.get(code))
        for name, literal in v.rooms[code].items():
            _say(v, literal, name == room)
    _hint_talks(v, timetable, starts)


def _lined_up(v: Variables, timetable: Timetable) -> dict[str, int]:
    """Return a start for each session: its own, else the first that is left behind the others."""
    found = {p.session: v.clock.minute(p.start) for p in timetable.sessions}
    first_kinds = sorted(v.problem.sessions.values(), key=lambda one: one.kind != "opening")
    cursor = 0
    for session in first_kinds:
        code = session.code
        if code in found:
            continue
        free = [minute for minute in v.at[code] if minute >= cursor]
        if not free:
            continue
        found[code] = free[0]
        cursor = free[0] + v.minutes[code]
    return found


def _hint_talks(v: Variables, timetable: Timetable, starts: dict[str, int]) -> None:
    """Let free talks stay where they are, and the others fill what is left of the sessions."""
    stand = {
        one.talk: (placed.session, v.clock.minute(one.start) if one.start else None)
        for placed in timetable.sessions
        for one in placed.talks
    }
    used = dict.fromkeys(v.problem.sessions, 0)
    for code in v.within:
        if code not in v.scope.talks:
            continue
        talk = v.problem.talks[code]
        chosen, start = stand.get(code, ("", None))
        if not chosen:
            room = (s for s in v.within[code] if s in starts and v.minutes[s] - used[s])
            fits = (s for s in room if talk.is_poster or used[s] + talk.minutes <= v.minutes[s])
            chosen = next(fits, "")
            start = starts[chosen] + used[chosen] if chosen and not talk.is_poster else None
            if chosen and not talk.is_poster:
                used[chosen] += talk.minutes
        for session, literal in v.within[code].items():
            _say(v, literal, session == chosen)
        if start is not None:
            v.model.add_hint(v.talk_starts[code], start)


def _say(v: Variables, literal: Literal, value: bool) -> None:
    if literal is not v.true:
        v.model.add_hint(literal, value)
