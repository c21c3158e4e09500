"""The model's terms about time between things are what the rule finds."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from .drafts import CASES, carrying_starts
from .worlds import model_agrees, problems

minutes = st.sampled_from([0, 30, 90])


@st.composite
def apart(draw):
    """A problem of rooms that are far from each other, or need time between sessions."""
    options = {"person_minutes": draw(minutes), "room_minutes": draw(minutes)}
    problem = draw(problems(buffer=options))
    return replace(problem, walks=draw(st.sampled_from([{}, {("R1", "R2"): 60}])))


@given(data=st.data(), case=st.sampled_from([*CASES, carrying_starts]))
@settings(max_examples=60, deadline=None)
def test_model_agrees_on_buffers(data, case):
    model_agrees("buffer", *data.draw(case(apart())))
