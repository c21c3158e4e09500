"""The terms of the rules about a session and what is in it."""

from collections.abc import Iterator
from itertools import combinations

from talks.solver.kinds import holds
from talks.solver.problem import Talk
from talks.solver.rules.sessions import excludes

from .amounts import chosen, total
from .terms import Term, terms
from .variables import Variables


@terms("placed_once")
def placed_once(v: Variables) -> Iterator[Term]:
    for code, stretch in v.sessions.items():
        yield Term(v.negated(stretch.present), code, (code,))
        if v.problem.rooms and not v.problem.sessions[code].is_for_all:
            roomless = v.all_of([stretch.present, v.rooms[code].get("", v.false)])
            yield Term(roomless, code, (code,))
    for code, talk in v.problem.talks.items():
        shown = [stretch.present for stretch in v.talks[code]]
        yield Term(v.negated(v.any_of(shown)), code, (code, *v.within[code]))
        if not talk.is_poster and len(shown) > 1:
            twice = v.any_of(v.all_of(both) for both in combinations(shown, 2))
            yield Term(twice, code, (code, *v.within[code]))


@terms("talk_fits_session")
def talk_fits_session(v: Variables) -> Iterator[Term]:
    """What goes along with its session fits or does not; what is free lies in one by itself."""
    for code in v.sessions:
        yield from _along(v, code)
        yield from _too_long(v, code)


def _along(v: Variables, code: str) -> Iterator[Term]:
    """Terms of the talks with starts of their own that keep their distance from the session's."""
    present = v.sessions[code].present
    placed = v.present.by_code().get(code)
    if placed is None:
        return
    timed: list[tuple[int, int, Talk]] = []
    for one in v.held[code]:
        talk = v.problem.talks[one.talk]
        if one.start is None or one.talk in v.scope.talks:
            continue
        first = v.clock.minute(one.start) - v.clock.minute(placed.start)
        if first < 0 or first + talk.minutes > v.minutes[code]:
            yield Term(present, code, (code, talk.code))
        if not talk.is_poster:
            timed.append((first, first + talk.minutes, talk))
    for (first, end, talk), (other_first, other_end, other) in combinations(timed, 2):
        if first < other_end and other_first < end:
            yield Term(present, code, (code, talk.code, other.code))


def _too_long(v: Variables, code: str) -> Iterator[Term]:
    """The term of a session in which a talk without a start must find room."""
    held = [one for one in v.held[code] if not v.problem.talks[one.talk].is_poster]
    staying = [one for one in held if one.talk not in v.scope.talks]
    if all(one.start for one in staying):
        return
    spoken = [talk for talk in v.problem.talks.values() if not talk.is_poster]
    sizes = [
        (talk.minutes, v.within[talk.code][code]) for talk in spoken if code in v.within[talk.code]
    ]
    most = sum(minutes for minutes, _within in sizes)
    over = v.excess(total(v, sizes), v.minutes[code], most)
    amount = chosen(v, [(v.sessions[code].present, over)], most)
    yield Term(amount, code, (code, *(one.talk for one in held)), most)


@terms("session_length")
def session_length(v: Variables) -> Iterator[Term]:
    for code, session in v.problem.sessions.items():
        over = abs(v.minutes[code] - session.minutes) if session.minutes else 0
        if over:
            amount = total(v, [(over, v.sessions[code].present)])
            yield Term(amount, code, (code,), over)


@terms("talk_kind_fits")
def talk_kind_fits(v: Variables) -> Iterator[Term]:
    for talk in v.problem.talks.values():
        for session, within in v.within[talk.code].items():
            if not holds(v.problem.sessions[session].kind, talk):
                clash = v.all_of([within, v.sessions[session].present])
                yield Term(clash, session, (session, talk.code))


@terms("in_hours")
def in_hours(v: Variables) -> Iterator[Term]:
    hours = [v.clock.span(span) for span in v.problem.hours]
    for code, minutes in v.minutes.items() if hours else ():
        outside = v.any_of(
            literal
            for minute, literal in v.at[code].items()
            if not any(first <= minute and minute + minutes <= end for first, end in hours)
        )
        yield Term(outside, code, (code,))


@terms("plenary_alone")
def plenary_alone(v: Variables) -> Iterator[Term]:
    for one, other in combinations(v.problem.sessions.values(), 2):
        if excludes(one, other) or excludes(other, one):
            yield Term(v.parallel(one.code, other.code), one.code, (one.code, other.code))
