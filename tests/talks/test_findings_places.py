"""What clashes about rooms, sessions, relations and pins say."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from talks.findings import sentence
from talks.solver.problem import Clash, Named, Part, Span

BERLIN = ZoneInfo("Europe/Berlin")


def at(hour):
    return datetime(2027, 3, 26, hour, tzinfo=BERLIN)


HALL, ATTIC, MORNING = Named("R1", "Hall"), Named("R2", "Attic"), Named("S1", "Morning")
TALK = Named("T1", "One")
ONE, OTHER = Part("T1", "One", at(10), at(11)), Part("T2", "Other", at(10), at(12))
AWAY = Span("", at(8), at(12))
ONE_TOLD = "“One” (Fri 26 March 2027, 10:00–11:00)"
OTHER_TOLD = "“Other” (Fri 26 March 2027, 10:00–12:00)"
AWAY_TOLD = "Fri 26 March 2027, 08:00–12:00"

ROOMS = [
    (
        Clash("room_closed", HALL, (ONE,), away=AWAY),
        f"The room Hall is closed {AWAY_TOLD}, during {ONE_TOLD}.",
    ),
    (
        Clash("room_suits", HALL, (ONE,), "feature", others=(Named("", "organ"), Named("", "pit"))),
        f"The room Hall lacks what {ONE_TOLD} needs: organ, pit.",
    ),
    (
        Clash("room_suits", HALL, (ONE,), "room", others=(ATTIC,)),
        f"{ONE_TOLD} may not be in the room Hall, only in: Attic.",
    ),
    (Clash("room_suits", HALL, (ONE,), "room"), f"{ONE_TOLD} may not be in the room Hall."),
    (
        Clash("room_holds", HALL, (ONE,), amount=1),
        f"The room Hall has 1 place too few for {ONE_TOLD}.",
    ),
    (
        Clash("room_holds", HALL, (ONE,), amount=30),
        f"The room Hall has 30 places too few for {ONE_TOLD}.",
    ),
]
SESSIONS = [
    (Clash("placed_once", MORNING, fault="no_time"), "The session “Morning” has no time."),
    (Clash("placed_once", MORNING, (ONE,), "no_room"), f"The session {ONE_TOLD} has no room."),
    (Clash("placed_once", TALK, fault="unplaced"), "“One” is in no session that has a time."),
    (
        Clash("placed_once", TALK, (ONE, OTHER), "twice"),
        "“One” is planned more than once: Fri 26 March 2027, 10:00–11:00,"
        " Fri 26 March 2027, 10:00–12:00.",
    ),
    (
        Clash("session_length", MORNING, (ONE,), "short", 1),
        f"{ONE_TOLD} is 1 minute shorter than it is meant to be.",
    ),
    (
        Clash("session_length", MORNING, (ONE,), "long", 15),
        f"{ONE_TOLD} is 15 minutes longer than it is meant to be.",
    ),
    (
        Clash("talk_kind_fits", MORNING, (ONE,)),
        f"{ONE_TOLD} is not of a kind that “Morning” is for.",
    ),
    (Clash("in_hours", MORNING, (ONE,)), f"{ONE_TOLD} is not within the hours of the event."),
    (
        Clash("plenary_alone", MORNING, (ONE, OTHER)),
        f"Beside {ONE_TOLD}, which is for everybody, runs {OTHER_TOLD}.",
    ),
]
RELATIONS = [
    (
        Clash("in_order", TALK, (ONE, OTHER), "before"),
        f"{ONE_TOLD} must be over before {OTHER_TOLD} begins.",
    ),
    (
        Clash("in_order", TALK, (ONE, OTHER), "part_order"),
        f"{OTHER_TOLD} goes on from {ONE_TOLD}, and must not begin before that is over.",
    ),
    (
        Clash("in_order", TALK, (ONE, OTHER), "part_apart"),
        f"{OTHER_TOLD} goes on from {ONE_TOLD}, but does not follow it directly.",
    ),
    (
        Clash("in_order", TALK, (ONE, OTHER), "part_room"),
        f"{OTHER_TOLD} goes on from {ONE_TOLD}, but is in another room.",
    ),
    (
        Clash("never_parallel", TALK, (ONE, OTHER)),
        f"These must never be at the same time: {ONE_TOLD} and {OTHER_TOLD}.",
    ),
]
PINS = [
    (
        Clash("pinned", MORNING, (ONE,), "time", away=AWAY),
        f"{ONE_TOLD} is pinned to another time: {AWAY_TOLD}.",
    ),
    (
        Clash("pinned", MORNING, (ONE,), "room", others=(ATTIC,)),
        f"{ONE_TOLD} is pinned to another room: Attic.",
    ),
    (
        Clash("pinned", MORNING, (ONE,), "no_room"),
        f"{ONE_TOLD} is in a room, but pinned to none.",
    ),
    (
        Clash("pinned", TALK, (ONE,), "session", others=(MORNING,)),
        f"{ONE_TOLD} is pinned to another session: “Morning”.",
    ),
    (
        Clash("pinned", TALK, (ONE,), "talk_time", away=AWAY),
        f"{ONE_TOLD} is pinned to another time: {AWAY_TOLD}.",
    ),
]


@pytest.mark.parametrize(("clash", "text"), [*ROOMS, *SESSIONS, *RELATIONS, *PINS])
def test_clash_is_told_with_names_and_times(clash, text):
    with translation.override("en"):
        assert sentence(clash, BERLIN) == text
