from datetime import date

import pytest

from talks.phases import Phase, phase
from tests.talks.records import make_event


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2017, 11, 24), Phase.FAR),
        (date(2017, 11, 25), Phase.NEAR),
        (date(2017, 12, 8), Phase.NEAR),
        (date(2017, 12, 9), Phase.RUNNING),
        (date(2017, 12, 11), Phase.RUNNING),
        (date(2017, 12, 12), Phase.OVER),
    ],
)
def test_phase_changes_at_midnights(today, expected):
    event = make_event(starts_on=date(2017, 12, 9), ends_on=date(2017, 12, 11))

    assert phase(event.starts_on, event.ends_on, today) == expected
