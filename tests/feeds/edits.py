"""What organizers do between two releases, each at random: the rows change, nothing is published.

An edit that finds nothing to do returns False.
"""

from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

from django.db.models import F

from talks.models import Placement, Session, Talk
from tests.factories import make_placement, make_room, make_session, make_talk


def placed(event):
    return event.sessions.filter(start__isnull=False).order_by("pk")


def one_of(random, rows):
    found = list(rows)
    return random.choice(found) if found else None


def move(event, random):
    """An hour and a quarter later, the talks with their session."""
    session = one_of(random, placed(event))
    return session is not None and shift(session, timedelta(minutes=75))


def shift(session, by):
    session.start, session.end = session.start + by, session.end + by
    session.save()
    session.placements.filter(start__isnull=False).update(start=F("start") + by)
    return True


def to_another_room(event, random):
    session = one_of(random, placed(event))
    if session is None:
        return False
    session.room = make_room(event)
    session.save()
    return True


def cancel(event, random):
    return bool(
        _set_status(random, "cancelled", placed(event).filter(status="planned"))
        or _set_status(random, "cancelled", event.talks.filter(status="planned"))
    )


def uncancel(event, random):
    return _set_status(random, "planned", placed(event).filter(status="cancelled"))


def cancel_talk(event, random):
    return _set_status(random, "cancelled", event.talks.filter(status="planned"))


def _set_status(random, status, rows):
    row = one_of(random, rows)
    return row is not None and bool(type(row).objects.filter(pk=row.pk).update(status=status))


def rename(event, random):
    row = one_of(random, [*placed(event), *event.talks.all()])
    return row is not None and bool(
        type(row).objects.filter(pk=row.pk).update(title=f"Renamed {random.randrange(10**6)}")
    )


def add(event, random):
    first = one_of(random, placed(event))
    start = first.start if first else None
    session = make_session(event, **({"start": start} if start else {}))
    make_talk(event, session=session, people=["Grace Hopper"], start=session.start)
    return True


def unplace(event, random):
    session = one_of(random, placed(event))
    return session is not None and bool(
        Session.objects.filter(pk=session.pk).update(start=None, end=None)
    )


def back(event, random):
    """What was unplaced gets a time again, perhaps another one."""
    session = one_of(random, event.sessions.filter(start__isnull=True).order_by("pk"))
    other = one_of(random, placed(event))
    if session is None or other is None:
        return False
    session.start, session.end = other.start, other.end
    session.save()
    return True


def rename_speaker(event, random):
    person = one_of(random, event.people.filter(roles__talk__placements__isnull=False))
    return person is not None and bool(
        event.people.filter(pk=person.pk).update(name=f"Name {random.randrange(10**6)}")
    )


def rename_room(event, random):
    room = one_of(random, event.rooms.filter(sessions__start__isnull=False))
    return room is not None and bool(
        event.rooms.filter(pk=room.pk).update(name=f"Hall {random.randrange(10**6)}")
    )


def to_another_session(event, random):
    """A talk moves: its placement stays the same one."""
    placement = one_of(random, Placement.objects.filter(session__event=event).order_by("pk"))
    session = one_of(random, placed(event))
    if placement is None or session is None or placement.session_id == session.pk:
        return False
    placement.session, placement.position = session, 1000 + random.randrange(10**6)
    placement.start = session.start if placement.start else None
    placement.board = ""
    placement.save()
    return True


def lose_a_talk(event, random):
    talk = one_of(random, event.talks.filter(placements__isnull=False))
    return talk is not None and bool(Talk.objects.filter(pk=talk.pk).delete())


def twice(event, random):
    """A poster is shown once more."""
    talk, session = one_of(random, event.talks.order_by("pk")), one_of(random, placed(event))
    if talk is None or session is None:
        return False
    make_placement(talk, session, position=2000 + random.randrange(10**6))
    return True


def change_zone(event, random):
    """Local times stay, as the admin has it."""
    before = ZoneInfo(event.zone)
    event.refresh_from_db()
    event.zone = random.choice(["Asia/Kathmandu", "America/St_Johns", "UTC", "Pacific/Chatham"])
    event.save()
    after = ZoneInfo(event.zone)
    for session in placed(event):
        session.start, session.end = (
            replaced(moment, before, after) for moment in (session.start, session.end)
        )
        session.save()
    for placement in Placement.objects.filter(session__event=event, start__isnull=False):
        placement.start = replaced(placement.start, before, after)
        placement.save()
    return True


def replaced(moment, before, after):
    return moment.astimezone(before).replace(tzinfo=after).astimezone(UTC)


EDITS = (
    *(move, to_another_room, cancel, uncancel, cancel_talk, rename, add, unplace, back),
    *(rename_speaker, rename_room, to_another_session, lose_a_talk, twice, change_zone),
)


def some(event, random, count, choices=EDITS):
    """Try so many edits at random; return the names of those that found something to do."""
    done = []
    for edit in (random.choice(choices) for _ in range(count)):
        event.refresh_from_db()
        if edit(event, random):
            done.append(edit.__name__)
    return done
