from dataclasses import replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from talks.entries import (
    date_span,
    date_title,
    date_uid,
    entries,
    scheduled,
    visible,
    whole_event_entries,
)
from talks.records import PaperRef, TalkLink
from tests.talks.records import (
    LOS_ANGELES,
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


def timed_session(**fields):
    first = make_placement(make_talk("First", code="T2222222A"), at("8:10"))
    second = make_placement(make_talk("Second", code="T2222222B"), at("8:30"))
    return make_session(placements=(first, second), **fields)


def test_session_of_timed_talks_gives_an_entry_for_each():
    found = entries(make_programme(timed_session()))

    assert [(e.uid, e.title, e.start, e.end) for e in found] == [
        ("L2222222A@events.example.org", "First", at("8:10"), at("8:30")),
        ("L2222222B@events.example.org", "Second", at("8:30"), at("8:50")),
    ]


def test_session_with_one_untimed_talk_gives_one_entry_for_itself():
    session = timed_session()
    untimed = make_placement(make_talk("Third", code="T2222222C"))
    session = replace(session, placements=(*session.placements, untimed))

    found = entries(make_programme(session))

    assert [(e.uid, e.placement, e.start, e.end) for e in found] == [
        ("S2222222A@events.example.org", None, at("8:10"), at("9:50"))
    ]


def test_session_without_talks_gives_one_entry():
    found = entries(make_programme(make_session("Coffee", kind="break")))

    assert [e.uid for e in found] == ["S2222222A@events.example.org"]


def test_entries_are_in_order_of_start_end_and_uid():
    sessions = [
        make_session(code="S2222222D", start="9:00", end="9:30"),
        make_session(code="S2222222C", start="8:00", end="9:30"),
        make_session(code="S2222222B", start="8:00", end="9:00"),
        make_session(code="S2222222A", start="8:00", end="9:30"),
    ]

    found = entries(make_programme(*sessions))

    assert "".join(e.session.code[-1] for e in found) == "BACD"


def test_order_is_that_of_moments_where_the_clock_goes_back():
    second = datetime(2017, 11, 5, 1, 15, tzinfo=LOS_ANGELES, fold=1)
    first = datetime(2017, 11, 5, 1, 45, tzinfo=LOS_ANGELES)
    talks = (
        make_placement(make_talk(code="T2222222A"), second),
        make_placement(make_talk(code="T2222222B"), first),
    )

    found = entries(make_programme(make_session(placements=talks)))

    assert [e.start.astimezone(UTC).hour for e in found] == [8, 9]


def test_talk_over_a_change_of_the_clock_lasts_its_minutes():
    start = datetime(2017, 11, 5, 1, 30, tzinfo=LOS_ANGELES)
    placement = make_placement(make_talk(minutes=60), start)

    (entry,) = entries(make_programme(make_session(placements=(placement,))))

    assert (entry.end.astimezone(UTC) - entry.start.astimezone(UTC)).seconds == 3600
    assert (entry.end.hour, entry.end.minute, entry.end.fold) == (1, 30, 1)


def test_cancelled_session_cancels_its_talks():
    found = entries(make_programme(timed_session(status="cancelled")))

    assert [e.status for e in found] == ["cancelled", "cancelled"]


def test_cancelled_talk_cancels_its_own_entry_only():
    session = timed_session()
    first, second = session.placements
    gone = replace(first, talk=replace(first.talk, status="cancelled"))

    found = entries(make_programme(replace(session, placements=(gone, second))))

    assert [e.status for e in found] == ["cancelled", "planned"]


def test_cancelled_talk_does_not_cancel_the_session_it_is_listed_in():
    poster = make_placement(make_talk(status="cancelled"))

    (entry,) = entries(make_programme(make_session(kind="posters", placements=(poster,))))

    assert entry.status == "planned"


@pytest.mark.parametrize(
    ("kind", "statuses", "expected"),
    [
        ("talks", ("cancelled",), "cancelled"),
        ("talks", ("cancelled", "cancelled"), "cancelled"),
        ("talks", ("cancelled", "planned"), "planned"),
        ("talks", (), "planned"),
        ("panel", ("cancelled",), "cancelled"),
        ("break", ("cancelled",), "planned"),
    ],
)
def test_session_without_a_talk_left_is_cancelled(kind, statuses, expected):
    talks = tuple(make_placement(make_talk(f"Talk {n}", status=s)) for n, s in enumerate(statuses))

    (entry,) = entries(make_programme(make_session("Morning", kind=kind, placements=talks)))

    assert entry.status == expected


@pytest.mark.parametrize(
    ("session", "title"),
    [
        (make_session("Morning"), "Morning"),
        (make_session("", placements=(make_placement(make_talk("Alone")),)), "Alone"),
        (make_session("", track=make_track("Silicon")), "Silicon"),
        (make_session("", kind="posters"), "Posters"),
    ],
)
def test_entry_always_has_a_title(session, title):
    assert [e.title for e in entries(make_programme(session))] == [title]


def change_talk(session, **fields):
    first, *rest = session.placements
    changed = replace(first, talk=replace(first.talk, **fields))
    return replace(session, placements=(changed, *rest))


@pytest.mark.parametrize(
    "change",
    [
        lambda s: change_talk(s, title="Other"),
        lambda s: change_talk(s, subtitle="Other"),
        lambda s: change_talk(s, abstract="Other"),
        lambda s: change_talk(s, minutes=25),
        lambda s: change_talk(s, status="cancelled"),
        lambda s: change_talk(s, language="fr"),
        lambda s: change_talk(s, track=make_track()),
        lambda s: change_talk(s, roles=(make_role("Ada Lovelace"),)),
        lambda s: change_talk(s, links=(TalkLink("slides", "https://example.org/s.pdf", ""),)),
        lambda s: change_talk(s, links=(TalkLink("slides", "", "", "a1b2/s.pdf"),)),
        lambda s: replace(s, room=make_room()),
        lambda s: replace(s, stream="https://example.org/live"),
        lambda s: replace(s, chairs=(make_role("Grace Hopper", "chair"),)),
        lambda s: replace(s, placements=(replace(s.placements[0], board="7"), *s.placements[1:])),
        lambda s: replace(
            s, placements=(replace(s.placements[0], start=at("8:15")), *s.placements[1:])
        ),
    ],
)
def test_visible_changes_with_what_people_see(change):
    session = timed_session()

    before = visible(entries(make_programme(session))[0])
    after = visible(entries(make_programme(change(session)))[0])

    assert (before == after) is False


@pytest.mark.parametrize(
    "change",
    [
        lambda s: change_talk(s, paper=PaperRef("A2222222A", "A paper")),
        lambda s: change_talk(s, level="beginner"),
        lambda s: replace(s, end=at("10:00")),
        lambda s: replace(s, is_plenary=False),
    ],
)
def test_visible_stays_with_what_the_entry_does_not_show(change):
    session = timed_session()

    before = visible(entries(make_programme(session))[0])
    after = visible(entries(make_programme(change(session)))[0])

    assert before == after


def test_visible_of_a_session_holds_the_talks_in_its_text():
    posters = tuple(
        make_placement(make_talk(title, code=f"T2222222{title}")) for title in ("A", "B")
    )
    session = make_session(kind="posters", placements=posters)
    renamed = change_talk(session, roles=(make_role("Ada Lovelace", "author"),))

    before, after = (visible(entries(make_programme(s))[0]) for s in (session, renamed))

    assert before["talks"] == ((None, "", "A", "planned", ()), (None, "", "B", "planned", ()))
    assert after["talks"] == (
        (None, "", "A", "planned", ("Ada Lovelace",)),
        (None, "", "B", "planned", ()),
    )


def test_scheduled_is_time_room_and_status():
    (entry,) = entries(make_programme(make_session(room=make_room("Hall A", "R2222222A"))))

    assert scheduled(entry) == (
        datetime(2017, 12, 9, 16, 10, tzinfo=UTC),
        datetime(2017, 12, 9, 17, 50, tzinfo=UTC),
        "R2222222A",
        "planned",
    )


def many_timed_talks(count):
    placements = tuple(
        make_placement(make_talk(code=f"T{number:08}"), at("8:10"), position=number)
        for number in range(count)
    )
    return make_programme(make_session(placements=placements))


@pytest.mark.parametrize(("is_by_session", "expected"), [(False, 3), (True, 1)])
def test_feed_of_the_whole_event_holds_what_was_decided(is_by_session, expected):
    programme = replace(many_timed_talks(3), is_by_session=is_by_session)

    assert len(whole_event_entries(programme)) == expected


def test_uid_of_a_date_is_its_code_in_the_domain():
    programme = make_programme(event=make_event(uid_domain="events.example.org"))

    assert date_uid(programme, make_date(code="D2222222B")) == "D2222222B@events.example.org"


def test_day_lasts_from_midnight_to_midnight_in_the_zone_of_the_event():
    span = date_span(make_date(on=date(2017, 11, 3)), LOS_ANGELES)

    assert span == (
        datetime(2017, 11, 3, tzinfo=LOS_ANGELES),
        datetime(2017, 11, 4, tzinfo=LOS_ANGELES),
    )


def test_day_without_a_midnight_begins_with_its_first_moment():
    cairo = ZoneInfo("Africa/Cairo")  # the clock went from 24:00 to 01:00

    start, _ = date_span(make_date(on=date(2024, 4, 26)), cairo)

    assert start.isoformat() == "2024-04-26T01:00:00+03:00"


def test_moment_is_the_end_of_half_an_hour():
    day = make_date(on=date(2017, 11, 3), time=time(16, 59), zone="America/Los_Angeles")

    start, end = date_span(day, LOS_ANGELES)

    assert [m.astimezone(UTC).isoformat() for m in (start, end)] == [
        "2017-11-03T23:29:00+00:00",
        "2017-11-03T23:59:00+00:00",
    ]


@pytest.mark.parametrize(
    ("fields", "title"),
    [
        ({}, "Due"),
        ({"time": time(16, 59)}, "Due"),
        ({"zone": "Etc/GMT+12"}, "Due (2017-11-03, 23:59 AoE)"),
        ({"time": time(23, 59), "zone": "Etc/GMT+12"}, "Due (2017-11-03, 23:59 AoE)"),
    ],
)
def test_moment_anywhere_on_earth_says_its_day(fields, title):
    assert date_title(make_date("Due", **fields)) == title
