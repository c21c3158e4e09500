"""The page of all feeds, and every way to subscribe to the one that is asked for."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from talks import addresses, filters, labels
from talks.answers import programme_page, show
from talks.choices import asked
from talks.entries import date_span, moment_of
from talks.feeds import DATES, Feeds, ways, with_values
from talks.filters import Filters, Unknown
from talks.formats.wording import date_summary, one_line, summary
from talks.qr import qr_code
from talks.records import EventRecord, Programme
from talks.shown import Shown
from talks.views_export import alarm_of, schedule_entries

SAMPLES = 3  # entries shown of a feed
MANY = 12  # people from which on their list is folded
REMINDERS = (0, 5, 10, 15, 30, 60)  # minutes


@dataclass(frozen=True, slots=True)
class Sample:
    """An entry as a calendar will show it: at a time, or on a whole day."""

    title: str
    room: str
    start: datetime | None = None
    end: datetime | None = None
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Reminder:
    value: str
    label: str
    is_chosen: bool


@programme_page
def calendar(request: HttpRequest, shown: Shown) -> HttpResponse:
    """Every feed of an event, explained: one query."""
    wanted = filters.read(dict(request.GET.lists()), shown.programme, labels.KINDS)
    feed, alarm = request.GET.get("feed", ""), alarm_of(request)
    if feed not in ("", DATES):
        raise Unknown("feed", feed)
    return show(
        request,
        shown,
        "talks/calendar.html",
        lambda: calendar_context(shown, wanted, alarm, is_dates=feed == DATES),
        zone=wanted.zone,
    )


def calendar_context(
    shown: Shown, wanted: Filters, alarm: int | None, *, is_dates: bool
) -> dict[str, object]:
    programme = shown.programme
    feeds = Feeds(programme, wanted, alarm)
    question = _("Important dates") if is_dates else asked(programme, wanted)
    path = feeds.chosen_path(is_dates=is_dates)
    given = dict(wanted.given) | ({"feed": DATES} if is_dates else {})
    page = addresses.calendar_path(programme.event) + wanted.query(view="", at="")
    page = with_values(page, feed=DATES if is_dates else "", alarm=alarm)
    return {
        "section": "calendar",
        "filters": wanted,
        "asked": question,
        "ways": ways(settings.SITE_URL + path, calendar_name(programme.event, question)),
        "code": qr_code(settings.SITE_URL + page),
        "samples": list(islice(samples(programme, wanted, is_dates=is_dates), SAMPLES)),
        "is_by_session": programme.is_by_session and not question,
        "given": {name: given[name] for name in given if name not in ("view", "at")},
        "reminders": reminders(alarm),
        "feeds": feeds,
        "many": MANY,
    }


def calendar_name(event: EventRecord, asked: str) -> str:
    return one_line(" – ".join(filter(None, (event.acronym or event.name, asked))))


def samples(programme: Programme, wanted: Filters, *, is_dates: bool) -> Iterator[Sample]:
    """What the feed holds, in order, as it is shown to attendees."""
    words = labels.words()
    if not is_dates:
        for entry in schedule_entries(programme, wanted):
            room = entry.session.room.name if entry.session.room else ""
            yield Sample(summary(entry, words), room, entry.start, entry.end)
        return
    for day in programme.dates:
        if moment_of(day) is None:
            yield Sample(date_summary(day), "", on=day.on)
        else:
            start, end = date_span(day, programme.event.tz)
            yield Sample(date_summary(day), "", start, end)


def reminders(alarm: int | None) -> list[Reminder]:
    """What the form offers, and the one in the address, whatever it is."""
    offered = sorted({*REMINDERS, *([] if alarm is None else [alarm])})
    none = Reminder("", _("no reminder"), alarm is None)
    return [none, *(Reminder(str(n), reminder_word(n), n == alarm) for n in offered)]


def reminder_word(minutes: int) -> str:
    if not minutes:
        return _("at the start")
    return ngettext("%(n)d minute before", "%(n)d minutes before", minutes) % {"n": minutes}
