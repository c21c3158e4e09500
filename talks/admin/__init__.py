"""The admin of events: whose form edits which table."""

from . import catalogue, event, people, programme, release, timetable

__all__ = ["catalogue", "event", "people", "programme", "release", "timetable"]
