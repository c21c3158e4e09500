"""The model's terms about what is public are what the rule finds."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from .drafts import CASES, carrying_starts, drafts
from .worlds import model_agrees, problems, timetables

costs = st.integers(0, 3)
options = st.fixed_dictionaries(
    {
        "time": costs,
        "room": costs,
        "talk": costs,
        "order": costs,
        "at_most": costs.map((30).__mul__),
    }
)


@st.composite
def released(draw):
    """A problem of which something is public, some of it no longer planned."""
    counts = {"talk_count": 4, "session_count": draw(st.integers(1, 3))}
    public = draw(problems(**counts))
    table = draw(st.one_of(timetables(public), drafts(public)))
    problem = draw(problems(**counts, changed=draw(st.just({}) | options)))
    kept = dict(list(problem.talks.items())[: draw(st.integers(3, 4))])
    return replace(problem, talks=kept, released=table)


@given(data=st.data(), case=st.sampled_from([*CASES, carrying_starts]))
@settings(max_examples=60, deadline=None)
def test_model_agrees_on_changes(data, case):
    model_agrees("changed", *data.draw(case(released())))
