"""Tables -> Release: the difference, the stamps of calendar entries, and the presentations.

Publishing is one transaction. It reads the draft, keeps the counting of every entry that ever
stood in a release, and writes one immutable value; nothing else makes anything public.
"""

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from eventsite.writing import User
from papers.indexing import touch
from papers.joining import moved_to
from papers.models import Paper, Presentation

from . import records_json, sizing
from .acknowledging import blocking
from .addresses import talk_path
from .difference import Difference, differences
from .drafting import draft
from .models import Event, Release
from .omissions import omissions
from .partial import only
from .records import Programme
from .solver.problem import Clash
from .stamps import remembered_until

ONE_SECOND = timedelta(seconds=1)


class DifferenceMoved(Exception):
    """What would be published is no longer what was shown; `preview` is the new one."""

    def __init__(self, preview: "Preview"):
        super().__init__("the draft or the release has changed since the difference was shown")
        self.preview = preview


class Blocked(Exception):
    """Clashes of rules that an organizer set to block; nothing is published."""

    def __init__(self, clashes: list[Clash]):
        super().__init__("rules of the timetable that block publishing are broken")
        self.clashes = clashes


@dataclass(frozen=True, slots=True)
class Preview:
    """What publishing would do now: `digest` names it, to be given to `publish`."""

    previous: Programme | None
    programme: Programme
    differences: tuple[Difference, ...]
    digest: str


def preview(event: Event, code: str = "") -> Preview:
    """Return what publishing would do now; with a code, with only that object's change.

    Before a first release there is only everything.
    """
    last = current(event)
    previous = programme_of(last) if last else None
    programme = draft(event)
    if code and previous:
        programme = only(previous, programme, code)
    return _compared(last, previous, programme)


def preview_again(event: Event, number: int) -> Preview:
    """Return what publishing an earlier release again would do now.

    Its event keeps the slug and the calendar's domain of today, so that no UID changes. Raises
    Release.DoesNotExist for a number that there is not.
    """
    earlier = programme_of(event.releases.get(number=number))
    kept = replace(earlier.event, slug=event.slug, uid_domain=event.uid_domain)
    last = current(event)
    previous = programme_of(last) if last else None
    return _compared(last, previous, replace(earlier, event=kept))


def _compared(last: Release | None, previous: Programme | None, programme: Programme) -> Preview:
    found = tuple(differences(previous, programme))
    ground = [last.digest if last else "", records_json.dumps(programme)]
    return Preview(previous, programme, found, digest_of(ground))


@transaction.atomic
def publish(
    event: Event, by: User = None, note: str = "", *, code: str = "", expected: str = ""
) -> Release | None:
    """Write the next release of an event and return it; None when nothing has changed.

    With a code, only that object's change enters. With `expected`, raises DifferenceMoved
    unless it is the digest of the preview. Raises Blocked.
    """
    event = locked(event)
    return _publish(event, preview(event, code), by, note, expected)


@transaction.atomic
def publish_again(
    event: Event, number: int, by: User = None, note: str = "", *, expected: str = ""
) -> Release | None:
    """Write an earlier release as the next one and return it; None when nothing would change.

    The draft is left as it is. `expected` and what is raised are as for `publish`, and
    Release.DoesNotExist for a number that there is not.
    """
    event = locked(event)
    return _publish(event, preview_again(event, number), by, note, expected)


def locked(event: Event) -> Event:
    """Lock an event, in the caller's transaction; rows that only name it may go on being made."""
    return Event.objects.select_for_update(no_key=True).get(pk=event.pk)


def _publish(event: Event, found: Preview, by: User, note: str, expected: str) -> Release | None:
    """Write what a preview shows; the event is locked."""
    if expected and expected != found.digest:
        raise DifferenceMoved(found)
    last = current(event)
    if last and not found.differences:
        return None
    if clashes := blocking(event, found.programme):
        raise Blocked(clashes)
    published = moment_after(last)
    programme = completed(found.previous, found.programme, published)
    release = write(event, programme, last.number + 1 if last else 1, published, by, note)
    write_presentations(event)
    return release


def programme_of(release: Release) -> Programme:
    return records_json.loads(release.records)


def completed(previous: Programme | None, programme: Programme, published: datetime) -> Programme:
    """Return a programme as the next release holds it: with stamps, and what is gone."""
    found = sizing.sized(previous, programme, published).programme
    return replace(found, gone=gone(previous, programme))


def notices(found: Preview) -> tuple[str, ...]:
    """Return what the organizer should know before publishing, a sentence each."""
    calendars = sizing.notices(found.previous, found.programme, timezone.now())
    return (*omissions(found.programme), *calendars)


def current(event: Event) -> Release | None:
    """Return the release with the highest number, hidden or not."""
    return event.releases.order_by("-number").first()


def write(
    event: Event, programme: Programme, number: int, published: datetime, by: User, note: str
) -> Release:
    value = records_json.dumps(programme)
    return Release.objects.create(
        event=event,
        number=number,
        note=note,
        by=by,
        published=published,
        digest=digest_of([number, value]),
        summary=summary(programme),
        records=value,
    )


def moment_after(last: Release | None) -> datetime:
    """Return now in whole seconds, a second after the last release at the least."""
    now = timezone.now().replace(microsecond=0)
    return max(now, last.told + ONE_SECOND) if last else now


def gone(previous: Programme | None, programme: Programme) -> frozenset[str]:
    """Return the codes that stood in an earlier release and stand in this one no more."""
    before = (codes(previous) | previous.gone) if previous else frozenset()
    return before - codes(programme)


def codes(programme: Programme) -> frozenset[str]:
    """Return every code that has a page or an entry of its own."""
    listed = (programme.rooms, programme.tracks, programme.people, programme.talks)
    rest = (programme.sessions, programme.dates, programme.awards)
    found = {record.code for records in (*listed, *rest) for record in records}
    return frozenset(found | {p.code for s in programme.sessions for p in s.placements})


def summary(programme: Programme) -> dict[str, object]:
    """Return what lists of events show, so that they need not read the records."""
    event = programme.event
    until = remembered_until(programme)
    kinds = Counter(talk.kind for talk in programme.talks)
    return {
        **{name: getattr(event, name) for name in ("name", "acronym", "kind", "place", "zone")},
        "language": event.language,
        "starts_on": event.starts_on.isoformat(),
        "ends_on": event.ends_on.isoformat(),
        "sessions": len(programme.sessions),
        "talks": len(programme.talks) - kinds["poster"] - kinds["panel"],
        "posters": kinds["poster"],
        "people": len(programme.people),
        "remembered_until": until.isoformat() if until else None,
    }


def write_presentations(event: Event) -> None:
    """Tell the catalogue which papers the public programme presents: none of a hidden event."""
    last = current(event)
    if last is None:
        return
    programme = programme_of(last)
    ever = {talk.code for talk in programme.talks} | programme.gone
    Presentation.objects.filter(code__in=ever).delete()
    if not event.is_hidden:
        Presentation.objects.bulk_create(presentations(programme, event.slug))
    touch()


def presentations(programme: Programme, slug: str) -> list[Presentation]:
    event = replace(programme.event, slug=slug)
    starts: dict[str, datetime] = {}
    for session in programme.sessions:
        for placement in session.placements:
            starts.setdefault(placement.talk.code, placement.start or session.start)
    talks = [(talk, talk.paper.code) for talk in programme.talks if talk.paper]
    merged = moved_to(code for _talk, code in talks)
    talks = [(talk, merged.get(code, code)) for talk, code in talks]
    papers = Paper.objects.in_bulk([code for _talk, code in talks], field_name="code")
    return [
        Presentation(
            paper=papers[code],
            code=talk.code,
            event_slug=slug,
            label=event.name,
            start=starts.get(talk.code),
            zone=event.zone,
            url=talk_path(event, talk),
        )
        for talk, code in talks
        if code in papers
    ]


def digest_of(value: object) -> str:
    """Return the SHA-256 of a plain value, its keys in order."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
