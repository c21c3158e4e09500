"""What the schedule's page offers to choose from: days, filters with counts, chips in force."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from talks import labels
from talks.filters import Filters
from talks.grid import days_of
from talks.records import Programme

# What the field of time zones suggests; every other name can be typed.
USUAL_ZONES = (
    *("UTC", "America/Los_Angeles", "America/Denver", "America/Chicago", "America/New_York"),
    *("America/Sao_Paulo", "Africa/Lagos", "Africa/Nairobi", "Europe/London", "Europe/Paris"),
    *("Europe/Berlin", "Europe/Athens", "Europe/Istanbul", "Asia/Jerusalem", "Asia/Dubai"),
    *("Asia/Kolkata", "Asia/Singapore", "Asia/Shanghai", "Asia/Seoul", "Asia/Tokyo"),
    *("Australia/Sydney", "Pacific/Auckland"),
)


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    count: int  # sessions that would be shown
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """A field of the filter form: one of its options, or all."""

    name: str
    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force, and the query string without it."""

    label: str
    value: str
    without: str


@dataclass(frozen=True, slots=True)
class Tab:
    """A day, None for all of them, and the query string that shows it."""

    on: date | None
    query: str
    is_chosen: bool


def tabs(programme: Programme, filters: Filters) -> list[Tab]:
    """Return "all days" and each day; nothing when there is but one."""
    days = days_of(programme.sessions, filters.zone)
    if len(days) < 2:
        return []
    every = [Tab(None, filters.query(day=None), filters.day is None)]
    return every + [Tab(day, filters.query(day=day), day == filters.day) for day in days]


def choices(programme: Programme, filters: Filters) -> list[Choice]:
    """Return the fields that have something to choose between."""
    kinds = [(kind, labels.kind(kind)) for kind in _kinds(programme)]
    fields = (
        ("track", _("Track"), [(track.code, track.name) for track in programme.tracks]),
        ("room", _("Room"), [(room.code, room.name) for room in programme.rooms]),
        ("kind", _("Kind"), kinds),
    )
    found = [_choice(programme, filters, *field) for field in fields]
    return [choice for choice in found if len(choice.options) > 1]


def chips(programme: Programme, filters: Filters) -> list[Chip]:
    """Return what is in force of the filters, the day aside, which has its tab."""
    return [
        Chip(name_of(name), value_of(programme, filters, name), filters.query(**{name: ""}))
        for name in filters.narrowing
        if name != "day"
    ]


def name_of(parameter: str) -> str:
    """Return what people call a parameter of the address."""
    names = {
        "day": _("day"),
        "track": _("track"),
        "room": _("room"),
        "kind": _("kind"),
        "person": _("person"),
        "q": _("words"),
        "view": pgettext("grid or list", "view"),
        "tz": _("time zone"),
        "at": _("moment"),
        "lang": _("language"),
        "alarm": _("alarm"),
        "feed": _("feed"),
        "from": pgettext("compared with another", "version"),
        "to": pgettext("compared with another", "version"),
    }
    return names.get(parameter, parameter)


def value_of(programme: Programme, filters: Filters, name: str) -> str:
    """Return what a filter in force asks for, by name instead of code."""
    if name == "kind":
        return labels.kind(filters.kind)
    if name == "day" and filters.day:
        return date_format(filters.day, "D j F Y")
    names = {track.code: track.name for track in programme.tracks}
    names |= {room.code: room.name for room in programme.rooms}
    names |= {person.code: person.name for person in programme.people}
    value = str(getattr(filters, name))
    return names.get(value, value)


def asked(programme: Programme, filters: Filters) -> str:
    """Return what a question asks for in words; empty for the whole event."""
    return ", ".join(value_of(programme, filters, name) for name in filters.narrowing)


def _choice(
    programme: Programme, filters: Filters, name: str, label: str, found: list[tuple[str, str]]
) -> Choice:
    chosen = getattr(filters, name)
    options = [
        Option(value, text, _count(programme, filters.asking(**{name: value})), value == chosen)
        for value, text in found
    ]
    return Choice(name, label, tuple(options))


def _count(programme: Programme, filters: Filters) -> int:
    return len(filters.keep(programme.sessions))


def _kinds(programme: Programme) -> Iterable[str]:
    """The kinds that are there, in the order in which they are defined."""
    there = {session.kind for session in programme.sessions}
    there |= {talk.kind for talk in programme.talks}
    return [kind for kind in labels.KINDS if kind in there]
