"""Why there is no timetable, in the organizer's words."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from talks.findings.reasons import explanation_sentences, reason_sentence, way_out
from talks.solver import rules
from talks.solver.explain import Explanation
from talks.solver.problem import (
    Kind,
    Person,
    Problem,
    Relation,
    Room,
    Session,
    Span,
    Talk,
)
from talks.solver.reasons import Reason

BERLIN = ZoneInfo("Europe/Berlin")
SPAN = Span("", datetime(2027, 3, 26, 8, tzinfo=BERLIN), datetime(2027, 3, 26, 12, tzinfo=BERLIN))
LATER = Span("", datetime(2027, 3, 27, 8, tzinfo=BERLIN), datetime(2027, 3, 27, 9, tzinfo=BERLIN))
WORLD = Problem(
    people={"H1": Person("H1", "Ada")},
    rooms={"R1": Room("R1", "Hall")},
    sessions={"S1": Session("S1", "Morning"), "S2": Session("S2", "")},
    talks={"T1": Talk("T1", "One", 20), "T2": Talk("T2", "Two", 20), "T3": Talk("T3", "Three", 20)},
    relations=(Relation(Kind.PART, "T2", "T3"),),
    zone="Europe/Berlin",
)

TOLD = [
    (Reason("placed_once", "T1"), "“One” needs a place.", "Leave out “One”."),
    (
        Reason("person_twice", "H1", ("T1", "T2", "T3")),
        "Ada cannot be in two places at once: “One”, “Two” and “Three”.",
        "",
    ),
    (
        Reason("person_away", "H1", (), SPAN),
        "Ada is not there Fri 26 March 2027, 08:00–12:00.",
        "Have Ada there Fri 26 March 2027, 08:00–12:00.",
    ),
    (
        Reason("room_closed", "R1", (), SPAN),
        "The room Hall is closed Fri 26 March 2027, 08:00–12:00.",
        "Open the room Hall Fri 26 March 2027, 08:00–12:00.",
    ),
    (
        Reason("room_twice", "R1", ("S1", "S2")),
        "The room Hall holds one session at a time: “Morning” and “S2”.",
        "",
    ),
    (Reason("room_twice"), "One session at a time in a room.", ""),
    (
        Reason("room_suits", "T1"),
        "Not every room suits “One”.",
        "Ask less of the room for “One”.",
    ),
    (
        Reason("room_holds", "T1"),
        "The room must hold all who are expected for “One”.",
        "Let “One” be in a room that is too small.",
    ),
    (
        Reason("in_hours"),
        "Sessions lie within the hours of the days.",
        "Begin earlier or end later.",
    ),
    (
        Reason("in_order", "T1", ("T2",)),
        "“One” comes before “Two”.",
        "Let “One” come after “Two”.",
    ),
    (
        Reason("in_order", "T2", ("T3",)),
        "“Three” goes on from “Two”, in the same room.",
        "Part “Three” from “Two”.",
    ),
    (
        Reason("never_parallel", "T1", ("T2",)),
        "“One” and “Two” are never at the same time.",
        "Let “One” and “Two” be at the same time.",
    ),
    (
        Reason("plenary_alone", "S1"),
        "Nothing that people would miss runs beside “Morning”.",
        "Let something run beside “Morning”.",
    ),
    (Reason("pinned", "S1"), "“Morning” is pinned.", "Let “Morning” move."),
    (Reason("talk_fits_session", "S1"), "The talks of “Morning” fit into it.", ""),
]


@pytest.mark.parametrize(("reason", "text", "way"), TOLD)
def test_a_reason_is_a_sentence_and_a_way_out(reason, text, way):
    assert reason_sentence(reason, WORLD, BERLIN) == text
    assert way_out(reason, WORLD, BERLIN) == way


@pytest.mark.parametrize("rule", sorted(rules.ABOUT))
def test_every_rule_that_is_set_to_block_can_be_told(rule):
    text = reason_sentence(Reason(rule, "S1"), WORLD, BERLIN)

    assert text.endswith(".")
    assert "Morning" in text or rule == "in_hours"


def test_an_explanation_tells_what_needs_a_place_first_and_times_in_order():
    reasons = (
        Reason("room_closed", "R1", (), SPAN),
        Reason("person_away", "H1", (), LATER),
        Reason("person_away", "H1", (), SPAN),
        Reason("placed_once", "T1"),
    )

    explanation = Explanation(reasons, True, True, reasons[3:])

    because, ways_out = explanation_sentences(explanation, WORLD)

    assert because == [
        "“One” needs a place.",
        "Ada is not there Fri 26 March 2027, 08:00–12:00.",
        "Ada is not there Sat 27 March 2027, 08:00–09:00.",
        "The room Hall is closed Fri 26 March 2027, 08:00–12:00.",
    ]
    assert ways_out == ["Leave out “One”."]


REASON = (Reason("placed_once", "T1"),)


@pytest.mark.parametrize(
    ("explanation", "remark"),
    [
        (Explanation(), "In the time given it was not found out why."),
        (
            Explanation(REASON, True),
            "Giving up one of them is not enough: there are other contradictions.",
        ),
        (
            Explanation(REASON, False, relaxations=REASON),
            "Some of these reasons may not be needed: the time did not suffice to find out.",
        ),
        (
            Explanation(REASON, True, undecided=REASON),
            "Of some of them it is not known whether giving up one is enough.",
        ),
    ],
)
def test_what_is_not_known_is_said(explanation, remark):
    because, _ways_out = explanation_sentences(explanation, WORLD)

    assert because[len(explanation.reasons) :] == [remark]
