"""What feeds must say, worked out from the rows alone, by the words of DESIGN.md.

Nothing here imports what makes feeds, so that both would have to be wrong in the same way.
"""

import unicodedata
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Prefetch
from django.utils import timezone

from talks.models import Placement

WHITE = "\t\n\r\x85\u2028\u2029"


@dataclass(frozen=True)
class Said:
    """One entry: what readers must find, and what filters look at."""

    start: object  # moment in UTC, or a day
    end: object
    title: str
    is_cancelled: bool = False
    day: object = None
    room: str = ""  # its code
    place: str = ""  # its name
    people: frozenset = frozenset()
    tracks: frozenset = frozenset()

    @property
    def seen(self):
        title = f"Cancelled: {self.title}" if self.is_cancelled else self.title
        return (self.start, self.end, title)

    def start_day(self, event):
        """The day on which a tombstone is told of: of its own start, by the event's clock."""
        return self.start.astimezone(ZoneInfo(event.zone)).date()


@dataclass
class Memory:
    """Every entry that ever stood in a release; `note` it after each publish."""

    standing: dict = field(default_factory=dict)
    gone: dict = field(default_factory=dict)

    def note(self, event):
        now = schedule(event)
        before = self.gone | self.standing
        self.standing = now
        self.gone = {uid: one for uid, one in before.items() if uid not in now}

    def tombstones(self, event):
        """Those that are told of still: until the day after."""
        zone = ZoneInfo(event.zone)
        today = timezone.now().astimezone(zone).date()
        return {
            uid: (one.start, one.end, f"Cancelled: {one.title}")
            for uid, one in self.gone.items()
            if today <= last_day(one.end, zone) + timedelta(days=1)
        }


def last_day(end, zone):
    return (end - timedelta(seconds=1)).astimezone(zone).date()


def schedule(event, *, has_own_times=True):
    """Return {UID: Said} of every session and talk that has a place; or of sessions alone."""
    rows = event.sessions.filter(start__isnull=False).select_related("room", "track")
    placements = Prefetch("placements", Placement.objects.select_related("talk"))
    rows = rows.prefetch_related(placements, "placements__talk__roles", "roles")
    return {
        uid: said
        for session in rows
        for uid, said in of_session(session, event.uid_domain, ZoneInfo(event.zone), has_own_times)
    }


def of_session(session, domain, zone, has_own_times=True):
    """One for each talk when all have a start, else one for the session."""
    placements = list(session.placements.all())
    chairs = {role.person_id for role in session.roles.all()}
    shared = {
        "day": session.start.astimezone(zone).date(),
        "room": session.room.code if session.room else "",
        "place": one_line(session.room.name) if session.room else "",
    }
    is_whole = not has_own_times or any(placement.start is None for placement in placements)
    if is_whole or not placements:
        people = chairs | {r.person_id for p in placements for r in p.talk.roles.all()}
        yield (
            f"{session.code}@{domain}",
            Said(
                start=session.start.astimezone(UTC),
                end=session.end.astimezone(UTC),
                title=one_line(session_title(session, placements)),
                is_cancelled=session.status == "cancelled" or has_no_talk_left(session, placements),
                people=frozenset(people),
                tracks=tracks_of(session, *(p.talk for p in placements)),
                **shared,
            ),
        )
        return
    for placement in placements:
        talk, start = placement.talk, placement.start.astimezone(UTC)
        yield (
            f"{placement.code}@{domain}",
            Said(
                start=start,
                end=start + timedelta(minutes=talk.minutes),
                title=one_line(talk.title),
                is_cancelled="cancelled" in (session.status, talk.status),
                people=frozenset(chairs | {r.person_id for r in talk.roles.all()}),
                tracks=tracks_of(session, talk),
                **shared,
            ),
        )


def has_no_talk_left(session, placements):
    """People come for the talks of some sessions alone: with the last of them they are off."""
    statuses = {placement.talk.status for placement in placements}
    return session.kind in ("talks", "panel") and statuses == {"cancelled"}


def tracks_of(*rows):
    return frozenset(row.track_id for row in rows if row.track_id)


def session_title(session, placements):
    """An untitled session is called after its only talk, its track or its kind."""
    only = placements[0].talk.title if len(placements) == 1 else ""
    track = session.track.name if session.track else ""
    return session.title.strip() or only.strip() or track or session.kind.capitalize()


def dates(event):
    """Return {UID: (start, end, title)} of the important dates."""
    return {f"{row.code}@{event.uid_domain}": of_date(row) for row in event.dates.all()}


def of_date(row):
    """A day, or the half hour before a moment; anywhere on Earth says so in the title."""
    label = one_line(row.label)
    if row.time is None and row.zone != "Etc/GMT+12":
        return (row.on, row.on + timedelta(days=1), label)
    at = row.time or time(23, 59)
    end = datetime.combine(row.on, at, ZoneInfo(row.zone)).astimezone(UTC)
    if row.zone == "Etc/GMT+12":
        label += f" ({row.on.isoformat()}, {at:%H:%M} AoE)"
        end += timedelta(seconds=59 if at == time(23, 59) else 0)
    return (end - timedelta(minutes=30), end, label)


def one_line(text):
    """The text without control characters, on one line."""
    return " ".join("".join(c for c in text if c in WHITE or not is_control(c)).split())


def is_control(letter):
    return unicodedata.category(letter) == "Cc"
