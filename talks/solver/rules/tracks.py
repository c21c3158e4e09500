"""Rules about tracks: where and when their sessions are, and what a session holds of them.

A session that carries talks is of its own track, or if it has none of those of its talks.
Posters and their sessions are of no track here: they stand beside each other, mixed.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import combinations
from zoneinfo import ZoneInfo

from talks.solver.kinds import POSTER, TAKES
from talks.solver.problem import (
    MINUTE,
    Clash,
    Named,
    Part,
    PlacedSession,
    Problem,
    Session,
    Timetable,
    in_utc,
    pair,
)

from .about import rule, setting
from .reading import overlaps, session_part, spoken, taken, talk_part

CARRIES_TALKS = frozenset(kind for kind, taken in TAKES.items() if taken != {POSTER})


def tracks_of(problem: Problem, placed: PlacedSession) -> list[str]:
    """Return the codes of the tracks that a session is of, in order."""
    session = problem.sessions[placed.session]
    if session.kind not in CARRIES_TALKS:
        return []
    if session.track:
        return [session.track]
    return sorted({problem.talks[one.talk].track for one in spoken(problem, placed)} - {""})


def by_track(problem: Problem, timetable: Timetable) -> Iterator[tuple[Named, list[PlacedSession]]]:
    """Yield each track with its sessions, in order of start."""
    found: dict[str, list[PlacedSession]] = defaultdict(list)
    for placed in sorted(timetable.sessions, key=lambda one: (in_utc(one.start), one.session)):
        for code in tracks_of(problem, placed):
            found[code].append(placed)
    for code in sorted(found):
        yield Named(code, problem.tracks[code].name), found[code]


def _parts(problem: Problem, sessions: list[PlacedSession]) -> tuple[Part, ...]:
    return tuple(session_part(problem, placed) for placed in sessions)


@rule(must=False, weight=3)
def track_parallel(problem: Problem, timetable: Timetable) -> Iterator[Clash]:
    """Sessions of one track do not share time; each track that two sessions share counts."""
    for track, sessions in by_track(problem, timetable):
        held = [taken(placed, session_part(problem, placed)) for placed in sessions]
        for one, other in overlaps(held):
            yield Clash("track_parallel", track, (one.part, other.part))


@rule(must=False, weight=2)
def track_one_room(problem: Problem, timetable: Timetable) -> Iterator[Clash]:
    """The sessions of a track are in one room; the amount is how many more it uses."""
    for track, sessions in by_track(problem, timetable):
        rooms = list(dict.fromkeys(placed.room for placed in sessions if placed.room))
        if len(rooms) > 1:
            others = tuple(Named(code, problem.rooms[code].name) for code in rooms)
            parts = _parts(problem, sessions)
            yield Clash("track_one_room", track, parts, amount=len(rooms) - 1, others=others)


@rule(must=False, weight=2, options={"longest": 90})
def track_together(problem: Problem, timetable: Timetable) -> Iterator[Clash]:
    """The sessions of a track are on one day, and on a day follow each other.

    Amounts: the further days, and the gaps within days of more than `longest` minutes, which
    should be more than a lunch. A gap over midnight is none of these.
    """
    longest = int(setting(problem, "track_together").options["longest"]) * MINUTE
    zone = ZoneInfo(problem.zone)
    for track, sessions in by_track(problem, timetable):
        days = {placed.start.astimezone(zone).date() for placed in sessions}
        parts = _parts(problem, sessions)
        if len(days) > 1:
            yield Clash("track_together", track, parts, "days", len(days) - 1)
        behind = list(_behind_gaps(sessions, longest))
        if len(behind) > len(days):
            late = _parts(problem, _not_first(behind, zone)) or parts
            yield Clash("track_together", track, late, "gap", len(behind) - len(days))


def _behind_gaps(sessions: list[PlacedSession], longest: timedelta) -> Iterator[PlacedSession]:
    """Yield the sessions that start longer than allowed after all before are over."""
    over = None
    for placed in sessions:
        if over is None or in_utc(placed.start) > over + longest:
            yield placed
        end = in_utc(placed.end)
        over = end if over is None else max(over, end)


def _not_first(sessions: list[PlacedSession], zone: ZoneInfo) -> list[PlacedSession]:
    """Leave out the first of each day."""
    seen: set[date] = set()
    found = []
    for placed in sessions:
        day = placed.start.astimezone(zone).date()
        if day in seen:
            found.append(placed)
        seen.add(day)
    return found


@rule(must=False, weight=4, options={"least": 0})
def coherent_session(problem: Problem, timetable: Timetable) -> Iterator[Clash]:
    """The talks of a session are of one track, and alike by `least` per cent if that is set.

    Amounts: the further tracks, and the pairs of talks that are not so alike. What is for all
    may be of everything.
    """
    least = int(setting(problem, "coherent_session").options["least"])
    for placed in sorted(timetable.sessions, key=lambda one: one.session):
        session = problem.sessions[placed.session]
        if session.is_for_all:
            continue
        parts = {one.talk: talk_part(problem, placed, one) for one in spoken(problem, placed)}
        yield from _of_tracks(problem, session, parts)
        if least > 0:
            yield from _unlike(problem, session, parts, least)


def _of_tracks(problem: Problem, session: Session, parts: dict[str, Part]) -> Iterator[Clash]:
    codes = sorted({problem.talks[talk].track for talk in parts} - {"", session.track})
    tracks = [Named(code, problem.tracks[code].name) for code in [session.track, *codes] if code]
    if len(tracks) > 1:
        of = Named(session.code, session.title)
        amount = len(tracks) - 1
        yield Clash(
            "coherent_session", of, tuple(parts.values()), "tracks", amount, others=tuple(tracks)
        )


def _unlike(
    problem: Problem, session: Session, parts: dict[str, Part], least: int
) -> Iterator[Clash]:
    apart = [both for both in combinations(parts, 2) if problem.alike.get(pair(*both), 0) < least]
    if apart:
        told = {talk: parts[talk] for both in apart for talk in both}
        of = Named(session.code, session.title)
        yield Clash("coherent_session", of, tuple(told.values()), "unlike", len(apart))


@rule(must=False)
def fair_slots(problem: Problem, timetable: Timetable) -> Iterator[Clash]:
    """No track has more than its share of the worst times: the first and the last of a day.

    Its share is that of all sessions of tracks, rounded up; the amount is how many more. The
    hours of the event say when days begin and end; without hours no time is bad.
    """
    opens, closes = edges(problem)
    sessions = {p.session: p for p in timetable.sessions if tracks_of(problem, p)}
    worst = {
        code
        for code, placed in sessions.items()
        if in_utc(placed.start) in opens or in_utc(placed.end) in closes
    }
    for track, held in by_track(problem, timetable) if worst else ():
        bad = [placed for placed in held if placed.session in worst]
        share = -(-len(held) * len(worst) // len(sessions))
        if len(held) > 1 and len(bad) > share:
            yield Clash("fair_slots", track, _parts(problem, bad), amount=len(bad) - share)


def edges(problem: Problem) -> tuple[set[datetime], set[datetime]]:
    """Return when the hours of each day begin and when they end, in UTC."""
    zone = ZoneInfo(problem.zone)
    opens: dict[date, datetime] = {}
    closes: dict[date, datetime] = {}
    for span in problem.hours:
        day, start, end = span.start.astimezone(zone).date(), in_utc(span.start), in_utc(span.end)
        opens[day] = min(start, opens.get(day, start))
        closes[day] = max(end, closes.get(day, end))
    return set(opens.values()), set(closes.values())
