"""A function makes one valid row; a test names only what matters to it."""

from datetime import date, datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from django.contrib.auth import get_user_model

from papers.folding import fold
from papers.models import Author, Authorship, Item, Paper, ReadingList, Section, Venue
from talks.models import (
    Event,
    Membership,
    Person,
    Placement,
    Proposal,
    Room,
    RoomTime,
    RuleSetting,
    Session,
    Talk,
    TalkRelation,
    TalkRole,
    Track,
    Walk,
)

numbers = count(1)
BERLIN = ZoneInfo("Europe/Berlin")


def make_event(**fields):
    number = next(numbers)
    fields.setdefault("slug", f"event-{number}")
    fields.setdefault("name", f"Event {number}")
    fields.setdefault("zone", "Europe/Berlin")
    fields.setdefault("starts_on", date(2027, 3, 26))
    fields.setdefault("ends_on", max(fields["starts_on"], date(2027, 3, 27)))
    fields.setdefault("uid_domain", "events.example.org")
    return Event.objects.create(**fields)


def make_room(event, **fields):
    return Room.objects.create(event=event, **{"name": f"Room {next(numbers)}", **fields})


def make_room_time(room, **fields):
    """A room closed from ten to eleven on the event's first day, unless told otherwise."""
    start = ten_o_clock(room.event)
    return RoomTime.objects.create(
        room=room, **{"start": start, "end": start + timedelta(hours=1), **fields}
    )


def make_walk(a, b, minutes=5):
    return Walk.objects.create(a=a, b=b, minutes=minutes)


def make_track(event, **fields):
    return Track.objects.create(event=event, **{"name": f"Track {next(numbers)}", **fields})


def make_session(event, **fields):
    """A session of an hour from ten o'clock on the event's first day, unless told otherwise."""
    fields.setdefault("title", f"Session {next(numbers)}")
    fields.setdefault("start", ten_o_clock(event))
    if fields["start"] is not None:
        fields.setdefault("end", fields["start"] + timedelta(hours=1))
    return Session.objects.create(event=event, **fields)


def ten_o_clock(event):
    day = event.starts_on
    return datetime(day.year, day.month, day.day, 10, tzinfo=ZoneInfo(event.zone))


def make_person(event, name=None, **fields):
    return Person.objects.create(event=event, name=name or f"Person {next(numbers)}", **fields)


def make_talk(event, *, session=None, people=(), role="speaker", start=None, board="", **fields):
    """A talk, placed at the end of `session` when there is one, given by people of these names."""
    talk = Talk.objects.create(event=event, **{"title": f"Talk {next(numbers)}", **fields})
    for position, name in enumerate(people, start=1):
        person, _made = Person.objects.get_or_create(event=event, name=name)
        TalkRole.objects.create(talk=talk, person=person, role=role, position=position)
    if session:
        make_placement(talk, session, start=start, board=board)
    return talk


def make_placement(talk, session, **fields):
    fields.setdefault("position", session.placements.count() + 1)
    return Placement.objects.create(talk=talk, session=session, **fields)


def make_relation(first, second, kind="before"):
    return TalkRelation.objects.create(first=first, second=second, kind=kind)


def make_rule(event, rule, **fields):
    return RuleSetting.objects.create(event=event, rule=rule, **fields)


def make_proposal(event, *, moves=(), **fields):
    """A proposal that is done, with moves of these codes."""
    proposal = Proposal.objects.create(event=event, **{"state": "done", **fields})
    for position, code in enumerate(moves):
        proposal.moves.create(code=code, position=position)
    return proposal


def make_user(name=None, **fields):
    fields.setdefault("is_staff", True)
    return get_user_model().objects.create_user(name or f"user-{next(numbers)}", **fields)


def make_organizer(event, role="owner", **fields):
    """A user who may log in to the admin and belongs to the event."""
    user = make_user(**fields)
    Membership.objects.create(user=user, event=event, role=role)
    return user


def make_venue(name=None, **fields):
    number = next(numbers)
    return Venue.objects.create(
        name=name or f"Venue {number}", slug=fields.pop("slug", f"venue-{number}"), **fields
    )


def make_author(name=None, **fields):
    return Author.objects.create(name=name or f"Author {next(numbers)}", **fields)


def make_paper(title=None, *, authors=(), **fields):
    """A public paper by authors of these names."""
    title = title or f"Paper {next(numbers)}"
    fields.setdefault("is_public", True)
    paper = Paper.objects.create(title=title, folded=fold(title), **fields)
    for position, name in enumerate(authors, start=1):
        author = Author.objects.filter(name=name).first() or make_author(name)
        Authorship.objects.create(paper=paper, author=author, position=position, name=name)
    return paper


def make_list(**fields):
    number = next(numbers)
    fields.setdefault("is_public", True)
    return ReadingList.objects.create(
        **{"slug": f"list-{number}", "title": f"List {number}", **fields}
    )


def make_section(reading_list, **fields):
    fields.setdefault("position", reading_list.sections.count() + 1)
    return Section.objects.create(
        list=reading_list, **{"heading": f"Section {next(numbers)}", **fields}
    )


def make_item(reading_list, paper=None, **fields):
    fields.setdefault("position", reading_list.items.count() + 1)
    return Item.objects.create(list=reading_list, paper=paper or make_paper(), **fields)
