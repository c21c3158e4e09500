"""The tables of events and their programmes."""

from .event import Award, Event, EventSlug, ImportantDate, Membership, Page
from .keys import Agenda, Key, Star
from .people import EventRole, Person, PersonTime
from .programme import Placement, Talk, TalkLink, TalkRelation, TalkRole
from .proposals import Move, Proposal, Vote
from .release import Erasure, Release
from .rules import Acknowledged, RuleSetting
from .timetable import Room, RoomTime, Session, SessionRole, Track, Walk

__all__ = [
    "Acknowledged",
    "Agenda",
    "Award",
    "Erasure",
    "Event",
    "EventRole",
    "EventSlug",
    "ImportantDate",
    "Key",
    "Membership",
    "Move",
    "Page",
    "Person",
    "PersonTime",
    "Placement",
    "Proposal",
    "Release",
    "Room",
    "RoomTime",
    "RuleSetting",
    "Session",
    "SessionRole",
    "Star",
    "Talk",
    "TalkLink",
    "TalkRelation",
    "TalkRole",
    "Track",
    "Vote",
    "Walk",
]
