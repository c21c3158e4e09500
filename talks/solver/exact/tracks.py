"""The terms of the rules about tracks."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import combinations

from talks.solver.problem import pair
from talks.solver.rules import setting
from talks.solver.rules.tracks import CARRIES_TALKS, edges

from .amounts import chosen, total
from .logic import Expr, Literal
from .stage import session_place
from .terms import Term, terms
from .times import days_of
from .variables import Variables

Tracks = dict[str, dict[str, Literal]]  # by track and session: whether it stands and is of it


def by_track(v: Variables) -> Tracks:
    """Return for each track the sessions that may be of it: of their own, else of their talks'."""
    found: dict[str, dict[str, list[Literal]]] = defaultdict(lambda: defaultdict(list))
    for code, session in v.problem.sessions.items():
        if session.track and session.kind in CARRIES_TALKS:
            found[session.track][code].append(v.true)
    for code, talk in v.problem.talks.items():
        for home, literal in v.within[code].items() if talk.track and not talk.is_poster else ():
            session = v.problem.sessions[home]
            if not session.track and session.kind in CARRIES_TALKS:
                found[talk.track][home].append(literal)
    return {
        track: {
            code: here
            for code, literals in sorted(held.items())
            if (here := v.all_of([v.sessions[code].present, v.any_of(literals)])) is not v.false
        }
        for track, held in sorted(found.items())
    }


@terms("track_parallel")
def track_parallel(v: Variables) -> Iterator[Term]:
    for track, held in by_track(v).items():
        for one, other in combinations(held, 2):
            parallel = v.parallel(one, other)
            if parallel is not v.false:
                clash = v.all_of([parallel, held[one], held[other]])
                yield Term(clash, track, (one, other))


@terms("track_one_room")
def track_one_room(v: Variables) -> Iterator[Term]:
    for track, held in by_track(v).items():
        used: dict[str, list[Literal]] = defaultdict(list)
        for code, literal in held.items():
            for room, inside in v.rooms[code].items():
                if room:
                    used[room].append(v.all_of([literal, inside]))
        yield _further(v, track, used.values(), tuple(held))


def _further(
    v: Variables, track: str, used: Iterable[list[Literal]], codes: tuple[str, ...]
) -> Term:
    """Return how many rooms or days beyond one are used, which is when any literal is true."""
    any_of = [v.any_of(literals) for literals in used]
    count = total(v, ((1, literal) for literal in any_of))
    return Term(v.excess(count, 1, len(any_of)), track, codes, max(1, len(any_of) - 1))


@terms("track_together")
def track_together(v: Variables) -> Iterator[Term]:
    longest = int(setting(v.problem, "track_together").options["longest"])
    on = {code: days_of(v, session_place(v, code)) for code in v.sessions}
    followed = _Followed(v, longest)
    for track, held in by_track(v).items():
        days: dict[date, list[Literal]] = defaultdict(list)
        for code, literal in held.items():
            for day, on_day in on[code].items():
                days[day].append(v.all_of([literal, on_day]))
        yield _further(v, track, days.values(), tuple(held))
        used = [(-1, v.any_of(literals)) for literals in days.values()]
        behind = [(1, literal) for literal in _behind_gaps(v, held, followed)]
        gaps = v.excess(total(v, behind + used), 0, len(held))
        yield Term(gaps, track, tuple(held), max(1, len(held)))


class _Followed:
    """Whether a session starts after another, soon after its end, if both stand."""

    def __init__(self, v: Variables, longest: int):
        self.v, self.longest = v, longest
        self._known: dict[tuple[str, str], Literal] = {}

    def __call__(self, code: str, other: str) -> Literal:
        key = (code, other)
        if key not in self._known:
            self._known[key] = self._soon(code, other)
        return self._known[key]

    def _soon(self, code: str, other: str) -> Literal:
        v, one, two = self.v, self.v.sessions[code], self.v.sessions[other]
        if one.high + self.longest < two.low or two.high <= one.low:
            return v.false
        after = v.holds(one.start, "<=" if code < other else "<", two.start)
        return v.all_of([after, v.holds(two.start, "<=", one.end + self.longest)])


def _behind_gaps(
    v: Variables, held: Mapping[str, Literal], followed: _Followed
) -> Iterator[Literal]:
    """Yield for each session whether it starts longer than allowed after all before are over."""
    for code, literal in held.items():
        near = [v.all_of([held[other], followed(other, code)]) for other in held if other != code]
        yield v.all_of([literal, v.negated(v.any_of(near))])


@terms("coherent_session")
def coherent_session(v: Variables) -> Iterator[Term]:
    least = int(setting(v.problem, "coherent_session").options["least"])
    held = _spoken(v)
    for code, session in v.problem.sessions.items():
        if session.is_for_all:
            continue
        tracks: dict[str, list[Literal]] = defaultdict(list)
        if session.track:
            tracks[session.track].append(v.true)
        for talk, literal in held[code].items():
            if track := v.problem.talks[talk].track:
                tracks[track].append(literal)
        here = v.sessions[code].present
        count = total(v, ((1, v.all_of([here, v.any_of(each)])) for each in tracks.values()))
        most = max(1, len(tracks) - 1)
        yield Term(v.excess(count, 1, len(tracks)), code, tuple(held[code]), most)
        if least > 0:
            yield _unlike(v, code, held[code], least)


def _spoken(v: Variables) -> dict[str, dict[str, Literal]]:
    """Return by session whether each talk that is no poster is in it."""
    found: dict[str, dict[str, Literal]] = {code: {} for code in v.problem.sessions}
    for code, talk in v.problem.talks.items():
        for session, literal in v.within[code].items() if not talk.is_poster else ():
            found[session][code] = literal
    return found


def _unlike(v: Variables, session: str, held: Mapping[str, Literal], least: int) -> Term:
    """Return how many pairs of a session are not alike: all its pairs but those that are."""
    alike = (
        (-1, v.all_of([held[one], held[other]]))
        for one, other in combinations(held, 2)
        if v.problem.alike.get(pair(one, other), 0) >= least
    )
    count = total(v, ((1, literal) for literal in held.values()))
    most = len(held) * (len(held) - 1) // 2
    amount = _pairs(v, count, len(held)) + total(v, alike)
    return Term(
        chosen(v, [(v.sessions[session].present, amount)], most), session, tuple(held), most
    )


def _pairs(v: Variables, count: Expr, most: int) -> Expr:
    """Return how many pairs so many things make."""
    if isinstance(count, int):
        return count * (count - 1) // 2
    pairs = v.model.new_int_var(0, most * (most - 1) // 2, "pairs")
    v.model.add_element(count, [n * (n - 1) // 2 for n in range(most + 1)], pairs)
    return pairs


@terms("fair_slots")
def fair_slots(v: Variables) -> Iterator[Term]:
    tracks = by_track(v)
    sessions = sorted({code for held in tracks.values() for code in held})
    any_track = {
        code: v.any_of(held[code] for held in tracks.values() if code in held) for code in sessions
    }
    worst = {code: v.all_of([any_track[code], at]) for code, at in _at_edges(v, sessions).items()}
    all_count = total(v, ((1, literal) for literal in any_track.values()))
    all_worst = total(v, ((1, literal) for literal in worst.values()))
    for track, held in tracks.items() if worst else ():
        count = total(v, ((1, literal) for literal in held.values()))
        bad = total(v, ((1, v.all_of([held[code], worst[code]])) for code in held if code in worst))
        yield _over_share(v, track, tuple(held), (bad, count), (all_worst, all_count))


def _at_edges(v: Variables, sessions: list[str]) -> dict[str, Literal]:
    """Return by session whether it starts when a day begins or ends when one does, if it may."""
    opens, closes = ({v.clock.minute(moment) for moment in some} for some in edges(v.problem))
    found = {}
    for code in sessions:
        length = v.minutes[code]
        at = [
            literal
            for minute, literal in v.at[code].items()
            if minute in opens or minute + length in closes
        ]
        if at:
            found[code] = v.any_of(at)
    return found


def _over_share(
    v: Variables,
    track: str,
    codes: tuple[str, ...],
    own: tuple[Expr, Expr],
    every: tuple[Expr, Expr],
) -> Term:
    """Return by how much a track's worst times are over its share, rounded up.

    Both pairs are how many are at the worst times, and how many there are. What is over, in
    parts of one, is `own worst x all - own x all worst`, divided by all.
    """
    most = len(v.sessions)
    mine = _product(v, own[0], every[1], most)
    fair = _product(v, own[1], every[0], most)
    over = v.model.new_int_var(0, most * most, "over")
    v.model.add_max_equality(over, [mine - fair, 0])
    count = v.model.new_int_var(1, max(1, most), "sessions")
    v.model.add_max_equality(count, [every[1], 1])
    amount = v.model.new_int_var(0, len(codes), "over share")
    v.model.add_division_equality(amount, over, count)
    return Term(amount, track, codes, len(codes))


def _product(v: Variables, one: Expr, other: Expr, most: int) -> Expr:
    """Return the product of two amounts, each of at most `most`."""
    if isinstance(one, int):
        return one * other
    if isinstance(other, int):
        return one * other
    product = v.model.new_int_var(0, most * most, "product")
    v.model.add_multiplication_equality(product, [one, other])
    return product
