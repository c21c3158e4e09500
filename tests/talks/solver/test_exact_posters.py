"""The model's terms about posters are what the rules find."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talks.solver.problem import Timetable
from talks.solver.scope import Scope

from .drafts import CASES, carried, drafts
from .worlds import model_agrees, problems


@pytest.mark.parametrize("cases", CASES)
@pytest.mark.parametrize("rule", ["poster_topics", "poster_after_talk"])
@given(data=st.data())
@settings(max_examples=20, deadline=None)
def test_model_agrees_on_posters(rule, cases, data):
    model_agrees(rule, *data.draw(cases(of_posters())))


@given(data=st.data())
@settings(max_examples=50, deadline=None)
def test_model_agrees_on_boards_of_posters_that_stay_in_their_sessions(data):
    problem = data.draw(of_posters())
    draft = data.draw(drafts(problem, has_starts=st.just(False)))
    labels = data.draw(st.permutations(["1", "2", "10", "A"]))
    present = Timetable(tuple(with_boards(placed, labels) for placed in draft.sessions))

    timetable = data.draw(carried(problem, present))

    model_agrees("poster_boards", problem, timetable, present, Scope(frozenset(problem.sessions)))


def of_posters():
    """Problems in which three of four talks are posters, and most sessions show them."""
    return problems().map(_of_posters)


def _of_posters(problem):
    posters = {
        code: replace(problem.talks[code], is_poster=True, kind="poster")
        for code in ("T1", "T2", "T3")
    }
    sessions = {
        code: replace(problem.sessions[code], kind="posters", is_plenary=False)
        for code in ("S1", "S2")
    }
    return replace(
        problem,
        talks={**problem.talks, **posters},
        sessions={**problem.sessions, **sessions},
    )


def with_boards(placed, labels):
    shown = zip(placed.talks, labels, strict=False)
    return replace(placed, talks=tuple(replace(one, board=label) for one, label in shown))
