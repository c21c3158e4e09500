"""What a search may move: all of it, or the part that was asked for; never what is past."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from .problem import PlacedSession, PlacedTalk, Problem, Timetable, in_utc


@dataclass(frozen=True, slots=True)
class Scope:
    """The codes of what may move. A talk that may not move goes along with its session.

    `into`: the only sessions that talks may go to; None: any.
    """

    sessions: frozenset[str] = frozenset()
    talks: frozenset[str] = frozenset()
    into: frozenset[str] | None = None


def everything(problem: Problem, present: Timetable) -> Scope:
    """Return all that is not past and not pinned in time and room."""
    return _scope(
        problem, present, lambda placed: True, lambda talk, placed: True, moves_waiting=True
    )


def unplaced(problem: Problem, present: Timetable) -> Scope:
    """Return the sessions without a time and the talks that stand in no session."""
    return _scope(problem, present, lambda placed: False, lambda talk, placed: False)


def of_day(problem: Problem, present: Timetable, on: date) -> Scope:
    """Return what stands on a day, and what stands nowhere."""
    zone = ZoneInfo(problem.zone)

    def is_on(placed: PlacedSession) -> bool:
        return placed.start.astimezone(zone).date() == on

    return _scope(problem, present, is_on, lambda talk, placed: is_on(placed))


def of_track(problem: Problem, present: Timetable, track: str) -> Scope:
    """Return the sessions and the talks of a track."""
    return _scope(
        problem,
        present,
        lambda placed: problem.sessions[placed.session].track == track,
        lambda talk, placed: problem.talks[talk.talk].track == track,
        lambda code: problem.sessions[code].track == track,
        lambda code: problem.talks[code].track == track,
        moves_waiting=True,
    )


def of_room(problem: Problem, present: Timetable, room: str) -> Scope:
    """Return what stands in a room, and what stands nowhere."""
    return _scope(
        problem,
        present,
        lambda placed: placed.room == room,
        lambda talk, placed: placed.room == room,
    )


def is_past(problem: Problem, placed: PlacedSession) -> bool:
    return problem.now is not None and in_utc(placed.start) <= in_utc(problem.now)


def _any(_code: str) -> bool:
    return True


def _scope(
    problem: Problem,
    present: Timetable,
    of_placed: Callable[[PlacedSession], bool],
    of_talk: Callable[[PlacedTalk, PlacedSession], bool],
    of_session_code: Callable[[str], bool] = _any,
    of_talk_code: Callable[[str], bool] = _any,
    moves_waiting: bool = False,
) -> Scope:
    """Keep what the questions say; what is shown several times stays as it is.

    `moves_waiting`: talks may leave a session that has no time yet.
    """
    sessions = {code for code in problem.sessions if of_session_code(code)}
    talks = {code for code in problem.talks if of_talk_code(code)}
    seen: set[str] = set()
    for placed in present.sessions:
        stays = is_past(problem, placed)
        if stays or not of_placed(placed) or _is_pinned(problem, placed.session):
            sessions.discard(placed.session)
        for talk in placed.talks:
            if stays or talk.talk in seen or not of_talk(talk, placed):
                talks.discard(talk.talk)
            seen.add(talk.talk)
    for held in present.waiting.values():
        talks -= set() if moves_waiting else {one.talk for one in held}
    pinned = {code for code, pin in problem.talk_pins.items() if pin.start is not None}
    return Scope(frozenset(sessions), frozenset(talks - pinned))


def _is_pinned(problem: Problem, code: str) -> bool:
    pin = problem.pins.get(code)
    return pin is not None and pin.start is not None and pin.room is not None
