"""The public events, for lists of them: read from the summaries of releases, never the records."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from talks.models import Release

FIELDS = ("event__slug", "published", "summary")


@dataclass(frozen=True, slots=True)
class EventRow:
    """A line in a list of events; `is_over` by the event's own date."""

    slug: str
    name: str
    acronym: str
    kind: str
    place: str
    starts_on: date
    ends_on: date
    talks: int
    posters: int
    published: datetime
    is_over: bool


def public_events(now: datetime) -> list[EventRow]:
    """Return every public event, the youngest first: one query."""
    rows = Release.objects.current().values_list(*FIELDS)
    made = [_row(slug, published, summary, now) for slug, published, summary in rows]
    return sorted(made, key=lambda row: (row.starts_on, row.name), reverse=True)


def upcoming_and_past(rows: list[EventRow]) -> tuple[list[EventRow], list[EventRow]]:
    """Split events: those to come with the next one first, those past with the last one first."""
    upcoming = sorted((row for row in rows if not row.is_over), key=lambda row: row.starts_on)
    return upcoming, [row for row in rows if row.is_over]


def _row(slug: str, published: datetime, summary: dict[str, str | int], now: datetime) -> EventRow:
    ends_on = date.fromisoformat(str(summary["ends_on"]))
    return EventRow(
        slug=slug,
        name=str(summary["name"]),
        acronym=str(summary["acronym"]),
        kind=str(summary["kind"]),
        place=str(summary["place"]),
        starts_on=date.fromisoformat(str(summary["starts_on"])),
        ends_on=ends_on,
        talks=int(summary["talks"]),
        posters=int(summary["posters"]),
        published=published,
        is_over=now.astimezone(ZoneInfo(str(summary["zone"]))).date() > ends_on,
    )
