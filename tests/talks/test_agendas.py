"""Agendas as rows: keys, stars, limits, and moments that never go back."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from eventsite.keys import hash_of, new_key
from talks import agendas
from talks.models import Agenda, Star
from talks.publishing import publish
from tests.factories import make_event, make_session

pytestmark = pytest.mark.django_db

CODES = ("T2222222A", "T2222222B", "S2222222C")


@pytest.fixture
def event():
    event = make_event(slug="woe-26")
    make_session(event)
    publish(event)
    return event


def stars(key):
    return [*agendas.stars_of(agendas.find(key, "woe-26"))]


def test_key_is_kept_as_a_hash_alone(event):
    key = agendas.star("", "woe-26", CODES[:1])

    [row] = Agenda.objects.values()
    assert row["key_hash"] == hash_of(key)
    assert key not in str(row)
    assert len(key) == 43


def test_two_agendas_have_two_keys(event):
    keys = {agendas.star("", "woe-26", CODES[:1]) for _ in range(20)}

    assert len(keys) == Agenda.objects.count() == 20


def test_star_that_is_there_moves_nothing(event):
    key = agendas.star("", "woe-26", CODES[:1])
    [before] = Agenda.objects.values()

    agendas.star(key, "woe-26", CODES[:1])

    assert [*Agenda.objects.values()] == [before]


@pytest.mark.parametrize(
    "change",
    [
        lambda key: agendas.star(key, "woe-26", CODES[1:2]),
        lambda key: agendas.unstar(key, "woe-26", CODES[:1]),
        lambda key: agendas.empty(key, "woe-26"),
        lambda key: agendas.rotate(key, "woe-26"),
    ],
)
def test_every_change_moves_on_by_a_second_whatever_the_clock_says(event, change):
    key = agendas.star("", "woe-26", CODES[:1])
    ahead = datetime(2099, 1, 1, tzinfo=UTC)
    Agenda.objects.update(changed=ahead)

    change(key)

    assert Agenda.objects.get().changed == ahead + timedelta(seconds=1)


def test_star_is_as_old_as_the_change_that_set_it(event):
    key = agendas.star("", "woe-26", CODES[:1])

    agendas.star(key, "woe-26", CODES[1:])

    first, *rest = Star.objects.values_list("added", flat=True)
    assert set(rest) == {Agenda.objects.get().changed}
    assert rest[0] - first >= timedelta(seconds=1)


def test_full_agenda_takes_no_star_and_loses_none(event, monkeypatch):
    monkeypatch.setattr(agendas, "MOST", 2)
    key = agendas.star("", "woe-26", CODES[:1])

    with pytest.raises(agendas.Full):
        agendas.star(key, "woe-26", CODES)

    assert stars(key) == [CODES[0]]


def test_full_agenda_joins_what_there_is_room_for(event, monkeypatch):
    monkeypatch.setattr(agendas, "MOST", 2)
    key = agendas.star("", "woe-26", CODES[:1])
    other = agendas.star("", "woe-26", CODES[1:])

    joined = agendas.join(key, other, "woe-26")

    assert (joined, len(stars(key))) == (key, 2)


@pytest.mark.parametrize("change", [agendas.empty, agendas.rotate, agendas.delete])
def test_unknown_key_changes_nothing(event, change):
    agendas.star("", "woe-26", CODES[:1])
    before = [*Agenda.objects.values(), *Star.objects.values()]

    change(new_key(), "woe-26")

    assert [*Agenda.objects.values(), *Star.objects.values()] == before


def test_key_opens_no_agenda_of_another_event(event):
    make_event(slug="other")
    key = agendas.star("", "woe-26", CODES[:1])

    assert agendas.find(key, "other") is None
    assert agendas.find(key, "other", "woe-26") == Agenda.objects.get()


# Where an agenda is kept


def make_chain():
    """Three public events, each held at the one before: "top", "middle", "bottom"."""
    parent = None
    for slug in ("top", "middle", "bottom"):
        parent = make_event(slug=slug, parent=parent)
        make_session(parent)
        publish(parent)
    return parent


def test_home_is_the_topmost_public_event():
    bottom = make_chain()

    assert {agendas.home(slug) for slug in ("top", "middle", "bottom")} == {"top"}
    assert agendas.home("nowhere") is None
    type(bottom).objects.filter(slug="middle").update(is_hidden=True)
    assert [agendas.home(slug) for slug in ("bottom", "middle")] == ["bottom", None]


def test_events_held_at_each_other_have_one_home():
    bottom = make_chain()
    type(bottom).objects.filter(slug="top").update(parent=bottom)

    assert {agendas.home(slug) for slug in ("top", "middle", "bottom")} == {"bottom"}


# What is begun and left


def test_nothing_starred_begins_no_agenda(event):
    assert agendas.star("", "woe-26", []) == ""
    assert Agenda.objects.count() == 0


def test_key_that_opens_nothing_begins_no_agenda(event):
    with pytest.raises(agendas.Unopened):
        agendas.star(new_key(), "woe-26", CODES)

    assert Agenda.objects.count() == 0


@pytest.mark.parametrize(
    ("days", "codes", "remain"), [(401, (), 1), (399, (), 2), (401, CODES[:1], 2)]
)
def test_agenda_left_empty_for_long_goes_when_another_is_begun(event, days, codes, remain):
    key = agendas.star("", "woe-26", CODES[:2])
    agendas.unstar(key, "woe-26", set(CODES) - set(codes))
    changed = timezone.now() - timedelta(days=days)
    Agenda.objects.update(key_hash="f" * 64, changed=changed)

    agendas.star("", "woe-26", CODES[:1])

    assert Agenda.objects.count() == remain


def test_one_more_agenda_looks_at_a_few_others_alone(event, monkeypatch):
    monkeypatch.setattr(agendas, "LOOKED_AT", 3)
    long_ago = timezone.now() - timedelta(days=500)
    Agenda.objects.bulk_create(
        Agenda(key_hash=f"g{number}", event=event, created=long_ago, changed=long_ago)
        for number in range(5)  # "g" stands after every hash
    )

    agendas.star("", "woe-26", CODES[:1])

    assert Agenda.objects.count() == 3


def test_star_is_later_than_every_release(event):
    ahead = datetime(2099, 1, 1, tzinfo=UTC)
    event.releases.update(published=ahead)

    agendas.star("", "woe-26", CODES[:1])

    assert Agenda.objects.get().changed == ahead + timedelta(seconds=1)


def test_deleted_agenda_is_said_to_be(event):
    key = agendas.star("", "woe-26", CODES)

    assert (agendas.delete(key, "woe-26"), agendas.delete(key, "woe-26")) == (True, False)
    assert Star.objects.count() == 0
