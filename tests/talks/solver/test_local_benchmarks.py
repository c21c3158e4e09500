"""What the benchmarks of the local search measure with: instances, and checkers of their own."""

from pathlib import Path

import pytest

from talks.solver.local import improve
from tests.benchmarks import clusters
from tests.benchmarks.programmes import DOUBLES, UNEQUAL, Shape, programme
from tests.benchmarks.programmes_check import costs, faults

EBL = Path(__file__).resolve().parents[4] / "shared/data/8-scheduling/bulhoes/input/ebl"
SMALL = Shape(talks=100, rooms=5, days=2, busy=10, panels=4, before=5, attendees=50)
TINY = """4
0 5 1 0
5 0 0 1
1 0 0 7
0 1 7 0
1
2 2 1
1
1 2
1 2
1 2
4 1
1 0
1 0
1 0
1 0
4 4
1 0
1 1
1 1
2 2 3
"""  # papers 1 and 2 have an author in common; both sessions are at the same time


def fitted(shape):
    """Make a shape as small as a test needs, of the kind of another."""
    return Shape(
        talks=100 - shape.doubles // 10,
        rooms=5,
        days=2,
        busy=10,
        panels=4,
        before=5,
        attendees=50,
        doubles=shape.doubles // 10,
        lengths=shape.lengths,
    )


@pytest.mark.parametrize("shape", [Shape(), DOUBLES, UNEQUAL], ids=["even", "doubles", "unequal"])
@pytest.mark.parametrize("seed", range(3))
def test_the_planted_timetable_breaks_no_rule(shape, seed):
    made = programme(fitted(shape), seed)

    assert faults(made, made.planted) == []
    assert len(made.planted) == len(made.talks) == fitted(shape).talks


def test_a_programme_is_the_same_for_the_same_seed_only():
    assert programme(SMALL, 1) == programme(SMALL, 1)
    assert programme(SMALL, 1) != programme(SMALL, 2)


def test_a_programme_of_more_talks_than_cells_is_refused():
    with pytest.raises(ValueError, match="11 talks have no place"):
        programme(Shape(talks=121, rooms=5, days=2, busy=1, panels=1))


def test_every_rule_of_a_programme_is_missed_when_broken():
    made = programme(SMALL, 1)
    talk = next(talk for talk in made.talks if len(talk.people) == 5)
    other = next(one for one in made.talks if one != talk and set(one.people) & set(talk.people))
    person = next(code for code in made.away)
    absent = next(one for one in made.talks if person in one.people)
    first, second = made.before[0]
    start, room = made.planted[talk.code]
    moved = {
        "share a room": {other.code: (start, room)},
        f"is in {min(talk.code, other.code)}": {other.code: (start, room)},
        "has no place": {},
        "is in no room": {talk.code: (start, "nowhere")},
        "does not fit": {talk.code: (start + 1, room)},
        "is away during": {absent.code: (made.away[person][0][0], room)},
        f"{first} is not before {second}": {first: made.planted[second]},
        "is no talk": {"T9999": (start, room)},
    }
    for sentence, places in moved.items():
        timetable = {**made.planted, **places}
        if not places:
            del timetable[talk.code]
        assert any(sentence in fault for fault in faults(made, timetable)), sentence


def test_costs_count_persons_and_pairs():
    made = programme(SMALL, 1)
    (one, other), wanted = max(made.together.items(), key=lambda pair: pair[1])
    start, room = made.planted[one]

    at_once = costs(made, {one: (start, room), other: (start, "R02")})

    tracks = {talk.code: talk.track for talk in made.talks}
    assert at_once.together == wanted
    assert at_once.tracks == int(tracks[one] == tracks[other])
    assert costs(made, {one: (start, room)}).total == 0


def test_an_instance_of_clusters_is_read_whole():
    instance = clusters.read(TINY, "tiny")

    assert instance.sessions == (clusters.Session(0, 1, 1, 2), clusters.Session(0, 1, 1, 2))
    assert instance.authors[3] == {2, 3}
    assert clusters.faults(instance, [0, 0, 1, 1]) == [
        "papers 1 and 2 have an author in two places"
    ]
    assert clusters.faults(instance, [0, 0, 0, 1]) == ["session 0 has 3 papers"]
    assert clusters.benefit_of(instance, [0, 0, 1, 1]) == 12


def test_numbers_left_over_are_refused():
    with pytest.raises(ValueError, match="tiny: 1 numbers left over"):
        clusters.read(TINY + "9", "tiny")


def test_authors_in_two_places_cost_more_than_benefit():
    instance = clusters.read(TINY, "tiny")

    result = improve(clusters.problem_of(instance), seed=1, steps=1_000)

    places = result.assignment.tolist()
    assert clusters.faults(instance, places) == []
    assert -result.cost == clusters.benefit_of(instance, places) == 0  # of 12 that are forbidden


@pytest.mark.skipif(not EBL.exists(), reason="the instances are not beside the checkout")
def test_thirty_papers_are_gathered_without_a_fault():
    instance = clusters.read((EBL / "ebl_30_1.txt").read_text(), "ebl_30_1")

    places = improve(clusters.problem_of(instance), seed=1, steps=5_000).assignment.tolist()

    assert clusters.faults(instance, places) == []
    assert clusters.benefit_of(instance, places) > 200
