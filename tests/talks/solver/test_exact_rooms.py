"""The model's terms about rooms are what the rules find."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from .drafts import CASES
from .worlds import model_agrees, problems


@pytest.mark.parametrize("cases", CASES)
@pytest.mark.parametrize("rule", ["room_twice", "room_closed", "room_suits", "room_holds"])
@given(data=st.data())
@settings(max_examples=30, deadline=None)
def test_model_agrees_on_rooms(rule, cases, data):
    model_agrees(rule, *data.draw(cases(problems())))
