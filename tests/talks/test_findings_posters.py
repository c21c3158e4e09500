"""What clashes about posters say."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from talks.findings import sentence
from talks.solver.problem import Clash, Named, Part

BERLIN = ZoneInfo("Europe/Berlin")


def at(hour):
    return datetime(2027, 3, 26, hour, tzinfo=BERLIN)


TRACK, POSTER = Named("K1", "Optics"), Named("T1", "One")
SESSION, TRACKS = Named("S1", "Noon"), (TRACK, Named("K2", "Ions"))
ONE, OTHER = Part("T1", "One", at(10), at(11)), Part("T2", "Other", at(10), at(12))
ONE_TOLD = "“One” (Fri 26 March 2027, 10:00–11:00)"
OTHER_TOLD = "“Other” (Fri 26 March 2027, 10:00–12:00)"

CLASHES = [
    (
        Clash("poster_topics", TRACK, (ONE, OTHER), amount=4),
        f"The posters of the track Optics are many in {ONE_TOLD} and few in {OTHER_TOLD}.",
    ),
    (
        Clash("poster_after_talk", POSTER, (ONE, OTHER)),
        f"The poster {ONE_TOLD} is shown before the talk about the same paper is over:"
        f" {OTHER_TOLD}.",
    ),
    (
        Clash("poster_boards", SESSION, (ONE, OTHER), amount=2, others=TRACKS),
        "In the session “Noon” the posters of a track stand apart: Optics, Ions.",
    ),
]


@pytest.mark.parametrize(("clash", "text"), CLASHES)
def test_clash_is_told_with_names_and_times(clash, text):
    with translation.override("en"):
        assert sentence(clash, BERLIN) == text
