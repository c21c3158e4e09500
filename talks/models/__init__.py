"""The tables of events and their programmes."""

from .event import Award, Event, EventSlug, ImportantDate, Membership, Page
from .people import EventRole, Person
from .programme import Placement, Talk, TalkLink, TalkRole
from .release import Release
from .timetable import Room, Session, SessionRole, Track

__all__ = [
    "Award",
    "Event",
    "EventRole",
    "EventSlug",
    "ImportantDate",
    "Membership",
    "Page",
    "Person",
    "Placement",
    "Release",
    "Room",
    "Session",
    "SessionRole",
    "Talk",
    "TalkLink",
    "TalkRole",
    "Track",
]
