"""Rules about those who listen: what they want to see, and what they can choose from."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from talks.solver.problem import (
    Clash,
    Named,
    Pair,
    Part,
    PlacedSession,
    Problem,
    Talk,
    Timetable,
    in_utc,
)

from .about import rule, setting
from .reading import Taken, session_part, spoken, talk_part


@rule(must=False, options={"least": 1})
def wanted_together(problem: Problem, timetable: Timetable) -> Iterator[Clash]:
    """Two talks that the same persons want to see do not share time in different sessions.

    The amount is how many persons; pairs that fewer than `least` want are let be.
    """
    least = int(setting(problem, "wanted_together").options["least"])
    wanted = {pair: count for pair, count in problem.together.items() if count >= least}
    for pair, parts in missed(problem, timetable, wanted):
        yield Clash("wanted_together", _talk(problem, pair), parts, amount=wanted[pair])


@rule(must=False, options={"least": 50})
def alike_parallel(problem: Problem, timetable: Timetable) -> Iterator[Clash]:
    """Talks of similar topics, alike by `least` per cent, are not in parallel.

    The amount is 1, and 1 more for each 10 per cent over that.
    """
    least = int(setting(problem, "alike_parallel").options["least"])
    near = {pair: 1 + (n - least) // 10 for pair, n in problem.alike.items() if n >= least}
    for pair, parts in missed(problem, timetable, near):
        yield Clash("alike_parallel", _talk(problem, pair), parts, amount=near[pair])


def _talk(problem: Problem, pair: Pair) -> Named:
    return Named(pair[0], problem.talks[pair[0]].title)


def missed(
    problem: Problem, timetable: Timetable, pairs: Iterable[Pair]
) -> Iterator[tuple[Pair, tuple[Part, Part]]]:
    """Yield those pairs of talks of which nobody can see both, by code, and when they are.

    What is shown several times can be seen at any of them.
    """
    shown = showings(problem, timetable, {code for pair in pairs for code in pair})
    for one, other in sorted(pairs):
        both = [(a, b) for a in shown.get(one, ()) for b in shown.get(other, ())]
        if both and all(_clash(a, b) for a, b in both):
            first, second = both[0]
            yield (one, other), (first.part, second.part)


def _clash(one: Taken, other: Taken) -> bool:
    return one.code != other.code and one.start < other.end and other.start < one.end


def showings(
    problem: Problem, timetable: Timetable, talks: Iterable[str]
) -> dict[str, list[Taken]]:
    """Return when each of some talks is shown, in UTC, under the codes of the sessions."""
    asked = set(talks)
    found: dict[str, list[Taken]] = defaultdict(list)
    for placed in timetable.sessions:
        for one in placed.talks:
            if one.talk in asked:
                part = talk_part(problem, placed, one)
                span = Taken(placed.session, in_utc(part.start), in_utc(part.end), part)
                found[one.talk].append(span)
    return found


@rule(must=False, options={"language": False, "level": False, "order": ""})
def diversity(problem: Problem, timetable: Timetable) -> Iterator[Clash]:
    """There is something for everybody: when a session begins, not all are in one language.

    The same for levels; `order` names levels from easy to hard, separated by commas: within a
    track no talk of a harder level starts before one of an easier. All are off at first.
    """
    options = setting(problem, "diversity").options
    if options["language"]:
        yield from _one_for_all(problem, timetable, "language", language)
    if options["level"]:
        yield from _one_for_all(problem, timetable, "level", level)
    yield from _too_hard_first(problem, timetable, ranks(str(options["order"])))


def language(talk: Talk) -> str:
    return talk.language.strip().casefold()


def level(talk: Talk) -> str:
    return talk.level.strip().casefold()


def ranks(order: str) -> dict[str, int]:
    """Return how hard each level is, from 0."""
    levels = [one.strip().casefold() for one in order.split(",")]
    return {one: rank for rank, one in enumerate(levels) if one}


def _one_for_all(
    problem: Problem, timetable: Timetable, fault: str, quality: Callable[[Talk], str]
) -> Iterator[Clash]:
    """The starts at which two or more sessions run, all of one language or level.

    First comes what begins then.
    """
    spoken_of = (quality(talk) for talk in problem.talks.values() if not talk.is_poster)
    if len({value for value in spoken_of if value}) < 2:
        return
    offered = list(_offered(problem, timetable, quality))
    for start in sorted({in_utc(placed.start) for placed, _values in offered}):
        running = [one for one in offered if in_utc(one[0].start) <= start < in_utc(one[0].end)]
        values = {value for _placed, some in running for value in some}
        if len(running) > 1 and len(values) == 1:
            found = [session_part(problem, placed) for placed, _values in running]
            parts = tuple(sorted(found, key=lambda part: in_utc(part.start) != start))
            of = Named(parts[0].code, parts[0].name)
            others = tuple(Named("", value) for value in values)
            yield Clash("diversity", of, parts, fault, others=others)


def _offered(
    problem: Problem, timetable: Timetable, quality: Callable[[Talk], str]
) -> Iterator[tuple[PlacedSession, set[str]]]:
    """Yield the sessions of which it is known, in order of start."""
    for placed in sorted(timetable.sessions, key=lambda one: (in_utc(one.start), one.session)):
        values = {quality(problem.talks[one.talk]) for one in spoken(problem, placed)} - {""}
        if values:
            yield placed, values


def _too_hard_first(
    problem: Problem, timetable: Timetable, rank: dict[str, int]
) -> Iterator[Clash]:
    """The pairs of talks of a track of which the harder one starts first."""
    by_track: dict[str, list[tuple[datetime, str, int, Part]]] = defaultdict(list)
    for placed in timetable.sessions if rank else ():
        for one in spoken(problem, placed):
            talk = problem.talks[one.talk]
            if talk.track and level(talk) in rank:
                part = talk_part(problem, placed, one)
                entry = (in_utc(part.start), talk.code, rank[level(talk)], part)
                by_track[talk.track].append(entry)
    for code in sorted(by_track):
        track = Named(code, problem.tracks[code].name)
        inorder = sorted(by_track[code], key=lambda entry: entry[:2])
        for index, (start, _talk, hard, part) in enumerate(inorder):
            for later, _other, easy, easier in inorder[index + 1 :]:
                if easy < hard and start < later:
                    yield Clash("diversity", track, (part, easier), "order")
