"""Publishing from the admin: the difference is seen first, and nothing else is published."""

import re

import pytest
from django.utils import timezone

from papers.models import Presentation
from talks import released
from talks.acknowledging import acknowledge
from talks.models import Placement, Release
from talks.publishing import publish
from talks.scheduling import findings_of
from tests.admin_forms import filled
from tests.factories import (
    make_event,
    make_organizer,
    make_paper,
    make_room,
    make_rule,
    make_session,
    make_talk,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    """A published event with two talks in a session."""
    event = make_event(slug="woe-27", name="Workshop on Events")
    session = make_session(event, title="Morning")
    make_talk(event, title="First", session=session, people=["Ada"])
    make_talk(event, title="Second", session=session, people=["Bob"])
    publish(event)
    return event


@pytest.fixture
def organizer(client, event):
    """An organizer of the event, logged in."""
    user = make_organizer(event, "owner")
    client.force_login(user)
    return user


def titles(event):
    return {talk.title for talk in released.programme(released.head(event.slug)).talks}


def shown(response):
    return [(row.kind_words, row.title) for row in response.context["rows"]]


def page_of(event):
    return f"/admin/talks/event/{event.pk}/publish/"


def press(client, response, **typed):
    """Press the button of the page that shows the difference."""
    form = response.context["form"]
    scope = "only" if response.context["only"] else "everything"
    hidden = {name: form.initial[name] for name in ("code", "expected")}
    event = response.context["event"]
    return client.post(page_of(event), {**hidden, "scope": scope, **typed}, follow=True)


def save_and_publish(client, row, **typed):
    """Change a row in its form, press "Save and publish", and return the page that follows."""
    address = f"/admin/talks/{row._meta.model_name}/{row.pk}/change/"
    form = filled(client.get(address), **typed)
    return client.post(address, {**form, "_publish": "1"}, follow=True)


def test_first_release_is_everything(client):
    event = make_event(slug="new-27")
    make_talk(event, title="Opening", session=make_session(event))
    client.force_login(make_organizer(event))
    response = client.get(page_of(event))

    press(client, response, note="Here it is")

    assert titles(event) == {"Opening"}
    assert Release.objects.get().note == "Here it is"


def test_save_and_publish_shows_only_the_change_just_saved(client, event, organizer):
    first, second = event.talks.order_by("title")
    second.title = "Second, changed before"
    second.save()

    response = save_and_publish(client, first, title="First, changed now")

    assert shown(response) == [("Changed", "First, changed now")]
    assert titles(event) == {"First", "Second"}


def test_only_the_change_just_saved_is_published(client, event, organizer):
    first, second = event.talks.order_by("title")
    second.title = "Second, changed before"
    second.save()
    response = save_and_publish(client, first, title="First, changed now")

    press(client, response)

    assert titles(event) == {"First, changed now", "Second"}
    assert Release.objects.order_by("number").last().by == organizer


def test_everything_is_beside_it(client, event, organizer):
    first, second = event.talks.order_by("title")
    second.title = "Second, changed before"
    second.save()
    response = save_and_publish(client, first, title="First, changed now")
    response = client.get(f"{page_of(event)}?code={first.code}&scope=everything")

    press(client, response)

    assert titles(event) == {"First, changed now", "Second, changed before"}


def test_placement_is_published_with_its_talk(client, event, organizer):
    session = event.sessions.get()
    talk = make_talk(event, title="Third", session=session)

    response = save_and_publish(client, Placement.objects.get(talk=talk), board="7")
    press(client, response)

    assert titles(event) == {"First", "Second", "Third"}


def test_difference_that_moved_is_shown_anew_and_nothing_is_published(client, event, organizer):
    first, _second = event.talks.order_by("title")
    response = save_and_publish(client, first, title="Renamed")
    first.title = "Renamed again by somebody else"
    first.save()

    response = press(client, response)

    assert shown(response) == [("Changed", "Renamed again by somebody else")]
    assert titles(event) == {"First", "Second"}


def test_moved_times_are_told_on_the_clock_of_the_event(client, event, organizer):
    session = event.sessions.get()

    response = save_and_publish(client, session, start_1="09:30")

    [line] = response.context["rows"][0].lines
    assert (line.name, line.before, line.after) == (
        "when and where",
        "Fri 26 March 2027, 10:00–11:00",
        "Fri 26 March 2027, 09:30–11:00",
    )


def test_action_leads_to_the_difference_of_one_event(client, event, organizer):
    chosen = {"action": "publish_chosen", "_selected_action": [event.pk]}

    response = client.post("/admin/talks/event/", chosen)

    assert response["Location"] == page_of(event)


def test_action_on_two_events_publishes_neither(client, event):
    other = make_event()
    client.force_login(make_user(is_superuser=True))
    chosen = {"action": "publish_chosen", "_selected_action": [event.pk, other.pk]}

    response = client.post("/admin/talks/event/", chosen, follow=True)

    assert "Choose one event to publish." in response.content.decode()
    assert Release.objects.count() == 1


@pytest.mark.parametrize(
    ("role", "status"), [("owner", 200), ("editor", 200), ("scheduler", 403), ("viewer", 403)]
)
def test_owners_and_editors_publish(client, event, role, status):
    client.force_login(make_organizer(event, role))

    response = client.get(page_of(event))

    assert response.status_code == status


def test_organizer_of_another_event_finds_nothing_to_publish(client, event):
    client.force_login(make_organizer(make_event()))

    answers = [client.get(page_of(event)), client.post(page_of(event), {})]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_scheduler_who_asks_to_publish_saves_alone(client, event):
    client.force_login(make_organizer(event, "scheduler"))
    session = event.sessions.get()

    response = save_and_publish(client, session, title="Renamed")

    session.refresh_from_db()
    assert session.title == "Renamed"
    assert response.redirect_chain[-1][0] == "/admin/talks/session/"


def test_title_with_markup_is_shown_as_text(client, event, organizer):
    response = save_and_publish(client, event.talks.first(), title="<script>alert(1)</script>")

    body = response.content.decode()
    assert "<script>alert" not in body
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in body


def test_hiding_an_event_takes_its_papers_along(client, event, organizer):
    talk = event.talks.first()
    talk.paper = make_paper(is_public=False)
    talk.save()
    publish(event)
    address = f"/admin/talks/event/{event.pk}/change/"

    client.post(address, filled(client.get(address), is_hidden="on"))
    hidden = Presentation.objects.count()
    form = filled(client.get(address))
    del form["is_hidden"]
    client.post(address, form)

    assert hidden == 0
    assert Presentation.objects.count() == 1


def test_renamed_event_presents_its_papers_at_its_new_address(client, event, organizer):
    talk = event.talks.first()
    talk.paper = make_paper()
    talk.save()
    publish(event)
    address = f"/admin/talks/event/{event.pk}/change/"

    client.post(address, filled(client.get(address), slug="woe-2027"))

    presentation = Presentation.objects.get()
    assert presentation.event_slug == "woe-2027"
    assert presentation.url.startswith("/events/woe-2027/talks/")


def test_differences_are_grouped_by_kind_and_named(client, event, organizer):
    session = event.sessions.get()
    make_talk(event, title="Third", session=session, people=["Cleo"])
    event.talks.filter(title="First").update(status="cancelled")

    body = client.get(page_of(event)).content.decode()

    headings = ["Cancelled", "New"]
    assert re.findall(r'<h3 id="changes-\w+">(\w+) ', body) == headings
    assert "talk: <strong>First</strong>" in body
    assert "person: <strong>Cleo</strong>" in body


def test_clashes_are_named_and_forbid_nothing(client, event, organizer):
    hall = make_room(event, name="Hall")
    event.sessions.update(room=hall)
    make_session(event, title="Evening", room=hall)
    response = client.get(page_of(event))

    press(client, response)

    sentence = (
        "The room Hall has two sessions at once: “Evening” (Fri 26 March 2027, 10:00–11:00)"
        " and “Morning” (Fri 26 March 2027, 10:00–11:00)."
    )
    assert response.context["told"].must in ((sentence,), (swapped(sentence),))
    assert "1 clash remains" in response.content.decode()
    assert Release.objects.count() == 2


def swapped(sentence):
    """The same clash with its two sessions the other way round: they start together."""
    there = sentence.replace("Evening", "*").replace("Morning", "Evening")
    return there.replace("*", "Morning")


def test_clashes_of_what_is_not_published_are_not_told(client, event, organizer):
    make_rule(event, "one_place", level="ignore")
    make_talk(event, session=make_session(event, title="Evening"), people=["Ada"])

    only = save_and_publish(client, event.talks.get(title="Second"), title="Renamed")
    everything = client.get(page_of(event))

    assert only.context["told"].must == ()
    assert len(everything.context["told"].must) == 1


@pytest.fixture
def doubled(event):
    """Two sessions in one hall at once, which blocks publishing."""
    hall = make_room(event, name="Hall")
    event.sessions.update(room=hall)
    make_session(event, title="Evening", room=hall)
    make_rule(event, "room_twice", level="block")


def test_what_blocks_is_told_and_there_is_no_button(client, event, organizer, doubled):
    response = client.get(page_of(event))

    body = response.content.decode()
    [sentence] = response.context["told"].blocks
    assert sentence.startswith("The room Hall has two sessions at once:")
    assert "1 clash blocks publishing" in body
    assert f'href="/admin/talks/event/{event.pk}/clashes/"' in body
    assert "Publish everything shown" not in body


def test_what_blocks_is_refused_and_told(client, event, organizer, doubled):
    response = press(client, client.get(page_of(event)))

    assert "Nothing is published: broken rules block it" in response.content.decode()
    assert len(response.context["told"].blocks) == 1
    assert Release.objects.count() == 1


def test_what_blocks_is_published_once_it_is_acknowledged(client, event, organizer, doubled):
    [clash] = clashes_of(event, "room_twice")
    acknowledge(event, clash, "A wall divides the hall")
    response = client.get(page_of(event))

    press(client, response)

    told = response.context["told"]
    assert (told.blocks, told.must, told.standing) == ((), (), 1)
    assert Release.objects.count() == 2


def test_wishes_are_counted_and_not_listed(client, event, organizer):
    event.sessions.update(room=make_room(event, name="Closet", capacity=2))
    event.talks.update(demand=30)

    response = client.get(page_of(event))

    told = response.context["told"]
    assert (told.blocks, told.must, told.wish) == ((), (), 2)
    assert "2 wishes are not met." in response.content.decode()
    assert "places too few" not in response.content.decode()


def test_going_back_to_what_blocks_is_refused(client, event, organizer, doubled):
    event.rules.filter(rule="room_twice").update(level="warn")
    publish(event)
    event.sessions.filter(title="Evening").update(room=None)
    publish(event)
    event.rules.filter(rule="room_twice").update(level="block")
    address = f"/admin/talks/release/{event.releases.get(number=2).pk}/again/"
    shown = client.get(address)

    response = client.post(address, {"expected": shown.context["form"].initial["expected"]})

    assert "Publish this release again" not in shown.content.decode()
    assert "Nothing is published: broken rules block it" in response.content.decode()
    assert Release.objects.count() == 3


def clashes_of(event, rule):
    _standing, found = findings_of(event, timezone.now())
    return [clash for clash in found if clash.rule == rule]


def test_new_zone_is_told_in_words(client, event, organizer):
    address = f"/admin/talks/event/{event.pk}/change/"
    client.post(address, filled(client.get(address), zone="America/New_York"))

    response = client.get(page_of(event))

    assert "every session keeps its hour on the clock." in response.content.decode()
    assert shown(response) == [("Changed", "Workshop on Events")]
