"""What clashes about tracks say."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from talks.findings import sentence
from talks.solver.problem import Clash, Named, Part

BERLIN = ZoneInfo("Europe/Berlin")


def at(hour):
    return datetime(2027, 3, 26, hour, tzinfo=BERLIN)


TRACK, SESSION, ROOMS = (
    Named("K1", "Optics"),
    Named("S1", "Morning"),
    (Named("R1", "Hall"), Named("R2", "Attic")),
)
ONE, OTHER = Part("S1", "Morning", at(10), at(11)), Part("S2", "Noon", at(10), at(12))
ONE_TIME, OTHER_TIME = "Fri 26 March 2027, 10:00–11:00", "Fri 26 March 2027, 10:00–12:00"

CLASHES = [
    (
        Clash("track_parallel", TRACK, (ONE, OTHER)),
        f"The track Optics has two sessions at once: “Morning” ({ONE_TIME})"
        f" and “Noon” ({OTHER_TIME}).",
    ),
    (
        Clash("track_one_room", TRACK, (ONE, OTHER), others=ROOMS),
        "The track Optics is in several rooms: Hall, Attic.",
    ),
    (
        Clash("track_together", TRACK, (ONE, OTHER), "days"),
        f"The track Optics is on several days: {ONE_TIME}, {OTHER_TIME}.",
    ),
    (
        Clash("track_together", TRACK, (ONE,), "gap"),
        "The track Optics has 1 long gap: before “Morning”.",
    ),
    (
        Clash("track_together", TRACK, (ONE, OTHER), "gap", 2),
        "The track Optics has 2 long gaps: before “Morning”, “Noon”.",
    ),
    (
        Clash("coherent_session", SESSION, (ONE,), "tracks", others=(TRACK, Named("K2", "Ions"))),
        "The session “Morning” holds talks of several tracks: Optics, Ions.",
    ),
    (
        Clash("coherent_session", SESSION, (ONE, OTHER), "unlike"),
        "In the session “Morning” 1 pair of talks has little in common: “Morning”, “Noon”.",
    ),
    (
        Clash("coherent_session", SESSION, (ONE, OTHER), "unlike", 3),
        "In the session “Morning” 3 pairs of talks have little in common: “Morning”, “Noon”.",
    ),
    (
        Clash("fair_slots", TRACK, (ONE, OTHER)),
        "The track Optics begins or ends a day 1 time more than its share: “Morning”, “Noon”.",
    ),
    (
        Clash("fair_slots", TRACK, (ONE, OTHER), amount=2),
        "The track Optics begins or ends a day 2 times more than its share: “Morning”, “Noon”.",
    ),
]


@pytest.mark.parametrize(("clash", "text"), CLASHES)
def test_clash_is_told_with_names_and_times(clash, text):
    with translation.override("en"):
        assert sentence(clash, BERLIN) == text
