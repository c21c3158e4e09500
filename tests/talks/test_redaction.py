"""What of an earlier programme is told while a later one stands."""

import json
from dataclasses import replace

from hypothesis import given, settings

from talks.difference import differences
from talks.formats import releases_json
from talks.records import Award, PaperRef, Person, TalkLink
from talks.records_json import dumps, loads
from talks.redaction import redacted
from talks.stamps import next_stamps
from tests.attacks.worlds import WORLD, draft
from tests.talks.records import (
    LONG_AGO,
    make_event,
    make_placement,
    make_programme,
    make_role,
    make_session,
    make_talk,
)

ADA, BOB = make_role("Ada"), make_role("Bob")


def programme(*talks, chairs=(), organizers=(), awards=(), people=(), **fields):
    """A programme of one session with these talks."""
    placements = tuple(make_placement(talk) for talk in talks)
    session = make_session(placements=placements, chairs=chairs, **fields)
    roles = [role for talk in talks for role in talk.roles] + [*chairs, *organizers]
    found = {role.person.code: role.person for role in roles} | {p.code: p for p in people}
    return make_programme(
        session,
        talks=talks,
        people=tuple(found.values()),
        organizers=organizers,
        awards=awards,
    )


def talk(title, *roles, number=1, **fields):
    return make_talk(title, code=f"T2222222{'ABC'[number]}", roles=roles, **fields)


def text(found):
    return json.dumps(dumps(found))


# One rule at a time


def test_what_stands_is_told_as_it_was():
    before = programme(talk("Old", ADA, abstract="Of old"), chairs=(BOB,), organizers=(ADA,))
    now = programme(talk("New", ADA), chairs=(BOB,), organizers=(ADA,))

    assert redacted(before, now) == before


def test_withdrawn_talk_keeps_title_and_time_and_nothing_that_names():
    gone = talk(
        "Gone",
        ADA,
        number=2,
        subtitle="With Ada",
        abstract="By Ada",
        paper=PaperRef("P2222222A", "Ada's paper"),
        links=(TalkLink("slides", "https://ada.example.org/", ""),),
    )
    before, now = programme(talk("Stays", BOB), gone), programme(talk("Stays", BOB))

    found = redacted(before, now)

    [_stays, placement] = found.sessions[0].placements
    assert placement.talk == make_talk("Gone", code="T2222222C")
    assert found.talks[1] == placement.talk
    assert [person.name for person in found.people] == ["Bob"]


def test_whoever_stands_elsewhere_is_named_there_and_not_at_the_withdrawn_talk():
    before = programme(talk("Stays", ADA), talk("Gone", ADA, number=2))

    found = redacted(before, programme(talk("Stays", ADA)))

    assert [len(one.roles) for one in found.talks] == [1, 0]
    assert [person.name for person in found.people] == ["Ada"]


def test_whoever_only_gave_what_was_withdrawn_is_not_listed_though_they_stand_today():
    before = programme(talk("Gone", ADA, number=2), talk("Stays", BOB))
    now = programme(talk("Stays", BOB), talk("New", ADA, number=0))

    assert [person.name for person in redacted(before, now).people] == ["Bob"]


def test_whoever_is_gone_is_named_nowhere():
    before = programme(talk("Stays", ADA, BOB), chairs=(ADA,), organizers=(ADA, BOB))

    found = redacted(before, programme(talk("Stays", BOB)))

    assert "Ada" in text(before)
    assert "Ada" not in text(found)
    assert [role.name for role in found.organizers] == ["Bob"]


def test_text_of_a_talk_goes_with_any_of_its_people_unless_it_stands_today():
    before = programme(talk("Stays", ADA, BOB, abstract="By Ada", subtitle="A dialogue"))

    found = redacted(before, programme(talk("Stays", BOB, abstract="", subtitle="A dialogue")))

    assert (found.talks[0].abstract, found.talks[0].subtitle) == ("", "A dialogue")


def test_withdrawn_session_names_no_chair_and_no_stream():
    before = programme(talk("Stays", BOB), chairs=(BOB,), stream="https://stream.example.org/")
    now = programme(talk("Stays", BOB), code="S2222222B", organizers=(BOB,))

    [session] = redacted(before, now).sessions

    assert (session.chairs, session.stream) == ((), "")
    assert session.placements[0].talk.roles == (BOB,)


def test_address_that_was_taken_out_is_told_no_more():
    links = (TalkLink("slides", "https://a.org/", ""), TalkLink("video", "https://b.org/", ""))
    paper = PaperRef("P2222222A", "Private again")
    before = programme(talk("Stays", links=links, paper=paper), stream="https://old.org/")

    found = redacted(before, programme(talk("Stays", links=links[1:])))

    assert found.talks[0].links == links[1:]
    assert found.talks[0].paper is None
    assert found.sessions[0].stream == ""


def test_picture_is_named_while_it_is_sent():
    pictured = replace(ADA, person=replace(ADA.person, picture="1a/ada.png"))
    before = programme(talk("Stays", pictured))

    kept, dropped = (redacted(before, now) for now in (before, programme(talk("Stays", ADA))))

    assert (kept.people[0].picture, dropped.people[0].picture) == ("1a/ada.png", "")
    assert dropped.talks[0].roles[0].person == dropped.people[0]


def test_what_somebody_took_off_since_is_told_no_more():
    said = {"about": "Call me", "links": "Home https://ada.example", "affiliation": "Analysts"}
    full = replace(ADA, person=replace(ADA.person, **said))
    before = programme(talk("Stays", full))

    kept, dropped = (redacted(before, now) for now in (before, programme(talk("Stays", ADA))))

    assert kept.people[0] == full.person
    assert dropped.people[0] == ADA.person


def test_affiliation_of_then_is_told_beside_that_of_now():
    there, here = (replace(ADA, person=replace(ADA.person, affiliation=a)) for a in ("A", "B"))
    before = programme(talk("Stays", there))

    assert redacted(before, programme(talk("Stays", here))).people[0].affiliation == "A"


def test_text_of_an_award_goes_with_any_winner():
    first, second = talk("One"), talk("Two", number=2)
    award = Award("W2222222A", "Best", "For Ada", 1, (first, second))
    before = programme(first, second, awards=(award,))

    whole, part, none = (
        redacted(before, now).awards[0]
        for now in (
            before,
            programme(first, awards=(replace(award, talks=(first,)),)),
            programme(first, second),
        )
    )

    assert [one.text for one in (whole, part, none)] == ["For Ada", "", ""]
    assert [one.name for one in (part, none)] == ["Best", "Best"]


def test_event_is_reached_as_it_is_today():
    before = make_programme(event=make_event(contact="ada@example.org", place="Then"))
    now = make_programme(event=make_event(slug="new", contact="bob@example.org", place="Now"))

    event = redacted(before, now).event

    assert (event.slug, event.contact, event.place) == ("new", "bob@example.org", "Then")


def test_stamps_are_the_calendars_own():
    before = programme(talk("Stays"))
    stamped = replace(before, stamps=next_stamps(None, before, LONG_AGO))

    assert stamped.stamps != ()
    assert redacted(stamped, before).stamps == ()


# Any programme


def marked(world, mark):
    """A random programme in which all that a person has is theirs alone: "mark-0-name"."""
    made = draft(world)
    marks = {}
    for person in made.people:
        words = {name: f"{mark}-{person.code}-{name}" for name in ("name", "about", "links")}
        marks[person.code] = Person(person.code, sort_name="", affiliation="", **words)
    value = dumps(made)
    value["people"] = [dumps(replace(made, people=(one,)))["people"][0] for one in marks.values()]
    for one in value["talks"]:
        parts = [role["person"] for role in one["roles"]]
        one["abstract"] = " ".join(f"{mark}-{code}-at-{one['code']}" for code in parts)
        for role in one["roles"]:
            role["affiliation"] = f"{mark}-{role['person']}-at-{one['code']}"
    return loads(value)


@settings(max_examples=60, deadline=None)
@given(before=WORLD, now=WORLD, after=WORLD)
def test_nothing_of_who_is_gone_stands_in_what_is_told(before, now, after):
    old, current, other = (
        marked(world, name) for world, name in ((before, "old"), (now, "now"), (after, "after"))
    )
    standing = {person.code for person in current.people}
    talks = {talk.code for talk in current.talks}
    first, second = redacted(old, current), redacted(other, current)

    told = [
        releases_json.dumps(first, 1, LONG_AGO, "", 3),
        releases_json.dumps_changes(differences(first, second), 2, 1),
        releases_json.dumps_changes(differences(None, second), 2, None),
    ]

    gone = {person.code for made in (old, other) for person in made.people} - standing
    withdrawn = {talk.code for made in (old, other) for talk in made.talks} - talks
    secrets = [f"-{code}-" for code in gone] + [f"-at-{code}" for code in withdrawn]
    assert [secret for secret in secrets for one in told if secret in one] == []


@settings(max_examples=40, deadline=None)
@given(before=WORLD, now=WORLD)
def test_what_is_told_is_a_whole_programme(before, now):
    old, current = draft(before), draft(now)

    found = redacted(old, current)

    assert loads(dumps(found)) == found
    assert [session.title for session in found.sessions] == [s.title for s in old.sessions]
    assert [talk.title for talk in found.talks] == [talk.title for talk in old.talks]
    assert redacted(found, current) == found


@settings(max_examples=20, deadline=None)
@given(world=WORLD)
def test_current_programme_is_told_whole(world):
    current = draft(world)

    assert redacted(current, current) == current
