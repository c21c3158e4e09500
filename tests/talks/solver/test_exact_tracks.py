"""The model's terms about tracks are what the rules find."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from .drafts import CASES
from .worlds import model_agrees, problems


@pytest.mark.parametrize("cases", CASES)
@pytest.mark.parametrize(
    ("rule", "options"),
    [
        ("track_parallel", {}),
        ("track_one_room", {}),
        ("track_together", {"longest": st.sampled_from([0, 30, 90])}),
        ("coherent_session", {"least": st.sampled_from([0, 30, 100])}),
    ],
)
@given(data=st.data())
@settings(max_examples=20, deadline=None)
def test_model_agrees_on_tracks(rule, options, cases, data):
    drawn = data.draw(st.fixed_dictionaries(options))

    model_agrees(rule, *data.draw(cases(problems(**{rule: drawn}))))


@pytest.mark.parametrize("cases", CASES)
@given(data=st.data())
@settings(max_examples=20, deadline=None)
def test_model_agrees_on_fair_slots(cases, data):
    model_agrees("fair_slots", *data.draw(cases(problems(session_count=5).map(with_long_sessions))))


def with_long_sessions(problem):
    """Two sessions of one track begin or end a day, however they are placed; others need not."""
    changed = {"kind": "talks", "is_plenary": False}
    sessions = {
        code: replace(session, **changed, minutes=210, track="K1")
        if code in ("S1", "S2")
        else replace(session, **changed, minutes=60, track=session.track and "K2")
        for code, session in problem.sessions.items()
    }
    return replace(problem, sessions=sessions)
