"""The model's terms about relations of talks and about pins are what the rules find."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talks.solver.problem import (
    MINUTE,
    Kind,
    Pinned,
    PinnedTalk,
    PlacedSession,
    PlacedTalk,
    Relation,
    Session,
    Talk,
    Timetable,
)

from .drafts import CASES, carrying, still
from .worlds import DAYS, HOURS, model_agrees, moment, problems


@st.composite
def related(draw, kinds):
    """A problem in which talks are related, in some of the kinds."""
    problem = draw(problems(session_count=4))
    pairs = st.permutations(list(problem.talks)).map(lambda codes: codes[:2])
    relation = st.builds(lambda kind, pair: Relation(kind, *pair), st.sampled_from(kinds), pairs)
    return replace(problem, relations=tuple(draw(st.lists(relation, min_size=1, max_size=3))))


@pytest.mark.parametrize("cases", CASES)
@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_model_agrees_on_order_and_parts(cases, data):
    model_agrees("in_order", *data.draw(cases(related([Kind.PART, Kind.PART, Kind.BEFORE]))))


@st.composite
def lined_up(draw):
    """Four sessions one after the other, mostly in one room; two of them hold parts of a talk."""
    problem = draw(problems(session_count=4))
    kinds = st.sampled_from([*["talks"] * 5, "break"])
    sessions = {c: Session(c, f"Session {c}", kind=draw(kinds), minutes=60) for c in ORDER}
    talks = {code: Talk(code, f"Talk {code}", 20) for code in ("T1", "T2")}
    parts = Relation(Kind.PART, "T1", "T2")
    problem = replace(problem, sessions=sessions, talks=talks, relations=(parts,))
    slots, rooms = draw(st.permutations(range(4))), st.sampled_from([*["R1"] * 6, "R2"])
    takers = [code for code in ORDER if sessions[code].kind == "talks"]
    together = draw(st.integers(0, 3)) == 0
    where = dict(zip(talks, takers[:1] * 2 if together else takers[::2], strict=False))
    placed = []
    for code, slot in zip(ORDER, slots, strict=True):
        held = draw(st.permutations([talk for talk, session in where.items() if session == code]))
        late = st.sampled_from([0, 10])
        starts = [moment(2 * slot + half) + draw(late) * MINUTE for half in (0, 1)]
        some = tuple(PlacedTalk(*each) for each in zip(held, starts, strict=False))
        placed.append(
            PlacedSession(code, moment(2 * slot), moment(2 * slot + 2), draw(rooms), some)
        )
    return problem, Timetable(tuple(placed))


ORDER = ["S1", "S2", "S3", "S4"]


@given(lined_up())
@settings(max_examples=60, deadline=None)
def test_model_agrees_on_parts_in_sessions_that_follow_each_other(world):
    model_agrees("in_order", *world)


@pytest.mark.parametrize("cases", CASES)
@given(data=st.data())
@settings(max_examples=30, deadline=None)
def test_model_agrees_on_what_is_never_parallel(cases, data):
    model_agrees("never_parallel", *data.draw(cases(related([Kind.NEVER_PARALLEL]))))


moments = st.builds(moment, st.integers(0, 2 * HOURS - 2), st.integers(0, DAYS - 1))


@st.composite
def with_talks_pinned(draw):
    problem = draw(problems())
    sessions = st.sampled_from(list(problem.sessions))
    pin = st.builds(PinnedTalk, sessions, st.none() | moments)
    pins = draw(st.dictionaries(st.sampled_from(list(problem.talks)), pin, min_size=1))
    return replace(problem, talk_pins=pins)


@st.composite
def with_everything_pinned(draw):
    problem = draw(with_talks_pinned())
    pin = st.builds(Pinned, st.none() | moments, st.none() | st.sampled_from(["R1", "R2", ""]))
    pins = draw(st.dictionaries(st.sampled_from(list(problem.sessions)), pin, min_size=1))
    return replace(problem, pins=pins)


@pytest.mark.parametrize(
    ("cases", "pinned"), [(carrying, with_talks_pinned), (still, with_everything_pinned)]
)
@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_model_agrees_on_what_is_pinned(cases, pinned, data):
    model_agrees("pinned", *data.draw(cases(pinned())))
