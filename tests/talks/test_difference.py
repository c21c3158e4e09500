"""What attendees would see change: nothing is left out, and nothing is made up."""

from copy import deepcopy
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talks import records_json
from talks.difference import Difference, differences
from talks.records import Award, PaperRef, Programme, Role, TalkLink
from tests.talks.records import (
    at,
    make_date,
    make_event,
    make_placement,
    make_programme,
    make_role,
    make_room,
    make_session,
    make_talk,
    make_track,
)

HALL, ATTIC = make_room("Hall", "R2222222A"), make_room("Attic", "R2222222B")
TRACK = make_track()
ADA, BOB = make_role("Ada"), make_role("Bob")


def programme(*sessions, **fields):
    """A programme with the records that its sessions name."""
    placed = [p for session in sessions for p in session.placements]
    talks = {p.talk.code: p.talk for p in placed}.values()
    roles = [role for talk in talks for role in talk.roles] + [
        role for session in sessions for role in session.chairs
    ]
    rooms = {s.room.code: s.room for s in sessions if s.room}.values()
    people = {role.person.code: role.person for role in roles}.values()
    named = {"talks": tuple(talks), "rooms": tuple(rooms), "people": tuple(people)}
    return make_programme(*sessions, **{**named, **fields})


def told(before, after):
    """The differences as (kind, table, title), with the fields of each."""
    found = list(differences(before, after))
    return {
        (d.kind, d.table, d.title): {f.name: (f.before, f.after) for f in d.fields} for d in found
    }


def session_with(*placements, **fields):
    return make_session(**{"room": HALL, "placements": placements, **fields})


TALK = make_talk("Scaling", roles=(ADA,))
PLACED = make_placement(TALK)


def place(session="Morning", room="Hall", start="08:10", end="09:50", board=""):
    return {
        "session": session,
        "start": f"2017-12-09T{start}:00-08:00",
        "end": f"2017-12-09T{end}:00-08:00",
        "room": room,
        "board": board,
    }


def without_session(shown):
    return {name: shown[name] for name in ("start", "end", "room")}


def test_talk_moves_with_its_session():
    before = programme(session_with(PLACED))
    after = programme(session_with(PLACED, room=ATTIC, start="9:00"))

    moved = told(before, after)

    now = place(room="Attic", start="09:00")
    assert moved[("moved", "talks", "Scaling")] == {"when_and_where": (place(), now)}
    assert moved[("moved", "sessions", "Morning")] == {
        "when_and_where": (without_session(place()), without_session(now))
    }


def test_talk_that_goes_to_another_session_is_told_once():
    other = make_session("Evening", "18:00", "19:00", code="S2222222B", room=HALL)
    before = programme(session_with(PLACED), other)
    after = programme(session_with(), replace(other, placements=(PLACED,)))

    evening = place("Evening", start="18:00", end="19:00")
    assert told(before, after) == {
        ("moved", "talks", "Scaling"): {"when_and_where": (place(), evening)}
    }


def test_talk_with_a_start_of_its_own_ends_after_its_minutes():
    timed = replace(PLACED, start=at("8:30"))
    before, after = programme(session_with(PLACED)), programme(session_with(timed))

    assert told(before, after) == {
        ("moved", "talks", "Scaling"): {
            "when_and_where": (place(), place(start="08:30", end="08:50"))
        }
    }


def test_placement_made_anew_elsewhere_is_a_move_all_the_same():
    anew = replace(PLACED, code="L2222222X", start=at("8:30"))
    before, after = programme(session_with(PLACED)), programme(session_with(anew))

    assert told(before, after) == {
        ("moved", "talks", "Scaling"): {
            "when_and_where": (place(), place(start="08:30", end="08:50"))
        }
    }


def test_renamed_session_does_not_move_its_talks():
    before = programme(session_with(PLACED))
    after = programme(session_with(PLACED, title="Early morning"))

    assert told(before, after) == {
        ("reworded", "sessions", "Early morning"): {"title": ("Morning", "Early morning")}
    }


def test_new_talk_says_where_it_is_and_its_session_says_nothing():
    before, after = programme(session_with()), programme(session_with(PLACED), people=())

    assert told(before, after) == {("new", "talks", "Scaling"): {"when_and_where": (None, place())}}


def test_withdrawn_talk_says_where_it_was_and_comes_back_by_name():
    with_it, without = programme(session_with(PLACED)), programme(session_with())
    gone = replace(without, gone=frozenset({TALK.code}))

    assert told(with_it, without)[("withdrawn", "talks", "Scaling")] == {
        "when_and_where": (place(), None)
    }
    assert ("back", "talks", "Scaling") in told(gone, with_it)


@pytest.mark.parametrize("kind", ["cancelled", "planned"])
def test_cancelled_and_planned_again_are_told_apart(kind):
    planned, cancelled = PLACED, replace(PLACED, talk=replace(TALK, status="cancelled"))
    both = [programme(session_with(planned)), programme(session_with(cancelled))]
    before, after = both if kind == "cancelled" else both[::-1]

    assert told(before, after) == {(kind, "talks", "Scaling"): {}}


def printed(name, role="speaker", affiliation=""):
    return {"name": name, "affiliation": affiliation, "role": role}


def people_of(before, after, **fields):
    """What is told of a talk whose people change."""
    sides = [
        programme(
            session_with(replace(PLACED, talk=replace(TALK, roles=roles))),
            people=(ADA.person, BOB.person),
        )
        for roles in (before, after)
    ]
    [difference] = differences(*sides)
    return [(field.name, field.before, field.after) for field in difference.fields]


def test_people_of_a_talk_are_told_as_added_and_gone():
    assert people_of((ADA,), (BOB,)) == [
        ("person", None, printed("Bob")),
        ("person", printed("Ada"), None),
    ]


def test_person_in_another_role_is_told_as_one_change():
    assert people_of((ADA,), (replace(ADA, role="moderator"),)) == [
        ("person", printed("Ada"), printed("Ada", "moderator"))
    ]


def test_person_printed_otherwise_is_told_as_one_change():
    assert people_of((ADA,), (replace(ADA, affiliation="Analytical Society"),)) == [
        ("person", printed("Ada"), printed("Ada", affiliation="Analytical Society"))
    ]


def test_people_in_another_order_are_told_by_name():
    assert people_of((ADA, BOB), (BOB, ADA)) == [("people_order", ["Ada", "Bob"], ["Bob", "Ada"])]


def test_chairs_and_organizers_are_told_like_the_people_of_a_talk():
    chair = replace(ADA, role="chair")
    before = programme(session_with(chairs=(chair,)), people=(ADA.person,))
    after = replace(
        before, sessions=(session_with(),), organizers=(replace(ADA, role="organizer"),)
    )

    assert told(before, after) == {
        ("reworded", "sessions", "Morning"): {"person": (printed("Ada", "chair"), None)},
        ("reworded", "organizers", ""): {"person": (None, printed("Ada", "organizer"))},
    }


def test_talks_that_follow_each_other_otherwise_are_told_by_name():
    second = make_placement(make_talk("Second", code="T2222222B"), position=2)
    before = programme(session_with(PLACED, second))
    after = programme(session_with(replace(second, position=1), replace(PLACED, position=2)))

    assert told(before, after) == {
        ("reworded", "sessions", "Morning"): {
            "order": (["Scaling", "Second"], ["Second", "Scaling"])
        }
    }


def test_board_is_part_of_where_a_poster_is():
    before = programme(session_with(PLACED))
    after = programme(session_with(replace(PLACED, board="7")))

    assert told(before, after) == {
        ("moved", "talks", "Scaling"): {"when_and_where": (place(), place(board="7"))}
    }


def test_links_are_told_as_added_and_gone():
    link = TalkLink("slides", "https://example.org/slides", "Slides")
    linked = replace(PLACED, talk=replace(TALK, links=(link,)))
    before, after = programme(session_with(PLACED)), programme(session_with(linked))

    shown = {"kind": "slides", "label": "Slides", "url": "https://example.org/slides"}
    assert told(before, after) == {("reworded", "talks", "Scaling"): {"link": (None, shown)}}
    assert told(after, before) == {("reworded", "talks", "Scaling"): {"link": (shown, None)}}


def test_new_zone_is_told_once_where_clocks_stay():
    before = programme(session_with(PLACED))
    tokyo = make_event(zone="Asia/Tokyo")
    [session] = before.sessions
    start, end = (m.replace(tzinfo=tokyo.tz) for m in (session.start, session.end))
    after = replace(before, event=tokyo, sessions=(replace(session, start=start, end=end),))

    assert told(before, after) == {
        ("reworded", "event", tokyo.name): {"zone": ("America/Los_Angeles", "Asia/Tokyo")}
    }


def test_session_that_does_not_keep_its_clock_in_a_new_zone_is_told_to_move():
    before = programme(session_with(PLACED))
    tokyo = make_event(zone="Asia/Tokyo")
    [session] = before.sessions
    start, end = (m.astimezone(tokyo.tz) for m in (session.start, session.end))
    after = replace(before, event=tokyo, sessions=(replace(session, start=start, end=end),))

    kinds = [(kind, table) for kind, table, _title in told(before, after)]
    assert kinds == [("reworded", "event"), ("moved", "sessions"), ("moved", "talks")]


def test_postponed_date_moves():
    before = make_programme(dates=(make_date(),))
    after = make_programme(dates=(make_date(on=date(2017, 11, 10)),))

    assert told(before, after) == {
        ("moved", "dates", "Submissions due"): {"on": ("2017-11-03", "2017-11-10")}
    }


def test_against_nothing_everything_is_new():
    found = differences(None, programme(session_with(PLACED)))

    assert [(d.kind, d.table) for d in found] == [
        ("new", "sessions"),
        ("new", "talks"),
        ("new", "people"),
        ("new", "rooms"),
    ]


def test_difference_as_plain_value_names_kind_table_code_title_and_fields():
    [renamed] = differences(
        programme(session_with(title="Morning")), programme(session_with(title="Early"))
    )

    assert isinstance(renamed, Difference)
    assert renamed.as_plain() == {
        "kind": "reworded",
        "table": "sessions",
        "code": "S2222222A",
        "title": "Early",
        "fields": [{"name": "title", "before": "Morning", "after": "Early"}],
    }


# Whatever is other is told, and nothing else.

texts = st.sampled_from(["", "One", "Two", "R2222222A", "T2222222A"])
roles = st.lists(
    st.builds(
        lambda role, part, name: replace(role, role=part, name=name),
        st.sampled_from([ADA, BOB]),
        st.sampled_from(["speaker", "author"]),
        texts,
    ),
    max_size=3,
).map(tuple)
talks = st.fixed_dictionaries(
    {
        code: st.builds(
            make_talk,
            st.sampled_from(["Same", "Other"]),
            code=st.just(code),
            status=st.sampled_from(["planned", "cancelled"]),
            minutes=st.sampled_from([20, 30]),
            abstract=texts,
            track=st.sampled_from([None, TRACK]),
            paper=st.sampled_from(
                [None, PaperRef("P2222222A", "Paper"), PaperRef("P2222222B", "Paper")]
            ),
            roles=roles,
            links=st.lists(
                st.builds(TalkLink, st.just("slides"), texts, texts, texts), max_size=2
            ).map(tuple),
        )
        for code in ("T2222222A", "T2222222B")
    }
)
slots = st.lists(
    st.tuples(
        st.sampled_from(["C2222222A", "C2222222B", "C2222222C"]),
        st.sampled_from(["T2222222A", "T2222222B"]),
        st.integers(1, 2),
        st.sampled_from([None, at("8:30")]),
        st.sampled_from(["", "7"]),
        st.booleans(),
    ),
    max_size=3,
    unique_by=lambda slot: slot[0],
)


@st.composite
def programmes(draw):
    """Small programmes that differ in little, or in nothing."""
    event = make_event(zone=draw(st.sampled_from(["America/Los_Angeles", "Asia/Tokyo"])))
    known, placed = draw(talks), draw(slots)
    sessions = []
    for code in ("S2222222A", "S2222222B"):
        own = [slot for slot in placed if slot[-1] == (code == "S2222222A")]
        start = at("8:10", zone=event.tz)
        sessions.append(
            make_session(
                draw(st.sampled_from(["Morning", "Early"])),
                code=code,
                start="8:10",
                end="9:50",
                room=draw(st.sampled_from([None, HALL, ATTIC])),
                chairs=draw(roles),
                placements=tuple(
                    make_placement(known[talk], begin, code=one, position=position, board=board)
                    for one, talk, position, begin, board, _where in own
                ),
            )
        )
        length = timedelta(minutes=draw(st.sampled_from([60, 100])))
        sessions[-1] = replace(sessions[-1], start=start, end=start + length)
    used = {p.talk.code: p.talk for s in sessions for p in s.placements}
    return Programme(
        event=replace(event, about=draw(texts)),
        rooms=draw(st.sampled_from([(), (HALL,), (HALL, ATTIC), (replace(HALL, position=2),)])),
        tracks=draw(st.sampled_from([(), (TRACK,)])),
        people=draw(st.sampled_from([(), (ADA.person,), (replace(ADA.person, sort_name="X"),)])),
        talks=tuple(used.values()),
        sessions=tuple(sessions),
        dates=draw(st.sampled_from([(), (make_date(),), (make_date(position=2),)])),
        awards=tuple(Award("W2222222A", "Best", "", 1, (t,)) for t in [*used.values()][:1]),
        organizers=tuple(Role(r.person, "organizer", r.name, "") for r in draw(roles)),
    )


def compared(value):
    """The records of a programme by code: their order is no difference."""
    plain = records_json.dumps(value)
    tables = ("sessions", "talks", "people", "rooms", "tracks", "dates", "awards")
    by_code = {table: {record["code"]: record for record in plain[table]} for table in tables}
    return by_code, plain["event"], plain["organizers"]


@given(programmes(), programmes())
def test_something_is_told_exactly_when_something_is_other(before, after):
    is_other = compared(before) != compared(after)

    assert bool(list(differences(before, after))) == is_other


@settings(max_examples=30)
@given(programmes())
def test_nothing_is_told_of_the_same_programme(value):
    assert list(differences(value, deepcopy(value))) == []


@given(programmes(), st.data())
def test_one_change_of_one_session_is_told(value, data):
    session = data.draw(st.sampled_from(value.sessions))
    change = data.draw(
        st.sampled_from(
            [
                {"title": session.title + "!"},
                {"stream": "https://example.org/stream"},
                {"is_plenary": not session.is_plenary},
                {"placements": session.placements[1:]},
                {"placements": session.placements[::-1]},
                {"placements": tuple(replace(p, position=9) for p in session.placements)},
                {"placements": tuple(replace(p, code=p.code + "X") for p in session.placements)},
                {"chairs": session.chairs[::-1]},
            ]
        )
    )
    sessions = tuple(replace(s, **change) if s is session else s for s in value.sessions)
    after = replace(value, sessions=sessions)

    assert bool(list(differences(value, after))) == (compared(value) != compared(after))
