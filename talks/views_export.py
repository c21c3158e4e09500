"""Calendar feeds and the event's colours: made from the current release, the same bytes each time.

A feed has the language of `?lang=`, else the event's; what a browser accepts is never read.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from eventsite.codes import code_of
from talks import addresses, filters, labels
from talks.answers import Found, Gone, find, kept, programme_feed, programme_page
from talks.choices import asked
from talks.colours import digest as digest_of
from talks.colours import stylesheet
from talks.entries import Entry, entries, whole_event_entries
from talks.filters import Filters, Malformed
from talks.formats import ical
from talks.formats.ical import Feed, Part
from talks.lookup import entries_of
from talks.records import EventRecord, Person, Programme, Stamp
from talks.shown import Shown
from talks.stamps import is_of_date, tombstones, tombstones_of

CALENDAR = "text/calendar; charset=utf-8"
LONGEST_ALARM = 7 * 24 * 60  # minutes
PERSON_LETTER = "H"  # of codes
ONE_YEAR = 31_536_000  # seconds


@dataclass(frozen=True, slots=True)
class Kind:
    """What a feed is; `about` is called once the feed's language is active."""

    about: Callable[[], str]
    page: str  # path of the page that shows the same
    feed: str = ""  # path of the feed itself
    name: str = ""  # of the file, after the event's slug
    is_single: bool = False
    is_busy: bool = False
    is_whole: bool = False  # the whole event


@programme_feed
def schedule_ics(request: HttpRequest, shown: Shown) -> HttpResponse:
    """The programme as a calendar, filtered like the schedule's page: one query."""
    programme = shown.programme
    wanted = filters.read_for_file(dict(request.GET.lists()), programme, labels.KINDS)
    query = wanted.query(view="", at="").rstrip("?")
    return calendar(
        request,
        shown,
        lambda: schedule_part(shown, wanted),
        Kind(
            lambda: asked(programme, wanted),
            page=addresses.schedule_path(programme.event) + query,
            feed=addresses.schedule_file_path(programme.event, "ics") + query,
            is_whole=not wanted.narrowing,
        ),
    )


def schedule_part(shown: Shown, wanted: Filters) -> Part:
    programme = shown.programme
    found = schedule_entries(programme, wanted)
    return Part(programme, found, (), remembered(shown, wanted))


def schedule_entries(programme: Programme, wanted: Filters) -> Sequence[Entry]:
    if not wanted.narrowing:
        return whole_event_entries(programme)
    return wanted.keep_entries(entries(programme))


def remembered(shown: Shown, wanted: Filters) -> list[Stamp]:
    """What was withdrawn of what is asked for; words cannot tell it, as nothing of it is kept."""
    if wanted.q:
        return []
    codes = {wanted.track, wanted.room, wanted.person} - {""}
    kinds = {wanted.kind} - {""}
    return [
        stamp
        for stamp in tombstones(shown.programme, shown.today)
        if not is_of_date(stamp)
        and wanted.day in (None, stamp.start.astimezone(wanted.zone).date())
        and codes <= {*stamp.codes}
        and kinds <= {*stamp.kinds}
    ]


@programme_feed
def session_ics(request: HttpRequest, shown: Shown, segment: str) -> HttpResponse:
    """One session, to be put into a calendar: one query."""
    sessions = shown.programme.sessions
    return own(request, shown, sessions, segment, "S", addresses.session_path)


@programme_feed
def talk_ics(request: HttpRequest, shown: Shown, segment: str) -> HttpResponse:
    """The places of one talk, to be put into a calendar: one query."""
    return own(request, shown, shown.programme.talks, segment, "T", addresses.talk_path)


@programme_feed
def person_ics(request: HttpRequest, shown: Shown, segment: str) -> HttpResponse:
    """What one person does, to subscribe to: one query."""
    return own(
        request, shown, shown.programme.people, segment, PERSON_LETTER, addresses.person_path
    )


@programme_feed
def dates_ics(request: HttpRequest, shown: Shown) -> HttpResponse:
    """The important dates: one query."""
    event = shown.programme.event
    return calendar(
        request,
        shown,
        lambda: dates_part(shown),
        Kind(
            lambda: _("Important dates"),
            page=addresses.dates_path(event),
            feed=addresses.dates_feed_path(event),
            name="dates",
        ),
    )


def dates_part(shown: Shown) -> Part:
    gone = [s for s in tombstones(shown.programme, shown.today) if is_of_date(s)]
    return Part(shown.programme, (), shown.programme.dates, gone)


@programme_page
def colours(request: HttpRequest, shown: Shown, digest: str) -> HttpResponse:
    """The accent and the tracks of the release: another digest is no address of ours."""
    css = stylesheet(shown.programme.event, shown.programme.tracks)
    if digest != digest_of(css):
        raise Http404(_("These are not the colours of the release."))
    response = HttpResponse(css, content_type="text/css; charset=utf-8")
    response["Cache-Control"] = f"public, max-age={ONE_YEAR}, immutable"
    return response


def own(
    request: HttpRequest,
    shown: Shown,
    records: Iterable[Found],
    segment: str,
    letter: str,
    path_of: Callable[[EventRecord, Found], str],
) -> HttpResponse:
    """Answer with the calendar of one thing, and with what of it has to be told still."""
    code, event = code_of(segment), shown.programme.event
    gone = tombstones_of(shown.programme, [code], shown.today)
    try:
        kind = own_kind(event, find(shown, records, segment, letter), path_of)
    except Gone:
        kind = Kind(str, addresses.schedule_path(event), "", code, letter != PERSON_LETTER)
        if not gone:
            raise
    return calendar(request, shown, lambda: own_part(shown, code, gone), kind)


def own_kind(
    event: EventRecord, found: Found, path_of: Callable[[EventRecord, Found], str]
) -> Kind:
    """A person's calendar is a feed to subscribe to, the others are downloads."""
    page = path_of(event, found)
    if not isinstance(found, Person):
        return Kind(str, page, "", found.code, is_single=True, is_busy=True)
    name, feed = found.name, addresses.person_feed_path(event, found)
    return Kind(lambda: name, page, feed, found.code, is_busy=True)


def own_part(shown: Shown, code: str, gone: list[Stamp]) -> Part:
    return Part(shown.programme, entries_of(entries(shown.programme), code), (), gone)


def calendar(
    request: HttpRequest, shown: Shown, part: Callable[[], Part], kind: Kind
) -> HttpResponse:
    """Answer with a calendar in the feed's language, kept."""
    alarm = alarm_of(request)

    def build() -> bytes:
        return ical.dumps(feed_of(shown, kind, alarm), part())

    response = kept(request, shown, build, CALENDAR)
    how = "attachment" if kind.is_single else "inline"
    name = "-".join(filter(None, (shown.programme.event.slug, kind.name)))
    response["Content-Disposition"] = f'{how}; filename="{name}.ics"'
    return response


def feed_of(shown: Shown, kind: Kind, alarm: int | None) -> Feed:
    event = shown.programme.event
    return Feed(
        name=" – ".join(filter(None, (event.acronym or event.name, kind.about()))),
        base_url=settings.SITE_URL,
        page_url=settings.SITE_URL + kind.page,
        feed_url=settings.SITE_URL + kind.feed if kind.feed else "",
        phase=shown.phase,
        today=shown.today,
        words=labels.words(),
        is_draft=shown.is_draft,
        is_single=kind.is_single,
        is_busy=kind.is_busy,
        is_by_session=kind.is_whole and shown.programme.is_by_session,
        alarm=alarm,
    )


def alarm_of(request: HttpRequest) -> int | None:
    """Minutes before the start at which a calendar reminds; none unless asked for."""
    value = request.GET.get("alarm", "")
    if not value:
        return None
    if not re.fullmatch("[0-9]{1,5}", value) or int(value) > LONGEST_ALARM:
        raise Malformed("alarm")
    return int(value)
