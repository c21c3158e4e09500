"""The model's terms about those who listen are what the rules find."""

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from .drafts import CASES
from .worlds import model_agrees, problems

ORDERS = ["en, de", "de,EN"]


@pytest.mark.parametrize("cases", CASES)
@pytest.mark.parametrize(
    ("rule", "options"),
    [
        ("wanted_together", {"least": st.integers(0, 5)}),
        ("alike_parallel", {"least": st.integers(1, 50)}),
        ("diversity", {"language": st.just(True), "level": st.booleans()}),
        ("diversity", {"order": st.sampled_from(ORDERS)}),
    ],
)
@given(data=st.data())
@settings(max_examples=20, deadline=None)
def test_model_agrees_on_what_is_listened_to(rule, options, cases, data):
    drawn = data.draw(st.fixed_dictionaries(options))
    crowded = problems(**{rule: drawn}).flatmap(of_talks)

    model_agrees(rule, *data.draw(cases(crowded)))


@st.composite
def of_talks(draw, problem):
    """A problem in which most sessions are of talks, and something is known of each two talks."""
    sessions = {
        code: replace(session, kind="talks", minutes=180)
        for code, session in problem.sessions.items()
    }
    talks = {
        code: replace(
            talk,
            is_poster=code == "T3" and talk.is_poster,
            kind="contributed",
            track="K1",
            language=(
                language := "de" if code == "T4" else draw(st.sampled_from(["en", "En", ""]))
            ),
            level=language,
        )
        for code, talk in problem.talks.items()
    }
    pairs = combinations(sorted(talks), 2)
    known = {both: draw(st.integers(0, 100)) for both in pairs}
    return replace(problem, sessions=sessions, talks=talks, together=known, alike=known)
