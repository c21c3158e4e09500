"""What is told before any search begins."""

import pytest
from django.utils import translation

from talks.findings.faults import FAULTS, fault_sentence
from talks.solver.faults import Fault
from talks.solver.problem import Named

TALK, OTHER, SESSION = Named("T1", "One"), Named("T2", "Two"), Named("S1", "Noon")
PIANO, BEAMER = Named("", "piano"), Named("", "beamer")

TOLD = [
    (Fault("empty"), "The event has no sessions and no talks yet, so there is nothing to place."),
    (
        Fault("no_sessions"),
        "The event has talks and no session that could take them: add sessions first.",
    ),
    (
        Fault("nothing_to_move"),
        "Nothing may move: everything asked for is placed, pinned or past.",
    ),
    (Fault("all_past"), "Everything is past, and what is past never moves."),
    (
        Fault("circle", others=(TALK, OTHER)),
        "These talks are to be before each other in a circle: “One” → “Two”.",
    ),
    (
        Fault("session_too_long", SESSION, (), 121, 120),
        "The session “Noon” takes 121 minutes, and the longest day has 120.",
    ),
    (
        Fault("no_session_for_kind", TALK),
        "No session is of a kind that takes the talk “One”.",
    ),
    (
        Fault("talk_too_long", TALK, (), 61, 60),
        "The talk “One” takes 61 minutes, and the longest session for it has 60.",
    ),
    (
        Fault("talks_too_long", TALK, (TALK,), 90, 60),
        "The talks of the session “One” take 90 minutes, and it has 60: “One”.",
    ),
    (Fault("no_room", TALK), "No room is allowed for the talk “One”."),
    (
        Fault("no_room", TALK, (PIANO, BEAMER)),
        "No room that is allowed for the talk “One” has what it needs: piano, beamer.",
    ),
    (
        Fault("person_never", Named("H1", "Ada"), (TALK, OTHER)),
        "Ada is never there while the event is open, but is needed for “One”, “Two”.",
    ),
    (
        Fault("too_little_time", Named("", "contributed"), (), 90, 60),
        "The talks of kind “contributed talk” take 90 minutes, and the sessions for them have 60.",
    ),
]


@pytest.mark.parametrize(("fault", "told"), TOLD)
def test_fault_says_what_is_wrong(fault, told):
    with translation.override("en"):
        assert fault_sentence(fault) == told


def test_every_fault_has_a_sentence_here():
    assert {fault.kind for fault, _told in TOLD} == set(FAULTS)
