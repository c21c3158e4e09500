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
from talks.grid import days_of
from talks.records import Programme
from talks.stamps import next_stamps, tombstones

REMINDER = 7 * 24 * 60  # minutes: the longest to print
USUAL, STEP = 600, 100  # characters of an abstract; in steps one more talk seldom changes all
DATE_LETTER = "D"  # of codes: dates have a feed of their own


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
    programme = trial.at(0)
    return Fitted(programme, tuple(trial.too_large(programme)))


@dataclass(frozen=True, slots=True)
class _Trial:
    """One way to print a draft, tried with abstracts of several lengths."""

    previous: Programme | None
    draft: Programme
    published: datetime
    feed: Feed
    limits: Limits

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
        return next(self.too_large(self.at(length)), None) is None

    def too_large(self, programme: Programme) -> Iterator[str]:
        """The names of feeds for which there is no room."""
        for name, feed, part in self.feeds(programme):
            if self.is_too_large(feed, part):
                yield name

    def is_too_large(self, feed: Feed, part: Part) -> bool:
        """A reminder is smaller than its entry."""
        octets = ical.size(feed, part)
        if octets > self.limits.octets or octets <= self.limits.with_reminders // 2:
            return octets > self.limits.octets
        return ical.size(replace(feed, alarm=REMINDER), part) > self.limits.with_reminders

    def feeds(self, programme: Programme) -> Iterator[tuple[str, Feed, Part]]:
        """The feed of the whole event; where that lacks talks, those that hold them, by name."""
        zone = programme.event.tz
        gone = [
            stamp
            for stamp in tombstones(programme, self.published.astimezone(zone).date())
            if not stamp.uid.startswith(DATE_LETTER)
        ]
        whole = replace(self.feed, is_by_session=programme.is_by_session)
        yield "", whole, Part(programme, whole_event_entries(programme), (), gone)
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
