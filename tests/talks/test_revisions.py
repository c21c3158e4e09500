"""What calendars are told of changes, over many releases and whatever the clock does."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talks.entries import entries, session_entries
from talks.formats.ical import Part, dumps
from tests.talks.formats.demo import demo_day
from tests.talks.formats.test_ical import COUNTERS, EDITS, change_talks, events, make_feed
from tests.talks.records import LONG_AGO, release

DAY = 24 * 3600


def without_the_first_session(programme):
    return replace(programme, sessions=programme.sessions[1:])


def without_own_times(programme):
    sessions = (
        replace(s, placements=tuple(replace(p, start=None) for p in s.placements))
        for s in programme.sessions
    )
    return replace(programme, sessions=tuple(sessions))


CHANGES = EDITS | {
    "back to the beginning": lambda p: demo_day(),
    "a session withdrawn": without_the_first_session,
    "dates withdrawn": lambda p: replace(p, dates=()),
    "talks told in their session": without_own_times,
    "long abstracts": lambda p: change_talks(p, abstract="words " * 200),
    "shorter abstracts": lambda p: replace(p, abstract_length=100),
    "by session": lambda p: replace(p, is_by_session=not p.is_by_session),
}


def printed(programme):
    """Every entry that ever stood in a release, as it is printed now, by UID."""
    found = {entry.uid: entry for entry in entries(programme)}
    if programme.is_by_session:
        found |= {entry.uid: entry for entry in session_entries(programme)}
    gone = [stamp for stamp in programme.stamps if stamp.withdrawn]
    part = Part(programme, list(found.values()), programme.dates, gone)
    return {event["UID"]: event for event in events(dumps(make_feed(), part))}


def said(event):
    return {name: value for name, value in event.items() if name not in COUNTERS}


def major(event):
    """When, where and whether; the moments, as a zone's name is told by the number too."""
    return [
        event[name] for name in sorted(event) if name.startswith(("DTSTART", "DTEND", "STATUS"))
    ]


def broken_laws(old, new):
    """What a client that goes by the counters would not be told, in words."""
    for uid, before in old.items():
        after = new.get(uid, {})
        if not after:
            yield f"{uid} vanished"
            continue
        is_later = before["LAST-MODIFIED"] < after["LAST-MODIFIED"]
        is_counted = int(before["SEQUENCE"]) < int(after["SEQUENCE"])  # a room of the same name too
        if is_later != (is_counted or said(before) != said(after)):
            yield f"{uid} changed or not, and LAST-MODIFIED does not say so"
        if before["LAST-MODIFIED"] > after["LAST-MODIFIED"]:
            yield f"{uid} went back in time"
        if int(before["SEQUENCE"]) > int(after["SEQUENCE"]):
            yield f"{uid} was counted back"
        if before["SEQUENCE"] == after["SEQUENCE"] and major(before) != major(after):
            yield f"{uid} moved and was not counted"
        if before["CREATED"] != after["CREATED"] or after["DTSTAMP"] != after["LAST-MODIFIED"]:
            yield f"{uid} has a wrong time"


@pytest.mark.parametrize("change", CHANGES)
def test_one_change_breaks_no_law(change):
    before = release(demo_day())
    after = release(CHANGES[change](before), before, LONG_AGO + timedelta(days=1))

    assert list(broken_laws(printed(before), printed(after))) == []


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(sorted(CHANGES)), st.integers(-3 * DAY, 3 * DAY)),
        min_size=1,
        max_size=8,
    )
)
def test_no_history_breaks_a_law_whatever_the_clock_does(steps):
    programme, now = release(demo_day()), LONG_AGO

    for change, seconds in steps:
        now += timedelta(seconds=seconds)
        after = release(CHANGES[change](programme), programme, now)
        found = list(broken_laws(printed(programme), printed(after)))
        programme = after

        assert (change, found) == (change, [])
