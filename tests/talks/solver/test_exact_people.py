"""The model's terms about people are what the rules find."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talks.solver.problem import Kind, Relation

from .drafts import CASES, carrying_starts
from .worlds import model_agrees, problems

cases = st.sampled_from([*CASES, carrying_starts])


@pytest.mark.parametrize("rule", ["person_twice", "person_away", "preferences"])
@given(data=st.data(), case=cases)
@settings(max_examples=40, deadline=None)
def test_model_agrees_on_people(rule, data, case):
    model_agrees(rule, *data.draw(case(problems(session_count=4))))


hours = st.integers(0, 24)
bounds = st.fixed_dictionaries({"first": hours, "last": hours, "early": hours, "late": hours})


@given(data=st.data(), case=cases, options=st.just({}) | bounds)
@settings(max_examples=40, deadline=None)
def test_model_agrees_on_local_hours(data, case, options):
    model_agrees("local_hours", *data.draw(case(problems(local_hours=options))))


@st.composite
def related(draw):
    """A problem in which talks belong on one day, or on different ones, and people too."""
    wanted = draw(st.sampled_from(["", "same_day", "different_days"]))
    problem = draw(problems(session_count=4, spread={"people": wanted}))
    pairs = st.permutations(list(problem.talks)).map(lambda codes: codes[:2])
    kinds = st.sampled_from([Kind.SAME_DAY, Kind.REPEATS])
    relation = st.builds(lambda kind, pair: Relation(kind, *pair), kinds, pairs)
    return replace(problem, relations=tuple(draw(st.lists(relation, max_size=3))))


@given(data=st.data(), case=cases)
@settings(max_examples=60, deadline=None)
def test_model_agrees_on_days(data, case):
    model_agrees("spread", *data.draw(case(related())))


@given(data=st.data(), case=cases)
@settings(max_examples=15, deadline=None)
def test_model_agrees_on_panels(data, case):
    model_agrees("panel", *data.draw(case(problems())))
