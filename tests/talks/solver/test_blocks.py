"""Placing talks of tracks in blocks and rooms: small programmes whose best plan is known."""

import pytest

from talks.solver.blocks.plan import solve
from talks.solver.blocks.problem import Block, Costs, NoPlan, Programme, Talk, Track
from talks.solver.blocks.search import Limits

LIMITS = Limits(seconds=60, rounds=20)


def talks(track, count, **said):
    return [Talk(f"{track}{n}", track, **said) for n in range(1, count + 1)]


def programme(all_talks, blocks=(2, 2), rooms=("r1", "r2"), costs=None, chairs=None, **said):
    tracks = dict.fromkeys(talk.track for talk in all_talks)
    return Programme(
        talks=tuple(all_talks),
        tracks=tuple(Track(code, frozenset((chairs or {}).get(code, ()))) for code in tracks),
        blocks=tuple(Block(f"b{n}", slots) for n, slots in enumerate(blocks, 1)),
        rooms=rooms,
        costs=costs or Costs(),
        **said,
    )


def where(plan):
    return {place.talk: (place.block, place.room, place.start) for place in plan.places}


def blocks_of(plan):
    return {place.talk: place.block for place in plan.places}


def test_each_talk_has_a_cell_of_its_track_and_slots_of_its_own():
    plan = solve(programme([*talks("a", 4), *talks("b", 4)]), LIMITS)

    places = where(plan)
    assert len(set(places.values())) == 8
    assert len({(places[t][:2], t[0]) for t in places}) == len({p[:2] for p in places.values()})


def test_a_long_talk_takes_slots_in_a_row():
    plan = solve(programme([Talk("a1", "a", slots=2), Talk("a2", "a")], (3,), ("r1",)), LIMITS)

    assert where(plan)["a2"][2] in (0, 2)
    assert abs(where(plan)["a1"][2] - where(plan)["a2"][2]) in (1, 2)


def test_nobody_speaks_in_two_tracks_in_one_block():
    ada = frozenset(["ada"])

    plan = solve(programme([Talk("a1", "a", people=ada), Talk("b1", "b", people=ada)]), LIMITS)

    assert set(blocks_of(plan).values()) == {"b1", "b2"}


def test_nobody_speaks_at_once_when_only_slots_count():
    ada = frozenset(["ada"])
    all_talks = [Talk("a1", "a", people=ada), Talk("b1", "b", people=ada)]

    plan = solve(programme(all_talks, blocks=(2,), apart="slot"), LIMITS)

    assert {place.start for place in plan.places} == {0, 1}


def test_there_is_no_plan_when_somebody_would_be_in_two_places():
    ada = frozenset(["ada"])
    all_talks = [Talk("a1", "a", people=ada), Talk("b1", "b", people=ada)]

    with pytest.raises(NoPlan) as raised:
        solve(programme(all_talks, blocks=(2,)), LIMITS)

    assert raised.value.is_proven is True


def test_two_talks_of_one_person_share_a_room_where_their_track_has_two():
    ada = frozenset(["ada"])
    all_talks = [*talks("a", 2), Talk("x", "a", people=ada), Talk("y", "a", people=ada)]

    plan = solve(programme(all_talks, blocks=(2,)), LIMITS)

    assert where(plan)["x"][1] == where(plan)["y"][1]


def test_two_tracks_of_one_chair_do_not_share_a_block():
    chairs = {"a": ["eve"], "b": ["eve"]}

    plan = solve(programme([*talks("a", 2), *talks("b", 2)], chairs=chairs), LIMITS)

    assert blocks_of(plan)["a1"] != blocks_of(plan)["b1"]


def test_two_tracks_of_one_chair_share_a_block_when_there_is_but_one():
    chairs = {"a": ["eve"], "b": ["eve"]}

    plan = solve(
        programme([*talks("a", 2), *talks("b", 2)], (2,), costs=Costs(chairs=5), chairs=chairs),
        LIMITS,
    )

    assert plan.cost == 5


def test_a_chair_does_not_speak_elsewhere_in_a_block_of_the_track():
    eve = Talk("b1", "b", people=frozenset(["eve"]))

    plan = solve(programme([*talks("a", 2), eve], chairs={"a": ["eve"]}), LIMITS)

    assert blocks_of(plan)["b1"] not in {blocks_of(plan)["a1"], blocks_of(plan)["a2"]}


@pytest.mark.parametrize(
    ("costs", "cost"),
    [
        (Costs(parallel=4, gap=3, track_block={("a", "b1"): 9}), 0),  # the second and the third
        (Costs(parallel=4, gap=3, track_block={("a", "b2"): 9}), 3),  # a gap
        (Costs(parallel=4, gap=9, room=2, track_block={("a", "b2"): 9}), 6),  # side by side
        (Costs(parallel=4, gap=9, room=2, track_block={("a", "b2"): 5}), 5),  # there nevertheless
    ],
)
def test_the_cheapest_way_for_a_track_of_two_cells_is_found(costs, cost):
    plan = solve(programme(talks("a", 4), (2, 2, 2), costs=costs), LIMITS)

    assert (plan.cost, plan.is_proven) == (cost, True)


def test_talks_come_at_their_positions():
    all_talks = [Talk(f"a{n}", "a", position=n) for n in (4, 3, 2, 1)]

    plan = solve(programme(all_talks, costs=Costs(position=1)), LIMITS)

    assert plan.cost == 0
    assert sorted(where(plan), key=where(plan).get) == ["a1", "a2", "a3", "a4"]


def test_watchers_see_both_talks():
    bea = frozenset(["bea"])
    all_talks = [Talk("a1", "a", watchers=bea), Talk("b1", "b", people=bea), *talks("c", 2)]

    plan = solve(programme(all_talks, costs=Costs(watch_block=1)), LIMITS)

    assert plan.cost == 0
    assert blocks_of(plan)["a1"] != blocks_of(plan)["b1"]


def test_a_talk_longer_than_every_block_is_named_before_any_search():
    with pytest.raises(NoPlan) as raised:
        solve(programme([Talk("a1", "a", slots=3), Talk("a2", "a")]), LIMITS)

    assert raised.value.codes == ("a1",)


def test_no_talks_make_an_empty_plan():
    plan = solve(Programme((), (), (), ()), LIMITS)

    assert plan.places == ()
