"""When a session may start."""

from datetime import UTC, datetime, timedelta

from talks.solver.clock import clock_for
from talks.solver.problem import Problem, Span
from talks.solver.starts import MANY, starts

NINE = datetime(2027, 3, 26, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


def found(days, minutes=60, **fields):
    hours = tuple(
        Span("", NINE + timedelta(days=day), NINE + timedelta(days=day, hours=3))
        for day in range(days)
    )
    problem = Problem(hours=hours, step=30, **fields)
    clock = clock_for(problem)
    return [clock.moment(minute) for minute in starts(problem, clock, minutes)]


def test_session_starts_on_the_steps_of_a_day_and_ends_within_it():
    assert found(1) == [NINE + number * HOUR / 2 for number in range(5)]


def test_nothing_starts_in_the_past():
    assert found(1, now=NINE + HOUR) == [NINE + 3 * HOUR / 2, NINE + 2 * HOUR]


def test_session_longer_than_a_day_starts_never():
    assert found(2, minutes=200) == []


def test_event_of_years_has_longer_steps_rather_than_countless_starts():
    some = found(1000)

    assert 1000 <= len(some) <= MANY
    assert {moment.time() for moment in some} == {NINE.time(), (NINE + 3 * HOUR / 2).time()}
