"""What clashes in a programme, and in the draft: tables and records <-> the rules."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from .models import Event
from .models.programme import TalkKind
from .models.timetable import Status
from .problems import Standing, standing
from .records import Placement, Programme, Role, Session, Talk
from .records_json import loads
from .solver import problem as plain
from .solver import rules
from .solver.problem import Clash, PlacedSession, PlacedTalk, Problem, Timetable


def clashes(event: Event, programme: Programme) -> list[Clash]:
    """Return what clashes in a programme of an event, as it would be published."""
    seen = seen_in(with_release(event, standing(event)).problem, programme)
    return list(rules.clashes(seen, timetable_of(programme)))


def findings_of(event: Event, now: datetime) -> tuple[Standing, list[Clash]]:
    """Return what clashes in the draft of an event, and what it was found in."""
    found = with_release(event, standing(event, now))
    return found, list(rules.clashes(found.problem, found.timetable))


def with_release(event: Event, found: Standing) -> Standing:
    """Add what is public, which changes are counted against: one query."""
    release = event.releases.order_by("-number").first()
    if release is None:
        return found
    public = timetable_of(loads(release.records))
    return replace(found, problem=replace(found.problem, released=public))


def seen_in(problem: Problem, programme: Programme) -> Problem:
    """Return a problem of what a programme holds and nothing else, as it says it.

    What the tables alone know (who cannot when, what a room has) is as in the tables; a
    programme may hold what the tables have no more.
    """
    sessions = list(_planned(programme))
    talks = {p.talk.code: p.talk for session in sessions for p in _held(session)}
    return replace(
        problem,
        people={
            person.code: replace(
                problem.people.get(person.code, plain.Person(person.code, person.name)),
                name=person.name,
            )
            for person in programme.people
        },
        rooms={
            room.code: replace(
                problem.rooms.get(room.code, plain.Room(room.code, room.name)), name=room.name
            )
            for room in programme.rooms
        },
        sessions={session.code: _session(problem, session) for session in sessions},
        talks={code: _talk(problem, talk) for code, talk in talks.items()},
        relations=tuple(r for r in problem.relations if r.first in talks and r.second in talks),
        together={pair: n for pair, n in problem.together.items() if set(pair) <= set(talks)},
        alike={pair: n for pair, n in problem.alike.items() if set(pair) <= set(talks)},
        pins={},
        talk_pins={},
    )


def timetable_of(programme: Programme) -> Timetable:
    """Return where everything stands that is not cancelled."""
    return Timetable(
        tuple(
            PlacedSession(
                session=session.code,
                start=session.start,
                end=session.end,
                room=session.room.code if session.room else "",
                talks=tuple(PlacedTalk(p.talk.code, p.start, p.board) for p in _held(session)),
            )
            for session in _planned(programme)
        )
    )


def _planned(programme: Programme) -> Iterator[Session]:
    return (session for session in programme.sessions if session.status != Status.CANCELLED)


def _held(session: Session) -> Iterator[Placement]:
    return (p for p in session.placements if p.talk.status != Status.CANCELLED)


def _session(problem: Problem, record: Session) -> plain.Session:
    known = problem.sessions.get(record.code, plain.Session(record.code, record.title))
    return replace(
        known,
        title=record.title,
        people=_counted(problem, record.chairs),
        kind=record.kind,
        track=record.track.code if record.track else "",
        is_plenary=record.is_plenary,
    )


def _talk(problem: Problem, record: Talk) -> plain.Talk:
    known = problem.talks.get(record.code, plain.Talk(record.code, record.title, record.minutes))
    return replace(
        known,
        title=record.title,
        minutes=record.minutes,
        people=_counted(problem, record.roles),
        is_poster=record.kind == TalkKind.POSTER,
        kind=record.kind,
        moderators=_codes(role for role in record.roles if role.role == "moderator"),
        panelists=_codes(role for role in record.roles if role.role == "panelist"),
        track=record.track.code if record.track else "",
        paper=record.paper.code if record.paper else "",
        language=record.language,
        level=record.level,
    )


def _counted(problem: Problem, roles: Iterable[Role]) -> tuple[str, ...]:
    """The people of the roles that count as being on stage, each once."""
    options = rules.setting(problem, "person_twice").options
    return _codes(role for role in roles if options[f"{role.role}s"])


def _codes(roles: Iterable[Role]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(role.person.code for role in roles))
