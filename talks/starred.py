"""What somebody starred of programmes: for the feed and the page of their agenda.

Stars name sessions and talks by code. A starred session takes its entries in calendars, a
starred talk its own; where a talk has none, it takes that of its session with its name in it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from talks.entries import Entry, entries
from talks.formats import ical
from talks.formats.feeds import Feed, Part
from talks.lookup import Place, place
from talks.records import EventRecord, Programme, Session, Stamp
from talks.solver.problem import Span, in_utc
from talks.solver.rules import overlaps
from talks.stamps import tombstones_of

AHEAD = timedelta(hours=1)  # of the clock: so far many stars in one second may be
SHORTER = (300, 100, 0)  # characters of an abstract, where a feed has no room for more

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


def part(programme: Programme, stars: Stars, changed: datetime, today: date) -> Part:
    """Return what a feed takes from one programme, and what it took of it before.

    All of it is stamped with the last change of the agenda too, as what a session says follows
    the stars of its talks.
    """
    found = [entry for entry in entries(programme) if _is_taken(entry, stars)]
    return Part(
        programme,
        found,
        (),
        [stamp for stamp in tombstones_of(programme, stars, today) if _was_taken(stamp, stars)],
        changed=changed,
        chosen={entry.uid: some for entry in found if (some := _chosen(entry, stars))},
    )


def shortened(feed: Feed, parts: Sequence[Part], octets: int) -> list[Part]:
    """Return the parts of a feed that is too large, with shorter abstracts, or in the end none.

    An entry then may say less without being revised, as it has room only beside the others.
    """
    for length in SHORTER:
        found = [replace(part, programme=_cut(part.programme, length)) for part in parts]
        if ical.size(feed, *found) <= octets:
            break
    return found


def _cut(programme: Programme, length: int) -> Programme:
    return replace(programme, abstract_length=min(programme.abstract_length, length))


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


def _was_taken(stamp: Stamp, stars: Stars) -> bool:
    """False of what was withdrawn before anything of it was starred: no calendar has it."""
    starred = min(stars[code] for code in stamp.codes if code in stars)
    return stamp.withdrawn is not None and starred < stamp.withdrawn + AHEAD
