"""There and back: what a backup holds, what restoring brings back, keeps and refuses.

One backup of one site is made for all tests; restoring works in the transaction of a test.
"""

import hashlib
import io
import json
import shutil
import stat
import sys
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from io import StringIO
from pathlib import Path
from threading import Event as Signal
from threading import Thread

import pytest
from django.contrib.auth.models import Permission
from django.contrib.sessions.models import Session as Login
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import Client, override_settings
from django.utils import timezone

from eventsite import jobs, locking, writing
from eventsite.backups import Refused, back_up, tables
from eventsite.models import Change, Job
from eventsite.restoring import restore
from papers.editors import ensure_catalogue_editors
from talks import agendas, previews, records_json, renaming
from talks.erasing import erase
from talks.models import Agenda, Erasure, Event, EventSlug, Person, Release, Star
from talks.publishing import publish
from tests.factories import (
    make_event,
    make_item,
    make_list,
    make_organizer,
    make_paper,
    make_person,
    make_proposal,
    make_room,
    make_room_time,
    make_rule,
    make_session,
    make_talk,
    make_user,
    make_walk,
)

in_database = pytest.mark.django_db
PIXEL = b"\x89PNG\r\n\x1a\n"
RESTORED = {"talks.release", "papers.presentation"}  # what restoring writes anew


@dataclass(frozen=True)
class Made:
    """The one backup, and what there was when it was made."""

    path: Path
    report: dict
    rows: dict
    login: str


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker, tmp_path_factory):
    """Made outside of any transaction, as a snapshot is one of its own."""
    folder = tmp_path_factory.mktemp("backup")
    path = folder / "site.zip"
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=folder / "media"):
        event = make_site()
        client = Client()
        client.force_login(event.memberships.get().user)
        login = Login.objects.get().session_key
        report = json.loads(run("backup", path, "--json"))
        rows = dumped()
        call_command("flush", interactive=False, verbosity=0)
    return Made(path, report, rows, login)


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def path(made, tmp_path):
    """A copy of the backup, to be spoilt."""
    return Path(shutil.copy(made.path, tmp_path / "site.zip"))


@pytest.fixture
def site(db, path):
    """The event of the backup, restored on an empty host: its release 1 is 1001 now."""
    run("restore", path)
    return Event.objects.get()


@pytest.fixture
def outside(django_db_setup, django_db_blocker):
    """An empty database without a transaction around it, for what only reads."""
    with django_db_blocker.unblock():
        yield


def run(command, *arguments):
    output = StringIO()
    call_command(command, *map(str, arguments), stdout=output)
    return output.getvalue()


def make_site():
    """An event that was published, people with a picture, a user with a group, a list, a star."""
    event = make_event(slug="woe-26")
    organizer = make_organizer(event, name="ada", password="Analytical-1843")
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
    make_room_time(session.room)
    make_walk(session.room, make_room(event))
    make_rule(event, "room_is_free", weight=3)
    make_proposal(event, moves=[talk.code], trace=[[0.5, 12, 3]])
    talk.votes.create(event=event, voter="0" * 64)
    event.acknowledged.create(rule="room_is_free", fingerprint="0" * 64, note="It may")
    Job.objects.create(kind="test", state="done", argument={"day": "Friday"})
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
    """What the lists of a row name, in words: the numbers of permissions are a machine's own."""
    row = model._base_manager.get(pk=pk)
    return {
        field.name: sorted(map(str, getattr(row, field.name).all()))
        for field in model._meta.local_many_to_many
    }


def stamps(release):
    return {stamp.uid: stamp for stamp in records_json.loads(release.records).stamps}


def numbers(event):
    return sorted(event.releases.values_list("number", flat=True))


def newest(event):
    return event.releases.order_by("-number").first()


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


def with_part(path, name, data, rows=0):
    """Put other bytes into a backup, whose manifest then says so."""
    manifest = manifest_of(path)
    for part in manifest["parts"]:
        if part["name"] == name:
            part |= {"sha256": hashlib.sha256(data).hexdigest(), "rows": rows}
    rewritten(path, **{name: data, "manifest.json": json.dumps(manifest)})
    return path


def rows_of(path, table):
    with zipfile.ZipFile(path) as archive:
        return [json.loads(line) for line in archive.read(f"rows/{table}.jsonl").splitlines()]


def with_rows(path, table, rows):
    data = "".join(json.dumps(row) + "\n" for row in rows).encode()
    return with_part(path, f"rows/{table}.jsonl", data, len(rows))


def with_changed_rows(path, table, change):
    rows = rows_of(path, table)
    for row in rows:
        change(row)
    return with_rows(path, table, rows)


def assert_refused(path, reason):
    before = dumped()

    with pytest.raises(CommandError) as refused:
        run("restore", path, "--yes")

    assert reason in str(refused.value)
    assert str(refused.value).startswith("Nothing was restored. ")
    assert refused.value.returncode == 1
    assert dumped() == before


# There and back


@in_database
def test_jobs_that_waited_or_ran_are_interrupted_by_a_restore(path):
    ended = []
    states = ["waiting", "running", "done"]
    rows = [
        {"model": "eventsite.job", "pk": pk, "fields": {"kind": "test", "state": state}}
        for pk, state in enumerate(states, start=1)
    ]
    with_rows(path, "eventsite.job", rows)
    jobs.handles("test", lambda job, running: "", lambda job: ended.append((job.pk, job.state)))

    run("restore", path)

    del jobs.handlers["test"]
    assert [job.state for job in Job.objects.order_by("pk")] == [
        "interrupted",
        "interrupted",
        "done",
    ]
    assert sorted(ended) == [(1, "interrupted"), (2, "interrupted")]


@in_database
def test_every_row_comes_back_as_it_was(made, path):
    other = make_event(slug="other")
    publish(other)
    make_talk(other, title="Too late")
    make_user("intruder")

    output = run("restore", path, "--yes")

    after = dumped()
    assert {t for t in made.rows if after[t] != made.rows[t]} == RESTORED
    assert after["talks.release"][:1] == made.rows["talks.release"]
    assert len(made.rows["auth.user"][0][1]["groups"]) == 1
    assert made.rows["talks.talk"][0][1]["rooms"] != []
    assert f"Event {other.code} is not in the backup and is gone." in output
    assert Event.objects.get().memberships.get().user.check_password("Analytical-1843")
    with default_storage.open(Person.objects.get().picture.name) as file:
        assert file.read() == PIXEL + b"ada"


def test_new_rows_are_numbered_after_those_that_came_back(site):
    made = make_person(site, "Newcomer")

    assert made.pk == max(Person.objects.values_list("pk", flat=True))


def test_who_was_logged_in_is_not_any_more(site, path, client):
    client.force_login(site.memberships.get().user)
    assert Login.objects.count() == 1

    run("restore", path, "--yes")

    assert Login.objects.count() == 0
    assert client.get("/admin/talks/event/").status_code == 302


@contextmanager
def others_write(event, over):
    """Publish from another connection, which holds the event until `over` is set or 1.5 s."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer")
    held, errors = Signal(), []

    def write():
        try:
            with transaction.atomic():
                locked = Event.objects.select_for_update().get(pk=event.pk)
                make_session(locked, title="Meanwhile")
                held.set()
                over.wait(1.5)
                publish(locked, note="Meanwhile")
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    writer = Thread(target=write)
    writer.start()
    held.wait(10)
    yield
    over.set()
    writer.join()
    assert errors == []


def test_what_others_write_meanwhile_is_waited_for(transactional_db, path, monkeypatch):
    """A writer holds the event, and the restore waits, when it comes to the releases."""
    restore(path, ignore)
    event = Event.objects.get()
    with others_write(event, Signal()):
        restored = restore(path, ignore)
    assert restored.released == {"woe-26": 1003}  # 1002 was the other's

    monkeypatch.setattr(locking, "PATIENCE", 0)
    with others_write(event, Signal()):
        assert_refused(path, "Others are writing all the time. Stop the site, or try again.")
    assert newest(event).number == 1004


# What clients are told


def test_a_feed_counts_on_after_a_restore(made, path, db, client):
    output = run("restore", path)

    event = Event.objects.get()
    first, release = event.releases.order_by("number")
    before, after = stamps(first), stamps(release)
    assert (release.number, release.note, release.by) == (1001, "Restored from a backup", None)
    assert release.published > first.published
    assert before.keys() == after.keys()
    risen = {uid: after[uid].sequence - before[uid].sequence for uid in after}
    assert risen == dict.fromkeys(before, 1000)
    assert all(after[u].modified - before[u].modified >= timedelta(seconds=1) for u in after)
    assert "woe-26: published again as release 1001." in output
    feed = client.get("/events/woe-26/schedule.ics").content.decode()
    assert {line for line in feed.splitlines() if line.startswith("SEQUENCE")} == {"SEQUENCE:1000"}


def test_numbers_are_consecutive_again_after_a_restore(site):
    make_session(site, title="Later")

    assert publish(site).number == 1002


def test_restoring_the_same_backup_twice_tells_no_number_twice(site, path):
    first = newest(site)

    run("restore", path, "--yes")

    second = newest(site)
    assert (first.number, second.number) == (1001, 1002)
    assert [stamp.sequence for stamp in stamps(second).values()] == [1001]
    assert second.published - first.published >= timedelta(seconds=1)


def test_what_was_published_since_the_backup_is_withdrawn(site, path, client):
    late = make_session(site, title="Late")
    told = stamps(publish(site))[f"{late.code}@events.example.org"]

    run("restore", path, "--yes")

    stamp = stamps(newest(site))[told.uid]
    assert (stamp.sequence, stamp.title) == (1000, "Late")
    assert stamp.withdrawn == stamp.modified
    assert stamp.modified - told.modified >= timedelta(seconds=1)
    assert client.get(f"/events/woe-26/sessions/{late.code}/").status_code == 410
    tombstone = client.get(f"/events/woe-26/sessions/{late.code}.ics").content.decode()
    assert "STATUS:CANCELLED" in tombstone
    assert numbers(site) == [1, 1002, 1003]


def test_an_event_published_only_since_the_backup_is_withdrawn_whole(site, path, client):
    """Its numbers go on, and what stood in it answers 410 until it is published again."""
    unpublished = with_rows(with_rows(path, "talks.release", []), "papers.presentation", [])
    session = site.sessions.get()
    address = f"/events/woe-26/sessions/{session.code}-morning/"
    assert client.get(address).status_code == 200

    run("restore", unpublished, "--yes")

    [gone] = stamps(newest(site)).values()
    feed = client.get("/events/woe-26/schedule.ics").content.decode()
    assert (newest(site).number, gone.sequence) == (1002, 2000)
    assert gone.withdrawn == gone.modified
    assert newest(site).records["sessions"] == []
    assert ("SEQUENCE:2000" in feed, "STATUS:CANCELLED" in feed) == (True, True)
    assert client.get(address).status_code == 410
    assert "CANCELLED" in client.get(f"/events/woe-26/sessions/{session.code}.ics").content.decode()
    again = publish(site)
    assert (again.number, [s.sequence for s in stamps(again).values()]) == (1003, [2001])
    assert client.get(address).status_code == 200


def test_papers_are_presented_again(site, client):
    [code] = site.talks.values_list("paper__code", flat=True)

    assert client.get(f"/papers/{code}/", follow=True).status_code == 200


# What was closed since stays closed


def test_a_revoked_key_and_one_that_is_gone_open_nothing_after_a_restore(site, path, client):
    organizer = site.memberships.get().user
    opened, revoked, gone = (previews.make(site, organizer, name) for name in "abc")
    keys = [{"model": "talks.key", "pk": key.pk, "fields": values(key)} for key in site.keys.all()]
    later = with_rows(path, "talks.key", keys)
    previews.revoke(site, site.keys.get(label="b").pk)
    at = site.keys.get(label="b").revoked
    site.keys.get(label="c").delete()

    output = run("restore", later, "--yes")

    pages = [f"/preview/{key}/events/woe-26/" for key in (opened, revoked, gone)]
    assert [client.get(page).status_code for page in pages] == [200, 404, 404]
    assert site.keys.get(label="b").revoked == at
    assert "Keys that stay revoked: 2." in output


def values(row):
    """The columns of a row as a backup has them."""
    return {
        field.name: getattr(row, field.attname).isoformat()
        if hasattr(getattr(row, field.attname), "isoformat")
        else getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.primary_key
    }


def test_agendas_are_as_their_readers_left_them(site, path, client):
    """Those of the backup that were deleted or rekeyed since do not come back."""
    session, talk = site.sessions.get(), site.talks.get()
    key = agendas.star("", "woe-26", [session.code, talk.code])
    rotated = agendas.rotate(key, "woe-26")
    left = list(Star.objects.order_by("pk").values_list("code", "added"))
    Agenda.objects.filter(key_hash="0" * 64).delete()

    output = run("restore", path, "--yes")

    feeds = [f"/events/woe-26/agenda/{one}.ics" for one in (key, rotated)]
    assert [client.get(feed).status_code for feed in feeds] == [404, 200]
    assert Agenda.objects.count() == 1
    assert Star.objects.filter(code=session.code).count() == 1
    assert [row for row in left if row[0] == session.code] == list(
        Star.objects.filter(code=session.code).values_list("code", "added")
    )
    assert "Agendas that are as their readers left them: 1." in output


def test_on_an_empty_host_the_agendas_of_the_backup_are_taken(site):
    assert list(Agenda.objects.values_list("key_hash", flat=True)) == ["0" * 64]
    assert Star.objects.count() == 1


def test_a_hidden_event_stays_hidden_and_presents_nothing(site, path, client):
    [code] = site.talks.values_list("paper__code", flat=True)
    writing.change(site, site.version, {"is_hidden": True})
    assert client.get("/events/woe-26/").status_code == 404

    output = run("restore", path, "--yes")

    assert client.get("/events/woe-26/").status_code == 404
    assert client.get(f"/papers/{code}/", follow=True).status_code == 404
    assert "Events that stay hidden: 1." in output
    assert Change.objects.filter(code=site.code).latest("pk").fields == {"is_hidden": [False, True]}


def test_a_slug_since_the_backup_leads_to_its_event(site, path, client):
    rename(site, "woe-27")
    rename(site, "woe-28")
    assert client.get("/events/woe-28/schedule/").status_code == 200

    output = run("restore", path, "--yes")

    moved = [client.get(f"/events/{slug}/schedule/") for slug in ("woe-27", "woe-28")]
    assert [response.headers["Location"] for response in moved] == ["/events/woe-26/schedule/"] * 2
    assert "Addresses since the backup that go on leading to their events: 2." in output


def rename(event, slug):
    old, event.slug = event.slug, slug
    event.save()
    renaming.settle(event, old)


def test_a_slug_that_another_event_of_the_backup_has_stays_its_own(site, path):
    [row] = rows_of(path, "talks.event")
    other = row | {"pk": 99, "fields": row["fields"] | {"code": "E22222222", "slug": "woe-27"}}
    both = with_rows(path, "talks.event", [row, other])
    rename(site, "woe-27")

    run("restore", both, "--yes")

    assert Event.objects.get(slug="woe-27").code == "E22222222"
    assert EventSlug.objects.count() == 0


# Erasures


def test_who_was_erased_since_the_backup_is_erased_again(
    site, path, django_capture_on_commit_callbacks
):
    person = Person.objects.get()
    place = person.picture.name
    with django_capture_on_commit_callbacks(execute=True):
        erase(site, person.code, site.memberships.get().user)
    kept = Erasure.objects.get()
    assert default_storage.exists(place) is False

    with django_capture_on_commit_callbacks(execute=True):
        output = run("restore", path, "--yes")

    person.refresh_from_db()
    assert (person.name, person.about, person.picture.name) == ("Name removed", "", "")
    assert [r.records["people"][0]["name"] for r in Release.objects.all()] == ["Name removed"] * 3
    assert "Lovelace" not in json.dumps(list(Change.objects.values_list("fields", flat=True)))
    again = Erasure.objects.get()
    assert (again.person_code, again.at, again.by) == (kept.person_code, kept.at, kept.by)
    assert default_storage.exists(place) is False
    assert "1 people were erased again." in output


def test_an_erasure_in_the_backup_is_kept_and_reaches_what_the_replaced_database_knew(site, path):
    person = Person.objects.get()
    fields = {"event": site.pk, "person_code": person.code, "at": "2027-01-01T00:00:00+00:00"}
    row = {"model": "talks.erasure", "pk": 1, "fields": fields}
    erased = with_rows(path, "talks.erasure", [row])
    publish(site)

    run("restore", erased, "--yes")

    assert Erasure.objects.count() == 1
    assert Person.objects.get().name == "Name removed"
    assert {r.records["people"][0]["name"] for r in Release.objects.all()} == {"Name removed"}


@in_database
def test_an_empty_host_is_told_what_it_cannot_know(path):
    output = run("restore", path)

    assert "Erase them again with erase_person." in output
    assert "an event without a release is numbered from 1." in output
    assert Event.objects.count() == 1


# Files


def ignore(part):
    """Who waits for nothing is told nothing."""


def test_a_file_that_is_there_is_not_replaced_unless_forced(path, outside):
    path.write_text("mine")

    with pytest.raises(CommandError) as refused:
        run("backup", path)
    assert str(refused.value) == f"{path} is there already; --force replaces it."
    assert path.read_text() == "mine"
    run("backup", path, "--force")

    assert zipfile.is_zipfile(path)


def test_a_file_that_came_while_the_backup_was_made_is_not_replaced(tmp_path, outside):
    target = tmp_path / "new.zip"

    with pytest.raises(Refused, match="is there already"):
        back_up(target, timezone.now(), lambda part: target.write_text("first"))

    assert target.read_text() == "first"
    assert files_in(tmp_path) == ["new.zip"]


def test_two_backups_to_one_file_are_both_whole(tmp_path, outside):
    """The second begins when the first has read all rows, and ends before it."""
    target, whole = tmp_path / "new.zip", []
    default_storage.save(hashlib.sha256(PIXEL).hexdigest() + "/a.png", ContentFile(PIXEL))

    def told(part):
        if part.startswith("media/") and not whole:
            back_up(target, timezone.now(), ignore, force=True)
            whole.append(zipfile.ZipFile(target).testzip())

    back_up(target, timezone.now(), told, force=True)

    assert [*whole, zipfile.ZipFile(target).testzip()] == [None, None]
    assert files_in(tmp_path) == ["new.zip"]


def test_a_backup_is_for_its_owner_alone_and_leaves_what_lies_beside_it(tmp_path, outside):
    beside = tmp_path / "new.zip.part"
    beside.write_text("mine")

    run("backup", tmp_path / "new.zip")
    with pytest.raises(CommandError):
        run("backup", tmp_path / "new.zip")

    assert stat.S_IMODE((tmp_path / "new.zip").stat().st_mode) == 0o600
    assert files_in(tmp_path) == ["new.zip", "new.zip.part"]
    assert beside.read_text() == "mine"


def files_in(folder):
    return sorted(each.name for each in folder.iterdir() if each.is_file())


def test_a_folder_that_is_not_there_is_told_in_a_sentence(tmp_path, outside):
    with pytest.raises(CommandError, match="cannot be written: No such file or directory"):
        run("backup", tmp_path / "nowhere" / "site.zip")


@pytest.mark.parametrize("name", [".", "..", "/", "", "/dev/null"])
def test_what_is_no_file_is_wrong_usage(name, outside):
    with pytest.raises(CommandError, match=r"is no file: name the one to write\.") as refused:
        run("backup", name, "--force")

    assert refused.value.returncode == 2


def test_a_file_that_is_missing_is_told_before_all_else(tmp_path):
    """Without a database at hand: none is asked."""
    with pytest.raises(CommandError, match=r"There is no file '.*nofile'\.") as refused:
        run("restore", tmp_path / "nofile")

    assert refused.value.returncode == 2


def test_no_session_and_no_secret_stand_in_a_backup(made, settings):
    with zipfile.ZipFile(made.path) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())

    assert b"Lovelace" in everything
    assert made.login.encode() not in everything
    assert settings.SECRET_KEY.encode() not in everything


def test_a_backup_says_what_is_in_it(made):
    report = made.report

    assert (report["tables"]["talks.event"], report["files"]) == (1, 1)
    assert report["read"] == sum(report["tables"].values())
    assert "sessions.session" not in report["tables"]


def test_a_dry_run_of_a_backup_writes_no_file(tmp_path, outside):
    output = run("backup", tmp_path / "new.zip", "--dry-run")

    assert files_in(tmp_path) == []
    assert output.endswith("0 uploaded files.\n")


# What is refused


def test_a_damaged_part_is_refused(site, path):
    rewritten(path, **{"rows__talks.event.jsonl": b"{}\n"})

    assert_refused(path, "rows/talks.event.jsonl in")


def test_a_file_cut_short_and_flipped_bytes_are_refused(site, path):
    whole = path.read_bytes()
    path.write_bytes(whole[:-200])
    assert_refused(path, "is no backup")

    path.write_bytes(whole[:200] + bytes(20) + whole[220:])
    assert_refused(path, "is damaged")


def test_a_picture_that_is_not_what_its_address_says_is_refused(site, path):
    name = f"media/{Person.objects.get().picture.name}"

    assert_refused(with_part(path, name, b"<script>"), name)


def test_other_migrations_are_refused(site, path):
    manifest = manifest_of(path)
    manifest["migrations"].append("talks.9999_from_the_future")
    rewritten(path, **{"manifest.json": json.dumps(manifest)})

    assert_refused(path, "another state of the tables (talks.9999_from_the_future)")


@in_database
@pytest.mark.parametrize(
    "name", ["../../x.jsonl", "/etc/passwd", "media/../x.png", "media/" + "0" * 64 + "/../x", "x"]
)
def test_a_part_that_would_leave_its_folder_is_refused(path, name):
    rewritten(path, **{name: b"x"})

    assert_refused(path, f"{name!r} is no part of a backup.")


@in_database
def test_a_part_beside_the_manifest_is_refused(path):
    rewritten(path, **{"media__" + "0" * 64 + "__x.png": b"x"})

    assert_refused(path, "does not hold what its manifest says")


@in_database
def test_a_missing_part_and_a_missing_manifest_are_refused(path):
    whole = path.read_bytes()
    rewritten(path, **{"rows__talks.event.jsonl": None})

    assert_refused(path, "does not hold what its manifest says")
    path.write_bytes(whole)
    rewritten(path, **{"manifest.json": None})
    assert_refused(path, "it has no manifest")


@in_database
@pytest.mark.parametrize("manifest", [b"", b"[]", b"{}", b"{" * 100_000, b"[" * 100_000])
def test_a_manifest_that_says_nothing_is_refused(path, manifest):
    rewritten(path, **{"manifest.json": manifest})

    assert_refused(path, "cannot be read")


@in_database
def test_a_manifest_with_an_infinite_size_is_refused(path):
    manifest = manifest_of(path)
    manifest["parts"][0]["size"] = float("inf")
    rewritten(path, **{"manifest.json": json.dumps(manifest)})

    assert_refused(path, "cannot be read")


@in_database
def test_a_bomb_is_refused_for_what_it_declares(path):
    rewritten(path, **{"rows__talks.event.jsonl": bytes(17 * 1024 * 1024)})

    assert_refused(path, "declares 17825792 octets, which is absurd")


@in_database
def test_another_way_of_packing_is_refused_before_it_is_unpacked(path):
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)

    assert_refused(path, "is packed as no backup is.")


@in_database
def test_two_parts_of_one_name_are_refused(path):
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("manifest.json", b"{}")

    assert_refused(path, "two parts of one name")


def test_rows_that_break_a_rule_are_refused_and_nothing_is_left_behind(site, path):
    place = Person.objects.get().picture.name
    default_storage.delete(place)
    orphan = with_changed_rows(path, "talks.star", lambda row: row["fields"].update(agenda=999))

    assert_refused(orphan, "The rows of the backup do not fit")
    assert default_storage.exists(place) is False


def test_rows_of_another_table_are_refused(site, path):
    group = {"model": "auth.group", "pk": 77, "fields": {"name": "Intruders"}}
    other = with_changed_rows(path, "talks.star", lambda row: row.update(group))

    assert_refused(other, "rows/talks.star.jsonl holds rows of auth.group.")


@pytest.mark.parametrize(
    "fields",
    [{"records": {}}, {"records": "x"}, {"records": None}, {"summary": {}}, {"summary": "x"}],
)
def test_a_release_that_no_page_could_be_made_of_is_refused(site, path, fields):
    crafted = with_changed_rows(path, "talks.release", lambda row: row["fields"].update(fields))

    assert_refused(crafted, "The rows of the backup do not fit: ")


@pytest.mark.parametrize("zone", ["Mars/X", "../../etc/passwd", "Europe", "x" * 300, 5])
def test_a_release_in_an_unknown_zone_is_refused(site, path, zone):
    def move(row):
        row["fields"]["records"]["event"]["zone"] = zone

    crafted = with_changed_rows(path, "talks.release", move)

    assert_refused(crafted, f"Release 1 of {site.code} is malformed.")


def test_an_event_in_an_unknown_zone_is_refused(site, path):
    crafted = with_changed_rows(path, "talks.event", lambda row: row["fields"].update(zone="Mars"))

    assert_refused(crafted, f"Event {site.code} has an unknown zone: Mars.")


def test_a_history_and_rows_that_are_none_are_refused(site, path):
    whole = path.read_bytes()
    erase(site, Person.objects.get().code)
    crafted = with_changed_rows(
        path, "eventsite.change", lambda row: row["fields"].update(fields=5)
    )

    assert_refused(crafted, "The rows of the backup are malformed: ")
    path.write_bytes(whole)
    assert_refused(with_part(path, "rows/talks.event.jsonl", b"[1]\n"), "The rows of the backup")


# Asking first


def test_without_a_terminal_a_full_database_is_not_replaced_unasked(site, path):
    with pytest.raises(CommandError) as refused:
        run("restore", path)

    assert str(refused.value) == "The database is not empty: --yes replaces all that is in it."


@pytest.mark.parametrize(("answer", "number"), [("yes\n", 1002), ("no\n", 1001), ("", 1001)])
def test_a_person_on_a_terminal_is_asked(site, path, monkeypatch, answer, number):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    monkeypatch.setattr(sys, "stdin", Terminal(answer))

    if number == 1001:
        with pytest.raises(CommandError, match=r"^Nothing was restored\.$"):
            run("restore", path)
    else:
        run("restore", path)

    assert newest(site).number == number


def test_a_dry_run_says_what_would_come_back_and_changes_nothing(site, path):
    default_storage.delete(Person.objects.get().picture.name)
    make_talk(site)
    before = dumped()

    report = json.loads(run("restore", path, "--dry-run", "--json"))

    assert dumped() == before
    assert report["released"] == {"woe-26": 1002}
    assert report["kept"] == {"keys": 0, "agendas": 1, "hidden": 0, "slugs": 0}
    assert (report["files"], report["was_empty"]) == (1, False)
    assert default_storage.exists(Person.objects.get().picture.name) is False
