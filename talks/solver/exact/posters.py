"""The terms of the rules about posters."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from talks.solver.problem import Talk
from talks.solver.rules.posters import POSTERS, needless_changes, on_boards, same_paper

from .amounts import chosen, total
from .audience import always
from .logic import Expr, Literal
from .stage import Place, talk_places
from .terms import Term, terms
from .variables import Variables


@terms("poster_topics")
def poster_topics(v: Variables) -> Iterator[Term]:
    sessions = [code for code, one in v.problem.sessions.items() if one.kind == POSTERS]
    by_track: dict[str, list[Talk]] = defaultdict(list)
    for talk in v.problem.talks.values():
        if talk.is_poster and talk.track:
            by_track[talk.track].append(talk)
    for track, posters in sorted(by_track.items()) if len(sessions) > 1 else ():
        counts = {code: _shown(v, code, posters) for code in sessions}
        most = len(posters)
        amount = _difference(v, counts, most)
        yield Term(v.excess(amount, 1, most), track, tuple(sessions), max(1, most - 1))


def _shown(v: Variables, session: str, posters: list[Talk]) -> Expr:
    """Return how many of some posters are in a session."""
    within = (v.within[poster.code].get(session, v.false) for poster in posters)
    return total(v, ((1, literal) for literal in within))


def _difference(v: Variables, counts: Mapping[str, Expr], most: int) -> Expr:
    """Return the difference of the greatest and the least of the counts of placed sessions."""
    highs, lows = [], []
    for code, count in counts.items():
        missing = v.negated(v.sessions[code].present)
        highs.append(_unless(v, missing, count, 0))
        lows.append(_unless(v, missing, count, most))
    known = [one for one in (*highs, *lows) if isinstance(one, int)]
    if len(known) == 2 * len(counts):
        return max(known[: len(counts)]) - min(known[len(counts) :])
    highest = v.model.new_int_var(0, most, "fullest")
    lowest = v.model.new_int_var(0, most, "emptiest")
    v.model.add_max_equality(highest, highs)
    v.model.add_min_equality(lowest, lows)
    return highest - lowest


def _unless(v: Variables, missing: Literal, count: Expr, otherwise: int) -> Expr:
    most = max(otherwise, len(v.problem.talks))
    return chosen(v, [(v.negated(missing), count), (missing, otherwise)], most)


@terms("poster_after_talk")
def poster_after_talk(v: Variables) -> Iterator[Term]:
    def too_early(poster: Place, talk: Place) -> Literal:
        one, other = poster.stretch, talk.stretch
        if one.low >= other.high:
            return v.false
        return v.all_of([one.present, other.present, v.holds(one.start, "<", other.end)])

    for poster, talk in same_paper(v.problem):
        both = talk_places(v, poster), talk_places(v, talk)
        yield Term(always(v, *both, too_early), poster, (talk,))


@terms("poster_boards")
def poster_boards(v: Variables) -> Iterator[Term]:
    """The boards are no decisions: a second stage gives them, `talks.solver.boards`.

    Only where no poster can come or go do they count, as they are.
    """
    free = [code for code in sorted(v.scope.talks) if v.problem.talks[code].is_poster]
    for session, held in v.held.items():
        if any(session in v.within[code] for code in free):
            continue
        posters = on_boards(v.problem, held)
        amount = needless_changes([v.problem.talks[one.talk].track for one in posters])
        if amount:
            codes = tuple(one.talk for one in posters)
            here = v.sessions[session].present
            yield Term(total(v, [(amount, here)]), session, codes, amount)
