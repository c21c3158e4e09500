import hashlib
import io
import json
import stat
import sys
import zipfile
from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.contrib.sessions.models import Session as Login
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.utils import timezone

from eventsite import writing
from eventsite.backups import tables
from eventsite.models import Change
from papers.editors import ensure_catalogue_editors
from talks import records_json
from talks.erasing import erase
from talks.models import Agenda, Erasure, Event, Person, Release, Star
from talks.publishing import publish
from tests.factories import (
    make_event,
    make_item,
    make_list,
    make_organizer,
    make_paper,
    make_person,
    make_room,
    make_session,
    make_talk,
    make_user,
)

# A snapshot is a transaction of its own, which only a test without one around it can begin.
pytestmark = pytest.mark.django_db(transaction=True)

PIXEL = b"\x89PNG\r\n\x1a\n"
RESTORED = {"talks.release", "papers.presentation"}  # what restoring writes anew


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "site.zip"


def run(command, *arguments):
    output = StringIO()
    call_command(command, *map(str, arguments), stdout=output)
    return output.getvalue()


def make_site():
    """An event that was published, people with a picture, a user with a group, a list, a star."""
    event = make_event(slug="woe-26")
    organizer = make_organizer(event)
    organizer.groups.add(ensure_catalogue_editors())
    organizer.user_permissions.add(Permission.objects.get(codename="add_event"))
    person = Person(event=event, name="Ada Lovelace", sort_name="Lovelace, Ada", about="“Ünï” 👋")
    person.picture = ContentFile(PIXEL + b"ada", name="ada.png")
    writing.create(person, organizer)
    session = make_session(event, title="Morning", room=make_room(event))
    paper = make_paper("Engines", authors=["Ada Lovelace"], is_public=False)
    talk = make_talk(event, title="Engines", session=session, people=["Ada Lovelace"], paper=paper)
    talk.rooms.add(session.room)
    make_item(make_list(), note="Read it")
    publish(event, organizer, "First")
    agenda = Agenda.objects.create(
        event=event, key_hash="0" * 64, created=timezone.now(), changed=timezone.now()
    )
    Star.objects.create(agenda=agenda, code=talk.code, added=timezone.now())
    return event


def dumped():
    """Every row of every table in a backup, and what its lists name."""
    return {
        model._meta.label_lower: [
            (values, _lists(model, values["pk"]))
            for values in model._base_manager.order_by("pk").values("pk", *_columns(model))
        ]
        for model in tables()
    }


def _columns(model):
    return [field.attname for field in model._meta.concrete_fields]


def _lists(model, pk):
    return {
        field.name: sorted(
            getattr(model._base_manager.get(pk=pk), field.name).values_list("pk", flat=True)
        )
        for field in model._meta.local_many_to_many
    }


def stamps(release):
    return {stamp.uid: stamp for stamp in records_json.loads(release.records).stamps}


def rewritten(path, **changed):
    """Write a backup anew with some parts changed; None leaves one out."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts |= {name.replace("__", "/"): data for name, data in changed.items()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            if data is not None:
                archive.writestr(name, data)


def manifest_of(path):
    with zipfile.ZipFile(path) as archive:
        return json.loads(archive.read("manifest.json"))


def assert_refused(path, reason):
    before = dumped()

    with pytest.raises(CommandError) as refused:
        run("restore", path, "--yes")

    assert reason in str(refused.value)
    assert str(refused.value).startswith("Nothing was restored. ")
    assert refused.value.returncode == 1
    assert dumped() == before


# There and back


def test_every_row_comes_back_as_it_was(path):
    make_site()
    before = dumped()
    run("backup", path)
    Event.objects.update(name="Spoilt")
    Change.objects.all().delete()
    make_talk(Event.objects.get(), title="Too late")
    make_user("intruder")

    run("restore", path, "--yes")

    after = dumped()
    assert {t for t in before if after[t] != before[t]} == RESTORED
    assert after["talks.release"][:1] == before["talks.release"]
    assert len(before["auth.user"][0][1]["groups"]) == 1
    assert before["talks.talk"][0][1]["rooms"] != []


def test_a_picture_comes_back(path):
    make_site()
    place = Person.objects.get().picture.name
    run("backup", path)
    default_storage.delete(place)

    run("restore", path, "--yes")

    with default_storage.open(place) as file:
        assert file.read() == PIXEL + b"ada"


def test_new_rows_are_numbered_after_those_that_came_back(path):
    event = make_site()
    run("backup", path)
    run("restore", path, "--yes")

    made = make_person(event, "Newcomer")

    assert made.pk == max(Person.objects.values_list("pk", flat=True))


def test_who_was_logged_in_is_not_any_more(path, client):
    event = make_site()
    run("backup", path)
    client.force_login(event.memberships.get().user)
    assert Login.objects.count() == 1

    run("restore", path, "--yes")

    assert Login.objects.count() == 0
    assert client.get("/admin/talks/event/").status_code == 302


# What clients are told


def test_a_feed_counts_on_after_a_restore(path, client):
    event = make_site()
    first = event.releases.get()
    run("backup", path)
    old = client.get("/events/woe-26/schedule.ics").content.decode()

    output = run("restore", path, "--yes")

    release = event.releases.order_by("-number").first()
    before, after = stamps(first), stamps(release)
    assert (release.number, release.note, release.by) == (1001, "Restored from a backup", None)
    assert release.published > first.published
    assert before.keys() == after.keys()
    risen = {uid: after[uid].sequence - before[uid].sequence for uid in after}
    assert risen == dict.fromkeys(before, 1000)
    assert all(after[u].modified - before[u].modified >= timedelta(seconds=1) for u in after)
    assert "woe-26: published again as release 1001." in output
    feed = client.get("/events/woe-26/schedule.ics").content.decode()
    assert "SEQUENCE:0" in old
    assert "SEQUENCE:1000" in feed
    assert [line for line in feed.splitlines() if line.startswith("UID")] == [
        line for line in old.splitlines() if line.startswith("UID")
    ]


def test_numbers_are_consecutive_again_after_a_restore(path):
    event = make_site()
    run("backup", path)
    run("restore", path, "--yes")
    make_session(event, title="Later")

    assert publish(event).number == 1002


def test_restoring_the_same_backup_twice_tells_no_number_twice(path):
    event = make_site()
    run("backup", path)
    run("restore", path, "--yes")
    first = event.releases.order_by("-number").first()

    run("restore", path, "--yes")

    second = event.releases.order_by("-number").first()
    assert (first.number, second.number) == (1001, 1002)
    assert [stamp.sequence for stamp in stamps(second).values()] == [1001]
    assert second.published - first.published >= timedelta(seconds=1)


def test_what_was_published_since_the_backup_is_withdrawn(path, client):
    event = make_site()
    run("backup", path)
    late = make_session(event, title="Late")
    told = stamps(publish(event))[f"{late.code}@events.example.org"]

    run("restore", path, "--yes")

    stamp = stamps(event.releases.order_by("-number").first())[told.uid]
    assert (stamp.sequence, stamp.title) == (1000, "Late")
    assert stamp.withdrawn == stamp.modified
    assert stamp.modified - told.modified >= timedelta(seconds=1)
    assert client.get(f"/events/woe-26/sessions/{late.code}/").status_code == 410


def test_papers_are_presented_again(path, client):
    event = make_site()
    [code] = event.talks.values_list("paper__code", flat=True)
    run("backup", path)
    Event.objects.update(is_hidden=True)

    run("restore", path, "--yes")

    assert client.get(f"/papers/{code}/", follow=True).status_code == 200


# Erasures


def test_who_was_erased_since_the_backup_is_erased_again(path):
    event = make_site()
    person = Person.objects.get()
    place = person.picture.name
    run("backup", path)
    erase(event, person.code, event.memberships.get().user)
    kept = Erasure.objects.get()

    output = run("restore", path, "--yes")

    person.refresh_from_db()
    assert (person.name, person.about, person.picture.name) == ("Name removed", "", "")
    assert [r.records["people"][0]["name"] for r in Release.objects.all()] == ["Name removed"] * 2
    assert "Lovelace" not in json.dumps(list(Change.objects.values_list("fields", flat=True)))
    again = Erasure.objects.get()
    assert (again.person_code, again.at, again.by) == (kept.person_code, kept.at, kept.by)
    assert default_storage.exists(place) is False
    assert "1 people were erased again." in output


def test_an_erasure_in_the_backup_is_kept(path):
    event = make_site()
    erase(event, Person.objects.get().code)
    run("backup", path)
    Erasure.objects.all().delete()

    run("restore", path, "--yes")

    assert Erasure.objects.count() == 1
    assert Person.objects.get().name == "Name removed"


def test_an_empty_host_is_told_that_it_cannot_know_erasures(path):
    make_site()
    run("backup", path)
    call_command("flush", interactive=False, verbosity=0)

    output = run("restore", path)

    assert "Erase them again with erase_person." in output
    assert Event.objects.count() == 1


# What is refused


def test_a_file_that_is_there_is_not_replaced_unless_forced(path):
    path.write_text("mine")

    with pytest.raises(CommandError) as refused:
        run("backup", path)
    assert str(refused.value) == f"{path} is there already; --force replaces it."
    assert path.read_text() == "mine"
    run("backup", path, "--force")

    assert zipfile.is_zipfile(path)


def test_a_backup_is_for_its_owner_alone_and_leaves_nothing_beside_it(path):
    run("backup", path)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [each.name for each in path.parent.iterdir() if each.is_file()] == ["site.zip"]


def test_a_folder_that_is_not_there_is_told_in_a_sentence(path):
    with pytest.raises(CommandError, match="cannot be written: No such file or directory"):
        run("backup", path.parent / "nowhere" / "site.zip")


def test_no_session_and_no_secret_stand_in_a_backup(path, client, settings):
    event = make_site()
    client.force_login(event.memberships.get().user)
    key = Login.objects.get().session_key

    run("backup", path)

    with zipfile.ZipFile(path) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
    assert b"Lovelace" in everything
    assert key.encode() not in everything
    assert settings.SECRET_KEY.encode() not in everything


def test_a_damaged_part_is_refused(path):
    make_site()
    run("backup", path)
    rewritten(path, **{"rows__talks.event.jsonl": b"{}\n"})

    assert_refused(path, "rows/talks.event.jsonl in")


def test_a_file_cut_short_is_refused(path):
    make_site()
    run("backup", path)
    path.write_bytes(path.read_bytes()[:-200])

    assert_refused(path, "is no backup")


def test_flipped_bytes_are_refused(path):
    make_site()
    run("backup", path)
    data = bytearray(path.read_bytes())
    data[200:220] = bytes(20)
    path.write_bytes(data)

    assert_refused(path, "is damaged")


def test_a_picture_that_is_not_what_its_address_says_is_refused(path):
    make_site()
    place = Person.objects.get().picture.name
    default_storage.delete(place)
    default_storage.save(place, ContentFile(b"<script>"))
    run("backup", path)

    assert_refused(path, f"media/{place}")


def test_other_migrations_are_refused(path):
    make_site()
    run("backup", path)
    manifest = manifest_of(path)
    manifest["migrations"].append("talks.9999_from_the_future")
    rewritten(path, **{"manifest.json": json.dumps(manifest)})

    assert_refused(path, "another state of the tables (talks.9999_from_the_future)")


@pytest.mark.parametrize(
    "name", ["../../x.jsonl", "/etc/passwd", "media/../x.png", "media/" + "0" * 64 + "/../x", "x"]
)
def test_a_part_that_would_leave_its_folder_is_refused(path, name):
    make_site()
    run("backup", path)
    rewritten(path, **{name: b"x"})

    assert_refused(path, f"{name!r} is no part of a backup.")


def test_a_part_beside_the_manifest_is_refused(path):
    make_site()
    run("backup", path)
    rewritten(path, **{"media__" + "0" * 64 + "__x.png": b"x"})

    assert_refused(path, "does not hold what its manifest says")


def test_a_missing_part_and_a_missing_manifest_are_refused(path):
    make_site()
    run("backup", path)
    whole = path.read_bytes()
    rewritten(path, **{"rows__talks.event.jsonl": None})

    assert_refused(path, "does not hold what its manifest says")
    path.write_bytes(whole)
    rewritten(path, **{"manifest.json": None})
    assert_refused(path, "it has no manifest")


@pytest.mark.parametrize("manifest", [b"", b"[]", b"{}", b"{" * 100_000, b"[" * 100_000])
def test_a_manifest_that_says_nothing_is_refused(path, manifest):
    make_site()
    run("backup", path)
    rewritten(path, **{"manifest.json": manifest})

    assert_refused(path, "cannot be read")


def test_a_bomb_is_refused_for_what_it_declares(path):
    make_site()
    run("backup", path)
    rewritten(path, **{"rows__talks.event.jsonl": bytes(17 * 1024 * 1024)})

    assert_refused(path, "declares 17825792 octets, which is absurd")


def test_two_parts_of_one_name_are_refused(path):
    make_site()
    run("backup", path)
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("manifest.json", b"{}")

    assert_refused(path, "two parts of one name")


def test_rows_that_break_a_rule_are_refused_and_nothing_is_left_behind(path):
    make_site()
    place = Person.objects.get().picture.name
    run("backup", path)
    default_storage.delete(place)
    orphan = path_with_rows(path, "talks.star", lambda row: row["fields"].update(agenda=999))

    assert_refused(orphan, "The rows of the backup do not fit")
    assert default_storage.exists(place) is False


def test_rows_of_another_table_are_refused(path):
    make_site()
    run("backup", path)
    group = {"model": "auth.group", "pk": 77, "fields": {"name": "Intruders"}}
    other = path_with_rows(path, "talks.star", lambda row: row.update(group))

    assert_refused(other, "rows/talks.star.jsonl holds rows of auth.group.")


def path_with_rows(path, table, change):
    """Change the rows of a table in a backup, whose manifest then says so."""
    name = f"rows/{table}.jsonl"
    with zipfile.ZipFile(path) as archive:
        rows = [json.loads(line) for line in archive.read(name).splitlines()]
    for row in rows:
        change(row)
    data = "".join(json.dumps(row) + "\n" for row in rows).encode()
    manifest = manifest_of(path)
    for part in manifest["parts"]:
        if part["name"] == name:
            part["sha256"] = hashlib.sha256(data).hexdigest()
    rewritten(path, **{name: data, "manifest.json": json.dumps(manifest)})
    return path


# Asking first


def test_without_a_terminal_a_full_database_is_not_replaced_unasked(path):
    make_site()
    run("backup", path)

    with pytest.raises(CommandError) as refused:
        run("restore", path)

    assert str(refused.value) == "The database is not empty: --yes replaces all that is in it."


@pytest.mark.parametrize(("answer", "number"), [("yes\n", 1001), ("no\n", 1), ("", 1)])
def test_a_person_on_a_terminal_is_asked(path, monkeypatch, answer, number):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    make_site()
    run("backup", path)
    monkeypatch.setattr(sys, "stdin", Terminal(answer))

    if number == 1:
        with pytest.raises(CommandError, match=r"^Nothing was restored\.$"):
            run("restore", path)
    else:
        run("restore", path)

    assert Release.objects.order_by("-number").first().number == number


def test_a_dry_run_says_what_would_come_back_and_changes_nothing(path):
    make_site()
    run("backup", path)
    default_storage.delete(Person.objects.get().picture.name)
    make_talk(Event.objects.get())
    before = dumped()

    report = json.loads(run("restore", path, "--dry-run", "--json"))

    assert dumped() == before
    assert report["released"] == {"woe-26": 1001}
    assert (report["files"], report["was_empty"]) == (1, False)
    assert default_storage.exists(Person.objects.get().picture.name) is False


def test_a_backup_says_what_is_in_it(path):
    make_site()

    report = json.loads(run("backup", path, "--json"))

    assert (report["tables"]["talks.event"], report["files"]) == (1, 1)
    assert report["read"] == sum(report["tables"].values())
    assert "sessions.session" not in report["tables"]


def test_a_dry_run_of_a_backup_writes_no_file(path):
    make_site()

    output = run("backup", path, "--dry-run")

    assert path.exists() is False
    assert output.endswith("1 uploaded files.\n")


def test_users_log_in_with_their_passwords_after_a_restore(path):
    make_user("ada", password="Analytical-1843")
    run("backup", path)
    get_user_model().objects.all().delete()

    run("restore", path, "--yes")

    assert get_user_model().objects.get().check_password("Analytical-1843")
