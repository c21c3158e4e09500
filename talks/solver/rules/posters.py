"""Rules about posters: when they are shown, and which board stands beside which."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby, product

from talks.solver.problem import (
    Clash,
    Named,
    Pair,
    PlacedSession,
    PlacedTalk,
    Problem,
    Timetable,
)

from .about import rule
from .audience import showings
from .reading import session_part, talk_part

POSTERS = "posters"  # the kind of session in which they stand
NUMBER = re.compile(r"(\d+)")


@rule(must=False)
def poster_topics(problem: Problem, timetable: Timetable) -> Iterator[Clash]:
    """The posters of a track are spread over the poster sessions.

    The amount is by how much more than one the fullest session has than the emptiest.
    """
    sessions = [p for p in timetable.sessions if problem.sessions[p.session].kind == POSTERS]
    sessions.sort(key=lambda placed: placed.session)
    counts = {placed.session: _by_track(problem, placed) for placed in sessions}
    for code in sorted({track for count in counts.values() for track in count}):
        fewest = min(sessions, key=lambda placed: counts[placed.session][code])
        most = max(sessions, key=lambda placed: counts[placed.session][code])
        amount = counts[most.session][code] - counts[fewest.session][code] - 1
        if amount > 0:
            parts = (session_part(problem, most), session_part(problem, fewest))
            track = Named(code, problem.tracks[code].name)
            yield Clash("poster_topics", track, parts, amount=amount)


def _by_track(problem: Problem, placed: PlacedSession) -> Counter[str]:
    """Return how many posters of each track a session shows."""
    talks = {one.talk: problem.talks[one.talk] for one in placed.talks}
    return Counter(talk.track for talk in talks.values() if talk.is_poster and talk.track)


@rule(must=False, weight=3)
def poster_after_talk(problem: Problem, timetable: Timetable) -> Iterator[Clash]:
    """A poster is shown after the talk about the same paper: once at least, if several times."""
    pairs = same_paper(problem)
    shown = showings(problem, timetable, {code for pair in pairs for code in pair})
    for poster, talk in pairs:
        both = list(product(shown.get(poster, ()), shown.get(talk, ())))
        if both and all(one.start < other.end for one, other in both):
            one, other = both[0]
            of = Named(poster, problem.talks[poster].title)
            yield Clash("poster_after_talk", of, (one.part, other.part))


def same_paper(problem: Problem) -> list[Pair]:
    """Return the codes of each poster and each talk of the same paper, in order."""
    posters: dict[str, list[str]] = defaultdict(list)
    talks: dict[str, list[str]] = defaultdict(list)
    for code in sorted(problem.talks):
        talk = problem.talks[code]
        if talk.paper:
            (posters if talk.is_poster else talks)[talk.paper].append(code)
    return [both for paper in sorted(posters) for both in product(posters[paper], talks[paper])]


@rule(must=False)
def poster_boards(problem: Problem, timetable: Timetable) -> Iterator[Clash]:
    """Posters of one track stand on neighbouring boards, in the natural order of their labels.

    The amount is how often the track changes from board to board beyond once for each further
    track. Posters without a board or a track are passed over.
    """
    for placed in sorted(timetable.sessions, key=lambda one: one.session):
        posters = on_boards(problem, placed.talks)
        amount = needless_changes([problem.talks[one.talk].track for one in posters])
        if amount:
            runs = Counter(
                track for track, _run in groupby(problem.talks[one.talk].track for one in posters)
            )
            split = sorted(track for track, count in runs.items() if count > 1)
            others = tuple(Named(code, problem.tracks[code].name) for code in split)
            session = problem.sessions[placed.session]
            of = Named(session.code, session.title)
            parts = tuple(
                talk_part(problem, placed, one)
                for one in posters
                if problem.talks[one.talk].track in split
            )
            yield Clash("poster_boards", of, parts, amount=amount, others=others)


def on_boards(problem: Problem, held: Sequence[PlacedTalk]) -> list[PlacedTalk]:
    """Return the posters that have a track and a board, from board to board."""
    posters = [one for one in held if one.board and problem.talks[one.talk].is_poster]
    tracked = [one for one in posters if problem.talks[one.talk].track]
    return sorted(tracked, key=lambda one: (natural(one.board), one.talk))


def needless_changes(tracks: Sequence[str]) -> int:
    """Return how often a row changes from one track to another, beyond what it must."""
    runs = sum(1 for _run in groupby(tracks))
    return runs - len(set(tracks))


def natural(label: str) -> tuple[tuple[int, int, str], ...]:
    """Return what labels are sorted by, their numbers as numbers: A2 before A10."""
    pieces = NUMBER.split(label.casefold())
    return tuple((1, int(one), "") if one.isdecimal() else (0, 0, one) for one in pieces)
