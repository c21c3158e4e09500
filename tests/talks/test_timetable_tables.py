"""What a timetable stands on, in the admin: closed rooms, walks, relations, where people sit."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db.models import RestrictedError

from eventsite import writing
from eventsite.history import Words
from eventsite.models import Change
from talks import resources_timetable
from talks.drafting import draft
from talks.models import Room, RoomTime, RuleSetting, Talk, TalkRelation, Walk
from talks.publishing import publish
from tests.admin_forms import errors, filled, upload
from tests.factories import (
    make_event,
    make_organizer,
    make_person,
    make_proposal,
    make_relation,
    make_room,
    make_room_time,
    make_rule,
    make_session,
    make_talk,
    make_walk,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(client):
    """An event in Berlin, one of whose schedulers is logged in."""
    event = make_event(zone="Europe/Berlin")
    client.force_login(make_organizer(event, role="scheduler"))
    return event


@pytest.fixture
def edited(client):
    """An event in Berlin, one of whose editors is logged in."""
    event = make_event(zone="Europe/Berlin")
    client.force_login(make_organizer(event, role="editor"))
    return event


def add(client, row, prefix, **typed):
    """Add a row to a list on the form of another."""
    address = f"/admin/talks/{row._meta.model_name}/{row.pk}/change/"
    fields = {f"{prefix}-0-{name}": str(value) for name, value in typed.items()}
    form = filled(client.get(address))
    return client.post(address, {**form, f"{prefix}-TOTAL_FORMS": "1", **fields})


DAY = "2027-03-26"
CLOSED = {"start_0": DAY, "start_1": "09:00", "end_0": DAY, "end_1": "12:00", "level": "closed"}


def test_room_is_closed_on_the_clock_of_the_event_by_a_change_of_the_room(client, event):
    room = make_room(event)

    add(client, room, "times", **CLOSED)

    time = RoomTime.objects.get()
    assert (time.start, time.end, time.level) == (
        datetime(2027, 3, 26, 8, tzinfo=UTC),
        datetime(2027, 3, 26, 11, tzinfo=UTC),
        "closed",
    )
    [change] = Change.objects.all()
    room.refresh_from_db()
    assert (room.version, change.code, [*change.fields]) == (2, room.code, ["times"])
    assert (time.event, str(time)) == (event, "closed")


def test_walk_is_a_change_of_the_room_where_it_is_typed(client, event):
    hall, attic = make_room(event, name="Hall"), make_room(event, name="Attic")

    add(client, attic, "walks", b=hall.pk, minutes=7)

    walk = Walk.objects.get()
    [change] = Change.objects.all()
    assert (walk.a, walk.b, walk.minutes) == (attic, hall, 7)
    assert (change.code, [*change.fields]) == (attic.code, ["walks"])
    assert (walk.event, str(walk)) == (event, "Attic – Hall")


@pytest.mark.parametrize("is_way_back", [False, True])
def test_walk_between_two_rooms_stands_once(client, event, is_way_back):
    hall, attic = make_room(event), make_room(event)
    make_walk(*((attic, hall) if is_way_back else (hall, attic)))
    address = f"/admin/talks/room/{hall.pk}/change/"
    count = 1 if is_way_back else 2
    row = {f"walks-{count - 1}-b": str(attic.pk), f"walks-{count - 1}-minutes": "9"}

    form = {**filled(client.get(address)), "walks-TOTAL_FORMS": str(count), **row}
    response = client.post(address, form)

    assert next(iter(errors(response).values())) == [
        "The walk between these two rooms stands already."
    ]
    assert Walk.objects.get().minutes == 5


def test_walk_to_a_room_of_another_event_is_refused(client, event):
    room, foreign = make_room(event), make_room(make_event())

    response = add(client, room, "walks", b=foreign.pk, minutes=7)

    assert [*errors(response)] == ["walks-0-b"]
    assert not Walk.objects.exists()


def test_sheet_of_walks_looks_for_rooms_at_one_event_and_refuses_the_way_back(client, event):
    hall, attic = make_room(event, name="Hall"), make_room(event, name="Attic")
    make_room(make_event(), name="Attic")
    cells = {"a": hall.code, "version": 1, "b": "Attic", "minutes": 4}

    response = upload(client, "room", [cells], resource="2")
    client.post("/admin/talks/room/process_import/", response.context["confirm_form"].initial)
    back = upload(
        client, "room", [{**cells, "a": attic.code, "b": hall.code}], resource="2"
    ).context["result"]

    assert [(walk.a, walk.b, walk.minutes) for walk in Walk.objects.all()] == [(hall, attic, 4)]
    assert [row.error_dict for row in back.invalid_rows] == [
        {"b": ["The way back stands already."]}
    ]


def test_relation_is_a_change_of_the_first_talk(client, edited):
    first, second = make_talk(edited, title="I"), make_talk(edited, title="II")

    add(client, first, "relations", kind="part", second=second.pk)

    relation = TalkRelation.objects.get()
    [change] = Change.objects.all()
    assert (relation.first, relation.second, relation.kind) == (first, second, "part")
    assert (change.code, [*change.fields]) == (first.code, ["relations"])
    assert (relation.event, str(relation)) == (edited, "continues in")


def test_relation_to_a_talk_of_another_event_and_to_itself_is_refused(client, edited):
    talk, foreign = make_talk(edited), make_talk(make_event())

    to_foreign = add(client, talk, "relations", kind="before", second=foreign.pk)
    to_itself = add(client, talk, "relations", kind="before", second=talk.pk)

    assert [*errors(to_foreign)] == ["relations-0-second"]
    assert errors(to_itself) == {"relations-0-__all__": ["This is the talk itself."]}
    assert not TalkRelation.objects.exists()


def test_what_another_row_tells_of_is_not_deleted_without_it():
    event = make_event()
    first, second, hall, attic = (
        make_talk(event),
        make_talk(event),
        make_room(event),
        make_room(event),
    )
    make_relation(first, second)
    make_walk(hall, attic)

    for row in (second, attic):
        with pytest.raises(RestrictedError):
            writing.delete(row, 1)
    for row in (first, hall):
        writing.delete(row, 1)

    assert (Talk.objects.get(), Room.objects.get()) == (second, attic)


def test_unpublished_event_is_deleted_with_all_of_its_timetabling():
    event = make_event()
    talk, room = make_talk(event), make_room(event)
    make_relation(talk, make_talk(event))
    make_walk(room, make_room(event))
    make_room_time(room)
    make_rule(event, "room_is_free")
    make_proposal(event, moves=[talk.code])
    talk.votes.create(event=event, voter="x")
    event.acknowledged.create(rule="room_is_free", fingerprint="0" * 64)

    event.delete()

    assert not Walk.objects.exists()


def test_zone_of_a_person_is_a_zone_and_never_in_a_programme(client, edited):
    person = make_person(edited, "Ada")
    make_talk(edited, session=make_session(edited), people=["Ada"])
    publish(edited)
    before = draft(edited)
    address = f"/admin/talks/person/{person.pk}/change/"

    wrong = client.post(address, filled(client.get(address), zone="Mars/Olympus"))
    client.post(address, filled(client.get(address), zone="Asia/Kolkata"))

    person.refresh_from_db()
    assert [*errors(wrong)] == ["zone"]
    assert person.zone == "Asia/Kolkata"
    assert draft(edited) == before


def test_rule_is_set_by_writing_and_its_history_has_the_options():
    rule = make_rule(make_event(), "person_has_pause", options={"minutes": 10})

    writing.change(rule, 1, {"level": "block", "options": {"minutes": 15}})

    [change] = writing.history(rule)
    assert change.fields == {
        "level": ["warn", "block"],
        "options": [{"minutes": 10}, {"minutes": 15}],
    }


def test_history_tells_of_options_rooms_and_talks_in_words(client, edited):
    rule = make_rule(edited, "person_has_pause")
    writing.change(rule, 1, {"options": {"minutes": 15, "roles": ["speaker", "panelist"]}})
    hall, attic = make_room(edited), make_room(edited, name="Attic")
    first, second = make_talk(edited), make_talk(edited, title="Engines")
    add(client, hall, "walks", b=attic.pk, minutes=7)
    add(client, first, "relations", kind="repeats", second=second.pk)
    pages = [f"/admin/talks/room/{hall.pk}/history/", f"/admin/talks/talk/{first.pk}/history/"]

    said = Words(RuleSetting, ZoneInfo("UTC")).lines(writing.history(rule).get())
    room, talk = (client.get(page).content.decode() for page in pages)

    assert [(line.before, line.after) for line in said] == [
        ("–", "minutes 15; roles speaker, panelist")
    ]
    assert "to Attic, minutes 7" in room
    assert "other talk Engines" in talk


def test_sheets_of_the_timetable_have_these_columns():
    sheets = ("RoomTimeResource", "WalkResource", "TalkRelationResource")

    assert [getattr(resources_timetable, name)().get_export_headers() for name in sheets] == [
        ["room", "version", "start", "end", "level"],
        ["a", "version", "b", "minutes"],
        ["first", "version", "kind", "second"],
    ]
