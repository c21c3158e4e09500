"""The tables of events and their programmes."""

from .event import Award, Event, EventSlug, ImportantDate, Membership, Page
from .keys import Agenda, Key, Star
from .people import EventRole, Person, PersonTime
from .programme import Placement, Talk, TalkLink, TalkRole
from .release import Erasure, Release
from .timetable import Room, Session, SessionRole, Track

__all__ = [
    "Agenda",
    "Award",
    "Erasure",
    "Event",
    "EventRole",
    "EventSlug",
    "ImportantDate",
    "Key",
    "Membership",
    "Page",
    "Person",
    "PersonTime",
    "Placement",
    "Release",
    "Room",
    "Session",
    "SessionRole",
    "Star",
    "Talk",
    "TalkLink",
    "TalkRole",
    "Track",
]
