"""What is placed as one: a session with its talks, which go along at their distances."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from talks.solver.clock import Clock, clock_for
from talks.solver.kinds import RESTING
from talks.solver.problem import PlacedSession, PlacedTalk, Problem, Session, Timetable
from talks.solver.rules import must_hold, setting
from talks.solver.scope import Scope
from talks.solver.starts import length


@dataclass(frozen=True, slots=True)
class Stage:
    """The time that something of a session takes, in minutes from the session's start."""

    offset: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Unit:
    """A session to be placed; `start` and `room` are where it stands, None and "" if nowhere."""

    session: Session
    minutes: int
    talks: tuple[tuple[str, Stage], ...]
    people: tuple[tuple[str, Stage], ...]
    start: int | None = None
    room: str = ""

    @property
    def code(self) -> str:
        return self.session.code


class Ground:
    """A problem in minutes: the units that may move, and those that stand where they stand."""

    def __init__(self, problem: Problem, present: Timetable, scope: Scope):
        self.problem, self.present, self.scope = problem, present, scope
        self.clock: Clock = clock_for(problem, present, problem.released or Timetable())
        self.placed = present.by_code()
        self.units: dict[str, Unit] = {}
        self.fixed: dict[str, Unit] = {}
        for code in problem.sessions:
            if code in scope.sessions:
                self.units[code] = self._unit(code, length(problem, code, present))
            elif placed := self.placed.get(code):
                minutes = self.clock.minute(placed.end) - self.clock.minute(placed.start)
                self.fixed[code] = self._unit(code, minutes)
        self.room_gap = self._gap("room_minutes")
        self.person_gap = self._gap("person_minutes")

    def must(self, rule: str) -> bool:
        """Whether no timetable of ours may break a rule."""
        return must_hold(self.problem, rule)

    def _gap(self, option: str) -> int:
        if not self.must("buffer"):
            return 0
        return int(setting(self.problem, "buffer").options[option])

    def _unit(self, code: str, minutes: int) -> Unit:
        session, placed = self.problem.sessions[code], self.placed.get(code)
        held = placed.talks if placed else tuple(self.present.waiting.get(code, ()))
        talks = tuple((one.talk, self._stage(placed, one, minutes)) for one in held)
        people = [(person, Stage(0, minutes)) for person in session.people]
        people += [(p, stage) for talk, stage in talks for p in self.problem.talks[talk].people]
        start = self.clock.minute(placed.start) if placed else None
        return Unit(session, minutes, talks, tuple(people), start, placed.room if placed else "")

    def _stage(self, placed: PlacedSession | None, one: PlacedTalk, minutes: int) -> Stage:
        """A talk's own time if it has one; else it comes at any time of its session."""
        if one.start is None or placed is None:
            return Stage(0, minutes)
        offset = self.clock.minute(one.start) - self.clock.minute(placed.start)
        return Stage(offset, self.problem.talks[one.talk].minutes)

    def needs_room(self, unit: Unit) -> bool:
        """Whether a unit cannot do without a room."""
        pin = self.problem.pins.get(unit.code)
        if pin and pin.room is not None:
            return bool(pin.room)
        return bool(self.problem.rooms) and not unit.session.is_for_all

    def is_one_place(self, unit: Unit) -> bool:
        """Whether a unit must have the place for itself, as the event has no rooms."""
        resting = unit.session.kind in RESTING
        return not self.problem.rooms and not resting and self.must("one_place")

    @cached_property
    def _holders(self) -> dict[str, list[tuple[Unit, Stage]]]:
        found: dict[str, list[tuple[Unit, Stage]]] = defaultdict(list)
        for unit in (*self.units.values(), *self.fixed.values()):
            for code, stage in unit.talks:
                found[code].append((unit, stage))
        return found

    def holding(self, talk: str) -> Sequence[tuple[Unit, Stage]]:
        """Return the units, fixed ones too, that a talk is in, and when."""
        return self._holders.get(talk, ())
