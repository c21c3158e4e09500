"""What the rules about those who listen find, over plain values; no database."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from talks.solver import rules
from talks.solver.problem import (
    Level,
    PlacedSession,
    PlacedTalk,
    Problem,
    Session,
    Setting,
    Talk,
    Timetable,
    Track,
)

BERLIN = ZoneInfo("Europe/Berlin")
TALKS = [
    Talk("T1", "One", 30, track="K1", language="en", level="Expert"),
    Talk("T2", "Two", 30, track="K1", language="EN", level="beginner"),
    Talk("T3", "Three", 30, track="K2", language="de", level="beginner"),
    Talk("T4", "Poster", 30, is_poster=True),
]
PROBLEM = Problem(
    sessions={code: Session(code, f"Session {code}") for code in ("S1", "S2", "S3")},
    talks={talk.code: talk for talk in TALKS},
    tracks={code: Track(code, f"Track {code}") for code in ("K1", "K2")},
    together={("T1", "T2"): 7, ("T1", "T3"): 2, ("T1", "T4"): 3},
    alike={("T1", "T2"): 75, ("T1", "T3"): 49},
)


def at(clock, day=26, month=3):
    hour, minute = map(int, clock.split(":"))
    return datetime(2027, month, day, hour, minute, tzinfo=BERLIN)


def held(session, start, end, *talks):
    """A session with talks that follow each other, each with the start that stands behind it."""
    shown = (talk.split("@") for talk in talks)
    placed = tuple(PlacedTalk(code, at(start) if start else None) for code, start in shown)
    return PlacedSession(session, at(start), at(end), "", placed)


def found(rule, *sessions, **options):
    problem = replace(PROBLEM, settings={rule.__name__: Setting(Level.WARN, 1, options)})
    return [
        (clash.of.code, [part.code for part in clash.parts], clash.fault, clash.amount)
        for clash in rule(problem, Timetable(sessions))
    ]


def test_talks_that_the_same_persons_want_clash_by_how_many_they_are():
    one = held("S1", "10:00", "11:00", "T1@10:00")
    other = held("S2", "10:00", "11:00", "T2@10:20")

    assert found(rules.wanted_together, one, other) == [("T1", ["T1", "T2"], "", 7)]


def test_talks_that_follow_each_other_can_both_be_seen():
    one = held("S1", "10:00", "11:00", "T1@10:00")
    other = held("S2", "10:00", "11:00", "T2@10:30")

    assert found(rules.wanted_together, one, other) == []


def test_talks_of_one_session_can_both_be_seen():
    assert found(rules.wanted_together, held("S1", "10:00", "11:00", "T1@", "T2@")) == []


def test_talk_without_a_start_lasts_as_long_as_its_session():
    one = held("S1", "10:00", "11:00", "T1@")
    other = held("S2", "10:50", "11:30", "T2@10:50")

    assert found(rules.wanted_together, one, other) == [("T1", ["T1", "T2"], "", 7)]


@pytest.mark.parametrize(("least", "clashes"), [(2, 1), (3, 0)])
def test_pairs_that_too_few_want_are_let_be(least, clashes):
    one, other = held("S1", "10:00", "11:00", "T1@"), held("S2", "10:00", "11:00", "T3@")

    assert len(found(rules.wanted_together, one, other, least=least)) == clashes


def test_poster_that_is_shown_again_can_be_seen_then():
    talk = held("S1", "10:00", "11:00", "T1@")
    beside, later = held("S2", "10:00", "11:00", "T4@"), held("S3", "11:00", "12:00", "T4@")

    assert found(rules.wanted_together, talk, beside) == [("T1", ["T1", "T4"], "", 3)]
    assert found(rules.wanted_together, talk, beside, later) == []


def test_poster_is_shown_for_all_of_its_session():
    talk = held("S1", "10:00", "11:00", "T1@10:00")
    poster = held("S2", "10:00", "12:00", "T4@")

    assert found(rules.wanted_together, talk, poster) == [("T1", ["T1", "T4"], "", 3)]


def test_hour_that_the_clocks_repeat_is_two_hours():
    start, end = at("2:00", 31, 10), at("2:45", 31, 10)
    one = PlacedSession("S1", start, end, "", (PlacedTalk("T1"),))
    again = PlacedSession("S2", start.replace(fold=1), end.replace(fold=1), "", (PlacedTalk("T2"),))
    beside = replace(one, session="S2", talks=again.talks)

    assert found(rules.wanted_together, one, again) == []
    assert found(rules.wanted_together, one, beside) == [("T1", ["T1", "T2"], "", 7)]


@pytest.mark.parametrize(("least", "amount"), [(50, 3), (66, 1), (75, 1)])
def test_similar_talks_in_parallel_clash_the_more_the_more_similar(least, amount):
    one, other = held("S1", "10:00", "11:00", "T1@"), held("S2", "10:00", "11:00", "T2@")

    clashes = found(rules.alike_parallel, one, other, least=least)

    assert clashes == [("T1", ["T1", "T2"], "", amount)]


def test_talks_that_are_hardly_similar_do_not_clash():
    one, other = held("S1", "10:00", "11:00", "T1@"), held("S2", "10:00", "11:00", "T3@")

    assert found(rules.alike_parallel, one, other) == []


def test_nothing_is_said_about_diversity_until_it_is_asked_for():
    one, other = held("S1", "10:00", "11:00", "T1@"), held("S2", "10:00", "11:00", "T2@")

    assert found(rules.diversity, one, other) == []


def test_start_at_which_all_is_in_one_language_clashes_once():
    one, other = held("S1", "10:00", "11:00", "T1@"), held("S2", "10:00", "11:00", "T2@")

    assert found(rules.diversity, one, other, language=True) == [
        ("S1", ["S1", "S2"], "language", 1)
    ]


def test_what_runs_on_counts_when_another_begins():
    one, other = held("S1", "10:00", "11:00", "T1@"), held("S2", "10:30", "11:30", "T2@")

    assert found(rules.diversity, one, other, language=True) == [
        ("S2", ["S2", "S1"], "language", 1)
    ]


@pytest.mark.parametrize(
    "other",
    [
        held("S2", "10:00", "11:00", "T3@"),  # in another language
        held("S2", "10:00", "11:00", "T2@", "T3@"),  # in both
        held("S2", "11:00", "12:00", "T2@"),  # not at once
        held("S2", "10:00", "11:00", "T4@"),  # in none that is known
    ],
)
def test_start_with_a_choice_of_languages_or_none_does_not_clash(other):
    one = held("S1", "10:00", "11:00", "T1@")

    assert found(rules.diversity, one, other, language=True) == []


def test_start_at_which_all_is_of_one_level_clashes():
    one, other = held("S1", "10:00", "11:00", "T2@"), held("S2", "10:00", "11:00", "T3@")

    assert found(rules.diversity, one, other, level=True) == [("S1", ["S1", "S2"], "level", 1)]


def test_harder_talk_before_an_easier_one_of_its_track_clashes():
    session = held("S1", "10:00", "12:00", "T1@10:00", "T2@10:30", "T3@11:00")

    assert found(rules.diversity, session, order="Beginner, Expert") == [
        ("K1", ["T1", "T2"], "order", 1)
    ]


@pytest.mark.parametrize("order", ["expert, beginner", "beginner", "beginner, advanced"])
def test_talks_in_order_of_levels_or_of_levels_not_named_do_not_clash(order):
    session = held("S1", "10:00", "12:00", "T1@10:00", "T2@10:30")

    assert found(rules.diversity, session, order=order) == []
