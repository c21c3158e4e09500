"""The versions of a programme: what each held and changed, as it may be read now.

What may be read of an earlier one follows from the current one, and an erasure makes that one's
digest anew, so that all is kept by it.
"""

import re
from collections.abc import Callable, Iterable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from talks import addresses, past
from talks.answers import kept, page_context, programme_feed, programme_page, show
from talks.changes import Line, Row, described, grouped
from talks.filters import Malformed, Unknown
from talks.formats import releases_atom, releases_json
from talks.formats.wording import one_line
from talks.grid import timetable
from talks.past import Version
from talks.records import EventRecord, Programme
from talks.shown import Shown

ATOM = "application/atom+xml; charset=utf-8"
JSON = "application/json; charset=utf-8"
MOST_LINES = 40  # of changes in an entry of the feed
MOST_CHARACTERS = 200  # of a field there, before and after


@programme_page
def releases(request: HttpRequest, shown: Shown) -> HttpResponse:
    """All versions, the youngest first, or the way to the comparison of two: two queries."""
    old, new = number_of(request, "from"), number_of(request, "to")
    if new is not None:
        path = addresses.changes_path(shown.programme.event, new, old)
        return HttpResponseRedirect(path)
    return show(
        request,
        shown,
        "talks/releases.html",
        lambda: {"section": "releases", "versions": past.versions(shown.head)},
    )


@programme_page
def release(request: HttpRequest, shown: Shown, number: int) -> HttpResponse:
    """A version in full: two queries."""
    version = version_of(past.versions(shown.head), number)
    return show_past(
        request,
        shown,
        "talks/release.html",
        version,
        lambda: release_context(shown, version),
    )


def release_context(shown: Shown, version: Version) -> dict[str, object]:
    old = past.programme(shown.head, version)
    return {
        "version": version,
        "old": old,
        "days": timetable(old.sessions, old.event.tz),
        "paths": paths(shown.programme),
    }


def paths(programme: Programme) -> dict[str, str]:
    """Return the address of every page that the programme has now, by code."""
    event = programme.event
    return {
        **{one.code: addresses.session_path(event, one) for one in programme.sessions},
        **{one.code: addresses.talk_path(event, one) for one in programme.talks},
        **{one.code: addresses.person_path(event, one) for one in programme.people},
    }


@programme_page
def changes(request: HttpRequest, shown: Shown, number: int) -> HttpResponse:
    """What a version changed, since any other: two queries."""
    old, new = compared(request, shown, number)
    return show_past(
        request,
        shown,
        "talks/release_changes.html",
        new,
        lambda: changes_context(shown, old, new),
    )


def changes_context(shown: Shown, old: Version | None, new: Version) -> dict[str, object]:
    zone = past.programme(shown.head, new).event.tz
    rows = described(past.changes(shown.head, old, new), zone)
    return {"version": new, "since": old, "groups": grouped(rows)}


@programme_feed
def release_json(request: HttpRequest, shown: Shown, number: int) -> HttpResponse:
    """A version in full, for programs: two queries."""
    head, version = shown.head, version_of(past.versions(shown.head), number)
    return kept(
        request,
        shown,
        lambda: releases_json.dumps(
            past.programme(head, version), number, version.published, version.note, head.number
        ),
        JSON,
    )


@programme_feed
def changes_json(request: HttpRequest, shown: Shown, number: int) -> HttpResponse:
    """What a version changed, for programs: two queries."""
    old, new = compared(request, shown, number)
    return kept(
        request,
        shown,
        lambda: releases_json.dumps_changes(
            past.changes(shown.head, old, new), number, old.number if old else None
        ),
        JSON,
    )


@programme_feed
def releases_atom_feed(request: HttpRequest, shown: Shown) -> HttpResponse:
    """The newest versions with their changes in words: two queries."""
    return kept(request, shown, lambda: atom(shown, past.versions(shown.head)), ATOM)


def atom(shown: Shown, found: tuple[Version, ...]) -> bytes:
    event = shown.programme.event
    name = event.acronym or event.name
    feed = releases_atom.Feed(
        domain=event.uid_domain,
        code=event.code,
        since=found[-1].published,
        title=_("%(event)s: versions of the programme") % {"event": name},
        author=event.name,
        language=get_language() or settings.LANGUAGE_CODE,
        page_url=settings.SITE_URL + addresses.releases_path(event),
        feed_url=settings.SITE_URL + addresses.releases_feed_path(event),
    )
    changed = past.history(shown.head, found)
    entries = [
        atom_entry(event, version, changed[place] if place < len(changed) else ())
        for place, version in enumerate(found[: past.NEWEST])
    ]
    return releases_atom.dumps(feed, entries)


def atom_entry(event: EventRecord, version: Version, changed: past.Changes) -> releases_atom.Entry:
    rows = described(changed, event.tz)
    lines = [in_a_line(row) for row in rows[:MOST_LINES]]
    if len(rows) > MOST_LINES:
        lines.append(_("And %(count)d more.") % {"count": len(rows) - MOST_LINES})
    return releases_atom.Entry(
        number=version.number,
        title=_("Version %(number)d") % {"number": version.number},
        summary="\n".join(filter(None, (version.note, *lines))),
        published=version.published,
        url=settings.SITE_URL + addresses.changes_path(event, version.number),
    )


def in_a_line(row: Row) -> str:
    details = row.sentence or "; ".join(map(before_and_after, row.lines))
    said = f"{row.kind_words}: {row.table_words} {row.title}".strip()
    return one_line(f"{said} ({details})" if details else said)


def before_and_after(line: Line) -> str:
    """Of a long text, a line has room for its name alone."""
    is_long = len(line.before) + len(line.after) > MOST_CHARACTERS
    return line.name if is_long else f"{line.name}: {line.before} → {line.after}"


def compared(request: HttpRequest, shown: Shown, number: int) -> tuple[Version | None, Version]:
    """Return the two versions to compare: the one before unless `?from=` names another.

    The first is compared with nothing.
    """
    found = past.versions(shown.head)
    new = version_of(found, number)
    wished = number_of(request, "from")
    if wished is None:
        return next((one for one in found if one.number < number), None), new
    for one in found:
        if one.number == wished:
            return one, new
    raise Unknown("from", str(wished))


def version_of(found: Iterable[Version], number: int) -> Version:
    for one in found:
        if one.number == number:
            return one
    raise Http404(_("There is no such version."))


def number_of(request: HttpRequest, name: str) -> int | None:
    """Return the number of a version in the query; None when there is none."""
    value = request.GET.get(name, "")
    if not value:
        return None
    if not re.fullmatch("[1-9][0-9]{0,8}", value):
        raise Malformed(name)
    return int(value)


def show_past(
    request: HttpRequest,
    shown: Shown,
    template: str,
    version: Version,
    context: Callable[[], dict[str, object]],
) -> HttpResponse:
    """Answer with a page of a version, kept; times are in the zone that it has."""

    def build() -> str:
        made = {"section": "releases", "current": shown.head.number, **context()}
        with timezone.override(past.programme(shown.head, version).event.tz):
            return render_to_string(template, page_context(request, shown) | made)

    return kept(request, shown, build)
