"""Who is on stage when and where, as variables: what the rules about people read."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from .amounts import total
from .logic import Expr, Literal
from .variables import Stretch, Variables


@dataclass(frozen=True, slots=True)
class Place:
    """A session, or a talk in one of `sessions`: the literal of each says whether it is there.

    `starts` are the minutes at which it may start, with their literals, when it goes along with
    one session; None for a talk whose session or place within it is to be decided. What is not
    timed has no start of its own.
    """

    stretch: Stretch
    sessions: Mapping[str, Literal]
    starts: Mapping[int, Literal] | None = None
    is_timed: bool = False

    @property
    def code(self) -> str:
        return self.stretch.code


def session_place(v: Variables, code: str) -> Place:
    return Place(v.sessions[code], {code: v.true}, v.at[code])


def talk_places(v: Variables, code: str) -> list[Place]:
    """Return where a talk may stand: more than one place only where it is shown several times."""
    talk = v.problem.talks[code]
    if code in v.scope.talks:
        return [Place(one, v.within[code], None, not talk.is_poster) for one in v.talks[code]]
    return [
        _along(v, home, stretch, one.start is not None)
        for (home, one), stretch in zip(v.homes[code], v.talks[code], strict=True)
    ]


def _along(v: Variables, session: str, stretch: Stretch, is_timed: bool) -> Place:
    offset = stretch.low - v.sessions[session].low
    starts = {minute + offset: literal for minute, literal in v.at[session].items()}
    return Place(stretch, {session: v.true}, starts, is_timed)


def on_stage(v: Variables) -> dict[str, list[Place]]:
    """Return by person the sessions they chair and the talks they give."""
    found: dict[str, list[Place]] = defaultdict(list)
    for code, session in v.problem.sessions.items():
        for person in session.people:
            found[person].append(session_place(v, code))
    for code, talk in v.problem.talks.items():
        places = talk_places(v, code) if talk.people else ()
        for person in talk.people:
            found[person].extend(places)
    return dict(found)


def within_one_session(v: Variables, one: Place, other: Place) -> Literal:
    """Return whether two places are of one session: itself, or talks of it."""
    if one.code in v.scope.talks and other.code in v.scope.talks:
        return v.same_session(one.code, other.code)
    return v.any_of(
        v.all_of([literal, other.sessions[session]])
        for session, literal in one.sessions.items()
        if session in other.sessions
    )


class Rooms:
    """The rooms that places are in, as numbers from 1; 0 is none."""

    def __init__(self, v: Variables):
        self.v = v
        self.numbers = {code: number for number, code in enumerate(v.problem.rooms, 1)}
        self._of_sessions = {code: self._of_session(code) for code in v.sessions}
        self._of_talks: dict[str, Expr] = {}

    def of(self, place: Place) -> Expr:
        if len(place.sessions) == 1:
            [session] = place.sessions
            return self._of_sessions[session]
        if place.code not in self._of_talks:
            self._of_talks[place.code] = self._of_talk(place)
        return self._of_talks[place.code]

    def _of_session(self, code: str) -> Expr:
        inside = self.v.rooms[code].items()
        return total(self.v, [(self.numbers.get(room, 0), literal) for room, literal in inside])

    def _of_talk(self, place: Place) -> Expr:
        """Return the room of whichever session a talk is in."""
        found = self.v.model.new_int_var(0, len(self.numbers), f"room of {place.code}")
        for session, literal in place.sessions.items():
            self.v.model.add(found == self._of_sessions[session]).only_enforce_if(literal)
        self.v.model.add(found == 0).only_enforce_if(self.v.negated(place.stretch.present))
        return found
