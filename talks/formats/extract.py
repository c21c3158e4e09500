"""What every file of a schedule is made from: the entries asked for, and what each is called.

A file has a line for each calendar entry: a talk at its own time, else a whole session with its
talks in the text. What was withdrawn stands in none.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, UUID, uuid5
from zoneinfo import ZoneInfo

from talks.addresses import event_path, schedule_file_path, schedule_path, session_path, talk_path
from talks.entries import Entry
from talks.formats.plaintext import plain
from talks.formats.wording import Words, clean, one_line, uri
from talks.records import EventRecord, Programme, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """The entries that a question finds in a release, and how they are to be printed."""

    programme: Programme
    entries: Sequence[Entry]  # as `in_order` has them
    zone: ZoneInfo  # what times are printed in, and what a day is
    version: str  # the number of the release
    published: datetime
    base_url: str  # of the site, without "/"
    query: str  # the question as "?…", empty for everything
    words: Words

    @property
    def event(self) -> EventRecord:
        return self.programme.event

    @property
    def event_url(self) -> str:
        return uri(event_path(self.event), self.base_url)

    @property
    def page_url(self) -> str:
        """The page that shows the same."""
        return uri(schedule_path(self.event) + self.query, self.base_url)

    def file_url(self, extension: str) -> str:
        return uri(schedule_file_path(self.event, extension) + self.query, self.base_url)

    def url_of(self, entry: Entry) -> str:
        path = session_path(self.event, entry.session)
        if entry.placement is not None:
            path = talk_path(self.event, entry.placement.talk)
        return uri(path, self.base_url)

    def start_of(self, entry: Entry) -> datetime:
        return entry.start.astimezone(self.zone)

    def end_of(self, entry: Entry) -> datetime:
        return entry.end.astimezone(self.zone)


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """Return entries by start; what starts together by room, as people read a programme."""
    return sorted(entries, key=_order)


def people(entry: Entry) -> list[Role]:
    """Who is on stage, each once; the chairs with their session, not with its every talk."""
    if entry.placement is not None:
        found = list(entry.placement.talk.roles)
    else:
        talks = (role for placement in entry.session.placements for role in placement.talk.roles)
        found = [*talks, *entry.session.chairs]
    return list(_once(found))


def room_name(entry: Entry) -> str:
    return one_line(entry.session.room.name) if entry.session.room else ""


def track_name(entry: Entry) -> str:
    return one_line(entry.track.name) if entry.track else ""


def subtitle(entry: Entry) -> str:
    """The talk's own; before it, its title where the session is called otherwise."""
    if entry.talk is None:
        return ""
    title = one_line(entry.talk.title)
    parts = (title if title != one_line(entry.title) else "", one_line(entry.talk.subtitle))
    return " – ".join(filter(None, parts))


def abstract(entry: Entry) -> str:
    """The whole abstract of the talk as plain text; empty for a session of several."""
    return clean(plain(clean(entry.talk.abstract))) if entry.talk else ""


def code(uid: str) -> str:
    return uid.partition("@")[0]


def guid(uid: str) -> UUID:
    """Return the same UUID for a UID in every release, on every host."""
    return uuid5(NAMESPACE_URL, uid)


def number(code: str) -> int:
    """Return the code as a number: another for each code, below 2 ** 53, which JSON keeps."""
    return int(code, 36)


def room_order(entry: Entry) -> tuple[object, ...]:
    """By position; last what is in no room."""
    room = entry.session.room
    return (0, room.position, room.name) if room else (1, 0, "")


def _order(entry: Entry) -> tuple[object, ...]:
    start, end = entry.start.astimezone(UTC), entry.end.astimezone(UTC)
    return (start, room_order(entry), end, entry.uid)


def _once(roles: Sequence[Role]) -> Iterator[Role]:
    seen: set[str] = set()
    for role in roles:
        if role.person.code not in seen:
            seen.add(role.person.code)
            yield role
