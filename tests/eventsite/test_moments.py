from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError

from eventsite import moments

LOS_ANGELES = ZoneInfo("America/Los_Angeles")
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("08:10", time(8, 10)),
        (" 8:10 ", time(8, 10)),
        ("08:10:30", time(8, 10, 30)),
        ("01:30-07:00", time(1, 30, tzinfo=timezone(-7 * HOUR))),
        ("01:30 +0530", time(1, 30, tzinfo=timezone(5.5 * HOUR))),
        ("09:30Z", time(9, 30, tzinfo=UTC)),
    ],
)
def test_clock_is_read_with_its_offset(text, clock):
    assert moments.read_clock(text) == clock
    assert moments.read_clock(text).utcoffset() == clock.utcoffset()


@pytest.mark.parametrize("text", ["", "8", "24:00", "08:60", "08:10+99:00", "٠٨:١٠", "08:10 PST"])
def test_what_is_no_clock_is_refused(text):
    with pytest.raises(ValidationError):
        moments.read_clock(text)


@pytest.mark.parametrize("hour", range(24))
@pytest.mark.parametrize("day", [date(2017, 3, 12), date(2017, 11, 5), date(2017, 12, 8)])
def test_every_moment_is_typed_as_it_is_shown(day, hour):
    moment = datetime(day.year, day.month, day.day, hour, 30, tzinfo=UTC)

    shown = " ".join(moments.as_typed(moment, LOS_ANGELES))

    assert moments.settle(moments.read(shown), LOS_ANGELES) == moment
    assert moments.settle(moments.read(moments.written(moment, LOS_ANGELES)), LOS_ANGELES) == moment


def test_year_far_away_is_refused_before_it_overflows():
    for year in (1, 1899, 2200, 9999):
        with pytest.raises(ValidationError):
            moments.settle(datetime(year, 1, 1, tzinfo=UTC), LOS_ANGELES)


def test_clock_kept_apart_from_its_day_must_exist_once():
    moments.is_clear(date(2017, 12, 8), time(16, 59), LOS_ANGELES)

    with pytest.raises(ValidationError, match=r"Etc/GMT\+7 or Etc/GMT\+8"):
        moments.is_clear(date(2017, 11, 5), time(1, 30), LOS_ANGELES)
