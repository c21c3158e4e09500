"""How much the calendars of a release can say, so that none is larger than programs read.

Google Calendar reads up to 1,000,000 octets. What is decided stands in the release: in all its
feeds an entry then reads the same, and a shorter abstract counts as a change of the entry.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from talks.entries import entries, whole_event_entries
from talks.filters import Filters
from talks.formats import ical
from talks.formats.ical import Feed, Part
from talks.formats.octets import VEvent, size_of
from talks.formats.vevent import vevents
from talks.grid import days_of
from talks.records import Programme, Stamp
from talks.stamps import is_of_date, next_stamps, tombstones

REMINDER = 7 * 24 * 60  # minutes: the longest to print
USUAL, STEP = 600, 100  # characters of an abstract; in steps one more talk seldom changes all
WHOLE = ""  # how the feed of the whole event is called


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a feed in the event's language may be."""

    entries: int = 2_000  # of the whole event; beyond it, one for each session
    octets: int = 900_000
    with_reminders: int = 960_000  # octets; other languages have longer words


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Fitted:
    """A programme with its stamps, and with what its calendars can say decided.

    `too_large` names the feeds for which there is no room all the same: "" is that of the whole
    event, the others are called after their day or track.
    """

    programme: Programme
    too_large: tuple[str, ...] = ()


def fitted(
    previous: Programme | None,
    draft: Programme,
    published: datetime,
    feed: Feed,
    limits: Limits = LIMITS,
) -> Fitted:
    """Return the draft as the release after `previous` holds it; `feed` is the whole event's.

    Abstracts are as long as every feed has room for. Where the whole event has none even
    without them, or has too many entries, its feed has one entry for each session.
    """
    is_by_session = len(entries(draft)) > limits.entries
    trial = _Trial(previous, replace(draft, is_by_session=is_by_session), published, feed, limits)
    length = trial.longest()
    if length is None and not is_by_session:
        trial = replace(trial, draft=replace(draft, is_by_session=True))
        length = trial.longest()
    if length is not None:
        return Fitted(trial.at(length))
    too_large = tuple(trial.too_large(trial.at(0)))
    if too_large == (WHOLE,):  # whatever is left out: so the room is for the days and tracks
        length = replace(trial, hopeless=too_large).longest()
    return Fitted(trial.at(length or 0), too_large)


@dataclass(frozen=True, slots=True)
class _Trial:
    """One way to print a draft, tried with abstracts of several lengths."""

    previous: Programme | None
    draft: Programme
    published: datetime
    feed: Feed
    limits: Limits
    hopeless: tuple[str, ...] = ()

    def at(self, length: int) -> Programme:
        """The release that abstracts of this length would make."""
        programme = replace(self.draft, abstract_length=length)
        return replace(programme, stamps=next_stamps(self.previous, programme, self.published))

    def longest(self) -> int | None:
        """The longest abstracts that fit; None when there is no room even without."""
        if self.fits(USUAL):
            return USUAL
        shorter = range(USUAL - STEP, -1, -STEP)
        found = bisect_left(shorter, True, key=self.fits)
        return shorter[found] if found < len(shorter) else None

    def fits(self, length: int) -> bool:
        return not set(self.too_large(self.at(length))) - set(self.hopeless)

    def too_large(self, programme: Programme) -> Iterator[str]:
        """The names of feeds for which there is no room."""
        sizes = self.sizes(programme)
        for name, feed, part in self.feeds(programme):
            uids = [*(e.uid for e in part.entries), *(s.uid for s in part.tombstones)]
            frame = ical.size_of_frame(feed, part)
            octets, reminding = (frame + sum(sizes[uid][n] for uid in uids) for n in (0, 1))
            if octets > self.limits.octets or reminding > self.limits.with_reminders:
                yield name

    def sizes(self, programme: Programme) -> dict[str, tuple[int, int]]:
        """How large each entry is, by UID: by itself, and with a reminder."""
        found = {each.uid: each for each in (*entries(programme), *whole_event_entries(programme))}
        part = Part(programme, list(found.values()), (), self.gone(programme))
        timed = vevents(replace(self.feed, alarm=REMINDER), part)
        return {key[2]: (size_of(VEvent(e.lines)), size_of(e)) for key, e in timed}

    def gone(self, programme: Programme) -> list[Stamp]:
        today = self.published.astimezone(programme.event.tz).date()
        found = tombstones(programme, today)
        return [stamp for stamp in found if not is_of_date(stamp)]

    def feeds(self, programme: Programme) -> Iterator[tuple[str, Feed, Part]]:
        """The feed of the whole event; where that lacks talks, those that hold them, by name."""
        zone, gone = programme.event.tz, self.gone(programme)
        whole = replace(self.feed, is_by_session=programme.is_by_session)
        yield WHOLE, whole, Part(programme, whole_event_entries(programme), (), gone)
        if not programme.is_by_session:
            return
        every = entries(programme)
        for day in days_of(programme.sessions, zone):
            kept = Filters(zone, day=day).keep_entries(every)
            told = [stamp for stamp in gone if stamp.start.astimezone(zone).date() == day]
            yield day.isoformat(), self.feed, Part(programme, kept, (), told)
        for track in programme.tracks:
            kept = Filters(zone, track=track.code).keep_entries(every)
            yield track.name, self.feed, Part(programme, kept)
