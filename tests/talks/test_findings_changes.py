"""Changes of what is public, in the organizer's words."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from talks.findings import sentence
from talks.solver.problem import Clash, Named, Part, Span

BERLIN = ZoneInfo("Europe/Berlin")


def at(hour):
    return datetime(2027, 3, 26, hour, tzinfo=BERLIN)


MORNING, HALL, ATTIC = Named("S1", "Morning"), Named("R1", "Hall"), Named("R2", "Attic")
PART = Part("S1", "Morning", at(10), at(11))
NOW = "“Morning” (Fri 26 March 2027, 10:00–11:00)"
AWAY = Span("S1", at(8), at(9))
BEFORE = "Fri 26 March 2027, 08:00–09:00"


def changed(fault, *others):
    return Clash("changed", MORNING, (PART,), fault, 1, AWAY, others)


@pytest.mark.parametrize(
    ("clash", "text"),
    [
        (changed("time"), f"{NOW} was announced for another time: {BEFORE}."),
        (changed("too_far"), f"{NOW} is further than allowed from the time announced: {BEFORE}."),
        (changed("room", HALL, ATTIC), f"{NOW} was announced in the room Hall, and is in Attic."),
        (changed("no_room", HALL), f"{NOW} was announced in the room Hall, and is in no room."),
        (
            changed("talk", Named("S2", "Evening")),
            f"{NOW} is in “Evening”; it was announced in another session, for {BEFORE}.",
        ),
        (
            changed("order"),
            f"{NOW} has another place in its session; it was announced for {BEFORE}.",
        ),
    ],
)
def test_change_is_told_with_what_was_announced(clash, text):
    with translation.override("en"):
        assert sentence(clash, BERLIN) == text


def test_room_with_signs_of_formats_is_left_as_it_is():
    clash = changed("room", Named("R1", "100 %(one)s"), ATTIC)

    with translation.override("en"):
        assert "in the room 100 %(one)s, and" in sentence(clash, BERLIN)
