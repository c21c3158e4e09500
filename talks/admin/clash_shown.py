"""Findings as the page of clashes shows them: a sentence each, and the forms that mend them."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import islice
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext_lazy

from talks.acknowledging import Finding
from talks.clash_list import Gravity, Group
from talks.findings import sentence
from talks.models import Person, Room, Session, Talk, Track

MOST_THINGS = 12  # whose forms one finding leads to

WORDS = {
    Gravity.BLOCKS: gettext_lazy("Blocks publishing"),
    Gravity.MUST: gettext_lazy("Must hold"),
    Gravity.WISH: gettext_lazy("Wish"),
}
TABLES = {
    Session: gettext_lazy("session"),
    Talk: gettext_lazy("talk"),
    Person: gettext_lazy("person"),
    Room: gettext_lazy("room"),
    Track: gettext_lazy("track"),
}


@dataclass(frozen=True, slots=True)
class Thing:
    """What a finding is about, and where its form is."""

    code: str
    name: str
    table: str
    address: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A finding in words, with what it is about."""

    finding: Finding
    text: str
    things: tuple[Thing, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """The findings of one rule in words; `left` are as many more as are not shown here."""

    group: Group
    words: str
    open: tuple[Entry, ...]
    standing: tuple[Entry, ...]
    left: int


class Things:
    """The rows of an event that findings are about, by code: five queries."""

    def __init__(self, event, standing):
        problem = standing.problem
        names = {code: row.title for code, row in (problem.sessions | problem.talks).items()}
        for rows in (problem.people, problem.rooms, problem.tracks):
            names |= {code: row.name for code, row in rows.items()}
        self.known = {}
        for model, words in TABLES.items():
            form = f"admin:talks_{model._meta.model_name}_change"
            for code, pk in model.objects.filter(event=event).values_list("code", "pk"):
                if code in names:
                    address = reverse(form, args=[pk])
                    self.known[code] = Thing(code, names[code] or code, words, address)
        self.held_in = defaultdict(list)
        for placed in standing.timetable.sessions:
            for one in placed.talks:
                self.held_in[one.talk].append(placed.session)

    def of(self, clash):
        """Return what a clash is about, and the sessions of its talks, which are what is moved."""
        codes = [clash.of.code, *(part.code for part in clash.parts)]
        codes += [other.code for other in clash.others]
        codes += [session for code in codes for session in self.held_in.get(code, ())]
        known = (self.known[code] for code in dict.fromkeys(codes) if code in self.known)
        return tuple(islice(known, MOST_THINGS))

    def choices(self, findings):
        """Return what the findings are about, as (table, things in order of their names)."""
        concerned = {code for one in findings for code in one.clash.codes} & self.known.keys()
        by_table = defaultdict(list)
        for code in concerned:
            by_table[self.known[code].table].append(self.known[code])
        return [
            (words, sorted(by_table[words], key=lambda thing: (thing.name.casefold(), thing.code)))
            for words in TABLES.values()
            if words in by_table
        ]


def shown(group, things, event, first, most):
    """Return a group in words, of its open findings `most` from `first` on."""
    zone = ZoneInfo(event.zone)

    def entries(found):
        return tuple(Entry(one, sentence(one.clash, zone), things.of(one.clash)) for one in found)

    return Shown(
        group=group,
        words=WORDS[group.gravity],
        open=entries(group.open[first : first + most]),
        standing=entries(group.standing[:most]),
        left=len(group.open) - len(group.open[first : first + most]),
    )
