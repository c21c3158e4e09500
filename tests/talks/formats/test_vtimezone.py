"""The VTIMEZONE against zoneinfo, read back by a few lines that share nothing with the writer."""

import calendar
import zoneinfo
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from talks.formats import vtimezone as module
from talks.formats.vtimezone import vtimezone

AWKWARD = [
    "Africa/Cairo",
    "Africa/Casablanca",
    "Africa/El_Aaiun",
    "America/Asuncion",
    "America/Mexico_City",
    "America/Nuuk",
    "America/Santiago",
    "America/Sao_Paulo",
    "America/Vancouver",
    "America/Winnipeg",
    "Asia/Amman",
    "Asia/Beirut",
    "Asia/Gaza",
    "Asia/Jerusalem",
    "Asia/Kathmandu",
    "Asia/Tehran",
    "Australia/Lord_Howe",
    "Europe/Dublin",
    "Europe/Istanbul",
    "Europe/Moscow",
    "Pacific/Apia",
    "Pacific/Chatham",
    "Etc/GMT+12",
    "Etc/UTC",
    "UTC",
]
ALL_ZONES = sorted(zone for zone in zoneinfo.available_timezones() if "/" in zone)
SAMPLE = sorted({*AWKWARD, *ALL_ZONES[:: len(ALL_ZONES) // 40]})
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def observances(text):
    """Every BEGIN ... END of an observance as its properties, in order."""
    found, current = [], None
    for line in text.split("\r\n"):
        if line in ("BEGIN:STANDARD", "BEGIN:DAYLIGHT"):
            current = {"name": line[6:]}
        elif line in ("END:STANDARD", "END:DAYLIGHT"):
            found.append(current)
            current = None
        elif current is not None:
            name, _, value = line.partition(":")
            current[name] = value
    return found


def offset(text):
    seconds = int(text[1:3]) * 3600 + int(text[3:5]) * 60 + int(text[5:7] or 0)
    return timedelta(seconds=-seconds if text[0] == "-" else seconds)


def onsets(observance, last_year):
    """The moments in UTC at which the observance takes hold, and its offset."""
    first = datetime.strptime(observance["DTSTART"], "%Y%m%dT%H%M%S")
    moments = [first]
    if "RRULE" in observance:
        rule = dict(part.split("=") for part in observance["RRULE"].split(";"))
        assert sorted(rule) == ["BYDAY", "BYMONTH", "FREQ"]
        nth, weekday = int(rule["BYDAY"][:-2]), WEEKDAYS.index(rule["BYDAY"][-2:])
        moments = []
        for year in range(first.year, last_year + 1):
            weeks = calendar.monthcalendar(year, int(rule["BYMONTH"]))
            days = [week[weekday] for week in weeks if week[weekday]]
            day = days[nth] if nth < 0 else days[nth - 1]
            moments.append(first.replace(year=year, month=int(rule["BYMONTH"]), day=day))
        assert moments[0] == first
    before = offset(observance["TZOFFSETFROM"])
    return [((m - before).replace(tzinfo=UTC), offset(observance["TZOFFSETTO"])) for m in moments]


def misreadings(zone, first_year, last_year, step):
    """Moments of the years at which the component and zoneinfo show different clocks."""
    text = vtimezone(zone, first_year, last_year).to_ical(sorted=False).decode()
    changes = sorted(c for o in observances(text) for c in onsets(o, last_year + 1))
    tz = ZoneInfo(zone)
    steps = range(int(timedelta(days=366 * (last_year - first_year + 1)) / step))
    moments = {datetime(first_year, 1, 1, tzinfo=UTC) + n * step for n in steps}
    for moment, _ in changes:
        moments |= {moment - timedelta(seconds=1), moment}
    wrong, current, coming = [], None, list(changes)
    for moment in sorted(m for m in moments if first_year <= m.year <= last_year):
        while coming and coming[0][0] <= moment:
            current = coming.pop(0)[1]
        if current != moment.astimezone(tz).utcoffset():
            wrong.append((zone, moment, current))
    return wrong


@pytest.mark.parametrize(
    ("first", "last"), [(2012, 2012), (2017, 2018), (2026, 2026), (2030, 2030)]
)
def test_component_shows_the_clock_of_zoneinfo(first, last):
    wrong = [w for zone in SAMPLE for w in misreadings(zone, first, last, timedelta(hours=37))]

    assert wrong == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("first", "last"), [*((year, year) for year in range(2012, 2031)), (2012, 2030)]
)
def test_component_shows_the_clock_of_zoneinfo_in_every_zone(first, last):
    wrong = [w for zone in ALL_ZONES for w in misreadings(zone, first, last, timedelta(hours=37))]

    assert wrong == []


def test_zone_with_yearly_rules_has_one_of_each():
    text = vtimezone("Europe/Berlin", 2027, 2027).to_ical(sorted=False).decode()

    assert text.split("\r\n") == [
        "BEGIN:VTIMEZONE",
        "TZID:Europe/Berlin",
        "BEGIN:STANDARD",
        "DTSTART:20261025T030000",
        "TZOFFSETFROM:+0200",
        "TZOFFSETTO:+0100",
        "TZNAME:CET",
        "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10",
        "END:STANDARD",
        "BEGIN:DAYLIGHT",
        "DTSTART:20260329T020000",
        "TZOFFSETFROM:+0100",
        "TZOFFSETTO:+0200",
        "TZNAME:CEST",
        "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3",
        "END:DAYLIGHT",
        "END:VTIMEZONE",
        "",
    ]


def test_zone_without_summer_time_has_one_observance():
    text = vtimezone("Asia/Kolkata", 2027, 2027).to_ical(sorted=False).decode()

    assert [o["name"] for o in observances(text)] == ["STANDARD"]


def test_zone_whose_rules_changed_is_written_out():
    text = vtimezone("Europe/Moscow", 2012, 2014).to_ical(sorted=False).decode()

    assert [(o["DTSTART"], o["TZOFFSETTO"], "RRULE" in o) for o in observances(text)] == [
        ("20110101T000000", "+0300", False),
        ("20110327T020000", "+0400", False),
        ("20141026T020000", "+0300", False),
    ]


def test_no_zone_uses_lists_of_dates_or_comments():
    texts = [vtimezone(zone, 2024, 2026).to_ical(sorted=False).decode() for zone in SAMPLE]

    names = {line.partition(":")[0] for text in texts for line in text.split("\r\n") if line}

    assert names == {
        "BEGIN", "END", "TZID", "DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "TZNAME", "RRULE",
    }  # fmt: skip


def test_component_is_made_once():
    assert vtimezone("Europe/Rome", 2027, 2027) is vtimezone("Europe/Rome", 2027, 2027)


def test_unknown_zone_is_refused():
    with pytest.raises(zoneinfo.ZoneInfoNotFoundError):
        vtimezone("Mars/Olympus", 2027, 2027)


def test_rules_are_found_without_zones_of_the_system():
    kept = zoneinfo.TZPATH
    try:
        zoneinfo.reset_tzpath([])
        ZoneInfo.clear_cache()
        vtimezone.cache_clear()

        text = vtimezone("Europe/Berlin", 2027, 2027).to_ical(sorted=False).decode()
    finally:
        zoneinfo.reset_tzpath(kept)
        ZoneInfo.clear_cache()
        vtimezone.cache_clear()

    assert text.count("RRULE") == 2


def test_rule_of_the_last_week_falls_in_its_month():
    rule = module.Rule(month=10, week=5, day=0, time=timedelta(hours=3))

    assert rule.in_year(2026) == datetime(2026, 10, 25, 3)
