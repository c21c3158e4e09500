"""What clashes about those who listen say."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from talks.findings import sentence
from talks.solver.problem import Clash, Named, Part

BERLIN = ZoneInfo("Europe/Berlin")


def at(hour):
    return datetime(2027, 3, 26, hour, tzinfo=BERLIN)


TALK, TRACK = Named("T1", "One"), Named("K1", "Optics")
ONE, OTHER = Part("T1", "One", at(10), at(11)), Part("T2", "Other", at(10), at(12))
ONE_TOLD = "“One” (Fri 26 March 2027, 10:00–11:00)"
OTHER_TOLD = "“Other” (Fri 26 March 2027, 10:00–12:00)"

CLASHES = [
    (
        Clash("wanted_together", TALK, (ONE, OTHER)),
        f"1 person wants to see both {ONE_TOLD} and {OTHER_TOLD}.",
    ),
    (
        Clash("wanted_together", TALK, (ONE, OTHER), amount=12),
        f"12 people want to see both {ONE_TOLD} and {OTHER_TOLD}.",
    ),
    (
        Clash("alike_parallel", TALK, (ONE, OTHER), amount=3),
        f"Two similar talks share time in different sessions: {ONE_TOLD} and {OTHER_TOLD}.",
    ),
    (
        Clash("diversity", TALK, (ONE, OTHER), "language", others=(Named("", "en"),)),
        f"When {ONE_TOLD} begins, everything that runs is in one language, en: “One”, “Other”.",
    ),
    (
        Clash("diversity", TALK, (ONE, OTHER), "level", others=(Named("", "beginner"),)),
        f"When {ONE_TOLD} begins, everything that runs is of one level, beginner: “One”, “Other”.",
    ),
    (
        Clash("diversity", TRACK, (ONE, OTHER), "order"),
        f"In the track Optics a harder talk comes before an easier one: {ONE_TOLD}"
        f" and {OTHER_TOLD}.",
    ),
]


@pytest.mark.parametrize(("clash", "text"), CLASHES)
def test_clash_is_told_with_names_and_times(clash, text):
    with translation.override("en"):
        assert sentence(clash, BERLIN) == text
