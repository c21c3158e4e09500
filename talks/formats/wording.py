"""What a calendar entry says, in plain text: title, place and description."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from talks.addresses import file_path
from talks.entries import (
    ANYWHERE_ON_EARTH,
    CANCELLED,
    Entry,
    date_title,
    foreign_language,
    moment_of,
    printed,
)
from talks.formats.plaintext import EXCERPT, excerpt
from talks.records import EventRecord, ImportantDate, Placement, Role, Stamp, TalkLink

# C0 (tab and line feed stay), DEL, C1 and lone surrogates, which no line of a calendar may hold.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_LINE_ENDS = re.compile("\r\n|[\r\x85\u2028\u2029]")
_ROLES = ("speaker", "moderator", "panelist", "author", "chair")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of the interface in an entry; the caller hands in those of another language.

    `kinds` translates the kinds of sessions and talks; one that it lacks is capitalized.
    """

    cancelled: str = "Cancelled"
    withdrawn: str = "This is no longer in the programme."
    speaker: tuple[str, str] = ("Speaker", "Speakers")  # one, several
    moderator: tuple[str, str] = ("Moderator", "Moderators")
    panelist: tuple[str, str] = ("Panelist", "Panelists")
    author: tuple[str, str] = ("Author", "Authors")
    chair: tuple[str, str] = ("Chair", "Chairs")
    room: str = "Room"
    track: str = "Track"
    board: str = "Board"
    language: str = "Language"
    stream: str = "Stream"
    announced: str = "As announced"
    contact: str = "Contact"
    anywhere: str = "anywhere on Earth, UTC−12"
    starred: str = "Starred"
    draft: str = "Draft"
    by_session: str = (
        "There is one entry for each session; the feeds of each day and each track hold every talk."
    )
    kinds: Mapping[str, str] = field(default_factory=dict)

    def kind(self, kind: str) -> str:
        return self.kinds.get(kind) or kind.capitalize()

    def role(self, role: str, count: int) -> str:
        one, several = {
            "speaker": self.speaker,
            "moderator": self.moderator,
            "panelist": self.panelist,
            "author": self.author,
            "chair": self.chair,
        }[role]
        return one if count == 1 else several


def clean(text: str) -> str:
    """Return the text with LF as its only line end and without control characters."""
    return _CONTROLS.sub("", _LINE_ENDS.sub("\n", text)).strip()


def one_line(text: str) -> str:
    """Return the cleaned text with every run of white space as one space."""
    return " ".join(clean(text).split())


def uri(text: str, base_url: str = "") -> str:
    """Return an absolute http(s) address in ASCII; empty for anything else.

    A path from the root of the site gets `base_url` before it.
    """
    address = base_url + text if text.startswith("/") and not text.startswith("//") else text
    if not re.match("https?://[^/\\s]", address.strip(), re.IGNORECASE):
        return ""
    return quote(clean(address), safe=":/?#[]@!$&'()*+,;=%-._~")


def summary(entry: Entry, words: Words) -> str:
    """Never empty, also when nothing printable is left of the title."""
    title = one_line(entry.title) or words.kind(entry.kind)
    return cancelled(title, words) if entry.is_cancelled else title


def cancelled(title: str, words: Words) -> str:
    """Never empty, also when nothing printable is left of the title."""
    printable = one_line(title)
    return f"{words.cancelled}: {printable}" if printable else words.cancelled


def location(entry: Entry, event: EventRecord) -> str:
    """Room, place and address in one line, without what is empty."""
    room = entry.session.room
    address = [line.strip(" ,") for line in clean(event.address).split("\n")]
    parts = (room.name if room else "", event.place, *address)
    return ", ".join(part for part in map(one_line, parts) if part)


def description(
    entry: Entry,
    event: EventRecord,
    *,
    words: Words,
    url: str,
    base_url: str = "",
    abstract_length: int = EXCERPT,
    chosen: frozenset[str] = frozenset(),
) -> str:
    """People, place and talks; the abstract; links; the address of the page on the last line.

    The address stands here because Exchange does not show URL. With codes in `chosen`, of the
    talks of a whole session these alone are told.
    """
    talk = entry.talk
    facts = [*_people(entry, words), *_facts(entry, event, words)]
    about = excerpt(clean(talk.abstract), abstract_length) if talk else ""
    links = [_link(link, event, words, base_url) for link in talk.links] if talk else []
    if entry.session.stream:
        links.append(f"{words.stream}: {one_line(entry.session.stream)}")
    blocks = (_titles(entry, event, words, chosen), facts, [about], links, [url])
    return clean("\n\n".join(filter(None, ("\n".join(filter(None, b)) for b in blocks))))


def talk_lines(placements: Iterable[Placement], event: EventRecord, words: Words) -> list[str]:
    """A line for each talk of a session: its own time or board, title and names."""
    return [_head(p, event, words) + _names(p.talk.roles) for p in placements]


def date_summary(date: ImportantDate) -> str:
    return one_line(date_title(date)) or date.on.isoformat()


def date_description(date: ImportantDate, *, words: Words, url: str) -> str:
    """The moment by the clock it was set by, the text as announced, the address of the page."""
    at = moment_of(date)
    where = words.anywhere if date.zone == ANYWHERE_ON_EARTH else date.zone
    moment = f"{date.on.isoformat()}, {at:%H:%M} ({where})" if at else ""
    announced = f"{words.announced}: {one_line(date.announced)}" if date.announced else ""
    return "\n".join(filter(None, (moment, announced, url)))


def tombstone_summary(stamp: Stamp, words: Words) -> str:
    return cancelled(stamp.title, words)


def _titles(entry: Entry, event: EventRecord, words: Words, chosen: frozenset[str]) -> list[str]:
    """The subtitle of a talk; of a whole session, its talks in a line each, or those chosen."""
    if entry.placement is not None:
        return [one_line(entry.placement.talk.subtitle)]
    placements = entry.session.placements
    if entry.talk is not None:  # its people have lines of their own
        head = _head(placements[0], event, words)
        return [head if head != one_line(entry.title) else "", one_line(entry.talk.subtitle)]
    starred = [placement for placement in placements if placement.talk.code in chosen]
    told = talk_lines(starred or placements, event, words)
    return [f"{words.starred}:", *told] if starred else told


def _head(placement: Placement, event: EventRecord, words: Words) -> str:
    talk = placement.talk
    start = placement.start.astimezone(event.tz).strftime("%H:%M ") if placement.start else ""
    board = f"{words.board} {one_line(placement.board)}: " if placement.board else ""
    title = cancelled(talk.title, words) if talk.status == CANCELLED else one_line(talk.title)
    return f"{start}{board}{title}"


def _names(roles: Iterable[Role]) -> str:
    names = ", ".join(one_line(role.name or role.person.name) for role in roles)
    return f" – {names}" if names else ""


def _people(entry: Entry, words: Words) -> list[str]:
    """A line for each role that someone has."""
    roles = (*(entry.talk.roles if entry.talk else ()), *entry.session.chairs)
    return [_role_line(name, [r for r in roles if r.role == name], words) for name in _ROLES]


def _role_line(name: str, roles: list[Role], words: Words) -> str:
    people = ", ".join(one_line(printed(role)) for role in roles)
    return f"{words.role(name, len(roles))}: {people}" if people else ""


def _facts(entry: Entry, event: EventRecord, words: Words) -> Iterable[str]:
    room, track = entry.session.room, entry.track
    facts = (
        (words.room, room.name if room else ""),
        (words.track, track.name if track else ""),
        (words.board, entry.board),
        (words.language, foreign_language(entry, event)),
    )
    return [f"{word}: {one_line(value)}" for word, value in facts if value.strip()]


def _link(link: TalkLink, event: EventRecord, words: Words, base_url: str) -> str:
    address = uri(file_path(event, link.file) if link.file else link.url, base_url)
    return f"{one_line(link.label) or words.kind(link.kind)}: {address}" if address else ""
