"""Moves in the organizer's words: what would go from where to where."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from eventsite.writing import Plain
from talks.changes import clock
from talks.solver.diff import Move, SessionPlace, TalkPlace
from talks.solver.problem import Problem


@dataclass(frozen=True, slots=True)
class Shown:
    """One move; `before` and `after` are empty where it stands nowhere."""

    kind: str
    code: str
    name: str
    before: str
    after: str
    sentence: str

    def as_plain(self) -> dict[str, Plain]:
        return asdict(self)


def shown(problem: Problem, moves: Iterable[Move], zone: ZoneInfo) -> list[Shown]:
    """Return moves with names and times on the clock of a zone, in their order."""
    return [_shown(problem, move, zone) for move in moves]


def _shown(problem: Problem, move: Move, zone: ZoneInfo) -> Shown:
    things = problem.sessions if move.kind == "session" else problem.talks
    name = things[move.code].title if move.code in things else move.code
    before, after = (_place(problem, place, zone) for place in (move.before, move.after))
    texts = {"name": name, "before": before, "after": after}
    if not before:
        sentence = _("“%(name)s” is placed: %(after)s") % texts
    elif not after:
        sentence = _("“%(name)s” loses its place: %(before)s") % texts
    else:
        sentence = _("“%(name)s” moves: %(before)s → %(after)s") % texts
    return Shown(move.kind, move.code, name, before, after, sentence)


def _place(problem: Problem, place: SessionPlace | TalkPlace | None, zone: ZoneInfo) -> str:
    if place is None:
        return ""
    if isinstance(place, SessionPlace):
        when = clock(place.start.astimezone(zone), place.end.astimezone(zone), zone)
        room = problem.rooms.get(place.room)
        return f"{when}, {room.name}" if room else when
    session = problem.sessions.get(place.session)
    parts = [_("in “%s”") % (session.title if session else place.session)]
    if place.start:
        parts.append(f"{place.start.astimezone(zone):%H:%M}")
    else:
        parts.append(_("as number %d") % (place.position + 1))
    if place.board:
        parts.append(_("board %s") % place.board)
    return ", ".join(parts)
