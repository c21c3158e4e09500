from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from talks.records import PaperRef
from talks.stamps import is_whole_day, next_stamps, tombstones, tombstones_of
from tests.talks.records import (
    LONG_AGO,
    at,
    make_date,
    make_event,
    make_placement,
    make_programme,
    make_role,
    make_room,
    make_session,
    make_stamp,
    make_talk,
    release,
)

LATER = LONG_AGO + timedelta(days=1)
UID = "S2222222A@events.example.org"


def stamps_of(programme):
    return {stamp.uid: stamp for stamp in programme.stamps}


def test_first_release_counts_from_nought():
    now = datetime(2017, 11, 1, 9, 30, 15, 999_999, tzinfo=UTC)

    (stamp,) = next_stamps(None, make_programme(make_session()), now)

    whole = now.replace(microsecond=0)
    about = {"codes": ("S2222222A",), "kinds": ("talks",)}
    assert stamp == make_stamp(UID, sequence=0, created=whole, modified=whole, **about)


def test_what_did_not_change_keeps_its_stamp():
    first = release(make_programme(make_session(), dates=(make_date(),)))

    second = release(make_programme(make_session(), dates=(make_date(),)), first, LATER)

    assert second.stamps == first.stamps


def test_stamps_of_the_draft_are_ignored():
    draft = replace(make_programme(make_session()), stamps=(make_stamp("X@y"),))

    assert [stamp.uid for stamp in next_stamps(None, draft, LATER)] == [UID]


def test_new_title_moves_the_time_alone():
    first = release(make_programme(make_session("Morning")))

    second = release(make_programme(make_session("Early")), first, LATER)

    (stamp,) = second.stamps
    assert (stamp.title, stamp.sequence, stamp.modified, stamp.revision) == ("Early", 0, LATER, 1)


@pytest.mark.parametrize(
    ("fields", "title"),
    [
        ({"start": at("8:00")}, "Morning"),
        ({"end": at("10:00")}, "Morning"),
        ({"room": make_room()}, "Morning"),
        ({"status": "cancelled"}, "Morning"),
    ],
)
def test_new_time_room_or_status_raises_the_number_too(fields, title):
    first = release(make_programme(make_session()))

    second = release(make_programme(replace(make_session(), **fields)), first, LATER)

    (stamp,) = second.stamps
    assert (stamp.sequence, stamp.modified, stamp.created) == (1, LATER, LONG_AGO)


def test_stamp_moves_at_least_a_second_when_the_clock_stands():
    first = release(make_programme(make_session("Morning")))

    second = release(make_programme(make_session("Early")), first, LONG_AGO)
    third = release(make_programme(make_session("Late")), second, LONG_AGO - timedelta(days=9))

    assert [p.stamps[0].modified - LONG_AGO for p in (second, third)] == [
        timedelta(seconds=1),
        timedelta(seconds=2),
    ]


def test_changed_paper_changes_no_stamp():
    def programme(title):
        placement = make_placement(make_talk(paper=PaperRef("A2222222A", title)), at("8:10"))
        return make_programme(make_session(placements=(placement,)))

    first = release(programme("One"))

    assert release(programme("Two"), first, LATER).stamps == first.stamps


def test_changed_place_of_the_event_moves_every_entry_but_no_date():
    def programme(place):
        event = make_event(place=place)
        return make_programme(make_session(), dates=(make_date(),), event=event)

    first = release(programme("Long Beach"))
    second = stamps_of(release(programme("Montreal"), first, LATER))

    assert [(s.sequence, s.modified) for s in second.values()] == [(0, LONG_AGO), (0, LATER)]


def test_changed_zone_raises_the_number_of_every_entry():
    session = make_session()

    first = release(make_programme(session))
    second = release(
        make_programme(session, event=make_event(zone="America/Tijuana")), first, LATER
    )

    assert [(s.sequence, s.modified) for s in second.stamps] == [(1, LATER)]


def test_withdrawn_entry_leaves_a_tombstone_that_stays():
    first = release(make_programme(make_session()))

    second = release(make_programme(), first, LATER)
    third = release(make_programme(), second, LATER + timedelta(days=1))

    expected = make_stamp(
        UID,
        sequence=1,
        modified=LATER,
        withdrawn=LATER,
        codes=("S2222222A",),
        kinds=("talks",),
        revision=1,
    )
    assert (second.stamps, third.stamps) == ((expected,), (expected,))


def test_what_comes_back_goes_on_counting():
    first = release(make_programme(make_session()))
    second = release(make_programme(), first, LATER)

    back = LATER + timedelta(days=1)
    third = release(make_programme(make_session()), second, back)

    (stamp,) = third.stamps
    assert (stamp.sequence, stamp.modified, stamp.withdrawn) == (2, back, None)
    assert stamp.revision == 2


def test_change_of_form_withdraws_the_entries_of_the_old_one():
    talk = make_talk()
    timed = make_session(placements=(make_placement(talk, at("8:10")),))
    untimed = make_session(placements=(make_placement(talk),))

    first = release(make_programme(timed))
    second = release(make_programme(untimed), first, LATER)

    assert [(s.uid[0], s.sequence, s.withdrawn) for s in second.stamps] == [
        ("L", 1, LATER),
        ("S", 0, None),
    ]


def test_session_has_a_stamp_as_soon_as_the_whole_feed_is_made_of_sessions():
    session = make_session(placements=(make_placement(make_talk(), at("8:10")),))

    first = release(make_programme(session))
    second = release(make_programme(session, is_by_session=True), first, LATER)
    third = release(make_programme(session), second, LATER + timedelta(days=1))

    assert [
        [(s.uid[0], s.sequence, bool(s.withdrawn)) for s in p.stamps]
        for p in (first, second, third)
    ] == [[("L", 0, False)], [("L", 0, False), ("S", 0, False)], [("L", 0, False), ("S", 1, True)]]


def test_stamp_knows_whose_entry_it_is():
    talk = make_talk(roles=(make_role("Ada"),))
    session = make_session(
        placements=(make_placement(talk, at("8:10")),), chairs=(make_role("Bo"),)
    )

    apart = release(make_programme(session))
    by_session = release(make_programme(session, is_by_session=True))

    codes = ("PADA22222", "PBO222222", "S2222222A", "T2222222A")
    assert [(s.uid[0], s.codes) for s in apart.stamps] == [("L", codes)]
    assert [(s.uid[0], s.codes) for s in by_session.stamps] == [("L", codes), ("S", ())]


@pytest.mark.parametrize("code", ["S2222222A", "T2222222A", "PADA22222"])
def test_change_of_form_is_told_to_session_talk_and_person(code):
    talk = make_talk(roles=(make_role("Ada"),))
    untimed = make_session(placements=(make_placement(talk),))
    timed = make_session(placements=(make_placement(talk, at("8:10")),))

    first = release(make_programme(untimed))
    second = release(make_programme(timed), first, LATER)

    today = date(2017, 12, 9)
    assert [s.uid for s in tombstones_of(second, [code], today)] == [UID]
    assert tombstones_of(first, [code], today) == []
    assert tombstones_of(second, ["T9999999Z"], today) == []
    assert tombstones_of(second, [code], date(2017, 12, 11)) == []


def test_place_that_a_talk_lost_is_told_though_it_stands_elsewhere():
    talk = make_talk()
    placed = make_placement(talk, at("8:10")), make_placement(talk, at("9:10"), code="L9")
    first = release(make_programme(make_session(placements=placed)))

    second = release(make_programme(make_session(placements=placed[:1])), first, LATER)

    found = tombstones_of(second, [talk.code], date(2017, 12, 9))
    assert [s.uid for s in found] == ["L9@events.example.org"]


def test_stamp_of_an_older_release_learns_whose_entry_it_was_when_it_goes():
    first = release(make_programme(make_session()))
    older = replace(first, stamps=tuple(replace(s, codes=()) for s in first.stamps))

    second = release(make_programme(), older, LATER)

    assert [s.codes for s in second.stamps] == [("S2222222A",)]


def abstracts(text, length=600):
    session = make_session(placements=(make_placement(make_talk(abstract=text)),))
    return make_programme(session, abstract_length=length)


@pytest.mark.parametrize(
    ("old", "new", "moves"),
    [
        ("word " * 200, "word " * 200 + "end", False),
        ("*word*", "_word_", False),
        ("word", "sword", True),
    ],
)
def test_abstract_counts_as_far_as_entries_print_it(old, new, moves):
    first = release(abstracts(old))

    second = release(abstracts(new), first, LATER)

    assert (second.stamps[0].modified == LATER) is moves


@pytest.mark.parametrize(
    ("text", "length", "modified"),
    [("word " * 200, 500, LATER), ("word " * 200, 700, LATER), ("word", 500, LONG_AGO)],
)
def test_abstract_printed_shorter_or_longer_counts_as_changed(text, length, modified):
    first = release(abstracts(text))

    second = release(abstracts(text, length), first, LATER)

    assert [(s.sequence, s.modified) for s in second.stamps] == [(0, modified)]


@pytest.mark.parametrize(
    ("fields", "sequence"),
    [
        ({"announced": "4:59pm PST"}, 0),
        ({"label": "Papers due"}, 0),
        ({"on": date(2017, 11, 4)}, 1),
        ({"time": time(16, 59)}, 1),
    ],
)
def test_changed_date_counts_like_an_entry(fields, sequence):
    first = release(make_programme(dates=(make_date(),)))

    second = release(make_programme(dates=(make_date(**fields),)), first, LATER)

    assert [(s.sequence, s.modified) for s in second.stamps] == [(sequence, LATER)]


def test_tombstone_of_a_day_is_known_as_a_day():
    first = release(make_programme(make_session(), dates=(make_date(),)))
    second = release(make_programme(), first, LATER)

    assert [is_whole_day(stamp, second) for stamp in second.stamps] == [True, False]


def test_tombstone_of_a_day_stays_that_day_when_the_zone_changes():
    first = release(make_programme(dates=(make_date(on=date(2017, 11, 3)),)))
    second = release(make_programme(), first, LATER)
    third = release(make_programme(event=make_event(zone="Asia/Tokyo")), second, LATER)

    (stamp,) = third.stamps

    day = stamp.start.astimezone(ZoneInfo("Asia/Tokyo")).date()
    assert (is_whole_day(stamp, third), day) == (True, date(2017, 11, 3))


@pytest.mark.parametrize(("day", "count"), [(1, 1), (9, 1), (10, 1), (11, 0)])
def test_tombstone_stands_until_the_day_after(day, count):
    first = release(make_programme(make_session()))
    second = release(make_programme(), first, LATER)

    assert len(tombstones(second, date(2017, 12, day))) == count


@pytest.mark.parametrize(("day", "count"), [(4, 1), (5, 0)])
def test_tombstone_of_a_day_stands_until_the_day_after(day, count):
    first = release(make_programme(dates=(make_date(on=date(2017, 11, 3)),)))
    second = release(make_programme(), first, LATER)

    assert len(tombstones(second, date(2017, 11, day))) == count


def test_what_stands_has_no_tombstone():
    assert tombstones(release(make_programme(make_session())), date(2017, 12, 9)) == []
