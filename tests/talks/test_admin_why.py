"""Why something is where it is, and what it would cost elsewhere: asked by reading alone."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.factories import (
    make_event,
    make_organizer,
    make_room,
    make_rule,
    make_session,
    make_talk,
)

pytestmark = pytest.mark.django_db

QUERIES = 24
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
def event():
    """Sessions at ten in the hall and at eleven in the attic; a talk of Ada's in each."""
    event = make_event(name="Workshop on Events")
    hall, attic = (make_room(event, name=name) for name in ("Hall", "Attic"))
    morning = make_session(event, title="Morning", room=hall)
    noon = make_session(event, title="Noon", room=attic, start=morning.start + timedelta(hours=1))
    make_talk(event, title="Waves", session=morning, people=["Ada"], minutes=30)
    make_talk(event, title="Winds", session=noon, people=["Ada"], minutes=30)
    return event


@pytest.fixture
def organizer(client, event):
    user = make_organizer(event)
    client.force_login(user)
    return user


def page_of(event):
    return f"/admin/talks/event/{event.pk}/why/"


def code_of(rows, title):
    return rows.get(title=title).code


def test_every_session_and_talk_may_be_asked_about(client, event, organizer):
    response = client.get(page_of(event))

    [_nothing, sessions, talks] = response.context["form"].fields["code"].choices
    assert [title for _code, title in sessions[1]] == ["Morning", "Noon"]
    assert [title for _code, title in talks[1]] == ["Waves", "Winds"]


def test_session_is_told_where_it_is_and_what_forbids_other_places(client, event, organizer):
    response = client.get(page_of(event), {"code": code_of(event.sessions, "Morning")})

    context = response.context
    assert context["place"] == "Fri 26 March 2027, 10:00–11:00, Hall"
    assert context["held"].looked_at > 10
    assert 0 < len(context["best"]) <= 10
    totals = [each.total.more for each in context["best"]]
    assert totals == sorted(totals)
    assert "Nobody in two places at once" in [name for name, _number in context["forbidden"]]
    assert "The cheapest other places" in response.content.decode()


def test_talk_is_told_which_other_sessions_it_may_be_in(client, event, organizer):
    make_talk(event, title="Rain", session=event.sessions.get(title="Morning"), minutes=30)

    response = client.get(page_of(event), {"code": code_of(event.talks, "Rain")})

    assert [each.place for each in response.context["best"]] == [
        "in “Noon”, Fri 26 March 2027, 11:00–12:00"
    ]


def test_cost_of_another_time_is_told_with_the_clashes_there(client, event, organizer):
    make_rule(event, "person_twice", weight=4)
    code = code_of(event.sessions, "Morning")

    response = client.get(page_of(event), {"code": code, "start": "2027-03-26T11:00", "room": ""})

    answer = response.context["answer"]
    assert (answer.place, answer.broken) == (
        "Fri 26 March 2027, 11:00",
        ("Nobody in two places at once",),
    )
    assert [text.partition(" ")[0] for text in answer.new] == ["Ada"]
    assert [(cost.before, cost.after) for cost in answer.costs if cost.after == 4] == [(0, 4)]
    assert "No proposal would do this" in response.content.decode()


def test_cost_of_another_room_is_told(client, event, organizer):
    code, attic = code_of(event.sessions, "Morning"), event.rooms.get(name="Attic")
    event.rooms.filter(name="Hall").update(capacity=10)
    event.talks.update(demand=30)

    response = client.get(page_of(event), {"code": code, "start": "", "room": attic.code})

    answer = response.context["answer"]
    assert (answer.place, answer.broken, len(answer.gone)) == ("Attic", (), 1)
    assert [(cost.before, cost.after, cost.words) for cost in answer.costs] == [(20, 0, "better")]


def test_time_is_on_the_clock_of_the_event(client, event, organizer):
    code = code_of(event.sessions, "Morning")

    response = client.get(page_of(event), {"code": code, "start": "2027-03-27T09:30", "room": ""})

    start = response.context["there"].cleaned_data["start"]
    assert start == datetime(2027, 3, 27, 9, 30, tzinfo=BERLIN)
    assert 'value="2027-03-27T09:30"' in response.content.decode()


def test_session_without_a_time_can_be_asked_about_once_one_is_given(client, event, organizer):
    evening = make_session(event, title="Evening", start=None, minutes=60)

    shown = client.get(page_of(event), {"code": evening.code})
    unsaid = client.get(page_of(event), {"code": evening.code, "start": "", "room": ""})
    said = client.get(page_of(event), {"code": evening.code, "start": "2027-03-26T15:00"})

    assert "It stands nowhere yet." in shown.content.decode()
    assert unsaid.context["there"].errors == {
        "start": ["It stands nowhere yet: say where it would be."]
    }
    assert said.context["answer"].place == "Fri 26 March 2027, 15:00"


def test_talk_without_a_session_can_be_asked_about_once_one_is_given(client, event, organizer):
    talk = make_talk(event, title="Rain", minutes=30)
    noon = code_of(event.sessions, "Noon")

    unsaid = client.get(page_of(event), {"code": talk.code, "start": "", "session": ""})
    said = client.get(page_of(event), {"code": talk.code, "start": "", "session": noon})

    assert list(unsaid.context["there"].errors) == ["session"]
    assert said.context["answer"].place == "in “Noon”, Fri 26 March 2027, 11:00–12:00"
    assert [(cost.before, cost.after) for cost in said.context["answer"].costs] == [(1, 0)]


@pytest.mark.parametrize(
    "asked",
    [
        {"code": "SNOWHERE"},
        {"code": ""},
        {"start": "tomorrow"},
        {"start": "2027-03-28T02:30"},  # there is no such hour that night
        {"room": "R2222222A"},
    ],
)
def test_nonsense_is_told_at_its_field(client, event, organizer, asked):
    code = code_of(event.sessions, "Morning")

    response = client.get(page_of(event), {"code": code, **asked})

    forms = [response.context["form"], response.context.get("there")]
    assert sum(len(form.errors) for form in forms if form) == 1
    assert response.context.get("answer") is None
    assert 'class="errorlist' in response.content.decode()


def test_forms_of_sessions_and_talks_lead_here(client, event, organizer):
    rows = [event.sessions.get(title="Noon"), event.talks.get(title="Winds")]

    forms = [f"/admin/talks/{row._meta.model_name}/{row.pk}/change/" for row in rows]
    bodies = [client.get(form).content.decode() for form in forms]

    links = [f'<a href="{page_of(event)}?code={row.code}">Why is it here?</a>' for row in rows]
    assert [link in body for link, body in zip(links, bodies, strict=True)] == [True, True]


def test_page_only_reads(client, event, organizer):
    response = client.post(page_of(event), {"code": code_of(event.sessions, "Morning")})

    assert response.status_code == 405


def test_viewer_may_ask_and_organizer_of_another_event_may_not(client, event):
    statuses = []
    for user in (make_organizer(event, "viewer"), make_organizer(make_event())):
        client.force_login(user)
        statuses.append(client.get(page_of(event)).status_code)

    assert statuses == [200, 404]


@pytest.mark.parametrize("sessions", [1, 30])
def test_page_takes_as_many_queries_however_many_sessions(
    client, event, organizer, sessions, django_assert_num_queries
):
    for number in range(sessions):
        start = event.sessions.get(title="Noon").start + timedelta(hours=number + 1)
        make_talk(event, session=make_session(event, start=start), people=[f"Person {number}"])
    asked = {"code": code_of(event.sessions, "Morning"), "start": "2027-03-27T09:30"}
    client.get(page_of(event), asked)

    with django_assert_num_queries(QUERIES):
        response = client.get(page_of(event), asked)

    assert response.context["answer"].place == "Sat 27 March 2027, 09:30"
