from dataclasses import replace
from datetime import date, timedelta

from talks.entries import entries, whole_event_entries
from talks.filters import Filters
from talks.fitting import LIMITS, REMINDER, Limits, fitted
from talks.formats.ical import Part, dumps
from tests.talks.formats.test_ical import events, make_feed
from tests.talks.records import (
    LONG_AGO,
    LOS_ANGELES,
    at,
    make_event,
    make_placement,
    make_programme,
    make_session,
    make_talk,
    make_track,
    release,
)

LATER = LONG_AGO + timedelta(days=1)
ROOM = 15_000  # octets, in place of 900,000
SMALL = Limits(entries=20, octets=ROOM, with_reminders=ROOM * 2)
LONG = "Sentence after sentence of an abstract. " * 30
TRACKS = tuple(make_track(f"Track {n}", f"K222222{n}A") for n in range(2))


def of_talks(count, abstract=LONG, title="Talk", days=1):
    """Talks at their own times, five to a session, over some days and two tracks."""
    talks = [
        make_talk(f"{title} {n}", code=f"T{n:08}", abstract=abstract, track=TRACKS[n % 2])
        for n in range(count)
    ]
    sessions = (
        replace(
            make_session(f"Session {n}", code=f"S{n:08}"),
            start=at("8:10", day=9 + n % days),
            end=at("9:50", day=9 + n % days),
            placements=tuple(
                make_placement(talk, at("8:10", day=9 + n % days))
                for talk in talks[5 * n : 5 * n + 5]
            ),
        )
        for n in range(-(-count // 5))
    )
    event = make_event(ends_on=date(2017, 12, 8 + days))
    return make_programme(*sessions, event=event, tracks=TRACKS)


def fit(draft, previous=None, limits=SMALL):
    return fitted(previous, draft, LATER if previous else LONG_AGO, make_feed(), limits)


def size(programme, **fields):
    return len(dumps(make_feed(**fields), Part(programme, whole_event_entries(programme))))


def test_small_event_has_usual_abstracts():
    found = fit(of_talks(10))

    decided = (found.programme.abstract_length, found.programme.is_by_session, found.too_large)
    assert decided == (600, False, ())


def test_600_talks_have_usual_abstracts():
    found = fit(of_talks(600), limits=LIMITS).programme

    assert (found.abstract_length, found.is_by_session) == (600, False)


def test_abstracts_are_as_long_as_there_is_room_for():
    found = fit(of_talks(17)).programme

    longer = replace(found, abstract_length=found.abstract_length + 100)
    assert (found.abstract_length, size(found) <= ROOM < size(longer)) == (200, True)


def test_reminders_have_room_too():
    room = 14_000

    found = fit(of_talks(17), limits=replace(SMALL, with_reminders=room)).programme

    longer = replace(found, abstract_length=found.abstract_length + 100)
    assert (found.abstract_length, size(found, alarm=REMINDER) <= room) == (100, True)
    assert (size(longer) <= ROOM, size(longer, alarm=REMINDER) > room) == (True, True)


def test_length_of_the_release_before_is_kept_and_grows_when_there_is_room():
    first = fit(of_talks(17)).programme
    second = fit(of_talks(16), first).programme
    third = fit(of_talks(10), second).programme

    lengths = [each.abstract_length for each in (first, second, third)]
    assert lengths == [200, 300, 600]


def test_shortened_abstracts_are_told_as_changes():
    first = fit(of_talks(10)).programme
    second = fit(of_talks(17), first).programme

    assert {(stamp.sequence, stamp.modified) for stamp in second.stamps} == {(0, LATER)}


def test_large_event_is_told_by_session_and_its_days_hold_every_talk():
    found = fit(of_talks(40, abstract="", days=4))

    programme = found.programme
    whole = events(dumps(make_feed(), Part(programme, whole_event_entries(programme))))
    by_day = [
        len(Filters(LOS_ANGELES, day=date(2017, 12, 9 + n)).keep_entries(entries(programme)))
        for n in range(4)
    ]
    assert (len(whole), by_day, found.too_large) == (8, [10, 10, 10, 10], ())


def test_days_and_tracks_have_room_when_the_whole_event_is_told_by_session():
    draft = of_talks(40, days=4)

    found = fit(draft).programme

    tracks = [Filters(LOS_ANGELES, track=track.code) for track in TRACKS]
    largest = max(
        len(dumps(make_feed(), Part(found, kept.keep_entries(entries(found))))) for kept in tracks
    )
    assert (found.is_by_session, found.abstract_length, largest <= ROOM) == (True, 100, True)


def test_event_without_room_for_its_titles_is_told_by_session():
    found = fit(of_talks(15, title="Long title " * 60, abstract="", days=3))

    assert (found.programme.is_by_session, size(found.programme) <= ROOM) == (True, True)


def test_feeds_that_are_too_large_all_the_same_are_named():
    found = fit(of_talks(60, days=1))

    assert found.too_large == ("2017-12-09", "Track 0", "Track 1")


def test_feeds_without_room_cost_the_others_no_word():
    draft = replace(of_talks(100, days=20), tracks=())

    found = fit(draft, limits=replace(SMALL, octets=6_500))

    assert (found.too_large, found.programme.abstract_length) == (("",), 500)


def test_tombstones_take_room_too():
    first = release(of_talks(19, abstract=""))

    lengths = [fit(of_talks(10), previous).programme.abstract_length for previous in (None, first)]

    assert lengths == [600, 500]
