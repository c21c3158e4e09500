"""Clashes about people, their time and their wishes, in the organizer's words."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from talks.findings import sentence
from talks.solver.problem import Clash, Named, Part, Span

BERLIN, TOKYO = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Tokyo")


def at(hour, zone=BERLIN):
    return datetime(2027, 3, 26, hour, tzinfo=BERLIN).astimezone(zone)


ADA, HALL, FUTURE = Named("H1", "Ada"), Named("R1", "Hall"), Named("T3", "Future")
ONE, OTHER = Part("T1", "One", at(10), at(11)), Part("T2", "Other", at(12), at(13))
REMOTE = Part("T1", "One", at(10, TOKYO), at(11, TOKYO))
ONE_TOLD = "“One” (Fri 26 March 2027, 10:00–11:00)"
OTHER_TOLD = "“Other” (Fri 26 March 2027, 12:00–13:00)"
MORNING = Span("", at(8), at(12))
MORNING_TOLD = "Fri 26 March 2027, 08:00–12:00"


@pytest.mark.parametrize(
    ("clash", "text"),
    [
        (
            Clash("person_twice", ADA, (ONE, OTHER)),
            f"Ada is in two places at once: {ONE_TOLD} and {OTHER_TOLD}.",
        ),
        (
            Clash("person_away", ADA, (ONE,), away=MORNING),
            f"Ada cannot be there for {ONE_TOLD}: not available {MORNING_TOLD}.",
        ),
        (
            Clash("panel", FUTURE, fault="no_moderator"),
            "The panel “Future” has no moderator.",
        ),
        (
            Clash("panel", FUTURE, fault="few_panelists"),
            "The panel “Future” has fewer than two panelists.",
        ),
        (
            Clash("buffer", ADA, (ONE, OTHER), "person", 1),
            f"Ada has 1 minute too few between {ONE_TOLD} and {OTHER_TOLD}.",
        ),
        (
            Clash("buffer", ADA, (ONE, OTHER), "person", 5),
            f"Ada has 5 minutes too few between {ONE_TOLD} and {OTHER_TOLD}.",
        ),
        (
            Clash("buffer", ADA, (ONE, OTHER), "person", 5, others=(HALL, Named("R2", "Attic"))),
            f"Ada has 5 minutes too few to walk from {ONE_TOLD} to {OTHER_TOLD} (Hall, Attic).",
        ),
        (
            Clash("buffer", HALL, (ONE, OTHER), "room", 5),
            f"The room Hall has 5 minutes too few between {ONE_TOLD} and {OTHER_TOLD}.",
        ),
        (
            Clash("preferences", ADA, (ONE,), "rather_not", away=MORNING),
            f"Ada would rather not be on stage {MORNING_TOLD}, but is: {ONE_TOLD}.",
        ),
        (
            Clash("preferences", ADA, (OTHER,), "not_liked", away=MORNING),
            f"{OTHER_TOLD} is not at a time that Ada likes, like {MORNING_TOLD}.",
        ),
        (
            Clash("preferences", HALL, (ONE,), "room", away=MORNING),
            f"The room Hall should rather not be used {MORNING_TOLD}, but is: {ONE_TOLD}.",
        ),
        (
            Clash("local_hours", ADA, (REMOTE,)),
            "Ada speaks from Asia/Tokyo, where it is Fri 26 March 2027, 18:00–19:00 at the time"
            f" of {ONE_TOLD}.",
        ),
        (
            Clash("spread", Named("T1", "One"), (ONE, OTHER), "same_day"),
            f"These talks should be on the same day: {ONE_TOLD}, {OTHER_TOLD}.",
        ),
        (
            Clash("spread", Named("T1", "One"), (ONE, OTHER), "repeats"),
            f"{OTHER_TOLD} repeats {ONE_TOLD} and should be on another day.",
        ),
        (
            Clash("spread", ADA, (ONE, OTHER), "many_days"),
            "Ada has to come on 1 more day than one: “One”, “Other”"
            " (Fri 26 March 2027, 10:00–11:00, Fri 26 March 2027, 12:00–13:00).",
        ),
        (
            Clash("spread", ADA, (ONE, OTHER), "one_day"),
            "Ada has several talks on one day: “One”, “Other”"
            " (Fri 26 March 2027, 10:00–11:00, Fri 26 March 2027, 12:00–13:00).",
        ),
    ],
)
def test_clash_of_people_is_told_with_names_and_times(clash, text):
    with translation.override("en"):
        assert sentence(clash, BERLIN) == text
