"""What an organizer meets on the first day: nothing typed is lost, and every refusal has words."""

import io

import openpyxl
import pytest

from eventsite.cells import XLSX, Unreadable
from talks.models import Event, EventRole, Placement
from talks.publishing import publish
from tests.admin_forms import errors, filled
from tests.factories import make_event, make_organizer, make_person, make_session, make_talk

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(client):
    event = make_event(slug="woe-27")
    client.force_login(make_organizer(event))
    return event


def address(row):
    return f"/admin/talks/{row._meta.model_name}/{row.pk}/change/"


def one_more(formset, **typed):
    """Return the POST of one more row in an inline that had none."""
    return {f"{formset}-TOTAL_FORMS": "1", **{f"{formset}-0-{k}": v for k, v in typed.items()}}


def test_mistyped_zone_is_told_and_nothing_is_lost(client, event):
    event.dates.create(label="Deadline", on="2027-01-05")

    page = client.get(address(event))
    response = client.post(address(event), filled(page, zone="Berlin", name="New name"))

    assert errors(response) == {
        "zone": ["“Berlin” is no time zone; write a name like Europe/Berlin."]
    }
    assert 'value="New name"' in response.content.decode()


def test_new_row_is_saved_when_what_it_offers_is_right(client, event):
    person = make_person(event, "Ada")
    form = filled(client.get(address(person)))

    client.post(address(person), form | one_more("event_roles", role="organizer"))

    assert [role.role for role in EventRole.objects.all()] == ["organizer"]


def test_talk_moves_to_the_end_of_another_session(client, event):
    morning, evening = make_session(event, title="Morning"), make_session(event, title="Evening")
    talk = make_talk(event, session=morning)
    make_talk(event, session=evening)
    placement = Placement.objects.get(talk=talk)

    response = client.post(
        address(placement), filled(client.get(address(placement)), session=str(evening.pk))
    )

    placement.refresh_from_db()
    assert response.status_code == 302
    assert (placement.session, placement.position) == (evening, 2)


def test_person_of_another_event_is_refused_in_words(client, event):
    talk = make_talk(event)
    stranger = make_person(make_event(), "Stranger")
    form = filled(client.get(address(talk)))

    response = client.post(
        address(talk), form | one_more("roles", person=str(stranger.pk), role="speaker")
    )

    assert list(errors(response)) == ["roles-0-person"]
    assert talk.roles.count() == 0


def test_session_of_another_event_is_refused_in_words_on_a_new_talk(client):
    here, there = make_event(name="Here"), make_event(name="There")
    user = make_organizer(here)
    there.memberships.create(user=user, role="owner")
    client.force_login(user)
    session = make_session(there)
    new = "/admin/talks/talk/add/"
    form = filled(client.get(new), event=str(here.pk), title="New", minutes="20")

    response = client.post(new, form | one_more("placements", session=str(session.pk)))

    assert errors(response)["placements-0-session"] == ["This is of another event."]


def test_formula_in_a_sheet_is_refused_by_row_and_column():
    book = openpyxl.Workbook()
    book.active.append(["title", "minutes"])
    book.active.append(["A talk", "=10+10"])
    file = io.BytesIO()
    book.save(file)

    with pytest.raises(Unreadable) as refused:
        XLSX().create_dataset(file.getvalue())

    assert str(refused.value) == "Row 2, column B: “=10+10” is a formula; write its value."


def test_form_leads_to_the_public_page_once_there_is_one(client, event):
    talk = make_talk(event, title="Opening", session=make_session(event))
    before = client.get(address(talk)).content.decode()
    publish(event)

    after = client.get(address(talk)).content.decode()

    assert "View on site" not in before
    assert f'href="/events/woe-27/talks/{talk.code}/"' in after


def test_unplaced_talk_that_is_to_be_published_is_told_to_be_in_no_session(client, event):
    make_session(event)
    publish(event)
    talk = make_talk(event, title="Loose")

    form = filled(client.get(address(talk)), title="Still loose")
    response = client.post(address(talk), {**form, "_publish": "1"}, follow=True)

    assert "is not in the programme yet" in response.content.decode()


def test_session_that_gets_a_talk_is_not_told_to_have_moved(client, event):
    session = make_session(event, title="Morning")
    publish(event)
    make_talk(event, title="Added", session=session)

    response = client.get(f"/admin/talks/event/{event.pk}/publish/")

    kinds = [(row.title, row.kind) for row in response.context["rows"]]
    assert kinds == [("Added", "new")]


def test_text_with_lines_is_not_changed_by_saving_the_form_untouched(client, event):
    Event.objects.filter(pk=event.pk).update(about="One.\n\nTwo.")
    page = client.get(address(event))

    sent = {**filled(page), "about": "One.\r\n\r\nTwo."}  # as browsers send what they were given
    client.post(address(event), sent)

    event.refresh_from_db()
    assert (event.about, event.version) == ("One.\n\nTwo.", 1)


def test_calendar_domain_stays_once_calendars_hold_entries(client, event):
    before = client.get(address(event)).content.decode()
    publish(event)

    after = client.get(address(event)).content.decode()

    assert ('name="uid_domain"' in before, 'name="uid_domain"' in after) == (True, False)


@pytest.mark.parametrize("written", ["AoE", "anywhere on Earth", "Etc/GMT+12"])
def test_anywhere_on_earth_is_written_as_people_write_it(client, event, written):
    page = client.get("/admin/talks/importantdate/add/")
    typed = {"event": event.pk, "label": "Due", "on": "2027-01-05", "time": "23:59"}

    client.post("/admin/talks/importantdate/add/", filled(page, **typed, zone=written))

    assert list(event.dates.values_list("label", "zone")) == [("Due", "Etc/GMT+12")]
