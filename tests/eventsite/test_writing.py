import threading

import pytest
from django.db import connection

from eventsite import writing
from eventsite.models import Change
from talks.models import Room, Talk, TalkRole
from tests.factories import make_event, make_person, make_room, make_talk, make_user

pytestmark = pytest.mark.django_db


def test_new_row_gets_one_change_without_field_values():
    event, ada = make_event(), make_user("ada")

    room = writing.create(Room(event=event, name="Hall"), ada)

    change = Change.objects.get()
    assert (change.table, change.code, change.version) == ("talks.room", room.code, 1)
    assert (change.fields, change.by, change.event_code) == ({}, ada, event.code)


@pytest.fixture
def told(monkeypatch):
    """What a follower of the talks' rows hears: table, key and fields of each."""
    heard = []
    monkeypatch.setattr(writing, "followers", {})
    writing.follow(
        "talks",
        lambda rows: heard.extend((type(row).__name__, row.pk, fields) for row, fields in rows),
    )
    return heard


def test_follower_hears_of_every_change(told):
    event = make_event()

    room = writing.create(Room(event=event, name="Hall"))
    key = room.pk
    writing.change(room, 1, {"name": "Attic"})
    writing.change(room, 2, {"name": "Attic"})
    writing.delete(room, 2)

    gone = told.pop()
    assert told == [("Room", key, {}), ("Room", key, {"name": ["Hall", "Attic"]})]
    assert (gone[:2], gone[2]["name"]) == (("Room", key), ["Attic", None])


def test_change_raises_the_version_and_remembers_before_and_after():
    room = make_room(make_event(), name="Hall", capacity=10)

    changed = writing.change(room, 1, {"name": "Attic", "capacity": 10})

    room.refresh_from_db()
    assert changed
    assert (room.name, room.version) == ("Attic", 2)
    assert Change.objects.get().fields == {"name": ["Hall", "Attic"]}


def test_change_to_the_same_values_leaves_version_and_history_alone():
    room = make_room(make_event(), name="Hall")

    changed = writing.change(room, 1, {"name": "Hall"})

    room.refresh_from_db()
    assert not changed
    assert room.version == 1
    assert Change.objects.count() == 0


def test_change_from_an_older_version_is_refused_with_both_versions():
    room = make_room(make_event(), name="Hall")
    writing.change(room, 1, {"name": "Attic"})
    writing.change(room, 2, {"name": "Cellar", "capacity": 9})

    with pytest.raises(writing.Conflict) as refused:
        writing.change(room, 1, {"name": "Mine"})

    assert refused.value.version == 3
    assert refused.value.theirs == {"name": ["Hall", "Cellar"], "capacity": [None, 9]}
    assert Room.objects.get().name == "Cellar"


def test_change_of_a_row_that_is_gone_is_refused_as_version_none():
    room = make_room(make_event())
    Room.objects.all().delete()

    with pytest.raises(writing.Conflict) as refused:
        writing.change(room, 1, {"name": "Mine"})

    assert refused.value.version == 0


def test_children_are_changed_with_their_parent_in_one_change():
    event = make_event()
    talk = make_talk(event, people=["Ada"])
    bob = make_person(event, "Bob")

    before = writing.claim(talk, 1)
    TalkRole.objects.create(talk=talk, person=bob, position=2)
    talk.title = "Renamed"
    talk.save(update_fields=["title"])
    writing.record(talk, before)

    change = Change.objects.get()
    assert sorted(change.fields) == ["roles", "title"]
    assert [len(side) for side in change.fields["roles"]] == [1, 2]
    assert change.fields["roles"][1][1]["person"] == bob.pk
    assert Talk.objects.get().version == 2


def test_relations_are_part_of_the_history():
    event = make_event()
    talk, hall = make_talk(event), make_room(event)

    before = writing.claim(talk, 1)
    talk.rooms.add(hall)
    writing.record(talk, before)

    assert Change.objects.get().fields == {"rooms": [[], [hall.pk]]}


def test_deleted_row_leaves_its_last_values_in_history():
    room = make_room(make_event(), name="Hall")

    writing.delete(room, 1)

    change = Change.objects.get()
    assert Room.objects.count() == 0
    assert change.fields["name"] == ["Hall", None]
    assert change.version == 2


def test_delete_of_a_row_that_somebody_changed_is_refused():
    room = make_room(make_event(), name="Hall")
    writing.change(room, 1, {"name": "Attic"})

    with pytest.raises(writing.Conflict):
        writing.delete(room, 1)

    assert Room.objects.get().name == "Attic"


@pytest.mark.skipif(connection.vendor == "sqlite", reason="in memory, SQLite has one connection")
@pytest.mark.django_db(transaction=True)
def test_of_many_who_save_at_once_each_is_kept_or_told():
    room = make_room(make_event(), name="0")
    outcomes = []

    def save_ten_times(name):
        for number in range(10):
            seen = Room.objects.get(pk=room.pk)
            try:
                writing.change(seen, seen.version, {"name": f"{name}-{number}"})
                outcomes.append("kept")
            except writing.Conflict:
                outcomes.append("told")
        connection.close()

    threads = [threading.Thread(target=save_ten_times, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(outcomes) == 40
    assert Room.objects.get().version == 1 + outcomes.count("kept")
    assert Change.objects.count() == outcomes.count("kept")
