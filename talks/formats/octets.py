"""An entry of a calendar as plain lines, and its octets, which the icalendar package writes.

The package is slow, and most entries of a release are those of the release before. So octets
are remembered by the lines they are made of: a changed entry has other lines.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from icalendar import Alarm, Event, Parameters, vDate, vDatetime, vDuration, vUri

from eventsite.memory import Memory

KEPT_OCTETS = 8_000_000  # of entries in a process: about 7,000; with their lines some 30 MB

BEGIN_AND_END = len("BEGIN:VEVENT\r\nEND:VEVENT\r\n")
SHORTEST_LINE = 70  # octets before a fold, at the least

Value = str | int | date | datetime | timedelta | tuple[str, ...]
Parameter = tuple[str, str | tuple[str, ...]]


class Line(NamedTuple):
    """One property. Moments are in UTC, or naive with the parameter TZID."""

    name: str
    value: Value
    parameters: tuple[Parameter, ...] = ()


@dataclass(frozen=True, slots=True)
class VEvent:
    """All that is printed of an entry, in this order; its alarm, if it has one, within it."""

    lines: tuple[Line, ...]
    alarm: tuple[Line, ...] = ()


def serialise(entry: VEvent) -> bytes:
    """Return the VEVENT, its last line ended too."""
    event = Event()
    for line in entry.lines:
        event.add(line.name, _value(line), parameters=_parameters(line))
    if entry.alarm:
        alarm = Alarm()
        for line in entry.alarm:
            alarm.add(line.name, _value(line), parameters=_parameters(line))
        event.add_component(alarm)
    return bytes(event.to_ical(sorted=False))


def size_of(entry: VEvent) -> int:
    """Return at least as many octets as `serialise` makes, and few more, without making them."""
    bounds = BEGIN_AND_END * (2 if entry.alarm else 1)
    return bounds + sum(map(_size_of_line, (*entry.lines, *entry.alarm)))


def _size_of_line(line: Line) -> int:
    """A line is folded after 75 octets, or a few before: no character is split, and no escape."""
    texts = [part for parameter in line.parameters for part in _texts(parameter[1])]
    parameters = sum(len(text.encode()) + len("^n") * text.count("\n") + 3 for text in texts)
    names = sum(len(name) + len(";=") for name, _value in line.parameters)
    value = sum(_size_of_text(text) + len(",") for text in _texts(line.value))
    size = len(line.name) + names + parameters + value
    return size + len("\r\n") + len("\r\n ") * (size // SHORTEST_LINE)


def _size_of_text(text: str) -> int:
    return len(text.encode()) + sum(text.count(character) for character in "\\;,\n")


def _texts(value: Value) -> tuple[str, ...]:
    """A value as texts, no shorter than they are printed."""
    if isinstance(value, tuple):
        return value
    if isinstance(value, datetime):
        return ("20170101T000000Z",)
    return (value if isinstance(value, str) else str(value),)


octets = Memory(serialise, lambda _entry, made: len(made), KEPT_OCTETS)


def address(name: str, value: str, *parameters: Parameter) -> Line:
    """Return a line that holds an address, absolute and in ASCII."""
    return Line(name, value, (("VALUE", "URI"), *parameters))


def _value(line: Line) -> object:
    """The package's own value where a plain one would be printed otherwise."""
    value = line.value
    if isinstance(value, str):
        return vUri(value) if ("VALUE", "URI") in line.parameters else value
    if isinstance(value, datetime):
        return value if value.tzinfo else vDatetime(value)
    if isinstance(value, timedelta):
        return vDuration(value)
    if isinstance(value, tuple):
        return list(value)
    return vDate(value) if isinstance(value, date) else value


def _parameters(line: Line) -> Parameters:
    """Several values stand in a list: the package would quote them as one."""
    return Parameters(
        (name, value if isinstance(value, str) else list(value)) for name, value in line.parameters
    )
