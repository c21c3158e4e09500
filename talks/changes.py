"""Differences in people's words: for the page before publishing, the command and the history."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from eventsite.zones import readings
from talks import labels
from talks.difference import Difference
from talks.entries import ANYWHERE_ON_EARTH
from talks.field_changes import Field
from talks.records_json import Json, Plain

NOTHING = "–"
SHORT = 200  # characters of a text that is shown whole
KEPT_BEFORE = 60  # of what long texts have in common

# What a difference is called in a list, by its kind, in the order of the list.
KINDS = {
    "cancelled": gettext_lazy("Cancelled"),
    "moved": gettext_lazy("Moved"),
    "new": gettext_lazy("New"),
    "back": gettext_lazy("Back again"),
    "planned": gettext_lazy("No longer cancelled"),
    "withdrawn": gettext_lazy("Withdrawn"),
    "reworded": gettext_lazy("Changed"),
}
LOSSES = {"withdrawn", "cancelled"}
TABLES = {
    "event": gettext_lazy("event"),
    "organizers": gettext_lazy("organizers"),
    "sessions": gettext_lazy("session"),
    "talks": gettext_lazy("talk"),
    "people": gettext_lazy("person"),
    "rooms": gettext_lazy("room"),
    "tracks": gettext_lazy("track"),
    "dates": gettext_lazy("important date"),
    "awards": gettext_lazy("award"),
}
FIELDS = {
    "when_and_where": gettext_lazy("when and where"),
    "person": gettext_lazy("person"),
    "people_order": gettext_lazy("order of people"),
    "order": gettext_lazy("order of talks"),
    "link": gettext_lazy("link"),
    "slug": gettext_lazy("address"),
    "kind": gettext_lazy("kind"),
    "name": gettext_lazy("name"),
    "acronym": gettext_lazy("acronym"),
    "about": gettext_lazy("text about it"),
    "zone": gettext_lazy("time zone"),
    "place": gettext_lazy("place"),
    "address": gettext_lazy("postal address"),
    "contact": gettext_lazy("contact"),
    "links": gettext_lazy("links"),
    "starts_on": gettext_lazy("first day"),
    "ends_on": gettext_lazy("last day"),
    "language": gettext_lazy("language"),
    "accent": gettext_lazy("accent colour"),
    "capacity": gettext_lazy("seats"),
    "colour": gettext_lazy("colour"),
    "affiliation": gettext_lazy("affiliation"),
    "picture": gettext_lazy("picture"),
    "title": gettext_lazy("title"),
    "subtitle": gettext_lazy("subtitle"),
    "abstract": gettext_lazy("abstract"),
    "level": gettext_lazy("level"),
    "minutes": gettext_lazy("minutes"),
    "track": gettext_lazy("track"),
    "paper": gettext_lazy("paper"),
    "is_plenary": gettext_lazy("plenary"),
    "stream": gettext_lazy("stream"),
    "label": gettext_lazy("label"),
    "on": gettext_lazy("day"),
    "time": gettext_lazy("time"),
    "announced": gettext_lazy("as announced"),
    "text": gettext_lazy("text"),
    "talks": pgettext_lazy("talks that won an award", "awarded to"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """What a field is called, and its text before and after; "–" where there was or is nothing.

    `is_added` and `is_gone` tell when only one side says something.
    """

    name: str
    before: str
    after: str

    @property
    def is_added(self) -> bool:
        return self.before == NOTHING != self.after

    @property
    def is_gone(self) -> bool:
        return self.after == NOTHING != self.before


@dataclass(frozen=True, slots=True)
class Row:
    """A difference in words: `kind` and `table` as the difference has them, and as people say.

    `sentence` says in one what the lines cannot; mostly it is empty.
    """

    kind: str
    kind_words: str
    table: str
    table_words: str
    code: str
    title: str
    lines: tuple[Line, ...]
    sentence: str = ""

    @property
    def is_loss(self) -> bool:
        return self.kind in LOSSES


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of one kind."""

    kind: str
    words: str
    rows: tuple[Row, ...]


def described(differences: Iterable[Difference], zone: ZoneInfo) -> list[Row]:
    """Return the differences in words, in their order; `zone` is that of the later programme."""
    found = list(differences)
    are_moved = any(each.kind == "moved" for each in found if each.table in ("sessions", "talks"))
    return [_row(difference, zone, are_moved) for difference in found]


def grouped(rows: Iterable[Row]) -> list[Group]:
    """Return the rows by kind: first what people must know, last what is only reworded."""
    listed = list(rows)
    groups = [
        Group(kind, str(words), tuple(row for row in listed if row.kind == kind))
        for kind, words in KINDS.items()
    ]
    return [group for group in groups if group.rows]


def clock(start: datetime, end: datetime, zone: ZoneInfo) -> str:
    """Return "Fri 26 March 2027, 10:00–11:00", with what tells repeated hours apart."""
    first = f"{_day(start)}, {_time(start, zone)}"
    last = _time(end, zone)
    return f"{first}–{last}" if start.date() == end.date() else f"{first} – {_day(end)}, {last}"


def _day(moment: datetime) -> str:
    return date_format(moment, "D j F Y")


def _time(moment: datetime, zone: ZoneInfo) -> str:
    wall = moment.replace(tzinfo=None)
    is_clear = len(readings(wall, zone)) == 1
    return f"{wall:%H:%M}" if is_clear else f"{wall:%H:%M} {labels.offset(moment)}"


def _row(difference: Difference, zone: ZoneInfo, are_moved: bool) -> Row:
    lines = [
        _line(field, zone) for field in difference.fields if not _is_rezoning(difference, field)
    ]
    return Row(
        kind=difference.kind,
        kind_words=str(KINDS[difference.kind]),
        table=difference.table,
        table_words=str(TABLES[difference.table]),
        code=difference.code,
        title=difference.title,
        lines=tuple(lines),
        sentence=_sentence(difference, are_moved),
    )


def _sentence(difference: Difference, are_moved: bool) -> str:
    for field in difference.fields:
        if _is_rezoning(difference, field):
            return _rezoning(are_moved) % {"before": field.before, "after": field.after}
    if difference.kind == "reworded" and not difference.fields:
        return _("Details that are not printed, like its place in a list.")
    return ""


def _rezoning(are_moved: bool) -> str:
    if are_moved:
        return _(
            "The time zone changes from %(before)s to %(after)s: every session keeps its hour on"
            " the clock, but for what is listed as moved."
        )
    return _(
        "The time zone changes from %(before)s to %(after)s: every session keeps its hour on"
        " the clock."
    )


def _is_rezoning(difference: Difference, field: Field) -> bool:
    return difference.table == "event" and field.name == "zone"


def _line(field: Field, zone: ZoneInfo) -> Line:
    name = str(FIELDS.get(field.name, field.name.replace("_", " ")))
    before, after = (_text(field.name, side, zone) for side in (field.before, field.after))
    return Line(name, *_near_where_they_differ(before, after))


def _near_where_they_differ(before: str, after: str) -> list[str]:
    """Leave out what long texts have in common before that: readers cut them at their end."""
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=False))
    left_out = sum(1 for _pair in alike) - KEPT_BEFORE
    if left_out <= 0 or max(len(before), len(after)) <= SHORT:
        return [before, after]
    return [f"…{text[left_out:]}" for text in (before, after)]


def _text(name: str, value: Plain, zone: ZoneInfo) -> str:
    """Return one side of a field as people read it."""
    if value is None or value == "" or value == []:
        return NOTHING
    if isinstance(value, dict):
        return _place(value, zone) if name == "when_and_where" else _PARTS[name](value)
    if isinstance(value, list):
        return "; ".join(map(str, value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name in ("starts_on", "ends_on", "on"):
        return _day(datetime.fromisoformat(str(value)))
    if name == "time":
        return str(value)[:5]
    if value == ANYWHERE_ON_EARTH:
        return _("anywhere on Earth")
    if name == "picture":
        return str(value).rpartition("/")[2]
    return labels.kind(value) if name == "kind" and isinstance(value, str) else str(value)


def _place(value: Json, zone: ZoneInfo) -> str:
    start, end = (datetime.fromisoformat(str(value[name])) for name in ("start", "end"))
    board = value.get("board")
    parts = [
        clock(start, end, zone),
        value["room"],
        value.get("session"),
        board and _("board %(board)s") % {"board": board},
    ]
    return ", ".join(str(part) for part in parts if part)


def _person(value: Json) -> str:
    affiliation = f" ({value['affiliation']})" if value["affiliation"] else ""
    return f"{value['name']}{affiliation}, {labels.role(str(value['role']))}"


def _link(value: Json) -> str:
    kind = capfirst(labels.link_kind(str(value["kind"])))
    return " ".join(str(part) for part in (f"{kind}:", value["label"], value["url"]) if part)


_PARTS: dict[str, Callable[[Json], str]] = {"person": _person, "link": _link}
