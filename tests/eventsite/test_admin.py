"""Every form of the admin saves through `writing`, in the event's zone, and never loses an edit."""

from datetime import UTC, datetime

import pytest
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from eventsite import writing
from eventsite.models import Change, Import
from talks.admin.programme import TalkAdmin
from talks.models import Event, ImportantDate, Person, Placement, Room, Session, Talk, TalkRole
from tests.admin_forms import errors, filled
from tests.factories import (
    make_event,
    make_person,
    make_room,
    make_session,
    make_talk,
    make_track,
    make_user,
)

pytestmark = pytest.mark.django_db

LOS_ANGELES = "America/Los_Angeles"


@pytest.fixture
def root(client):
    """A superuser, logged in."""
    user = make_user("root", is_superuser=True)
    client.force_login(user)
    return user


def change_page(row):
    return f"/admin/{row._meta.app_label}/{row._meta.model_name}/{row.pk}/change/"


# Saving


def test_new_row_gets_one_change_however_many_children(client, root):
    event = make_event()
    ada, bob = make_person(event), make_person(event)
    page = client.get("/admin/talks/talk/add/")

    client.post(
        "/admin/talks/talk/add/",
        filled(page, event=event.pk, title="On Engines")
        | {"roles-TOTAL_FORMS": 2, "roles-0-person": ada.pk, "roles-0-role": "speaker"}
        | {"roles-1-person": bob.pk, "roles-1-role": "speaker"},
    )

    talk = Talk.objects.get()
    assert [role.position for role in talk.roles.all()] == [1, 2]
    change = Change.objects.get()
    assert (change.table, change.code, change.fields) == ("talks.talk", talk.code, {})
    assert change.by == root


def test_children_and_relations_are_in_the_change_of_their_row(client, root):
    event = make_event()
    talk = make_talk(event, people=["Ada"], title="Engines")
    room = make_room(event)
    page = client.get(change_page(talk))

    typed = {"title": "Looms", "rooms": [room.pk], "roles-0-name": "A. Lovelace"}
    client.post(change_page(talk), filled(page, **typed))

    change = Change.objects.get()
    assert set(change.fields) == {"title", "rooms", "roles"}
    assert change.fields["title"] == ["Engines", "Looms"]
    assert change.fields["rooms"] == [[], [room.pk]]
    assert change.fields["roles"][1][0]["name"] == "A. Lovelace"
    assert Talk.objects.get().version == 2


def test_save_that_changes_nothing_leaves_no_trace(client, root):
    event = make_event(zone=LOS_ANGELES)
    session = make_session(event, room=make_room(event))
    make_talk(event, session=session, people=["Ada"], start=session.start)

    response = client.post(change_page(session), filled(client.get(change_page(session))))

    assert response.status_code == 302
    assert Session.objects.get().version == 1
    assert Change.objects.count() == 0


def test_row_with_a_version_is_saved_with_its_own_change_from_its_parents_form(client, root):
    session = make_session(make_event())
    talk = make_talk(session.event, session=session)
    page = client.get(change_page(session))

    client.post(change_page(session), filled(page, **{"placements-0-board": "7"}))

    placement = talk.placements.get()
    assert (placement.board, placement.version) == ("7", 2)
    assert Session.objects.get().version == 1
    change = Change.objects.get()
    assert (change.table, change.fields) == ("talks.placement", {"board": ["", "7"]})


def test_rows_change_places_in_one_save(client, root):
    session = make_session(make_event())
    first, second = (make_talk(session.event, session=session) for _ in range(2))
    page = client.get(change_page(session))

    typed = {"placements-0-position": "2", "placements-1-position": "1"}
    response = client.post(change_page(session), filled(page, **typed))

    assert response.status_code == 302
    assert [each.talk for each in session.placements.all()] == [second, first]


def test_row_without_a_position_goes_to_the_end(client, root):
    session = make_session(make_event())
    make_talk(session.event, session=session)
    late = make_talk(session.event)
    page = client.get(change_page(session))

    typed = {"placements-TOTAL_FORMS": 2, "placements-1-talk": late.pk, "placements-1-pin": "none"}
    client.post(change_page(session), filled(page, **typed))

    assert late.placements.get().position == 2


def test_two_rows_in_one_place_are_an_error_of_the_form(client, root):
    session = make_session(make_event())
    for _ in range(2):
        make_talk(session.event, session=session)
    page = client.get(change_page(session))

    response = client.post(change_page(session), filled(page, **{"placements-1-position": "1"}))

    assert errors(response) == {"placements-1-position": ["Another row has the position 1."]}


@pytest.mark.parametrize("boards", [("7", "7"), ("7", "9")])
def test_board_is_given_once_in_a_session(client, root, boards):
    session = make_session(make_event())
    for _ in range(2):
        make_talk(session.event, session=session)
    page = client.get(change_page(session))

    typed = {"placements-0-board": boards[0], "placements-1-board": boards[1]}
    response = client.post(change_page(session), filled(page, **typed))

    assert response.status_code == (200 if boards == ("7", "7") else 302)


def test_unique_rules_with_the_event_are_errors_of_the_form(client, root):
    event = make_event()
    make_room(event, name="Hall")
    other = make_room(event, name="Attic")

    response = client.post(change_page(other), filled(client.get(change_page(other)), name="Hall"))

    assert response.status_code == 200
    assert Room.objects.get(pk=other.pk).name == "Attic"


def test_deleting_keeps_the_last_values_of_the_row_and_of_what_falls_with_it(client, root):
    session = make_session(make_event(), title="Morning")
    talk = make_talk(session.event, session=session)

    client.post(f"/admin/talks/session/{session.pk}/delete/", {"post": "yes"})

    assert not Session.objects.exists()
    assert Talk.objects.get() == talk
    tables = dict(Change.objects.values_list("table", "fields"))
    assert tables["talks.session"]["title"] == ["Morning", None]
    assert tables["talks.placement"]["talk"] == [talk.pk, None]


def test_deleting_selected_rows_writes_their_changes(client, root):
    event = make_event()
    tracks = [make_track(event) for _ in range(3)]

    client.post(
        "/admin/talks/track/",
        {"action": "delete_selected", "_selected_action": [t.pk for t in tracks], "post": "yes"},
    )

    assert Change.objects.filter(table="talks.track", by=root).count() == 3


def test_row_that_others_need_is_not_deleted(client, root):
    event = make_event()
    session = make_session(event, room=make_room(event))

    response = client.post(f"/admin/talks/room/{session.room.pk}/delete/", {"post": "yes"})

    assert response.status_code == 200
    assert Room.objects.count() == 1


# Conflicts


def test_older_version_is_refused_with_all_three_values(client, root):
    talk = make_talk(make_event(), title="Seen")
    page = client.get(change_page(talk))
    writing.change(Talk.objects.get(), 1, {"title": "Theirs"})

    response = client.post(change_page(talk), filled(page, title="Mine"))

    assert errors(response)["title"] == ["Yours: “Mine”. Now: “Theirs”. As you saw it: “Seen”."]
    assert 'value="Mine"' in response.content.decode()
    assert Talk.objects.get().title == "Theirs"


def test_saving_once_more_overwrites_knowingly(client, root):
    talk = make_talk(make_event(), title="Seen")
    page = client.get(change_page(talk))
    writing.change(Talk.objects.get(), 1, {"title": "Theirs"})
    refused = client.post(change_page(talk), filled(page, title="Mine"))

    response = client.post(change_page(talk), filled(refused))

    assert response.status_code == 302
    assert Talk.objects.get().title == "Mine"
    assert Change.objects.first().fields == {"title": ["Theirs", "Mine"]}


def test_conflict_tells_choices_rows_and_children_in_words(client, root):
    event = make_event()
    talk = make_talk(event, people=["Ada"], track=make_track(event, name="Looms"))
    page = client.get(change_page(talk))
    theirs = Talk.objects.get()
    before = writing.claim(theirs, 1)
    theirs.kind, theirs.track = "poster", make_track(event, name="Engines")
    theirs.save()
    TalkRole.objects.update(role="author")
    writing.record(theirs, before)

    response = client.post(change_page(talk), filled(page, title="Mine"))

    assert errors(response)["kind"] == [
        "Yours: “contributed talk”. Now: “poster”. As you saw it: “contributed talk”."
    ]
    assert errors(response)["track"] == ["Yours: “Looms”. Now: “Engines”. As you saw it: “Looms”."]
    assert errors(response)["__all__"][0] == (
        "Roles. Now: “person Ada, role author, position 1”."
        " As you saw it: “person Ada, role speaker, position 1”."
    )


def test_conflict_on_a_row_of_the_list_is_told_on_that_row(client, root):
    session = make_session(make_event())
    make_talk(session.event, session=session)
    page = client.get(change_page(session))
    writing.change(Placement.objects.get(), 1, {"board": "9"})

    response = client.post(change_page(session), filled(page, **{"placements-0-board": "7"}))

    assert errors(response)["placements-0-board"] == ["Yours: “7”. Now: “9”. As you saw it: “–”."]
    assert Placement.objects.get().board == "9"


def test_row_that_others_changed_and_i_did_not_touch_stays_theirs(client, root):
    session = make_session(make_event())
    make_talk(session.event, session=session)
    page = client.get(change_page(session))
    writing.change(Placement.objects.get(), 1, {"board": "9", "pin": "time"})

    response = client.post(change_page(session), filled(page, title="Evening"))

    assert response.status_code == 302
    placement = Placement.objects.get()
    assert (placement.board, placement.pin, placement.version) == ("9", "time", 2)


@pytest.mark.parametrize("seen", ["", "x", "-1", "0", "99", "9" * 30, "²"])
def test_version_that_nobody_saw_is_refused(client, root, seen):
    talk = make_talk(make_event(), title="Seen")

    response = client.post(
        change_page(talk), filled(client.get(change_page(talk)), title="Mine", seen=seen)
    )

    assert response.status_code == 200
    assert Talk.objects.get().title == "Seen"


class Racing(TalkAdmin):
    """Somebody saves between the check and the save, and is seen from then on."""

    races = 0

    def get_object(self, request, object_id, from_field=None):
        if self.races:
            writing.change(Talk.objects.get(pk=object_id), 1, {"title": "Theirs"})
        return super().get_object(request, object_id, from_field)

    def save_form(self, request, form, change):
        self.races += 1
        writing.change(Talk.objects.get(pk=form.instance.pk), 1, {"title": "Theirs"})
        return super().save_form(request, form, change)


def test_lost_race_ends_like_any_conflict(client, root):
    talk = make_talk(make_event(), title="Seen")
    typed = filled(client.get(change_page(talk)), title="Mine")
    request = RequestFactory().post(change_page(talk), typed)
    request.user, request._dont_enforce_csrf_checks = root, True
    request.resolver_match = client.get(change_page(talk)).resolver_match

    response = Racing(Talk, admin.site).changeform_view(request, str(talk.pk))

    assert "Yours: “Mine”. Now: “Theirs”. As you saw it: “Seen”." in response.content.decode()


# Times


def test_times_are_shown_and_read_on_the_wall_clock_of_the_event(client, root):
    event = make_event(zone=LOS_ANGELES)
    start = datetime(2017, 12, 8, 16, 10, tzinfo=UTC)
    session = make_session(event, start=start)
    page = client.get(change_page(session))
    shown = filled(page)

    client.post(change_page(session), {**shown, "start_1": "08:00"})

    assert (shown["start_0"], shown["start_1"]) == ("2017-12-08", "08:10")
    assert Session.objects.get().start == datetime(2017, 12, 8, 16, 0, tzinfo=UTC)


def test_times_of_a_new_row_are_those_of_the_event_chosen_with_it(client, root):
    event = make_event(zone="Asia/Tokyo")
    page = client.get("/admin/talks/session/add/")

    client.post(
        "/admin/talks/session/add/",
        filled(page, event=event.pk, title="Morning")
        | {"start_0": "2027-03-26", "start_1": "9:00"}
        | {"end_0": "2027-03-26", "end_1": "10:00"},
    )

    assert Session.objects.get().start == datetime(2027, 3, 26, 0, 0, tzinfo=UTC)


def test_times_of_rows_in_a_list_are_those_of_the_event(client, root):
    session = make_session(make_event(zone="Asia/Tokyo"))
    make_talk(session.event, session=session)
    page = client.get(change_page(session))

    typed = {"placements-0-start_0": "2027-03-26", "placements-0-start_1": "10:15"}
    client.post(change_page(session), filled(page, **typed))

    assert Placement.objects.get().start == datetime(2027, 3, 26, 1, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "clock", "refusal"),
    [
        (
            "2017-11-05",
            "01:30",
            "2017-11-05 01:30 happens twice in America/Los_Angeles, as the clocks go back:"
            " write 2017-11-05 01:30-07:00 or 2017-11-05 01:30-08:00.",
        ),
        (
            "2017-03-12",
            "02:30",
            "2017-03-12 02:30 does not exist in America/Los_Angeles, as the clocks go forward:"
            " write 2017-03-12 01:30-08:00 or 2017-03-12 03:30-07:00.",
        ),
        ("0001-01-01", "08:00", "The year 1 is not between 1900 and 2199."),
        ("9999-12-31", "23:59", "The year 9999 is not between 1900 and 2199."),
        ("10000-01-01", "08:00", "Enter a valid date."),
        ("2027-02-29", "08:00", "Enter a valid date."),
        ("2027-03-26", "25:00", "“25:00” is no time; write it like 08:10, or with its offset"),
        ("2027-03-26", "", "Give both a day and a time."),
    ],
)
def test_time_that_cannot_be_meant_is_an_error_of_its_field(client, root, day, clock, refusal):
    session = make_session(make_event(zone=LOS_ANGELES))
    page = client.get(change_page(session))

    response = client.post(
        change_page(session), filled(page, start_0=day, start_1=clock, end_0="2199-12-31")
    )

    assert errors(response)["start"][0].startswith(refusal)


@pytest.mark.parametrize(("offset", "hour"), [("-07:00", 8), ("-08:00", 9)])
def test_time_that_exists_twice_is_typed_and_shown_with_its_offset(client, root, offset, hour):
    session = make_session(make_event(zone=LOS_ANGELES))
    typed = {"start_0": "2017-11-05", "start_1": f"01:30{offset}"}

    client.post(change_page(session), filled(client.get(change_page(session)), **typed))

    assert Session.objects.get().start == datetime(2017, 11, 5, hour, 30, tzinfo=UTC)
    shown = filled(client.get(change_page(session)))
    assert (shown["start_0"], shown["start_1"]) == ("2017-11-05", f"01:30{offset}")


def test_end_before_start_is_an_error_of_the_form(client, root):
    session = make_session(make_event())
    page = client.get(change_page(session))

    response = client.post(change_page(session), filled(page, end_0="2027-03-25"))

    assert errors(response) == {"__all__": ["A session must end after it starts."]}


def test_important_date_at_a_time_its_zone_has_twice_names_what_to_write(client, root):
    event = make_event()
    page = client.get(change_page(event))

    response = client.post(
        change_page(event),
        filled(page)
        | {"dates-TOTAL_FORMS": 1, "dates-0-label": "Deadline", "dates-0-on": "2017-11-05"}
        | {"dates-0-time": "01:30", "dates-0-zone": LOS_ANGELES},
    )

    assert errors(response)["dates-0-time"] == [
        "2017-11-05 01:30 does not exist, or exists twice, in America/Los_Angeles,"
        " as the clocks change: write the zone Etc/GMT+7 or Etc/GMT+8."
    ]
    assert not ImportantDate.objects.exists()


@pytest.mark.parametrize("year", ["0001", "9999"])
def test_event_of_a_year_far_away_is_an_error_of_the_field(client, root, year):
    event = make_event()
    page = client.get(change_page(event))

    response = client.post(
        change_page(event), filled(page, starts_on=f"{year}-01-01", ends_on=f"{year}-12-31")
    )

    assert set(errors(response)) == {"starts_on", "ends_on"}


# History, and the pages themselves


def test_history_tells_who_and_when_and_what_in_words(client, root):
    event = make_event(zone=LOS_ANGELES)
    session = make_session(event, room=make_room(event, name="Hall"))
    page = client.get(change_page(session))
    attic = make_room(event, name="Attic")
    client.post(change_page(session), filled(page, room=attic.pk, kind="panel"))

    html = client.get(f"/admin/talks/session/{session.pk}/history/").content.decode()

    assert "Times are those of America/Los_Angeles." in html
    assert "<td>root</td>" in html
    assert "<b>Room</b>: <del>Hall</del> → <ins>Attic</ins>" in html
    assert "<b>Kind</b>: <del>talks</del> → <ins>panel</ins>" in html


@pytest.mark.parametrize("saves", [1, 20])
def test_history_needs_as_many_queries_however_long(client, root, django_assert_num_queries, saves):
    event = make_event()
    session = make_session(event)
    for number in range(saves):
        row = Session.objects.get()
        writing.change(row, row.version, {"room": make_room(event), "title": f"{number}"}, root)

    with django_assert_num_queries(7):
        client.get(f"/admin/talks/session/{session.pk}/history/")


@pytest.mark.parametrize("table", ["change", "import"])
def test_only_superusers_read_the_changes_and_imports_of_the_whole_site(client, root, table):
    writing.create(Room(event=make_event(), name="Hall"), root)
    row = Import.objects.create(target="list:1", sha256="0" * 64, format="bibtex")
    pk = {"change": Change.objects.get().pk, "import": row.pk}[table]
    pages = [f"/admin/eventsite/{table}/", f"/admin/eventsite/{table}/{pk}/change/"]

    statuses = [client.get(page).status_code for page in pages]
    client.force_login(make_user())
    statuses += [client.get(page).status_code for page in pages]

    assert statuses == [200, 200, 403, 403]


@pytest.mark.parametrize("lookup", ["email__startswith=a", "notes__contains=x", "event__slug=a"])
def test_lookups_that_no_filter_asks_are_refused(client, root, lookup):
    make_person(make_event())

    assert client.get(f"/admin/talks/person/?{lookup}").status_code == 400


def test_no_page_tells_the_address_of_any_row_by_its_number(client, root):
    event = make_event()

    kind = ContentType.objects.get_for_model(Event)

    assert client.get(f"/admin/r/{kind.pk}/{event.pk}/").status_code == 404


# Files


PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40


def picture(name="ada.png", data=PNG):
    return SimpleUploadedFile(name, data)


def test_picture_is_kept_named_and_taken_away_by_the_form(client, root, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    person = make_person(make_event(), "Ada")
    page = client.get(change_page(person))

    client.post(change_page(person), filled(page, picture=picture()))
    shown = client.get(change_page(person))
    kept = Person.objects.get().picture.name
    client.post(change_page(person), filled(shown, **{"picture-clear": "on"}))

    assert kept.endswith("/ada.png")
    assert f"Currently: {kept}" in shown.content.decode()
    assert f'href="{kept}"' not in shown.content.decode()
    assert Person.objects.get().picture.name == ""
    assert [list(change.fields) for change in Change.objects.all()] == [["picture"], ["picture"]]


def test_file_that_is_no_picture_is_an_error_of_its_field(client, root, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    person = make_person(make_event(), "Ada")
    file = picture("ada.svg", b"<svg/>")

    response = client.post(
        change_page(person), filled(client.get(change_page(person)), picture=file)
    )

    assert set(errors(response)) == {"picture"}
    assert list(tmp_path.iterdir()) == []
