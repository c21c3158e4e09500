"""The day of the workshop in Long Beach, as records: the shapes that calendars have to show."""

from dataclasses import replace
from datetime import date, time

from talks.records import Programme, Session
from tests.talks.records import (
    at,
    make_date,
    make_event,
    make_placement,
    make_programme,
    make_role,
    make_room,
    make_session,
    make_talk,
    make_track,
    release,
)

MORNING = (
    ("8:10", "Generalization Gap", "Nitish Keskar", "Salesforce Research"),
    ("8:30", "Closing the Generalization Gap", "Elad Hoffer", "Technion"),
    ("8:50", "Don’t Decay the Learning Rate, Increase the Batchsize", "Sam Smith", "Google Brain"),
    ("9:10", "ImageNet in 1 Hour", "Priya Goyal", "Facebook Research"),
    ("9:30", "ImageNet is the New MNIST", "Chris Ying", "Google Brain"),
)
PANEL = (
    ("Greg Diamos", "moderator", "Baidu Research"),
    ("Jeff Dean", "panelist", "Google"),
    ("Scott Gray", "panelist", "OpenAI"),
)
POSTERS = ("Adaptive Memory Networks", "Sparse Persistent RNNs")


def demo_day() -> Programme:
    """Welcome, five timed talks, a break, a panel, lunch with posters, and three dates."""
    room = make_room("Hall A")
    sessions = (
        make_session("Welcome", "8:00", "8:10", code="S2222222A", kind="opening"),
        morning(),
        make_session("Coffee break", "9:50", "10:10", code="S2222222C", kind="break"),
        panel(),
        lunch(),
    )
    return release(
        make_programme(
            *(replace(session, room=room) for session in sessions),
            event=make_event(address="300 E Ocean Blvd\nLong Beach, CA", contact="us@example.org"),
            dates=(
                make_date(
                    time=time(16, 59), announced="3 November 2017, 4:59pm PST", code="D2222222A"
                ),
                make_date("Decisions announced", on=date(2017, 11, 10), code="D2222222B"),
                make_date(
                    "Camera ready",
                    on=date(2017, 11, 20),
                    time=time(23, 59),
                    zone="Etc/GMT+12",
                    code="D2222222C",
                ),
            ),
        )
    )


def morning() -> Session:
    placements = tuple(
        make_placement(
            make_talk(title, code=f"T222222A{n}", roles=(make_role(name, affiliation=place),)),
            at(start),
            position=n,
        )
        for n, (start, title, name, place) in enumerate(MORNING, 2)
    )
    return make_session(
        "Morning",
        "8:10",
        "9:50",
        code="S2222222B",
        placements=placements,
        track=make_track("Training; scaling, speed"),
        chairs=(make_role("Zak Stone", "chair"),),
        stream="https://stream.example.org/live?room=a,b",
    )


def panel() -> Session:
    roles = tuple(make_role(name, role, affiliation=place) for name, role, place in PANEL)
    talk = make_talk("Future Hardware Directions", code="T222222B2", kind="panel", roles=roles)
    return make_session(
        "Panel",
        "11:15",
        "12:00",
        code="S2222222D",
        kind="panel",
        placements=(make_placement(replace(talk, abstract="What *comes* next?")),),
    )


def lunch() -> Session:
    posters = tuple(
        make_placement(
            make_talk(title, code=f"T222222C{n}", kind="poster"), board=str(n), position=n
        )
        for n, title in enumerate(POSTERS, 2)
    )
    return make_session(
        "Lunch and posters", "12:00", "13:30", code="S2222222E", kind="break", placements=posters
    )
