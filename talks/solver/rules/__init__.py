"""The rules of a timetable, each written once: `(problem, timetable) -> clashes`.

The clash list, the check before publishing, an attendee's agenda, the acceptance of a proposal
and whoever searches for a timetable read the same functions. What ends when the next begins is
no clash. A clash has an `amount`, and its cost is the amount times the weight of the rule.
"""

from collections.abc import Iterator

from talks.solver.problem import Clash, Problem, Timetable

from .about import ABOUT, is_ignored, must_hold, setting
from .audience import alike_parallel, diversity, wanted_together
from .buffers import buffer
from .changes import changed
from .days import breaks_between, breaks_in_time, no_idle_time, opening_first
from .people import panel, person_away, person_twice
from .posters import poster_after_talk, poster_boards, poster_topics
from .reading import overlaps
from .relations import in_order, never_parallel, pinned
from .rooms import one_place, room_closed, room_holds, room_suits, room_twice
from .sessions import (
    in_hours,
    placed_once,
    plenary_alone,
    session_length,
    talk_fits_session,
    talk_kind_fits,
)
from .tracks import (
    coherent_session,
    fair_slots,
    track_one_room,
    track_parallel,
    track_together,
)
from .wishes import local_hours, preferences, spread


def clashes(problem: Problem, timetable: Timetable) -> Iterator[Clash]:
    """Yield what breaks any of the rules that are not ignored, rule by rule."""
    for name, about in ABOUT.items():
        if not is_ignored(problem, name):
            yield from about.check(problem, timetable)


def costs(problem: Problem, timetable: Timetable) -> dict[str, int]:
    """Return what each rule costs: its weight times the amounts of its clashes."""
    found = dict.fromkeys(ABOUT, 0)
    for clash in clashes(problem, timetable):
        found[clash.rule] += clash.amount * setting(problem, clash.rule).weight
    return found


__all__ = [
    "ABOUT",
    "alike_parallel",
    "breaks_between",
    "breaks_in_time",
    "buffer",
    "changed",
    "clashes",
    "coherent_session",
    "costs",
    "diversity",
    "fair_slots",
    "in_hours",
    "in_order",
    "is_ignored",
    "local_hours",
    "must_hold",
    "never_parallel",
    "no_idle_time",
    "one_place",
    "opening_first",
    "overlaps",
    "panel",
    "person_away",
    "person_twice",
    "pinned",
    "placed_once",
    "plenary_alone",
    "poster_after_talk",
    "poster_boards",
    "poster_topics",
    "preferences",
    "room_closed",
    "room_holds",
    "room_suits",
    "room_twice",
    "session_length",
    "setting",
    "spread",
    "talk_fits_session",
    "talk_kind_fits",
    "track_one_room",
    "track_parallel",
    "track_together",
    "wanted_together",
]
