"""Clashes in the organizer's words."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from talks.findings import as_plain, sentence
from talks.solver.problem import Clash, Named, Part, Span

BERLIN = ZoneInfo("Europe/Berlin")


def at(hour):
    return datetime(2027, 3, 26, hour, tzinfo=BERLIN)


ADA, HALL, MORNING = Named("H1", "Ada"), Named("R1", "Hall"), Named("S1", "Morning")
ONE, OTHER = Part("T1", "One", at(10), at(11)), Part("T2", "Other", at(10), at(12))


@pytest.mark.parametrize(
    ("clash", "text"),
    [
        (
            Clash("room_twice", HALL, (ONE, OTHER)),
            "The room Hall has two sessions at once: “One” (Fri 26 March 2027, 10:00–11:00)"
            " and “Other” (Fri 26 March 2027, 10:00–12:00).",
        ),
        (
            Clash("person_twice", ADA, (ONE, OTHER)),
            "Ada is in two places at once: “One” (Fri 26 March 2027, 10:00–11:00)"
            " and “Other” (Fri 26 March 2027, 10:00–12:00).",
        ),
        (
            Clash("person_away", ADA, (ONE,), away=Span("", at(8), at(12))),
            "Ada cannot be there for “One” (Fri 26 March 2027, 10:00–11:00):"
            " not available Fri 26 March 2027, 08:00–12:00.",
        ),
        (
            Clash("talk_fits_session", MORNING, (ONE, OTHER), "outside"),
            "“One” (Fri 26 March 2027, 10:00–11:00) goes beyond its session"
            " “Other” (Fri 26 March 2027, 10:00–12:00).",
        ),
        (
            Clash("talk_fits_session", MORNING, (ONE, OTHER), "overlap"),
            "In “Morning” one talk starts before another is over:"
            " “One” (Fri 26 March 2027, 10:00–11:00)"
            " and “Other” (Fri 26 March 2027, 10:00–12:00).",
        ),
        (
            Clash("talk_fits_session", MORNING, (ONE, OTHER), "too_long", 1),
            "The talks of “Morning” take 1 minute more than it has: “One”, “Other”.",
        ),
    ],
)
def test_clash_is_told_with_names_and_times(clash, text):
    with translation.override("en"):
        assert sentence(clash, BERLIN) == text


def test_times_are_on_the_clock_of_the_zone_asked_for():
    clash = Clash("room_twice", HALL, (ONE, OTHER))

    with translation.override("en"):
        text = sentence(clash, ZoneInfo("Asia/Tokyo"))

    assert "“One” (Fri 26 March 2027, 18:00–19:00)" in text


def test_names_with_signs_of_formats_are_left_as_they_are():
    clash = Clash("room_twice", Named("R1", "100 %(one)s {0}"), (ONE, OTHER))

    with translation.override("en"):
        assert sentence(clash, BERLIN).startswith("The room 100 %(one)s {0} has two")


def test_clash_in_json_names_rule_codes_and_text():
    clash = Clash("person_twice", ADA, (OTHER, ONE))

    with translation.override("en"):
        assert as_plain([clash], BERLIN) == [
            {
                "rule": "person_twice",
                "codes": ["H1", "T1", "T2"],
                "text": sentence(clash, BERLIN),
            }
        ]
