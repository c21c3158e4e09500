import json
from datetime import datetime, timedelta
from io import StringIO

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from eventsite import writing
from eventsite.models import Change, Job
from eventsite.waiting import Folder
from talks import records_json
from talks.blanks import BLANK, PLACEHOLDER
from talks.erasing import UnknownPerson, erase, repeat
from talks.mentions import Mention, path_to_event
from talks.models import (
    Erasure,
    EventRole,
    Key,
    Person,
    PersonTime,
    Proposal,
    Release,
    Talk,
    TalkRole,
)
from talks.publishing import current, preview, publish
from tests.factories import (
    BERLIN,
    make_author,
    make_event,
    make_organizer,
    make_paper,
    make_person,
    make_proposal,
    make_session,
    make_talk,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


MARK = "Zyxwvut"
PIXEL = b"\x89PNG\r\n\x1a\n" + b"pixel"


def make_marked(event, **fields):
    """A person all of whose columns say MARK."""
    person = Person(
        event=event,
        name=f"Ada {MARK}",
        sort_name=f"{MARK}, Ada",
        affiliation=f"{MARK} Institute",
        about=f"About {MARK}",
        email=f"{MARK}@example.org",
        zone=f"Europe/{MARK}",
        notes=f"Notes on {MARK}",
        links=f"Site https://example.org/{MARK}",
        author=make_author(f"Ada {MARK}"),
        **fields,
    )
    person.picture = ContentFile(PIXEL + MARK.encode(), name=f"{MARK}.png")
    writing.create(person)
    start = datetime(2027, 3, 26, 9, tzinfo=BERLIN)
    PersonTime.objects.create(person=person, start=start, end=start + timedelta(hours=1))
    EventRole.objects.create(person=person, affiliation=f"{MARK} Society")
    return person


def make_programme():
    """An event with one talk by a marked person, printed otherwise there; released twice."""
    event = make_event(slug="woe-26")
    person = make_marked(event)
    talk = make_talk(event, title="Engines", session=make_session(event, title="Morning"))
    before = writing.claim(talk, 1)
    TalkRole.objects.create(
        talk=talk, person=person, name=f"A. {MARK}", affiliation=f"Old {MARK} Inc."
    )
    writing.record(talk, before)
    publish(event, note="First")
    writing.change(person, 1, {"about": f"More about {MARK}"})
    publish(event, note="Second")
    return event, person, talk


def dumped():
    """Every row of the tables that may name a person of an event, as text."""
    models = [*apps.get_app_config("talks").get_models(), Change]
    return json.dumps([list(model.objects.values()) for model in models], default=str)


ADDRESSES = [
    *("", "schedule/", "people/", "organizers/", "schedule.ics"),
    *("talks/{talk}/", "people/{person}/", "people/{person}.ics", "talks/{talk}.ics"),
]


def read(client, event, talk, person):
    paths = [f"/events/{event.slug}/{each}" for each in ADDRESSES]
    return "".join(
        client.get(path.format(talk=talk.code, person=person.code), follow=True).content.decode()
        for path in paths
    )


def test_nothing_names_who_was_erased(client):
    event, person, talk = make_programme()
    assert read(client, event, talk, person).count(MARK) > 10
    assert dumped().count(MARK) > 20

    erased = erase(event, person.code)

    assert read(client, event, talk, person).count(MARK) == 0
    assert PLACEHOLDER in read(client, event, talk, person)
    assert dumped().count(MARK) == 0
    assert erased.mentions == ()
    assert erased.reached == {
        "people": 1,
        "talks": 1,
        "keys": 0,
        "releases": 2,
        "history": 4,
        "files": 1,
        "proposals": 0,
        "notes": 0,
    }


def test_every_column_of_a_person_is_blanked():
    columns = {field.name for field in Person._meta.concrete_fields}

    assert columns - BLANK.keys() == {"id", "code", "event", "version"}


def test_times_keys_and_the_author_go_and_the_paper_keeps_its_authors():
    event, person, _talk = make_programme()
    paper = make_paper(authors=[f"Ada {MARK}"])
    now = datetime(2027, 1, 1, tzinfo=BERLIN)
    Key.objects.create(event=event, kind="speaker", person=person, key_hash="0" * 64, made=now)

    erase(event, person.code)

    person.refresh_from_db()
    assert (person.author, person.times.count(), person.keys.count()) == (None, 0, 0)
    assert [authorship.name for authorship in paper.authorships.all()] == [f"Ada {MARK}"]


def test_the_history_page_tells_no_old_value(client):
    event, person, talk = make_programme()
    client.force_login(make_organizer(event))
    pages = [
        f"/admin/talks/person/{person.pk}/history/",
        f"/admin/talks/talk/{talk.pk}/history/",
    ]
    assert [MARK in client.get(page).content.decode() for page in pages] == [True, True]

    erase(event, person.code)

    assert [MARK in client.get(page).content.decode() for page in pages] == [False, False]


def test_versions_rise_so_that_open_forms_conflict():
    event, person, talk = make_programme()

    erase(event, person.code)

    with pytest.raises(writing.Conflict) as refused:
        writing.change(person, 2, {"name": "Ada again"})
    assert refused.value.theirs["name"] == [PLACEHOLDER, PLACEHOLDER]
    assert Talk.objects.get(pk=talk.pk).version == 3


def test_only_entries_that_named_them_move_and_their_sequence_stays():
    event, person, _talk = make_programme()
    make_talk(event, session=make_session(event), people=["Bob"])
    last = publish(event)
    before = {stamp.uid: stamp for stamp in records_json.loads(last.records).stamps}

    erase(event, person.code)

    release = current(event)
    after = {stamp.uid: stamp for stamp in records_json.loads(release.records).stamps}
    moved = [uid for uid in before if after[uid] != before[uid]]
    session = event.sessions.get(title="Morning")
    assert moved == [f"{session.code}@events.example.org"]
    assert [after[uid].sequence for uid in moved] == [0]
    assert all(after[u].modified - before[u].modified >= timedelta(seconds=1) for u in moved)
    assert release.digest != last.digest
    assert (release.number, release.published) == (last.number, last.published)


def test_a_reader_who_asks_by_date_alone_is_not_left_with_the_old_name(client):
    event, person, _talk = make_programme()
    before = client.get("/events/woe-26/schedule.ics")

    erase(event, person.code)

    after = client.get(
        "/events/woe-26/schedule.ics", headers={"If-Modified-Since": before["Last-Modified"]}
    )
    assert after.status_code == 200
    assert MARK not in after.content.decode()


def test_earlier_releases_are_read_anew_though_the_current_one_does_not_name_them(client):
    event, person, talk = make_programme()
    writing.delete(talk, talk.version)
    person.event_roles.all().delete()
    last = publish(event)
    before = client.get("/events/woe-26/releases/1/")

    erase(event, person.code)

    after = client.get("/events/woe-26/releases/1/", headers={"If-None-Match": before["ETag"]})
    assert current(event).records == last.records
    assert Release.objects.get(number=1).records["people"][0]["name"] == PLACEHOLDER
    assert after.status_code == 200


def test_the_draft_is_as_the_release_says_afterwards():
    event, person, _talk = make_programme()

    erase(event, person.code)

    assert preview(event).differences == ()
    assert publish(event) is None


def test_the_next_release_is_younger_than_the_erasure():
    event, person, _talk = make_programme()
    erase(event, person.code)
    told = current(event).told
    make_talk(event, session=event.sessions.get(), people=["Bob"])

    release = publish(event)

    assert release.published - told >= timedelta(seconds=1)


def test_erasing_twice_changes_nothing_the_second_time():
    event, person, _talk = make_programme()
    erase(event, person.code)
    before = dumped()

    again = erase(event, person.code)

    assert dumped() == before
    assert again.is_new is False
    assert set(again.reached.values()) == {0}


def test_a_dry_run_reaches_the_same_and_changes_nothing():
    event, person, _talk = make_programme()
    before = dumped()

    shown = erase(event, person.code, dry_run=True)

    assert dumped() == before
    assert shown == erase(event, person.code)


def test_a_person_deleted_long_ago_is_erased_from_releases_and_history():
    event, person, talk = make_programme()
    before = writing.claim(talk, talk.version)
    talk.roles.all().delete()
    writing.record(talk, before)
    writing.delete(person, person.version)
    publish(event)
    assert MARK in dumped()

    erased = erase(event, person.code)

    assert MARK not in dumped()
    assert (erased.reached["people"], erased.reached["releases"]) == (0, 2)
    assert event.erasures.get().person_code == person.code


def test_what_the_search_for_timetables_says_of_them_is_gone():
    event, person, talk = make_programme()
    sentence = f"Ada {MARK} is there only on Saturday."
    job = Job.objects.create(
        kind="test", state="running", event_code=event.code, message=sentence,
        argument={"sentence": sentence},
    )  # fmt: skip
    proposal = make_proposal(event, job=job, message=sentence, explanation={"why": [sentence]})
    proposal.moves.create(code=talk.code, before={"people": [f"Ada {MARK}"]})
    note, other = (
        event.acknowledged.create(rule="room_is_free", fingerprint=digit * 64, note=text)
        for digit, text in (("0", f"ada {MARK} knows"), ("1", "Adamant"))
    )
    elsewhere = make_proposal(make_event(), message=sentence)

    erased = erase(event, person.code)

    job.refresh_from_db()
    note.refresh_from_db()
    other.refresh_from_db()
    assert (job.message, job.argument, job.wants_stop) == ("", {}, True)
    assert list(Proposal.objects.all()) == [elsewhere]
    assert (note.note, other.note) == ("", "Adamant")
    assert (erased.reached["proposals"], erased.reached["notes"]) == (1, 1)


def test_proposals_made_after_an_erasure_stay_when_it_is_repeated():
    event, person, _talk = make_programme()
    erase(event, person.code)
    proposal = make_proposal(event, message="Found.")

    [again] = repeat(event)

    assert set(again.reached.values()) == {0}
    assert list(event.proposals.all()) == [proposal]


def test_others_keep_what_is_theirs():
    event, person, talk = make_programme()
    other = make_person(event, "Bob Builder", affiliation="Yard", email="bob@example.org")
    before = writing.claim(talk, talk.version)
    TalkRole.objects.create(talk=talk, person=other, name="B. Builder", affiliation="Shed")
    writing.record(talk, before)
    publish(event)
    kept = dumped().count("B. Builder")

    erase(event, person.code)

    other.refresh_from_db()
    assert (other.name, other.affiliation, other.email) == (
        "Bob Builder",
        "Yard",
        "bob@example.org",
    )
    assert dumped().count("B. Builder") == kept + 2  # both sides of the Change of the erasing


def test_text_that_mentions_the_name_is_told_and_left():
    event, person, talk = make_programme()
    Talk.objects.filter(pk=talk.pk).update(abstract=f"With thanks to ada {MARK.upper()}.")
    release = publish(event, note=f"Ada {MARK} joins")

    erased = erase(event, person.code)

    number = str(release.number)
    assert set(erased.mentions) == {
        Mention("talks.talk", talk.code, "abstract"),
        Mention("talks.release", number, "note"),
        Mention("talks.release", number, f"records talks {talk.code} abstract"),
    }
    assert MARK not in repr(erased)


def test_a_name_within_another_word_is_no_mention():
    event = make_event()
    person = make_person(event, "Ann")
    make_talk(event, title="Planning annual annexes")

    assert erase(event, person.code).mentions == ()


def test_every_table_of_an_event_is_looked_through():
    without = [
        model.__name__
        for model in apps.get_app_config("talks").get_models()
        if not path_to_event(model)
    ]

    assert without == []


def test_the_picture_is_deleted(django_capture_on_commit_callbacks):
    event, person, _talk = make_programme()
    place = person.picture.name
    assert default_storage.exists(place)

    with django_capture_on_commit_callbacks(execute=True):
        erase(event, person.code)

    assert default_storage.exists(place) is False
    assert default_storage.exists(place.partition("/")[0]) is False


def test_a_picture_that_another_names_stays(django_capture_on_commit_callbacks):
    event, person, _talk = make_programme()
    make_person(make_event(), "Namesake", picture=person.picture.name)

    with django_capture_on_commit_callbacks(execute=True):
        erased = erase(event, person.code)

    assert erased.reached["files"] == 0
    assert default_storage.exists(person.picture.name)


def test_an_unknown_code_and_the_code_of_a_talk_are_refused():
    event, _person, talk = make_programme()
    stranger = make_person(make_event())

    for code in ("", "H22222222", talk.code, stranger.code):
        with pytest.raises(UnknownPerson):
            erase(event, code)
    assert Erasure.objects.count() == 0


def test_messages_and_sheets_that_wait_and_may_name_anybody_are_removed(
    client, settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.DATA_DIR = tmp_path
    event, person, _talk = make_programme()
    client.force_login(make_organizer(event))
    login = client.session
    login["_messages"], login["else"] = f'[["__json_message", 0, 25, "Ada {MARK}"]]', "kept"
    login.save()
    assert MARK in client.get("/admin/").content.decode()
    login.save()
    sheet = Folder()
    sheet.save(f"name\nAda {MARK}\n".encode())

    with django_capture_on_commit_callbacks(execute=True):
        erase(event, person.code, dry_run=True)
    assert sheet.path().exists()
    with django_capture_on_commit_callbacks(execute=True):
        erase(event, person.code)

    assert (client.session.get("_messages"), client.session["else"]) == (None, "kept")
    assert client.get("/admin/").status_code == 200
    assert sheet.path().exists() is False


def test_repeating_erases_what_came_back():
    event, person, _talk = make_programme()
    erase(event, person.code)
    Person.objects.filter(pk=person.pk).update(name=f"Ada {MARK}")

    [erased] = repeat(event)

    assert erased.reached["people"] == 1
    assert MARK not in dumped()


def test_the_log_has_codes_and_no_name(caplog):
    event, person, _talk = make_programme()

    with caplog.at_level("INFO", logger="talks.erasing"):
        erase(event, person.code)

    assert [record.getMessage() for record in caplog.records] == [
        f"{person.code} of {event.code} was erased"
    ]


# The command


def run(*arguments):
    output = StringIO()
    call_command("erase_person", *arguments, stdout=output)
    return output.getvalue()


def test_the_command_erases_and_reports_in_json():
    event, person, talk = make_programme()
    Talk.objects.filter(pk=talk.pk).update(subtitle=f"After {MARK}, Ada")

    report = json.loads(run(event.slug, person.code.lower(), "--json"))

    assert MARK not in json.dumps(report)
    assert report["mentions"] == [{"table": "talks.talk", "code": talk.code, "field": "subtitle"}]
    assert (report["new"], report["changed"], report["skipped"]) == (1, 9, [])
    assert Person.objects.get().name == PLACEHOLDER


def test_the_command_says_what_it_reached():
    event, person, _talk = make_programme()

    lines = run(event.slug, person.code).splitlines()

    assert lines == [
        "people:    1",
        "talks:     1",
        "keys:      0",
        "releases:  2",
        "history:   4",
        "files:     1",
        "proposals: 0",
        "notes:     0",
        f"{person.code} is erased. Backups made before still hold the name.",
    ]
    assert run(event.slug, person.code).splitlines()[-1] == (
        f"{person.code} was erased before; nothing was left to do."
    )


def test_a_dry_run_of_the_command_erases_nothing():
    event, person, _talk = make_programme()

    lines = run(event.slug, person.code, "--dry-run").splitlines()

    assert lines[-1] == "Nothing was erased: a dry run."
    assert Person.objects.get().name == f"Ada {MARK}"


@pytest.mark.parametrize("arguments", [("nowhere", "H22222222"), ("woe-26", "H22222222")])
def test_the_command_refuses_what_it_does_not_know(arguments):
    make_programme()

    with pytest.raises(CommandError) as refused:
        run(*arguments)

    assert refused.value.returncode == 2


# The admin


def test_an_owner_erases_after_having_seen_what_it_means(client):
    event, person, talk = make_programme()
    Talk.objects.filter(pk=talk.pk).update(abstract=f"Ada {MARK} says")
    client.force_login(make_organizer(event))
    address = f"/admin/talks/person/{person.pk}/erase/"
    form = client.get(f"/admin/talks/person/{person.pk}/change/").content.decode()

    shown = client.get(address)
    assert Person.objects.get().name == f"Ada {MARK}"
    done = client.post(address, follow=True)

    assert f'href="{address}"' in form
    assert f"<td>{talk.code}</td><td>abstract</td>" in shown.content.decode()
    assert done.redirect_chain == [(f"/admin/talks/person/{person.pk}/change/", 302)]
    assert MARK not in done.content.decode()
    assert f"talks.talk {talk.code}: abstract" in done.content.decode()
    assert Person.objects.get().name == PLACEHOLDER
    assert event.erasures.get().by == event.memberships.get().user


@pytest.mark.parametrize(("role", "status"), [("editor", 403), ("viewer", 403), ("owner", 200)])
def test_only_owners_are_shown_the_page(client, role, status):
    event, person, _talk = make_programme()
    client.force_login(make_organizer(event, role=role))

    assert client.get(f"/admin/talks/person/{person.pk}/erase/").status_code == status


def test_an_owner_of_another_event_erases_nobody(client):
    _event, person, _talk = make_programme()
    client.force_login(make_organizer(make_event()))

    response = client.post(f"/admin/talks/person/{person.pk}/erase/")

    assert response.status_code == 404
    assert Release.objects.count() == 2
    assert Person.objects.get(pk=person.pk).name == f"Ada {MARK}"
