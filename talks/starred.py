"""What somebody starred of programmes: for the feed and the page of their agenda.

Stars name sessions and talks by code. A starred session takes its entries in calendars, a
starred talk its own; where a talk has none, it takes that of its session with its name in it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from talks.entries import Entry, entries
from talks.formats.feeds import Part
from talks.lookup import Place, place
from talks.records import EventRecord, Programme, Session, Stamp
from talks.solver.problem import Span, in_utc
from talks.solver.rules import overlaps

Stars = Mapping[str, datetime]  # by code, when it was starred
Clashes = Mapping[str, Sequence[str]]  # by UID, the titles of what is at the same time


@dataclass(frozen=True, slots=True)
class Taken(Span):
    """The time of a starred entry; those of one session never clash with each other."""

    entry: Entry


@dataclass(frozen=True, slots=True)
class Chosen:
    """A talk that was starred, in one of its places, and what is at the same time."""

    place: Place
    clashes: Sequence[str]


@dataclass(frozen=True, slots=True)
class Item:
    """A session that was starred, or of which talks were; `is_whole`: it was itself."""

    event: EventRecord
    session: Session
    is_whole: bool
    talks: tuple[Chosen, ...]
    clashes: Sequence[str]

    @property
    def on(self) -> date:
        return self.session.start.date()


def part(
    programme: Programme, stars: Stars, changed: datetime, tombstones: Sequence[Stamp] = ()
) -> Part:
    """Return what a feed takes from one programme.

    An entry is stamped with its earliest star, which no later one moves; a session of which
    only some talks are taken with the last change of the agenda, as its text follows that.
    """
    found = [entry for entry in entries(programme) if _is_taken(entry, stars)]
    return Part(
        programme,
        found,
        (),
        tombstones,
        starred={entry.uid: _moment(entry, stars, changed) for entry in found},
        chosen={entry.uid: some for entry in found if (some := _chosen(entry, stars))},
    )


def items(programmes: Iterable[Programme], stars: Stars) -> list[Item]:
    """Return what was starred, session by session, by day and start."""
    known = list(programmes)
    clashes = _clashes(known, stars)
    found = [
        item
        for programme in known
        for session in programme.sessions
        if (item := _item(programme, session, stars, clashes))
    ]
    return sorted(found, key=lambda i: (i.on, in_utc(i.session.start), i.session.code))


def _item(programme: Programme, session: Session, stars: Stars, clashes: Clashes) -> Item | None:
    domain, is_whole = programme.event.uid_domain, session.code in stars
    placed = {f"{p.code}@{domain}": p for p in session.placements}
    chosen = tuple(
        Chosen(place(session, p), clashes.get(uid, ()))
        for uid, p in placed.items()
        if p.talk.code in stars
    )
    if not is_whole and not chosen:
        return None
    own = (f"{session.code}@{domain}", *(placed if is_whole else ()))
    others = [title for uid in own for title in clashes.get(uid, ())]
    return Item(programme.event, session, is_whole, chosen, tuple(dict.fromkeys(others)))


def _clashes(programmes: Iterable[Programme], stars: Stars) -> Clashes:
    """Compare what is not cancelled, of all events at once."""
    spans = [
        Taken(entry.session.code, entry.start, entry.end, entry)
        for programme in programmes
        for entry in entries(programme)
        if _is_taken(entry, stars) and not entry.is_cancelled
    ]
    found: dict[str, list[str]] = defaultdict(list)
    for one, other in overlaps(spans):
        found[one.entry.uid].append(other.entry.title)
        found[other.entry.uid].append(one.entry.title)
    return found


def _is_taken(entry: Entry, stars: Stars) -> bool:
    talk = entry.placement.talk.code if entry.placement else ""
    return entry.session.code in stars or talk in stars or bool(_chosen(entry, stars))


def _chosen(entry: Entry, stars: Stars) -> frozenset[str]:
    """The talks taken of an entry of a whole session that is not itself taken."""
    if entry.placement or entry.session.code in stars:
        return frozenset()
    return frozenset(p.talk.code for p in entry.session.placements if p.talk.code in stars)


def _moment(entry: Entry, stars: Stars, changed: datetime) -> datetime:
    talk = entry.placement.talk.code if entry.placement else ""
    return min(
        (stars[code] for code in (entry.session.code, talk) if code in stars), default=changed
    )
