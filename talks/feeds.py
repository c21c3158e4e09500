"""Every feed of an event that people may want, and the ways to subscribe to one.

A feed is a question, so it is known by its query: `/calendar/?…` shows its ways,
`schedule.ics?…` is the feed.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from talks.addresses import dates_feed_path, person_feed_path, schedule_file_path
from talks.filters import Filters
from talks.grid import days_of
from talks.lookup import POSTER, people_by_letter
from talks.records import Programme

DATES = "dates"  # of `?feed=`: the one feed that is no question to the schedule
LASTING = ("tz", "lang")  # parameters that a link to another feed takes along


@dataclass(frozen=True, slots=True)
class Listed:
    """A feed in the list: a name, or the day it is of; the query of its page; its path."""

    name: str
    on: date | None
    query: str
    path: str


@dataclass(frozen=True, slots=True)
class Ways:
    """One feed, as each kind of program wants it named. All are absolute."""

    address: str
    webcal: str
    google: str
    outlook: str
    office: str


@dataclass(frozen=True, slots=True)
class Feeds:
    """The feeds of one event, as somebody sees them who asked for `tz`, `lang` and a reminder."""

    programme: Programme
    wanted: Filters
    alarm: int | None

    def whole(self) -> Listed:
        return self._listed()

    def days(self) -> list[Listed]:
        """Each day; nothing when there is but one, which is the whole event in as many words."""
        days = days_of(self.programme.sessions, self.wanted.zone)
        if len(days) < 2 and not self.programme.is_by_session:
            return []
        return [self._listed(on=day, day=day.isoformat()) for day in days]

    def tracks(self) -> list[Listed]:
        return [self._listed(name=t.name, track=t.code) for t in self.programme.tracks]

    def rooms(self) -> list[Listed]:
        return [self._listed(name=r.name, room=r.code) for r in self.programme.rooms]

    def posters(self) -> list[Listed]:
        """The sessions that show posters, whatever their kind; nothing without posters."""
        there = any(talk.kind == POSTER for talk in self.programme.talks)
        return [self._listed(kind=POSTER)] if there else []

    def people(self) -> list[Listed]:
        """Those who are on stage or chair, by name."""
        talks = (role for talk in self.programme.talks for role in talk.roles)
        chairs = (role for session in self.programme.sessions for role in session.chairs)
        busy = {role.person.code for role in (*talks, *chairs)}
        there = [person for person in self.programme.people if person.code in busy]
        ordered = (person for _letter, group in people_by_letter(there) for person in group)
        return [self._listed(name=person.name, person=person.code) for person in ordered]

    def dates(self) -> list[Listed]:
        if not self.programme.dates:
            return []
        path = with_values(dates_feed_path(self.programme.event), alarm=self.alarm)
        query = with_values(self._blank().query(), feed=DATES, alarm=self.alarm)
        return [Listed("", None, query, path)]

    def chosen_path(self, *, is_dates: bool) -> str:
        """The feed that answers what is asked."""
        if is_dates:
            return with_values(dates_feed_path(self.programme.event), alarm=self.alarm)
        return self._path(self.wanted)

    def _listed(self, name: str = "", on: date | None = None, **values: str) -> Listed:
        asked = self._blank(**values)
        query = with_values(asked.query(), alarm=self.alarm)
        return Listed(name, on, query, self._path(asked))

    def _blank(self, **values: str) -> Filters:
        """The same reader's question with these values alone."""
        kept = {name: value for name, value in self.wanted.given.items() if name in LASTING}
        made: Callable[..., Filters] = Filters
        own = {name: value for name, value in values.items() if name != "day"}
        return made(zone=self.wanted.zone, given=kept | values, **own)

    def _path(self, asked: Filters) -> str:
        """A person has a feed of their own, which blocks their time; it takes no zone."""
        event = self.programme.event
        if asked.narrowing == ("person",):
            person = next(p for p in self.programme.people if p.code == asked.person)
            return with_values(person_feed_path(event, person), alarm=self.alarm)
        query = asked.query(view="", at="", lang="")
        return with_values(schedule_file_path(event, "ics") + query, alarm=self.alarm)


def with_values(address: str, **values: object) -> str:
    """Return the address with more in its query; None and empty texts are left out."""
    more = "&".join(f"{name}={value}" for name, value in values.items() if value not in (None, ""))
    if not more:
        return address.removesuffix("?")
    joint = "&" if "?" in address and not address.endswith("?") else "?"
    return f"{address.removesuffix('?')}{joint}{more}"


def ways(address: str, name: str) -> Ways:
    """Return the forms of a feed's absolute address that calendars take.

    Google wants `webcal:` inside: with `https:` it looks for a person of that name.
    """
    webcal = re.sub("^https?:", "webcal:", address)
    outlook = f"addfromweb?url={quote(address, safe='')}&name={quote(name, safe='')}"
    return Ways(
        address=address,
        webcal=webcal,
        google=f"https://calendar.google.com/calendar/r?cid={quote(webcal, safe='')}",
        outlook=f"https://outlook.live.com/calendar/0/{outlook}",
        office=f"https://outlook.office.com/calendar/0/{outlook}",
    )
