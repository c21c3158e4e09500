"""The decisions of a timetable as variables of CP-SAT: when, in which room, in which session.

What a timetable may look like at all is kept here: a session starts at one of its possible
starts and is in one room or none; a talk lies within its session, one after the other; a poster
takes all of its session. Everything else is a rule, whose terms read these variables.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ortools.sat.python import cp_model
from ortools.sat.python.cp_model_helper import LinearExpr

from talks.solver.clock import Clock, clock_for
from talks.solver.kinds import takes
from talks.solver.problem import PlacedTalk, Problem, Timetable, pair
from talks.solver.rules.times import merged
from talks.solver.scope import Scope
from talks.solver.starts import length, starts

from .logic import Expr, Literal, Logic


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time to be decided, in minutes of the clock, if `present`; it lies in low to high."""

    code: str
    start: Expr
    end: Expr
    present: Literal
    low: int
    high: int


class Variables(Logic):
    """The variables of one problem; `present` is where things stand, `scope` what may move.

    Sessions and talks are asked for by code. A session or a talk that cannot move has constants.
    """

    def __init__(self, problem: Problem, present: Timetable, scope: Scope):
        super().__init__()
        self.problem, self.present, self.scope = problem, present, scope
        self.clock: Clock = clock_for(problem, present, problem.released or Timetable())
        self._overlaps: dict[tuple[str, str, int], Literal] = {}
        self._sames: dict[tuple[str, str, str], Literal] = {}
        self.placed = placed = present.by_code()
        self.minutes = {code: self._minutes(code) for code in problem.sessions}
        self.at = {code: self._starts(code) for code in problem.sessions}
        self.rooms = {code: self._rooms(code) for code in problem.sessions}
        self.starts: dict[str, cp_model.IntVar] = {}  # of sessions that are free
        self.sessions = {code: self._session(code) for code in problem.sessions}
        self.held: dict[str, tuple[PlacedTalk, ...]] = {
            code: placed[code].talks if code in placed else tuple(present.waiting.get(code, ()))
            for code in problem.sessions
        }
        self.homes: dict[str, list[tuple[str, PlacedTalk]]] = {c: [] for c in problem.talks}
        for code, held in self.held.items():
            for one in held:
                self.homes[one.talk].append((code, one))
        self.within: dict[str, Mapping[str, Literal]] = {}
        self.talks: dict[str, Sequence[Stretch]] = {}
        self.talk_starts: dict[str, cp_model.IntVar] = {}  # of talks that are free
        self._lasting: dict[str, list[cp_model.IntervalVar]] = {c: [] for c in problem.sessions}
        for code in problem.talks:
            self._place_talk(code)
        for code, lasting in self._lasting.items():
            if lasting:
                self.model.add_no_overlap([*lasting, *self._kept_free(code)])

    # What a session may do.

    def _minutes(self, code: str) -> int:
        if code not in self.scope.sessions and (placed := self.placed.get(code)):
            return self.clock.minute(placed.end) - self.clock.minute(placed.start)
        return length(self.problem, code, self.present)

    def _starts(self, code: str) -> dict[int, Literal]:
        """The literal of each start: at most one is true, none where nothing can be placed."""
        placed = self.placed.get(code)
        if code not in self.scope.sessions:
            return {self.clock.minute(placed.start): self.true} if placed else {}
        pin = self.problem.pins.get(code)
        if pin and pin.start:
            return {self.clock.minute(pin.start): self.true}
        possible = set(starts(self.problem, self.clock, self.minutes[code]))
        if placed:
            possible.add(self.clock.minute(placed.start))
        found = {minute: self.model.new_bool_var(f"{code}@{minute}") for minute in sorted(possible)}
        self.model.add_at_most_one(found.values())
        return dict(found)

    def _rooms(self, code: str) -> dict[str, Literal]:
        """The literal of each room, "" for none: exactly one is true."""
        placed = self.placed.get(code)
        if code not in self.scope.sessions:
            return {placed.room if placed else "": self.true}
        pin = self.problem.pins.get(code)
        if pin and pin.room is not None:
            return {pin.room: self.true}
        needs_room = self.problem.rooms and not self.problem.sessions[code].is_for_all
        rooms = [*self.problem.rooms, *([] if needs_room else [""])]
        if placed and not placed.room and "" not in rooms:
            rooms.append("")
        found = {room: self.model.new_bool_var(f"{code} in {room}") for room in rooms}
        self.model.add_exactly_one(found.values())
        return dict(found)

    def _session(self, code: str) -> Stretch:
        at, minutes = self.at[code], self.minutes[code]
        if len(at) == 1 and self.true in at.values():
            [fixed] = at
            return Stretch(code, fixed, fixed + minutes, self.true, fixed, fixed + minutes)
        if not at:
            return Stretch(code, 0, minutes, self.false, 0, 0)
        start = self.model.new_int_var_from_domain(
            cp_model.Domain.from_values([0, *at]), f"{code} starts"
        )  # 0 when it has no time
        self.starts[code] = start
        self.model.add(start == LinearExpr.weighted_sum(list(at.values()), list(at)))
        low, high = min(at), max(at) + minutes
        return Stretch(code, start, start + minutes, self.any_of(at.values()), low, high)

    # What a talk may do.

    def _place_talk(self, code: str) -> None:
        if code in self.scope.talks:
            self._place_free_talk(code)
            return
        stretches, within = [], {}
        for session, one in self.homes[code]:
            within[session] = self.true
            stretches.append(self._along(session, one))
        self.within[code], self.talks[code] = within, stretches

    def _along(self, code: str, one: PlacedTalk) -> Stretch:
        """A talk that goes along with its session, at the same distance from its start."""
        session, talk = self.sessions[code], self.problem.talks[one.talk]
        placed = self.placed.get(code)
        if one.start is None or placed is None:
            return Stretch(one.talk, session.start, session.end, session.present, *_bounds(session))
        offset = self.clock.minute(one.start) - self.clock.minute(placed.start)
        start = session.start + offset
        low = session.low + offset
        high = session.high - self.minutes[code] + offset + talk.minutes
        return Stretch(one.talk, start, start + talk.minutes, session.present, low, high)

    def _kept_free(self, code: str) -> Iterator[cp_model.IntervalVar]:
        """Yield the times of a session in which talks that go along leave no place for others.

        Where such talks overlap already, that is their clash and stays it.
        """
        session, placed = self.sessions[code], self.placed.get(code)
        if placed is None:
            return
        stay = [one for one in self.held[code] if one.talk not in self.scope.talks]
        talks = [(self.problem.talks[one.talk], one.start) for one in stay if one.start]
        offsets = [
            (self.clock.minute(start) - self.clock.minute(placed.start), talk.minutes)
            for talk, start in talks
            if not talk.is_poster
        ]
        for offset, end in merged((offset, offset + minutes) for offset, minutes in offsets):
            start = self.model.new_int_var(0, session.high + end, f"{code} kept free")
            self.model.add(start == session.start + offset).only_enforce_if(session.present)
            yield self.model.new_optional_fixed_size_interval_var(
                start, end - offset, session.present, f"{code} keeps"
            )

    def _place_free_talk(self, code: str) -> None:
        """A talk in one of the sessions that take it, or in none."""
        talk = self.problem.talks[code]
        chosen = {
            session: self.model.new_bool_var(f"{code} in {session}")
            for session in self._takers(code)
        }
        self.model.add_at_most_one(chosen.values())
        low = min((self.sessions[s].low for s in chosen), default=0)
        high = max((self.sessions[s].high for s in chosen), default=0)
        start = self.model.new_int_var(low, max(low, high), f"{code} starts")
        self.talk_starts[code] = start
        end: Expr = start + talk.minutes
        if talk.is_poster:
            end = self.model.new_int_var(low, max(low, high), f"{code} ends")
        for session, literal in chosen.items():
            self._hold(session, code, start, end, literal)
        self.within[code] = chosen
        self.talks[code] = [Stretch(code, start, end, self.any_of(chosen.values()), low, high)]

    def _takers(self, code: str) -> Iterable[str]:
        talk = self.problem.talks[code]
        pin = self.problem.talk_pins.get(code)
        homes = {session for session, _one in self.homes[code]}
        into = self.scope.into
        for session in self.sessions if into is None else sorted(into):
            here = session in homes
            fits = talk.is_poster or talk.minutes <= self.minutes[session]
            opens = bool(self.at[session]) and not self._past(session)
            allowed = pin is None or pin.session == session
            kind = self.problem.sessions[session].kind
            if allowed and opens and (here or (fits and takes(kind, talk))):
                yield session

    def _past(self, code: str) -> bool:
        placed = self.placed.get(code)
        now = self.problem.now
        return bool(placed and now and placed.start <= now)

    def _hold(self, session: str, code: str, start: Expr, end: Expr, literal: Literal) -> None:
        """Keep a talk within a session while the literal is true."""
        stretch, talk = self.sessions[session], self.problem.talks[code]
        self.model.add_implication(literal, stretch.present)
        if talk.is_poster:
            self.model.add(start == stretch.start).only_enforce_if(literal)
            self.model.add(end == stretch.end).only_enforce_if(literal)
            return
        self.model.add(start >= stretch.start).only_enforce_if(literal)
        self.model.add(end <= stretch.end).only_enforce_if(literal)
        lasting = self.model.new_optional_fixed_size_interval_var(
            start, talk.minutes, literal, f"{code} within {session}"
        )
        self._lasting[session].append(lasting)

    # What terms are made of.

    def overlap(self, one: Stretch, other: Stretch, gap: int = 0) -> Literal:
        """Return whether both are there and share time, or are less than `gap` minutes apart."""
        if one.high + gap <= other.low or other.high + gap <= one.low:
            return self.false
        if one.present is self.false or other.present is self.false:
            return self.false
        key = (one.code + str(id(one)), other.code + str(id(other)), gap)
        if key not in self._overlaps:
            before = self.holds(one.start, "<", other.end + gap)
            after = self.holds(other.start, "<", one.end + gap)
            self._overlaps[key] = self.all_of([one.present, other.present, before, after])
        return self._overlaps[key]

    def parallel(self, one: str, other: str) -> Literal:
        """Return whether two sessions share time."""
        first, second = pair(one, other)
        return self.overlap(self.sessions[first], self.sessions[second])

    def same_room(self, one: str, other: str) -> Literal:
        """Return whether two sessions are in one room; in no room is nowhere together."""
        first, second = pair(one, other)
        key = ("room", first, second)
        if key not in self._sames:
            rooms = [{r: yes for r, yes in self.rooms[c].items() if r} for c in (first, second)]
            self._sames[key] = self.same_choice(*rooms)
        return self._sames[key]

    def same_session(self, one: str, other: str) -> Literal:
        """Return whether two talks stand in one session."""
        first, second = pair(one, other)
        key = ("session", first, second)
        if key not in self._sames:
            self._sames[key] = self.same_choice(self.within[first], self.within[second])
        return self._sames[key]

    @cached_property
    def horizon(self) -> int:
        """The last minute at which anything may end."""
        return max((stretch.high for stretch in self.sessions.values()), default=0)


def _bounds(stretch: Stretch) -> tuple[int, int]:
    return stretch.low, stretch.high
