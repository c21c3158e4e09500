"""The timetable as it stands beside the one that is proposed: days in which something moves.

Both are laid out by `grid`, so that they look as the public schedule will.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from talks import records
from talks.grid import Day
from talks.grid import timetable as laid_out
from talks.solver import diff
from talks.solver.diff import BOARD, Move, SessionPlace, TalkPlace
from talks.solver.problem import PlacedSession, PlacedTalk, Problem, Timetable


class Mark(StrEnum):
    """What a proposal would do with a thing, as seen before and as seen after."""

    NONE = ""
    MOVES = "moves"
    GOES = "goes"  # loses its place
    MOVED = "moved"
    NEW = "new"
    BOARD = "board"  # gets another board


@dataclass(frozen=True, slots=True)
class Held:
    """A talk in a session; `start` by the clock of the zone shown."""

    code: str
    title: str
    start: datetime | None
    board: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Marked(records.Session):
    """A session as the grid lays it out; its talks are told when one of them moves."""

    mark: Mark = Mark.NONE
    talks: tuple[Held, ...] = ()
    number: int = 0  # of talks

    @property
    def is_touched(self) -> bool:
        return bool(self.mark or self.talks)


@dataclass(frozen=True, slots=True)
class Beside:
    """A day before and after; None where there would be nothing on it."""

    on: date
    before: Day | None
    after: Day | None


Marks = Mapping[tuple[str, str], Mark]  # by code, and by session where it is a talk's


def beside(
    problem: Problem, before: Timetable, moves: Iterable[Move], zone: ZoneInfo
) -> list[Beside]:
    """Return the days in which some moves change something.

    Raises ValueError when a talk is not where its move takes it from.
    """
    some = list(moves)
    after = diff.apply_moves(before, some)
    old = _days(problem, before, dict(_marks(some, is_after=False)), zone)
    new = _days(problem, after, dict(_marks(some, is_after=True)), zone)
    touched = {day.on for days in (old, new) for day in days.values() if _is_touched(day)}
    return [Beside(on, old.get(on), new.get(on)) for on in sorted(touched)]


def _marks(moves: Iterable[Move], *, is_after: bool) -> Iterator[tuple[tuple[str, str], Mark]]:
    for move in moves:
        here, there = (move.after, move.before) if is_after else (move.before, move.after)
        if here is None:
            continue
        session = here.session if isinstance(here, TalkPlace) else ""
        yield (move.code, session), _mark(move, there, is_after=is_after)


def _mark(move: Move, there: SessionPlace | TalkPlace | None, *, is_after: bool) -> Mark:
    if move.kind == BOARD:
        return Mark.BOARD
    if is_after:
        return Mark.MOVED if there else Mark.NEW
    return Mark.MOVES if there else Mark.GOES


def _days(problem: Problem, timetable: Timetable, marks: Marks, zone: ZoneInfo) -> dict[date, Day]:
    sessions = (
        _session(problem, placed, marks, zone)
        for placed in timetable.sessions
        if placed.session in problem.sessions
    )
    return {day.on: day for day in laid_out(sessions, zone)}


def _is_touched(day: Day) -> bool:
    return any(isinstance(s.session, Marked) and s.session.is_touched for s in day.slots)


def _session(problem: Problem, placed: PlacedSession, marks: Marks, zone: ZoneInfo) -> Marked:
    known = problem.sessions[placed.session]
    track = problem.tracks.get(known.track)
    talks = tuple(_held(problem, placed, one, marks, zone) for one in placed.talks)
    return Marked(
        code=known.code,
        kind=known.kind,
        title=known.title,
        room=_room(problem, placed.room),
        track=records.Track(track.code, track.name, "", 0) if track else None,
        start=placed.start,
        end=placed.end,
        is_plenary=known.is_plenary,
        status="planned",
        stream="",
        chairs=(),
        placements=(),
        mark=marks.get((known.code, ""), Mark.NONE),
        talks=talks if any(one.mark for one in talks) else (),
        number=len(talks),
    )


def _held(
    problem: Problem, placed: PlacedSession, one: PlacedTalk, marks: Marks, zone: ZoneInfo
) -> Held:
    known = problem.talks.get(one.talk)
    return Held(
        code=one.talk,
        title=known.title if known else one.talk,
        start=one.start.astimezone(zone) if one.start else None,
        board=one.board,
        mark=marks.get((one.talk, placed.session), Mark.NONE),
    )


def _room(problem: Problem, code: str) -> records.Room | None:
    known = problem.rooms.get(code)
    return records.Room(known.code, known.name, None, "", known.position) if known else None
