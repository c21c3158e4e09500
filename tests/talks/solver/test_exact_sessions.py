"""The model's terms about sessions and what is in them are what the rules find."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from .drafts import CASES
from .worlds import model_agrees, problems

RULES = [
    "placed_once",
    "talk_fits_session",
    "session_length",
    "talk_kind_fits",
    "in_hours",
    "plenary_alone",
]


@pytest.mark.parametrize("cases", CASES)
@pytest.mark.parametrize("rule", RULES)
@given(data=st.data())
@settings(max_examples=30, deadline=None)
def test_model_agrees_on_sessions(rule, cases, data):
    model_agrees(rule, *data.draw(cases(problems())))
