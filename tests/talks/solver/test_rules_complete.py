"""Every rule has all it needs: terms for the search, sentences, labels for the settings."""

import ast
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from talks import findings
from talks.findings.names import LABELS
from talks.solver import rules
from talks.solver.exact.model import PARTS
from talks.solver.exact.terms import TERMS
from talks.solver.problem import Timetable

from .drafts import drafts
from .test_exact_relations import with_everything_pinned
from .worlds import problems

ABOUT = rules.ABOUT
RULES = sorted(ABOUT)


def test_every_rule_has_terms_for_the_search():
    assert PARTS
    assert sorted(TERMS) == RULES


def test_every_rule_has_a_sentence():
    assert sorted({rule for rule, _fault in findings.SENTENCES}) == RULES


def test_every_rule_has_a_label():
    assert sorted(LABELS) == RULES


@pytest.mark.parametrize("rule", RULES)
def test_options_of_a_rule_have_labels(rule):
    assert set(LABELS[rule].options) == set(ABOUT[rule].options)


def test_rule_is_offered_by_the_name_it_is_known_by():
    assert {name for name in RULES if getattr(rules, name).__name__ == name} == set(ABOUT)


def test_no_two_rules_have_one_name():
    names = [str(label.name) for label in LABELS.values()]

    assert sorted(set(names)) == sorted(names)


def test_every_fault_that_has_a_sentence_stands_in_a_rule():
    folder = Path(rules.__file__).parent
    written = {
        node.value
        for path in folder.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }

    assert {fault for _rule, fault in findings.SENTENCES if fault} - written == set()


@st.composite
def worlds(draw):
    """A problem with pins and something public, and a draft of it."""
    problem = draw(st.one_of(problems(session_count=4), with_everything_pinned()))
    released = draw(st.none() | drafts(problem))
    return replace(problem, released=released), draw(drafts(problem))


@given(worlds())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_clashes_has_a_sentence_with_no_gap(world):
    problem, timetable = world

    for clash in rules.clashes(problem, timetable):
        assert findings.sentence(clash, ZoneInfo("Asia/Tokyo"))


@given(problems())
@settings(max_examples=20, deadline=None)
def test_what_breaks_a_rule_counts_at_least_once(problem):
    for clash in rules.clashes(problem, Timetable()):
        assert clash.amount >= 1
