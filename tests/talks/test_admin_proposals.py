"""The pages of proposals: asking, watching, and taking all, some or nothing of what was found."""

import re
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from eventsite import jobs, writing
from eventsite.models import Job
from talks.models import Proposal
from talks.proposal_grid import Mark
from talks.proposals import Wish, ask, ground_now, row_of, wish_of
from talks.solver import diff
from tests.factories import (
    make_event,
    make_organizer,
    make_room,
    make_session,
    make_talk,
    make_track,
)

pytestmark = pytest.mark.django_db

QUERIES, LIST_QUERIES = 29, 15


@pytest.fixture
def event():
    """Two sessions of an hour in one hall at ten and at eleven; a talk in the first."""
    event = make_event(name="Workshop on Events")
    hall = make_room(event, name="Hall")
    make_room(event, name="Attic")
    morning = make_session(event, title="Morning", room=hall)
    make_session(event, title="Noon", room=hall, start=morning.start + timedelta(hours=1))
    make_talk(event, title="Waves", session=morning, people=["Ada"])
    return event


@pytest.fixture
def organizer(client, event):
    user = make_organizer(event)
    client.force_login(user)
    return user


def pages(event):
    return f"/admin/talks/event/{event.pk}/proposals/"


def page_of(proposal):
    return f"{pages(proposal.event)}{proposal.pk}/"


def typed(**fields):
    usual = {"part": "unplaced", "seconds": 60, "effort": 60, "seed": 0, "at_most": 0}
    return {**usual, **fields}


def made(event, change, **fields):
    """A proposal for what `change` makes of the placed sessions of an event, in any order."""
    here, ground = ground_now(event)
    sessions = tuple(change(list(here.timetable.sessions)))
    after = replace(here.timetable, sessions=sessions)
    settings = Wish().as_plain()
    proposal = Proposal.objects.create(
        event=event, **{"state": "done", "ground": ground, "settings": settings, **fields}
    )
    moves = diff.moves(here.timetable, after)
    rows = [row_of(proposal, number, move) for number, move in enumerate(moves)]
    proposal.moves.bulk_create(rows)
    return proposal


def later(placed, hours=4):
    by = timedelta(hours=hours)
    return replace(placed, start=placed.start + by, end=placed.end + by)


def all_later(sessions):
    return [later(placed) for placed in sessions]


def exchanged(sessions):
    one, other = sessions
    return [
        replace(one, start=other.start, end=other.end),
        replace(other, start=one.start, end=one.end),
    ]


def starts(event):
    return list(event.sessions.order_by("title").values_list("start", flat=True))


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_timetable_is_asked_for(client, event, organizer):
    track = make_track(event, name="Theory")

    response = client.post(pages(event), typed(part="track", track=track.code, seed=7))

    proposal = Proposal.objects.get()
    assert response["Location"] == page_of(proposal)
    assert wish_of(proposal) == Wish(part="track", which=track.code, seed=7)
    assert (proposal.by, proposal.state) == (organizer, "waiting")


def test_day_track_and_room_are_those_of_the_event(client, event, organizer):
    make_room(make_event(), name="Elsewhere")

    form = client.get(pages(event)).context["form"]

    offered = {name: [words for _v, words in form.fields[name].choices] for name in ("day", "room")}
    assert offered == {
        "day": ["–", "Fri, 26 March 2027", "Sat, 27 March 2027"],
        "room": ["–", "Attic", "Hall"],
    }


@pytest.mark.parametrize(
    ("given", "field", "sentence"),
    [
        ({"part": "day"}, "day", "Choose the day."),
        ({"part": "track", "track": ""}, "track", "Choose the track."),
        ({"part": "room"}, "room", "Choose the room."),
        ({"part": "day", "day": "2031-01-01"}, "day", "Select a valid choice. 2031-01-01"),
        ({"part": "all of it"}, "part", "Select a valid choice. all of it"),
        ({"seconds": "0"}, "seconds", "Ensure this value is greater than or equal to 1."),
        ({"seconds": "100000"}, "seconds", "Ensure this value is less than or equal to 600."),
        ({"effort": "much"}, "effort", "Enter a whole number."),
        ({"seed": "-1"}, "seed", "Ensure this value is greater than or equal to 0."),
    ],
)
def test_bad_wish_is_told_at_its_field_and_asks_for_nothing(
    client, event, organizer, given, field, sentence
):
    response = client.post(pages(event), typed(**given))

    assert response.status_code == 200
    [error] = response.context["form"].errors[field]
    assert error.startswith(sentence)
    assert error in response.content.decode()
    assert not Proposal.objects.exists()


def test_room_of_another_event_is_refused(client, event, organizer):
    room = make_room(make_event())

    response = client.post(pages(event), typed(part="room", room=room.code))

    assert list(response.context["form"].errors) == ["room"]
    assert not Proposal.objects.exists()


def test_same_wish_is_looked_for_once(client, event, organizer):
    client.post(pages(event), typed())

    response = client.post(pages(event), typed(), follow=True)

    assert Proposal.objects.count() == 1
    assert "This is looked for already." in response.content.decode()


def test_earlier_proposals_are_listed(client, event, organizer):
    hall = event.rooms.get(name="Hall")
    wish = Wish(part="room", which=hall.code).as_plain()
    made(event, all_later, settings=wish, message="2 moves.", by=organizer)

    text = text_of(client.get(pages(event)))

    assert f"one room: Hall done {organizer.username}. 2 moves." in text


@pytest.mark.parametrize(
    ("role", "status"), [("owner", 302), ("editor", 302), ("scheduler", 302), ("viewer", 403)]
)
def test_viewers_see_and_others_ask_and_take(client, event, role, status):
    client.force_login(make_organizer(event, role))
    proposal = made(event, all_later)

    shown = [client.get(address) for address in (pages(event), page_of(proposal))]
    asked = client.post(pages(event), typed())
    taken = client.post(page_of(proposal), {"action": "take_all"})

    assert [each.status_code for each in shown] == [200, 200]
    assert [("Look for a timetable" in shown[0].content.decode())] == [status == 302]
    assert [("Take all" in shown[1].content.decode())] == [status == 302]
    assert (asked.status_code, taken.status_code) == (status, status)
    assert Proposal.objects.count() == (2 if status == 302 else 1)


def test_proposal_of_another_event_is_not_found(client, event):
    proposal = made(event, all_later)
    other = make_event()
    client.force_login(make_organizer(other))

    addresses = [pages(event), page_of(proposal), f"{pages(other)}{proposal.pk}/"]

    assert [client.get(each).status_code for each in addresses] == [404] * 3


def test_search_that_runs_is_shown_with_its_course(client, event, organizer):
    proposal = ask(event, Wish())
    Job.objects.update(
        state="running",
        progress=40,
        message="Half of it",
        host=jobs.here(),
        heartbeat=timezone.now(),
    )
    Proposal.objects.update(state="running", trace=[[1.0, 90, None], [2.0, 50, 10.0], [3, 50, 20]])

    response = client.get(page_of(proposal))

    body = response.content.decode()
    assert '<progress max="100" value="40"' in body
    assert "Half of it" in body
    assert "at the end cost 50, bound 20" in body
    assert [(row.cost, row.bound) for row in response.context["course"].rows] == [
        (90, None),
        (50, 10.0),
        (50, 20),
    ]
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in body
    assert " style=" not in body.partition('id="content-main"')[2]


def test_search_that_waits_is_cancelled(client, event, organizer):
    proposal = ask(event, Wish())

    response = client.post(page_of(proposal), {"action": "cancel"}, follow=True)

    proposal.refresh_from_db()
    assert proposal.state == "cancelled"
    assert "It is cancelled." in response.content.decode()
    assert "refresh" not in response.content.decode()


def test_search_that_runs_is_told_to_stop(client, event, organizer):
    proposal = ask(event, Wish())
    Job.objects.update(state="running", host=jobs.here(), heartbeat=timezone.now())
    Proposal.objects.update(state="running")

    response = client.post(page_of(proposal), {"action": "cancel"}, follow=True)

    assert Job.objects.get().wants_stop
    assert "It is being stopped." in response.content.decode()
    assert "Stop the search" not in response.content.decode()


def test_search_whose_process_died_is_told_as_interrupted_to_who_looks(client, event, organizer):
    proposal = ask(event, Wish())
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    host = f"{jobs.machine()} {process.pid}"
    Job.objects.update(state="running", host=host, heartbeat=timezone.now())
    Proposal.objects.update(state="running")

    text = text_of(client.get(page_of(proposal)))

    assert "Interrupted. The process that did this ended before it was done." in text
    assert "The search did not come to its end." in text
    assert "Look again" in text


def test_costs_are_told_by_rule_before_and_after_in_words(client, event, organizer):
    score = {"room_holds": [30, 10], "track_parallel": [0, 3], "spread": [2, 2]}
    score["placed_once"] = [1, 0]
    proposal = made(event, all_later, score=score, message="2 moves.")

    response = client.get(page_of(proposal))

    rows = [(cost.before, cost.after, cost.words, cost.must) for cost in response.context["costs"]]
    assert rows == [
        (1, 0, "better", True),
        (30, 10, "better", False),
        (0, 3, "worse", False),
        (2, 2, "the same", False),
    ]
    assert "Everything is placed once must hold 1 0 better" in text_of(response)
    assert "All wishes 32 15 better" in text_of(response)


def test_moves_are_listed_with_what_each_costs_alone(client, event, organizer):
    proposal = made(event, all_later)
    proposal.moves.filter(position=0).update(costs={"room_holds": -5, "spread": 2})

    text = text_of(client.get(page_of(proposal)))

    assert "Sessions 2" in text
    assert (
        "“Morning” moves: Fri 26 March 2027, 10:00–11:00, Hall → Fri 26 March 2027, 14:00" in text
    )
    assert re.search(r"Alone it costs: [^()]+ −5, [^()]+ \+2 ", text)


def test_both_timetables_are_shown_with_what_moves(client, event, organizer):
    def change(sessions):
        morning, _noon = sessions
        return [later(replace(morning, talks=()), hours=26)]

    proposal = made(event, change)

    response = client.get(page_of(proposal))

    friday, saturday = response.context["days"]
    before = {slot.session.title: slot.session.mark for slot in friday.before.slots}
    after = {slot.session.title: slot.session.mark for slot in saturday.after.slots}
    [waves] = friday.before.slots[0].session.talks
    assert before == {"Morning": Mark.MOVES, "Noon": Mark.GOES}
    assert after == {"Morning": Mark.MOVED}
    assert (waves.title, waves.mark) == ("Waves", Mark.GOES)
    assert (friday.after, saturday.before) == (None, None)
    text = text_of(response)
    assert "Noon taken out" in text
    assert "12:00 – 13:00" in text


def test_all_is_taken(client, event, organizer):
    proposal = made(event, all_later)
    before = starts(event)

    response = client.post(page_of(proposal), {"action": "take_all"}, follow=True)

    proposal.refresh_from_db()
    assert starts(event) == [start + timedelta(hours=4) for start in before]
    assert proposal.state == "taken"
    text = response.content.decode()
    assert "2 rows of the draft are changed." in text
    assert f'<a href="/admin/talks/event/{event.pk}/publish/">' in text
    assert [move.is_taken for move in response.context["groups"][0].moves] == [True, True]


def test_scheduler_who_may_not_publish_is_not_led_there(client, event):
    client.force_login(make_organizer(event, "scheduler"))
    proposal = made(event, all_later)

    response = client.post(page_of(proposal), {"action": "take_all"}, follow=True)

    assert "2 rows of the draft are changed." in response.content.decode()
    assert "/publish/" not in response.content.decode()


def test_chosen_moves_are_taken_and_the_others_left(client, event, organizer):
    proposal = made(event, all_later)
    before = starts(event)
    row = proposal.moves.get(code=event.sessions.get(title="Noon").code)

    response = client.post(page_of(proposal), {"action": "take", "move": [row.pk]}, follow=True)

    assert starts(event) == [before[0], before[1] + timedelta(hours=4)]
    assert (response.context["left"], response.context["is_stale"]) == (1, False)
    assert "Take all" in response.content.decode()


def test_choosing_nothing_is_told(client, event, organizer):
    proposal = made(event, all_later)
    before = starts(event)

    response = client.post(page_of(proposal), {"action": "take"})

    assert response.context["refusals"] == ["Choose at least one move."]
    assert starts(event) == before


def test_moves_that_clash_alone_are_refused_and_the_choice_is_kept(client, event, organizer):
    proposal = made(event, exchanged)
    before = starts(event)
    row = proposal.moves.get(code=event.sessions.get(title="Noon").code)

    response = client.post(page_of(proposal), {"action": "take", "move": [row.pk]})

    assert [sentence.partition(":")[0] for sentence in response.context["refusals"]] == [
        "The room Hall has two sessions at once"
    ]
    chosen = {move.pk: move.is_chosen for move in response.context["groups"][0].moves}
    assert chosen == {each.pk: each.pk == row.pk for each in proposal.moves.all()}
    assert response.content.decode().count(" checked") == 1
    assert starts(event) == before


def test_proposal_that_is_stale_says_what_changed_and_is_refused(client, event, organizer):
    proposal = made(event, all_later)
    session = event.sessions.get(title="Noon")
    writing.change(session, session.version, {"minutes": 45}, by=organizer)
    before = starts(event)

    shown = client.get(page_of(proposal))
    refused = client.post(page_of(proposal), {"action": "take_all"}, follow=True)

    text = text_of(shown)
    assert f"{organizer.username}: session “Noon” (Minutes)" in text
    assert "Take all" not in text
    assert "Look again" in text
    assert "Nothing was changed" in refused.content.decode()
    assert starts(event) == before


def test_proposal_is_let_be(client, event, organizer):
    proposal = made(event, all_later)

    response = client.post(page_of(proposal), {"action": "drop"}, follow=True)

    proposal.refresh_from_db()
    assert proposal.state == "dropped"
    assert "Take all" not in response.content.decode()


def test_failure_is_explained_with_ways_out(client, event, organizer):
    explanation = {"sentences": ["Ada is away.", "All is full."], "relaxations": ["Open the Hall."]}
    proposal = made(event, list, state="failed", explanation=explanation)

    response = client.get(page_of(proposal))

    text = text_of(response)
    assert "All of this cannot hold together" in text
    assert (
        "Ada is away. All is full. Any one of these would make it possible Open the Hall." in text
    )
    assert f'<a href="/admin/talks/event/{event.pk}/rules/">' in response.content.decode()


def test_same_is_looked_for_again(client, event, organizer):
    wish = Wish(part="repair", at_most=30, seed=3)
    proposal = made(event, list, state="interrupted", settings={**wish.as_plain(), "mark": 9})

    response = client.post(page_of(proposal), {"action": "again"})

    newest = Proposal.objects.first()
    assert response["Location"] == page_of(newest)
    assert (newest.pk != proposal.pk, wish_of(newest)) == (True, wish)


def test_nonsense_is_refused(client, event, organizer):
    proposal = made(event, all_later)
    before = starts(event)

    answers = [
        client.post(page_of(proposal), data)
        for data in ({"action": "delete"}, {}, {"action": "take", "move": ["x", "999999"]})
    ]

    assert [len(each.context["refusals"]) > 0 for each in answers] == [True] * 3
    assert starts(event) == before


def test_title_with_markup_is_shown_as_text(client, event, organizer):
    event.sessions.filter(title="Noon").update(title="<script>alert(1)</script>")
    proposal = made(event, all_later)

    body = client.get(page_of(proposal)).content.decode()

    assert "<script>alert" not in body
    assert body.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 3


@pytest.mark.parametrize("sessions", [1, 30])
def test_page_takes_as_many_queries_however_many_moves(
    client, event, organizer, sessions, django_assert_num_queries
):
    hall = event.rooms.get(name="Hall")
    for number in range(sessions):
        session = make_session(event, room=hall, start=starts(event)[0] + timedelta(days=number))
        make_talk(event, session=session, people=["Ada", f"Person {number}"])
    proposal = made(event, all_later)
    client.get(page_of(proposal))

    with django_assert_num_queries(QUERIES):
        response = client.get(page_of(proposal))

    assert len(response.context["groups"][0].moves) == sessions + 2


@pytest.mark.parametrize("proposals", [1, 19])
def test_list_takes_as_many_queries_however_many_proposals(
    client, event, organizer, proposals, django_assert_num_queries
):
    for _each in range(proposals):
        made(event, all_later, by=organizer)
    client.get(pages(event))

    with django_assert_num_queries(LIST_QUERIES):
        response = client.get(pages(event))

    assert len(response.context["rows"]) == proposals


def test_web_process_does_without_the_solver():
    """The library of the solver is large; its worker alone loads it."""
    text = (
        "import os, sys, django;"
        "os.environ['DJANGO_SETTINGS_MODULE'] = 'eventsite.settings';"
        "django.setup(); import eventsite.urls;"
        "sys.exit('ortools' in sys.modules)"
    )

    done = subprocess.run([sys.executable, "-c", text], check=False, cwd=settings.BASE_DIR)

    assert done.returncode == 0
