"""The terms of the rules about those who listen."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from itertools import combinations, product

from talks.solver.problem import Pair, Talk
from talks.solver.rules import setting
from talks.solver.rules.audience import language, level, ranks

from .amounts import total
from .logic import Literal
from .stage import Place, talk_places, within_one_session
from .terms import Term, terms
from .variables import Variables


@terms("wanted_together")
def wanted_together(v: Variables) -> Iterator[Term]:
    least = int(setting(v.problem, "wanted_together").options["least"])
    together = v.problem.together.items()
    yield from _missed(v, {both: count for both, count in together if count >= least})


@terms("alike_parallel")
def alike_parallel(v: Variables) -> Iterator[Term]:
    least = int(setting(v.problem, "alike_parallel").options["least"])
    alike = v.problem.alike.items()
    yield from _missed(v, {both: 1 + (n - least) // 10 for both, n in alike if n >= least})


def _missed(v: Variables, amounts: Mapping[Pair, int]) -> Iterator[Term]:
    """Yield the pairs of talks of which nobody can see both, whatever showings they choose."""

    def is_free(place: Place) -> bool:
        """Whether it shares no time with another such talk of its session, by the model."""
        return place.code in v.scope.talks and not v.problem.talks[place.code].is_poster

    def clash(one: Place, other: Place) -> Literal:
        overlap = v.overlap(one.stretch, other.stretch)
        if overlap is v.false or (is_free(one) and is_free(other)):
            return overlap
        return v.all_of([overlap, v.negated(within_one_session(v, one, other))])

    places = {code: talk_places(v, code) for code in {code for both in amounts for code in both}}
    for (one, other), amount in sorted(amounts.items()):
        literal = always(v, places[one], places[other], clash)
        yield Term(total(v, [(amount, literal)]), one, (other,), amount)


def always(
    v: Variables,
    some: list[Place],
    others: list[Place],
    clash: Callable[[Place, Place], Literal],
) -> Literal:
    """Return whether every two of some places and others clash, of those that are there.

    Places that are not there do not clash, and where none are nothing does.
    """
    pairs = list(product(some, others))
    clashes = [clash(one, other) for one, other in pairs]
    if len(pairs) == 1:
        return clashes[0]
    fine = (
        v.all_of([one.stretch.present, other.stretch.present, v.negated(literal)])
        for (one, other), literal in zip(pairs, clashes, strict=True)
    )
    return v.all_of([v.any_of(clashes), v.negated(v.any_of(fine))])


@terms("diversity")
def diversity(v: Variables) -> Iterator[Term]:
    options = setting(v.problem, "diversity").options
    if options["language"]:
        yield from _one_for_all(v, language)
    if options["level"]:
        yield from _one_for_all(v, level)
    yield from _too_hard_first(v, ranks(str(options["order"])))


def _one_for_all(v: Variables, quality: Callable[[Talk], str]) -> Iterator[Term]:
    """Yield for each session whether it is the first by code of those that begin with it, and
    whether all that runs then, which is two sessions or more, is of one language or level."""
    values = sorted({quality(t) for t in v.problem.talks.values() if not t.is_poster} - {""})
    if len(values) < 2:
        return
    offered = _offered(v, quality)
    known = {code: v.any_of(of.values()) for code, of in offered.items()}
    for code in offered:
        running = {other: _runs_at_start(v, code, other) for other in offered if other != code}
        beside = v.any_of(v.all_of([running[other], known[other]]) for other in running)
        heard = {
            value: v.any_of(
                [offered[code].get(value, v.false)]
                + [v.all_of([runs, offered[o].get(value, v.false)]) for o, runs in running.items()]
            )
            for value in values
        }
        several = v.any_of(v.all_of(both) for both in combinations(heard.values(), 2))
        is_told = v.any_of(
            v.all_of([running[other], known[other], _runs_at_start(v, other, code)])
            for other in running
            if other < code
        )
        clash = [known[code], beside, v.negated(several), v.negated(is_told)]
        yield Term(v.all_of(clash), code, tuple(running))


def _offered(v: Variables, quality: Callable[[Talk], str]) -> dict[str, dict[str, Literal]]:
    """Return by session, for each language or level, whether it stands and has a talk of it."""
    found: dict[str, dict[str, list[Literal]]] = defaultdict(lambda: defaultdict(list))
    for code, talk in v.problem.talks.items():
        if quality(talk) and not talk.is_poster:
            for session, literal in v.within[code].items():
                here = v.all_of([literal, v.sessions[session].present])
                found[session][quality(talk)].append(here)
    return {
        session: {value: v.any_of(here) for value, here in sorted(of.items())}
        for session, of in sorted(found.items())
    }


def _runs_at_start(v: Variables, code: str, other: str) -> Literal:
    """Return whether another session runs when one begins."""
    one, two = v.sessions[code], v.sessions[other]
    parallel = v.parallel(code, other)
    if parallel is v.false:
        return parallel
    return v.all_of([parallel, v.holds(two.start, "<=", one.start)])


def _too_hard_first(v: Variables, rank: Mapping[str, int]) -> Iterator[Term]:
    """Yield the pairs of talks of a track of which the harder may start first."""
    by_track: dict[str, list[Talk]] = defaultdict(list)
    for talk in v.problem.talks.values():
        if talk.track and not talk.is_poster and level(talk) in rank:
            by_track[talk.track].append(talk)
    for track, talks in sorted(by_track.items()):
        for hard, easy in ((a, b) for a in talks for b in talks if rank[level(a)] > rank[level(b)]):
            for one, other in product(v.talks[hard.code], v.talks[easy.code]):
                before = v.holds(one.start, "<", other.start)
                clash = v.all_of([one.present, other.present, before])
                yield Term(clash, track, (hard.code, easy.code))
