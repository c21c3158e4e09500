"""The database holds every rule that one row can break, whoever writes it."""

from datetime import date

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import F, RestrictedError

from eventsite.codes import ALPHABET, new_code
from eventsite.fields import CodeField
from eventsite.models import Job
from papers.models import Authorship, Identifier, Paper, PaperLink, Topic
from talks.models import Event, Room, RuleSetting, Session, Talk, TalkRole, Walk
from talks.publishing import publish
from tests.factories import (
    make_author,
    make_event,
    make_paper,
    make_placement,
    make_proposal,
    make_relation,
    make_room,
    make_room_time,
    make_rule,
    make_session,
    make_talk,
    make_walk,
    ten_o_clock,
)

OURS = [
    model
    for name in ("eventsite", "papers", "talks")
    for model in apps.get_app_config(name).get_models()
]
CHOICES = [(m, f.name) for m in OURS for f in m._meta.fields if f.choices]
CODED = [m for m in OURS for f in m._meta.fields if isinstance(f, CodeField)]


@pytest.mark.parametrize(("model", "field"), CHOICES, ids=lambda x: getattr(x, "__name__", x))
def test_every_choice_is_held_by_a_constraint(model, field):
    held = [c for c in model._meta.constraints if f"'{field}__in'" in str(c.deconstruct())]

    assert len(held) == 1


@pytest.mark.parametrize("model", CODED, ids=lambda m: m.__name__)
def test_every_code_is_held_to_its_letter(model):
    letter = model._meta.get_field("code").letter

    held = [
        c
        for c in model._meta.constraints
        if f"('code__startswith', '{letter}')" in str(c.deconstruct())
    ]

    assert len(held) == 1


def test_no_two_tables_share_a_letter():
    letters = [model._meta.get_field("code").letter for model in CODED]

    assert len(set(letters)) == len(letters)
    assert set(letters) <= set(ALPHABET)


def test_codes_have_no_look_alikes():
    assert not set("01OILU") & set(ALPHABET)
    assert len({new_code("T") for _ in range(1000)}) == 1000


def refused(change):
    """Tell whether the database refuses a change."""
    try:
        with transaction.atomic():
            change()
    except IntegrityError:
        return True
    return False


BROKEN = {
    "an event that ends before its first day": lambda: Event.objects.update(
        ends_on=date(2027, 3, 1)
    ),
    "an event held at itself": lambda: Event.objects.update(parent=F("pk")),
    "an event of no kind": lambda: Event.objects.update(kind="party"),
    "a session that ends as it starts": lambda: Session.objects.update(end=F("start")),
    "a session with a start alone": lambda: Session.objects.update(end=None),
    "a session of no status": lambda: Session.objects.update(status="perhaps"),
    "a talk of no minutes": lambda: Talk.objects.update(minutes=0),
    "a talk with a session's code": lambda: Talk.objects.update(code="S23456789"),
    "a talk with a short code": lambda: Talk.objects.update(code="T2345"),
    "two talks at one position": lambda: make_placement(
        make_talk(Event.objects.get()), Session.objects.get(), position=1
    ),
    "two posters on one board": lambda: make_placement(
        make_talk(Event.objects.get()), Session.objects.get(), board="7"
    ),
    "a person twice in one role": lambda: TalkRole.objects.create(
        talk=Talk.objects.get(), person=TalkRole.objects.get().person, role="speaker"
    ),
    "two talks of one number elsewhere": lambda: make_talk(Event.objects.get(), external_id="x"),
    "two rooms of one name": lambda: make_room(Event.objects.get(), name="Hall"),
    "a link with neither address nor file": lambda: Talk.objects.get().links.create(kind="slides"),
    "a link that runs": lambda: Talk.objects.get().links.create(url="javascript:alert(1)"),
    "a time without a zone": lambda: Event.objects.get().dates.create(
        label="x", on=date(2027, 1, 1), time="12:00"
    ),
    "a page that disappears before it appears": lambda: Event.objects.get().pages.create(
        slug="x", appears="2027-01-02T00:00Z", disappears="2027-01-01T00:00Z"
    ),
    "a release numbered nought": lambda: Event.objects.get().releases.create(
        number=0, published="2027-01-01T00:00Z", digest="x", records={}
    ),
    "a room's time that ends as it starts": lambda: make_room_time(
        Room.objects.get(name="Hall"), end=ten_o_clock(Event.objects.get())
    ),
    "a walk to the same room": lambda: make_walk(*[Room.objects.get(name="Hall")] * 2),
    "the way back of a walk": lambda: make_walk(Walk.objects.get().b, Walk.objects.get().a),
    "a talk related to itself": lambda: make_relation(*[Talk.objects.get()] * 2),
    "a rule set twice": lambda: make_rule(Event.objects.get(), "room_is_free"),
    "a rule of less than no weight": lambda: RuleSetting.objects.update(weight=-1),
    "a finding of a short fingerprint": lambda: Event.objects.get().acknowledged.create(
        rule="room_is_free", fingerprint="12"
    ),
    "two moves in one place of a list": lambda: [
        proposal.moves.create(code=code, position=0)
        for proposal in [make_proposal(Event.objects.get())]
        for code in ("T1", "T2")
    ],
    "a vote given twice": lambda: [
        Talk.objects.get().votes.create(event=Event.objects.get(), voter="x") for _ in range(2)
    ],
    "a job that is more than done": lambda: Job.objects.create(kind="x", progress=101),
    "a paper of month 13": lambda: Paper.objects.update(year=2020, month=13),
    "a month without a year": lambda: Paper.objects.update(year=None, month=5),
    "one identifier on two papers": lambda: Identifier.objects.create(
        paper=make_paper(), scheme="doi", value="10.1/x"
    ),
    "two authors at one position": lambda: Authorship.objects.create(
        paper=Paper.objects.get(), author=make_author(), position=1
    ),
    "a paper's link that runs": lambda: PaperLink.objects.create(
        paper=Paper.objects.get(), url="javascript:alert(1)"
    ),
    "a topic within itself": lambda: Topic.objects.update(parent=F("pk")),
    "two topics of one name": lambda: Topic.objects.create(name="Pruning", slug="pruning-2"),
    "an ORCID of ten characters": lambda: make_author(orcid="0000-00010"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("rule", BROKEN)
def test_database_refuses(rule):
    event = make_event()
    make_walk(make_room(event, name="Hall"), make_room(event))
    make_rule(event, "room_is_free")
    talk = make_talk(event, session=make_session(event), board="7", people=["A"], external_id="x")
    paper = make_paper(authors=["Ada"])
    paper.identifiers.create(scheme="doi", value="10.1/x")
    Topic.objects.create(name="Pruning", slug="pruning")
    talk.save()

    assert refused(BROKEN[rule])


@pytest.mark.django_db
def test_person_in_a_role_cannot_be_deleted():
    event = make_event()
    make_talk(event, people=["Ada"])

    with pytest.raises(RestrictedError):
        event.people.get().delete()


@pytest.mark.django_db
def test_unpublished_event_can_be_deleted_with_all_that_is_its_own():
    event = make_event()
    session = make_session(event, room=make_room(event))
    make_talk(event, people=["Ada"], session=session)

    event.delete()

    assert not Talk.objects.exists()


@pytest.mark.django_db
def test_published_event_cannot_be_deleted():
    event = make_event()
    make_session(event)
    publish(event)

    with pytest.raises(RestrictedError):
        event.delete()
