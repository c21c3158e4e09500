"""What people want to hear, as counts: from stars, from a survey, or from nothing."""

from datetime import UTC, datetime

import pytest

from talks.models import Agenda, Vote
from talks.problems import standing
from talks.solver.problem import pair
from talks.wishes import wishes
from tests.factories import make_event, make_session, make_talk

pytestmark = pytest.mark.django_db

NOW = datetime(2027, 3, 1, tzinfo=UTC)


def star(event, *codes):
    """An agenda that holds these codes."""
    agenda = Agenda.objects.create(
        key_hash=str(Agenda.objects.count()), event=event, created=NOW, changed=NOW
    )
    for code in codes:
        agenda.stars.create(code=code, added=NOW)


def test_stars_are_counted_by_talk_and_by_pair():
    event = make_event()
    one, two, three = (make_talk(event) for _ in range(3))
    star(event, one.code, two.code)
    star(event, one.code, two.code, three.code)

    found = wishes(event, {})

    assert found.persons == {one.code: 2, two.code: 2, three.code: 1}
    assert found.together == {
        pair(one.code, two.code): 2,
        pair(one.code, three.code): 1,
        pair(two.code, three.code): 1,
    }


def test_star_of_a_session_is_one_of_each_of_its_talks():
    event = make_event()
    session = make_session(event)
    talk = make_talk(event, session=session)
    star(event, session.code)

    assert wishes(event, {session.code: [talk.code]}).persons == {talk.code: 1}


def test_stars_of_an_event_within_another_are_kept_with_that():
    parent = make_event()
    event = make_event(parent=parent)
    talk = make_talk(event)
    star(parent, talk.code)

    assert wishes(event, {}).persons == {talk.code: 1}


def test_votes_count_like_stars():
    event = make_event()
    one, two = make_talk(event), make_talk(event)
    for talk in (one, two):
        Vote.objects.create(event=event, voter="a" * 64, talk=talk)

    assert wishes(event, {}).together == {pair(one.code, two.code): 1}


def test_nothing_is_known_where_nobody_said_anything():
    event = make_event()
    talk = make_talk(event)

    assert wishes(event, {}).persons == {}
    assert standing(event).problem.talks[talk.code].demand is None


def test_what_organizers_expect_counts_before_stars():
    event = make_event()
    known, starred = make_talk(event, demand=50), make_talk(event)
    star(event, known.code, starred.code)

    talks = standing(event).problem.talks

    assert (talks[known.code].demand, talks[starred.code].demand) == (50, 1)
