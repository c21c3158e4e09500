from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError

from eventsite.zones import is_zone, readings, to_moment, typed

LOS_ANGELES = ZoneInfo("America/Los_Angeles")


def test_ordinary_time_means_one_moment():
    moment = to_moment(datetime(2017, 12, 9, 8), LOS_ANGELES)

    assert moment == datetime(2017, 12, 9, 16, tzinfo=UTC)


def test_time_that_happens_twice_is_refused_with_both_choices():
    with pytest.raises(ValidationError) as refused:
        to_moment(datetime(2017, 11, 5, 1, 30), LOS_ANGELES)

    assert refused.value.messages == [
        "2017-11-05 01:30 happens twice in America/Los_Angeles, as the clocks go back: "
        "write 2017-11-05 01:30-07:00 or 2017-11-05 01:30-08:00."
    ]


def test_time_that_the_clock_jumps_over_is_refused_with_both_choices():
    with pytest.raises(ValidationError) as refused:
        to_moment(datetime(2017, 3, 12, 2, 30), LOS_ANGELES)

    assert refused.value.messages == [
        "2017-03-12 02:30 does not exist in America/Los_Angeles, as the clocks go forward: "
        "write 2017-03-12 01:30-08:00 or 2017-03-12 03:30-07:00."
    ]


@pytest.mark.parametrize("wall", [datetime(2017, 11, 5, 1, 30), datetime(2017, 3, 12, 2, 30)])
def test_each_choice_as_typed_is_a_moment_of_its_own(wall):
    choices = readings(wall, LOS_ANGELES)

    read = [datetime.fromisoformat(typed(choice)).astimezone(UTC) for choice in choices]
    assert read == [choice.astimezone(UTC) for choice in choices]
    assert len({choice.astimezone(UTC) for choice in choices}) == 2


@pytest.mark.parametrize("name", ["PST", "Europe/Nowhere", "", "../etc/passwd"])
def test_name_that_is_no_zone_is_refused(name):
    with pytest.raises(ValidationError):
        is_zone(name)
