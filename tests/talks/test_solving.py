"""The course of a search: remembered by the solver's threads, shown to whoever looks."""

import pytest

from eventsite.jobs import Running
from talks.models import Proposal
from talks.solving import POINTS, Course
from tests.factories import make_event, make_proposal


def course(proposal=0, seconds=60, began=0.0):
    made = Course(proposal, seconds, Running())
    made.began -= began
    return made


def test_what_is_not_said_is_as_it_was():
    heard = course()

    for point in ((1.0, 50.0, None), (2.0, None, 10.0), (3.0, 40.0, None)):
        heard.hear(*point)

    assert heard.trace == [[1.0, 50.0, None], [2.0, 50.0, 10.0], [3.0, 40.0, 10.0]]


def test_newest_point_is_in_the_course_though_it_came_quickly():
    heard = course()

    for cost in (50.0, 40.0, 30.0):
        heard.hear(1.0 + cost / 1000, cost, None)

    assert heard.trace == [[1.05, 50.0, None], [1.03, 30.0, None]]


def test_long_course_is_thinned_out():
    heard = course()

    for second in range(5 * POINTS):
        heard.hear(float(second), 10_000.0 - second, None)

    assert POINTS / 2 - 1 <= len(heard.trace) <= POINTS + 1
    assert heard.trace[0][0] == 0
    assert heard.trace[-1][0] == 5 * POINTS - 1


@pytest.mark.django_db
def test_course_and_line_are_shown_while_it_runs():
    proposal = make_proposal(make_event(), state="running")
    heard = course(proposal.pk, seconds=6000, began=3000.0)
    heard.show()
    first = heard.running.said
    heard.hear(1.0, 50.0, 20.0)

    heard.show()

    assert first == (50, "Looking for a timetable…")
    assert heard.running.said == (
        50,
        "A timetable of cost 50 is found; none can cost less than 20.",
    )
    assert Proposal.objects.get().trace == [[1.0, 50.0, 20.0]]


@pytest.mark.django_db
def test_course_is_written_only_when_something_is_new(django_assert_num_queries):
    proposal = make_proposal(make_event(), state="running")
    heard = course(proposal.pk)
    heard.hear(1.0, 50.0, 20.0)
    heard.show()

    with django_assert_num_queries(0):
        heard.show()
