"""Sections tied to topics, and what stands under them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from eventsite.models import Change
from papers.filing import file_under_topics
from tests.factories import make_item, make_list, make_section
from tests.papers.rows import make_topic

pytestmark = pytest.mark.django_db


def topics_of(item):
    return [topic.name for topic in item.paper.topics.all()]


def test_papers_of_a_tied_section_are_filed_under_its_topic():
    reading_list = make_list()
    tied = make_section(reading_list, topic=make_topic("Pruning"))
    inside, outside = make_item(reading_list, section=tied), make_item(reading_list)

    changed = file_under_topics(reading_list.sections.all())

    assert (changed, topics_of(inside), topics_of(outside)) == (1, ["Pruning"], [])
    assert Change.objects.get().fields["topics"] == [[], [tied.topic_id]]


def test_section_takes_the_topic_of_the_one_it_stands_in_unless_it_has_its_own():
    reading_list = make_list()
    outer = make_section(reading_list, topic=make_topic("Pruning"))
    inner = make_section(reading_list, parent=outer, level=2)
    own = make_section(reading_list, parent=outer, level=2, topic=make_topic("Sparsity"))
    items = [make_item(reading_list, section=each) for each in (inner, own)]

    file_under_topics(reading_list.sections.all())

    assert [topics_of(item) for item in items] == [["Pruning"], ["Sparsity"]]


def test_items_that_are_gone_are_not_filed():
    reading_list = make_list()
    section = make_section(reading_list, topic=make_topic())
    gone = make_item(reading_list, section=section, is_gone=True)
    there = make_item(reading_list, section=section)

    file_under_topics([section])

    assert (topics_of(gone), len(topics_of(there))) == ([], 1)


def test_filing_twice_changes_nothing():
    reading_list = make_list()
    section = make_section(reading_list, topic=make_topic())
    item = make_item(reading_list, section=section)
    file_under_topics([section])

    again = file_under_topics([section])

    item.paper.refresh_from_db()
    assert (again, item.paper.version, Change.objects.count()) == (0, 2, 1)


def test_topic_given_by_hand_stays():
    reading_list = make_list()
    item = make_item(reading_list, section=make_section(reading_list, topic=make_topic("Pruning")))
    make_topic("By hand", papers=[item.paper])

    file_under_topics(reading_list.sections.all())

    assert topics_of(item) == ["By hand", "Pruning"]


def test_filing_costs_the_same_however_many_papers():
    queries = []
    for papers in (1, 30):
        reading_list = make_list()
        section = make_section(reading_list, topic=make_topic())
        for _ in range(papers):
            make_item(reading_list, section=section)
        with CaptureQueriesContext(connection) as asked:
            changed = file_under_topics([section])
        queries.append((changed, len(asked)))

    assert queries == [(1, queries[0][1]), (30, queries[0][1])]
