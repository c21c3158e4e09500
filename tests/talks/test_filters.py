from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

import pytest

from talks.entries import entries
from talks.filters import Malformed, Unknown, read
from talks.records import PaperRef
from tests.talks.records import (
    at,
    make_placement,
    make_programme,
    make_role,
    make_room,
    make_session,
    make_talk,
    make_track,
)

KINDS = {"talks", "posters", "panel", "break", "invited", "poster"}
ADA, GRACE = make_role("Ada Lovelace", affiliation="Analytical Society"), make_role("Grace Hopper")
TRACK, OTHER = make_track(), make_track("Theory", "K2222222B")
ROOM = make_room()


def talk(title, code, **fields):
    return make_talk(title, code=code, **fields)


FIRST = talk("Gradients", "T2222222A", roles=(ADA,), abstract="About *descent*.")
SECOND = talk("Compilers", "T2222222B", roles=(GRACE,), track=OTHER, kind="poster")
MORNING = make_session(
    "Morning",
    "8:00",
    "9:00",
    code="S2222222A",
    room=ROOM,
    track=TRACK,
    placements=(make_placement(FIRST, at("8:00")), make_placement(SECOND, at("8:30"), position=2)),
)
NOON = make_session("Lunch", "12:00", "13:00", code="S2222222B", kind="break")
LATE = make_session("Évening", "20:00", "21:00", code="S2222222C", chairs=(GRACE,))
PROGRAMME = make_programme(
    *(MORNING, NOON, LATE),
    rooms=(ROOM,),
    tracks=(TRACK, OTHER),
    people=(ADA.person, GRACE.person),
    talks=(FIRST, SECOND),
)


def asked(**values):
    return read({name: [value] for name, value in values.items()}, PROGRAMME, KINDS)


def shown(**values):
    """Titles of sessions, each with the titles of its talks."""
    kept = asked(**values).keep(PROGRAMME.sessions)
    return {s.title: [p.talk.title for p in s.placements] for s in kept}


def test_nothing_asked_for_keeps_everything():
    assert shown() == {"Morning": ["Gradients", "Compilers"], "Lunch": [], "Évening": []}


def test_day_keeps_what_starts_on_it():
    assert shown(day="2017-12-09") == shown()


def test_day_is_one_of_the_zone_that_is_shown():
    assert list(shown(day="2017-12-10", tz="Asia/Tokyo")) == ["Morning", "Lunch", "Évening"]
    assert list(shown(day="2017-12-09", tz="Asia/Tokyo")) == []


def test_track_keeps_its_session_whole():
    assert shown(track=TRACK.code) == {"Morning": ["Gradients", "Compilers"]}


def test_track_of_a_talk_keeps_that_talk_alone():
    assert shown(track=OTHER.code) == {"Morning": ["Compilers"]}


def test_codes_are_read_in_any_case_and_with_a_slug():
    assert shown(track=f"{OTHER.code.lower()}-theory") == shown(track=OTHER.code)


def test_room_keeps_what_is_in_it():
    assert list(shown(room=ROOM.code)) == ["Morning"]


@pytest.mark.parametrize(
    ("kind", "kept"), [("poster", {"Morning": ["Compilers"]}), ("break", {"Lunch": []})]
)
def test_kind_is_one_of_sessions_or_of_talks(kind, kept):
    assert shown(kind=kind) == kept


def test_person_keeps_their_talks_and_the_sessions_they_chair():
    assert shown(person=GRACE.person.code) == {"Morning": ["Compilers"], "Évening": []}


@pytest.mark.parametrize(
    "words", ["gradients", "GRADIENTS  descent", "lovelace", "descent ada", "analytical", "grad"]
)
def test_words_are_found_in_titles_abstracts_and_people(words):
    assert shown(q=words) == {"Morning": ["Gradients"]}


def test_words_are_found_without_their_accents():
    assert list(shown(q="evening")) == ["Évening"]


def test_words_of_a_session_keep_it_whole():
    assert shown(q="morning") == {"Morning": ["Gradients", "Compilers"]}


def test_words_are_found_in_the_title_of_the_paper():
    paper = PaperRef("Q2222222A", "Attention")
    placed = make_placement(replace(FIRST, paper=paper), at("8:00"))
    programme = replace(PROGRAMME, sessions=(replace(MORNING, placements=(placed,)),))

    kept = asked(q="attention").keep(programme.sessions)

    assert [session.title for session in kept] == ["Morning"]


@pytest.mark.parametrize("words", ["zebra", "gradients zebra", "…!"])
def test_words_that_stand_nowhere_keep_nothing(words):
    assert shown(q=words) == {}


def test_filters_work_together():
    assert shown(track=TRACK.code, person=ADA.person.code) == {"Morning": ["Gradients"]}
    assert shown(kind="poster", person=ADA.person.code) == {}


def test_entries_are_kept_like_sessions_and_left_as_they_are():
    every = entries(PROGRAMME)

    kept = asked(person=GRACE.person.code).keep_entries(every)

    assert [entry.title for entry in kept] == ["Compilers", "Évening"]
    assert [entry in every for entry in kept] == [True, True]


def test_session_without_times_of_talks_stays_one_whole_entry():
    untimed = (make_placement(FIRST), make_placement(SECOND, position=2))
    programme = replace(PROGRAMME, sessions=(replace(MORNING, placements=untimed),))

    (kept,) = asked(person=ADA.person.code).keep_entries(entries(programme))

    assert len(kept.session.placements) == 2


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("day", "2017-12-24"),
        ("track", "K9999999Z"),
        ("track", ROOM.code),
        ("room", "nowhere"),
        ("person", "H9999999Z"),
        ("kind", "opera"),
    ],
)
def test_what_is_not_there_is_named(name, value):
    with pytest.raises(Unknown) as error:
        asked(**{name: value})

    assert (error.value.name, error.value.value) == (name, value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("day", "tomorrow"),
        ("day", "2017-13-40"),
        ("day", "２０１７-12-09"),
        ("view", "cube"),
        ("at", "noon"),
        ("at", "0001-01-01T00:00+14:00"),
        ("q", "a" * 501),
        ("q", "a\0b"),
    ],
)
def test_what_cannot_be_read_is_named(name, value):
    with pytest.raises(Malformed) as error:
        asked(**{name: value})

    assert error.value.name == name


def test_two_values_of_one_name_cannot_be_read():
    with pytest.raises(Malformed):
        read({"track": [TRACK.code, OTHER.code]}, PROGRAMME, KINDS)


def test_day_of_the_event_without_sessions_is_a_day():
    empty = replace(PROGRAMME, sessions=())

    assert read({"day": ["2017-12-09"]}, empty, KINDS).day == date(2017, 12, 9)


@pytest.mark.parametrize("name", ["Mars/Olympus", "localtime"])
def test_unknown_zone_shows_the_event_s(name):
    filters = asked(tz=name)

    assert (filters.zone.key, filters.unknown_tz) == ("America/Los_Angeles", name)
    assert filters.query() == "?"


def test_moment_without_offset_is_by_the_event_s_clock():
    assert asked(at="2017-12-09T09:30", tz="Asia/Tokyo").at == at("9:30")
    assert asked(at="2017-12-09T17:30Z").at == at("9:30")


def test_empty_values_and_other_names_are_left_alone():
    assert asked(track="", q=" ", utm_source="x").query() == "?"


def test_query_changes_one_value_and_keeps_the_others():
    filters = asked(track=TRACK.code, tz="Asia/Tokyo", q="a b")

    assert filters.query(track="", view="list") == "?q=a+b&view=list&tz=Asia%2FTokyo"
    assert filters.narrowing == ("track", "q")


def test_asking_otherwise_keeps_the_zone():
    filters = asked(tz="Asia/Tokyo").asking(track=OTHER.code)

    assert (filters.zone, filters.track) == (ZoneInfo("Asia/Tokyo"), OTHER.code)
