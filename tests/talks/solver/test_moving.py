"""Why something is where it is, and what it would cost elsewhere."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talks.solver import rules
from talks.solver.making_room import make_room
from talks.solver.moving import Target, cost_there, moved, why_here
from talks.solver.problem import Level, PlacedTalk, Room, Setting, Timetable

from .test_repair import PRESENT, at, away, closed, placed, world
from .worlds import problems, timetables


def test_a_session_moves_with_its_talks():
    there = moved(world(), PRESENT, "S1", Target(start=at(11), room="R2"))

    assert there.by_code()["S1"] == placed("S1", 11, "R2")


def test_a_talk_moves_into_the_first_gap_of_another_session():
    long = replace(placed("S2", 10), end=at(12))
    present = Timetable((placed("S1", 9), long))

    there = moved(world(), present, "T1", Target(session="S2"))

    assert there.by_code()["S1"].talks == ()
    assert there.by_code()["S2"].talks == (PlacedTalk("T2", at(10)), PlacedTalk("T1", at(11)))


def test_what_a_move_costs_is_told_by_rule_with_the_new_clashes():
    found = cost_there(world(), PRESENT, "S1", Target(start=at(10)))

    assert found.costs == {"room_twice": 1}
    assert [(clash.rule, clash.of.code) for clash in found.new] == [("room_twice", "R1")]
    assert found.gone == ()


def test_a_move_that_mends_something_gains():
    found = cost_there(away(world(), "H1", 9, 10), PRESENT, "S1", Target(start=at(11), room="R2"))

    assert found.costs == {"person_away": -1}
    assert [clash.rule for clash in found.gone] == ["person_away"]


def test_what_holds_a_session_is_counted_by_rule():
    problem = closed(away(world(), "H1", 11, 12), "R2", 9, 10)

    found = why_here(problem, PRESENT, "S1")

    assert found.looked_at == 4  # not at eleven in the other room: nobody is there at eleven
    assert found.forbidden == {"room_twice": 2, "person_away": 1, "room_closed": 1}
    assert [one.target for one in found.best] == [Target(start=at(10), room="R2")]
    assert found.free == 1


def test_the_cheapest_of_other_places_comes_first():
    rooms = {"R1": Room("R1", "R1"), "R2": Room("R2", "R2", 10), "R3": Room("R3", "R3", 40)}
    others = rules.ABOUT.keys() - {"room_holds", "room_twice"}
    problem = world(rooms=rooms, settings=dict.fromkeys(others, Setting(Level.IGNORE)))
    problem = replace(
        problem, talks={**problem.talks, "T1": replace(problem.talks["T1"], demand=50)}
    )

    found = why_here(problem, PRESENT, "S1")

    assert [one.target for one in found.best[:2]] == [
        Target(room="R3"),
        Target(start=at(10), room="R3"),
    ]
    assert (found.best[0].costs, found.best[-1].costs) == ({"room_holds": 10}, {"room_holds": 40})


def test_other_sessions_are_the_places_of_a_talk():
    found = why_here(world(), PRESENT, "T1")

    assert found.looked_at == 2
    assert found.free == 0
    assert found.forbidden["talk_fits_session"] == 2


def test_room_is_made_by_the_fewest_further_moves():
    found = make_room(world(rooms={"R1": Room("R1", "R1")}), PRESENT, "S1", Target(start=at(10)))

    assert found.timetable.by_code()["S1"] == placed("S1", 10)
    assert len([move for move in found.moves if move.kind == "session"]) == 2
    assert found.is_proven


def test_what_no_further_move_can_mend_is_told():
    found = make_room(away(world(), "H1", 10, 11), PRESENT, "S1", Target(start=at(10)))

    assert [(clash.rule, clash.of.code) for clash in found.left] == [("person_away", "H1")]


def test_a_talk_without_a_place_cannot_be_asked_about():
    with pytest.raises(KeyError):
        cost_there(world(), Timetable(), "S1", Target(room="R1"))


LOCAL = (
    *("person_twice", "person_away", "room_twice", "room_closed", "room_suits", "room_holds"),
    *("plenary_alone", "never_parallel", "in_order", "wanted_together", "alike_parallel"),
)


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_what_is_near_is_all_that_the_rules_between_two_things_need(data):
    problem = data.draw(problems())
    present = data.draw(timetables(problem))
    for code in sorted(one.session for one in present.sessions)[:1]:
        for other in why_here(problem, present, code).best:
            whole = cost_there(problem, present, code, other.target).costs

            assert {r: c for r, c in whole.items() if r in LOCAL} == {
                r: c for r, c in other.costs.items() if r in LOCAL
            }


def test_all_rules_are_known_to_the_test():
    assert set(LOCAL) <= set(rules.ABOUT)
