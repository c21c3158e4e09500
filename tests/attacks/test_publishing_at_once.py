"""Publishing while others save, and while others publish."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection, connections

from talks.drafting import draft
from talks.models import ImportantDate, Release, Talk, TalkRole
from talks.publishing import publish, publish_again
from tests.factories import make_event, make_session, make_talk

MANY = 20


@pytest.fixture
def several_connections(transactional_db):
    if not connection.features.test_db_allows_multiple_connections:
        pytest.skip("a database in memory has one connection")


def at_once(task):
    def run(number):
        try:
            return task(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(MANY) as pool:
        return list(pool.map(run, range(MANY)))


@pytest.mark.django_db
def test_talk_deleted_while_the_draft_is_read_stops_nothing():
    event = make_event()
    session = make_session(event)
    make_talk(event, title="Stays", session=session)
    make_talk(event, title="Goes", session=session)
    done = []

    def delete_once(execute, sql, params, many, context):
        if 'FROM "talks_talk"' in sql and not done:
            done.append(True)
            Talk.objects.filter(title="Goes").delete()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(delete_once):
        programme = draft(event)

    assert done == [True]
    assert [talk.title for talk in programme.talks] == ["Stays"]


@pytest.mark.django_db
def test_draft_holds_no_half_of_a_change_made_while_it_is_read():
    event = make_event(place="Before")
    talk = make_talk(event, session=make_session(event), people=["Before"])
    done = []

    def change_once(execute, sql, params, many, context):
        result = execute(sql, params, many, context)
        if 'FROM "talks_talkrole"' in sql and not done:
            done.append(True)
            TalkRole.objects.filter(talk=talk).update(name="After")
            ImportantDate.objects.create(event=event, label="After", on=date(2027, 1, 1))
        return result

    with connection.execute_wrapper(change_once):
        programme = draft(event)

    [role], [day] = programme.talks[0].roles, programme.dates
    assert (role.printed_name, day.label) == ("After", "After")


def test_one_change_published_by_many_is_one_release(several_connections):
    event = make_event()
    make_session(event)

    found = at_once(lambda number: publish(event))

    assert [release.number for release in found if release] == [1]


def test_going_back_by_many_at_once_is_one_release(several_connections):
    event = make_event()
    session = make_session(event, title="Old")
    publish(event)
    session.title = "New"
    session.save()
    publish(event)

    found = at_once(lambda number: publish_again(event, 1))

    assert [release.number for release in found if release] == [3]
    assert event.releases.first().records["sessions"][0]["title"] == "Old"


def test_changes_published_by_many_are_counted_without_a_gap(several_connections):
    event = make_event()
    session = make_session(event)
    talks = [make_talk(event, session=session) for _ in range(MANY)]

    def rename_and_publish(number):
        Talk.objects.filter(pk=talks[number].pk).update(title=f"Renamed {number}")
        return publish(event)

    at_once(rename_and_publish)

    numbers = [*Release.objects.order_by("number").values_list("number", flat=True)]
    assert numbers == list(range(1, len(numbers) + 1))
    titles = {talk["title"] for talk in event.releases.first().records["talks"]}
    assert titles == {f"Renamed {number}" for number in range(MANY)}
