"""Rules about when people would like to be on stage, and on how many days."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import product
from zoneinfo import ZoneInfo

from talks.solver.problem import Clash, Kind, Named, Part, Problem, Span, Timetable, in_utc

from .about import rule, setting
from .reading import on_stage, session_part, talk_part
from .times import first_met, lies_within, local_times

SAME_DAY, DIFFERENT_DAYS = "same_day", "different_days"
NOT_GOOD, NOT_BEARABLE = 1, 2  # what local hours cost; what cannot be borne is not good either

Hours = tuple[int, int]


@rule(must=False, weight=2)
def preferences(problem: Problem, timetable: Timetable) -> Iterator[Clash]:
    """People are on stage, and rooms are used, when it suits them.

    `away` is the first of the times that do not suit, or of those that would.
    """
    for person, taken in on_stage(problem, timetable):
        known = problem.people[person.code]
        for one in taken:
            if met := first_met(one, known.rather_not):
                yield Clash("preferences", person, (one.part,), "rather_not", away=met)
            if known.likes and not lies_within(one, known.likes):
                liked = min(known.likes, key=lambda time: in_utc(time.start))
                yield Clash("preferences", person, (one.part,), "not_liked", away=liked)
    for placed in timetable.sessions:
        room = problem.rooms.get(placed.room)
        part = session_part(problem, placed)
        if room and (met := first_met(part, room.rather_not)):
            yield Clash("preferences", Named(room.code, room.name), (part,), "room", away=met)


@rule(must=False, weight=2, options={"first": 8, "last": 20, "early": 6, "late": 23})
def local_hours(problem: Problem, timetable: Timetable) -> Iterator[Clash]:
    """Who speaks from elsewhere does so at good hours of their own clock, or at bearable ones.

    The part's times are on the clock of the person's zone. It lies within the hours of one day.
    """
    good, bearable = good_hours(problem), bearable_hours(problem)
    for person, taken in on_stage(problem, timetable):
        name = problem.people[person.code].zone
        for one in taken if name else ():
            zone = ZoneInfo(name)
            amount = NOT_GOOD * (not _is_at(zone, good, one))
            amount += NOT_BEARABLE * (not _is_at(zone, bearable, one))
            if amount:
                yield Clash("local_hours", person, (_on_clock(zone, one.part),), amount=amount)


def good_hours(problem: Problem) -> Hours:
    options = setting(problem, "local_hours").options
    return int(options["first"]), int(options["last"])


def bearable_hours(problem: Problem) -> Hours:
    options = setting(problem, "local_hours").options
    return int(options["early"]), int(options["late"])


def _is_at(zone: ZoneInfo, hours: Hours, span: Span) -> bool:
    return lies_within(span, local_times(zone, hours, span.start, span.end))


def _on_clock(zone: ZoneInfo, part: Part) -> Part:
    start, end = part.start.astimezone(zone), part.end.astimezone(zone)
    return Part(part.code, part.name, start, end)


@rule(
    must=False,
    weight=2,
    options={"people": ""},
    choices={"people": ("", SAME_DAY, DIFFERENT_DAYS)},
)
def spread(problem: Problem, timetable: Timetable) -> Iterator[Clash]:
    """Talks that belong on one day are on one day, and repeated ones on different days.

    With the option "same_day" each person comes on one day only, also to chair; with
    "different_days" each of their talks is on a day of its own.
    """
    zone = ZoneInfo(problem.zone)
    yield from _of_relations(problem, timetable, zone)
    wanted = setting(problem, "spread").options["people"]
    for person, taken in on_stage(problem, timetable) if wanted else ():
        parts = sorted((one.part for one in taken), key=lambda part: in_utc(part.start))
        if wanted == SAME_DAY:
            yield from _on_many_days(person, parts, zone)
        elif wanted == DIFFERENT_DAYS:
            yield from _on_one_day(person, [p for p in parts if p.code in problem.talks], zone)


def _of_relations(problem: Problem, timetable: Timetable, zone: ZoneInfo) -> Iterator[Clash]:
    parts: dict[str, list[Part]] = defaultdict(list)
    for placed in timetable.sessions:
        for one in placed.talks:
            parts[one.talk].append(talk_part(problem, placed, one))
    for relation in problem.relations:
        for first, second in product(parts[relation.first], parts[relation.second]):
            if fault := _fault(relation.kind, day(first, zone) == day(second, zone)):
                yield Clash("spread", Named(first.code, first.name), (first, second), fault)


def _fault(kind: Kind, is_one_day: bool) -> str:
    if kind is Kind.SAME_DAY and not is_one_day:
        return "same_day"
    return "repeats" if kind is Kind.REPEATS and is_one_day else ""


def _on_many_days(person: Named, parts: Sequence[Part], zone: ZoneInfo) -> Iterator[Clash]:
    days = len({day(part, zone) for part in parts})
    if days > 1:
        yield Clash("spread", person, tuple(parts), "many_days", days - 1)


def _on_one_day(person: Named, parts: Sequence[Part], zone: ZoneInfo) -> Iterator[Clash]:
    on_day = Counter(day(part, zone) for part in parts)
    crowded = tuple(part for part in parts if on_day[day(part, zone)] > 1)
    if crowded:
        yield Clash("spread", person, crowded, "one_day", len(parts) - len(on_day))


def day(part: Part, zone: ZoneInfo) -> date:
    """Return the day on which a part begins."""
    return part.start.astimezone(zone).date()
