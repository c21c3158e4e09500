"""Tables and records <-> the timetable as the rules see it."""

from collections.abc import Iterable, Iterator

from .models import Event, PersonTime
from .models.people import TimeLevel
from .models.programme import TalkKind, TalkPart
from .models.timetable import Status
from .records import Placement, Programme, Role, Session, Talk
from .solver import problem, rules
from .solver.problem import Clash, PlacedSession, PlacedTalk, Problem, Span, Timetable

ON_STAGE = {TalkPart.SPEAKER, TalkPart.MODERATOR, TalkPart.PANELIST}


def clashes(event: Event, programme: Programme) -> list[Clash]:
    """Return what clashes in a programme of an event: one query."""
    return list(rules.clashes(problem_for(event, programme), timetable_of(programme)))


def problem_for(event: Event, programme: Programme) -> Problem:
    """Return what has to stand somewhere in a programme, and who cannot when: one query."""
    away = _away(event)
    sessions = list(_planned(programme))
    talks = {p.talk.code: p.talk for session in sessions for p in _held(session)}
    return Problem(
        people={
            person.code: problem.Person(person.code, person.name, tuple(away.get(person.code, ())))
            for person in programme.people
        },
        rooms={room.code: problem.Room(room.code, room.name) for room in programme.rooms},
        sessions={
            session.code: problem.Session(session.code, session.title, _codes(session.chairs))
            for session in sessions
        },
        talks={code: _talk(talk) for code, talk in talks.items()},
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
                talks=tuple(PlacedTalk(p.talk.code, p.start) for p in _held(session)),
            )
            for session in _planned(programme)
        )
    )


def _away(event: Event) -> dict[str, list[Span]]:
    rows = PersonTime.objects.filter(person__event=event, level=TimeLevel.CANNOT)
    found: dict[str, list[Span]] = {}
    for code, start, end in rows.order_by("start", "end").values_list(
        "person__code", "start", "end"
    ):
        found.setdefault(code, []).append(Span(code, start, end))
    return found


def _planned(programme: Programme) -> Iterator[Session]:
    return (session for session in programme.sessions if session.status != Status.CANCELLED)


def _held(session: Session) -> Iterator[Placement]:
    return (p for p in session.placements if p.talk.status != Status.CANCELLED)


def _talk(talk: Talk) -> problem.Talk:
    on_stage = _codes(role for role in talk.roles if role.role in ON_STAGE)
    is_poster = talk.kind == TalkKind.POSTER
    return problem.Talk(talk.code, talk.title, talk.minutes, on_stage, is_poster)


def _codes(roles: Iterable[Role]) -> tuple[str, ...]:
    """The people of roles, each once."""
    return tuple(dict.fromkeys(role.person.code for role in roles))
