"""Where a rule must hold, the model accepts just the timetables that are clean by the rule."""

import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st
from ortools.sat.python import cp_model

from talks.solver.exact.binding import bind
from talks.solver.exact.model import fix
from talks.solver.exact.terms import MUSTS
from talks.solver.exact.variables import Variables

from .drafts import free, still
from .worlds import amount_by_rule, problems


def accepts(rule, problem, timetable, present, scope):
    """Whether the model, bound by one rule alone, can be a timetable; None: it cannot say it."""
    v = Variables(problem, present, scope)
    list(bind(v, rule))
    if not fix(v, timetable):
        return None
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    return solver.solve(v.model) == cp_model.OPTIMAL


@pytest.mark.parametrize("rule", sorted(MUSTS))
@given(data=st.data())
@settings(max_examples=80, deadline=None)
def test_model_accepts_what_is_clean(rule, data):
    problem, timetable, present, scope = data.draw(free(problems(session_count=4)))

    accepted = accepts(rule, problem, timetable, present, scope)

    assert accepted == (amount_by_rule(rule, problem, timetable) == 0)


@pytest.mark.parametrize("rule", sorted(MUSTS))
@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_model_leaves_alone_what_is_broken_for_good(rule, data):
    assert accepts(rule, *data.draw(still(problems(session_count=4)))) is True


@pytest.mark.parametrize("rule", sorted(MUSTS))
def test_random_timetables_break_the_rules(rule):
    find(free(problems(session_count=4)), lambda case: amount_by_rule(rule, case[0], case[1]) > 0)
