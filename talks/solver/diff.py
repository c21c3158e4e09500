"""What differs between two timetables: moves, which a person may take one by one.

A talk that merely goes along with its session, at the same distance from its start, has not
moved; nor has one that only changes its number because others came or went.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from difflib import SequenceMatcher
from typing import TypeAlias

from .problem import PlacedSession, PlacedTalk, Timetable, in_utc

SESSION, TALK, BOARD = "session", "talk", "board"


@dataclass(frozen=True, slots=True)
class SessionPlace:
    start: datetime
    end: datetime
    room: str = ""


@dataclass(frozen=True, slots=True)
class TalkPlace:
    """Where a talk stands: in which session, as which of its talks (from 0), and when."""

    session: str
    position: int
    start: datetime | None = None
    into: timedelta | None = None  # after the session's start, when both have one
    board: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """A session, talk or board that stands elsewhere; None: nowhere.

    `kind` is "session", "talk" or "board". A poster that is shown twice may have two moves.
    """

    kind: str
    code: str
    before: SessionPlace | TalkPlace | None
    after: SessionPlace | TalkPlace | None


Held: TypeAlias = dict[str, list[PlacedTalk]]  # what each session holds, in order
Pairs: TypeAlias = list[tuple[TalkPlace | None, TalkPlace | None]]


def moves(before: Timetable, after: Timetable) -> tuple[Move, ...]:
    """Return what makes the one the other: sessions by code, then talks, then boards."""
    before, after = canonical(before), canonical(after)
    old, new = _placed(before), _placed(after)
    sessions = [
        Move(SESSION, code, old.get(code), new.get(code))
        for code in sorted(old.keys() | new.keys())
        if old.get(code) != new.get(code)
    ]
    return (*sessions, *sorted(_talk_moves(before, after), key=_order))


def apply_moves(timetable: Timetable, some: Iterable[Move]) -> Timetable:
    """Return the timetable after some moves, in canonical order.

    `apply_moves(before, moves(before, after))` is `after` in canonical order. A talk comes at
    its distance into its session, also when the session's own move is not among them. Raises
    ValueError when a talk is not in the session that its move takes it from.
    """
    some, timetable = list(some), canonical(timetable)
    held = _held(timetable)
    for move in some:
        if isinstance(move.before, TalkPlace):
            _take(held[move.before.session], move)
    placed = _placed(timetable)
    for move in some:
        if move.kind == SESSION:
            _go_along(held, move.code, placed.get(move.code), move.after)
            placed.pop(move.code, None)
            if isinstance(move.after, SessionPlace):
                placed[move.code] = move.after
    arriving = [(move.after, move.code) for move in some if isinstance(move.after, TalkPlace)]
    for place, code in sorted(arriving, key=lambda one: (one[0].position, one[1])):
        _put(held[place.session], code, place, placed.get(place.session))
    return _timetable(placed, held)


def canonical(timetable: Timetable) -> Timetable:
    """Return a timetable in UTC, sessions by start and code, talks by start, the others behind."""
    return _timetable(_placed(timetable), _held(timetable))


def _timetable(placed: Mapping[str, SessionPlace], held: Held) -> Timetable:
    sessions = [
        PlacedSession(code, place.start, place.end, place.room, _sorted(held.get(code, ())))
        for code, place in placed.items()
    ]
    sessions.sort(key=lambda one: (one.start, one.session))
    waiting = {code: _sorted(held[code]) for code in sorted(held) if code not in placed}
    return Timetable(tuple(sessions), {code: some for code, some in waiting.items() if some})


def _placed(timetable: Timetable) -> dict[str, SessionPlace]:
    return {
        one.session: SessionPlace(in_utc(one.start), in_utc(one.end), one.room)
        for one in timetable.sessions
    }


def _held(timetable: Timetable) -> Held:
    found: Held = defaultdict(list)
    for placed in timetable.sessions:
        found[placed.session].extend(placed.talks)
    for code, talks in timetable.waiting.items():
        found[code].extend(talks)
    return found


def _sorted(talks: Iterable[PlacedTalk]) -> tuple[PlacedTalk, ...]:
    some = [replace(one, start=in_utc(one.start)) if one.start else one for one in talks]
    timed = [(one.start, one.talk, one) for one in some if one.start]
    in_order = sorted(timed, key=lambda one: one[:2])
    return (*(one for _start, _code, one in in_order), *(one for one in some if not one.start))


def _talk_moves(before: Timetable, after: Timetable) -> Iterator[Move]:
    old_sessions, new_sessions = _placed(before), _placed(after)
    old, new = _places(before), _places(after)
    out_of_order = set(_out_of_order(before, after))
    for code in old.keys() | new.keys():
        for one, other in _matched(old.get(code, []), new.get(code, [])):
            if one is None or other is None or one.session != other.session:
                yield Move(TALK, code, one, other)
                continue
            along = _start_along(one, old_sessions, new_sessions)
            if along != other.start or (code, other.session) in out_of_order:
                yield Move(TALK, code, one, other)
            elif one.board != other.board:
                yield Move(BOARD, code, one, other)


def _places(timetable: Timetable) -> dict[str, list[TalkPlace]]:
    placed, found = _placed(timetable), defaultdict(list)
    for session, talks in sorted(_held(timetable).items()):
        start = placed[session].start if session in placed else None
        for position, one in enumerate(talks):
            into = one.start - start if one.start and start else None
            place = TalkPlace(session, position, one.start, into, one.board)
            found[one.talk].append(place)
    return found


def _matched(old: Sequence[TalkPlace], new: Sequence[TalkPlace]) -> Pairs:
    """Pair the places of one talk: first those in the same session, then in order."""
    found: Pairs = []
    left, right = list(old), list(new)
    for one in old:
        same = next((other for other in right if other.session == one.session), None)
        if same:
            found.append((one, same))
            left.remove(one)
            right.remove(same)
    both = min(len(left), len(right))
    found += zip(left, right, strict=False)
    found += [(one, None) for one in left[both:]]
    found += [(None, other) for other in right[both:]]
    return found


def _start_along(
    place: TalkPlace, old: Mapping[str, SessionPlace], new: Mapping[str, SessionPlace]
) -> datetime | None:
    """Return when a talk starts that goes along with its session."""
    if place.session not in new:
        return None if place.session in old else place.start
    return new[place.session].start + place.into if place.into is not None else place.start


def _out_of_order(before: Timetable, after: Timetable) -> Iterator[tuple[str, str]]:
    """Yield the talks, with their session, that others of their session have overtaken."""
    old, new = _held(before), _held(after)
    for session in old.keys() & new.keys():
        stayed = {one.talk for one in old[session]} & {one.talk for one in new[session]}
        first = [one.talk for one in old[session] if one.talk in stayed]
        second = [one.talk for one in new[session] if one.talk in stayed]
        if first == second:
            continue
        blocks = SequenceMatcher(None, first, second, autojunk=False).get_matching_blocks()
        kept = {code for block in blocks for code in first[block.a : block.a + block.size]}
        yield from ((code, session) for code in second if code not in kept)


def _take(talks: list[PlacedTalk], move: Move) -> None:
    found = next((one for one in talks if one.talk == move.code), None)
    if found is None:
        raise ValueError(f"{move.code} is not where its move takes it from")
    talks.remove(found)


def _go_along(
    held: Held,
    code: str,
    before: SessionPlace | None,
    after: SessionPlace | TalkPlace | None,
) -> None:
    """Let the talks of a session go along with it; where it has no time, they have none."""
    place = after if isinstance(after, SessionPlace) else None
    if before and place:
        by = place.start - before.start
        held[code] = [replace(t, start=t.start + by) if t.start else t for t in held[code]]
    elif before:
        held[code] = [replace(one, start=None) for one in held[code]]


def _put(
    talks: list[PlacedTalk], code: str, place: TalkPlace, session: SessionPlace | None
) -> None:
    start = place.start
    if place.into is not None and session is not None:
        start = session.start + place.into
    talks.insert(place.position, PlacedTalk(code, start, place.board))


def _order(move: Move) -> tuple[bool, str, list[str]]:
    places = [place for place in (move.before, move.after) if isinstance(place, TalkPlace)]
    return move.kind == BOARD, move.code, [place.session for place in places]
