"""The list of clashes: what is told, who decides, and that a decision is about what was seen."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from talks.acknowledging import acknowledge, fingerprint
from talks.models import Acknowledged
from talks.scheduling import findings_of
from tests.factories import (
    make_event,
    make_organizer,
    make_room,
    make_rule,
    make_session,
    make_talk,
    make_track,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    """Two sessions in one hall at once, the same speaker in both."""
    event = make_event(name="Workshop on Events")
    hall = make_room(event, name="Hall")
    for title in ("Morning", "Evening"):
        session = make_session(event, title=title, room=hall)
        make_talk(event, title=f"{title} talk", session=session, people=["Ada"])
    return event


@pytest.fixture
def organizer(client, event):
    user = make_organizer(event)
    client.force_login(user)
    return user


def page_of(event):
    return f"/admin/talks/event/{event.pk}/clashes/"


def found(event, rule):
    """Return the one clash of a rule."""
    _standing, clashes = findings_of(event, timezone.now())
    [clash] = [each for each in clashes if each.rule == rule]
    return clash


def decision(clash, action="acknowledge", **typed):
    return {"action": action, "rule": clash.rule, "fingerprint": fingerprint(clash), **typed}


def rules(response):
    return [each.group.rule for each in response.context["shown"]]


def test_clashes_are_grouped_by_rule_in_words(client, event, organizer):
    response = client.get(page_of(event))

    body = response.content.decode()
    assert rules(response) == ["person_twice", "room_twice"]
    assert "Nobody in two places at once" in body
    assert "Two sessions in one room must not share time." in body
    assert "The room Hall has two sessions at once:" in body


def test_what_blocks_comes_first_and_wishes_by_their_cost(client, event, organizer):
    event.rooms.update(capacity=20)
    event.talks.update(demand=30)
    event.talks.update(track=make_track(event))
    make_rule(event, "room_twice", level="block")
    make_rule(event, "track_parallel", weight=5)

    response = client.get(page_of(event))

    assert rules(response) == ["room_twice", "person_twice", "room_holds", "track_parallel"]
    assert "Nothing can be published before what blocks it" in response.content.decode()


def test_ignored_rule_is_not_told(client, event, organizer):
    make_rule(event, "room_twice", level="ignore")

    response = client.get(page_of(event))

    assert rules(response) == ["person_twice"]


def test_counts_and_costs_are_told(client, event, organizer):
    make_rule(event, "room_twice", level="block", weight=7)
    acknowledge(event, found(event, "person_twice"), "Twins")

    response = client.get(page_of(event))

    counts = response.context["counts"]
    assert (counts.blocks, counts.must, counts.wish, counts.standing) == (1, 0, 0, 1)
    assert [(each.rule, each.amount, each.cost) for each in response.context["every"]] == [
        ("room_twice", 1, 7),
        ("person_twice", 1, 1),
    ]
    assert counts.cost == 8


def test_everything_concerned_has_a_link_to_its_form(client, event, organizer):
    response = client.get(page_of(event) + "?rule=person_twice")

    [entry] = response.context["shown"][0].open
    talks = {f"/admin/talks/talk/{talk.pk}/change/" for talk in event.talks.all()}
    sessions = {f"/admin/talks/session/{each.pk}/change/" for each in event.sessions.all()}
    person = {f"/admin/talks/person/{event.people.get().pk}/change/"}
    assert {thing.address for thing in entry.things} == talks | sessions | person
    links = re.findall(r'class="clash-things">(.*)</p>', response.content.decode())
    assert [len(re.findall("<a href=", line)) for line in links] == [5]
    assert [client.get(thing.address).status_code for thing in entry.things] == [200] * 5


def test_list_is_filtered_by_rule_and_by_what_is_concerned(client, event, organizer):
    person, hall = event.people.get(), event.rooms.get()

    of_rule = client.get(page_of(event) + "?rule=room_twice")
    of_person = client.get(page_of(event) + f"?code={person.code}")
    of_hall = client.get(page_of(event) + f"?code={hall.code}")
    of_neither = client.get(page_of(event) + f"?code={hall.code}&rule=person_twice")

    answers = [rules(each) for each in (of_rule, of_person, of_hall, of_neither)]
    assert answers == [["room_twice"], ["person_twice"], ["room_twice"], []]
    assert "Nothing clashes here." in of_neither.content.decode()


def test_filter_offers_what_is_concerned_by_kind(client, event, organizer):
    make_room(event, name="Empty room")

    response = client.get(page_of(event))

    offered = {str(table): [thing.name for thing in things] for table, things in choices(response)}
    assert offered == {
        "session": ["Evening", "Morning"],
        "talk": ["Evening talk", "Morning talk"],
        "person": ["Ada"],
        "room": ["Hall"],
    }


def choices(response):
    return response.context["choices"]


def test_finding_is_acknowledged_with_a_note(client, event, organizer):
    clash = found(event, "room_twice")

    response = client.post(page_of(event), decision(clash, note="A wall"), follow=True)

    row = Acknowledged.objects.get()
    assert (row.event, row.rule, row.note, row.by) == (event, "room_twice", "A wall", organizer)
    shown = {each.group.rule: each for each in response.context["shown"]}["room_twice"]
    assert (len(shown.open), len(shown.standing)) == (0, 1)
    assert "“A wall”" in response.content.decode()
    assert organizer.username in response.content.decode()


def test_when_it_was_acknowledged_is_told_on_the_clock_of_the_event(client, event, organizer):
    row = acknowledge(event, found(event, "room_twice"), "A wall")
    row.at = datetime(2027, 3, 1, 23, 30, tzinfo=UTC)
    row.save()

    response = client.get(page_of(event))

    assert '<time datetime="2027-03-02T00:30:00+01:00">2027-03-02 00:30</time>' in (
        response.content.decode()
    )


def test_decision_comes_back_to_the_same_list(client, event, organizer):
    clash = found(event, "room_twice")

    response = client.post(page_of(event) + "?rule=room_twice", decision(clash))

    assert response["Location"] == page_of(event) + "?rule=room_twice#room_twice"


def test_acknowledged_finding_is_taken_back(client, event, organizer):
    clash = found(event, "room_twice")
    acknowledge(event, clash, "A wall")

    response = client.post(page_of(event), decision(clash, "take_back"), follow=True)

    assert Acknowledged.objects.count() == 0
    assert "Taken back" in response.content.decode()


def test_finding_that_changed_meanwhile_is_not_acknowledged(client, event, organizer):
    clash = found(event, "room_twice")
    later = event.sessions.get(title="Evening")
    later.start += timedelta(minutes=10)
    later.save()

    response = client.post(page_of(event), decision(clash, note="A wall"), follow=True)

    assert Acknowledged.objects.count() == 0
    assert "The finding changed since this page was shown." in response.content.decode()


@pytest.mark.parametrize(
    "typed",
    [{"fingerprint": "nonsense"}, {"rule": ""}, {"action": "delete"}, {"note": "x" * 2001}],
)
def test_nonsense_is_not_written(client, event, organizer, typed):
    clash = found(event, "room_twice")

    response = client.post(page_of(event), {**decision(clash), **typed}, follow=True)

    assert Acknowledged.objects.count() == 0
    assert "Nothing was written" in response.content.decode()


@pytest.mark.parametrize(
    ("role", "status"), [("owner", 302), ("editor", 302), ("scheduler", 302), ("viewer", 403)]
)
def test_viewers_see_and_others_decide(client, event, role, status):
    client.force_login(make_organizer(event, role))
    clash = found(event, "room_twice")

    shown = client.get(page_of(event))
    answer = client.post(page_of(event), decision(clash))

    assert (shown.status_code, answer.status_code) == (200, status)
    assert ("Let it stand" in shown.content.decode()) is (role != "viewer")
    assert Acknowledged.objects.count() == (status == 302)


def test_organizer_of_another_event_finds_no_list(client, event):
    client.force_login(make_organizer(make_event()))

    answers = [client.get(page_of(event)), client.post(page_of(event), {})]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_form_of_the_event_leads_to_its_timetable(client, event, organizer):
    body = client.get(f"/admin/talks/event/{event.pk}/change/").content.decode()

    pages = [f"/admin/talks/event/{event.pk}/{name}/" for name in ("clashes", "rules", "survey")]
    assert [page for page in pages if f'href="{page}"' not in body] == []
    assert [client.get(page).status_code for page in pages] == [200, 200, 200]


def test_nothing_clashes_in_an_empty_event(client, event):
    event = make_event()
    client.force_login(make_organizer(event))

    response = client.get(page_of(event))

    assert "Nothing clashes in the draft." in response.content.decode()


def test_many_findings_of_a_rule_are_cut_and_paged(client, event, organizer):
    event.rooms.update(capacity=1)
    session = event.sessions.get(title="Morning")
    for _each in range(101):
        make_talk(event, session=session, demand=5)

    among = client.get(page_of(event))
    alone = client.get(page_of(event) + "?rule=room_holds&page=2")

    shown = {each.group.rule: each for each in among.context["shown"]}["room_holds"]
    assert (len(shown.open), shown.left) == (20, 81)
    assert 'href="?rule=room_holds"' in among.content.decode()
    assert len(alone.context["shown"][0].open) == 1
    assert "Page 2 of 2" in alone.content.decode()


def test_title_with_markup_is_shown_as_text(client, event, organizer):
    event.sessions.filter(title="Morning").update(title="<script>alert(1)</script>")

    body = client.get(page_of(event)).content.decode()

    assert "<script>alert" not in body
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in body


def test_list_takes_as_many_queries_with_one_session_as_with_thirty(client, event, organizer):
    event.sessions.get(title="Evening").delete()
    acknowledge(event, findings_of(event, timezone.now())[1][0], "Fine")
    with_one, few = queries_of(client, event)

    for _each in range(29):
        session = make_session(event, room=event.rooms.get())
        make_talk(event, session=session, people=["Ada", "Bob"])
    with_thirty, many = queries_of(client, event)

    assert with_thirty == with_one
    assert many.context["counts"].open > few.context["counts"].open + 29


def queries_of(client, event):
    with CaptureQueriesContext(connection) as found:
        response = client.get(page_of(event))
    return len(found), response
