"""Random drafts, as organizers leave them, and what a search may make of them.

Nothing need be right in a draft. A case is (problem, timetable, present, scope), as
`model_agrees` takes it.
"""

from dataclasses import replace
from datetime import timedelta

from hypothesis import strategies as st

from talks.solver.problem import PlacedSession, PlacedTalk, Span, Timetable
from talks.solver.scope import Scope, everything

from .worlds import DAYS, HOURS, STEP, moment, timetables

MINUTES = [30, 60, 90]
SOME = st.booleans()


@st.composite
def drafts(draw, problem, has_starts=SOME):
    """A timetable in which sessions have any hour, length and room, and hold any talks.

    Talks that have starts of their own may lie outside their session, but follow each other.
    """
    placed = []
    for code in problem.sessions:
        if draw(st.integers(0, 7)) == 0:
            continue
        start = moment(draw(st.integers(-1, 2 * HOURS)), draw(st.integers(0, DAYS - 1)))
        end = start + timedelta(minutes=draw(st.sampled_from(MINUTES)))
        room = draw(st.sampled_from([*problem.rooms, ""]))
        held = tuple(draw(_held(problem, start, has_starts)))
        placed.append(PlacedSession(code, start, end, room, held))
    return Timetable(tuple(placed))


@st.composite
def _held(draw, problem, start, has_starts):
    found = []
    free = start + timedelta(minutes=draw(st.sampled_from([-STEP, 0, 0, 0, STEP])))
    for code in draw(st.lists(st.sampled_from(list(problem.talks)), max_size=3, unique=True)):
        if not draw(has_starts):
            found.append(PlacedTalk(code))
            continue
        found.append(PlacedTalk(code, free))
        free += timedelta(minutes=problem.talks[code].minutes)
    return found


@st.composite
def carried(draw, problem, draft):
    """A draft whose sessions stand elsewhere, as long as they are meant, their talks along."""
    placed = []
    for one in draft.sessions:
        if draw(st.integers(0, 7)) == 0:
            continue
        session = problem.sessions[one.session]
        length = timedelta(minutes=session.minutes) if session.minutes else one.end - one.start
        steps = 2 * HOURS - length // timedelta(minutes=STEP)
        start = moment(draw(st.integers(0, steps)), draw(st.integers(0, DAYS - 1)))
        start = draw(st.sampled_from([one.start, start]))
        roomless = [""] if session.is_for_all or not one.room else []
        room = draw(st.sampled_from([*problem.rooms, *roomless]))
        talks = tuple(_along(talk, start - one.start) for talk in one.talks)
        placed.append(PlacedSession(one.session, start, start + length, room, talks))
    return Timetable(tuple(placed))


def _along(talk, shift):
    return PlacedTalk(talk.talk, talk.start and talk.start + shift, talk.board)


@st.composite
def free(draw, some_problems):
    """Nothing stands anywhere, and everything may go anywhere."""
    problem = draw(some_problems)
    return problem, draw(timetables(problem)), Timetable(), everything(problem, Timetable())


@st.composite
def kept(draw, some_problems):
    """Everything may move, and stays; its hours have become shorter."""
    problem = draw(some_problems)
    present = draw(timetables(problem))
    hours = tuple(Span("", moment(1, day), moment(2 * HOURS - 1, day)) for day in range(DAYS))
    problem = replace(problem, hours=draw(st.sampled_from([hours, ()])))
    return problem, present, present, everything(problem, present)


@st.composite
def carrying(draw, some_problems):
    """Sessions move and carry their talks, which stay in them."""
    problem = draw(some_problems)
    draft = draw(drafts(problem))
    return problem, draw(carried(problem, draft)), draft, Scope(frozenset(problem.sessions))


@st.composite
def carrying_starts(draw, some_problems):
    """Sessions move and carry their talks, which keep their distance from its start."""
    problem = draw(some_problems)
    draft = draw(drafts(problem, has_starts=st.just(True)))
    return problem, draw(carried(problem, draft)), draft, Scope(frozenset(problem.sessions))


@st.composite
def still(draw, some_problems):
    """Nothing may move."""
    problem = draw(some_problems)
    draft = draw(drafts(problem))
    return problem, draft, draft, Scope()


CASES = [free, kept, carrying, still]
