"""Who reaches what in the admin: every address, for everybody, and what may be posted there."""

import json
import re

import pytest
from django.contrib import admin

from eventsite import writing
from eventsite.models import Change
from talks.models import (
    Award,
    Event,
    EventSlug,
    ImportantDate,
    Membership,
    Page,
    Person,
    Placement,
    Room,
    Session,
    Talk,
    Track,
)
from talks.publishing import publish
from tests.admin_forms import errors, filled
from tests.factories import (
    make_author,
    make_event,
    make_organizer,
    make_paper,
    make_person,
    make_room,
    make_session,
    make_talk,
    make_track,
    make_user,
)

pytestmark = pytest.mark.django_db

TABLES = {
    *("event", "importantdate", "page", "award", "person", "room", "track", "session", "talk"),
    *("placement", "release"),
}
TIMETABLE = {"room", "session", "placement"}
USERS = ("anonymous", "nobody", "of_b", "viewer", "scheduler", "editor", "owner", "root")
SEE = ("viewer", "scheduler", "editor", "owner", "root")
EDIT = ("editor", "owner", "root")
SCHEDULE = ("scheduler", *EDIT)


def full_event(slug):
    """An event with one row in every table."""
    event = make_event(slug=slug, name=slug)
    session = make_session(event, room=make_room(event), track=make_track(event))
    make_talk(event, session=session, people=[f"Person of {slug}"], track=event.tracks.get())
    ImportantDate.objects.create(event=event, label="Deadline", on="2027-01-01")
    Page.objects.create(event=event, slug="travel", title="Travel")
    Award.objects.create(event=event, name="Best")
    publish(event)
    return event


@pytest.fixture
def world():
    """Events A and B, and a user of every kind."""
    a, b = full_event("event-a"), full_event("event-b")
    users = {role: make_organizer(a, role, name=role) for role in SEE[:-1]}
    users |= {"of_b": make_organizer(b), "nobody": make_user()}
    users |= {"root": make_user(is_superuser=True), "anonymous": None}
    return a, b, users


def row_of(table, event):
    model = admin.site._registry and next(
        each for each in admin.site._registry if each._meta.label_lower == f"talks.{table}"
    )
    path = getattr(admin.site.get_model_admin(model), "event_path", "event")
    return model.objects.get(**{path: event.pk})


def login(client, user):
    client.logout()
    if user:
        client.force_login(user)


def expected(table, action):
    """Return who reaches a page of event A's row, or of the table."""
    if table == "release":
        return () if action == "delete" else SEE
    editors = SCHEDULE if table in TIMETABLE else EDIT
    if table == "event" and action in ("delete", "add"):
        return ("root",)
    return {"change": SEE, "history": SEE, "delete": editors}[action]


def test_every_table_has_a_place_in_the_matrix():
    registered = {
        model._meta.model_name for model in admin.site._registry if model._meta.app_label == "talks"
    }

    assert registered == TABLES


@pytest.mark.parametrize("action", ["change", "history", "delete"])
@pytest.mark.parametrize("table", sorted(TABLES))
def test_page_of_a_row_opens_to_members_of_its_event_alone(client, world, table, action):
    a, _b, users = world
    row = row_of(table, a)

    opened = []
    for name in USERS:
        login(client, users[name])
        response = client.get(f"/admin/talks/{table}/{row.pk}/{action}/")
        assert response.status_code in (200, 302, 403)
        if response.status_code == 200:
            opened.append(name)

    assert tuple(opened) == expected(table, action)


@pytest.mark.parametrize("table", sorted(TABLES))
def test_list_and_export_show_the_members_their_event_alone(client, world, table):
    a, b, users = world
    rows = {"a": row_of(table, a), "b": row_of(table, b)}
    sees = {"of_b": {"b"}, "root": {"a", "b"}, "nobody": set(), "anonymous": set()}

    for name in USERS:
        login(client, users[name])
        found = listed(client, table)
        assert found == {rows[each].pk for each in sees.get(name, {"a"})}
        if table != "release":
            exported = client.post(f"/admin/talks/{table}/export/", {"format": "2"})
            codes = exported_codes(exported)
            assert codes == {rows[each].code for each in sees.get(name, {"a"})}


def listed(client, table):
    html = client.get(f"/admin/talks/{table}/").content.decode()
    return {int(pk) for pk in re.findall(rf"/admin/talks/{table}/(\d+)/change/", html)}


def exported_codes(response):
    if response.status_code != 200 or not response["Content-Type"].startswith("application/json"):
        return set()
    return {row["code"] for row in json.loads(response.content)}


@pytest.mark.parametrize("action", ["add", "import"])
@pytest.mark.parametrize("table", sorted(TABLES - {"release"}))
def test_adding_and_importing_is_for_those_who_edit(client, world, table, action):
    _a, _b, users = world
    editors = SCHEDULE if table in TIMETABLE else EDIT
    allowed = ("root",) if (table, action) == ("event", "add") else ("of_b", *editors)

    opened = []
    for name in USERS:
        login(client, users[name])
        if client.get(f"/admin/talks/{table}/{action}/").status_code == 200:
            opened.append(name)

    assert set(opened) == set(allowed)


FIELDS = [
    *[("session", name) for name in ("event", "room", "track")],
    *[("talk", name) for name in ("event", "track", "rooms")],
    *[("placement", name) for name in ("talk", "session")],
    *[("talkrole", "person"), ("sessionrole", "person"), ("award", "talks"), ("event", "parent")],
]


@pytest.mark.parametrize(("table", "field"), FIELDS)
def test_suggestions_are_of_the_members_events(client, world, table, field):
    a, b, users = world
    model = next(
        each
        for each in [*Event._meta.apps.get_app_config("talks").get_models()]
        if each._meta.model_name == table
    )
    target = model._meta.get_field(field).related_model._meta.model_name
    own, other = (str(row_of(target, event)) for event in (a, b))
    address = f"/admin/autocomplete/?app_label=talks&model_name={table}&field_name={field}"

    for name in USERS:
        login(client, users[name])
        response = client.get(address)
        texts = []
        if response.status_code == 200:
            texts = [each["text"] for each in response.json()["results"]]
        wanted = {"root": {own, other}, "of_b": {other}, "nobody": set(), "anonymous": set()}
        assert set(texts) == wanted.get(name, {own})


def test_suggestions_on_the_form_of_a_row_are_of_its_event(client, world):
    a, b, users = world
    Membership.objects.create(user=users["editor"], event=b)
    client.force_login(users["editor"])
    page = client.get(f"/admin/talks/session/{row_of('session', a).pk}/change/").content.decode()
    address = f"/admin/autocomplete/?event={a.pk}"

    found = client.get(f"{address}&app_label=talks&model_name=session&field_name=room").json()

    assert f'data-ajax--url="{address}"' in page
    assert [each["text"] for each in found["results"]] == [str(a.rooms.get())]


@pytest.mark.parametrize("name", ["viewer", "of_b", "nobody"])
@pytest.mark.parametrize("table", sorted(TABLES - {"release"}))
def test_forged_posts_change_nothing(client, world, table, name):
    a, _b, users = world
    row = row_of(table, a)
    client.force_login(users["root"])
    data = filled(client.get(f"/admin/talks/{table}/{row.pk}/change/"))
    client.force_login(users[name])
    before = dump()

    statuses = {
        client.post(f"/admin/talks/{table}/{row.pk}/change/", data).status_code,
        client.post(f"/admin/talks/{table}/{row.pk}/delete/", {"post": "yes"}).status_code,
        client.post(
            f"/admin/talks/{table}/",
            {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"},
        ).status_code,
    }

    assert statuses <= {200, 302, 403}
    assert dump() == before


def dump():
    tables = (Event, Session, Talk, Placement, Room, Track, Person, Page, Award, ImportantDate)
    return [list(table.objects.order_by("pk").values()) for table in tables]


@pytest.mark.parametrize("table", sorted(TABLES - TIMETABLE - {"release"}))
def test_scheduler_may_not_edit_what_is_no_timetable(client, world, table):
    a, _b, users = world
    row = row_of(table, a)
    client.force_login(users["root"])
    data = filled(client.get(f"/admin/talks/{table}/{row.pk}/change/"))
    client.force_login(users["scheduler"])

    response = client.post(f"/admin/talks/{table}/{row.pk}/change/", data)

    assert response.status_code == 403


@pytest.mark.parametrize("field", ["room", "track"])
def test_row_of_another_event_is_refused_as_a_choice(client, world, field):
    a, b, users = world
    session, foreign = row_of("session", a), row_of(field, b)
    Membership.objects.create(user=users["editor"], event=b)
    address = f"/admin/talks/session/{session.pk}/change/"

    for name in ("editor", "owner", "root"):
        client.force_login(users[name])
        response = client.post(address, filled(client.get(address), **{field: foreign.pk}))
        assert set(errors(response)) == {field}


def test_row_of_another_event_is_refused_in_a_list_and_in_a_new_row(client, world):
    a, b, users = world
    client.force_login(users["root"])
    talk = row_of("talk", a)
    address = f"/admin/talks/talk/{talk.pk}/change/"

    listed = client.post(
        address, filled(client.get(address), **{"roles-0-person": b.people.get().pk})
    )
    new = client.post(
        "/admin/talks/placement/add/",
        filled(
            client.get("/admin/talks/placement/add/"),
            talk=talk.pk,
            session=b.sessions.get().pk,
        ),
    )

    assert set(errors(listed)) == {"roles-0-person"}
    assert errors(new) == {"session": ["This is of another event."]}


def test_row_is_not_added_to_an_event_that_one_only_reads(client, world):
    a, b, users = world
    Membership.objects.create(user=users["viewer"], event=b, role="editor")
    client.force_login(users["viewer"])

    response = client.post(
        "/admin/talks/room/add/",
        filled(client.get("/admin/talks/room/add/"), event=a.pk, name="Mine"),
    )

    assert set(errors(response)) == {"event"}
    assert not Room.objects.filter(name="Mine").exists()


def test_row_of_anothers_list_cannot_be_slipped_into_a_form(client, world):
    a, b, users = world
    client.force_login(users["owner"])
    address = f"/admin/talks/session/{row_of('session', a).pk}/change/"
    foreign = row_of("placement", b)

    client.post(
        address,
        filled(client.get(address), **{"placements-0-id": foreign.pk, "placements-0-board": "9"}),
    )

    foreign.refresh_from_db()
    assert (foreign.board, foreign.version) == ("", 1)


def test_row_never_moves_to_another_event(client, world):
    a, b, users = world
    client.force_login(users["root"])
    room = row_of("room", a)
    address = f"/admin/talks/room/{room.pk}/change/"

    client.post(address, filled(client.get(address), event=b.pk, name="Moved"))

    room.refresh_from_db()
    assert (room.event, room.name) == (a, "Moved")


def test_who_was_removed_is_refused_from_the_next_request(client, world):
    a, _b, users = world
    client.force_login(users["editor"])
    address = f"/admin/talks/room/{row_of('room', a).pk}/change/"
    data = filled(client.get(address), name="Late")
    users["editor"].memberships.all().delete()

    response = client.post(address, data)

    assert response.status_code == 403
    assert not Room.objects.filter(name="Late").exists()


# Events, their members and their addresses


@pytest.mark.parametrize(("name", "added"), [("owner", 1), ("editor", 0), ("root", 1)])
def test_only_owners_say_who_belongs_to_an_event(client, world, name, added):
    a, _b, users = world
    make_user("grace")
    client.force_login(users[name])
    address = f"/admin/talks/event/{a.pk}/change/"
    data = filled(client.get(address))
    new = {f"memberships-{data['memberships-TOTAL_FORMS']}-{k}": v for k, v in MEMBER.items()}

    client.post(
        address,
        data | new | {"memberships-TOTAL_FORMS": int(data["memberships-TOTAL_FORMS"]) + 1},
    )

    assert a.memberships.filter(user__username="grace").count() == added
    assert Change.objects.filter(table="talks.event", code=a.code).count() == added


MEMBER = {"user": "grace", "role": "viewer"}


def test_unknown_member_is_an_error_and_no_user_is_listed(client, world):
    a, _b, users = world
    client.force_login(users["owner"])
    address = f"/admin/talks/event/{a.pk}/change/"
    data = filled(client.get(address), **{"memberships-0-user": "nobody-of-this-name"})

    response = client.post(address, data)

    assert errors(response) == {"memberships-0-user": ["There is no such user."]}
    assert users["of_b"].username not in response.content.decode()


def test_event_added_by_a_user_with_permission_is_theirs(client):
    user = make_user()
    user.user_permissions.set(
        [each for each in permissions() if each.codename in ("add_event", "view_event")]
    )
    client.force_login(user)
    page = client.get("/admin/talks/event/add/")
    shown = filled(page)

    client.post(
        "/admin/talks/event/add/",
        {**shown, "name": "New", "slug": "new", "zone": "Europe/Berlin"}
        | {"starts_on": "2027-03-26", "ends_on": "2027-03-27"},
    )

    assert shown["uid_domain"] == "127.0.0.1"
    assert Event.objects.get().memberships.get().role == "owner"


def permissions():
    return Event._meta.apps.get_model("auth", "Permission").objects.all()


def test_old_slug_stays_with_its_event(client, world):
    a, b, users = world
    client.force_login(users["root"])
    for slug in ("event-a-27", "event-a"):
        address = f"/admin/talks/event/{a.pk}/change/"
        assert client.post(address, filled(client.get(address), slug=slug)).status_code == 302

    kept = dict(EventSlug.objects.values_list("slug", "event"))
    address = f"/admin/talks/event/{b.pk}/change/"
    response = client.post(address, filled(client.get(address), slug="event-a-27"))

    assert kept == {"event-a-27": a.pk}
    assert errors(response) == {"slug": ["“event-a-27” is, or once was, another event."]}


def test_deleting_asks_for_permission_on_all_that_falls(client, world):
    a, _b, users = world
    client.force_login(users["scheduler"])

    response = client.post(
        f"/admin/talks/session/{row_of('session', a).pk}/delete/", {"post": "yes"}
    )

    assert response.status_code == 302
    assert not a.sessions.exists()


# Papers and authors, as organizers meet them


def test_organizer_meets_public_papers_and_their_own(client, world):
    a, b, users = world
    make_paper("Public", authors=["Ada"])
    own, others = make_paper("Own", is_public=False), make_paper("Others", is_public=False)
    a.talks.update(paper=own)
    b.talks.update(paper=others)
    address = "/admin/autocomplete/?app_label=talks&model_name=talk&field_name=paper"

    client.force_login(users["editor"])

    assert {each["text"] for each in client.get(address).json()["results"]} == {"Public", "Own"}
    assert client.get(f"/admin/papers/paper/{others.pk}/change/").status_code == 302
    assert "Others" not in client.get("/admin/papers/paper/").content.decode()
    assert (
        "Others" not in client.post("/admin/papers/paper/export/", {"format": 2}).content.decode()
    )


def test_organizer_adds_a_paper_for_a_talk_and_may_not_make_it_public(client, world):
    a, _b, users = world
    client.force_login(users["editor"])
    page = client.get("/admin/papers/paper/add/")

    client.post("/admin/papers/paper/add/", filled(page, title="Don’t Panic", is_public="on"))

    paper = Event._meta.apps.get_model("papers", "Paper").objects.get()
    assert (paper.is_public, paper.slug, paper.folded) == (False, "dont-panic", "don t panic")
    talk = f"/admin/talks/talk/{row_of('talk', a).pk}/change/"
    client.post(talk, filled(client.get(talk), paper=paper.pk))
    assert row_of("talk", a).paper == paper


@pytest.mark.parametrize("case", ["own", "public", "of both", "on a list", "of nobody"])
def test_organizer_changes_only_papers_that_are_theirs_alone(client, world, case):
    a, b, users = world
    paper = make_paper("Paper", is_public=case == "public")
    if case != "of nobody":
        a.talks.update(paper=paper)
    if case == "of both":
        b.talks.update(paper=paper)
    if case == "on a list":
        items = Event._meta.apps.get_model("papers", "Item").objects
        lists = Event._meta.apps.get_model("papers", "ReadingList").objects
        items.create(list=lists.create(slug="l", title="L"), paper=paper, position=1)
    client.force_login(users["root"])
    address = f"/admin/papers/paper/{paper.pk}/change/"
    data = filled(client.get(address), title="Changed")
    client.force_login(users["editor"])

    client.post(address, data)

    paper.refresh_from_db()
    assert paper.title == ("Changed" if case == "own" else "Paper")


def test_organizer_meets_public_authors_and_those_they_added(client, world):
    _a, _b, users = world
    make_paper("Public", authors=["Ada"])
    make_author("Hidden")
    writing.create(Person._meta.get_field("author").related_model(name="Mine"), users["editor"])
    address = "/admin/autocomplete/?app_label=talks&model_name=person&field_name=author"

    client.force_login(users["editor"])

    assert {each["text"] for each in client.get(address).json()["results"]} == {"Ada", "Mine"}


# Lists


@pytest.mark.parametrize(
    ("table", "queries"),
    [
        *[("event", 7), ("importantdate", 9), ("page", 9), ("award", 9), ("person", 9)],
        *[("room", 9), ("track", 9), ("session", 11), ("talk", 11), ("placement", 11)],
        ("release", 9),
    ],
)
@pytest.mark.parametrize("events", [1, 12])
def test_list_needs_as_many_queries_however_long(
    client, django_assert_max_num_queries, table, queries, events
):
    for number in range(events):
        full_event(f"event-{number}")
    client.force_login(make_user(is_superuser=True))

    with django_assert_max_num_queries(queries):
        response = client.get(f"/admin/talks/{table}/")

    assert response.context["cl"].result_count == events


def test_list_of_sessions_shows_the_wall_clock_of_each_event(client):
    for zone in ("America/Los_Angeles", "Asia/Tokyo"):
        make_session(make_event(zone=zone))
    client.force_login(make_user(is_superuser=True))

    html = client.get("/admin/talks/session/").content.decode()

    assert html.count("2027-03-26 10:00") == 2


def test_person_with_notes_is_found_by_name_and_never_by_notes(client, world):
    a, _b, users = world
    make_person(a, "Ada", notes="secret")
    client.force_login(users["viewer"])

    assert client.get("/admin/talks/person/?q=Ada").context["cl"].result_count == 1
    assert client.get("/admin/talks/person/?q=secret").context["cl"].result_count == 0


# The pages themselves


INLINE = re.compile(r"\sstyle=|<style|<script(?![^>]*\ssrc=)|\son[a-z]+=")


def test_no_page_of_the_admin_holds_inline_script_or_style(client, world):
    _a, _b, users = world
    writing.create(Room(event=_a, name="Hall"), users["root"])
    client.force_login(users["root"])
    found = {}

    for model in admin.site._registry:
        base = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        row = model._default_manager.first()
        pages = [base, f"{base}?q=x", f"{base}add/", f"{base}import/", f"{base}export/"]
        if row:
            pages += [f"{base}{row.pk}/{action}/" for action in ("change", "delete", "history")]
        for page in ["/admin/", "/admin/password_change/", *pages]:
            html = client.get(page, follow=True).content.decode()
            found[page] = INLINE.findall(html)

    assert {page: inline for page, inline in found.items() if inline} == {}
