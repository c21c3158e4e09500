"""When a session may start: on the steps of the day's hours, and where it stands already."""

from .clock import Clock
from .problem import PlacedSession, Problem, Timetable, in_utc

MANY = 2_000  # starts of a session that are looked at, of an event that lasts for months
LENGTH = 60  # minutes of a session of which nothing says how long it is


def length(problem: Problem, code: str, present: Timetable) -> int:
    """Return how many minutes a session is to take: as meant, else as placed, else its talks."""
    session = problem.sessions[code]
    placed = present.by_code().get(code)
    return length_of(problem, session.minutes, placed, present, code)


def length_of(
    problem: Problem,
    meant: int | None,
    placed: PlacedSession | None,
    present: Timetable,
    code: str,
) -> int:
    if meant:
        return meant
    if placed:
        return int((in_utc(placed.end) - in_utc(placed.start)).total_seconds()) // 60
    held = [problem.talks[one.talk] for one in present.waiting.get(code, ())]
    spoken = sum(talk.minutes for talk in held if not talk.is_poster)
    return spoken or max((talk.minutes for talk in held), default=LENGTH)


def starts(problem: Problem, clock: Clock, minutes: int) -> list[int]:
    """Return the minutes at which a session of a length may start, in order.

    Each day's hours are stepped through from their beginning; the session ends within them.
    Nothing starts in the past. Where that would be too many the steps are longer.
    """
    found: set[int] = set()
    spans = [clock.span(span) for span in problem.hours]
    steps = sum(max(0, end - first - minutes) // problem.step + 1 for first, end in spans)
    stride = problem.step * -(-steps // MANY)
    for first, end in spans:
        found.update(range(first, end - minutes + 1, stride))
    past = clock.minute(problem.now) if problem.now else -1
    return sorted(minute for minute in found if minute > past)
