"""Sheets of an event's tables: keys, versions, a Change each, all or nothing, own events only."""

import json
from datetime import UTC, datetime

import pytest
import tablib

from eventsite import cells, writing
from eventsite.models import Change
from talks import resources, resources_timetable
from talks.models import (
    Event,
    EventSlug,
    ImportantDate,
    Page,
    Placement,
    Room,
    Session,
    Talk,
    TalkLink,
)
from talks.publishing import publish
from tests.admin_forms import upload
from tests.factories import (
    make_event,
    make_organizer,
    make_paper,
    make_person,
    make_relation,
    make_room,
    make_room_time,
    make_session,
    make_talk,
    make_track,
    make_user,
    make_walk,
)

pytestmark = pytest.mark.django_db

ALL = [
    *(resources.EventResource, resources.ImportantDateResource, resources.PageResource),
    *(resources.AwardResource, resources.PersonResource, resources.RoomResource),
    *(resources.TrackResource, resources.SessionResource, resources.TalkResource),
    *(resources.PlacementResource, resources.EventRoleResource, resources.MembershipResource),
    *(resources.SessionRoleResource, resources.TalkRoleResource, resources.TalkLinkResource),
    *(resources.PersonTimeResource, resources_timetable.RoomTimeResource),
    *(resources_timetable.WalkResource, resources_timetable.TalkRelationResource),
]


def sheet(*rows):
    return tablib.Dataset(*[list(row.values()) for row in rows], headers=list(rows[0]))


def imported(resource, *rows, user=None, **options):
    return resource(user=user, **options).import_data(
        sheet(*rows), rollback_on_validation_errors=True
    )


def refusals(result):
    """Return what is wrong, in words: of the file, then of its rows."""
    found = [str(error.error) for error in result.base_errors]
    found += [f"{n}: {each.error}" for n, errors in result.row_errors() for each in errors]
    for row in result.invalid_rows:
        found += [f"{row.number}: {name}: {' '.join(e)}" for name, e in row.error_dict.items()]
    return found


def exported(resource, queryset):
    return json.loads(cells.JSON().export_data(resource().export(queryset)))


def full_event():
    event = make_event(zone="America/Los_Angeles")
    room, track = make_room(event, capacity=200), make_track(event)
    session = make_session(event, room=room, track=track)
    session.roles.create(person=make_person(event, "Chair"))
    talk = make_talk(
        event, session=session, people=["Ada", "Bob"], track=track, paper=make_paper(),
        title="=1+1", start=session.start, board="7",
    )  # fmt: skip
    talk.rooms.set([room])
    TalkLink.objects.create(talk=talk, url="https://example.org/slides", position=1)
    event.awards.create(name="Best").talks.set([talk])
    Page.objects.create(event=event, slug="a", title="A", appears=session.start)
    ImportantDate.objects.create(event=event, label="D", on="2027-01-01", time="16:59", zone="UTC")
    organizer = make_person(event, "Org")
    organizer.event_roles.create(role="organizer")
    organizer.times.create(start=session.start, end=session.end)
    make_organizer(event)
    make_room_time(room)
    make_walk(make_room(event), room)
    make_relation(make_talk(event), talk)
    return event


@pytest.mark.parametrize("format_", [cells.CSV(), cells.XLSX(), cells.JSON()])
@pytest.mark.parametrize("resource", ALL)
def test_export_read_back_changes_nothing(resource, format_):
    full_event()
    model = resource._meta.model
    owner = getattr(resource, "parent", None)
    rows = (
        model._meta.get_field(owner).related_model.objects.all() if owner else model.objects.all()
    )
    written = format_.export_data(resource().export(rows))

    result = resource().import_data(format_.create_dataset(written))

    assert refusals(result) == []
    assert result.totals["skip"] == result.total_rows > 0
    assert Change.objects.count() == 0


def test_new_row_and_changed_row_have_a_change_of_one_batch():
    event, user = make_event(), make_user()
    hall = make_room(event, name="Hall")

    result = imported(
        resources.RoomResource,
        {"code": hall.code, "version": 1, "event": event.slug, "name": "Great Hall"},
        {"code": "", "version": "", "event": event.code, "name": "Attic"},
        user=user,
    )

    assert refusals(result) == []
    changes = {change.code: change for change in Change.objects.all()}
    hall.refresh_from_db()
    attic = Room.objects.get(name="Attic")
    assert (hall.name, hall.version) == ("Great Hall", 2)
    assert changes[hall.code].fields == {"name": ["Hall", "Great Hall"]}
    assert changes[attic.code].fields == {}
    assert len({(change.batch, change.by) for change in changes.values()}) == 1


def test_one_wrong_row_and_nothing_is_imported():
    event = make_event()

    result = imported(
        resources.RoomResource,
        {"event": event.slug, "name": "Hall", "capacity": "20"},
        {"event": event.slug, "name": "Attic", "capacity": "many"},
    )

    assert refusals(result) == ["3: capacity: “many” is no whole number."]
    assert not Room.objects.exists()


def test_older_version_is_refused_with_row_field_found_and_now():
    event = make_event()
    talk = make_talk(event, title="Seen")
    writing.change(talk, 1, {"title": "Theirs"})

    result = imported(resources.TalkResource, {"code": talk.code, "version": "1", "title": "Sheet"})

    assert refusals(result) == [
        "2: __all__: Row 2 was made from version 1; now there is version 2."
        " title: found “Sheet”, now “Theirs”, was “Seen”."
    ]
    assert Talk.objects.get().title == "Theirs"


def test_older_version_that_says_what_is_there_now_is_no_conflict():
    talk = make_talk(make_event(), title="Seen")
    writing.change(talk, 1, {"title": "Theirs"})

    result = imported(
        resources.TalkResource, {"code": talk.code, "version": "1", "title": "Theirs"}
    )

    assert (refusals(result), result.totals["skip"]) == ([], 1)


@pytest.mark.parametrize(
    ("row", "refusal"),
    [
        ({"version": ""}, "version: Hall is there already; give the version you saw."),
        ({"version": "9"}, "version: There is no version 9."),
        ({"version": "0"}, "version: There is no version 0."),
        ({"version": "one"}, "version: “one” is no whole number."),
        ({"code": "R22222222"}, "code: There is no row R22222222 that you may change."),
        ({"code": ""}, "version: The row with this version is gone."),
        ({"event": "other"}, "event: A row stays at its event."),
        ({"name": ""}, "name: This field cannot be blank."),
        ({"name": "Attic"}, "__all__: Room with this Event and Name already exists."),
        ({"capacity": "-1"}, "capacity: Ensure this value is greater than or equal to 0."),
        ({"capacity": "1" * 400}, "capacity: “" + "1" * 400 + "” is no whole number."),
    ],
)
def test_row_that_cannot_be_is_refused(row, refusal):
    event = make_event(slug="here")
    make_event(slug="other")
    hall = make_room(event, name="Hall")
    make_room(event, name="Attic")
    given = {"code": hall.code, "version": "1", "event": "here", "name": "Hall", "capacity": ""}

    result = imported(resources.RoomResource, given | row)

    assert refusals(result) == [f"2: {refusal}"]
    assert [room.name for room in Room.objects.all()] == ["Attic", "Hall"]


def test_same_key_twice_is_refused_with_both_rows():
    room = make_room(make_event())
    row = {"code": room.code, "version": "1", "name": "X"}

    result = imported(resources.RoomResource, row, {"code": "", "version": "", "name": "Y"}, row)

    assert refusals(result) == [f"Rows 2 and 4 have the same key: {room.code}."]
    assert result.total_rows == 0


def test_unknown_column_is_refused_by_name():
    result = imported(resources.RoomResource, {"nmae": "Hall"})

    assert refusals(result) == [
        "Unknown or doubled columns: nmae."
        " There are: code, version, event, name, capacity, features, position."
    ]


def test_rooms_people_and_papers_are_named_by_code_or_name_within_the_event():
    event, other = make_event(), make_event()
    make_room(other, name="Hall")
    hall, track = make_room(event, name="Hall"), make_track(event, name="Looms")
    paper = make_paper("On Engines")

    result = imported(
        resources.TalkResource,
        {"event": event.slug, "title": "A", "track": track.code, "rooms": "Hall", "paper": ""},
        {"event": event.slug, "title": "B", "track": "Looms", "rooms": "", "paper": "On Engines"},
    )

    assert refusals(result) == []
    first, second = Talk.objects.order_by("title")
    assert (first.track, list(first.rooms.all()), first.paper) == (track, [hall], None)
    assert (second.track, list(second.rooms.all()), second.paper) == (track, [], paper)


@pytest.mark.parametrize("name", ["Attic", "of the other event"])
def test_name_of_no_row_or_of_two_is_refused(name):
    event, other = make_event(), make_event()
    foreign = make_room(other, name="Attic")
    make_person(event, "Ada"), make_person(event, "Ada")
    talk = make_talk(event)
    given = name if name == "Attic" else foreign.code

    session = imported(
        resources.SessionResource, {"event": event.slug, "title": "S", "room": given}
    )
    role = imported(
        resources.TalkRoleResource,
        {"talk": talk.code, "version": "1", "person": "Ada", "role": "speaker"},
    )

    assert refusals(session) == [f"2: room: There is no room “{given}” here."]
    assert refusals(role) == ["2: person: More than one is called “Ada”; write the code."]


@pytest.mark.parametrize(
    ("typed", "hour"),
    [("2017-11-05 00:30", 7), ("2017-11-05 01:30-07:00", 8), ("2017-11-05T09:30Z", 9)],
)
def test_times_are_on_the_wall_clock_of_the_event(typed, hour):
    event = make_event(zone="America/Los_Angeles")
    row = {"event": event.slug, "title": "S", "start": typed, "end": "2017-11-05 12:00"}

    result = imported(resources.SessionResource, row)

    assert refusals(result) == []
    assert Session.objects.get().start == datetime(2017, 11, 5, hour, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ("2017-11-05 01:30", "happens twice in America/Los_Angeles"),
        ("2017-03-12 02:30", "does not exist in America/Los_Angeles"),
        ("0001-01-01 00:00", "The year 1 is not between"),
        ("9999-12-31 23:59", "The year 9999 is not between"),
        ("10000-01-01 00:00", "is no day and time"),
        ("2027-02-29 00:00", "is no day and time"),
        ("tomorrow", "is no day and time"),
        ("2027-03-26 99:00", "is no time"),
        ("2027-03-26 09:00+99:00", "is no time"),
    ],
)
def test_time_that_cannot_be_meant_is_refused_as_in_the_form(typed, refusal):
    event = make_event(zone="America/Los_Angeles")
    row = {"event": event.slug, "title": "S", "start": typed, "end": "2199-01-01 12:00"}

    result = imported(resources.SessionResource, row)

    assert [refusal in each for each in refusals(result)] == [True]


def test_important_date_at_an_hour_that_happens_twice_is_refused_as_in_the_form():
    event = make_event(zone="America/Los_Angeles")
    row = {"event": event.slug, "label": "Deadline", "on": "2017-11-05", "time": "01:30"}

    result = imported(resources.ImportantDateResource, row | {"zone": "America/Los_Angeles"})

    (refusal,) = result.invalid_rows
    assert list(refusal.error_dict) == ["time"]
    assert ImportantDate.objects.count() == 0


def test_children_of_one_row_are_one_change_of_it():
    event, user = make_event(), make_user()
    talk = make_talk(event, people=["Ada"])
    bob = make_person(event, "Bob")

    result = imported(
        resources.TalkRoleResource,
        {"talk": talk.code, "version": 1, "person": "Ada", "role": "speaker", "name": "A. L."},
        {"talk": talk.code, "version": 1, "person": bob.code, "role": "speaker", "name": ""},
        user=user,
    )

    assert refusals(result) == []
    talk.refresh_from_db()
    assert (talk.version, talk.roles.count()) == (2, 2)
    change = Change.objects.get()
    assert (change.table, list(change.fields), change.by) == ("talks.talk", ["roles"], user)


def test_children_of_an_older_version_are_refused():
    talk = make_talk(make_event(), people=["Ada"], title="Seen")
    writing.change(talk, 1, {"title": "Theirs"})

    result = imported(
        resources.TalkRoleResource,
        {"talk": talk.code, "version": 1, "person": "Ada", "role": "speaker", "name": "A. L."},
    )

    assert refusals(result)[0].startswith("2: __all__: Row 2 was made from version 1;")
    assert talk.roles.get().name == ""


def test_sheet_of_children_without_a_key_column_is_refused():
    result = imported(resources.TalkRoleResource, {"talk": "T", "person": "Ada"})

    assert refusals(result) == ["These columns are missing: role, version."]


def test_placement_is_added_by_the_codes_of_talk_and_session():
    event = make_event()
    talk, session = make_talk(event), make_session(event)

    result = imported(
        resources.PlacementResource, {"talk": talk.code, "session": session.code, "position": 1}
    )

    assert refusals(result) == []
    assert Placement.objects.get().talk == talk


def test_placements_change_places_in_one_sheet():
    session = make_session(make_event())
    for title in ("First", "Second", "Third"):
        make_talk(session.event, session=session, title=title)
    rows = exported(resources.PlacementResource, Placement.objects.all())
    rows[0]["position"], rows[1]["position"] = 2, 1

    result = imported(resources.PlacementResource, *rows)

    assert refusals(result) == []
    assert [each.talk.title for each in session.placements.all()] == ["Second", "First", "Third"]
    assert {each.version for each in session.placements.all()} == {2, 1}
    assert sorted(change.fields["position"] for change in Change.objects.all()) == [[1, 2], [2, 1]]


@pytest.mark.parametrize("position", [2, 3])
def test_place_that_another_row_keeps_is_refused(position):
    session = make_session(make_event())
    for _ in range(3):
        make_talk(session.event, session=session)
    rows = exported(resources.PlacementResource, Placement.objects.all())
    rows[0]["position"] = position

    result = imported(resources.PlacementResource, *rows[:2])

    assert len(refusals(result)) == 1
    assert [each.position for each in session.placements.all()] == [1, 2, 3]


def test_slug_changed_by_a_sheet_answers_as_before():
    event = make_event(slug="old")

    imported(resources.EventResource, {"code": event.code, "version": 1, "slug": "new"})
    taken = imported(
        resources.EventResource,
        {"slug": "old", "name": "N", "zone": "UTC", "starts_on": "2027-01-01"}
        | {"ends_on": "2027-01-01", "uid_domain": ""},
    )

    assert EventSlug.objects.get(slug="old").event == event
    assert refusals(taken) == ["2: slug: “old” is, or once was, another event."]


def test_row_of_nothing_is_skipped():
    result = imported(resources.RoomResource, {"name": " ", "event": ""})

    assert (refusals(result), result.totals["skip"]) == ([], 1)


# In the admin, as an organizer


@pytest.mark.parametrize("case", ["row", "new", "room", "parent"])
def test_organizers_import_reaches_no_other_event(client, settings, tmp_path, case):
    settings.DATA_DIR = tmp_path
    own, other = make_event(), make_event()
    foreign = make_room(other, name="Attic")
    theirs = make_talk(other, people=["Ada"])
    client.force_login(make_organizer(own))
    uploads = {
        "row": ("room", {"code": foreign.code, "version": 1, "name": "Mine"}, "0"),
        "new": ("room", {"event": other.slug, "name": "Mine"}, "0"),
        "room": ("session", {"event": own.slug, "title": "S", "room": foreign.code}, "0"),
        "parent": (
            "talk",
            {"talk": theirs.code, "version": 1, "person": "Ada", "role": "author"},
            "1",
        ),
    }
    table, row, resource = uploads[case]

    response = upload(client, table, [row], resource)

    assert "confirm_form" not in response.context
    assert len(refusals(response.context["result"])) == 1


def test_new_row_goes_to_the_one_event_of_an_organizer(client, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    own = make_event()
    make_event()
    client.force_login(make_organizer(own))

    preview = upload(client, "room", [{"name": "Hall"}])
    client.post("/admin/talks/room/process_import/", preview.context["confirm_form"].initial)

    assert own.rooms.get().name == "Hall"


def test_organizer_adds_no_event_by_a_sheet(client, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    client.force_login(make_organizer(make_event()))
    row = {"slug": "new", "name": "New", "zone": "UTC", "starts_on": "2027-01-01"}

    response = upload(client, "event", [row | {"ends_on": "2027-01-01"}])

    assert refusals(response.context["result"]) == [
        "2: __all__: You may not add rows here: every row needs its code."
    ]
    assert Event.objects.count() == 1


@pytest.mark.parametrize("resource", ALL)
@pytest.mark.parametrize("events", [1, 8])
def test_export_needs_few_queries_however_long(django_assert_max_num_queries, resource, events):
    for _ in range(events):
        full_event()
    model = resource._meta.model
    owner = getattr(resource, "parent", None)
    rows = (
        model._meta.get_field(owner).related_model.objects.all() if owner else model.objects.all()
    )

    with django_assert_max_num_queries(4):
        data = resource().export(rows)

    assert len(data) >= events


def test_calendar_domain_of_a_published_event_stays():
    event = make_event(slug="here")
    publish(event)
    given = {"code": event.code, "version": str(event.version), "uid_domain": "other.example"}

    result = imported(resources.EventResource, given)

    assert refusals(result) == [
        "2: uid_domain: Calendars hold entries under “events.example.org”: it stays as it is."
    ]
